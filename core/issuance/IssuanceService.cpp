// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/IssuanceService.h"

#include "core/base/Log.h"
#include "core/governance/AuditLog.h"
#include "core/governance/CredentialService.h"
#include "core/governance/PolicyEngine.h"
#include "core/issuance/AccountService.h"
#include "core/issuance/JobDns.h"
#include "core/issuance/JobEvents.h"
#include "core/issuance/JobLease.h"
#include "core/issuance/JobRunner.h"
#include "core/issuance/RequestProblems.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

namespace sealbook {

namespace {
// How long a running job may take to stop: it takes its records back first.
constexpr std::chrono::seconds stopLimit = cleanUpLimit + std::chrono::seconds(10);

bool isOver(const JobRecord &job)
{
    return job.state == JobRecord::State::Done || job.state == JobRecord::State::Cancelled;
}

// Paused by pauseAll(), and so waiting for its person like one that a crash left.
bool wasClosedUpon(const JobRecord &job)
{
    return job.state == JobRecord::State::Paused && job.error
        && job.error->kind == Error::Kind::Cancelled;
}

IssuanceRequest changed(IssuanceRequest request, const ResumeChange &change)
{
    request.unattended = change.unattended;
    if (change.credential)
        request.credential = *change.credential;
    return request;
}

// Until then nobody but us has looked at the records.
bool wasTheCaAsked(const JobRecord &job)
{
    static const QStringList before{QStringLiteral("account"), QStringLiteral("order"),
                                    QStringLiteral("authorizations"), QStringLiteral("publish"),
                                    QStringLiteral("propagation")};
    return !before.contains(job.step);
}
} // namespace

struct IssuanceService::Private
{
    explicit Private(IssuanceContext given)
        : context(given)
        , accounts(given)
        , runner(std::move(given), events, running)
    {
    }

    [[nodiscard]] Task<CaRecord> allowed(IssuanceRequest request);
    [[nodiscard]] Task<JobRecord> writeDown(IssuanceRequest request);
    [[nodiscard]] Task<> putAside(JobId id, QString credential);
    [[nodiscard]] Task<> writeChange(JobRecord *job, ResumeChange change);
    [[nodiscard]] QCoro::Task<bool> sweepJob(JobId id); // whether nothing of it is left
    // A job that does not run, for the clean-up of what it left.
    [[nodiscard]] std::shared_ptr<JobRun> atRest(JobRecord job)
    {
        return std::make_shared<JobRun>(context, events, std::move(job), CaRecord());
    }

    IssuanceContext context;
    AccountService accounts;
    JobEvents events;
    RunningJobs running;
    JobRunner runner;
};

IssuanceService::IssuanceService(IssuanceContext context, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(context)))
{
    connect(&d->events, &JobEvents::jobChanged, this, &IssuanceService::jobChanged);
    connect(&d->events, &JobEvents::stepAdded, this, &IssuanceService::stepAdded);
    connect(&d->events, &JobEvents::boardChanged, this, &IssuanceService::boardChanged);
    connect(&d->events, &JobEvents::issued, this, &IssuanceService::issued);
    connect(&d->context.store, &Store::changed, this, &IssuanceService::storeChanged);
}

IssuanceService::~IssuanceService() = default;

std::vector<Error> IssuanceService::problems(const IssuanceRequest &request) const
{
    return requestProblems(request);
}

// The story: decide, take the names, write down, then JobRunner::run().
Task<IssuanceResult> IssuanceService::issue(IssuanceRequest request, std::stop_token stop)
{
    const std::vector<Error> wrong = problems(request);
    if (!wrong.empty())
        co_return fail(wrong.front());
    const auto ca = co_await d->allowed(request);
    if (!ca)
        co_return fail(ca.error());
    const auto opened = co_await d->context.vault.open(stop);
    if (!opened)
        co_return fail(opened.error(), "opening the vault");
    const auto job = co_await d->writeDown(request);
    if (!job)
        co_return fail(job.error());
    Task<IssuanceResult> running = d->runner.run(*job, *ca, stop);
    co_return co_await std::move(running);
}

Task<IssuanceResult> IssuanceService::resume(JobId id, std::stop_token stop)
{
    Task<IssuanceResult> resuming = resumeWith(id, ResumeChange(), std::move(stop));
    co_return co_await std::move(resuming);
}

Task<IssuanceResult> IssuanceService::resumeWith(JobId id, ResumeChange change,
                                                 std::stop_token stop)
{
    if (change.credential) {
        const auto aside = co_await d->putAside(id, *change.credential);
        if (!aside)
            co_return fail(aside.error(), "switching the provider");
    }
    const RunningJobs::Claim claim(d->running, id);
    if (!claim.isMine() || d->running.find(id))
        co_return fail(Error::Kind::Conflict, QStringLiteral("the job is running already"));
    auto job = co_await d->context.store.job(id);
    if (!job)
        co_return fail(job.error(), "reading the job");
    if (isOver(*job))
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("the job is %1").arg(jobStateName(job->state)),
                       QStringLiteral("There is nothing to resume: issue anew."));
    const auto ca = co_await d->allowed(changed(job->request, change));
    if (!ca)
        co_return fail(ca.error());
    const auto opened = co_await d->context.vault.open(stop);
    if (!opened)
        co_return fail(opened.error(), "opening the vault");
    // As it is now: another process may have gone on with it, or ended it, while we were asking.
    Task<JobRecord> taking = takeJob(d->context.store, *job);
    job = co_await std::move(taking);
    if (!job)
        co_return fail(job.error());
    if (isOver(*job)) {
        co_await letGo(d->context.store, id);
        co_return fail(Error::Kind::Conflict,
                       QStringLiteral("the job is %1 by now").arg(jobStateName(job->state)));
    }
    job->state = JobRecord::State::Running;
    job->error.reset();
    job->owner = leaseOwner();
    const auto written = co_await d->writeChange(&*job, change);
    if (!written) {
        co_await letGo(d->context.store, id);
        co_return fail(written.error());
    }
    Task<IssuanceResult> running = d->runner.run(*job, *ca, stop);
    co_return co_await std::move(running);
}

Task<> IssuanceService::cancel(JobId id)
{
    if (const auto run = d->running.find(id)) {
        Task<> ending = RunningJobs::stop(run, stopLimit);
        co_return co_await std::move(ending);
    }
    const RunningJobs::Claim claim(d->running, id);
    if (!claim.isMine())
        co_return fail(Error::Kind::Conflict, QStringLiteral("the job is being worked at"),
                       QStringLiteral("Try again in a moment."));
    auto job = co_await d->context.store.job(id);
    if (!job)
        co_return fail(job.error(), "reading the job");
    if (!isOver(*job)) {
        Task<JobRecord> taking = takeJob(d->context.store, *job);
        job = co_await std::move(taking);
        if (!job)
            co_return fail(job.error());
        if (isOver(*job))
            co_await letGo(d->context.store, id);
    }
    if (isOver(*job))
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("the job is %1").arg(jobStateName(job->state)));
    Task<> giving = d->runner.giveUp(d->atRest(*job), cancelled());
    co_return co_await std::move(giving);
}

Task<> IssuanceService::pauseAll(std::chrono::milliseconds limit)
{
    std::vector<Task<>> stopping;
    for (const auto &run : d->running.runs()) {
        run->pauses = true;
        stopping.push_back(RunningJobs::stop(run, limit));
    }
    auto waiting = all(std::move(stopping));
    const auto stopped = co_await std::move(waiting);
    for (const auto &one : stopped) {
        if (!one)
            co_return fail(one.error(), "pausing the jobs");
    }
    co_return Result<>();
}

void IssuanceService::checkNow(JobId id)
{
    if (const auto run = d->running.find(id); run && run->solver)
        run->solver->checkNow();
}

void IssuanceService::askResolver(JobId id, const DnsName &recordName, const QString &server)
{
    if (const auto run = d->running.find(id); run && run->solver)
        run->solver->askResolver(recordName, server);
}

Task<std::vector<JobRecord>> IssuanceService::jobs()
{
    return d->context.store.jobs();
}

Task<std::vector<CaRecord>> IssuanceService::cas()
{
    return d->accounts.cas();
}

Task<std::vector<JobStep>> IssuanceService::steps(JobId id)
{
    return d->context.store.steps(id);
}

std::vector<JobId> IssuanceService::running() const
{
    std::vector<JobId> ids;
    for (const auto &run : d->running.runs())
        ids.push_back(run->job.id);
    return ids;
}

std::optional<BoardState> IssuanceService::board(JobId id) const
{
    const auto run = d->running.find(id);
    return run ? run->board : std::nullopt;
}

Task<std::vector<JobRecord>> IssuanceService::interrupted()
{
    auto list = co_await d->context.store.jobs();
    if (!list)
        co_return fail(list.error(), "reading the jobs");
    const QDateTime now = d->context.clock.utcNow();
    std::erase_if(*list, [this, &now](const JobRecord &job) {
        const bool isLeft = job.state == JobRecord::State::Running || wasClosedUpon(job);
        return !isLeft || d->running.find(job.id) || !leaseIsOver(job, now);
    });
    co_return list;
}

Task<int> IssuanceService::sweep(std::stop_token stop)
{
    const auto intents = co_await d->context.store.openIntents();
    if (!intents)
        co_return fail(intents.error(), "reading the open validation records");
    QList<JobId> jobs;
    for (const TxtIntent &intent : *intents) {
        if (!intent.credential.isEmpty() && !jobs.contains(intent.jobId))
            jobs.append(intent.jobId);
    }
    int swept = 0;
    for (const JobId &id : jobs) {
        if (stop.stop_requested())
            co_return fail(cancelled());
        const bool isSwept = co_await d->sweepJob(id);
        swept += isSwept ? 1 : 0;
    }
    co_return swept;
}

QCoro::Task<bool> IssuanceService::Private::sweepJob(JobId id)
{
    // Leased, because what a job that goes on publishes meanwhile is not ours to remove.
    const RunningJobs::Claim claim(running, id);
    auto job = co_await context.store.job(id);
    if (!claim.isMine() || !job || job->state == JobRecord::State::Running)
        co_return false;
    Task<JobRecord> taking = takeJob(context.store, *job);
    job = co_await std::move(taking);
    if (!job)
        co_return false;
    bool isSwept = false;
    if (job->state != JobRecord::State::Running) {
        const auto run = atRest(*job);
        // What a person publishes by hand is not ours to take back while the job waits for them.
        Task<> cleaning = takeBack(run, false);
        const auto cleaned = co_await std::move(cleaning);
        run->log.write();
        isSwept = cleaned.has_value();
        if (!isSwept)
            logWarning("records of job {} stay: {}", id.text(), describe(cleaned.error()));
    }
    co_await letGo(context.store, id);
    co_return isSwept;
}

Task<CaRecord> IssuanceService::Private::allowed(IssuanceRequest request)
{
    auto ca = co_await accounts.ca(request.caId);
    if (!ca)
        co_return ca;
    PolicyInput input;
    input.request = request;
    input.ca = *ca;
    input.isPractice = context.isPractice;
    const auto decided = decide(input);
    if (!decided)
        co_return fail(decided.error());
    if (!request.credential.isEmpty()) {
        const auto credential = co_await context.credentials.byName(request.credential);
        if (!credential)
            co_return fail(credential.error());
    }
    co_return ca;
}

Task<JobRecord> IssuanceService::Private::writeDown(IssuanceRequest request)
{
    JobRecord job;
    job.id = JobId::make();
    job.request = request;
    job.step = QStringLiteral("account");
    job.csrDer = request.csrDer;
    job.createdAt = context.clock.utcNow();
    job.updatedAt = job.createdAt;
    // A new job that names its holder is leased in the same commit: Conflict when somebody else is
    // at the same names.
    job.owner = leaseOwner();
    job.leaseUntil = job.createdAt.addSecs(leaseSeconds);
    const auto saved = co_await context.store.saveJob(job);
    if (!saved)
        co_return fail(saved.error(), "writing down the job");
    co_return job;
}

// R05: before another provider takes over, the job rests and nothing of the old one stands that
// could be taken back. What could not be stays in the journal for the end of the job and sweep().
Task<> IssuanceService::Private::putAside(JobId id, QString credential)
{
    if (!credential.isEmpty()) {
        const auto known = co_await context.credentials.byName(credential);
        if (!known)
            co_return fail(known.error());
    }
    const auto run = running.find(id);
    if (!run)
        co_return Result<>();
    if (wasTheCaAsked(run->job))
        co_return fail(Error::Kind::Conflict, QStringLiteral("the CA is validating already"),
                       QStringLiteral("Wait for what it says; then the job can be resumed."));
    run->pauses = true;
    Task<> ending = RunningJobs::stop(run, stopLimit);
    co_return co_await std::move(ending);
}

// On disk before the new provider is used: what it writes must be found after a crash.
Task<> IssuanceService::Private::writeChange(JobRecord *job, ResumeChange change)
{
    const IssuanceRequest before = job->request;
    job->request = changed(before, change);
    if (job->request == before)
        co_return Result<>();
    job->updatedAt = context.clock.utcNow();
    std::optional<AuditEntry> entry;
    if (job->request.credential != before.credential)
        entry =
            auditEntry(QStringLiteral("job.switch"), before.names.join(u", "), QStringLiteral("ok"),
                       {{QStringLiteral("job"), job->id.text()},
                        {QStringLiteral("from"), before.credential},
                        {QStringLiteral("to"), job->request.credential}});
    Task<> saving = context.store.saveJob(*job, std::move(entry));
    const auto saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "writing down the job");
    co_return Result<>();
}

} // namespace sealbook
