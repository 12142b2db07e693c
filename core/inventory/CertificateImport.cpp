// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateService.h"
#include "core/inventory/FileAccess.h"
#include "core/inventory/ImportReader.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

#include <QFileInfo>

namespace sealbook {

namespace {

QByteArray pemOf(const std::vector<Certificate> &certificates)
{
    QByteArray pem;
    for (const Certificate &certificate : certificates)
        pem += certificate.pem();
    return pem;
}

QString keyName(const PrivateKey &key)
{
    const std::optional<KeyType> type = key.type();
    return type ? QString::fromLatin1(keyTypeName(*type)) : key.algorithm();
}

} // namespace

Task<ImportReport> CertificateService::importBytes(Secret bytes, QString source, Secret password,
                                                   std::stop_token stop)
{
    // Shared, because std::function wants a lambda that can be copied; one thread at a time reads.
    const auto input = std::make_shared<const Secret>(std::move(bytes));
    const auto opening = std::make_shared<const Secret>(std::move(password));
    std::function<Result<ImportContent>()> work = [input, opening] {
        return readImport(input->bytes(), *opening);
    };
    Task<ImportContent> task = runBlocking<ImportContent>(stop, std::move(work));
    Result<ImportContent> content = co_await std::move(task);
    if (!content)
        co_return fail(content.error(), "importing");
    Task<ImportReport> kept = keep(std::move(*content), source, stop);
    co_return co_await std::move(kept);
}

Task<ImportReport> CertificateService::importFile(QString path, Secret password,
                                                  std::stop_token stop)
{
    const auto opening = std::make_shared<const Secret>(std::move(password)); // as above
    std::function<Result<ImportContent>()> work = [path, opening]() -> Result<ImportContent> {
        std::optional<ImportContent> content;
        const auto use = [&](std::span<const std::uint8_t> bytes) -> Result<> {
            Result<ImportContent> read = readImport(bytes, *opening);
            if (!read)
                return fail(read.error());
            content.emplace(std::move(*read));
            return {};
        };
        const Result<> done = readFileOnce(path, maxImportSize, use);
        if (!done)
            return fail(done.error());
        return std::move(*content);
    };
    Task<ImportContent> task = runBlocking<ImportContent>(stop, std::move(work));
    Result<ImportContent> content = co_await std::move(task);
    if (!content) {
        Error error = content.error();
        error.evidence.insert(QStringLiteral("file"), path);
        co_return fail(std::move(error), "importing a file");
    }
    const QString origin = QStringLiteral("file:") + QFileInfo(path).fileName();
    Task<ImportReport> kept = keep(std::move(*content), origin, stop);
    co_return co_await std::move(kept);
}

Task<ImportReport> CertificateService::keep(ImportContent content, QString origin,
                                            std::stop_token stop)
{
    if (content.entries.empty()) {
        Task<ImportReport> lone = keepLoneKeys(std::move(content.keys), stop);
        co_return co_await std::move(lone);
    }
    ImportReport report;
    report.notes = content.notes;
    QHash<QString, KeyId> keyIds;
    for (PrivateKey &key : content.keys) {
        const QString publicKey = key.publicKeySha256();
        if (keyIds.contains(publicKey))
            continue;
        Task<KeptKey> task = keepKey(std::move(key), stop);
        const Result<KeptKey> kept = co_await std::move(task);
        if (!kept)
            co_return fail(kept.error(), "keeping the private key; nothing was imported");
        keyIds.insert(publicKey, kept->id);
        report.keysStored += kept->isNew ? 1 : 0;
    }
    std::size_t issuers = 0;
    for (const ImportContent::Entry &entry : content.entries) {
        CertificateRecord record = certificateRecordOf(entry.certificate);
        record.chainPem = pemOf(entry.issuers);
        record.keyId = keyIds.value(record.publicKeySha256);
        record.origin = origin;
        record.addedAt = QDateTime::currentDateTimeUtc();
        issuers += entry.issuers.size();
        report.sha256.append(record.sha256);
        const Result<bool> isNew = co_await m_store.saveCertificate(record);
        if (!isNew)
            co_return fail(isNew.error(), "keeping a certificate");
        ++(*isNew ? report.added : report.known);
    }
    if (issuers > 0)
        report.notes.append(QStringLiteral("The issuing certificates that came along are kept as "
                                           "the chain."));
    Q_EMIT stored(QStringLiteral("certificate.import"), origin,
                  {{QStringLiteral("added"), report.added},
                   {QStringLiteral("known"), report.known},
                   {QStringLiteral("keys"), report.keysStored}});
    co_return report;
}

Task<CertificateService::KeptKey> CertificateService::keepKey(PrivateKey key, std::stop_token stop)
{
    const QString publicKey = key.publicKeySha256();
    const Result<KeyRecord> known = co_await m_store.keyByPublicKey(publicKey);
    if (known)
        co_return KeptKey{known->id, false};
    if (known.error().kind != Error::Kind::NotFound)
        co_return fail(known.error());
    const Result<> opened = co_await m_vault.open(stop);
    if (!opened)
        co_return fail(opened.error());
    Result<Secret> pkcs8 = key.toPkcs8();
    if (!pkcs8)
        co_return fail(pkcs8.error());
    const QString purpose = QStringLiteral("leaf");
    const QString algorithm = keyName(key);
    Task<KeyRecord> task = m_vault.storeKey(std::move(*pkcs8), purpose, algorithm, publicKey, stop);
    const Result<KeyRecord> stored = co_await std::move(task);
    if (!stored)
        co_return fail(stored.error());
    Q_EMIT this->stored(QStringLiteral("key.store"), publicKey,
                        {{QStringLiteral("algorithm"), algorithm}});
    co_return KeptKey{stored->id, true};
}

// Keys without a certificate: worth keeping only for certificates that are here already.
Task<ImportReport> CertificateService::keepLoneKeys(std::vector<PrivateKey> keys,
                                                    std::stop_token stop)
{
    const Result<std::vector<CertificateRecord>> all = co_await m_store.certificates();
    if (!all)
        co_return fail(all.error(), "looking for the certificate of a key");
    ImportReport report;
    for (PrivateKey &key : keys) {
        const QString publicKey = key.publicKeySha256();
        std::vector<CertificateRecord> owners;
        for (const CertificateRecord &record : *all) {
            if (record.publicKeySha256 == publicKey)
                owners.push_back(record);
        }
        if (owners.empty())
            co_return fail(Error::Kind::BadRequest,
                           QStringLiteral("the private key (%1) belongs to no certificate here")
                               .arg(key.algorithm()),
                           QStringLiteral("Import the certificate first, or both together."));
        Task<KeptKey> task = keepKey(std::move(key), stop);
        const Result<KeptKey> kept = co_await std::move(task);
        if (!kept)
            co_return fail(kept.error(), "keeping the private key");
        report.keysStored += kept->isNew ? 1 : 0;
        for (CertificateRecord &record : owners) {
            record.keyId = kept->id;
            report.sha256.append(record.sha256);
            const Result<bool> saved = co_await m_store.saveCertificate(record);
            if (!saved)
                co_return fail(saved.error(), "joining a key to its certificate");
            ++report.known;
        }
    }
    co_return report;
}

} // namespace sealbook
