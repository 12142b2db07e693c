// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateService.h"

#include "core/base/DomainName.h"
#include "core/inventory/CertificateLookup.h"
#include "core/inventory/ImportReader.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>

namespace sealbook {

namespace {

constexpr int shortestPrefix = 8;

bool isHex(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9'))
            || (c >= QLatin1Char('a') && c <= QLatin1Char('f'));
    });
}

constexpr int longestPath = 8; // of authorities that are looked for in the profile
constexpr qint64 longestRootsFile = 16L * 1024 * 1024;

std::vector<Certificate> rootsIn(const QStringList &files)
{
    std::vector<Certificate> roots;
    for (const QString &path : files) {
        QFile file(path);
        if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
            continue; // the transports say so
        const auto read = certificatesFromPem(file.read(longestRootsFile), false);
        if (read)
            roots.insert(roots.end(), read->begin(), read->end());
    }
    return roots;
}

Result<CertificateDetails> detailsOf(CertificateRecord record,
                                     const std::vector<QByteArray> &authorities,
                                     const QStringList &rootFiles)
{
    Result<Certificate> leaf = Certificate::fromDer(record.der);
    if (!leaf)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the stored certificate %1 cannot be read").arg(record.sha256));
    std::vector<Certificate> issuers;
    if (!record.chainPem.isEmpty()) {
        Result<std::vector<Certificate>> chain = certificatesFromPem(record.chainPem, true);
        if (!chain)
            return fail(Error::Kind::Corrupt,
                        QStringLiteral("the stored chain of %1 cannot be read").arg(record.sha256));
        issuers = std::move(*chain);
    }
    for (const QByteArray &der : authorities) {
        if (const Result<Certificate> authority = Certificate::fromDer(der))
            issuers.push_back(*authority);
    }
    const std::vector<Certificate> own = rootsIn(rootFiles);
    CertificateDetails details;
    details.chain = verifyChain(*leaf, issuers, own, QDateTime::currentDateTimeUtc());
    const QString root = details.chain.path.back().sha256();
    details.isOwnRoot = details.chain.verified
        && std::any_of(own.begin(), own.end(),
                       [&root](const Certificate &one) { return one.sha256() == root; });
    details.extensions = leaf->extensions();
    details.leaf = std::move(*leaf);
    details.record = std::move(record);
    return details;
}

} // namespace

CertificateService::CertificateService(Store &store, Vault &vault, AuditFunction audit,
                                       QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_vault(vault)
    , m_audit(std::move(audit))
{
    Q_ASSERT(m_audit);
    connect(&m_store, &Store::changed, this, &CertificateService::changed);
}

Task<std::vector<CertificateRecord>> CertificateService::list()
{
    Task<std::vector<CertificateRecord>> reading = m_store.certificates();
    Result<std::vector<CertificateRecord>> all = co_await std::move(reading);
    if (!all)
        co_return fail(all.error());
    std::erase_if(*all, [](const CertificateRecord &record) { return record.trashedAt.isValid(); });
    co_return all;
}

Task<CertificateRecord> CertificateService::find(QString id)
{
    const QString digits = id.trimmed().toLower().remove(QLatin1Char(':'));
    if (isHex(digits)) {
        if (digits.size() < shortestPrefix)
            co_return fail(Error::Kind::BadRequest, QStringLiteral("\"%1\" is too short").arg(id),
                           QStringLiteral("Give at least 8 digits of the SHA-256."));
        Result<CertificateRecord> record = co_await m_store.certificate(digits);
        if (record || record.error().kind != Error::Kind::NotFound)
            co_return record;
    }
    const Result<DomainName> domain = DomainName::fromUserInput(id);
    const QString name = domain ? domain->ascii() : id.trimmed();
    Task<std::vector<CertificateRecord>> looking = m_store.certificatesNamed(name);
    Result<std::vector<CertificateRecord>> candidates = co_await std::move(looking);
    if (!candidates)
        co_return fail(candidates.error());
    co_return certificateOfName(name, std::move(*candidates), QDateTime::currentDateTimeUtc());
}

Task<CertificateDetails> CertificateService::details(QString sha256)
{
    Result<CertificateRecord> record = co_await m_store.certificate(sha256);
    if (!record)
        co_return fail(record.error(), "reading a certificate");
    const QString issuer = record->issuerDn;
    const auto authorities = co_await authoritiesAbove(issuer);
    if (!authorities)
        co_return fail(authorities.error(), "looking for issuers");
    const auto cas = co_await m_store.addedCas();
    if (!cas)
        co_return fail(cas.error(), "reading the CAs");
    QStringList rootFiles = m_rootFiles;
    for (const CaRecord &ca : *cas) {
        if (!ca.caFile.isEmpty() && !rootFiles.contains(ca.caFile))
            rootFiles.append(ca.caFile);
    }
    std::function<Result<CertificateDetails>()> work = [found = std::move(*record),
                                                        above = *authorities, rootFiles] {
        return detailsOf(found, above, rootFiles);
    };
    Task<CertificateDetails> task =
        runBlocking<CertificateDetails>(std::stop_token(), std::move(work));
    co_return co_await std::move(task);
}

// What may stand above, out of the profile: a server that sends no chain, or a part of it, is no
// reason not to know the way.
Task<std::vector<QByteArray>> CertificateService::authoritiesAbove(QString issuer)
{
    std::vector<QByteArray> found;
    QSet<QString> seen;
    for (int level = 0; level < longestPath && !issuer.isEmpty() && !seen.contains(issuer);
         ++level) {
        seen.insert(issuer);
        const auto here = co_await m_store.authoritiesNamed(issuer);
        if (!here)
            co_return fail(here.error());
        issuer.clear();
        for (const QByteArray &der : *here) {
            found.push_back(der);
            const Result<Certificate> authority = Certificate::fromDer(der);
            if (authority && issuer.isEmpty())
                issuer = authority->issuer();
        }
    }
    co_return found;
}

Task<> CertificateService::remove(QString sha256)
{
    const QStringList one{sha256};
    const Result<RemovedCounts> removed =
        co_await m_store.removeCertificates(one, RemoveFrom::Anywhere);
    if (!removed)
        co_return fail(removed.error());
    co_return {};
}

Task<int> CertificateService::removeForGood(QStringList sha256)
{
    const Result<RemovedCounts> removed =
        co_await m_store.removeCertificates(sha256, RemoveFrom::Trash);
    if (!removed)
        co_return fail(removed.error());
    co_return removed->certificates + removed->waiting;
}

} // namespace sealbook
