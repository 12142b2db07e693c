// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/records/JobRecord.h"

#include <QTimer>

#include <functional>

namespace sealbook {

class Store;

// Who runs a job: window and terminal share one file, so a job is taken by a lease of a minute that
// its runner renews. A holder on this machine whose process is gone is over at once, without
// waiting for the minute, so that a job killed here can be resumed here right away.
inline constexpr int leaseSeconds = 60;
[[nodiscard]] QString leaseOwner(); // "host:pid"
[[nodiscard]] bool leaseIsOver(const JobRecord &job, const QDateTime &now);
[[nodiscard]] Task<> takeLease(Store &store, JobRecord job);
// Renews the lease by `timer` until the timer is stopped. `lost` is called when somebody else holds
// it now (this process slept past its end): its holder must not touch the job any more.
void keepLease(Store &store, QTimer &timer, JobId id, std::function<void(Error)> lost);

} // namespace sealbook
