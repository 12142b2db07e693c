// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/FailPoint.h"
#include "core/crypto/Base64.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/FileAccess.h"
#include "core/inventory/ImportReader.h"
#include "core/inventory/KubernetesName.h"
#include "core/store/Store.h"
#include "core/vault/PassphraseGate.h"
#include "core/vault/Vault.h"

#include <QDir>

#include <algorithm>

namespace sealbook {

namespace {

Result<Certificate> leafOf(const CertificateRecord &record)
{
    Result<Certificate> leaf = Certificate::fromDer(record.der);
    if (!leaf)
        return fail(leaf.error(), "reading the stored certificate");
    return leaf;
}

Result<std::vector<Certificate>> issuersOf(const CertificateRecord &record)
{
    if (record.chainPem.isEmpty())
        return std::vector<Certificate>();
    Result<std::vector<Certificate>> issuers = certificatesFromPem(record.chainPem, true);
    if (!issuers)
        return fail(issuers.error(), "reading the stored chain");
    return issuers;
}

Result<Secret> pkcs7Export(const CertificateRecord &record, const Certificate &leaf)
{
    Result<std::vector<Certificate>> all = issuersOf(record);
    if (!all)
        return fail(all.error());
    all->insert(all->begin(), leaf);
    Result<QByteArray> file = makePkcs7(*all);
    if (!file)
        return fail(file.error());
    return Secret::take(std::move(*file));
}

// What can be made without the vault.
Result<Secret> publicExport(const CertificateRecord &record, ExportFormat format)
{
    const Result<Certificate> leaf = leafOf(record);
    if (!leaf)
        return fail(leaf.error());
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
    case ExportFormat::Pkcs7:
        return pkcs7Export(record, *leaf);
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
    QString alias; // never empty
    bool isAliasGiven = false;
};

Result<Secret> joined(std::string_view first, std::string_view second, std::string_view third = {})
{
    Result<Secret> whole = Secret::ofSize(first.size() + second.size() + third.size());
    if (!whole)
        return whole;
    auto out = whole->writableBytes().begin();
    for (const std::string_view part : {first, second, third})
        out = std::copy(part.begin(), part.end(), out);
    return whole;
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

Result<Secret> pkcs12Export(const KeyExport &given, const Certificate &leaf, ExportFormat format)
{
    const Result<std::vector<Certificate>> chain = issuersOf(given.record);
    if (!chain)
        return fail(chain.error());
    Result<QByteArray> file =
        makePkcs12(given.key, leaf, *chain, given.alias, given.password,
                   format == ExportFormat::Pkcs12 ? Pkcs12Ciphers::Modern : Pkcs12Ciphers::Legacy);
    if (!file)
        return fail(file.error());
    return Secret::take(std::move(*file));
}

Result<Secret> kubernetesExport(const KeyExport &given, const Secret &keyPem,
                                const QByteArray &full)
{
    const Result<QString> name =
        given.isAliasGiven ? checkedKubernetesName(given.alias) : kubernetesNameOf(given.alias);
    if (!name)
        return fail(name.error());
    const Result<Secret> key = encodeBase64(keyPem, Base64Alphabet::Standard);
    if (!key)
        return fail(key.error());
    // In quotes, or YAML would read "1e3", "true" and "2026-11-25" as no names at all.
    const QByteArray head = "apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata:\n"
                            "  name: \""
        + name->toLatin1() + "\"\ndata:\n  tls.crt: " + full.toBase64() + "\n  tls.key: ";
    return joined(viewOf(head), key->text(), "\n");
}

Result<Secret> keyExport(const KeyExport &given, ExportFormat format)
{
    if (format == ExportFormat::KeyPem && !given.password.isEmpty())
        return given.key.toEncryptedPem(given.password);
    const Result<Certificate> leaf = leafOf(given.record);
    if (!leaf)
        return fail(leaf.error());
    if (takesPassword(format) && format != ExportFormat::KeyPem)
        return pkcs12Export(given, *leaf, format);
    Result<Secret> keyPem = given.key.toPem();
    if (!keyPem || format == ExportFormat::KeyPem)
        return keyPem;
    const QByteArray full = leaf->pem() + given.record.chainPem;
    return format == ExportFormat::KubernetesSecret ? kubernetesExport(given, *keyPem, full)
                                                    : joined(keyPem->text(), viewOf(full));
}

} // namespace

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
                                            Secret password, QString alias, std::stop_token stop)
{
    if (!holdsKey(format))
        co_return publicExport(record, format);
    if (needsPassword(format) && password.isEmpty())
        co_return fail(Error::Kind::BadRequest, QStringLiteral("a PKCS#12 file needs a password"));
    if (m_gate != nullptr) {
        const Result<> passed = co_await m_gate->pass();
        if (!passed)
            co_return fail(passed.error());
    }
    Task<PrivateKey> loading = keyOf(record, stop);
    Result<PrivateKey> key = co_await std::move(loading);
    if (!key)
        co_return fail(key.error());
    const bool isAliasGiven = !alias.isEmpty();
    if (!isAliasGiven)
        alias = record.subject;
    KeyExport given{std::move(*key), std::move(record), std::move(password), std::move(alias),
                    isAliasGiven};
    const auto shared = std::make_shared<const KeyExport>(std::move(given));
    std::function<Result<Secret>()> work = [shared, format] { return keyExport(*shared, format); };
    Task<Secret> task = runBlocking<Secret>(stop, std::move(work));
    co_return co_await std::move(task);
}

Task<bool> CertificateService::wantsPassphrase()
{
    if (m_gate == nullptr)
        co_return false;
    co_return co_await m_gate->isSet();
}

Task<> CertificateService::givePassphrase(Secret typed, std::stop_token stop)
{
    if (m_gate == nullptr)
        co_return {};
    Task<> opening = m_gate->open(std::move(typed), stop);
    co_return co_await std::move(opening);
}

Task<Secret> CertificateService::exportBytes(QString sha256, ExportFormat format, Secret password,
                                             QString alias, std::stop_token stop)
{
    const Result<CertificateRecord> record = co_await m_store.certificate(sha256);
    if (!record)
        co_return fail(record.error(), "exporting");
    CertificateRecord given = *record;
    Task<Secret> task =
        makeExport(std::move(given), format, std::move(password), std::move(alias), stop);
    Result<Secret> bytes = co_await std::move(task);
    Result<> noted;
    if (holdsKey(format)) {
        if (failPoint("R33"))
            co_return fail(Error::Kind::Internal, QStringLiteral("failpoint R33"));
        const QJsonObject details{{QStringLiteral("format"), exportFormatName(format)}};
        Task<> noting =
            m_audit(QStringLiteral("key.export"), record->sha256,
                    bytes ? QStringLiteral("ok") : kindName(bytes.error().kind), details);
        noted = co_await std::move(noting);
    }
    if (!bytes)
        co_return fail(bytes.error(), "exporting");
    if (!noted)
        co_return fail(noted.error(), "noting that a key leaves; none did");
    co_return bytes;
}

Task<> CertificateService::exportFile(QString sha256, ExportFormat format, Secret password,
                                      QString alias, QString path, std::stop_token stop)
{
    Task<Secret> making = exportBytes(sha256, format, std::move(password), std::move(alias), stop);
    Result<Secret> bytes = co_await std::move(making);
    if (!bytes)
        co_return fail(bytes.error());
    const auto content = std::make_shared<const Secret>(std::move(*bytes)); // as KeyExport
    const bool isSecret = holdsKey(format);
    std::function<Result<>()> work = [content, path, isSecret, umask = m_umask] {
        return replaceFile(path, content->bytes(), isSecret, umask);
    };
    Task<> writing = runBlocking<void>(stop, std::move(work));
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error(), "writing the exported file");
    co_return {};
}

// The key first: without it the rest is of no use to a server.
Task<> CertificateService::exportForServer(QString sha256, ServerFiles files, QString folder,
                                           std::stop_token stop)
{
    const QDir target(folder);
    if (!target.exists())
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("the folder %1 does not exist").arg(folder),
                       QStringLiteral("Make it first, readable by the server only."));
    const Result<CertificateRecord> record = co_await m_store.certificate(sha256);
    if (!record)
        co_return fail(record.error(), "exporting");
    std::function<Result<>()> look = [given = *record, files, folder] {
        return refuseFilesOfOthers(given, files, folder);
    };
    Task<> looking = runBlocking<void>(stop, std::move(look));
    const Result<> looked = co_await std::move(looking);
    if (!looked)
        co_return fail(looked.error());
    std::stable_sort(files.parts.begin(), files.parts.end(),
                     [](const ServerFiles::Part &left, const ServerFiles::Part &right) {
                         return holdsKey(left.format) && !holdsKey(right.format);
                     });
    for (const ServerFiles::Part &part : files.parts) {
        Task<> writing = exportFile(sha256, part.format, Secret(), QString(),
                                    target.filePath(part.fileName), stop);
        const Result<> written = co_await std::move(writing);
        if (!written)
            co_return fail(written.error());
    }
    co_return {};
}

} // namespace sealbook
