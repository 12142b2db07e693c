// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/IssuanceLab.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace sealbook;

// kill -9 at each crash point of the security plan, then resume: the invariants hold. Each point is
// also killed a second time, during the resume.
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

private:
    void points();
    void verifyInvariants(const SealbookRun &run, const QString &name, qint64 logStart);

    IssuanceLab m_lab;
    std::unique_ptr<Sealbook> m_sealbook;
    int m_run = 0;
};

void TstCrashes::initTestCase()
{
    PracticeOptions options;
    options.slowServer = false;
    QVERIFY2(m_lab.start(options), m_lab.failure().constData());
}

void TstCrashes::points()
{
    QTest::addColumn<QString>("point");
    for (const char *point :
         {"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12", "C13", "C16"})
        QTest::newRow(point) << QString::fromLatin1(point);
}

// I1 to I5. (I6, the canary scan, is a test of its own; I7 is the window's; I8 is survivesTwice.)
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
    QVERIFY(m_lab.pebbleLog().mid(logStart).count("Issued certificate serial") <= 1);
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
    QFile::remove(key);
    // I5: the audit chain holds.
    const SealbookRun audit = m_sealbook->run({QStringLiteral("audit"), QStringLiteral("verify")});
    QVERIFY2(audit.ok(), audit.story().constData());
}

void TstCrashes::survives_data()
{
    points();
}

void TstCrashes::survives()
{
    QFETCH(QString, point);
    m_sealbook = m_lab.freshProfile();
    QVERIFY2(m_sealbook, m_lab.failure().constData());
    const qint64 logStart = m_lab.pebbleLogSize();
    const QString name = QStringLiteral("crash%1.practice.test").arg(++m_run);

    const SealbookRun died =
        m_sealbook->runFailing(point + QStringLiteral(":kill"), m_lab.issue({name}));
    QVERIFY2(died.killed, died.story().constData());
    const SealbookRun resumed = m_sealbook->run({QStringLiteral("resume")});
    verifyInvariants(resumed, name, logStart);
}

void TstCrashes::survivesTwice_data()
{
    points();
}

void TstCrashes::survivesTwice()
{
    QFETCH(QString, point);
    m_sealbook = m_lab.freshProfile();
    QVERIFY2(m_sealbook, m_lab.failure().constData());
    const qint64 logStart = m_lab.pebbleLogSize();
    const QString name = QStringLiteral("crash%1.practice.test").arg(++m_run);

    const SealbookRun died =
        m_sealbook->runFailing(point + QStringLiteral(":kill"), m_lab.issue({name}));
    QVERIFY2(died.killed, died.story().constData());
    // Some points are not passed again by a resume; then it ends well at once.
    SealbookRun again =
        m_sealbook->runFailing(point + QStringLiteral(":kill"), {QStringLiteral("resume")});
    if (again.killed)
        again = m_sealbook->run({QStringLiteral("resume")});
    verifyInvariants(again, name, logStart);
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

QTEST_GUILESS_MAIN(TstCrashes)
#include "tst_crashes.moc"
