// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/JobRunner.h"

#include "core/acme/Problem.h"
#include "core/governance/AuditLog.h"
#include "core/issuance/IssuanceService.h"
#include "core/issuance/JobDns.h"
#include "core/issuance/JobEvents.h"
#include "core/issuance/JobLease.h"

namespace sealbook {

namespace {
// What another attempt may mend without anybody changing anything.
bool worthAnotherTry(const Error &why)
{
    // A CA that refuses its own nonces, six in a row: its servers disagree, or luck was out.
    if (isProblem(why, "badNonce"))
        return true;
    switch (why.kind) {
    case Error::Kind::Network:
    case Error::Kind::Timeout:
    case Error::Kind::RateLimited:
    case Error::Kind::DnsNotReady:
    case Error::Kind::KeychainDenied:
    case Error::Kind::KeychainAbsent:
        return true;
    default:
        return false;
    }
}

// Writes into the job why it ended without a certificate.
void endJob(JobRun &run, const Error &why)
{
    JobRecord &job = run.job;
    const bool stopped = why.kind == Error::Kind::Cancelled;
    job.state = stopped && !run.pauses    ? JobRecord::State::Cancelled
        : stopped || worthAnotherTry(why) ? JobRecord::State::Paused
                                          : JobRecord::State::Failed;
    job.error = why;
    if (stopped && run.pauses)
        job.error->detail = QStringLiteral("put aside before it was finished");
    job.owner.clear();
    job.leaseUntil = {};
    if (run.session)
        job.requests += run.session->transport->requestCount();
    run.leaseTimer.stop();
}

// The certificate is stored: who is told of a failure would ask the CA for another one.
QStringList notesOn(const Result<> &ended, const Result<> &flushed)
{
    QStringList notes;
    if (!ended)
        notes.append(QStringLiteral("The certificate is stored, but validation records may be left "
                                    "in DNS: ")
                     + describe(ended.error()));
    if (!flushed)
        notes.append(QStringLiteral("The certificate is stored, but the end of the job's log could "
                                    "not be written: ")
                     + describe(flushed.error()));
    return notes;
}
} // namespace

Task<IssuanceResult> JobRunner::run(JobRecord job, CaRecord ca, std::stop_token stop)
{
    const auto run = std::make_shared<JobRun>(m_context, m_events, std::move(job), std::move(ca));
    m_running.add(run);
    const std::stop_callback onStop(stop, [run] { run->stop.request_stop(); });
    keepLeaseOf(run);
    Q_EMIT m_events.jobChanged(run->job);

    auto certificate = co_await m_maker.make(run);
    if (!certificate && run->lost)
        certificate = fail(*run->lost);
    // With a certificate, this is for the records that would not go while the CA signed.
    Task<> ending = certificate ? takeBack(run, true) : giveUp(run, certificate.error());
    const auto ended = co_await std::move(ending);
    if (!ended)
        run->log.note(describe(ended.error()));
    const auto flushed = co_await run->log.flush();
    run->leaseTimer.stop();
    m_running.remove(*run);
    if (!certificate)
        co_return fail(certificate.error());

    Q_EMIT m_events.jobChanged(run->job);
    Q_EMIT m_events.issued(*certificate);
    IssuanceResult result;
    result.jobId = run->job.id;
    result.certificate = *certificate;
    result.requests = run->session->transport->requestCount();
    result.elapsed = m_context.clock.monotonic() - run->startedAt;
    result.notes = notesOn(ended, flushed);
    co_return result;
}

void JobRunner::keepLeaseOf(const std::shared_ptr<JobRun> &run)
{
    const std::weak_ptr<JobRun> weak = run;
    LeaseNews news;
    news.lost = [weak](const Error &why) {
        const auto alive = weak.lock();
        if (!alive)
            return;
        // Another job at the same names leaves this one to us, to be put aside.
        const QString held = why.evidence.value(QLatin1String("job")).toString();
        if (held == alive->job.id.text())
            alive->lost = why;
        else
            alive->pauses = true;
        alive->stop.request_stop();
    };
    // Who shows the job tells by its lease whether it still runs.
    news.renewed = [this, weak](const QDateTime &until) {
        const auto alive = weak.lock();
        if (!alive || !m_running.find(alive->job.id))
            return;
        alive->job.leaseUntil = until;
        Q_EMIT m_events.jobChanged(alive->job);
    };
    keepLease(m_context.store, run->leaseTimer, run->job.id, std::move(news));
}

Task<> JobRunner::giveUp(std::shared_ptr<JobRun> run, Error why)
{
    run->log.failed(why);
    // Who holds it now goes on with it, with its records too.
    if (run->lost)
        co_return Result<>();
    const bool waitsForPerson =
        run->job.request.credential.isEmpty() && why.kind == Error::Kind::DnsNotReady;
    Result<> taken;
    if (!waitsForPerson) {
        Task<> taking = takeBack(run, true);
        taken = co_await std::move(taking);
        if (run->lost)
            co_return Result<>();
    }
    endJob(*run, why);
    const auto saved = co_await saveJob(run);
    // Else the names would stay taken for the rest of the minute.
    co_await letGo(m_context.store, run->job.id);
    QJsonObject details{{QStringLiteral("job"), run->job.id.text()},
                        {QStringLiteral("detail"), why.detail}};
    Task<> auditing =
        m_context.audit.record(QStringLiteral("certificate.issue"),
                               run->job.request.names.join(u", "), kindName(why.kind), details);
    const auto audited = co_await std::move(auditing);
    if (!saved)
        co_return fail(saved.error(), "writing down how the job ended");
    if (!audited)
        co_return fail(audited.error(), "writing the audit log");
    co_return taken;
}

} // namespace sealbook
