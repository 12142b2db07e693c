// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/issuance/JobRun.h"

#include <map>
#include <set>

namespace sealbook {

// Which jobs run in this process, and which one somebody has a hand on: the lease keeps only other
// processes away. Owned by IssuanceService; main thread; outlives every claim.
class RunningJobs
{
public:
    // One job, one hand, as long as this lives. `isMine` is false where another hand is on it.
    class Claim
    {
    public:
        Claim(RunningJobs &jobs, JobId id)
            : m_claims(jobs.m_claims)
            , m_id(id)
            , m_isMine(m_claims.insert(id).second)
        {
        }
        ~Claim()
        {
            if (m_isMine)
                m_claims.erase(m_id);
        }
        Q_DISABLE_COPY_MOVE(Claim)
        [[nodiscard]] bool isMine() const { return m_isMine; }

    private:
        std::set<JobId> &m_claims;
        const JobId m_id;
        const bool m_isMine;
    };

    void add(const std::shared_ptr<JobRun> &run) { m_runs[run->job.id] = run; }
    // Takes an ended run out and wakes everybody who waits for its end.
    void remove(const JobRun &run);

    [[nodiscard]] std::shared_ptr<JobRun> find(JobId id) const; // null where it does not run
    [[nodiscard]] std::vector<std::shared_ptr<JobRun>> runs() const;

    // Stops a run and waits until it has ended.
    [[nodiscard]] static Task<> stop(std::shared_ptr<JobRun> run, std::chrono::milliseconds limit);

private:
    std::map<JobId, std::shared_ptr<JobRun>> m_runs;
    std::set<JobId> m_claims;
};

} // namespace sealbook
