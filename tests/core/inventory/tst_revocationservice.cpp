// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/CurlTransport.h"
#include "core/inventory/RevocationService.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/OpensslCa.h"
#include "tests/support/StubServer.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

using State = RevocationRecord::State;

// Real certificates, `openssl ocsp`, and lists by `openssl ca` behind a web server on loopback.
class TstRevocationService : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<OpensslCa> m_ca;
    std::unique_ptr<StubServer> m_web;
    quint16 m_port = 0; // of the responder
    std::unique_ptr<Store> m_store;
    std::unique_ptr<CurlTransport> m_guarded;
    std::unique_ptr<CurlTransport> m_anywhere;
    std::unique_ptr<RevocationService> m_service;
    FakeClock m_clock;
    QHash<QByteArray, StubReply> m_pages; // by path
    QHash<QByteArray, int> m_asked;
    QStringList m_checked;

    static CurlTransportOptions plain(bool refusesPrivate)
    {
        CurlTransportOptions options;
        options.allowPlainHttp = true;
        options.refusesPrivateAddresses = refusesPrivate;
        return options;
    }
    static RevocationService::Options near()
    {
        RevocationService::Options options;
        options.allowsPrivate = true;
        return options;
    }
    [[nodiscard]] QByteArray web(const QByteArray &path) const
    {
        return m_web->url(QString::fromLatin1(path), QStringLiteral("127.0.0.1")).toEncoded();
    }
    [[nodiscard]] QByteArray responder() const
    {
        return "http://127.0.0.1:" + QByteArray::number(m_port) + "/";
    }
    void serve(const QByteArray &path, const QByteArray &body)
    {
        StubReply reply;
        reply.body = body;
        m_pages.insert(path, reply);
    }
    QString keep(const Certificate &leaf, const QByteArray &chain = {})
    {
        CertificateRecord record = certificateRecordOf(leaf);
        record.chainPem = chain;
        record.origin = QStringLiteral("pasted");
        record.addedAt = m_clock.utcNow();
        if (!await(m_store->saveCertificate(record)))
            qFatal("cannot save");
        return record.sha256;
    }
    QString keepIssued(const QByteArray &name, const QByteArray &extensions)
    {
        return keep(m_ca->issue(name, extensions), m_ca->certificate().pem());
    }
    RevocationRecord checkOne(const QString &sha256,
                              const RevocationService::Options &options = near())
    {
        const auto records = await(m_service->check({sha256}, options, {}, std::stop_token()));
        if (!records || records->size() != 1)
            qFatal("no record: %s", records ? "" : qPrintable(describe(records.error())));
        return records->front();
    }
    [[nodiscard]] bool isMarked(const QString &sha256)
    {
        return await(m_store->certificate(sha256)).value().revokedAt.isValid();
    }

private Q_SLOTS:
    void init()
    {
        static int round = 0;
        m_ca = std::make_unique<OpensslCa>();
        // A little late, so that whatever the test signs has begun by then.
        m_clock.setUtcNow(QDateTime::currentDateTimeUtc().addSecs(60));
        m_port = OpensslResponder::freePort();
        m_pages.clear();
        m_asked.clear();
        m_checked.clear();
        m_web = std::make_unique<StubServer>(
            [this](const StubRequest &request) {
                ++m_asked[request.path];
                StubReply missing;
                missing.status = 404;
                return m_pages.value(request.path, missing);
            },
            StubCertificate::make(), false);
        auto opened = await(Store::open(
            m_folder.filePath(QStringLiteral("%1/s.sqlite").arg(++round)), std::stop_token()));
        QVERIFY(opened);
        m_store = std::move(*opened);
        m_guarded = std::make_unique<CurlTransport>(plain(true));
        m_anywhere = std::make_unique<CurlTransport>(plain(false));
        m_service = std::make_unique<RevocationService>(*m_store, *m_guarded, *m_anywhere, m_clock);
        connect(m_service.get(), &RevocationService::checked, this,
                [this](const RevocationRecord &record) { m_checked.append(record.sha256); });
    }
    void cleanup()
    {
        m_service.reset();
        m_anywhere.reset();
        m_guarded.reset();
        m_store.reset();
        m_web.reset();
    }

    void asksARealResponder()
    {
        const QByteArray access = "authorityInfoAccess=OCSP;URI:" + responder() + "\n";
        const QString good = keepIssued("good.example.org", access);
        const QString bad = keepIssued("bad.example.org", access);
        m_ca->revoke("bad.example.org");
        const OpensslResponder server(*m_ca, m_port, QStringLiteral("ca"),
                                      {QStringLiteral("-nmin"), QStringLiteral("60")});
        const RevocationRecord first = checkOne(good);
        QVERIFY2(first.state == State::Good,
                 qPrintable(first.error ? describe(*first.error) : QString()));
        QCOMPARE(first.source, QStringLiteral("ocsp"));
        QCOMPARE(first.address.toLatin1(), responder());
        QCOMPARE(first.checkedAt, m_clock.utcNow());
        QVERIFY(first.nextUpdate > m_clock.utcNow());
        QVERIFY(!isMarked(good));
        const RevocationRecord second = checkOne(bad);
        QCOMPARE(int(second.state), int(State::Revoked));
        QCOMPARE(second.reason, QStringLiteral("keyCompromise"));
        QVERIFY(isMarked(bad));
        QCOMPARE(await(m_service->last(bad)).value(), std::optional(second));
        QCOMPARE(m_checked, (QStringList{good, bad}));
        // R33: that a certificate counts as revoked from now on stands in the audit log.
        const auto log = await(m_store->audit(0, 100)).value();
        QVERIFY(std::any_of(log.begin(), log.end(), [&bad](const AuditEntry &entry) {
            return entry.details.value(QStringLiteral("sha256")).toString() == bad
                || entry.subject.contains(QLatin1String("bad.example.org"))
                || QString::fromUtf8(QJsonDocument(entry.details).toJson()).contains(bad);
        }));
    }

    void asksListsWhereNoResponderIs()
    {
        const QByteArray points = "crlDistributionPoints=URI:" + web("/one.crl") + "\n";
        const QString good = keepIssued("good.example.org", points);
        const QString bad = keepIssued("bad.example.org", points);
        m_ca->revoke("bad.example.org", "superseded");
        serve("/one.crl", m_ca->list());
        const auto records =
            await(m_service->check({bad, good}, near(), {}, std::stop_token())).value();
        QCOMPARE(records.size(), std::size_t(2));
        QCOMPARE(records.front().sha256, bad);
        QCOMPARE(int(records.front().state), int(State::Revoked));
        QCOMPARE(records.front().reason, QStringLiteral("superseded"));
        QCOMPARE(records.front().source, QStringLiteral("crl"));
        QCOMPARE(int(records.back().state), int(State::Good));
        QCOMPARE(m_asked.value("/one.crl"), 1); // one list for both
    }

    void asksForAListOnceForMany()
    {
        const QByteArray points = "crlDistributionPoints=URI:" + web("/one.crl") + "\n";
        QStringList all;
        for (int i = 0; i < 20; ++i)
            all << keepIssued("n" + QByteArray::number(i) + ".example.org", points);
        serve("/one.crl", m_ca->list());
        QList<int> steps;
        const ProgressSink sink = [&steps](const Progress &progress) {
            QCOMPARE(progress.text, QStringLiteral("revocation.checking"));
            QCOMPARE(progress.of, 20);
            steps << progress.step;
        };
        const auto records = await(m_service->check(all, near(), sink, std::stop_token())).value();
        QCOMPARE(records.size(), std::size_t(20));
        for (const RevocationRecord &record : records)
            QCOMPARE(int(record.state), int(State::Good));
        QCOMPARE(m_asked.value("/one.crl"), 1);
        QCOMPARE(steps.size(), 20);
        QCOMPARE(steps.last(), 20);
    }

    void asksTheListWhereTheResponderFails_data()
    {
        QTest::addColumn<QByteArray>("what");
        for (const char *what : {"absent", "garbage", "error", "huge", "redirect", "later"})
            QTest::newRow(what) << QByteArray(what);
    }
    void asksTheListWhereTheResponderFails()
    {
        QFETCH(QByteArray, what);
        const QString sha256 = keepIssued(
            "www.example.org",
            "authorityInfoAccess=OCSP;URI:" + (what == "absent" ? responder() : web("/ocsp"))
                + "\ncrlDistributionPoints=URI:" + web("/one.crl") + "\n");
        StubReply reply;
        reply.body = "busy";
        if (what == "error")
            reply.status = 500;
        if (what == "redirect") {
            reply.status = 302;
            reply.headers = {{"Location", web("/one.crl")}};
        }
        if (what == "huge")
            reply.body = QByteArray(1024 * 1024, 'x');
        if (what == "later")
            reply.body = QByteArray("\x30\x03\x0a\x01\x03", 5);
        m_pages.insert("/ocsp", reply);
        serve("/one.crl", m_ca->list());
        const RevocationRecord record = checkOne(sha256);
        QCOMPARE(int(record.state), int(State::Good));
        QCOMPARE(record.source, QStringLiteral("crl"));
    }

    void saysWhyNobodyAnswered_data()
    {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QString>("words");
        QTest::newRow("missing") << QByteArray("missing") << QStringLiteral("404");
        QTest::newRow("garbage") << QByteArray("garbage") << QStringLiteral("no revocation list");
        QTest::newRow("expired") << QByteArray("expired") << QStringLiteral("ended on");
        QTest::newRow("stranger") << QByteArray("stranger") << QStringLiteral("not signed by");
        QTest::newRow("cut") << QByteArray("cut") << QStringLiteral("127.0.0.1");
    }
    void saysWhyNobodyAnswered()
    {
        QFETCH(QByteArray, what);
        QFETCH(QString, words);
        const QString sha256 =
            keepIssued("www.example.org", "crlDistributionPoints=URI:" + web("/one.crl") + "\n");
        OpensslCa stranger;
        if (what == "garbage")
            serve("/one.crl", "not here");
        if (what == "expired") {
            serve("/one.crl", m_ca->list());
            m_clock.advance(8 * 24h);
        }
        if (what == "stranger")
            serve("/one.crl", stranger.list());
        if (what == "cut") {
            serve("/one.crl", m_ca->list());
            m_pages["/one.crl"].cutAfter = 150;
        }
        const RevocationRecord record = checkOne(sha256);
        QCOMPARE(int(record.state), int(State::Unanswered));
        QCOMPARE(record.failedAt, m_clock.utcNow());
        QVERIFY(record.error);
        QVERIFY2(record.error->detail.contains(words), qPrintable(record.error->detail));
        QCOMPARE(record.error->parts.size(), std::size_t(1));
        QVERIFY(!isMarked(sha256));
    }

    void saysThatNobodyCanBeAsked_data()
    {
        QTest::addColumn<QByteArray>("extensions");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << QByteArray("basicConstraints=CA:FALSE\n")
                                 << QStringLiteral("neither");
        QTest::newRow("directory") << QByteArray("crlDistributionPoints=URI:ldap://d.example/x\n")
                                   << QStringLiteral("not of the web");
        QTest::newRow("never") << QByteArray("2.5.29.56=ASN1:NULL\n") << QStringLiteral("RFC 9608");
    }
    void saysThatNobodyCanBeAsked()
    {
        QFETCH(QByteArray, extensions);
        QFETCH(QString, words);
        const RevocationRecord record = checkOne(keepIssued("www.example.org", extensions));
        QCOMPARE(int(record.state), int(State::NotOffered));
        QVERIFY2(record.detail.contains(words), qPrintable(record.detail));
        QVERIFY(!record.error);
        const RevocationRecord root = checkOne(keep(m_ca->certificate()));
        QCOMPARE(int(root.state), int(State::NotOffered));
    }

    void goesNowhereNearUnlessTold()
    {
        const QString sha256 =
            keepIssued("www.example.org", "crlDistributionPoints=URI:" + web("/one.crl") + "\n");
        serve("/one.crl", m_ca->list());
        const RevocationRecord refused = checkOne(sha256, {});
        QCOMPARE(int(refused.state), int(State::Unanswered));
        QCOMPARE(refused.error->kind, Error::Kind::PolicyDenied);
        QVERIFY(refused.error->evidence.contains(QStringLiteral("private_address")));
        QCOMPARE(m_asked.value("/one.crl"), 0);
        QCOMPARE(int(checkOne(sha256).state), int(State::Good));
    }

    void fetchesTheIssuerWhereItIsNotHere()
    {
        const Certificate leaf =
            m_ca->issue("www.example.org",
                        "authorityInfoAccess=caIssuers;URI:" + web("/ca.cer")
                            + "\ncrlDistributionPoints=URI:" + web("/one.crl") + "\n");
        const QString sha256 = keep(leaf);
        serve("/one.crl", m_ca->list());
        const RevocationRecord without = checkOne(sha256);
        QCOMPARE(int(without.state), int(State::Unanswered));
        QVERIFY2(without.error->detail.contains(QLatin1String("issuer")),
                 qPrintable(without.error->detail));
        OpensslCa same; // what comes may be anything
        serve("/ca.cer", same.certificate().der());
        QCOMPARE(int(checkOne(sha256).state), int(State::Unanswered));
        serve("/ca.cer", m_ca->certificate().der());
        QCOMPARE(int(checkOne(sha256).state), int(State::Good));
        // One that is in the profile needs no fetching.
        m_pages.remove("/ca.cer");
        keep(m_ca->certificate());
        QCOMPARE(int(checkOne(sha256).state), int(State::Good));
    }

    void keepsAnAnswerWhenALaterAttemptFails()
    {
        const QString sha256 =
            keepIssued("www.example.org", "crlDistributionPoints=URI:" + web("/one.crl") + "\n");
        serve("/one.crl", m_ca->list());
        const RevocationRecord good = checkOne(sha256);
        m_pages.clear();
        m_clock.advance(1h);
        const RevocationRecord after = checkOne(sha256);
        QCOMPARE(int(after.state), int(State::Good));
        QCOMPARE(after.checkedAt, good.checkedAt);
        QCOMPARE(after.failedAt, m_clock.utcNow());
        QVERIFY(after.error);
        m_clock.advance(61 * 24h);
        QCOMPARE(int(checkOne(sha256).state), int(State::Good)); // it ended: nobody is asked
    }

    void liftsAHoldAndNothingElse_data()
    {
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<bool>("staysMarked");
        QTest::newRow("hold") << QByteArray("certificateHold") << false;
        QTest::newRow("key") << QByteArray("keyCompromise") << true;
    }
    void liftsAHoldAndNothingElse()
    {
        QFETCH(QByteArray, reason);
        QFETCH(bool, staysMarked);
        const QString sha256 =
            keepIssued("www.example.org", "crlDistributionPoints=URI:" + web("/one.crl") + "\n");
        const QByteArray before = m_ca->list();
        m_ca->revoke("www.example.org", reason);
        serve("/one.crl", m_ca->list());
        QCOMPARE(int(checkOne(sha256).state), int(State::Revoked));
        QVERIFY(isMarked(sha256));
        serve("/one.crl", before);
        QCOMPARE(int(checkOne(sha256).state), int(State::Good));
        QCOMPARE(isMarked(sha256), staysMarked);
    }

    void doesNotAskAgainForWhatIsYoung()
    {
        const QString sha256 =
            keepIssued("www.example.org", "crlDistributionPoints=URI:" + web("/one.crl") + "\n");
        serve("/one.crl", m_ca->list());
        (void)checkOne(sha256);
        RevocationService::Options options = near();
        options.maxAge = 2h;
        m_clock.advance(1h);
        QCOMPARE(checkOne(sha256, options).checkedAt, m_clock.utcNow().addSecs(-3600));
        QCOMPARE(m_asked.value("/one.crl"), 1);
        m_clock.advance(90min);
        QCOMPARE(checkOne(sha256, options).checkedAt, m_clock.utcNow());
        QCOMPARE(m_asked.value("/one.crl"), 2);
    }

    void stopsAtOnce_data()
    {
        QTest::addColumn<bool>("byClosing");
        QTest::newRow("asked to") << false;
        QTest::newRow("closing") << true;
    }
    void stopsAtOnce()
    {
        QFETCH(bool, byClosing);
        const QString sha256 =
            keepIssued("www.example.org", "authorityInfoAccess=OCSP;URI:" + web("/ocsp") + "\n");
        StubReply silent;
        silent.silent = true;
        m_pages.insert("/ocsp", silent);
        std::stop_source source;
        auto task = m_service->check({sha256}, near(), {}, source.get_token());
        QTRY_COMPARE(m_asked.value("/ocsp"), 1);
        QElapsedTimer timer;
        timer.start();
        if (byClosing)
            QVERIFY(await(m_service->close()));
        else
            source.request_stop();
        const auto records = await(std::move(task));
        QVERIFY(!records);
        QCOMPARE(records.error().kind, Error::Kind::Cancelled);
        QVERIFY(!await(m_service->last(sha256)).value());
        QVERIFY(!await(m_service->check({sha256}, near(), {}, source.get_token())));
    }

    void forgetsWithTheCertificate()
    {
        const QString sha256 =
            keepIssued("www.example.org", "crlDistributionPoints=URI:" + web("/one.crl") + "\n");
        serve("/one.crl", m_ca->list());
        (void)checkOne(sha256);
        QCOMPARE(await(m_store->revocations()).value().size(), std::size_t(1));
        QVERIFY(await(m_store->removeCertificates({sha256}, RemoveFrom::Anywhere)));
        QVERIFY(await(m_store->revocations()).value().empty());
        QVERIFY(await(m_service->check({sha256}, near(), {}, std::stop_token())).value().empty());
    }
};

QTEST_GUILESS_MAIN(TstRevocationService)
#include "tst_revocationservice.moc"
