// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/JobLease.h"

#include "core/base/LeaseHolder.h"
#include "core/base/Log.h"
#include "core/store/Store.h"

namespace sealbook {

namespace {
constexpr std::chrono::seconds leaseTime{leaseSeconds};
constexpr std::chrono::seconds renewalTime{20};

QCoro::Task<> renew(Store *store, JobId id, LeaseNews news)
{
    const QDateTime until = QDateTime::currentDateTimeUtc().addSecs(leaseSeconds);
    const QString owner = leaseOwner();
    const auto leased = co_await store->leaseJob(id, owner, leaseTime);
    if (leased) {
        news.renewed(until);
        co_return;
    }
    logWarning("the lease of job {} was not renewed: {}", id.text(), describe(leased.error()));
    // A busy database is a Conflict too, and no reason to give up: only a holder is.
    if (leased.error().evidence.contains(QLatin1String("holder")))
        news.lost(leased.error());
}
} // namespace

QString leaseOwner()
{
    return LeaseHolder::ofThisProcess().text();
}

Task<> takeLease(Store &store, JobRecord job)
{
    const std::optional<LeaseHolder> holder = LeaseHolder::fromText(job.owner);
    if (holder && holder->isDead()) {
        const auto released = co_await store.releaseJob(job.id, job.owner);
        if (!released)
            co_return fail(released.error(), "taking over a job whose process is gone");
    }
    co_return co_await store.leaseJob(job.id, leaseOwner(), leaseTime);
}

Task<JobRecord> takeJob(Store &store, JobRecord seen)
{
    Task<> leasing = takeLease(store, seen);
    const auto leased = co_await std::move(leasing);
    if (!leased)
        co_return fail(leased.error());
    const auto job = co_await store.job(seen.id);
    if (!job)
        co_return fail(job.error(), "reading the job");
    co_return job;
}

QCoro::Task<> letGo(Store &store, JobId id)
{
    Task<> releasing = store.releaseJob(id, leaseOwner());
    const auto released = co_await std::move(releasing);
    if (!released)
        logWarning("the lease of job {} was not given back: {}", id.text(),
                   describe(released.error()));
}

void keepLease(Store &store, QTimer &timer, JobId id, LeaseNews news)
{
    timer.callOnTimeout([&store, id, news = std::move(news)] { renew(&store, id, news); });
    timer.start(renewalTime);
}

} // namespace sealbook
