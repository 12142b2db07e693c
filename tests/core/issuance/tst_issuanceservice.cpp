// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/IssuanceService.h"
#include "tests/support/IssuanceProfile.h"

#include <QTest>

using namespace sealbook;

namespace {
constexpr int startingAtOnce = 8;

// Takes requests and answers them, by nothing but an error, when it is let. Shared by its lines and
// the test.
struct SilentCa
{
    int asked = 0;
    std::vector<Deferred<HttpResponse>> waiting;
    void answer()
    {
        for (const Deferred<HttpResponse> &one : std::exchange(waiting, {}))
            one.settle(fail(Error::Kind::Network, QStringLiteral("the line is cut")));
    }
};

class SilentLine final : public HttpTransport
{
public:
    explicit SilentLine(std::shared_ptr<SilentCa> ca)
        : m_ca(std::move(ca))
    {
    }
    [[nodiscard]] Task<HttpResponse> send(HttpRequest, std::stop_token stop) override
    {
        const Deferred<HttpResponse> reply;
        ++m_ca->asked;
        m_ca->waiting.push_back(reply);
        return within(reply, std::chrono::seconds(60), QStringLiteral("silence"), stop);
    }
    [[nodiscard]] int requestCount() const override { return 1; }

private:
    std::shared_ptr<SilentCa> m_ca;
};
} // namespace

// One job, one hand: what happens when several reach for it at the same time. The job proves its
// name by hand, so it waits at the name servers until it is stopped.
class TstIssuanceService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void I3_twoResumesAreOne();
    void everybodyWhoCancelsIsAnswered();
    void I7_aClosedJobWaitsForItsPerson();
    void aJobThatFailedLeavesItsNamesFree();
    void B89_refusedNoncesPutTheJobAside();
    void R32_provesNoNameThatWasNotOrdered();
    void anotherAccountMakesAnOrderOfItsOwn();
    void manyJobsBeginInTurns();
    void aJobThatWaitsForItsTurnCanBeCancelled();

private:
    // As many jobs, each for a name of its own, at a CA that does not answer before it is let.
    [[nodiscard]] std::vector<Task<IssuanceResult>> issueMany(int count);
    [[nodiscard]] IssuanceRequest request() const;
    void beginAndWait();
    [[nodiscard]] JobRecord job() { return await(m_profile->store->job(m_job)).value(); }

    std::unique_ptr<IssuanceProfile> m_profile;
    std::unique_ptr<IssuanceService> m_service;
    std::shared_ptr<SilentCa> m_silent;
    QString m_authorized; // the name that the CA wants a proof for
    std::optional<Task<IssuanceResult>> m_issuing;
    JobId m_job;
};

namespace {
const QString host = QStringLiteral("www.example.test");

QJsonObject dns(const QString &name)
{
    return {{QStringLiteral("type"), QStringLiteral("dns")}, {QStringLiteral("value"), name}};
}

QJsonObject pendingOrder()
{
    const QJsonArray authorizations{ScriptedCa::text("/authorization/1")};
    return {{QStringLiteral("status"), QStringLiteral("pending")},
            {QStringLiteral("identifiers"), QJsonArray{dns(host)}},
            {QStringLiteral("authorizations"), authorizations},
            {QStringLiteral("finalize"), ScriptedCa::text("/finalize/1")}};
}

QJsonObject authorizationOf(const QString &name)
{
    const QJsonObject challenge{{QStringLiteral("type"), QStringLiteral("dns-01")},
                                {QStringLiteral("url"), ScriptedCa::text("/challenge/1")},
                                {QStringLiteral("status"), QStringLiteral("pending")},
                                {QStringLiteral("token"), QStringLiteral("token-of-the-ca")}};
    return {{QStringLiteral("identifier"), dns(name)},
            {QStringLiteral("status"), QStringLiteral("pending")},
            {QStringLiteral("challenges"), QJsonArray{challenge}}};
}
} // namespace

void TstIssuanceService::init()
{
    m_authorized = host;
    m_profile = std::make_unique<IssuanceProfile>();
    m_profile->clock.setUtcNow(QDateTime::currentDateTimeUtc());
    m_profile->resolver.addUsualZone(QStringLiteral("example.test"));
    m_profile->ca.on(QStringLiteral("/new-order"), [](const CaRequest &) {
        return ScriptedCa::reply(201, pendingOrder(), {{"location", "https://ca.example/order/1"}});
    });
    m_profile->ca.on(QStringLiteral("/order/1"),
                     [](const CaRequest &) { return ScriptedCa::reply(200, pendingOrder()); });
    m_profile->ca.on(QStringLiteral("/authorization/1"), [this](const CaRequest &) {
        return ScriptedCa::reply(200, authorizationOf(m_authorized));
    });
    m_service = std::make_unique<IssuanceService>(m_profile->context());
}

void TstIssuanceService::cleanup()
{
    std::ignore = await(m_service->pauseAll(std::chrono::seconds(10)));
    m_issuing.reset();
    m_service.reset();
    m_profile.reset();
}

IssuanceRequest TstIssuanceService::request() const
{
    IssuanceRequest wanted;
    wanted.names = {host};
    wanted.caId = QStringLiteral("https://ca.example/directory");
    wanted.agreesToTerms = true;
    return wanted;
}

// Until the job waits for the name servers.
void TstIssuanceService::beginAndWait()
{
    m_issuing = m_service->issue(request(), {});
    QTRY_COMPARE(m_service->running().size(), std::size_t(1));
    m_job = m_service->running().front();
    QTRY_VERIFY(m_service->board(m_job).has_value());
}

void TstIssuanceService::I3_twoResumesAreOne()
{
    beginAndWait();
    QVERIFY(await(m_service->pauseAll(std::chrono::seconds(10))));
    QCOMPARE(job().state, JobRecord::State::Paused);
    Task<IssuanceResult> first = m_service->resume(m_job, {});
    Task<IssuanceResult> second = m_service->resume(m_job, {});
    const auto refused = await(std::move(second));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Conflict);
    QTRY_COMPARE(m_service->running().size(), std::size_t(1));
    QVERIFY(await(m_service->cancel(m_job)));
    QVERIFY(!await(std::move(first)));
    QCOMPARE(job().state, JobRecord::State::Cancelled);
}

void TstIssuanceService::everybodyWhoCancelsIsAnswered()
{
    beginAndWait();
    Task<> first = m_service->cancel(m_job);
    Task<> second = m_service->cancel(m_job);
    QVERIFY(await(std::move(first)));
    QVERIFY(await(std::move(second)));
    QCOMPARE(job().state, JobRecord::State::Cancelled);
    QVERIFY(m_service->running().empty());
}

void TstIssuanceService::I7_aClosedJobWaitsForItsPerson()
{
    beginAndWait();
    QVERIFY(await(m_service->pauseAll(std::chrono::seconds(10))));
    QVERIFY(m_service->running().empty());
    QCOMPARE(job().state, JobRecord::State::Paused);
    QCOMPARE(job().owner, QString()); // nobody holds it or its names
    // What was published is taken back (by hand here: it is said and struck off).
    QVERIFY(await(m_profile->store->openIntents()).value().empty());
    const auto left = await(m_service->interrupted());
    QVERIFY(left);
    QCOMPARE(left->size(), std::size_t(1));
    QCOMPARE(left->front().id, m_job);
}

void TstIssuanceService::aJobThatFailedLeavesItsNamesFree()
{
    m_profile->ca.on(QStringLiteral("/new-order"), [](const CaRequest &) {
        return ScriptedCa::problem(400, "rejectedIdentifier", QStringLiteral("not by us"));
    });
    for (int i = 0; i < 2; ++i) {
        const auto issued = await(m_service->issue(request(), {}));
        QVERIFY(!issued);
        QVERIFY2(issued.error().detail.contains(QStringLiteral("not by us")),
                 qPrintable(describe(issued.error())));
    }
    const auto jobs = await(m_service->jobs()).value();
    QCOMPARE(jobs.size(), std::size_t(2));
    QVERIFY(std::all_of(jobs.begin(), jobs.end(),
                        [](const JobRecord &each) { return each.owner.isEmpty(); }));
}

// Five retries are all that one request gets; the job is not lost with it.
void TstIssuanceService::B89_refusedNoncesPutTheJobAside()
{
    m_profile->ca.on(QStringLiteral("/new-order"), [](const CaRequest &) {
        return ScriptedCa::problem(400, "badNonce", QStringLiteral("stale"));
    });
    QVERIFY(!await(m_service->issue(request(), {})));
    const auto jobs = await(m_service->jobs()).value();
    QCOMPARE(jobs.size(), std::size_t(1));
    QCOMPARE(jobs.front().state, JobRecord::State::Paused);
}

void TstIssuanceService::R32_provesNoNameThatWasNotOrdered()
{
    m_authorized = QStringLiteral("other.example.test");
    const auto issued = await(m_service->issue(request(), {}));
    QVERIFY(!issued);
    QCOMPARE(issued.error().kind, Error::Kind::CaRefused);
    QVERIFY2(issued.error().detail.contains(m_authorized), qPrintable(describe(issued.error())));
    QVERIFY(await(m_profile->store->openIntents()).value().empty());
}

// An order belongs to the account that made it, and so do the values that its challenges want: even
// where the CA shows it to another account, nothing can come of it.
void TstIssuanceService::anotherAccountMakesAnOrderOfItsOwn()
{
    beginAndWait();
    QVERIFY(await(m_service->pauseAll(std::chrono::seconds(10))));
    m_issuing.reset();
    AccountRecord account = await(m_profile->store->accounts()).value().front();
    account.status = AccountRecord::Status::Deactivated;
    QVERIFY(await(m_profile->store->saveAccount(account)));

    m_issuing = m_service->resume(m_job, {});
    QTRY_VERIFY(m_service->board(m_job).has_value());
    QVERIFY(job().accountId != account.id);
    QCOMPARE(m_profile->ca.count(QStringLiteral("/order/1")), 0);
    QCOMPARE(m_profile->ca.count(QStringLiteral("/new-order")), 2);
}

std::vector<Task<IssuanceResult>> TstIssuanceService::issueMany(int count)
{
    m_silent = std::make_shared<SilentCa>();
    IssuanceContext context = m_profile->context();
    context.transportFor = [silent = m_silent](const CaRecord &) {
        return std::make_unique<SilentLine>(silent);
    };
    m_service = std::make_unique<IssuanceService>(std::move(context));
    std::vector<Task<IssuanceResult>> issuing;
    for (int i = 0; i < count; ++i) {
        IssuanceRequest wanted = request();
        wanted.names = {QStringLiteral("www%1.example.test").arg(i)};
        issuing.push_back(m_service->issue(wanted, {}));
    }
    return issuing;
}

void TstIssuanceService::manyJobsBeginInTurns()
{
    constexpr int count = 20;
    auto issuing = issueMany(count);
    QTRY_COMPARE(m_service->running().size(), std::size_t(count));
    QTRY_COMPARE(m_silent->asked, startingAtOnce);
    // The others would be at the CA by the time that the store has written this down.
    for (int i = 0; i < 20; ++i)
        QVERIFY(await(m_profile->store->setSetting(QStringLiteral("k"), i)));
    QCOMPARE(m_silent->asked, startingAtOnce);
    const auto answering = [this] {
        m_silent->answer();
        return m_service->running().empty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(answering(), 30000);
    QCOMPARE(m_silent->asked, count);
    for (auto &one : issuing)
        QCOMPARE(await(std::move(one)).error().kind, Error::Kind::Network);
}

void TstIssuanceService::aJobThatWaitsForItsTurnCanBeCancelled()
{
    auto issuing = issueMany(startingAtOnce + 2);
    QTRY_COMPARE(m_service->running().size(), issuing.size());
    QTRY_COMPARE(m_silent->asked, startingAtOnce);
    const auto jobs = await(m_service->jobs()).value();
    int cancelled = 0;
    for (const JobRecord &job : jobs) {
        QVERIFY(await(m_service->cancel(job.id)));
        QCOMPARE(await(m_profile->store->job(job.id))->state, JobRecord::State::Cancelled);
        ++cancelled;
    }
    QCOMPARE(cancelled, startingAtOnce + 2);
    for (auto &one : issuing)
        QCOMPARE(await(std::move(one)).error().kind, Error::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TstIssuanceService)
#include "tst_issuanceservice.moc"
