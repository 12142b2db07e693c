// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/JobJournal.h"

#include "core/governance/AuditLog.h"
#include "core/store/Store.h"

namespace sealbook {

Task<std::vector<TxtIntent>> JobJournal::open()
{
    auto intents = co_await m_context.store.intentsOf(m_jobId);
    if (intents) {
        std::erase_if(*intents, [](const TxtIntent &intent) {
            return intent.state == TxtIntent::State::Removed;
        });
    }
    co_return intents;
}

Task<> JobJournal::intend(std::vector<TxtIntent> intents)
{
    Task<> saving = save(std::move(intents), QString());
    co_return co_await std::move(saving);
}

Task<> JobJournal::published(std::vector<TxtIntent> intents)
{
    Task<> saving = save(std::move(intents), QStringLiteral("zone.write"));
    co_return co_await std::move(saving);
}

Task<> JobJournal::removed(std::vector<TxtIntent> intents)
{
    Task<> saving = save(std::move(intents), QStringLiteral("zone.remove"));
    co_return co_await std::move(saving);
}

Task<> JobJournal::save(std::vector<TxtIntent> intents, QString auditAction)
{
    m_beforeWrite();
    // Rows and audit entries are sent off together: they tell of the same effect, and so they share
    // a commit.
    Task<> saving = m_context.store.saveIntents(intents);
    std::vector<Task<>> auditing;
    for (const TxtIntent &intent : intents) {
        if (auditAction.isEmpty())
            break;
        QJsonObject details{{QStringLiteral("zone"), intent.zone},
                            {QStringLiteral("type"), QStringLiteral("TXT")},
                            {QStringLiteral("value"), intent.value},
                            {QStringLiteral("credential"), intent.credential},
                            {QStringLiteral("job"), intent.jobId.text()}};
        auditing.push_back(
            m_context.audit.record(auditAction, intent.recordName, QStringLiteral("ok"), details));
    }
    const auto saved = co_await std::move(saving);
    auto waiting = all(std::move(auditing));
    const auto written = co_await std::move(waiting);
    if (!saved)
        co_return fail(saved.error(), "writing down the validation records");
    for (const auto &entry : written) {
        if (!entry)
            co_return fail(entry.error(), "writing the audit log");
    }
    co_return Result<>();
}

} // namespace sealbook
