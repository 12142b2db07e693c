// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/JobStatus.h"

#include "core/base/LeaseHolder.h"

namespace sealbook {

bool leaseIsOver(const JobRecord &job, const QDateTime &now)
{
    if (job.owner.isEmpty() || !job.leaseUntil.isValid() || job.leaseUntil <= now)
        return true;
    const std::optional<LeaseHolder> holder = LeaseHolder::fromText(job.owner);
    return holder && holder->isDead();
}

JobStatus jobStatus(const JobRecord &job, const QDateTime &now)
{
    switch (job.state) {
    case JobRecord::State::Running:
        return leaseIsOver(job, now) ? JobStatus::Interrupted : JobStatus::Running;
    case JobRecord::State::Paused:
        return JobStatus::Paused;
    case JobRecord::State::Done:
        return JobStatus::Done;
    case JobRecord::State::Failed:
        return JobStatus::Failed;
    case JobRecord::State::Cancelled:
        return JobStatus::Cancelled;
    }
    Q_UNREACHABLE();
}

QString jobStatusName(JobStatus status)
{
    switch (status) {
    case JobStatus::Running:
        return QStringLiteral("running");
    case JobStatus::Interrupted:
        return QStringLiteral("interrupted");
    case JobStatus::Paused:
        return QStringLiteral("paused");
    case JobStatus::Done:
        return QStringLiteral("done");
    case JobStatus::Failed:
        return QStringLiteral("failed");
    case JobStatus::Cancelled:
        return QStringLiteral("cancelled");
    }
    Q_UNREACHABLE();
}

} // namespace sealbook
