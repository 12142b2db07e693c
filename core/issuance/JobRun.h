// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/issuance/AccountOpener.h"
#include "core/issuance/JobJournal.h"
#include "core/issuance/JobLog.h"

#include <memory>
#include <optional>

namespace sealbook {

// A job while this process is at work on it: what it is, what it holds, and how it is stopped.
// Shared by RunningJobs (to cancel it and to show its board) and by the coroutines that work on it,
// whichever live longer; main thread.
struct JobRun
{
    JobRun(IssuanceContext given, JobEvents &told, JobRecord theJob, CaRecord theCa);
    Q_DISABLE_COPY_MOVE(JobRun)

    const IssuanceContext context;
    JobEvents &events;
    JobRecord job;
    CaRecord ca;
    std::stop_source stop;
    JobLog log;
    JobJournal journal;
    std::unique_ptr<AcmeSession> session;
    std::unique_ptr<ChallengeSolver> solver;
    std::optional<BoardState> board;
    std::chrono::milliseconds startedAt{0}; // monotonic
    QTimer leaseTimer;
    bool pauses = false; // stopped to go on later, not cancelled
    std::optional<Error> lost; // somebody else holds the job now: hands off
    std::vector<Deferred<>> ends; // one for each who waits for the end: a Deferred wakes only one
};

// Writes the job's row as it is now, and the lines of its log that wait for one.
[[nodiscard]] Task<> saveJob(std::shared_ptr<JobRun> run);

} // namespace sealbook
