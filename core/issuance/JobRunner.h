// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/issuance/CertificateMaker.h"
#include "core/issuance/RunningJobs.h"

namespace sealbook {

struct IssuanceResult;

// Runs a leased job to its end, whatever that is: keeps the lease, has the certificate made, takes
// back what is left in DNS and writes down how it ended. Owned by IssuanceService, with `running`
// and `events` outliving it; main thread; outlives its tasks.
class JobRunner
{
public:
    JobRunner(IssuanceContext context, JobEvents &events, RunningJobs &running)
        : m_context(context)
        , m_events(events)
        , m_running(running)
        , m_maker(std::move(context))
    {
    }

    [[nodiscard]] Task<IssuanceResult> run(JobRecord job, CaRecord ca, std::stop_token stop);
    // Ends a job without a certificate: a failed or cancelled one leaves no record behind.
    [[nodiscard]] Task<> giveUp(std::shared_ptr<JobRun> run, Error why);

private:
    void keepLeaseOf(const std::shared_ptr<JobRun> &run);

    IssuanceContext m_context;
    JobEvents &m_events;
    RunningJobs &m_running;
    CertificateMaker m_maker;
};

} // namespace sealbook
