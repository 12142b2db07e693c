// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/JobRun.h"

#include "core/issuance/JobEvents.h"
#include "core/store/Store.h"

namespace sealbook {

JobRun::JobRun(IssuanceContext given, JobEvents &told, JobRecord theJob, CaRecord theCa)
    : context(std::move(given))
    , events(told)
    , job(std::move(theJob))
    , ca(std::move(theCa))
    , log(context, events, job)
    , journal(
          context, job.id, [this](const QString &note) { log.note(note); }, [this] { log.write(); })
    , startedAt(context.clock.monotonic())
{
}

Task<> saveJob(std::shared_ptr<JobRun> run)
{
    run->job.updatedAt = run->context.clock.utcNow();
    run->log.write();
    Task<> saving = run->context.store.saveJob(run->job);
    const auto saved = co_await std::move(saving);
    if (saved)
        Q_EMIT run->events.jobChanged(run->job);
    co_return saved;
}

} // namespace sealbook
