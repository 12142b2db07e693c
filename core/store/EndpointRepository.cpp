// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/EndpointRepository.h"

#include "core/store/CertificateRepository.h"
#include "core/store/Database.h"

#include <QJsonObject>

namespace sealbook {

namespace {

EndpointRecord endpointFrom(const Rows &rows)
{
    EndpointRecord endpoint;
    endpoint.id = EndpointId::fromText(rows.text(0));
    endpoint.address.kind = endpointKindFromName(rows.text(1)).value_or(EndpointKind::Tls);
    endpoint.address.host = rows.text(2);
    endpoint.address.port = static_cast<quint16>(rows.integer(3));
    endpoint.serverName = rows.text(4);
    endpoint.onlyAddress = rows.text(5);
    endpoint.interval = std::chrono::seconds(rows.integer(6));
    endpoint.owner = rows.text(7);
    endpoint.tags = rows.list(8);
    endpoint.notifies = rows.flag(9);
    endpoint.addedAt = rows.time(10);
    endpoint.checkedAt = rows.time(11);
    endpoint.removedAt = rows.time(12);
    return endpoint;
}

// The columns of endpoint_check behind the endpoint's id, from `at` on.
EndpointCheck checkFrom(const Rows &rows, int at)
{
    EndpointCheck check;
    check.address = rows.text(at);
    check.firstAt = rows.time(at + 1);
    check.lastAt = rows.time(at + 2);
    check.times = static_cast<int>(rows.integer(at + 3));
    check.outcome = endpointOutcomeFromName(rows.text(at + 4));
    check.sha256 = rows.text(at + 5);
    check.subject = rows.text(at + 6);
    check.notBefore = rows.time(at + 7);
    check.notAfter = rows.time(at + 8);
    check.nameMatches = rows.flag(at + 9);
    check.isTrusted = rows.flag(at + 10);
    check.trustReason = rows.text(at + 11);
    check.protocol = rows.text(at + 12);
    check.cipher = rows.text(at + 13);
    check.alpn = rows.text(at + 14);
    check.asksClientCertificate = rows.flag(at + 15);
    check.hasStaple = rows.flag(at + 16);
    check.notes = rows.list(at + 17);
    if (!rows.text(at + 18).isEmpty())
        check.error = errorFromJson(rows.object(at + 18));
    check.took = std::chrono::milliseconds(rows.integer(at + 19));
    return check;
}

constexpr int notChanged = 0;

} // namespace

Result<std::vector<WatchedEndpoint>> EndpointRepository::all()
{
    std::vector<WatchedEndpoint> endpoints;
    {
        Result<Rows> rows = m_database.run(
            "SELECT id, kind, host, port, server_name, only_address, interval_seconds, owner, "
            "tags, notifies, added_at, checked_at, removed_at FROM endpoint "
            "WHERE removed_at IS NULL ORDER BY host, port, kind, server_name, only_address");
        if (!rows)
            return fail(rows.error(), "reading the endpoints");
        while (rows->next())
            endpoints.push_back({endpointFrom(*rows), {}});
    }
    QHash<QString, std::size_t> byId;
    for (std::size_t i = 0; i < endpoints.size(); ++i)
        byId.insert(endpoints[i].record.id.text(), i);
    Result<Rows> rows = m_database.run(
        "SELECT c.endpoint_id, c.address, c.first_at, c.last_at, c.times, c.outcome, c.sha256, "
        "c.subject, c.not_before, c.not_after, c.name_matches, c.is_trusted, c.trust_reason, "
        "c.protocol, c.cipher, c.alpn, c.asks_client_certificate, c.has_staple, c.notes, c.error, "
        "c.took_ms FROM endpoint e JOIN endpoint_check c ON c.endpoint_id = e.id "
        "AND c.last_at = e.checked_at WHERE e.removed_at IS NULL ORDER BY c.address");
    if (!rows)
        return fail(rows.error(), "reading the endpoints' checks");
    while (rows->next()) {
        const auto at = byId.constFind(rows->text(0));
        if (at != byId.cend())
            endpoints[*at].checks.push_back(checkFrom(*rows, 1));
    }
    return endpoints;
}

Result<SavedCounts> EndpointRepository::add(const std::vector<EndpointRecord> &endpoints)
{
    SavedCounts counts;
    for (const EndpointRecord &endpoint : endpoints) {
        const QVariantList identity{
            endpointKindName(endpoint.address.kind), textValue(endpoint.address.host),
            static_cast<int>(endpoint.address.port), textValue(endpoint.serverName),
            textValue(endpoint.onlyAddress)};
        const Result<int> restored = m_database.change(
            "UPDATE endpoint SET removed_at = NULL WHERE kind = ? AND host = ? AND port = ? AND "
            "server_name = ? AND only_address = ? AND removed_at IS NOT NULL",
            identity);
        if (!restored)
            return fail(restored.error(), "adding an endpoint");
        if (*restored > 0) {
            ++counts.added;
            continue;
        }
        const QDateTime addedAt =
            endpoint.addedAt.isValid() ? endpoint.addedAt : QDateTime::currentDateTimeUtc();
        const Result<int> added = m_database.change(
            "INSERT INTO endpoint (kind, host, port, server_name, only_address, id, "
            "interval_seconds, owner, tags, notifies, added_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (kind, host, port, server_name, only_address) DO NOTHING",
            identity
                + QVariantList{idValue(endpoint.id), static_cast<qint64>(endpoint.interval.count()),
                               textValue(endpoint.owner), listValue(endpoint.tags),
                               endpoint.notifies ? 1 : 0, timeValue(addedAt)});
        if (!added)
            return fail(added.error(), "adding an endpoint");
        ++(*added == notChanged ? counts.known : counts.added);
    }
    return counts;
}

Result<> EndpointRepository::change(const EndpointRecord &endpoint)
{
    const Result<int> changed = m_database.change(
        "UPDATE endpoint SET interval_seconds = ?, owner = ?, tags = ?, notifies = ? WHERE id = ?",
        {static_cast<qint64>(endpoint.interval.count()), textValue(endpoint.owner),
         listValue(endpoint.tags), endpoint.notifies ? 1 : 0, idValue(endpoint.id)});
    if (!changed)
        return fail(changed.error(), "changing an endpoint");
    if (*changed == notChanged)
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no endpoint %1").arg(endpoint.id.text()));
    return {};
}

Result<> EndpointRepository::remove(const std::vector<EndpointId> &ids, const QDateTime &at)
{
    for (const EndpointId &id : ids) {
        const Result<int> removed = m_database.change(
            "UPDATE endpoint SET removed_at = ? WHERE id = ?", {timeValue(at), idValue(id)});
        if (!removed)
            return fail(removed.error(), "removing an endpoint");
        if (*removed == notChanged)
            return fail(Error::Kind::NotFound,
                        QStringLiteral("there is no endpoint %1").arg(id.text()));
    }
    return {};
}

Result<> EndpointRepository::restore(const std::vector<EndpointId> &ids)
{
    for (const EndpointId &id : ids) {
        const Result<int> restored =
            m_database.change("UPDATE endpoint SET removed_at = NULL WHERE id = ?", {idValue(id)});
        if (!restored)
            return fail(restored.error(), "bringing an endpoint back");
        if (*restored == notChanged)
            return fail(Error::Kind::NotFound,
                        QStringLiteral("there is no endpoint %1 any more").arg(id.text()));
    }
    return {};
}

Result<int> EndpointRepository::purge(const QDateTime &removedBefore)
{
    // No reliance on the cascade: it is off where foreign keys are.
    const Result<int> checks = m_database.change(
        "DELETE FROM endpoint_check WHERE endpoint_id IN (SELECT id FROM endpoint WHERE removed_at "
        "< ?)",
        {timeValue(removedBefore)});
    if (!checks)
        return fail(checks.error(), "forgetting removed endpoints");
    return m_database.change("DELETE FROM endpoint WHERE removed_at < ?",
                             {timeValue(removedBefore)});
}

Result<std::vector<EndpointCheck>> EndpointRepository::keep(const EndpointLook &look)
{
    QDateTime before;
    {
        Result<Rows> rows =
            m_database.run("SELECT checked_at FROM endpoint WHERE id = ? AND removed_at IS NULL",
                           {idValue(look.id)});
        if (!rows)
            return fail(rows.error(), "keeping a check");
        if (!rows->next())
            return std::vector<EndpointCheck>();
        before = rows->time(0);
    }
    if (const Result<> kept = keepCertificates(look); !kept)
        return fail(kept.error(), "keeping what an endpoint serves");
    std::vector<EndpointCheck> checks;
    for (const EndpointCheck &check : look.checks) {
        Result<EndpointCheck> kept = keepCheck(look, check, before);
        if (!kept)
            return fail(kept.error(), "keeping a check");
        checks.push_back(std::move(*kept));
    }
    const Result<int> checked = m_database.change("UPDATE endpoint SET checked_at = ? WHERE id = ?",
                                                  {timeValue(look.at), idValue(look.id)});
    if (!checked)
        return fail(checked.error(), "keeping a check");
    const Result<int> pruned = m_database.change(
        "DELETE FROM endpoint_check WHERE endpoint_id = ? AND last_at < ? AND last_at <= (SELECT "
        "last_at FROM endpoint_check WHERE endpoint_id = ? ORDER BY last_at DESC LIMIT 1 OFFSET ?)",
        {idValue(look.id), timeValue(look.at), idValue(look.id), keptChecks});
    if (!pruned)
        return fail(pruned.error(), "shortening the history of checks");
    return checks;
}

Result<> EndpointRepository::keepCertificates(const EndpointLook &look)
{
    std::vector<CertificateRecord> certificates = look.certificates;
    for (CertificateRecord &certificate : certificates) {
        Result<Rows> rows = m_database.run("SELECT 1 FROM certificate WHERE sha256 = ?",
                                           {textValue(certificate.sha256)});
        if (!rows)
            return fail(rows.error());
        // A server that sends a bad chain must not spoil the one that is kept.
        if (rows->next())
            certificate.chainPem.clear();
    }
    const Result<SavedCounts> saved = CertificateRepository(m_database).saveMany(certificates, {});
    if (!saved)
        return fail(saved.error());
    return {};
}

Result<EndpointCheck> EndpointRepository::keepCheck(const EndpointLook &look, EndpointCheck check,
                                                    const QDateTime &checkedBefore)
{
    check.firstAt = check.lastAt = look.at;
    check.times = 1;
    bool goesOn = false;
    if (checkedBefore.isValid()) {
        Result<Rows> rows = m_database.run(
            "SELECT address, first_at, last_at, times, outcome, sha256, subject, not_before, "
            "not_after, name_matches, is_trusted, trust_reason, protocol, cipher, alpn, "
            "asks_client_certificate, has_staple, notes, error, took_ms FROM endpoint_check "
            "WHERE endpoint_id = ? AND address = ? AND last_at = ?",
            {idValue(look.id), textValue(check.address), timeValue(checkedBefore)});
        if (!rows)
            return fail(rows.error());
        if (rows->next()) {
            const EndpointCheck last = checkFrom(*rows, 0);
            goesOn = last.isLike(check);
            if (goesOn) {
                check.firstAt = last.firstAt;
                check.times = last.times + 1;
            }
        }
    }
    const QVariant error = check.error ? objectValue(toJson(*check.error)) : QVariant();
    const Result<int> kept = m_database.change(
        "INSERT INTO endpoint_check (endpoint_id, address, first_at, last_at, times, outcome, "
        "sha256, subject, not_before, not_after, name_matches, is_trusted, trust_reason, protocol, "
        "cipher, alpn, asks_client_certificate, has_staple, notes, error, took_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (endpoint_id, address, first_at) DO UPDATE SET last_at = excluded.last_at, "
        "times = excluded.times, outcome = excluded.outcome, sha256 = excluded.sha256, "
        "subject = excluded.subject, not_before = excluded.not_before, "
        "not_after = excluded.not_after, name_matches = excluded.name_matches, "
        "is_trusted = excluded.is_trusted, trust_reason = excluded.trust_reason, "
        "protocol = excluded.protocol, cipher = excluded.cipher, alpn = excluded.alpn, "
        "asks_client_certificate = excluded.asks_client_certificate, "
        "has_staple = excluded.has_staple, notes = excluded.notes, error = excluded.error, "
        "took_ms = excluded.took_ms",
        {idValue(look.id),
         textValue(check.address),
         timeValue(check.firstAt),
         timeValue(check.lastAt),
         check.times,
         endpointOutcomeName(check.outcome),
         textValue(check.sha256),
         textValue(check.subject),
         timeValue(check.notBefore),
         timeValue(check.notAfter),
         check.nameMatches ? 1 : 0,
         check.isTrusted ? 1 : 0,
         textValue(check.trustReason),
         textValue(check.protocol),
         textValue(check.cipher),
         textValue(check.alpn),
         check.asksClientCertificate ? 1 : 0,
         check.hasStaple ? 1 : 0,
         listValue(check.notes),
         error,
         static_cast<qint64>(check.took.count())});
    if (!kept)
        return fail(kept.error());
    return check;
}

Result<std::vector<EndpointCheck>> EndpointRepository::history(EndpointId id, int limit)
{
    Result<Rows> rows = m_database.run(
        "SELECT address, first_at, last_at, times, outcome, sha256, subject, not_before, "
        "not_after, name_matches, is_trusted, trust_reason, protocol, cipher, alpn, "
        "asks_client_certificate, has_staple, notes, error, took_ms FROM endpoint_check "
        "WHERE endpoint_id = ? ORDER BY last_at DESC, address LIMIT ?",
        {idValue(id), limit});
    if (!rows)
        return fail(rows.error(), "reading an endpoint's history");
    std::vector<EndpointCheck> checks;
    while (rows->next())
        checks.push_back(checkFrom(*rows, 0));
    return checks;
}

} // namespace sealbook
