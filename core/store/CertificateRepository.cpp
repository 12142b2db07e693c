// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/CertificateRepository.h"

#include "core/records/CertificateMarks.h"
#include "core/store/Database.h"

#include <QCryptographicHash>

namespace sealbook {

namespace {

#define CERTIFICATE_COLUMNS                                                                        \
    "SELECT c.sha256, b.der, b.chain_id, c.subject, c.names, c.issuer, c.serial, c.not_before, "   \
    "c.not_after, c.key_algorithm, c.signature_algorithm, c.public_key_sha256, c.key_id, "         \
    "c.origin, c.job_id, c.credential, c.added_at, c.failed_renewals, c.retired, c.subject_dn, "   \
    "c.issuer_dn, c.is_ca, c.is_self_issued, c.window_start, c.window_end, c.owner, c.note, "      \
    "c.tags, c.revoked_at, c.trashed_at "                                                          \
    "FROM certificate c JOIN certificate_body b ON b.sha256 = c.sha256 "

constexpr auto selectAll = CERTIFICATE_COLUMNS "ORDER BY c.added_at, c.sha256";
// Prefixes are hex, so everything that starts with one lies below the prefix with a 'g' behind it.
constexpr auto selectRange =
    CERTIFICATE_COLUMNS "WHERE c.sha256 >= ? AND c.sha256 < ? ORDER BY c.sha256 LIMIT 2";
#undef CERTIFICATE_COLUMNS

// The chain is left out: only its id is at hand.
CertificateRecord certificateFrom(const Rows &rows)
{
    CertificateRecord certificate;
    certificate.sha256 = rows.text(0);
    certificate.der = rows.blob(1);
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
    certificate.subjectDn = rows.text(19);
    certificate.issuerDn = rows.text(20);
    certificate.isCa = rows.flag(21);
    certificate.isSelfIssued = rows.flag(22);
    certificate.windowStart = rows.time(23);
    certificate.windowEnd = rows.time(24);
    certificate.owner = rows.text(25);
    certificate.note = rows.text(26);
    certificate.tags = rows.list(27);
    certificate.revokedAt = rows.time(28);
    certificate.trashedAt = rows.time(29);
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
    if (given.windowEnd.isValid()) {
        result.windowStart = given.windowStart;
        result.windowEnd = given.windowEnd;
    }
    if (given.addedAt == stored.addedAt) {
        result.failedRenewals = given.failedRenewals;
        result.retired = given.retired;
        result.credential = given.credential;
        return result;
    }
    if (!result.revokedAt.isValid())
        result.revokedAt = given.revokedAt;
    // Another program may know marks that nobody wrote here yet.
    if (result.owner.isEmpty())
        result.owner = given.owner;
    if (result.note.isEmpty())
        result.note = given.note;
    if (result.tags.isEmpty())
        result.tags = normalizedTags(given.tags);
    return result;
}

} // namespace

Result<std::vector<CertificateRecord>> CertificateRepository::all()
{
    Result<Rows> rows = m_database.run(selectAll);
    if (!rows)
        return fail(rows.error(), "reading the certificates");
    std::vector<CertificateRecord> certificates;
    QStringList chainIds;
    while (rows->next()) {
        certificates.push_back(certificateFrom(*rows));
        chainIds.append(rows->text(2));
    }
    QHash<QString, QByteArray> chains;
    Result<Rows> stored = m_database.run("SELECT id, pem FROM issuer_chain");
    if (!stored)
        return fail(stored.error(), "reading the chains");
    while (stored->next())
        chains.insert(stored->text(0), stored->blob(1));
    for (std::size_t i = 0; i < certificates.size(); ++i)
        certificates[i].chainPem = chains.value(chainIds.at(static_cast<qsizetype>(i)));
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
    const QString chainId = rows->text(2);
    if (rows->next())
        return fail(Error::Kind::Conflict,
                    QStringLiteral("several certificates begin with %1").arg(prefix),
                    QStringLiteral("Give more digits of its SHA-256."));
    if (chainId.isEmpty())
        return certificate;
    Result<Rows> chain = m_database.run("SELECT pem FROM issuer_chain WHERE id = ?", {chainId});
    if (!chain)
        return fail(chain.error(), "reading a chain");
    if (chain->next())
        certificate.chainPem = chain->blob(0);
    return certificate;
}

Result<std::vector<CertificateRecord>> CertificateRepository::named(const QString &name)
{
    // Behind a bracket or comma a quotation mark begins an item: those inside of one are escaped.
    const QString lower = name.toLower();
    const QString list = listValue({lower}).toString();
    const QString first = list.left(list.size() - 1);
    const QString later = QLatin1Char(',') + first.mid(1);
    Result<Rows> rows =
        m_database.run("SELECT sha256 FROM certificate WHERE instr(lower(names), ?) > 0 "
                       "OR instr(lower(names), ?) > 0 OR lower(subject) = ? ORDER BY sha256",
                       {first, later, lower});
    if (!rows)
        return fail(rows.error(), "looking for a certificate");
    QStringList found;
    while (rows->next())
        found.append(rows->text(0));
    std::vector<CertificateRecord> certificates;
    for (const QString &sha256 : found) {
        Result<CertificateRecord> certificate = bySha256(sha256);
        if (!certificate)
            return fail(certificate.error());
        certificates.push_back(std::move(*certificate));
    }
    return certificates;
}

Result<bool> CertificateRepository::save(const CertificateRecord &certificate)
{
    if (certificate.sha256.size() != 64 || !isHex(certificate.sha256))
        return fail(Error::Kind::Internal,
                    QStringLiteral("\"%1\" is not a SHA-256").arg(certificate.sha256));
    const Result<bool> isNew = insert(certificate);
    if (!isNew)
        return fail(isNew.error(), "saving a certificate");
    bool isSight = *isNew; // a record that came from here and was edited was not seen again
    if (!*isNew) {
        const Result<CertificateRecord> stored = bySha256(certificate.sha256);
        if (!stored)
            return fail(stored.error(), "saving a certificate");
        isSight = certificate.addedAt != stored->addedAt;
        const CertificateRecord both = merged(*stored, certificate);
        if (both != *stored) {
            if (const Result<> done = update(both); !done)
                return fail(done.error(), "saving a certificate");
        }
    }
    if (!isSight || certificate.origin.isEmpty())
        return *isNew;
    PlaceRecord place = placeOfOrigin(certificate.sha256, certificate.origin);
    place.firstSeenAt = place.lastSeenAt = certificate.addedAt;
    if (const Result<> done = savePlace(place); !done)
        return fail(done.error(), "saving a certificate's place");
    return *isNew;
}

Result<SavedCounts>
CertificateRepository::saveMany(const std::vector<CertificateRecord> &certificates,
                                const std::vector<PlaceRecord> &places)
{
    // In the order of the keys: the index is then written from one end to the other.
    std::vector<const CertificateRecord *> ordered;
    ordered.reserve(certificates.size());
    for (const CertificateRecord &certificate : certificates)
        ordered.push_back(&certificate);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto *a, const auto *b) { return a->sha256 < b->sha256; });
    SavedCounts counts;
    for (const CertificateRecord *certificate : ordered) {
        const Result<bool> isNew = save(*certificate);
        if (!isNew)
            return fail(isNew.error());
        ++(*isNew ? counts.added : counts.known);
        if (*isNew)
            continue;
        Result<Rows> rows = m_database.run("SELECT 1 FROM certificate WHERE sha256 = ? AND "
                                           "trashed_at IS NOT NULL",
                                           {certificate->sha256});
        if (!rows)
            return fail(rows.error());
        counts.trashed += rows->next() ? 1 : 0;
    }
    for (const PlaceRecord &place : places) {
        if (const Result<> done = savePlace(place); !done)
            return fail(done.error(), "saving a certificate's place");
    }
    return counts;
}

Result<QString> CertificateRepository::keepChain(const QByteArray &pem)
{
    if (pem.isEmpty())
        return QString();
    const QString id =
        QString::fromLatin1(QCryptographicHash::hash(pem, QCryptographicHash::Sha256).toHex());
    if (m_chains.contains(id))
        return id;
    const Result<int> done = m_database.change(
        "INSERT INTO issuer_chain (id, pem) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", {id, pem});
    if (!done)
        return fail(done.error());
    m_chains.insert(id);
    return id;
}

Result<bool> CertificateRepository::insert(const CertificateRecord &c)
{
    const QDateTime addedAt = c.addedAt.isValid() ? c.addedAt : QDateTime::currentDateTimeUtc();
    const Result<int> done = m_database.change(
        "INSERT INTO certificate (sha256, subject, names, issuer, serial, not_before, not_after, "
        "key_algorithm, signature_algorithm, public_key_sha256, key_id, origin, job_id, "
        "credential, added_at, failed_renewals, retired, subject_dn, issuer_dn, is_ca, "
        "is_self_issued, window_start, window_end, owner, note, tags, revoked_at, trashed_at) "
        // Its key may be here already: a request was made, or it came alone.
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, (SELECT id FROM key_pair WHERE "
        "public_key_sha256 = ? AND purpose = 'leaf' ORDER BY created_at DESC LIMIT 1)), ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        {c.sha256,
         textValue(c.subject),
         listValue(c.names),
         textValue(c.issuer),
         textValue(c.serial),
         timeValue(c.notBefore),
         timeValue(c.notAfter),
         textValue(c.keyAlgorithm),
         textValue(c.signatureAlgorithm),
         textValue(c.publicKeySha256),
         idValue(c.keyId),
         textValue(c.publicKeySha256),
         textValue(c.origin),
         idValue(c.jobId),
         textValue(c.credential),
         timeValue(addedAt),
         c.failedRenewals,
         c.retired ? 1 : 0,
         textValue(c.subjectDn),
         textValue(c.issuerDn),
         c.isCa ? 1 : 0,
         c.isSelfIssued ? 1 : 0,
         timeValue(c.windowStart),
         timeValue(c.windowEnd),
         textValue(c.owner),
         textValue(c.note),
         listValue(normalizedTags(c.tags)),
         timeValue(c.revokedAt),
         timeValue(c.trashedAt)});
    if (!done)
        return fail(done.error());
    if (*done == 0)
        return false;
    const Result<QString> chainId = keepChain(c.chainPem);
    if (!chainId)
        return fail(chainId.error());
    const QVariant chain = chainId->isNull() ? QVariant() : QVariant(*chainId);
    const Result<int> body =
        m_database.change("INSERT INTO certificate_body (sha256, chain_id, der) VALUES (?, ?, ?)",
                          {c.sha256, chain, blobValue(c.der)});
    if (!body)
        return fail(body.error());
    return true;
}

Result<> CertificateRepository::update(const CertificateRecord &c)
{
    const Result<int> done = m_database.change(
        "UPDATE certificate SET key_id = ?, origin = ?, job_id = ?, credential = ?, "
        "failed_renewals = ?, retired = ?, window_start = ?, window_end = ?, owner = ?, note = ?, "
        "tags = ?, revoked_at = ? WHERE sha256 = ?",
        {idValue(c.keyId), textValue(c.origin), idValue(c.jobId), textValue(c.credential),
         c.failedRenewals, c.retired ? 1 : 0, timeValue(c.windowStart), timeValue(c.windowEnd),
         textValue(c.owner), textValue(c.note), listValue(c.tags), timeValue(c.revokedAt),
         c.sha256});
    if (!done)
        return fail(done.error());
    const Result<QString> chainId = keepChain(c.chainPem);
    if (!chainId)
        return fail(chainId.error());
    const QVariant chain = chainId->isNull() ? QVariant() : QVariant(*chainId);
    const Result<int> body = m_database.change(
        "UPDATE certificate_body SET chain_id = ? WHERE sha256 = ?", {chain, c.sha256});
    if (!body)
        return fail(body.error());
    return {};
}

Result<> CertificateRepository::savePlace(const PlaceRecord &place)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime last = place.lastSeenAt.isValid() ? place.lastSeenAt : now;
    const QDateTime first = place.firstSeenAt.isValid() ? place.firstSeenAt : last;
    const Result<int> done = m_database.change(
        "INSERT INTO place (sha256, kind, location, first_seen_at, last_seen_at) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256, kind, location) DO UPDATE SET "
        "last_seen_at = excluded.last_seen_at WHERE excluded.last_seen_at > place.last_seen_at",
        {place.sha256, placeKindName(place.kind), textValue(place.location), timeValue(first),
         timeValue(last)});
    if (!done)
        return fail(done.error());
    return {};
}

Result<> CertificateRepository::completeFacts()
{
    Result<std::vector<CertificateRecord>> stored = all();
    if (!stored)
        return fail(stored.error());
    for (const CertificateRecord &record : *stored) {
        const Result<CertificateRecord> facts = certificateRecordFromDer(record.der);
        if (!facts)
            continue; // it stays as it is; looking at it tells what is wrong
        const Result<int> done = m_database.change(
            "UPDATE certificate SET subject_dn = ?, issuer_dn = ?, is_ca = ?, is_self_issued = ? "
            "WHERE sha256 = ?",
            {textValue(facts->subjectDn), textValue(facts->issuerDn), facts->isCa ? 1 : 0,
             facts->isSelfIssued ? 1 : 0, record.sha256});
        if (!done)
            return fail(done.error());
    }
    return {};
}

Result<std::vector<QByteArray>> CertificateRepository::authoritiesNamed(const QString &subjectDn)
{
    Result<Rows> rows = m_database.run(
        "SELECT b.der FROM certificate c JOIN certificate_body b ON b.sha256 = c.sha256 "
        "WHERE c.is_ca = 1 AND c.subject_dn = ? ORDER BY c.not_after DESC LIMIT 16",
        {textValue(subjectDn)});
    if (!rows)
        return fail(rows.error(), "looking for an issuer");
    std::vector<QByteArray> found;
    while (rows->next())
        found.push_back(rows->blob(0));
    return found;
}

Result<> CertificateRepository::remove(const QString &sha256)
{
    // No reliance on the cascade: it is off where foreign keys are.
    const Result<int> answers =
        m_database.change("DELETE FROM revocation_check WHERE sha256 = ?", {sha256});
    if (!answers)
        return fail(answers.error(), "removing a certificate");
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
