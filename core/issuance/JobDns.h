// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/issuance/JobRun.h"

namespace sealbook {

// A job's way into DNS, and back out of it.

// Time for taking records back after a failure or a cancel; independent of what was cancelled.
inline constexpr std::chrono::seconds cleanUpLimit{60};

// A solver that writes by `credential` and into the journal of the run, which outlives it.
[[nodiscard]] Task<std::unique_ptr<ChallengeSolver>>
solverFor(std::shared_ptr<JobRun> run, QString credential, std::stop_token stop);

// Removes what the job published and has not removed yet; what would not go stays in the journal
// for IssuanceService::sweep(). Records that a person published are spared unless `byHandToo`.
[[nodiscard]] Task<> takeBack(std::shared_ptr<JobRun> run, bool byHandToo);

} // namespace sealbook
