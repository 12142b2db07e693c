// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/AuditRepository.h"

#include "core/store/AuditChain.h"
#include "core/store/Database.h"

#include <limits>

namespace sealbook {

namespace {

AuditEntry entryFrom(const Rows &rows)
{
    AuditEntry entry;
    entry.sequence = rows.integer(0);
    entry.at = rows.time(1);
    entry.actor = rows.text(2);
    entry.action = rows.text(3);
    entry.subject = rows.text(4);
    entry.result = rows.text(5);
    entry.details = rows.object(6);
    entry.previousHash = rows.blob(7);
    entry.hash = rows.blob(8);
    return entry;
}

} // namespace

Result<AuditEntry> AuditRepository::append(const AuditEntry &entry)
{
    AuditEntry stored = entry;
    {
        Result<Rows> rows =
            m_database.run("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1");
        if (!rows)
            return fail(rows.error(), "reading the end of the audit log");
        const bool isFirst = !rows->next();
        stored.sequence = isFirst ? 1 : rows->integer(0) + 1;
        stored.previousHash = isFirst ? auditGenesis() : rows->blob(1);
    }
    if (!stored.at.isValid())
        stored.at = QDateTime::currentDateTimeUtc();
    stored.hash = auditHash(stored);
    const Result<int> done = m_database.change(
        "INSERT INTO audit (sequence, at, actor, action, subject, result, details, previous_hash, "
        "hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {stored.sequence, timeValue(stored.at), textValue(stored.actor), textValue(stored.action),
         textValue(stored.subject), textValue(stored.result), objectValue(stored.details),
         stored.previousHash, stored.hash});
    if (!done)
        return fail(done.error(), "writing the audit log");
    return stored;
}

Result<std::vector<AuditEntry>> AuditRepository::entries(qint64 from, int limit)
{
    Result<Rows> rows = m_database.run(
        "SELECT sequence, at, actor, action, subject, result, details, previous_hash, hash "
        "FROM audit WHERE sequence >= ? ORDER BY sequence LIMIT ?",
        {from, limit});
    if (!rows)
        return fail(rows.error(), "reading the audit log");
    std::vector<AuditEntry> entries;
    while (rows->next())
        entries.push_back(entryFrom(*rows));
    return entries;
}

Result<std::optional<AuditEntry>> AuditRepository::newest()
{
    Result<Rows> rows = m_database.run(
        "SELECT sequence, at, actor, action, subject, result, details, previous_hash, hash "
        "FROM audit ORDER BY sequence DESC LIMIT 1");
    if (!rows)
        return fail(rows.error(), "reading the end of the audit log");
    if (!rows->next())
        return std::optional<AuditEntry>();
    return std::optional<AuditEntry>(entryFrom(*rows));
}

Result<AuditVerdict> AuditRepository::verify(const std::optional<AuditEntry> &anchor)
{
    Result<Rows> rows = m_database.run(
        "SELECT sequence, at, actor, action, subject, result, details, previous_hash, hash "
        "FROM audit ORDER BY sequence");
    if (!rows)
        return fail(rows.error(), "reading the audit log");
    AuditWalk walk(anchor);
    while (rows->next() && walk.take(entryFrom(*rows))) { }
    return walk.finish();
}

} // namespace sealbook
