// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateService.h"
#include "core/inventory/FileAccess.h"
#include "core/inventory/ImportReader.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

#include <array>

namespace sealbook {

namespace {

constexpr std::array formats{
    std::pair{ExportFormat::LeafPem, "cert"},           std::pair{ExportFormat::ChainPem, "chain"},
    std::pair{ExportFormat::FullChainPem, "fullchain"}, std::pair{ExportFormat::KeyPem, "key"},
    std::pair{ExportFormat::Pkcs12, "pkcs12"},          std::pair{ExportFormat::Der, "der"}};

bool holdsKey(ExportFormat format)
{
    return format == ExportFormat::KeyPem || format == ExportFormat::Pkcs12;
}

Result<Certificate> leafOf(const CertificateRecord &record)
{
    return Certificate::fromDer(record.der);
}

// What can be made without the vault.
Result<Secret> publicExport(const CertificateRecord &record, ExportFormat format)
{
    const Result<Certificate> leaf = leafOf(record);
    if (!leaf)
        return fail(leaf.error(), "reading the stored certificate");
    switch (format) {
    case ExportFormat::LeafPem:
        return Secret::take(leaf->pem());
    case ExportFormat::ChainPem:
        if (record.chainPem.isEmpty())
            return fail(
                Error::Kind::NotFound,
                QStringLiteral("no issuing certificates are known for \"%1\"").arg(record.subject),
                QStringLiteral("Import the certificate together with its chain."));
        return Secret::take(QByteArray(record.chainPem));
    case ExportFormat::FullChainPem:
        return Secret::take(QByteArray(leaf->pem() + record.chainPem));
    default:
        return Secret::take(leaf->der());
    }
}

// Shared, because std::function wants lambdas that can be copied; one thread at a time uses it.
struct KeyExport
{
    PrivateKey key;
    CertificateRecord record;
    Secret password;
};

Result<Secret> keyExport(const KeyExport &given, ExportFormat format)
{
    if (format == ExportFormat::KeyPem)
        return given.password.isEmpty() ? given.key.toPem()
                                        : given.key.toEncryptedPem(given.password);
    const Result<Certificate> leaf = leafOf(given.record);
    if (!leaf)
        return fail(leaf.error(), "reading the stored certificate");
    std::vector<Certificate> chain;
    if (!given.record.chainPem.isEmpty()) {
        Result<std::vector<Certificate>> issuers = certificatesFromPem(given.record.chainPem, true);
        if (!issuers)
            return fail(issuers.error(), "reading the stored chain");
        chain = std::move(*issuers);
    }
    Result<QByteArray> file =
        makePkcs12(given.key, *leaf, chain, given.record.subject, given.password);
    if (!file)
        return fail(file.error());
    return Secret::take(std::move(*file));
}

} // namespace

QString exportFormatName(ExportFormat format)
{
    for (const auto &[candidate, name] : formats) {
        if (candidate == format)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<ExportFormat> exportFormatFromName(const QString &name)
{
    for (const auto &[format, candidate] : formats) {
        if (name == QLatin1String(candidate))
            return format;
    }
    return std::nullopt;
}

Task<PrivateKey> CertificateService::keyOf(CertificateRecord record, std::stop_token stop)
{
    if (!record.keyId.isValid())
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("the private key of \"%1\" is not here").arg(record.subject),
                       QStringLiteral("Import it from where the request was made."));
    const Result<> opened = co_await m_vault.open(stop);
    if (!opened)
        co_return fail(opened.error(), "opening the vault");
    const KeyId id = record.keyId;
    Task<Secret> task = m_vault.loadKey(id, stop);
    const Result<Secret> pkcs8 = co_await std::move(task);
    if (!pkcs8)
        co_return fail(pkcs8.error(), "reading the private key");
    Result<PrivateKey> key = PrivateKey::fromPkcs8(*pkcs8);
    if (!key)
        co_return fail(key.error(), "reading the private key");
    if (key->publicKeySha256() != record.publicKeySha256)
        co_return fail(Error::Kind::Corrupt,
                       QStringLiteral("the stored key does not belong to the certificate \"%1\"")
                           .arg(record.subject));
    co_return std::move(*key);
}

Task<Secret> CertificateService::makeExport(CertificateRecord record, ExportFormat format,
                                            Secret password, std::stop_token stop)
{
    if (!holdsKey(format))
        co_return publicExport(record, format);
    if (format == ExportFormat::Pkcs12 && password.isEmpty())
        co_return fail(Error::Kind::BadRequest, QStringLiteral("a PKCS#12 file needs a password"));
    Task<PrivateKey> loading = keyOf(record, stop);
    Result<PrivateKey> key = co_await std::move(loading);
    if (!key)
        co_return fail(key.error());
    KeyExport given{std::move(*key), std::move(record), std::move(password)};
    const auto shared = std::make_shared<const KeyExport>(std::move(given));
    std::function<Result<Secret>()> work = [shared, format] { return keyExport(*shared, format); };
    Task<Secret> task = runBlocking<Secret>(stop, std::move(work));
    co_return co_await std::move(task);
}

Task<Secret> CertificateService::exportBytes(QString sha256, ExportFormat format, Secret password,
                                             std::stop_token stop)
{
    const Result<CertificateRecord> record = co_await m_store.certificate(sha256);
    if (!record)
        co_return fail(record.error(), "exporting");
    CertificateRecord given = *record;
    Task<Secret> task = makeExport(std::move(given), format, std::move(password), stop);
    Result<Secret> bytes = co_await std::move(task);
    if (holdsKey(format))
        Q_EMIT keyExported(record->sha256, exportFormatName(format),
                           bytes ? QStringLiteral("ok") : kindName(bytes.error().kind));
    if (!bytes)
        co_return fail(bytes.error(), "exporting");
    co_return bytes;
}

Task<> CertificateService::exportFile(QString sha256, ExportFormat format, Secret password,
                                      QString path, std::stop_token stop)
{
    Task<Secret> making = exportBytes(sha256, format, std::move(password), stop);
    Result<Secret> bytes = co_await std::move(making);
    if (!bytes)
        co_return fail(bytes.error());
    const auto content = std::make_shared<const Secret>(std::move(*bytes)); // as KeyExport
    const bool isSecret = holdsKey(format);
    std::function<Result<>()> work = [content, path, isSecret] {
        return replaceFile(path, content->bytes(), isSecret);
    };
    Task<> writing = runBlocking<void>(stop, std::move(work));
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error(), "writing the exported file");
    co_return {};
}

} // namespace sealbook
