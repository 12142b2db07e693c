// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/MemorySecretStore.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

namespace {

Secret secretOf(const QByteArray &bytes)
{
    return std::move(*Secret::copyOf(bytesOf(bytes)));
}

QByteArray textOf(const Secret &secret)
{
    return QByteArray(secret.text().data(), static_cast<qsizetype>(secret.size()));
}

const QByteArray canary("canary-key-0123456789-abcdefgh");

} // namespace

class TstVault : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<MemorySecretStore> m_keychain;
    std::unique_ptr<Vault> m_vault;

    // As after a restart: same file, same keychain.
    void restart(bool allowPlain = false)
    {
        m_vault = std::make_unique<Vault>(*m_keychain, *m_store, allowPlain);
    }
    Result<KeyRecord> storeKey()
    {
        return await(m_vault->storeKey(secretOf(canary), QStringLiteral("leaf"),
                                       QStringLiteral("ec256"), QStringLiteral("aa"), {}));
    }
    QByteArray content() const
    {
        QFile file(m_store->file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString file = m_folder->filePath(QStringLiteral("sealbook.db"));
        m_store = std::move(*await(Store::open(file, {})));
        m_keychain = std::make_unique<MemorySecretStore>();
        restart();
    }
    void cleanup()
    {
        m_vault.reset();
        m_keychain.reset();
        m_store.reset();
        m_folder.reset();
    }

    void makesItsKeyOnFirstUseAndFindsItAgain()
    {
        QSignalSpy states(m_vault.get(), &Vault::stateChanged);
        QCOMPARE(m_vault->state(), Vault::State::Closed);
        QVERIFY(await(m_vault->open({})));
        QCOMPARE(m_vault->state(), Vault::State::Open);
        QVERIFY(!states.isEmpty());
        QCOMPARE(m_keychain->items().size(), 1);
        const QString item = m_keychain->items().first();
        QVERIFY(item.startsWith(QStringLiteral("sealbook/%1/vk/").arg(m_store->vaultId())));
        QCOMPARE(m_keychain->valueOf(item).size(), std::size_t(32));
        QCOMPARE(*await(m_store->keychainItems()), QStringList{item});

        const int reads = m_keychain->reads;
        QVERIFY(await(m_vault->open({})));
        QCOMPARE(m_keychain->reads, reads); // cheap when it is open
        restart();
        QVERIFY(await(m_vault->open({})));
        QCOMPARE(m_keychain->items(), QStringList{item});
    }

    void R07_keepsPrivateKeysOnlySealed()
    {
        const auto record = storeKey();
        QVERIFY(record);
        QCOMPARE(textOf(*await(m_vault->loadKey(record->id, {}))), canary);
        QVERIFY(!content().contains(canary));
        restart();
        QCOMPARE(textOf(*await(m_vault->loadKey(record->id, {}))), canary);
    }

    void openingTwiceAtOnceMakesOneKey()
    {
        std::vector<Task<>> tasks;
        for (int i = 0; i < 5; ++i)
            tasks.push_back(m_vault->open({}));
        QCoro::Task<std::vector<Result<void>>> together = all<void>(std::move(tasks));
        for (const auto &result : QCoro::waitFor(std::move(together)))
            QVERIFY(result);
        QCOMPARE(m_keychain->items().size(), 1);
    }

    void twoProcessesThatOpenAtOnceEndWithOneKey()
    {
        Vault other(*m_keychain, *m_store, false);
        std::vector<Task<>> tasks;
        tasks.push_back(m_vault->open({}));
        tasks.push_back(other.open({}));
        QCoro::Task<std::vector<Result<void>>> together = all<void>(std::move(tasks));
        for (const auto &result : QCoro::waitFor(std::move(together)))
            QVERIFY(result);
        QCOMPARE(m_keychain->items().size(), 1);
        const SealedPlace place{QStringLiteral("t"), QStringLiteral("r"), QStringLiteral("f"), 1};
        const auto sealed = m_vault->seal(place, secretOf("x"));
        QVERIFY(other.unseal(place, *sealed));
    }

    void lockWipesTheKey()
    {
        const auto record = storeKey();
        m_vault->lock();
        QCOMPARE(m_vault->state(), Vault::State::Closed);
        const SealedPlace place{QStringLiteral("t"), QStringLiteral("r"), QStringLiteral("f"), 1};
        QCOMPARE(m_vault->seal(place, secretOf("x")).error().kind, Error::Kind::KeychainDenied);
        QVERIFY(await(m_vault->loadKey(record->id, {}))); // opens again by itself
    }

    void writesNothingWithoutAUsableKeychain_data()
    {
        QTest::addColumn<KeychainState>("state");
        QTest::addColumn<Error::Kind>("kind");
        using State = KeychainState;
        const auto denied = Error::Kind::KeychainDenied;
        const auto absent = Error::Kind::KeychainAbsent;
        QTest::newRow("absent") << State::Absent << absent;
        QTest::newRow("no service") << State::NoService << absent;
        QTest::newRow("no keyring yet") << State::NoKeyringYet << absent;
        QTest::newRow("plain keyring") << State::PlainKeyring << denied;
        QTest::newRow("locked") << State::Locked << denied;
        QTest::newRow("denied") << State::Denied << denied;
        QTest::newRow("timed out") << State::TimedOut << denied;
        QTest::newRow("lied") << State::Lied << denied;
    }
    void writesNothingWithoutAUsableKeychain()
    {
        QFETCH(KeychainState, state);
        QFETCH(Error::Kind, kind);
        m_keychain->setState(state);
        const auto key = storeKey();
        QCOMPARE(key.error().kind, kind);
        QVERIFY(!key.error().advice.isEmpty());
        QCOMPARE(await(m_vault->storeToken(secretOf("token"), {})).error().kind, kind);
        QVERIFY(m_keychain->items().isEmpty());
        QCOMPARE(*await(m_store->keyCount()), 0);
        QVERIFY(await(m_store->keychainItems())->isEmpty());
        // And when it is there, everything goes on.
        m_keychain->setState(KeychainState::Ok);
        QVERIFY(storeKey());
    }

    void takesAPlainKeyringInPracticeOnly()
    {
        m_keychain->setState(KeychainState::PlainKeyring);
        QVERIFY(!storeKey());
        restart(true);
        QVERIFY(storeKey());
        QVERIFY(await(m_vault->storeToken(secretOf("token"), {})));
    }

    void B70_neverMakesAKeyOverOldSecrets()
    {
        const auto record = storeKey();
        const QString item = m_keychain->items().first();
        m_keychain->forgetEverything();
        restart();
        const auto opened = await(m_vault->open({}));
        QCOMPARE(opened.error().kind, Error::Kind::KeychainDenied);
        QVERIFY(opened.error().advice.contains(QStringLiteral("recovery code")));
        QCOMPARE(m_vault->state(), Vault::State::Locked);
        QVERIFY(!storeKey());
        QVERIFY(!await(m_vault->loadKey(record->id, {})));
        QVERIFY(m_keychain->items().isEmpty());
    }

    void B70_notEvenWhenTheDatabaseForgotWhichKey()
    {
        QVERIFY(storeKey());
        QVERIFY(
            await(m_store->setSetting(QStringLiteral("vault.key"), QJsonValue(QJsonValue::Null))));
        restart();
        QVERIFY(!await(m_vault->open({})));
        QCOMPARE(m_vault->state(), Vault::State::Locked);
        QCOMPARE(m_keychain->items().size(), 1);
    }

    void B57_theBackupOfAnotherVaultStaysLockedAndOursIsKept()
    {
        const auto ours = storeKey();
        const QString file = m_store->file();
        const QStringList items = m_keychain->items();
        const QString other = m_folder->filePath(QStringLiteral("other/sealbook.db"));
        KeyRecord theirs;
        {
            MemorySecretStore keychain;
            const auto store = await(Store::open(other, {}));
            Vault vault(keychain, **store, false);
            theirs = *await(vault.storeKey(secretOf(canary), QStringLiteral("leaf"),
                                           QStringLiteral("ec256"), QStringLiteral("bb"), {}));
        }
        const auto change = [this](const QString &to) {
            m_vault.reset();
            m_store = std::move(*await(Store::open(to, {})));
            restart();
        };
        change(other);
        QCOMPARE(await(m_vault->open({})).error().kind, Error::Kind::KeychainDenied);
        QCOMPARE(m_vault->state(), Vault::State::Locked);
        QVERIFY(!await(m_vault->loadKey(theirs.id, {})));
        QVERIFY(!storeKey());
        QCOMPARE(m_keychain->items(), items);
        change(file);
        QVERIFY(await(m_vault->loadKey(ours->id, {})));
    }

    void opensAgainWhenTheKeychainIsUnlocked()
    {
        const auto record = storeKey();
        restart();
        m_keychain->setState(KeychainState::Locked);
        QCOMPARE(await(m_vault->open({})).error().kind, Error::Kind::KeychainDenied);
        QCOMPARE(m_vault->state(), Vault::State::Locked);
        m_keychain->setState(KeychainState::Ok);
        QVERIFY(await(m_vault->loadKey(record->id, {})));
        QCOMPARE(m_vault->state(), Vault::State::Open);
    }

    void aKeychainThatLosesTheKeySealsNothing()
    {
        m_keychain->failWrites = true;
        QVERIFY(!storeKey());
        QCOMPARE(*await(m_store->keyCount()), 0);
        m_keychain->failWrites = false;
        QVERIFY(storeKey());
    }

    void B68_aSwappedRecordIsDamagedAndTheRestWorks()
    {
        const KeyRecord first = *storeKey();
        KeyRecord second = *storeKey();
        const KeyRecord third = *storeKey();
        second.sealed = first.sealed;
        QVERIFY(await(m_store->saveKey(second)));
        QCOMPARE(await(m_vault->loadKey(second.id, {})).error().kind, Error::Kind::Corrupt);
        QVERIFY(await(m_vault->loadKey(first.id, {})));
        QVERIFY(await(m_vault->loadKey(third.id, {})));
    }

    void tellsWhenTheKeychainIsAnother()
    {
        QVERIFY(storeKey());
        restart();
        m_keychain->setBackend(QStringLiteral("KWallet"));
        m_keychain->forgetEverything();
        QCOMPARE(await(m_vault->keychainStatus({}))->state, KeychainState::ChangedBackend);
        const auto opened = await(m_vault->open({}));
        QCOMPARE(opened.error().evidence.value(QStringLiteral("keychain")).toString(),
                 QStringLiteral("changed_backend"));
        QVERIFY(opened.error().detail.contains(QStringLiteral("Memory")));
    }

    void R07_keepsTokensOnlyInTheKeychain()
    {
        const auto item = await(m_vault->storeToken(secretOf("token-canary-123456"), {}));
        QVERIFY(item);
        QVERIFY(item->startsWith(QStringLiteral("sealbook/%1/token/").arg(m_store->vaultId())));
        QCOMPARE(m_keychain->valueOf(*item).size() % 64, std::size_t(0));
        QVERIFY(!content().contains("token-canary-123456"));
        QCOMPARE(textOf(*await(m_vault->loadToken(*item, {}))), QByteArray("token-canary-123456"));
        QVERIFY(await(m_vault->removeToken(*item, {})));
        QVERIFY(m_keychain->items().isEmpty());
        QVERIFY(await(m_store->keychainItems())->isEmpty());
        QCOMPARE(await(m_vault->loadToken(*item, {})).error().kind, Error::Kind::NotFound);
    }

    void sealsALargeTokenInTheDatabase()
    {
        const QByteArray large = QByteArray("{\"private_key\": \"") + QByteArray(3000, 'k');
        const auto item = await(m_vault->storeToken(secretOf(large), {}));
        QVERIFY(item);
        QCOMPARE(m_keychain->valueOf(*item).size(), std::size_t(64));
        QVERIFY(!content().contains(QByteArray(100, 'k')));
        QCOMPARE(textOf(*await(m_vault->loadToken(*item, {}))), large);
        QVERIFY(await(m_vault->open({})));
        restart();
        QCOMPARE(textOf(*await(m_vault->loadToken(*item, {}))), large);
    }

    void recoversWithTheCode()
    {
        const auto record = storeKey();
        QVERIFY(!m_vault->hasRecoveryCode());
        const auto code = await(m_vault->makeRecoveryCode({}));
        QVERIFY(code);
        QVERIFY(!m_vault->hasRecoveryCode()); // not before it is typed back
        QCOMPARE(
            await(m_vault->confirmRecoveryCode(secretOf("00041-06105-0R3GG-28A1C-60T3G-F6"), {}))
                .error()
                .kind,
            Error::Kind::BadRequest);
        QVERIFY(await(m_vault->confirmRecoveryCode(secretOf(textOf(*code).toLower()), {})));
        QVERIFY(m_vault->hasRecoveryCode());
        QVERIFY(!content().contains(textOf(*code)));

        m_keychain->forgetEverything();
        restart();
        QVERIFY(!await(m_vault->open({})));
        QVERIFY(m_vault->hasRecoveryCode());
        const auto wrong =
            await(m_vault->recover(secretOf("00041-06105-0R3GG-28A1C-60T3G-F6"), {}));
        QCOMPARE(wrong.error().kind, Error::Kind::Unauthorized);
        QVERIFY(m_keychain->items().isEmpty());
        QVERIFY(await(m_vault->recover(secretOf(textOf(*code)), {})));
        QCOMPARE(textOf(*await(m_vault->loadKey(record->id, {}))), canary);
        restart();
        QCOMPARE(textOf(*await(m_vault->loadKey(record->id, {}))), canary);
    }

    void recoversOnlyWithACode()
    {
        QVERIFY(storeKey());
        QCOMPARE(await(m_vault->recover(secretOf("x"), {})).error().kind, Error::Kind::NotFound);
        QCOMPARE(await(m_vault->confirmRecoveryCode(secretOf("x"), {})).error().kind,
                 Error::Kind::BadRequest);
    }

    void provesThatNothingLiesOnDisk()
    {
        QVERIFY(storeKey());
        const auto item = await(m_vault->storeToken(secretOf("token-canary-123456"), {}));
        const auto proof = await(m_vault->proof({}));
        QVERIFY(proof);
        QCOMPARE(proof->findings, QStringList());
        QCOMPARE(proof->sealedRecords, 1);
        QCOMPARE(proof->items.size(), 2);
        QCOMPARE(proof->databaseFile, m_store->file());
    }

    void theProofFindsWhatIsPlanted_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("words");
        const QByteArray token("token-canary-123456");
        QByteArray wide;
        for (const char c : token)
            wide.append(c).append('\0');
        QTest::newRow("pem") << QByteArray("x\n-----BEGIN EC PRIVATE KEY-----\n")
                             << QStringLiteral("private key in PEM");
        QTest::newRow("plain") << QByteArray("x " + token + " y") << QStringLiteral("readable");
        QTest::newRow("wide") << wide << QStringLiteral("UTF-16");
        QTest::newRow("hex") << token.toHex() << QStringLiteral("hex");
        QTest::newRow("base64") << token.toBase64() << QStringLiteral("base64");
    }
    void theProofFindsWhatIsPlanted()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, words);
        QVERIFY(await(m_vault->storeToken(secretOf("token-canary-123456"), {})));
        QFile plant(m_folder->filePath(QStringLiteral("old.log")));
        QVERIFY(plant.open(QIODevice::WriteOnly));
        plant.write(content);
        plant.close();
        const auto proof = await(m_vault->proof({}));
        QVERIFY(proof);
        QCOMPARE(proof->findings.size(), 1);
        QVERIFY2(proof->findings.first().contains(words), qPrintable(proof->findings.first()));
        QVERIFY(proof->findings.first().startsWith(QStringLiteral("old.log")));
    }

    void removesEveryItem()
    {
        QVERIFY(await(m_vault->storeToken(secretOf("token"), {})));
        QVERIFY(await(m_vault->open({})));
        QVERIFY(await(m_vault->saveAnchor("{}", {})));
        QCOMPARE(*await(m_vault->anchor({})), QByteArray("{}"));
        QVERIFY(await(m_vault->removeAllItems({})));
        QVERIFY(m_keychain->items().isEmpty());
        QCOMPARE(m_vault->state(), Vault::State::NeverUsed);
        QCOMPARE(await(m_vault->anchor({})).error().kind, Error::Kind::NotFound);
        QVERIFY(storeKey()); // begins anew
        QVERIFY(await(m_vault->removeAllItems({})));
        QCOMPARE(m_vault->state(), Vault::State::Locked); // sealed keys remain
    }

    void aCancelledOpeningLeavesItClosed()
    {
        std::stop_source source;
        source.request_stop();
        QCOMPARE(await(m_vault->open(source.get_token())).error().kind, Error::Kind::Cancelled);
        QVERIFY(m_keychain->items().isEmpty());
        QVERIFY(await(m_vault->open({})));
    }
};

QTEST_GUILESS_MAIN(TstVault)
#include "tst_vault.moc"
