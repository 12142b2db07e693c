// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/records/JobStatus.h"

#include <QTimer>

#include <functional>

namespace sealbook {

class Store;

// Who runs a job: window and terminal share one file, so a job is taken by a lease of a minute that
// its runner renews. A holder that is known to be dead is over at once, without waiting for the
// minute, so that a job killed here can be resumed here right away.
inline constexpr int leaseSeconds = 60;
[[nodiscard]] QString leaseOwner(); // LeaseHolder's text
[[nodiscard]] Task<> takeLease(Store &store, JobRecord job);
// Leases a job and reads it again: what was seen before the lease may be stale.
[[nodiscard]] Task<JobRecord> takeJob(Store &store, JobRecord seen);
// Gives the lease of a job back, with its names. Failing is logged: a minute later it has ended.
[[nodiscard]] QCoro::Task<> letGo(Store &store, JobId id);
// What happens to a lease that is kept. `lost`: somebody else holds it now (this process slept past
// its end): its holder must not touch the job any more.
struct LeaseNews
{
    std::function<void(Error)> lost;
    std::function<void(QDateTime)> renewed = [](const QDateTime &) {}; // until then
};
// Renews the lease by `timer` until the timer is stopped.
void keepLease(Store &store, QTimer &timer, JobId id, LeaseNews news);

} // namespace sealbook
