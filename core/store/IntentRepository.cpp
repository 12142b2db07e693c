// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/IntentRepository.h"

#include "core/store/Database.h"

namespace sealbook {

namespace {

Result<std::vector<TxtIntent>> allOf(Result<Rows> rows)
{
    if (!rows)
        return fail(rows.error(), "reading the journal of TXT records");
    std::vector<TxtIntent> intents;
    while (rows->next()) {
        TxtIntent intent;
        intent.id = IntentId::fromText(rows->text(0));
        intent.jobId = JobId::fromText(rows->text(1));
        intent.certificateName = rows->text(2);
        intent.recordName = rows->text(3);
        intent.zone = rows->text(4);
        intent.value = rows->text(5);
        intent.credential = rows->text(6);
        intent.handle = rows->object(7);
        intent.state = txtIntentStateFromName(rows->text(8));
        intent.createdAt = rows->time(9);
        intent.removedAt = rows->time(10);
        intents.push_back(std::move(intent));
    }
    return intents;
}

} // namespace

Result<> IntentRepository::save(const std::vector<TxtIntent> &intents)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const TxtIntent &intent : intents) {
        const Result<int> saved = m_database.change(
            "INSERT INTO txt_intent (id, job_id, certificate_name, record_name, zone, value, "
            "credential, handle, state, created_at, removed_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET zone = excluded.zone, handle = excluded.handle, "
            "state = excluded.state, removed_at = excluded.removed_at",
            {idValue(intent.id), idValue(intent.jobId), textValue(intent.certificateName),
             textValue(intent.recordName), textValue(intent.zone), textValue(intent.value),
             textValue(intent.credential), objectValue(intent.handle),
             txtIntentStateName(intent.state),
             timeValue(intent.createdAt.isValid() ? intent.createdAt : now),
             timeValue(intent.removedAt)});
        if (!saved)
            return fail(saved.error(), "writing the journal of TXT records");
    }
    return {};
}

Result<std::vector<TxtIntent>> IntentRepository::open()
{
    return allOf(m_database.run(
        "SELECT id, job_id, certificate_name, record_name, zone, value, credential, handle, state, "
        "created_at, removed_at FROM txt_intent WHERE removed_at IS NULL ORDER BY created_at, "
        "rowid"));
}

Result<std::vector<TxtIntent>> IntentRepository::ofJob(JobId id)
{
    return allOf(m_database.run(
        "SELECT id, job_id, certificate_name, record_name, zone, value, credential, handle, state, "
        "created_at, removed_at FROM txt_intent WHERE job_id = ? ORDER BY created_at, rowid",
        {idValue(id)}));
}

} // namespace sealbook
