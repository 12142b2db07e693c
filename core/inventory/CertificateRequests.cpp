// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/FileAccess.h"
#include "core/inventory/ImportReader.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "core/x509/PemBlocks.h"

#include <QSet>

namespace sealbook {

namespace {

struct NewRequest
{
    PrivateKey key;
    Csr csr;
};

Result<NewRequest> newRequest(const QStringList &names, KeyType type)
{
    Result<PrivateKey> key = PrivateKey::generate(type);
    if (!key)
        return fail(key.error());
    Result<Csr> csr = Csr::make(*key, names);
    if (!csr)
        return fail(csr.error());
    return NewRequest{std::move(*key), std::move(*csr)};
}

} // namespace

RequestRecord requestRecordOf(const Csr &csr, const QString &origin)
{
    RequestRecord record;
    record.sha256 = sha256Hex(csr.der);
    record.der = csr.der;
    record.names = csr.names;
    record.keyAlgorithm = csr.keyAlgorithm;
    record.publicKeySha256 = csr.publicKeySha256;
    record.origin = origin;
    return record;
}

Task<std::vector<RequestState>> CertificateService::requests()
{
    Result<std::vector<RequestRecord>> all = co_await m_store.requests();
    if (!all)
        co_return fail(all.error());
    if (all->empty())
        co_return std::vector<RequestState>();
    const Result<std::vector<InventoryRow>> rows = co_await m_store.inventoryRows();
    if (!rows)
        co_return fail(rows.error(), "looking for the certificate of a request");
    QMultiHash<QString, QString> answers;
    QSet<QString> wanted;
    for (const RequestRecord &request : *all)
        wanted.insert(request.publicKeySha256);
    for (const InventoryRow &row : *rows) {
        const QString publicKey = row.publicKey.hex();
        if (wanted.contains(publicKey))
            answers.insert(publicKey, row.sha256.hex());
    }
    std::vector<RequestState> states;
    for (RequestRecord &request : *all) {
        RequestState state;
        state.certificates = answers.values(request.publicKeySha256);
        const Result<KeyRecord> key = co_await m_store.keyByPublicKey(request.publicKeySha256);
        if (!key && key.error().kind != Error::Kind::NotFound)
            co_return fail(key.error(), "looking for the key of a request");
        state.hasKey = key.has_value();
        state.request = std::move(request);
        states.push_back(std::move(state));
    }
    co_return states;
}

Task<QStringList> CertificateService::publicKeysIn(QString path, Secret password,
                                                   std::stop_token stop)
{
    const auto opening = std::make_shared<const Secret>(std::move(password)); // for std::function
    const ContainerReader containers = containerReader(stop);
    std::function<Result<QStringList>()> work = [path, opening,
                                                 containers]() -> Result<QStringList> {
        QStringList keys;
        const auto use = [&](std::span<const std::uint8_t> bytes) -> Result<> {
            const Result<ImportContent> content = ImportReader(containers).read(bytes, *opening);
            if (!content)
                return fail(content.error());
            for (const ImportContent::Entry &entry : content->entries)
                keys.append(entry.certificate.facts.publicKeySha256);
            for (const Csr &request : content->requests)
                keys.append(request.publicKeySha256);
            for (const PrivateKey &key : content->keys)
                keys.append(key.publicKeySha256());
            return {};
        };
        const Result<> read = readFileOnce(path, maxImportSize, use);
        if (!read)
            return fail(read.error());
        keys.removeDuplicates();
        return keys;
    };
    Task<QStringList> task = runBlocking<QStringList>(stop, std::move(work));
    co_return co_await std::move(task);
}

Task<RequestRecord> CertificateService::makeRequest(QStringList names, KeyType type,
                                                    std::stop_token stop)
{
    std::function<Result<NewRequest>()> work = [names, type] { return newRequest(names, type); };
    Task<NewRequest> making = runBlocking<NewRequest>(stop, std::move(work));
    Result<NewRequest> made = co_await std::move(making);
    if (!made)
        co_return fail(made.error(), "making a request");
    const QString here = QStringLiteral("issued");
    RequestRecord record = requestRecordOf(made->csr, here);
    record.addedAt = QDateTime::currentDateTimeUtc();
    // The key first: a request without one is worth nothing.
    Task<KeptKey> keeping = keepKey(std::move(made->key), stop);
    const Result<KeptKey> kept = co_await std::move(keeping);
    if (!kept)
        co_return fail(kept.error(), "keeping the key of a request");
    const std::vector<RequestRecord> one{record};
    Task<SavedCounts> saving = m_store.saveRequests(one);
    const Result<SavedCounts> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error());
    co_return record;
}

Task<RequestDetails> CertificateService::requestDetails(QString sha256)
{
    Task<RequestRecord> reading = m_store.request(std::move(sha256));
    Result<RequestRecord> record = co_await std::move(reading);
    if (!record)
        co_return fail(record.error());
    RequestDetails details;
    const Result<Csr> csr = Csr::read(record->der);
    if (csr)
        details.subjectDn = csr->subjectDn;
    else
        details.fault = csr.error();
    details.pem = pemOfDer(record->der, "CERTIFICATE REQUEST");
    details.record = std::move(*record);
    co_return details;
}

Task<> CertificateService::saveRequest(QString sha256, QString path, std::stop_token stop)
{
    Task<RequestDetails> reading = requestDetails(std::move(sha256));
    const Result<RequestDetails> details = co_await std::move(reading);
    if (!details)
        co_return fail(details.error(), "saving a request");
    std::function<Result<>()> work = [pem = details->pem, path] {
        return replaceFile(path, bytesOf(pem), false);
    };
    Task<> writing = runBlocking<void>(stop, std::move(work));
    co_return co_await std::move(writing);
}

Task<InventoryRow> CertificateService::findWaiting(QString id)
{
    constexpr qsizetype shortestPrefix = 8;
    const Result<std::vector<InventoryRow>> rows = co_await m_store.waitingRows();
    if (!rows)
        co_return fail(rows.error());
    QString digits = id.toLower();
    digits.remove(QLatin1Char(':'));
    std::vector<InventoryRow> found;
    for (const InventoryRow &row : *rows) {
        const bool isIt = digits.size() >= shortestPrefix && row.sha256.hex().startsWith(digits);
        const QString lower = id.toLower();
        if (isIt || row.subject().toLower() == lower || row.nameList().contains(lower))
            found.push_back(row);
    }
    if (found.empty())
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("no request and no key is called \"%1\"").arg(id));
    if (found.size() > 1) {
        QStringList ids;
        for (const InventoryRow &row : found)
            ids.append(row.sha256.hex().left(16));
        co_return fail(Error::Kind::Conflict,
                       QStringLiteral("\"%1\" fits several: %2").arg(id, ids.join(u", ")),
                       QStringLiteral("Name one of these."));
    }
    co_return found.front();
}

Task<> CertificateService::removeRequest(QString sha256)
{
    return m_store.removeRequest(sha256);
}

} // namespace sealbook
