// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/JobLog.h"

#include "core/issuance/JobEvents.h"
#include "core/store/Store.h"

namespace sealbook {

JobLog::JobLog(const IssuanceContext &context, JobEvents &events, JobRecord &job)
    : m_store(context.store)
    , m_clock(context.clock)
    , m_events(events)
    , m_job(job)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(std::chrono::milliseconds(250));
    m_patience.callOnTimeout([this] { write(); });
}

void JobLog::started(const QString &step)
{
    m_job.step = step;
    m_stepStartedAt = m_clock.monotonic();
    add(JobStep::State::Started, {});
}

void JobLog::done(const QString &detail)
{
    add(JobStep::State::Done, detail);
}

void JobLog::failed(const Error &why)
{
    add(JobStep::State::Failed, describe(why));
}

void JobLog::note(const QString &plainEnglish)
{
    add(JobStep::State::Note, plainEnglish);
}

void JobLog::write()
{
    m_patience.stop();
    for (JobStep &step : std::exchange(m_unwritten, {}))
        m_writing.push_back(m_store.addStep(std::move(step)));
}

Task<> JobLog::flush()
{
    write();
    auto waiting = all(std::exchange(m_writing, {}));
    const auto written = co_await std::move(waiting);
    for (const auto &step : written) {
        if (!step)
            co_return fail(step.error());
    }
    co_return Result<>();
}

void JobLog::add(JobStep::State state, const QString &detail)
{
    JobStep step;
    step.jobId = m_job.id;
    step.step = m_job.step;
    step.state = state;
    step.detail = detail;
    step.at = m_clock.utcNow();
    if (state == JobStep::State::Done || state == JobStep::State::Failed)
        step.took = m_clock.monotonic() - m_stepStartedAt;
    if (state != JobStep::State::Started) {
        m_unwritten.push_back(step);
        if (!m_patience.isActive())
            m_patience.start();
    }
    Q_EMIT m_events.stepAdded(step);
}

} // namespace sealbook
