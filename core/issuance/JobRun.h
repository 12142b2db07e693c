// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/challenges/ChallengeSolver.h"
#include "core/issuance/AccountOpener.h"
#include "core/issuance/JobJournal.h"
#include "core/records/JobRecord.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace sealbook {

// A job while it runs in this process. Shared by IssuanceService (to cancel it and to show its
// board) and by the coroutine that runs it, whichever lives longer.
struct JobRun
{
    JobRecord job;
    CaRecord ca;
    std::stop_source stop;
    std::unique_ptr<AcmeSession> session;
    std::unique_ptr<JobJournal> journal;
    std::unique_ptr<ChallengeSolver> solver; // dies before the journal
    std::optional<BoardState> board;
    std::chrono::milliseconds startedAt{0}; // monotonic
    std::chrono::milliseconds stepStartedAt{0};
    std::vector<JobStep> unwritten; // log lines that wait for a row that has to go to disk anyway
    QTimer stepTimer; // writes them where no such row comes
    std::vector<Task<JobStep>> writing; // log lines on their way to the store
    QTimer leaseTimer;
    bool pauses = false; // stopped to go on later, not cancelled
    std::optional<Error> lost; // somebody else holds the job now: hands off
    std::vector<Deferred<>> ends; // one for each who waits for the end: a Deferred wakes only one
};

} // namespace sealbook
