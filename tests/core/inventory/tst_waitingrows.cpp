// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CalendarFile.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/InventoryService.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/StoreAudit.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// Requests that wait for their certificate, and keys without one, as rows of the inventory.
class TstWaitingRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aRequestIsARowUntilItsCertificateComes();
    void aLoneKeyIsARowUntilItsCertificateComes();
    void aCertificateFindsTheKeyOfItsRequest();
    void keysInUseAreNoRows();
    void questionsTellThemApart_data();
    void questionsTellThemApart();
    void whatWaitsNeverExpires();
    void aRefreshTakesTheAnsweredOnesAway();
    void marksAndTrashAreUndone();
    void onlyWhatLiesInTheTrashIsDeletedForGood();
    void aRequestIsFoundAndDescribed();
    void xcaGivesItsKeysForItsPassword();
    void B43_aWrongPasswordOfADatabaseIsTold_data();
    void B43_aWrongPasswordOfADatabaseIsTold();
    void nssGivesItsKeysForItsPassword();
    void nssKeysJoinTheirCertificates();

private:
    [[nodiscard]] Result<ImportSummary> import(const QString &name, const QByteArray &password = {})
    {
        return await(m_service->importPaths({testDataPath(name)}, testSecret(password), {}, {}));
    }
    [[nodiscard]] std::shared_ptr<Inventory> inventory()
    {
        return await(m_inventory->read({})).value();
    }
    [[nodiscard]] QStringList found(const char *query)
    {
        const auto all = inventory();
        InventoryRequest request;
        request.query = Query::parse(QString::fromLatin1(query)).value();
        QStringList names;
        for (const quint32 row : all->view(request).rows)
            names.append(all->row(row).subject());
        names.sort();
        return names;
    }
    [[nodiscard]] QString onlySha256(const char *query)
    {
        const auto all = inventory();
        const RowSet rows = all->matching(Query::parse(QString::fromLatin1(query)).value());
        QString sha256;
        rows.each([&](std::size_t row) { sha256 = all->row(row).sha256.hex(); });
        return rows.count() == 1 ? sha256 : QString();
    }

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MemorySecretStore> m_keychain;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<CertificateService> m_service;
    std::unique_ptr<InventoryService> m_inventory;
};

void TstWaitingRows::init()
{
    m_inventory.reset();
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
    m_inventory = std::make_unique<InventoryService>(*m_store, m_clock);
}

void TstWaitingRows::aRequestIsARowUntilItsCertificateComes()
{
    QVERIFY(await(m_inventory->isEmpty()).value());
    QVERIFY(import(QStringLiteral("x509/request.pem")));
    QVERIFY(!await(m_inventory->isEmpty()).value());
    const auto before = inventory();
    QCOMPARE(before->size(), std::size_t{1});
    const InventoryRow &row = before->row(0);
    QVERIFY(row.is(InventoryRow::IsRequest) && !row.isCertificate());
    QVERIFY(!row.is(InventoryRow::HasKey));
    QCOMPARE(row.notBefore, row.addedAt);
    QVERIFY(row.nameList().contains(QStringLiteral("example.org")));
    QVERIFY(row.hasPlace(PlaceRecord::Kind::File));
    QVERIFY(import(QStringLiteral("x509/leaf.pem")));
    const auto after = inventory();
    QCOMPARE(after->size(), std::size_t{1});
    QVERIFY(after->row(0).isCertificate());
}

void TstWaitingRows::aLoneKeyIsARowUntilItsCertificateComes()
{
    const auto summary = import(QStringLiteral("x509/leaf.key"));
    QVERIFY2(summary, summary ? "" : qPrintable(summary.error().detail));
    QVERIFY(!summary->files.front().error);
    QCOMPARE(summary->keysStored, 1);
    const auto before = inventory();
    QCOMPARE(before->size(), std::size_t{1});
    const InventoryRow &row = before->row(0);
    QVERIFY(row.is(InventoryRow::IsKey) && row.is(InventoryRow::HasKey));
    QCOMPARE(row.subject(), QStringLiteral("leaf.key"));
    QCOMPARE(row.sha256, row.publicKey);
    QVERIFY(row.placeList().front().endsWith(QLatin1String("/leaf.key")));
    QVERIFY(import(QStringLiteral("x509/leaf.pem")));
    const auto after = inventory();
    QCOMPARE(after->size(), std::size_t{1});
    QVERIFY(after->row(0).isCertificate() && after->row(0).is(InventoryRow::HasKey));
}

void TstWaitingRows::aCertificateFindsTheKeyOfItsRequest()
{
    QVERIFY(import(QStringLiteral("x509/request.pem")));
    QVERIFY(import(QStringLiteral("x509/leaf.key")));
    const auto waiting = inventory();
    QCOMPARE(waiting->size(), std::size_t{1}); // the key is the request's
    QVERIFY(waiting->row(0).is(InventoryRow::IsRequest));
    QVERIFY(waiting->row(0).is(InventoryRow::HasKey));
    QVERIFY(import(QStringLiteral("x509/leaf.pem")));
    QVERIFY(await(m_service->list()).value().front().keyId.isValid());
}

void TstWaitingRows::keysInUseAreNoRows()
{
    const auto key = PrivateKey::generate(KeyType::Ec256);
    const auto stored =
        await(m_vault->storeKey(key->toPkcs8().value(), QStringLiteral("account"),
                                QStringLiteral("ec256"), key->publicKeySha256(), {}));
    QVERIFY(stored);
    QCOMPARE(inventory()->size(), std::size_t{0});
    const auto other = PrivateKey::generate(KeyType::Ec256);
    const auto leaf =
        await(m_vault->storeKey(other->toPkcs8().value(), QStringLiteral("leaf"),
                                QStringLiteral("ec256"), other->publicKeySha256(), {}));
    QVERIFY(leaf);
    JobRecord job;
    job.id = JobId::make();
    job.state = JobRecord::State::Running;
    job.keyId = leaf->id;
    job.createdAt = job.updatedAt = QDateTime::currentDateTimeUtc();
    QVERIFY(await(m_store->saveJob(job)));
    QCOMPARE(inventory()->size(), std::size_t{0});
    job.state = JobRecord::State::Cancelled;
    QVERIFY(await(m_store->saveJob(job)));
    QCOMPARE(inventory()->size(), std::size_t{1});
}

void TstWaitingRows::questionsTellThemApart_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QStringList>("names");
    const QString key = QStringLiteral("ed25519.key");
    const QString expired = QStringLiteral("old.example.org");
    const auto row = [](const char *query, const QStringList &names) {
        QTest::newRow(query) << QByteArray(query) << names;
    };
    row("is:key", {key});
    row("is:lonekey", {key});
    row("is:request", {QStringLiteral("new.example.org")});
    row("is:csr has:key", {QStringLiteral("new.example.org")});
    row("is:certificate", {expired});
    row("ed25519", {key});
    row("expires<100y", {expired});
    row("lifetime>1d", {expired});
    row("is:valid", {});
    row("is:latest", {expired});
    row("is:long", {});
    row("is:sharedkey", {});
    row("place:file is:key", {key});
    row("name:new.example.org", {QStringLiteral("new.example.org")});
}

void TstWaitingRows::questionsTellThemApart()
{
    QFETCH(QByteArray, query);
    QFETCH(QStringList, names);
    QVERIFY(import(QStringLiteral("x509/ed25519.key")));
    QVERIFY(await(m_service->makeRequest({QStringLiteral("new.example.org")}, KeyType::Ec256, {})));
    QVERIFY(import(QStringLiteral("x509/expired.pem")));
    QCOMPARE(inventory()->size(), std::size_t{3});
    QCOMPARE(found(query.constData()), names);
}

void TstWaitingRows::whatWaitsNeverExpires()
{
    QVERIFY(import(QStringLiteral("x509/other.key")));
    QVERIFY(import(QStringLiteral("x509/request.pem")));
    const auto all = inventory();
    QCOMPARE(all->size(), std::size_t{2});
    for (std::size_t row = 0; row < all->size(); ++row) {
        QCOMPARE(all->urgency(row), Urgency::Fine);
        QVERIFY(!all->isSuperseded(row));
        QCOMPARE(all->lineage(row), std::vector<quint32>{static_cast<quint32>(row)});
    }
    QVERIFY(calendarEntries(*all, Query(), {}).value().empty());
    const ExpiryWeeks weeks = all->expiryWeeks(Query());
    for (int cell = 0; cell < ExpiryWeeks::cellCount; ++cell)
        QCOMPARE(weeks.cell(cell).certificates(), 0);
}

void TstWaitingRows::aRefreshTakesTheAnsweredOnesAway()
{
    QVERIFY(import(QStringLiteral("x509/request.pem")));
    const std::shared_ptr<const Inventory> before = inventory();
    QVERIFY(import(QStringLiteral("x509/leaf.pem")));
    const QString sha256 = await(m_service->list()).value().front().sha256;
    const auto after = await(m_inventory->refresh(before, {sha256}, {})).value();
    QCOMPARE(after->size(), std::size_t{1});
    QCOMPARE(after->row(0).sha256.hex(), sha256);
}

void TstWaitingRows::marksAndTrashAreUndone()
{
    QVERIFY(import(QStringLiteral("x509/request.pem")));
    QVERIFY(import(QStringLiteral("x509/other.key")));
    for (const char *kind : {"is:request", "is:key"}) {
        const QString sha256 = onlySha256(kind);
        CertificateEdit edit;
        edit.owner = QStringLiteral("Mara");
        edit.note = QStringLiteral("ask again");
        edit.addTags = QStringList{QStringLiteral("prod")};
        const auto before = await(m_inventory->edit({sha256}, edit));
        QVERIFY2(before, before ? "" : qPrintable(before.error().detail));
        QCOMPARE(onlySha256("owner:mara tag:prod note:again"), sha256);
        const auto trashed = await(m_inventory->trash({sha256}));
        QVERIFY(trashed);
        QVERIFY(found(kind).isEmpty());
        QVERIFY(await(m_inventory->restore(*trashed)));
        QVERIFY(!found(kind).isEmpty());
        QVERIFY(await(m_inventory->restore(*before)));
        QVERIFY(onlySha256("owner:mara").isEmpty());
    }
}

void TstWaitingRows::onlyWhatLiesInTheTrashIsDeletedForGood()
{
    QVERIFY(import(QStringLiteral("x509/request.pem")));
    QVERIFY(import(QStringLiteral("x509/other.key")));
    const QStringList both{onlySha256("is:request"), onlySha256("is:key")};
    const auto refused = await(m_service->removeForGood(both));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::PolicyDenied);
    QVERIFY(await(m_inventory->trash({both.first()})));
    QVERIFY(!await(m_service->removeForGood(both)));
    QCOMPARE(inventory()->size(), std::size_t{2});
    QVERIFY(await(m_inventory->trash(both)));
    QCOMPARE(await(m_service->removeForGood(both)).value(), 2);
    QCOMPARE(inventory()->size(), std::size_t{0});
    QCOMPARE(await(m_store->keyCount()).value(), 0);
    QStringList actions;
    const auto entries = await(m_store->audit(1, 100));
    for (const AuditEntry &entry : *entries)
        actions.append(entry.action);
    QVERIFY(actions.contains(QStringLiteral("request.remove")));
    QVERIFY(actions.contains(QStringLiteral("key.remove")));
}

void TstWaitingRows::aRequestIsFoundAndDescribed()
{
    QVERIFY(import(QStringLiteral("x509/request.pem")));
    const QString sha256 = onlySha256("is:request");
    for (const QString &id : {sha256, sha256.left(10), QStringLiteral("example.org")}) {
        const auto row = await(m_service->findWaiting(id));
        QVERIFY2(row, qPrintable(id));
        QCOMPARE(row->sha256.hex(), sha256);
    }
    QCOMPARE(await(m_service->findWaiting(sha256.left(4))).error().kind, Error::Kind::NotFound);
    const auto details = await(m_service->requestDetails(sha256));
    QVERIFY(details);
    QVERIFY(details->subjectDn.startsWith(QLatin1String("CN=")));
    QVERIFY(!details->fault);
    QVERIFY(details->pem.startsWith("-----BEGIN CERTIFICATE REQUEST-----"));
}

// xca.xdb was made by XCA: a key of its own, a certificate with its key, a request.
void TstWaitingRows::xcaGivesItsKeysForItsPassword()
{
    const QString name = QStringLiteral("foreign/xca.xdb");
    const auto closed = import(name);
    QVERIFY2(closed, closed ? "" : qPrintable(closed.error().detail));
    QCOMPARE(closed->added, 1);
    QCOMPARE(closed->requests, 1);
    QCOMPARE(closed->files.front().closedKeys.size(), std::size_t{2});
    QCOMPARE(closed->keysStored, 0);
    const auto opened = import(name, "open sesame");
    QVERIFY2(!opened->files.front().error,
             opened->files.front().error ? qPrintable(opened->files.front().error->detail) : "");
    QVERIFY(opened->files.front().closedKeys.empty());
    QCOMPARE(opened->keysStored, 2);
    QVERIFY(await(m_service->list()).value().front().keyId.isValid());
    QCOMPARE(found("is:key").size(), 1);
    QCOMPARE(found("is:request"), QStringList{QStringLiteral("xca.example.org")});
}

void TstWaitingRows::B43_aWrongPasswordOfADatabaseIsTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("XCA") << QStringLiteral("foreign/xca.xdb");
    QTest::newRow("NSS") << QStringLiteral("foreign/nss-key4.db");
}

void TstWaitingRows::B43_aWrongPasswordOfADatabaseIsTold()
{
    QFETCH(QString, name);
    const auto summary = import(name, "open barley");
    const auto &error = summary->files.front().error;
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::BadRequest);
    QVERIFY2(error->detail.contains(QLatin1String("password")), qPrintable(error->detail));
    QCOMPARE(inventory()->size(), std::size_t{0});
}

void TstWaitingRows::nssGivesItsKeysForItsPassword()
{
    const QString name = QStringLiteral("foreign/nss-key4.db");
    const auto closed = import(name);
    QCOMPARE(closed->files.front().closedKeys.size(), std::size_t{2});
    QVERIFY(closed->files.front().closedKeys.front().why.contains(QLatin1String("password")));
    const auto opened = import(name, "open sesame");
    QVERIFY2(!opened->files.front().error,
             opened->files.front().error ? qPrintable(opened->files.front().error->detail) : "");
    QCOMPARE(opened->keysStored, 2);
    QCOMPARE(found("is:key key:rsa").size(), 1);
    QCOMPARE(found("is:key key:ec").size(), 1);
}

void TstWaitingRows::nssKeysJoinTheirCertificates()
{
    QVERIFY(import(QStringLiteral("foreign/nss-key4-ec.der")));
    QVERIFY(import(QStringLiteral("foreign/nss-key4-rsa.der")));
    const auto opened = import(QStringLiteral("foreign/nss-key4.db"), "open sesame");
    QCOMPARE(opened->keysStored, 2);
    QCOMPARE(found("is:certificate has:key").size(), 2);
    QVERIFY(found("is:key").isEmpty());
}

QTEST_GUILESS_MAIN(TstWaitingRows)
#include "tst_waitingrows.moc"
