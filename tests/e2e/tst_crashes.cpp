// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Desktop.h"
#include "tests/e2e/CanaryScan.h"
#include "tests/e2e/IssuanceLab.h"
#include "ui/issue/InterruptedBar.h"
#include "ui/issue/IssuePage.h"
#include "ui/shell/MainWindow.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QTest>

#include <array>

using namespace sealbook;

// kill -9 at each crash point of the security plan, then resume: the invariants I1 to I8 hold. Each
// point is also killed a second time, during the resume (I8).
class TstCrashes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void survives_data();
    void survives();
    void survivesTwice_data();
    void survivesTwice();
    void R28_cancelAfterACrashLeavesNoRecord();
    void R33_aKeyThatLeavesIsNotedFirst();

private:
    void verifyInvariants(const SealbookRun &run, const QString &name, qint64 logStart);
    void verifyNothingLeaked(const QByteArray &said, const QByteArray &keyPem = {});
    void verifyWindowOffersIt(const QString &name);

    IssuanceLab m_lab;
    std::unique_ptr<Sealbook> m_sealbook;
    int m_run = 0;
};

namespace {
constexpr std::array crashPoints{"C1", "C2", "C3",  "C4",  "C5",  "C6",  "C7",
                                 "C8", "C9", "C10", "C11", "C12", "C13", "C16"};
} // namespace

void TstCrashes::initTestCase()
{
    QApplication::setQuitOnLastWindowClosed(false);
    PracticeOptions options;
    options.slowServer = false;
    QVERIFY2(m_lab.start(options), m_lab.failure().constData());
}

// I6: no file of the profile and no word of the program holds the TSIG key or the leaf's key. (That
// memory, core dumps and children hold none is tst_canary's.)
void TstCrashes::verifyNothingLeaked(const QByteArray &said, const QByteArray &keyPem)
{
    CanaryScan scan;
    const auto tsig = m_lab.lab().lab().tsigKey();
    QVERIFY(tsig.has_value());
    const QByteArray text(tsig->text().data(), static_cast<qsizetype>(tsig->size()));
    scan.add(QStringLiteral("TSIG key"), QByteArray::fromBase64(text));
    if (!keyPem.isEmpty()) {
        QByteArray body;
        for (const QByteArray &line : keyPem.split('\n'))
            body += line.startsWith('-') ? QByteArray() : line;
        QVERIFY(scan.addKey(QStringLiteral("leaf key"), QByteArray::fromBase64(body)));
    }
    int files = 0;
    QCOMPARE(scan.hitsBelow(m_lab.home(), &files), QStringList());
    QVERIFY(files > 0);
    QCOMPARE(scan.hitsIn(said), QStringList());
}

// I7: the window comes up with the job on top and a button to go on with it. Looking changes
// nothing: the terminal resumes it afterwards.
void TstCrashes::verifyWindowOffersIt(const QString &name)
{
    const PracticeFacts facts = m_lab.lab().facts();
    GlobalOptions options;
    options.home = m_lab.home();
    options.caFile = facts.caFile;
    options.resolver = facts.resolver + u':' + QString::number(facts.dnsPort);
    options.dnsPort = facts.dnsPort;
    Desktop desktop(options);
    QVERIFY(desktop.isFirst());
    desktop.start({});
    const auto shownBar = []() -> InterruptedBar * {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            auto *window = qobject_cast<MainWindow *>(widget);
            if (window == nullptr || window->currentPageId() != QLatin1String("issue"))
                continue;
            auto *bar = window->page(QStringLiteral("issue"))->findChild<InterruptedBar *>();
            return bar != nullptr && bar->isVisible() ? bar : nullptr;
        }
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(shownBar() != nullptr, 60000);
    const QString text = shownBar()->accessibleName();
    const auto *resume = shownBar()->findChild<QPushButton *>(QStringLiteral("resumeInterrupted"));
    const bool canResume = resume != nullptr && resume->isVisible() && resume->isEnabled();
    QVERIFY(await(desktop.close()).has_value());
    QVERIFY2(text.startsWith(name), qPrintable(text));
    QVERIFY(canResume);
}

// I1 to I6. (I7 is verifyWindowOffersIt(); I8 is survivesTwice.)
void TstCrashes::verifyInvariants(const SealbookRun &run, const QString &name, qint64 logStart)
{
    QVERIFY2(run.ok(), run.story().constData());
    const QJsonObject certificate = run.result().value(QStringLiteral("certificate")).toObject();
    const QString sha256 = certificate.value(QStringLiteral("sha256")).toString();

    // I1: what was acknowledged is there.
    const SealbookRun shown = m_sealbook->run({QStringLiteral("show"), sha256});
    QVERIFY2(shown.ok(), shown.story().constData());
    // I2: no value of ours is left.
    QCOMPARE(m_lab.validationRecords(name), QByteArray());
    // I3: one certificate, not two (a re-sent CSR gets the same order's certificate).
    QCOMPARE(m_lab.pebbleLog().mid(logStart).count("Issued certificate serial"), 1);
    // I4: the stored key is the certificate's.
    const QString folder = m_lab.home() + QStringLiteral("/out");
    QDir().mkpath(folder);
    const QString key = folder + QStringLiteral("/key.pem");
    const QString pem = folder + QStringLiteral("/cert.pem");
    const SealbookRun keyOut =
        m_sealbook->run({QStringLiteral("export"), sha256, QStringLiteral("--format"),
                         QStringLiteral("key"), QStringLiteral("-o"), key});
    QVERIFY2(keyOut.ok(), keyOut.story().constData());
    const SealbookRun certOut =
        m_sealbook->run({QStringLiteral("export"), sha256, QStringLiteral("--format"),
                         QStringLiteral("cert"), QStringLiteral("-o"), pem});
    QVERIFY2(certOut.ok(), certOut.story().constData());
    const QString openssl = QStringLiteral("openssl");
    const QByteArray ofKey = LabFixture::run(
        openssl, {QStringLiteral("pkey"), QStringLiteral("-in"), key, QStringLiteral("-pubout")});
    const QByteArray ofCertificate =
        LabFixture::run(openssl,
                        {QStringLiteral("x509"), QStringLiteral("-in"), pem,
                         QStringLiteral("-noout"), QStringLiteral("-pubkey")});
    QVERIFY(ofKey.contains("BEGIN PUBLIC KEY"));
    QCOMPARE(ofKey, ofCertificate);
    QFile exported(key);
    QVERIFY(exported.open(QIODevice::ReadOnly));
    const QByteArray keyPem = exported.readAll();
    QVERIFY(exported.remove());
    // I5: the audit chain holds.
    const SealbookRun audit = m_sealbook->run({QStringLiteral("audit"), QStringLiteral("verify")});
    QVERIFY2(audit.ok(), audit.story().constData());
    // I6.
    verifyNothingLeaked(run.story(), keyPem);
}

void TstCrashes::survives_data()
{
    QTest::addColumn<QString>("point");
    for (const char *point : crashPoints)
        QTest::newRow(point) << QString::fromLatin1(point);
}

void TstCrashes::survives()
{
    QFETCH(QString, point);
    m_sealbook = m_lab.freshProfile();
    QVERIFY2(m_sealbook, m_lab.failure().constData());
    const qint64 logStart = m_lab.pebbleLogSize();
    const QString name = QStringLiteral("crash%1.practice.test").arg(++m_run);

    m_lab.watch({name});
    const SealbookRun died =
        m_sealbook->runFailing(point + QStringLiteral(":kill"), m_lab.issue({name}));
    QVERIFY2(died.killed, died.story().constData());
    verifyNothingLeaked(died.story());
    verifyWindowOffersIt(name);
    if (QTest::currentTestFailed())
        return;
    const SealbookRun resumed = m_sealbook->run({QStringLiteral("resume")});
    verifyInvariants(resumed, name, logStart);
    QCOMPARE(m_lab.tooEarly(), QByteArray());
}

// The same point again, or the next one where a resume does not come by: what was written down is
// not done anew.
void TstCrashes::survivesTwice_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<QString>("second");
    const QMap<QString, QString> next{{QStringLiteral("C4"), QStringLiteral("C7")},
                                      {QStringLiteral("C6"), QStringLiteral("C7")},
                                      {QStringLiteral("C9"), QStringLiteral("C10")},
                                      {QStringLiteral("C12"), QStringLiteral("C13")}};
    for (const char *point : crashPoints) {
        const QString first = QString::fromLatin1(point);
        QTest::newRow(point) << first << next.value(first, first);
    }
}

void TstCrashes::survivesTwice()
{
    QFETCH(QString, point);
    QFETCH(QString, second);
    m_sealbook = m_lab.freshProfile();
    QVERIFY2(m_sealbook, m_lab.failure().constData());
    const qint64 logStart = m_lab.pebbleLogSize();
    const QString name = QStringLiteral("crash%1.practice.test").arg(++m_run);

    m_lab.watch({name});
    const SealbookRun died =
        m_sealbook->runFailing(point + QStringLiteral(":kill"), m_lab.issue({name}));
    QVERIFY2(died.killed, died.story().constData());
    const SealbookRun again =
        m_sealbook->runFailing(second + QStringLiteral(":kill"), {QStringLiteral("resume")});
    QVERIFY2(again.killed, again.story().constData());
    verifyNothingLeaked(again.story());
    const SealbookRun resumed = m_sealbook->run({QStringLiteral("resume")});
    verifyInvariants(resumed, name, logStart);
    QCOMPARE(m_lab.tooEarly(), QByteArray());
}

void TstCrashes::R28_cancelAfterACrashLeavesNoRecord()
{
    m_sealbook = m_lab.freshProfile();
    QVERIFY2(m_sealbook, m_lab.failure().constData());
    const QString name = QStringLiteral("cancelled.practice.test");
    const SealbookRun died = m_sealbook->runFailing(QStringLiteral("C7:kill"), m_lab.issue({name}));
    QVERIFY2(died.killed, died.story().constData());
    QVERIFY(!m_lab.validationRecords(name).isEmpty());
    const SealbookRun ended =
        m_sealbook->run({QStringLiteral("resume"), QStringLiteral("--cancel")});
    QVERIFY2(ended.ok(), ended.story().constData());
    QCOMPARE(m_lab.validationRecords(name), QByteArray());
}

// kill -9 in the moment of a key export: the entry stands before the key leaves, and neither half a
// file nor a forgotten one is left.
void TstCrashes::R33_aKeyThatLeavesIsNotedFirst()
{
    m_sealbook = m_lab.freshProfile();
    QVERIFY2(m_sealbook, m_lab.failure().constData());
    const QString name = QStringLiteral("exported.practice.test");
    const SealbookRun issued = m_sealbook->run(m_lab.issue({name}));
    QVERIFY2(issued.ok(), issued.story().constData());
    const QString folder = m_lab.home() + QStringLiteral("/out");
    QVERIFY(QDir().mkpath(folder));
    const QString key = folder + QStringLiteral("/key.pem");
    const QStringList words{QStringLiteral("export"),   name,
                            QStringLiteral("--format"), QStringLiteral("key"),
                            QStringLiteral("-o"),       key};
    const auto entries = [this] {
        int count = 0;
        const SealbookRun audit =
            m_sealbook->run({QStringLiteral("audit"), QStringLiteral("list")});
        for (const QJsonObject &entry : audit.events(QStringLiteral("item")))
            count += entry.value(QStringLiteral("action")) == QLatin1String("key.export") ? 1 : 0;
        return count;
    };
    const auto files = [&folder] {
        return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    };

    QCOMPARE(entries(), 0);
    // Not noted yet: nothing has left.
    const SealbookRun early = m_sealbook->runFailing(QStringLiteral("R33:kill"), words);
    QVERIFY2(early.killed, early.story().constData());
    QCOMPARE(entries(), 0);
    QCOMPARE(files(), QStringList());
    // Written, and without a name yet.
    const SealbookRun late = m_sealbook->runFailing(QStringLiteral("C14:kill"), words);
    QVERIFY2(late.killed, late.story().constData());
    QCOMPARE(entries(), 1);
    QCOMPARE(files(), QStringList());
    const SealbookRun whole = m_sealbook->run(words);
    QVERIFY2(whole.ok(), whole.story().constData());
    QCOMPARE(entries(), 2);
    QCOMPARE(files(), QStringList{QStringLiteral("key.pem")});
    const SealbookRun audit = m_sealbook->run({QStringLiteral("audit"), QStringLiteral("verify")});
    QVERIFY2(audit.ok(), audit.story().constData());
}

QTEST_MAIN(TstCrashes)
#include "tst_crashes.moc"
