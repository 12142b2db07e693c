// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/HttpTransport.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/OpensslCa.h"
#include "tests/support/Screenshot.h"
#include "ui/certificates/RevocationChecker.h"
#include "ui/certificates/RevocationSection.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace sealbook;

using State = RevocationRecord::State;

// A transport whose answers come when the test says so, and that knows what was asked for.
class HeldTransport final : public HttpTransport
{
public:
    QStringList asked;
    std::vector<Deferred<HttpResponse>> waiting;

    [[nodiscard]] Task<HttpResponse> send(HttpRequest request, std::stop_token stop) override
    {
        asked << request.url.toString();
        const Deferred<HttpResponse> mine;
        waiting.push_back(mine);
        QString what = QStringLiteral("the test did not answer");
        Task<HttpResponse> task = within(mine, std::chrono::seconds(30), std::move(what), stop);
        co_return co_await std::move(task);
    }
    [[nodiscard]] int requestCount() const override { return static_cast<int>(asked.size()); }
};

class TstRevocationSection : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    FakeClock m_clock;
    OpensslCa m_ca;
    HeldTransport m_guarded;
    HeldTransport m_anywhere;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<RevocationService> m_service;
    std::unique_ptr<RevocationSection> m_section;
    std::unique_ptr<RevocationChecker> m_checker;
    QString m_www;
    QString m_other;

    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return m_section->findChild<QPushButton *>(QLatin1String(name));
    }
    [[nodiscard]] QString text(const char *name) const
    {
        return m_section->findChild<QLabel *>(QLatin1String(name))->text();
    }
    QString keep(const QByteArray &name)
    {
        CertificateRecord record = certificateRecordOf(
            m_ca.issue(name, "crlDistributionPoints=URI:http://ca.example/" + name + ".crl\n"));
        record.chainPem = m_ca.certificate().pem();
        record.origin = QStringLiteral("pasted");
        record.addedAt = m_clock.utcNow();
        if (!await(m_store->saveCertificate(record)))
            qFatal("cannot save");
        return record.sha256;
    }
    [[nodiscard]] static HttpResponse page(const QByteArray &body)
    {
        HttpResponse response;
        response.status = 200;
        response.body = body;
        return response;
    }
    static RevocationRecord record(State state)
    {
        RevocationRecord record;
        record.state = state;
        record.source = QStringLiteral("crl");
        return record;
    }

private Q_SLOTS:
    void initTestCase()
    {
        useDesignLook(false);
        m_clock.setUtcNow(QDateTime::currentDateTimeUtc());
        auto opened =
            await(Store::open(m_folder.filePath(QStringLiteral("p/s.sqlite")), std::stop_token()));
        QVERIFY(opened);
        m_store = std::move(*opened);
        m_www = keep("www.example.org");
        m_other = keep("other.example.org");
    }
    void init()
    {
        m_guarded.asked.clear();
        m_guarded.waiting.clear();
        m_anywhere.asked.clear();
        m_anywhere.waiting.clear();
        m_service = std::make_unique<RevocationService>(*m_store, m_guarded, m_anywhere, m_clock);
        m_section = std::make_unique<RevocationSection>();
        QVERIFY(m_section->isHidden()); // until there is somebody to ask with
        m_checker = std::make_unique<RevocationChecker>(*m_service, *m_section, m_clock);
        m_section->show();
    }
    void cleanup()
    {
        m_checker.reset();
        m_section.reset();
        QVERIFY(await(m_service->close()));
        m_service.reset();
    }

    void asksOnlyWhenToldToAndShowsTheAnswer()
    {
        m_checker->show(m_www, false);
        QTest::qWait(50);
        QVERIFY(m_guarded.asked.isEmpty());
        QVERIFY(text("revocationText").contains(QLatin1String("Nobody has asked")));
        QTest::keyClick(button("checkRevocation"), Qt::Key_Space);
        QTRY_COMPARE(m_guarded.asked.size(), 1);
        QCOMPARE(m_guarded.asked.first(), QStringLiteral("http://ca.example/www.example.org.crl"));
        QCOMPARE(button("checkRevocation")->text(), QStringLiteral("Stop"));
        m_guarded.waiting.front().settle(page(m_ca.list()));
        QTRY_VERIFY(text("revocationText").contains(QLatin1String("It is not revoked")));
        QCOMPARE(button("checkRevocation")->text(), QStringLiteral("Check now"));
        QVERIFY(text("revocationText").contains(QLatin1String("holds until")));
        takeScreenshots(*m_section, QStringLiteral("revocation-good"), {320, 220});
    }

    void stopsAndKeepsWhatWasKnown()
    {
        m_checker->show(m_other, false);
        QTest::qWait(20);
        button("checkRevocation")->click();
        QTRY_COMPARE(m_guarded.asked.size(), 1);
        button("checkRevocation")->click();
        QTRY_COMPARE(button("checkRevocation")->text(), QStringLiteral("Check now"));
        QTRY_VERIFY(text("revocationText").contains(QLatin1String("Nobody has asked")));
        QVERIFY(m_section->findChild<QLabel *>(QStringLiteral("revocationFailure"))->isHidden());
    }

    void goesOnWhileAnotherOneIsShown()
    {
        m_checker->show(m_www, false);
        QTest::qWait(20);
        button("checkRevocation")->click();
        QTRY_COMPARE(m_guarded.asked.size(), 1);
        m_checker->show(m_other, false);
        QTRY_VERIFY(text("revocationText").contains(QLatin1String("Nobody has asked")));
        QCOMPARE(button("checkRevocation")->text(), QStringLiteral("Check now"));
        m_checker->show(m_www, false);
        QTRY_COMPARE(button("checkRevocation")->text(), QStringLiteral("Stop"));
        m_guarded.waiting.front().settle(page(m_ca.list()));
        QTRY_COMPARE(button("checkRevocation")->text(), QStringLiteral("Check now"));
    }

    void asksInTheOwnNetworkOnlyByTheOtherButton()
    {
        m_checker->show(m_www, false);
        QTest::qWait(20);
        button("checkRevocation")->click();
        QTRY_COMPARE(m_guarded.asked.size(), 1);
        Error error;
        error.kind = Error::Kind::PolicyDenied;
        error.detail = QStringLiteral("ca.example leads to 10.0.0.5");
        error.evidence.insert(QStringLiteral("private_address"), QStringLiteral("10.0.0.5"));
        m_guarded.waiting.front().settle(fail(error));
        QTRY_VERIFY(!button("checkRevocationAnyway")->isHidden());
        QVERIFY(text("revocationFailure").contains(QLatin1String("10.0.0.5")));
        QVERIFY(m_anywhere.asked.isEmpty());
        takeScreenshots(*m_section, QStringLiteral("revocation-refused"), {320, 320});
        m_ca.revoke("www.example.org", "keyCompromise");
        QTest::keyClick(button("checkRevocationAnyway"), Qt::Key_Space);
        QTRY_COMPARE(m_anywhere.asked.size(), 1);
        m_anywhere.waiting.front().settle(page(m_ca.list()));
        QTRY_VERIFY(text("revocationText").contains(QLatin1String("its key became known")));
        QVERIFY(button("checkRevocationAnyway")->isHidden());
    }

    void saysEachStateInWords_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("role");
        const auto row = [](const char *name, State state, const char *word, StateRole role) {
            QTest::newRow(name) << int(state) << QString::fromLatin1(word) << int(role);
        };
        row("good", State::Good, "not revoked", StateRole::Ok);
        row("revoked", State::Revoked, "revoked", StateRole::Crit);
        row("unknown", State::Unknown, "not known to its CA", StateRole::Warn);
        row("not offered", State::NotOffered, "nobody to ask", StateRole::Off);
        row("unanswered", State::Unanswered, "no answer", StateRole::Warn);
    }
    void saysEachStateInWords()
    {
        QFETCH(int, state);
        QFETCH(QString, word);
        QFETCH(int, role);
        const RevocationRecord one = record(State(state));
        const StateStyle style = RevocationSection::styleOf(one);
        QCOMPARE(style.word, word);
        QCOMPARE(int(style.role), role);
    }

    void knowsEveryReason()
    {
        for (int code = 1; code <= 10; ++code) {
            const QString name = revocationReasonName(code);
            if (!name.isEmpty() && name != QLatin1String("removeFromCRL"))
                QVERIFY2(RevocationSection::reasonText(name) != name, qPrintable(name));
        }
    }
};

QTEST_MAIN(TstRevocationSection)
#include "tst_revocation_section.moc"
