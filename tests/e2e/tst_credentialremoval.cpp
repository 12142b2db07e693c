// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/IssuanceLab.h"

#include <QTest>

using namespace sealbook;

// "credential remove" while jobs left validation records in DNS that only this credential can take
// back: refused, with --clean-up after it took them back, with --leave-records all the same.
class TstCredentialRemoval : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void R28_isRefusedWhileARecordIsLeft();
    void R29_cleanUpTakesTheRecordBackFirst();
    void R29_cleanUpThatFailsRemovesNothing();
    void leaveRecordsRemovesItAllTheSame();
    void anInterruptedJobKeepsItsCredential();

private:
    // A job that is over and left its record.
    void leaveARecord();
    [[nodiscard]] SealbookRun remove(const QStringList &options = {})
    {
        return m_sealbook->run(QStringList{QStringLiteral("credential"), QStringLiteral("remove"),
                                           QStringLiteral("lab")}
                               + options);
    }
    [[nodiscard]] qint64 credentials()
    {
        return m_sealbook->run({QStringLiteral("credential"), QStringLiteral("list")})
            .events(QStringLiteral("item"))
            .size();
    }

    IssuanceLab m_lab;
    std::unique_ptr<Sealbook> m_sealbook;
    QString m_name;
    int m_run = 0;
};

void TstCredentialRemoval::initTestCase()
{
    PracticeOptions options;
    options.slowServer = false;
    QVERIFY2(m_lab.start(options), m_lab.failure().constData());
}

void TstCredentialRemoval::init()
{
    m_sealbook = m_lab.freshProfile();
    QVERIFY2(m_sealbook, m_lab.failure().constData());
    m_name = QStringLiteral("left%1.practice.test").arg(++m_run);
}

// The reply to its removal is lost, so the journal keeps it; and it comes back, as if it had never
// been removed.
void TstCredentialRemoval::leaveARecord()
{
    const SealbookRun died =
        m_sealbook->runFailing(QStringLiteral("C7:kill"), m_lab.issue({m_name}));
    QVERIFY2(died.killed, died.story().constData());
    const QByteArray value = m_lab.validationRecords(m_name).trimmed();
    QVERIFY(!value.isEmpty());
    const SealbookRun ended = m_sealbook->runFailing(
        QStringLiteral("C16:err"), {QStringLiteral("resume"), QStringLiteral("--cancel")});
    QVERIFY2(!ended.killed, ended.story().constData());
    QCOMPARE(m_lab.validationRecords(m_name), QByteArray());
    const QString owner = QStringLiteral("_acme-challenge.") + m_name.section(u'.', 0, 0);
    QCOMPARE(m_lab.addRecord(QStringLiteral("practice.test"), owner, QStringLiteral("TXT"),
                             QString::fromLatin1(value)),
             QByteArray());
    QCOMPARE(m_lab.validationRecords(m_name).trimmed(), value);
}

void TstCredentialRemoval::R28_isRefusedWhileARecordIsLeft()
{
    leaveARecord();
    const SealbookRun refused = remove();
    QCOMPARE(refused.errorKind(), QStringLiteral("Conflict"));
    const QJsonObject error = refused.result().value(QStringLiteral("error")).toObject();
    const QString detail = error.value(QStringLiteral("detail")).toString();
    QVERIFY2(detail.contains(QStringLiteral("_acme-challenge.") + m_name), qPrintable(detail));
    const QString advice = error.value(QStringLiteral("advice")).toString();
    QVERIFY2(advice.contains(QStringLiteral("--clean-up")), qPrintable(advice));
    QCOMPARE(credentials(), 1);
    QVERIFY(!m_lab.validationRecords(m_name).isEmpty());
}

void TstCredentialRemoval::R29_cleanUpTakesTheRecordBackFirst()
{
    leaveARecord();
    const SealbookRun removed = remove({QStringLiteral("--clean-up")});
    QVERIFY2(removed.ok(), removed.story().constData());
    QCOMPARE(m_lab.validationRecords(m_name), QByteArray());
    QCOMPARE(credentials(), 0);
    const SealbookRun audit = m_sealbook->run({QStringLiteral("audit"), QStringLiteral("verify")});
    QVERIFY2(audit.ok(), audit.story().constData());
}

void TstCredentialRemoval::R29_cleanUpThatFailsRemovesNothing()
{
    leaveARecord();
    QVERIFY(m_lab.pause(QStringLiteral("ns1")));
    const SealbookRun refused = remove({QStringLiteral("--clean-up")});
    QVERIFY(m_lab.goOn(QStringLiteral("ns1")));
    QVERIFY2(!refused.ok(), refused.story().constData());
    QCOMPARE(credentials(), 1);
    // The server may have worked off what waited for it; nobody knows until it is asked again.
    const SealbookRun removed = remove({QStringLiteral("--clean-up")});
    QVERIFY2(removed.ok(), removed.story().constData());
    QCOMPARE(m_lab.validationRecords(m_name), QByteArray());
}

void TstCredentialRemoval::leaveRecordsRemovesItAllTheSame()
{
    leaveARecord();
    const SealbookRun removed = remove({QStringLiteral("--leave-records")});
    QVERIFY2(removed.ok(), removed.story().constData());
    QCOMPARE(credentials(), 0);
    QVERIFY(!m_lab.validationRecords(m_name).isEmpty());
}

// It can be resumed, and would need it.
void TstCredentialRemoval::anInterruptedJobKeepsItsCredential()
{
    const SealbookRun died =
        m_sealbook->runFailing(QStringLiteral("C7:kill"), m_lab.issue({m_name}));
    QVERIFY2(died.killed, died.story().constData());
    for (const char *option : {"--leave-records", "--clean-up"}) {
        const SealbookRun refused = remove({QLatin1String(option)});
        QCOMPARE(refused.errorKind(), QStringLiteral("Conflict"));
    }
    QCOMPARE(credentials(), 1);
    const SealbookRun resumed = m_sealbook->run({QStringLiteral("resume")});
    QVERIFY2(resumed.ok(), resumed.story().constData());
}

QTEST_GUILESS_MAIN(TstCredentialRemoval)
#include "tst_credentialremoval.moc"
