// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/CertificateRepository.h"

#include "core/store/Database.h"

namespace sealbook {

namespace {

constexpr auto selectAll =
    "SELECT sha256, der, chain_pem, subject, names, issuer, serial, not_before, not_after, "
    "key_algorithm, signature_algorithm, public_key_sha256, key_id, origin, job_id, credential, "
    "added_at, failed_renewals, retired FROM certificate ORDER BY added_at, sha256";
// Prefixes are hex, so everything that starts with one lies below the prefix with a 'g' behind it.
constexpr auto selectRange =
    "SELECT sha256, der, chain_pem, subject, names, issuer, serial, not_before, not_after, "
    "key_algorithm, signature_algorithm, public_key_sha256, key_id, origin, job_id, credential, "
    "added_at, failed_renewals, retired FROM certificate WHERE sha256 >= ? AND sha256 < ? LIMIT 2";

CertificateRecord certificateFrom(const Rows &rows)
{
    CertificateRecord certificate;
    certificate.sha256 = rows.text(0);
    certificate.der = rows.blob(1);
    certificate.chainPem = rows.blob(2);
    certificate.subject = rows.text(3);
    certificate.names = rows.list(4);
    certificate.issuer = rows.text(5);
    certificate.serial = rows.text(6);
    certificate.notBefore = rows.time(7);
    certificate.notAfter = rows.time(8);
    certificate.keyAlgorithm = rows.text(9);
    certificate.signatureAlgorithm = rows.text(10);
    certificate.publicKeySha256 = rows.text(11);
    certificate.keyId = KeyId::fromText(rows.text(12));
    certificate.origin = rows.text(13);
    certificate.jobId = JobId::fromText(rows.text(14));
    certificate.credential = rows.text(15);
    certificate.addedAt = rows.time(16);
    certificate.failedRenewals = static_cast<int>(rows.integer(17));
    certificate.retired = rows.flag(18);
    return certificate;
}

bool isHex(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9'))
            || (c >= QLatin1Char('a') && c <= QLatin1Char('f'));
    });
}

// What a second sight of a certificate adds to the first. A record that carries the stored addedAt
// came from here and was edited, so its changeable facts win.
CertificateRecord merged(const CertificateRecord &stored, const CertificateRecord &given)
{
    CertificateRecord result = stored;
    if (given.keyId.isValid())
        result.keyId = given.keyId;
    if (!given.chainPem.isEmpty())
        result.chainPem = given.chainPem;
    if (given.jobId.isValid()) {
        result.jobId = given.jobId;
        result.origin = given.origin;
        result.credential = given.credential;
    }
    if (given.addedAt == stored.addedAt) {
        result.failedRenewals = given.failedRenewals;
        result.retired = given.retired;
        result.credential = given.credential;
    }
    return result;
}

} // namespace

Result<std::vector<CertificateRecord>> CertificateRepository::all()
{
    Result<Rows> rows = m_database.run(selectAll);
    if (!rows)
        return fail(rows.error(), "reading the certificates");
    std::vector<CertificateRecord> certificates;
    while (rows->next())
        certificates.push_back(certificateFrom(*rows));
    return certificates;
}

Result<CertificateRecord> CertificateRepository::bySha256(const QString &sha256OrPrefix)
{
    const QString prefix = sha256OrPrefix.toLower().remove(QLatin1Char(':'));
    if (prefix.isEmpty() || !isHex(prefix))
        return fail(Error::Kind::NotFound,
                    QStringLiteral("\"%1\" is not the SHA-256 of a certificate, nor its beginning")
                        .arg(sha256OrPrefix));
    Result<Rows> rows = m_database.run(selectRange, {prefix, QString(prefix + QLatin1Char('g'))});
    if (!rows)
        return fail(rows.error(), "reading a certificate");
    if (!rows->next())
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no certificate %1").arg(prefix));
    CertificateRecord certificate = certificateFrom(*rows);
    if (rows->next())
        return fail(Error::Kind::Conflict,
                    QStringLiteral("several certificates begin with %1").arg(prefix),
                    QStringLiteral("Give more digits of its SHA-256."));
    return certificate;
}

Result<bool> CertificateRepository::save(const CertificateRecord &certificate)
{
    if (certificate.sha256.size() != 64 || !isHex(certificate.sha256))
        return fail(Error::Kind::Internal,
                    QStringLiteral("\"%1\" is not a SHA-256").arg(certificate.sha256));
    const Result<CertificateRecord> stored = bySha256(certificate.sha256);
    if (!stored && stored.error().kind != Error::Kind::NotFound)
        return fail(stored.error());
    const Result<> done = stored ? update(merged(*stored, certificate)) : insert(certificate);
    if (!done)
        return fail(done.error(), "saving a certificate");
    return !stored.has_value();
}

Result<> CertificateRepository::insert(const CertificateRecord &c)
{
    const QDateTime addedAt = c.addedAt.isValid() ? c.addedAt : QDateTime::currentDateTimeUtc();
    const Result<int> done = m_database.change(
        "INSERT INTO certificate (sha256, der, chain_pem, subject, names, issuer, serial, "
        "not_before, not_after, key_algorithm, signature_algorithm, public_key_sha256, key_id, "
        "origin, job_id, credential, added_at, failed_renewals, retired) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {c.sha256, blobValue(c.der), blobValue(c.chainPem), textValue(c.subject),
         listValue(c.names), textValue(c.issuer), textValue(c.serial), timeValue(c.notBefore),
         timeValue(c.notAfter), textValue(c.keyAlgorithm), textValue(c.signatureAlgorithm),
         textValue(c.publicKeySha256), idValue(c.keyId), textValue(c.origin), idValue(c.jobId),
         textValue(c.credential), timeValue(addedAt), c.failedRenewals, c.retired ? 1 : 0});
    if (!done)
        return fail(done.error());
    return {};
}

Result<> CertificateRepository::update(const CertificateRecord &c)
{
    const Result<int> done = m_database.change(
        "UPDATE certificate SET chain_pem = ?, key_id = ?, origin = ?, job_id = ?, "
        "credential = ?, failed_renewals = ?, retired = ? WHERE sha256 = ?",
        {blobValue(c.chainPem), idValue(c.keyId), textValue(c.origin), idValue(c.jobId),
         textValue(c.credential), c.failedRenewals, c.retired ? 1 : 0, c.sha256});
    if (!done)
        return fail(done.error());
    return {};
}

Result<> CertificateRepository::remove(const QString &sha256)
{
    const Result<int> done =
        m_database.change("DELETE FROM certificate WHERE sha256 = ?", {sha256});
    if (!done)
        return fail(done.error(), "removing a certificate");
    if (*done == 0)
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no certificate %1").arg(sha256));
    return {};
}

} // namespace sealbook
