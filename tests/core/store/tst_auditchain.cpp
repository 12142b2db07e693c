// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/AuditChain.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace sealbook;

namespace {

AuditEntry sampleEntry(int number)
{
    AuditEntry entry;
    entry.at = QDateTime(QDate(2026, 11, 25), QTime(14, 6, number), QTimeZone::utc()).toUTC();
    entry.actor = QStringLiteral("ada@desk");
    entry.action = QStringLiteral("credential.read");
    entry.subject = QStringLiteral("cf \"prod\" ü");
    entry.result = QStringLiteral("ok");
    entry.details = {{QStringLiteral("z"), number}, {QStringLiteral("a"), QStringLiteral("x")}};
    return entry;
}

} // namespace

class TstAuditChain : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;

    QString file() const { return m_folder->filePath(QStringLiteral("sealbook.db")); }

    void fill(int count)
    {
        for (int i = 1; i <= count; ++i)
            QVERIFY(await(m_store->appendAudit(sampleEntry(i))));
    }

    // What an attacker with the file does: the triggers go first, and come back at the end.
    void forge(const QStringList &statements)
    {
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("forge"));
            database.setDatabaseName(file());
            QVERIFY(database.open());
            QSqlQuery query(database);
            QStringList triggers;
            QVERIFY(query.exec(QStringLiteral("SELECT sql FROM sqlite_master "
                                              "WHERE type = 'trigger'")));
            while (query.next())
                triggers.append(query.value(0).toString());
            QCOMPARE(triggers.size(), 2);
            const QStringList all =
                QStringList{QStringLiteral("DROP TRIGGER audit_is_never_edited"),
                            QStringLiteral("DROP TRIGGER audit_is_never_cut")}
                + statements + triggers;
            for (const QString &statement : all)
                QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("forge"));
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        Result<std::unique_ptr<Store>> store = await(Store::open(file(), {}));
        QVERIFY(store);
        m_store = std::move(*store);
    }
    void cleanup()
    {
        m_store.reset();
        m_folder.reset();
    }

    void hasACanonicalForm()
    {
        AuditEntry entry = sampleEntry(7);
        entry.sequence = 1;
        QCOMPARE(canonicalForm(entry),
                 QByteArray("{\"action\":\"credential.read\",\"actor\":\"ada@desk\","
                            "\"at\":\"2026-11-25T14:06:07.000Z\",\"details\":{\"a\":\"x\","
                            "\"z\":7},\"result\":\"ok\",\"sequence\":1,"
                            "\"subject\":\"cf \\\"prod\\\" \xc3\xbc\"}"));
        entry.previousHash = auditGenesis();
        // sha256 of 32 zero bytes and the line above, by coreutils.
        QCOMPARE(auditHash(entry).toHex(),
                 QByteArray("481e280c97d685d608d993e295b78135382648a57f14cbcb46beb0ad246b5f32"));
    }

    void chainsEntries()
    {
        fill(3);
        const std::vector<AuditEntry> entries = *await(m_store->audit(1, 10));
        QCOMPARE(entries.size(), std::size_t(3));
        QCOMPARE(entries.at(0).previousHash, auditGenesis());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            QCOMPARE(entries.at(i).sequence, qint64(i + 1));
            QCOMPARE(auditHash(entries.at(i)), entries.at(i).hash);
            if (i > 0)
                QCOMPARE(entries.at(i).previousHash, entries.at(i - 1).hash);
        }
        QCOMPARE(await(m_store->audit(2, 1))->front().sequence, qint64(2));
        AuditVerdict intact;
        intact.entries = 3;
        QCOMPARE(*await(m_store->verifyAudit(std::nullopt)), intact);
        QCOMPARE(*await(m_store->verifyAudit(entries.at(1))), intact);
    }

    void anEmptyLogIsIntact() { QVERIFY(await(m_store->verifyAudit(std::nullopt))->intact); }

    void R34_findsWhatWasForged_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::addColumn<qint64>("firstBad");
        QTest::addColumn<QString>("reason");
        QTest::newRow("result edited")
            << QStringList{QStringLiteral("UPDATE audit SET result = 'no' WHERE sequence = 3")}
            << qint64(3) << QStringLiteral("entry 3 was edited");
        QTest::newRow("time edited")
            << QStringList{QStringLiteral("UPDATE audit SET at = at + 1 WHERE sequence = 1")}
            << qint64(1) << QStringLiteral("entry 1 was edited");
        QTest::newRow("details edited")
            << QStringList{QStringLiteral("UPDATE audit SET details = '{}' WHERE sequence = 5")}
            << qint64(5) << QStringLiteral("entry 5 was edited");
        QTest::newRow("removed") << QStringList{QStringLiteral(
            "DELETE FROM audit WHERE sequence = 2")}
                                 << qint64(2) << QStringLiteral("entry 2 is missing");
        QTest::newRow("first removed")
            << QStringList{QStringLiteral("DELETE FROM audit WHERE sequence = 1")} << qint64(1)
            << QStringLiteral("entry 1 is missing");
        QTest::newRow("removed and renumbered")
            << QStringList{QStringLiteral("DELETE FROM audit WHERE sequence = 2"),
                           QStringLiteral("UPDATE audit SET sequence = sequence - 1 "
                                          "WHERE sequence > 2")}
            << qint64(2) << QStringLiteral("does not follow");
        QTest::newRow("order changed")
            << QStringList{QStringLiteral("UPDATE audit SET sequence = 99 WHERE sequence = 2"),
                           QStringLiteral("UPDATE audit SET sequence = 2 WHERE sequence = 3"),
                           QStringLiteral("UPDATE audit SET sequence = 3 WHERE sequence = 99")}
            << qint64(2) << QStringLiteral("does not follow");
        QTest::newRow("end cut") << QStringList{QStringLiteral(
            "DELETE FROM audit WHERE sequence > 3")}
                                 << qint64(4) << QStringLiteral("its end was cut off");
        QTest::newRow("everything cut") << QStringList{QStringLiteral("DELETE FROM audit")}
                                        << qint64(1) << QStringLiteral("its end was cut off");
    }
    void R34_findsWhatWasForged()
    {
        QFETCH(QStringList, statements);
        QFETCH(qint64, firstBad);
        QFETCH(QString, reason);
        fill(5);
        const AuditEntry anchor = await(m_store->audit(5, 1))->front();
        forge(statements);
        const AuditVerdict verdict = *await(m_store->verifyAudit(anchor));
        QVERIFY(!verdict.intact);
        QCOMPARE(verdict.firstBad, firstBad);
        QVERIFY2(verdict.reason.contains(reason), qPrintable(verdict.reason));
    }

    void R34_findsALogThatWasWrittenAnew()
    {
        fill(3);
        const AuditEntry anchor = await(m_store->audit(3, 1))->front();
        forge({QStringLiteral("DELETE FROM audit")});
        for (int i = 1; i <= 4; ++i)
            QVERIFY(await(m_store->appendAudit(sampleEntry(i + 20))));
        QVERIFY(await(m_store->verifyAudit(std::nullopt))->intact);
        const AuditVerdict verdict = *await(m_store->verifyAudit(anchor));
        QVERIFY(!verdict.intact);
        QCOMPARE(verdict.firstBad, qint64(3));
    }

    void B67_findsAnOlderCopyOfTheFile()
    {
        fill(2);
        m_store.reset();
        const QString copy = m_folder->filePath(QStringLiteral("last-month.db"));
        QVERIFY(QFile::copy(file(), copy));
        m_store = std::move(*await(Store::open(file(), {})));
        fill(2);
        const AuditEntry anchor = await(m_store->audit(4, 1))->front();
        const std::unique_ptr<Store> old = std::move(*await(Store::open(copy, {})));
        const AuditVerdict verdict = *await(old->verifyAudit(anchor));
        QVERIFY(!verdict.intact);
        QVERIFY(verdict.reason.contains(QStringLiteral("older copy")));
    }

    void R34_sqlAloneCannotEditTheLog()
    {
        fill(1);
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("forge"));
            database.setDatabaseName(file());
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY(!query.exec(QStringLiteral("UPDATE audit SET result = 'no'")));
            QVERIFY(!query.exec(QStringLiteral("DELETE FROM audit")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("forge"));
    }
};

QTEST_GUILESS_MAIN(TstAuditChain)
#include "tst_auditchain.moc"
