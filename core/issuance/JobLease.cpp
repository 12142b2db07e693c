// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/JobLease.h"

#include "core/base/Log.h"
#include "core/store/Store.h"

#include <QSysInfo>

#include <csignal>

namespace sealbook {

namespace {
constexpr std::chrono::seconds leaseTime{leaseSeconds};
constexpr std::chrono::seconds renewalTime{20};

bool holderIsDead(const QString &owner)
{
    const QStringList parts = owner.split(QLatin1Char(':'));
    if (parts.size() != 2 || parts.front() != QSysInfo::machineHostName())
        return false;
    bool isNumber = false;
    const int pid = parts.back().toInt(&isNumber);
    return isNumber && pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH;
}

QCoro::Task<> renew(Store *store, JobId id, std::function<void(Error)> lost)
{
    const auto renewed = co_await store->leaseJob(id, leaseOwner(), leaseTime);
    if (renewed)
        co_return;
    logWarning("the lease of job {} was not renewed: {}", id.text(), describe(renewed.error()));
    // A busy database is a Conflict too, and no reason to give up: only a holder is.
    if (renewed.error().evidence.contains(QLatin1String("holder")))
        lost(renewed.error());
}
} // namespace

QString leaseOwner()
{
    return QStringLiteral("%1:%2")
        .arg(QSysInfo::machineHostName())
        .arg(QCoreApplication::applicationPid());
}

bool leaseIsOver(const JobRecord &job, const QDateTime &now)
{
    return job.owner.isEmpty() || !job.leaseUntil.isValid() || job.leaseUntil <= now
        || holderIsDead(job.owner);
}

Task<> takeLease(Store &store, JobRecord job)
{
    if (!job.owner.isEmpty() && holderIsDead(job.owner)) {
        const auto released = co_await store.releaseJob(job.id, job.owner);
        if (!released)
            co_return fail(released.error(), "taking over a job whose process is gone");
    }
    co_return co_await store.leaseJob(job.id, leaseOwner(), leaseTime);
}

void keepLease(Store &store, QTimer &timer, JobId id, std::function<void(Error)> lost)
{
    timer.callOnTimeout([&store, id, lost = std::move(lost)] { renew(&store, id, lost); });
    timer.start(renewalTime);
}

} // namespace sealbook
