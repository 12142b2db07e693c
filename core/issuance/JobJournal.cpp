// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/JobJournal.h"

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
    std::vector<AuditEntry> entries;
    for (const TxtIntent &intent : intents) {
        if (auditAction.isEmpty())
            break;
        entries.push_back(auditEntry(auditAction, intent.recordName, QStringLiteral("ok"),
                                     {{QStringLiteral("zone"), intent.zone},
                                      {QStringLiteral("type"), QStringLiteral("TXT")},
                                      {QStringLiteral("value"), intent.value},
                                      {QStringLiteral("credential"), intent.credential},
                                      {QStringLiteral("job"), intent.jobId.text()}}));
    }
    Task<> saving = m_context.store.saveIntents(std::move(intents), std::move(entries));
    const auto saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "writing down the validation records");
    co_return Result<>();
}

} // namespace sealbook
