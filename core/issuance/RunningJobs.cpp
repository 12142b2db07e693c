// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/RunningJobs.h"

namespace sealbook {

void RunningJobs::remove(const JobRun &run)
{
    m_runs.erase(run.job.id);
    for (const Deferred<> &waiter : run.ends)
        waiter.settle({});
}

std::shared_ptr<JobRun> RunningJobs::find(JobId id) const
{
    const auto found = m_runs.find(id);
    return found == m_runs.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<JobRun>> RunningJobs::runs() const
{
    std::vector<std::shared_ptr<JobRun>> list;
    for (const auto &[id, run] : m_runs)
        list.push_back(run);
    return list;
}

Task<> RunningJobs::stop(std::shared_ptr<JobRun> run, std::chrono::milliseconds limit)
{
    const Deferred<> ended;
    run->ends.push_back(ended);
    run->stop.request_stop();
    const std::stop_token none;
    const QString late = QStringLiteral("the job did not stop in time");
    Task<> ending = within(ended, limit, late, none);
    co_return co_await std::move(ending);
}

} // namespace sealbook
