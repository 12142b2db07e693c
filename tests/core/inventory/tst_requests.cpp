// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateService.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/StoreAudit.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// Requests that wait for their certificate, and what belongs to them.
class TstRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anImportedRequestIsKeptOnce();
    void aCertificateOfItsKeyAnswersIt();
    void aNewRequestHasItsKeyInTheVault();
    void withoutAKeychainNoRequestIsMade();
    void publicKeysOfAFileAreFound_data();
    void publicKeysOfAFileAreFound();
    void aRequestIsRemoved();
    void B54_aRequestWithABadSignatureIsNotKept();

private:
    [[nodiscard]] Result<ImportSummary> import(const char *name)
    {
        return await(m_service->importPaths({path(name)}, Secret(), {}, {}));
    }
    [[nodiscard]] static QString path(const char *name)
    {
        return testDataPath(QStringLiteral("x509/") + QLatin1String(name));
    }
    [[nodiscard]] std::vector<RequestState> requests()
    {
        return await(m_service->requests()).value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MemorySecretStore> m_keychain;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<CertificateService> m_service;
};

void TstRequests::init()
{
    m_service.reset();
    m_vault.reset();
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_keychain = std::make_unique<MemorySecretStore>();
    const QString file = m_folder->filePath(QStringLiteral("profile/sealbook.db"));
    m_store = await(Store::open(file, {})).value();
    m_vault = std::make_unique<Vault>(*m_keychain, *m_store, false);
    m_service = std::make_unique<CertificateService>(*m_store, *m_vault, auditInto(*m_store));
    m_service->useImportHelper({QStringLiteral(SEALBOOK_CONTAINER_HELPER), {}});
}

void TstRequests::anImportedRequestIsKeptOnce()
{
    QVERIFY(requests().empty());
    for (int i = 0; i < 2; ++i) {
        const auto summary = import("request.pem");
        QVERIFY(summary);
        QVERIFY(!summary->files.front().error);
        QCOMPARE(summary->requests, 1);
        QCOMPARE(summary->files.front().requests, 1);
    }
    const std::vector<RequestState> all = requests();
    QCOMPARE(all.size(), std::size_t{1});
    QVERIFY(all.front().request.names.contains(QStringLiteral("example.org")));
    QCOMPARE(all.front().request.origin,
             QStringLiteral("file:") + QDir::cleanPath(path("request.pem")));
    QVERIFY(all.front().certificates.isEmpty());
    QVERIFY(!all.front().hasKey);
}

void TstRequests::aCertificateOfItsKeyAnswersIt()
{
    QVERIFY(import("request.pem"));
    QVERIFY(import("leaf.pem"));
    QCOMPARE(requests().front().certificates,
             QStringList{await(m_service->list()).value().front().sha256});
    const auto keyed = import("leaf.key");
    QCOMPARE(keyed->keysStored, 1);
    QVERIFY(requests().front().hasKey);
}

void TstRequests::aNewRequestHasItsKeyInTheVault()
{
    const QStringList names{QStringLiteral("new.example.org"), QStringLiteral("*.new.example.org")};
    const auto made = await(m_service->makeRequest(names, KeyType::Ec256, {}));
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(made->names, names);
    const std::vector<RequestState> all = requests();
    QCOMPARE(all.size(), std::size_t{1});
    QVERIFY(all.front().hasKey);
    QCOMPARE(all.front().request, *made);
}

void TstRequests::withoutAKeychainNoRequestIsMade()
{
    m_keychain->setState(KeychainState::Locked);
    const auto made =
        await(m_service->makeRequest({QStringLiteral("new.example.org")}, KeyType::Ec256, {}));
    QVERIFY(!made);
    QVERIFY(requests().empty());
    QCOMPARE(await(m_store->keyCount()).value(), 0);
}

void TstRequests::publicKeysOfAFileAreFound_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("password");
    QTest::newRow("a certificate") << QByteArray("leaf.pem") << QByteArray();
    QTest::newRow("a request") << QByteArray("request.pem") << QByteArray();
    QTest::newRow("a key") << QByteArray("leaf.key") << QByteArray();
    QTest::newRow("an encrypted key")
        << QByteArray("leaf-encrypted.key") << QByteArray("open sesame");
}

void TstRequests::publicKeysOfAFileAreFound()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, password);
    QVERIFY(import("request.pem"));
    const auto keys =
        await(m_service->publicKeysIn(path(name.constData()), testSecret(password), {}));
    QVERIFY2(keys, keys ? "" : qPrintable(keys.error().detail));
    QCOMPARE(*keys, QStringList{requests().front().request.publicKeySha256});
}

void TstRequests::aRequestIsRemoved()
{
    QVERIFY(import("request.pem"));
    const QString sha256 = requests().front().request.sha256;
    QVERIFY(await(m_service->removeRequest(sha256)));
    QVERIFY(requests().empty());
    QCOMPARE(await(m_service->removeRequest(sha256)).error().kind, Error::Kind::NotFound);
}

void TstRequests::B54_aRequestWithABadSignatureIsNotKept()
{
    const auto summary = import("B54-bad-signature.der");
    QVERIFY(summary->files.front().error);
    QVERIFY(requests().empty());
}

QTEST_GUILESS_MAIN(TstRequests)
#include "tst_requests.moc"
