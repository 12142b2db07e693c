// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/IssuanceService.h"

#include "core/acme/Problem.h"
#include "core/base/Log.h"
#include "core/challenges/Dns01Solver.h"
#include "core/governance/AuditLog.h"
#include "core/governance/CredentialService.h"
#include "core/governance/PolicyEngine.h"
#include "core/issuance/AccountService.h"
#include "core/issuance/AcmeIssuer.h"
#include "core/issuance/JobLease.h"
#include "core/issuance/JobRun.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "core/x509/Certificate.h"
#include "core/x509/Csr.h"

#include <set>

namespace sealbook {

namespace {
// Time for taking records back after a failure or a cancel; independent of what was cancelled.
constexpr std::chrono::seconds cleanUpLimit{60};
// How long a line of the log may wait for a row that has to be committed anyway.
constexpr std::chrono::milliseconds stepPatience{250};

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

// One job, one hand in this process: the lease keeps only other processes away. What holds a claim
// is a task of the service, which outlives it.
class Claim
{
public:
    Claim(std::set<JobId> &claims, JobId id)
        : m_claims(claims)
        , m_id(id)
        , m_isMine(claims.insert(id).second)
    {
    }
    ~Claim()
    {
        if (m_isMine)
            m_claims.erase(m_id);
    }
    Claim(const Claim &) = delete;
    Claim &operator=(const Claim &) = delete;
    [[nodiscard]] bool isMine() const { return m_isMine; }

private:
    std::set<JobId> &m_claims;
    const JobId m_id;
    const bool m_isMine;
};
} // namespace

struct IssuanceService::Private
{
    explicit Private(IssuanceService *owner, IssuanceContext given)
        : q(owner)
        , context(given)
        , accounts(given)
        , opener(std::move(given))
    {
    }

    [[nodiscard]] Task<CaRecord> allowed(IssuanceRequest request);
    [[nodiscard]] Task<JobRecord> writeDown(IssuanceRequest request);
    [[nodiscard]] Task<JobRecord> take(JobRecord seen);
    [[nodiscard]] QCoro::Task<> letGo(JobId id);
    [[nodiscard]] Task<> stopAndWait(std::shared_ptr<JobRun> run, std::chrono::milliseconds limit);
    [[nodiscard]] Task<IssuanceResult> run(JobRecord job, CaRecord ca, std::stop_token stop);
    [[nodiscard]] Task<CertificateRecord> perform(std::shared_ptr<JobRun> run);
    [[nodiscard]] Task<> openAccount(std::shared_ptr<JobRun> run, std::stop_token stop);
    [[nodiscard]] Task<> makeKeyAndCsr(std::shared_ptr<JobRun> run, std::stop_token stop);
    [[nodiscard]] Task<> makeSolver(std::shared_ptr<JobRun> run, std::stop_token stop);
    [[nodiscard]] Task<std::unique_ptr<ChallengeSolver>>
    solverFor(std::shared_ptr<JobRun> run, QString credential, std::stop_token stop);
    [[nodiscard]] Task<IssuedChain> obtain(std::shared_ptr<JobRun> run, std::stop_token stop);
    [[nodiscard]] Task<CertificateRecord> save(std::shared_ptr<JobRun> run, IssuedChain chain);
    [[nodiscard]] Task<> giveUp(std::shared_ptr<JobRun> run, Error why);
    [[nodiscard]] Task<> takeBack(std::shared_ptr<JobRun> run, bool byHandToo);
    [[nodiscard]] Task<> takeBackWith(std::shared_ptr<JobRun> run, QString credential,
                                      std::stop_token stop);
    [[nodiscard]] Task<> putAside(JobId id, QString credential);
    [[nodiscard]] Task<> writeChange(JobRecord *job, ResumeChange change);
    [[nodiscard]] Task<> tellIncomplete(std::shared_ptr<JobRun> run, BoardState board);
    [[nodiscard]] Task<> saveJob(std::shared_ptr<JobRun> run);
    [[nodiscard]] Task<> flushSteps(std::shared_ptr<JobRun> run);
    void writeSteps(JobRun &run);
    [[nodiscard]] std::shared_ptr<JobRun> makeRun(JobRecord job, CaRecord ca);

    void stepStarted(JobRun &run, const QString &step);
    void stepDone(JobRun &run, const QString &detail);
    void stepFailed(JobRun &run, const Error &why);
    void addStep(JobRun &run, JobStep::State state, const QString &detail);

    IssuanceService *q;
    IssuanceContext context;
    AccountService accounts;
    AccountOpener opener;
    std::map<JobId, std::shared_ptr<JobRun>> runs;
    std::set<JobId> claims;
};

IssuanceService::IssuanceService(IssuanceContext context, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(context)))
{
    connect(&d->context.store, &Store::changed, this, &IssuanceService::storeChanged);
}

IssuanceService::~IssuanceService() = default;

std::vector<Error> IssuanceService::problems(const IssuanceRequest &request) const
{
    std::vector<Error> found;
    const auto wrong = [&found](const QString &detail, const QString &advice = {}) {
        found.push_back(fail(Error::Kind::BadRequest, detail, advice).value());
    };
    if (request.names.isEmpty())
        wrong(QStringLiteral("Enter a domain"));
    if (request.names.size() > NameList::maxNames)
        wrong(QStringLiteral("%1 names are more than the %2 that one certificate may hold")
                  .arg(request.names.size())
                  .arg(NameList::maxNames),
              QStringLiteral("Split them over several certificates."));
    for (const QString &typed : request.names) {
        const auto name = DomainName::fromUserInput(typed);
        if (!name)
            found.push_back(name.error());
    }
    if (request.caId.isEmpty())
        wrong(QStringLiteral("Choose a CA"));
    if (request.csrDer.isEmpty())
        return found;
    const auto csr = Csr::read(request.csrDer);
    if (!csr) {
        found.push_back(csr.error());
        return found;
    }
    QStringList asked = request.names;
    QStringList held = csr->names;
    asked.sort();
    held.sort();
    if (asked != held)
        wrong(QStringLiteral("the CSR is for other names: %1").arg(csr->names.join(u", ")),
              QStringLiteral("Give exactly the names of the CSR, or make a new one."));
    return found;
}

// The story: decide, take the names, write down, then run().
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
    Task<IssuanceResult> running = d->run(*job, *ca, stop);
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
    const Claim claim(d->claims, id);
    if (!claim.isMine() || d->runs.contains(id))
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
    Task<JobRecord> taking = d->take(*job);
    job = co_await std::move(taking);
    if (!job)
        co_return fail(job.error());
    if (isOver(*job)) {
        co_await d->letGo(id);
        co_return fail(Error::Kind::Conflict,
                       QStringLiteral("the job is %1 by now").arg(jobStateName(job->state)));
    }
    job->state = JobRecord::State::Running;
    job->error.reset();
    job->owner = leaseOwner();
    const auto written = co_await d->writeChange(&*job, change);
    if (!written) {
        co_await d->letGo(id);
        co_return fail(written.error());
    }
    Task<IssuanceResult> running = d->run(*job, *ca, stop);
    co_return co_await std::move(running);
}

Task<> IssuanceService::cancel(JobId id)
{
    if (const auto found = d->runs.find(id); found != d->runs.end()) {
        const std::shared_ptr<JobRun> run = found->second;
        Task<> ending = d->stopAndWait(run, cleanUpLimit + std::chrono::seconds(10));
        co_return co_await std::move(ending);
    }
    const Claim claim(d->claims, id);
    if (!claim.isMine())
        co_return fail(Error::Kind::Conflict, QStringLiteral("the job is being worked at"),
                       QStringLiteral("Try again in a moment."));
    auto job = co_await d->context.store.job(id);
    if (!job)
        co_return fail(job.error(), "reading the job");
    if (!isOver(*job)) {
        Task<JobRecord> taking = d->take(*job);
        job = co_await std::move(taking);
        if (!job)
            co_return fail(job.error());
        if (isOver(*job))
            co_await d->letGo(id);
    }
    if (isOver(*job))
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("the job is %1").arg(jobStateName(job->state)));
    auto run = d->makeRun(*job, CaRecord());
    Task<> giving = d->giveUp(run, cancelled());
    co_return co_await std::move(giving);
}

Task<> IssuanceService::pauseAll(std::chrono::milliseconds limit)
{
    std::vector<Task<>> stopping;
    const auto runs = d->runs; // a run takes itself out when it ends
    for (const auto &[id, run] : runs) {
        run->pauses = true;
        stopping.push_back(d->stopAndWait(run, limit));
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
    const auto found = d->runs.find(id);
    if (found != d->runs.end() && found->second->solver)
        found->second->solver->checkNow();
}

void IssuanceService::askResolver(JobId id, const DnsName &recordName, const QString &server)
{
    const auto found = d->runs.find(id);
    if (found != d->runs.end() && found->second->solver)
        found->second->solver->askResolver(recordName, server);
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
    for (const auto &[id, run] : d->runs)
        ids.push_back(id);
    return ids;
}

std::optional<BoardState> IssuanceService::board(JobId id) const
{
    const auto found = d->runs.find(id);
    return found == d->runs.end() ? std::nullopt : found->second->board;
}

Task<std::vector<JobRecord>> IssuanceService::interrupted()
{
    auto list = co_await d->context.store.jobs();
    if (!list)
        co_return fail(list.error(), "reading the jobs");
    const QDateTime now = d->context.clock.utcNow();
    std::erase_if(*list, [this, &now](const JobRecord &job) {
        const bool isLeft = job.state == JobRecord::State::Running || wasClosedUpon(job);
        return !isLeft || d->runs.contains(job.id) || !leaseIsOver(job, now);
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
        // Leased, because what a job that goes on publishes meanwhile is not ours to remove.
        const Claim claim(d->claims, id);
        auto job = co_await d->context.store.job(id);
        if (!claim.isMine() || !job || job->state == JobRecord::State::Running)
            continue;
        Task<JobRecord> leasing = d->take(*job);
        job = co_await std::move(leasing);
        if (!job)
            continue;
        if (job->state != JobRecord::State::Running) {
            auto run = d->makeRun(*job, CaRecord());
            // What a person publishes by hand is not ours to take back while the job waits for
            // them.
            Task<> taking = d->takeBack(run, false);
            const auto taken = co_await std::move(taking);
            d->writeSteps(*run);
            if (taken)
                ++swept;
            else
                logWarning("records of job {} stay: {}", id.text(), describe(taken.error()));
        }
        co_await d->letGo(id);
    }
    co_return swept;
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

// Leases a job and reads it again: what was seen before the lease may be stale.
Task<JobRecord> IssuanceService::Private::take(JobRecord seen)
{
    Task<> leasing = takeLease(context.store, seen);
    const auto leased = co_await std::move(leasing);
    if (!leased)
        co_return fail(leased.error());
    const auto job = co_await context.store.job(seen.id);
    if (!job)
        co_return fail(job.error(), "reading the job");
    co_return job;
}

QCoro::Task<> IssuanceService::Private::letGo(JobId id)
{
    Task<> releasing = context.store.releaseJob(id, leaseOwner());
    const auto released = co_await std::move(releasing);
    if (!released)
        logWarning("the lease of job {} was not given back: {}", id.text(),
                   describe(released.error()));
}

Task<> IssuanceService::Private::stopAndWait(std::shared_ptr<JobRun> run,
                                             std::chrono::milliseconds limit)
{
    const Deferred<> ended;
    run->ends.push_back(ended);
    run->stop.request_stop();
    const std::stop_token none;
    const QString late = QStringLiteral("the job did not stop in time");
    Task<> ending = within(ended, limit, late, none);
    co_return co_await std::move(ending);
}

std::shared_ptr<JobRun> IssuanceService::Private::makeRun(JobRecord job, CaRecord ca)
{
    auto run = std::make_shared<JobRun>();
    run->job = std::move(job);
    run->ca = std::move(ca);
    run->startedAt = context.clock.monotonic();
    // Journal and timer belong to the run: it is there whenever they call.
    JobRun *const raw = run.get();
    run->journal = std::make_unique<JobJournal>(
        context, run->job.id,
        [this, raw](const QString &note) { addStep(*raw, JobStep::State::Note, note); },
        [this, raw] { writeSteps(*raw); });
    run->stepTimer.setSingleShot(true);
    run->stepTimer.setInterval(stepPatience);
    run->stepTimer.callOnTimeout([this, raw] { writeSteps(*raw); });
    return run;
}

Task<IssuanceResult> IssuanceService::Private::run(JobRecord job, CaRecord ca, std::stop_token stop)
{
    auto run = makeRun(job, ca);
    runs[job.id] = run;
    const std::stop_callback onStop(stop, [run] { run->stop.request_stop(); });
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
        if (!alive || !runs.contains(alive->job.id))
            return;
        alive->job.leaseUntil = until;
        Q_EMIT q->jobChanged(alive->job);
    };
    keepLease(context.store, run->leaseTimer, job.id, std::move(news));
    Q_EMIT q->jobChanged(run->job);

    auto certificate = co_await perform(run);
    if (!certificate && run->lost)
        certificate = fail(*run->lost);
    // With a certificate, this is for the records that would not go while the CA signed.
    Task<> ending = certificate ? takeBack(run, true) : giveUp(run, certificate.error());
    const auto ended = co_await std::move(ending);
    if (!ended)
        addStep(*run, JobStep::State::Note, describe(ended.error()));
    const auto flushed = co_await flushSteps(run);
    run->leaseTimer.stop();
    runs.erase(job.id);
    for (const Deferred<> &waiter : run->ends)
        waiter.settle({});
    if (!certificate)
        co_return fail(certificate.error());

    Q_EMIT q->jobChanged(run->job);
    Q_EMIT q->issued(*certificate);
    IssuanceResult result;
    result.jobId = job.id;
    result.certificate = *certificate;
    result.requests = run->session->transport->requestCount();
    result.elapsed = context.clock.monotonic() - run->startedAt;
    // The certificate is stored: who is told of a failure would ask the CA for another one.
    if (!ended)
        result.notes.append(QStringLiteral("The certificate is stored, but validation records may "
                                           "be left in DNS: ")
                            + describe(ended.error()));
    if (!flushed)
        result.notes.append(QStringLiteral("The certificate is stored, but the end of the job's "
                                           "log could not be written: ")
                            + describe(flushed.error()));
    co_return result;
}

Task<CertificateRecord> IssuanceService::Private::perform(std::shared_ptr<JobRun> run)
{
    const std::stop_token stop = run->stop.get_token();
    // None of the three needs another: the CA, the processor and the keychain work at the same
    // time, and rows that meet share a commit. All are awaited, also after a failure.
    Task<> opening = openAccount(run, stop);
    Task<> keying = makeKeyAndCsr(run, stop);
    Task<> solving = makeSolver(run, stop);
    const auto account = co_await std::move(opening);
    const auto key = co_await std::move(keying);
    const auto solver = co_await std::move(solving);
    if (!account)
        co_return fail(account.error());
    if (!key)
        co_return fail(key.error());
    if (!solver)
        co_return fail(solver.error());
    const auto chain = co_await obtain(run, stop);
    if (!chain)
        co_return fail(chain.error());
    Task<CertificateRecord> saving = save(run, *chain);
    co_return co_await std::move(saving);
}

Task<> IssuanceService::Private::openAccount(std::shared_ptr<JobRun> run, std::stop_token stop)
{
    stepStarted(*run, QStringLiteral("account"));
    WantedAccount wanted;
    wanted.keyType = run->job.request.accountKeyType;
    wanted.contacts = run->job.request.contacts;
    wanted.agreesToTerms = run->job.request.agreesToTerms;
    wanted.usedBefore = run->job.accountId;
    Task<std::unique_ptr<AcmeSession>> opening = opener.open(run->ca, std::move(wanted), stop);
    auto session = co_await std::move(opening);
    if (!session)
        co_return fail(session.error(), "opening the account");
    run->session = std::move(*session);
    run->job.accountId = run->session->account.id;
    // The CA's connection, directory and first nonce.
    const auto warmed = co_await run->session->client->warmNonce(stop);
    if (!warmed)
        co_return fail(warmed.error(), "reaching the CA");
    stepDone(*run, run->session->account.url);
    co_return Result<>();
}

Task<> IssuanceService::Private::makeKeyAndCsr(std::shared_ptr<JobRun> run, std::stop_token stop)
{
    if (!run->job.csrDer.isEmpty())
        co_return Result<>();
    const KeyType type = run->job.request.keyType;
    std::function<Result<PrivateKey>()> generate = [type] { return PrivateKey::generate(type); };
    Task<PrivateKey> generating = runBlocking<PrivateKey>(stop, generate);
    const auto key = co_await std::move(generating);
    if (!key)
        co_return fail(key.error(), "making the key");
    const auto csr = Csr::make(*key, run->job.request.names);
    if (!csr)
        co_return fail(csr.error(), "making the CSR");
    auto pkcs8 = key->toPkcs8();
    if (!pkcs8)
        co_return fail(pkcs8.error(), "encoding the key");
    Task<KeyRecord> storing = context.vault.storeKey(std::move(*pkcs8), QStringLiteral("leaf"),
                                                     QString::fromLatin1(keyTypeName(type)),
                                                     key->publicKeySha256(), stop);
    const auto stored = co_await std::move(storing);
    if (!stored)
        co_return fail(stored.error(), "storing the key");
    run->job.keyId = stored->id;
    run->job.csrDer = csr->der;
    // A new order writes them down with its address, before anything is sent that names the key.
    if (run->job.orderUrl.isEmpty())
        co_return Result<>();
    co_return co_await saveJob(run);
}

Task<> IssuanceService::Private::makeSolver(std::shared_ptr<JobRun> run, std::stop_token stop)
{
    auto solver = co_await solverFor(run, run->job.request.credential, stop);
    if (!solver)
        co_return fail(solver.error());
    run->solver = std::move(*solver);
    co_return Result<>();
}

Task<std::unique_ptr<ChallengeSolver>>
IssuanceService::Private::solverFor(std::shared_ptr<JobRun> run, QString credential,
                                    std::stop_token stop)
{
    const QString purpose = QStringLiteral("issue ") + run->job.request.names.join(u", ");
    const auto provider = co_await context.credentials.use(credential, purpose, stop);
    if (!provider)
        co_return fail(provider.error(), "opening the DNS credential");
    Dns01Options options;
    if (context.boardOptions)
        options.board = context.boardOptions(run->job.request);
    std::unique_ptr<ChallengeSolver> solver =
        std::make_unique<Dns01Solver>(*provider, context.resolver, context.clock, *run->journal,
                                      run->job.id, credential, std::move(options));
    co_return solver;
}

Task<IssuedChain> IssuanceService::Private::obtain(std::shared_ptr<JobRun> run,
                                                   std::stop_token stop)
{
    AcmeIssuer::Hooks hooks;
    hooks.orderMade = [this, run](QString orderUrl) {
        run->job.orderUrl = std::move(orderUrl);
        return saveJob(run);
    };
    hooks.stepStarted = [this, run](const QString &step) { stepStarted(*run, step); };
    hooks.stepDone = [this, run](const QString &detail) { stepDone(*run, detail); };
    hooks.board = [this, run](BoardState board) {
        run->board = board;
        Q_EMIT q->boardChanged(run->job.id, std::move(board));
    };
    hooks.lessThanReady = [this, run](BoardState board) {
        return tellIncomplete(run, std::move(board));
    };
    AcmeIssuer issuer(*run->session->client, *run->solver, std::move(hooks));
    Task<IssuedChain> obtaining = issuer.obtain(run->job, stop);
    co_return co_await std::move(obtaining);
}

Task<CertificateRecord> IssuanceService::Private::save(std::shared_ptr<JobRun> run,
                                                       IssuedChain chain)
{
    const auto leaf = Certificate::fromDer(chain.leafDer);
    if (!leaf)
        co_return fail(leaf.error(), "reading the certificate");
    CertificateRecord record = certificateRecordOf(*leaf);
    record.chainPem = chain.chainPem;
    record.keyId = run->job.keyId;
    record.origin = QStringLiteral("issued");
    record.jobId = run->job.id;
    record.credential = run->job.request.credential;
    record.addedAt = context.clock.utcNow();

    JobRecord &job = run->job;
    job.state = JobRecord::State::Done;
    job.step = QStringLiteral("done");
    job.certificateSha256 = record.sha256;
    job.requests += run->session->transport->requestCount();
    job.updatedAt = record.addedAt;
    job.owner.clear();
    job.leaseUntil = {};
    AuditEntry entry = auditEntry(QStringLiteral("certificate.issue"), record.names.join(u", "),
                                  QStringLiteral("ok"),
                                  {{QStringLiteral("sha256"), record.sha256},
                                   {QStringLiteral("ca"), run->ca.name},
                                   {QStringLiteral("job"), job.id.text()}});
    entry.at = record.addedAt;
    if (run->board)
        entry.details.insert(QStringLiteral("board"), phaseName(run->board->phase));
    // No renewal behind this: it would lease a job that is over.
    run->leaseTimer.stop();
    writeSteps(*run);
    const auto finished = co_await context.store.finishJob(job, record, entry);
    if (!finished) {
        run->leaseTimer.start();
        co_return fail(finished.error(), "storing the certificate");
    }
    co_return record;
}

// A failed or cancelled job leaves no record behind; what could not be taken back now stays in the
// journal for sweep().
Task<> IssuanceService::Private::giveUp(std::shared_ptr<JobRun> run, Error why)
{
    stepFailed(*run, why);
    // Who holds it now goes on with it, with its records too.
    if (run->lost)
        co_return Result<>();
    const bool waitsForPerson =
        run->job.request.credential.isEmpty() && why.kind == Error::Kind::DnsNotReady;
    Result<> taken;
    if (!waitsForPerson) {
        Task<> taking = takeBack(run, true);
        taken = co_await std::move(taking);
    }
    JobRecord &job = run->job;
    const bool stopped = why.kind == Error::Kind::Cancelled;
    job.state = stopped && !run->pauses   ? JobRecord::State::Cancelled
        : stopped || worthAnotherTry(why) ? JobRecord::State::Paused
                                          : JobRecord::State::Failed;
    job.error = why;
    if (stopped && run->pauses)
        job.error->detail = QStringLiteral("put aside before it was finished");
    job.owner.clear();
    job.leaseUntil = {};
    if (run->session)
        job.requests += run->session->transport->requestCount();
    run->leaseTimer.stop();
    const auto saved = co_await saveJob(run);
    // Else the names would stay taken for the rest of the minute.
    co_await letGo(job.id);
    QJsonObject details{{QStringLiteral("job"), job.id.text()},
                        {QStringLiteral("detail"), why.detail}};
    Task<> auditing =
        context.audit.record(QStringLiteral("certificate.issue"), job.request.names.join(u", "),
                             kindName(why.kind), details);
    const auto audited = co_await std::move(auditing);
    if (!saved)
        co_return fail(saved.error(), "writing down how the job ended");
    if (!audited)
        co_return fail(audited.error(), "writing the audit log");
    co_return taken;
}

Task<> IssuanceService::Private::takeBack(std::shared_ptr<JobRun> run, bool byHandToo)
{
    // Not the job's own token: a cancel must not cancel its own clean-up.
    std::stop_source own;
    QTimer limit;
    limit.setSingleShot(true);
    limit.callOnTimeout([own]() mutable { own.request_stop(); });
    limit.start(cleanUpLimit);

    const auto open = co_await run->journal->open();
    if (!open)
        co_return fail(open.error(), "reading the open validation records");
    // A job that switched its provider may have records of each.
    QStringList credentials;
    for (const TxtIntent &intent : *open) {
        if (!credentials.contains(intent.credential) && (byHandToo || !intent.credential.isEmpty()))
            credentials.append(intent.credential);
    }
    Result<> outcome;
    for (const QString &credential : credentials) {
        Task<> taking = takeBackWith(run, credential, own.get_token());
        const auto taken = co_await std::move(taking);
        if (!taken && outcome)
            outcome = taken;
    }
    if (!outcome)
        co_return fail(outcome.error(), "taking the validation records back");
    co_return outcome;
}

Task<> IssuanceService::Private::takeBackWith(std::shared_ptr<JobRun> run, QString credential,
                                              std::stop_token stop)
{
    ChallengeSolver *solver = run->solver.get();
    std::unique_ptr<ChallengeSolver> made;
    if (solver == nullptr || credential != run->job.request.credential) {
        auto fresh = co_await solverFor(run, credential, stop);
        if (!fresh)
            co_return fail(fresh.error());
        made = std::move(*fresh);
        solver = made.get();
    }
    Task<> cleaning = solver->cleanUp(stop);
    co_return co_await std::move(cleaning);
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
    const auto found = runs.find(id);
    if (found == runs.end())
        co_return Result<>();
    const std::shared_ptr<JobRun> run = found->second;
    if (wasTheCaAsked(run->job))
        co_return fail(Error::Kind::Conflict, QStringLiteral("the CA is validating already"),
                       QStringLiteral("Wait for what it says; then the job can be resumed."));
    run->pauses = true;
    Task<> ending = stopAndWait(run, cleanUpLimit + std::chrono::seconds(10));
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

// product.md, "Ready": what was accepted with less than every name server stands in the audit log,
// before the CA is asked.
Task<> IssuanceService::Private::tellIncomplete(std::shared_ptr<JobRun> run, BoardState board)
{
    QJsonObject details{{QStringLiteral("job"), run->job.id.text()},
                        {QStringLiteral("why"), board.headline},
                        {QStringLiteral("unattended"), run->job.request.unattended}};
    addStep(*run, JobStep::State::Note, board.headline);
    Task<> auditing =
        context.audit.record(QStringLiteral("dns.incomplete"), run->job.request.names.join(u", "),
                             phaseName(board.phase), details);
    co_return co_await std::move(auditing);
}

Task<> IssuanceService::Private::saveJob(std::shared_ptr<JobRun> run)
{
    run->job.updatedAt = context.clock.utcNow();
    writeSteps(*run);
    Task<> saving = context.store.saveJob(run->job);
    const auto saved = co_await std::move(saving);
    if (saved)
        Q_EMIT q->jobChanged(run->job);
    co_return saved;
}

void IssuanceService::Private::writeSteps(JobRun &run)
{
    run.stepTimer.stop();
    for (JobStep &step : std::exchange(run.unwritten, {}))
        run.writing.push_back(context.store.addStep(std::move(step)));
}

Task<> IssuanceService::Private::flushSteps(std::shared_ptr<JobRun> run)
{
    writeSteps(*run);
    auto waiting = all(std::exchange(run->writing, {}));
    const auto written = co_await std::move(waiting);
    for (const auto &step : written) {
        if (!step)
            co_return fail(step.error());
    }
    co_return Result<>();
}

void IssuanceService::Private::stepStarted(JobRun &run, const QString &step)
{
    run.job.step = step;
    run.stepStartedAt = context.clock.monotonic();
    addStep(run, JobStep::State::Started, {});
}

void IssuanceService::Private::stepDone(JobRun &run, const QString &detail)
{
    addStep(run, JobStep::State::Done, detail);
}

void IssuanceService::Private::stepFailed(JobRun &run, const Error &why)
{
    addStep(run, JobStep::State::Failed, describe(why));
}

// A started step is told, not stored: the line that ends it carries what matters. A stored line
// waits a little for the next row, because a commit of its own would be another synced write.
void IssuanceService::Private::addStep(JobRun &run, JobStep::State state, const QString &detail)
{
    JobStep step;
    step.jobId = run.job.id;
    step.step = run.job.step;
    step.state = state;
    step.detail = detail;
    step.at = context.clock.utcNow();
    if (state == JobStep::State::Done || state == JobStep::State::Failed)
        step.took = context.clock.monotonic() - run.stepStartedAt;
    if (state != JobStep::State::Started) {
        run.unwritten.push_back(step);
        if (!run.stepTimer.isActive())
            run.stepTimer.start();
    }
    Q_EMIT q->stepAdded(step);
}

} // namespace sealbook
