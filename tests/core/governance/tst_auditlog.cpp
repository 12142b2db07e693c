// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/AuditLog.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/MemorySecretStore.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

class TstAuditLog : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MemorySecretStore> m_keychain;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<AuditLog> m_log;

    QString file() const { return m_folder->filePath(QStringLiteral("sealbook.db")); }
    QString anchorItem() const
    {
        return QStringLiteral("sealbook/%1/anchor/1").arg(m_store->vaultId());
    }
    void start()
    {
        m_log.reset();
        m_vault.reset();
        m_store.reset();
        m_store = std::move(*await(Store::open(file(), {})));
        m_vault = std::make_unique<Vault>(*m_keychain, *m_store, false);
        m_log = std::make_unique<AuditLog>(*m_store, *m_vault);
    }
    void record(int count)
    {
        for (int i = 0; i < count; ++i)
            QVERIFY(await(m_log->record(QStringLiteral("credential.read"), QStringLiteral("cf"),
                                        QStringLiteral("ok"), {{QStringLiteral("n"), i}})));
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_keychain = std::make_unique<MemorySecretStore>();
        start();
    }
    void cleanup()
    {
        m_log.reset();
        m_vault.reset();
        m_store.reset();
        m_keychain.reset();
        m_folder.reset();
    }

    void R33_tellsOfWhatTheStoreWroteWithItsAct()
    {
        QSignalSpy appended(m_log.get(), &AuditLog::appended);
        const AuditEntry entry = auditEntry(QStringLiteral("setting.change"),
                                            QStringLiteral("resolver"), QStringLiteral("ok"), {});
        QVERIFY(await(m_store->setSetting(QStringLiteral("resolver"), 1, entry)));
        QCOMPARE(appended.size(), 1);
        const auto told = appended.at(0).at(0).value<AuditEntry>();
        QCOMPARE(told.action, entry.action);
        QCOMPARE(told.sequence, 1);
        QVERIFY(await(m_store->setSetting(QStringLiteral("theme"), 1)));
        QCOMPARE(appended.size(), 1);
    }

    void R33_recordsWhoWhenAndWhat()
    {
        QSignalSpy appended(m_log.get(), &AuditLog::appended);
        record(1);
        QCOMPARE(appended.size(), 1);
        const auto entries = *await(m_log->entries(1, 10));
        QCOMPARE(entries.size(), std::size_t(1));
        QCOMPARE(entries.front().actor, AuditLog::actor());
        QVERIFY(AuditLog::actor().contains(QLatin1Char('@')));
        QVERIFY(entries.front().at.isValid());
        QCOMPARE(entries.front().action, QStringLiteral("credential.read"));
    }

    void R34_pinsTheNewestEntry()
    {
        record(3);
        QVERIFY(await(m_log->pin({})));
        const QByteArray text = *await(m_vault->anchor({}));
        QVERIFY(text.contains("\"sequence\":3"));
        const int writes = m_keychain->writes;
        QVERIFY(await(m_log->pin({})));
        QCOMPARE(m_keychain->writes, writes); // nothing new, nothing written
        const AuditVerdict verdict = *await(m_log->verify({}));
        QVERIFY(verdict.intact);
        QCOMPARE(verdict.entries, 3);
        QVERIFY(verdict.reason.isEmpty());
    }

    void pinsByItselfAfterAWhile()
    {
        record(1);
        QTRY_VERIFY_WITH_TIMEOUT(m_keychain->has(anchorItem()), 20000);
    }

    void pinningTwiceAtOnceWritesOnce()
    {
        record(2);
        std::vector<Task<>> tasks;
        tasks.push_back(m_log->pin({}));
        tasks.push_back(m_log->pin({}));
        QCoro::Task<std::vector<Result<void>>> together = all<void>(std::move(tasks));
        for (const auto &result : QCoro::waitFor(std::move(together)))
            QVERIFY(result);
        QCOMPARE(m_keychain->writes, 1);
    }

    void B67_findsAnOlderFileAndKeepsTheEvidence()
    {
        record(2);
        QVERIFY(await(m_log->pin({})));
        m_log.reset();
        m_vault.reset();
        m_store.reset();
        const QString copy = m_folder->filePath(QStringLiteral("copy"));
        QVERIFY(QFile::copy(file(), copy));
        start();
        record(2);
        QVERIFY(await(m_log->pin({})));
        m_log.reset();
        m_vault.reset();
        m_store.reset();
        QVERIFY(QFile::remove(file()));
        QVERIFY(QFile::copy(copy, file()));
        start();
        record(1); // it still records
        QCOMPARE(await(m_log->pin({})).error().kind, Error::Kind::Corrupt);
        const AuditVerdict verdict = *await(m_log->verify({}));
        QVERIFY(!verdict.intact);
        QVERIFY(verdict.reason.contains(QStringLiteral("older copy")));
        QVERIFY(await(m_vault->anchor({}))->contains("\"sequence\":4"));
    }

    void R34_thePinIsReadEvenWhenTheFileDeniesIt()
    {
        record(2);
        QVERIFY(await(m_vault->open({})));
        QVERIFY(await(m_log->pin({})));
        QVERIFY(await(m_store->forgetKeychainItem(anchorItem())));
        start();
        // The third tells of the vault that was made.
        QVERIFY(await(m_vault->anchor({}))->contains("\"sequence\":3"));
    }

    void recordsWithoutAKeychain_data()
    {
        QTest::addColumn<KeychainState>("state");
        QTest::newRow("no service") << KeychainState::NoService;
        QTest::newRow("locked") << KeychainState::Locked;
        QTest::newRow("plain") << KeychainState::PlainKeyring;
    }
    void recordsWithoutAKeychain()
    {
        QFETCH(KeychainState, state);
        m_keychain->setState(state);
        record(2);
        QVERIFY(!await(m_log->pin({})));
        const AuditVerdict verdict = *await(m_log->verify({}));
        QVERIFY(verdict.intact);
        QCOMPARE(verdict.entries, 2);
        QVERIFY(m_keychain->items().isEmpty());
        m_keychain->setState(KeychainState::Ok);
        QVERIFY(await(m_log->pin({})));
    }

    void saysWhenThePinCannotBeRead()
    {
        record(2);
        QVERIFY(await(m_log->pin({})));
        start();
        m_keychain->setState(KeychainState::Locked);
        const AuditVerdict verdict = *await(m_log->verify({}));
        QVERIFY(verdict.intact);
        QVERIFY(verdict.reason.contains(QStringLiteral("could not be read")));
    }

    void mayDieWhileItPins()
    {
        record(1);
        Task<> pinning = m_log->pin({});
        m_log.reset();
        QCOMPARE(await(std::move(pinning)).error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TstAuditLog)
#include "tst_auditlog.moc"
