// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/RevocationRepository.h"

#include "core/store/AuditNotes.h"
#include "core/store/Database.h"
#include "core/store/InventoryRepository.h"
#include "core/store/MarksEntries.h"

#include <QJsonObject>

namespace sealbook {

namespace {

#define COLUMNS                                                                                    \
    "sha256, state, source, address, detail, checked_at, this_update, next_update, revoked_at, "   \
    "reason, failed_at, error "

RevocationRecord recordFrom(const Rows &rows)
{
    RevocationRecord record;
    record.sha256 = rows.text(0);
    record.state =
        revocationStateFromName(rows.text(1)).value_or(RevocationRecord::State::Unanswered);
    record.source = rows.text(2);
    record.address = rows.text(3);
    record.detail = rows.text(4);
    record.checkedAt = rows.time(5);
    record.thisUpdate = rows.time(6);
    record.nextUpdate = rows.time(7);
    record.revokedAt = rows.time(8);
    record.reason = rows.text(9);
    record.failedAt = rows.time(10);
    if (!rows.text(11).isEmpty())
        record.error = errorFromJson(rows.object(11));
    return record;
}

} // namespace

Result<std::optional<RevocationRecord>> RevocationRepository::of(const QString &sha256)
{
    Result<Rows> rows =
        m_database.run("SELECT " COLUMNS "FROM revocation_check WHERE sha256 = ?", {sha256});
    if (!rows)
        return fail(rows.error(), "reading what is known of a revocation");
    std::optional<RevocationRecord> record;
    if (rows->next())
        record = recordFrom(*rows);
    return record;
}

Result<std::vector<RevocationRecord>> RevocationRepository::all()
{
    Result<Rows> rows = m_database.run("SELECT " COLUMNS "FROM revocation_check ORDER BY sha256");
    if (!rows)
        return fail(rows.error(), "reading what is known of revocations");
    std::vector<RevocationRecord> records;
    while (rows->next())
        records.push_back(recordFrom(*rows));
    return records;
}

Result<std::optional<RevocationRecord>> RevocationRepository::keep(const RevocationRecord &record,
                                                                   AuditNotes &notes)
{
    const Result<std::optional<RevocationRecord>> before = of(record.sha256);
    if (!before)
        return fail(before.error());
    const RevocationRecord kept = *before ? laterOf(**before, record) : record;
    // A certificate may have gone while its CA was asked.
    const Result<int> saved = m_database.change(
        "INSERT INTO revocation_check (" COLUMNS ") SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? "
        "WHERE EXISTS (SELECT 1 FROM certificate WHERE sha256 = ?) "
        "ON CONFLICT (sha256) DO UPDATE SET state = excluded.state, source = excluded.source, "
        "address = excluded.address, detail = excluded.detail, checked_at = excluded.checked_at, "
        "this_update = excluded.this_update, next_update = excluded.next_update, "
        "revoked_at = excluded.revoked_at, reason = excluded.reason, "
        "failed_at = excluded.failed_at, error = excluded.error",
        {kept.sha256, revocationStateName(kept.state), textValue(kept.source),
         textValue(kept.address), textValue(kept.detail), timeValue(kept.checkedAt),
         timeValue(kept.thisUpdate), timeValue(kept.nextUpdate), timeValue(kept.revokedAt),
         textValue(kept.reason), timeValue(kept.failedAt),
         kept.error ? objectValue(toJson(*kept.error)) : QVariant(), kept.sha256});
    if (!saved)
        return fail(saved.error(), "keeping what is known of a revocation");
    if (*saved == 0)
        return std::optional<RevocationRecord>();
    if (const Result<> marked = markCertificate(*before, kept, notes); !marked)
        return fail(marked.error());
    return std::optional<RevocationRecord>(kept);
}

Result<> RevocationRepository::markCertificate(const std::optional<RevocationRecord> &before,
                                               const RevocationRecord &after, AuditNotes &notes)
{
    CertificateEdit edit;
    if (after.state == RevocationRecord::State::Revoked)
        edit.revokedAt = after.revokedAt.isValid() ? after.revokedAt : after.checkedAt;
    // RFC 5280 section 5.3.1: a hold is the only revocation that ends.
    else if (after.state == RevocationRecord::State::Good && before
             && before->state == RevocationRecord::State::Revoked
             && before->reason == QLatin1String("certificateHold"))
        edit.revokedAt = QDateTime();
    else
        return {};
    const Result<std::vector<CertificateMarks>> marks =
        InventoryRepository(m_database).edit({after.sha256}, edit);
    if (!marks)
        return fail(marks.error());
    std::vector<CertificateMarks> now;
    for (const CertificateMarks &one : *marks)
        now.push_back(edited(one, edit));
    return notes.add(entriesOf(*marks, now));
}

} // namespace sealbook
