// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/challenges/Dns01Solver.h"
#include "core/providers/ProviderCatalog.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeDnsProvider.h"
#include "tests/support/FakeResolver.h"
#include "tests/support/RecordedTransport.h"

using namespace sealbook;

namespace {

// Keeps what is written down, in the order it was.
class MemoryJournal final : public ChallengeJournal
{
public:
    [[nodiscard]] Task<std::vector<TxtIntent>> open() override
    {
        std::vector<TxtIntent> stillOpen;
        for (const TxtIntent &intent : intents) {
            if (intent.state != TxtIntent::State::Removed)
                stillOpen.push_back(intent);
        }
        co_return stillOpen;
    }
    [[nodiscard]] Task<> intend(std::vector<TxtIntent> wanted) override
    {
        if (refuses)
            co_return fail(Error::Kind::Internal, QStringLiteral("the disk is full"));
        for (const TxtIntent &intent : wanted)
            intents.push_back(intent);
        log.append(QStringLiteral("intend %1").arg(wanted.size()));
        co_return Result<>();
    }
    [[nodiscard]] Task<> published(std::vector<TxtIntent> done) override
    {
        if (losesPublished)
            return lost();
        return replace(std::move(done));
    }
    [[nodiscard]] Task<> removed(std::vector<TxtIntent> done) override
    {
        if (losesRemoved)
            return lost();
        return replace(std::move(done));
    }
    void note(const QString &plainEnglish) override { notes.append(plainEnglish); }

    [[nodiscard]] int openCount() const
    {
        return int(std::count_if(intents.begin(), intents.end(), [](const TxtIntent &intent) {
            return intent.state != TxtIntent::State::Removed;
        }));
    }

    std::vector<TxtIntent> intents;
    QStringList log;
    QStringList notes;
    bool refuses = false;
    bool losesPublished = false; // as if the process had died before it wrote that down
    bool losesRemoved = false;

private:
    static Task<> lost() { co_return fail(Error::Kind::Internal, QStringLiteral("lost")); }
    Task<> replace(std::vector<TxtIntent> done)
    {
        for (const TxtIntent &each : done) {
            for (TxtIntent &intent : intents) {
                if (intent.id == each.id)
                    intent = each;
            }
            log.append(txtIntentStateName(each.state));
        }
        co_return Result<>();
    }
};

Dns01Challenge challenge(const char *name, const char *value)
{
    Dns01Challenge made;
    made.name = DomainName::fromUserInput(QString::fromLatin1(name)).value();
    made.recordName = made.name.validationName();
    made.value = QString::fromLatin1(value);
    return made;
}

DnsName name(const char *text)
{
    return DnsName::fromText(QString::fromLatin1(text)).value();
}

} // namespace

class TestDns01Solver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void publishesWaitsAndCleansUp();
    void R02_publishesApexAndWildcardAtOneName();
    void R02_refusesTwoValuesWhereOnlyOneFits();
    void R02_countsTheValuesWhereTheCnamesLead();
    void publishesThirtyNamesAtOnce();
    void writesItsIntentsDownBeforeAnyEffect();
    void C5_publishesOnceAfterACrashBeforeSending();
    void C6_adoptsAnExistingRecord();
    void C16_removesAgainAfterALostReply();
    void B23_tellsThatTheZoneIsOutOfReach();
    void B23_tellsThatOthersDoNotFindTheZone();
    void R28_removesWhatWasPublishedWhenOneNameFails();
    void oneFailedRemovalDoesNotStopTheOthers();
    void removesOnlyWhatThisJobWrote();
    void B75_writesOnceMoreWhatTheProviderDidNotKeep();
    void B75_tellsWhenTheProviderNeverKeepsIt();
    void B75_leavesAloneWhatIsThere();
    void B80_followsACnameToAnotherZone();
    void refusesACnameLoop();
    void looksAgainWhenTheResolverFailsOnce();
    void givesUpWhenTheResolverKeepsFailing();
    void stopsWhenAsked();
    void manualTellsAPersonWhatToDo();
    void saysEachNoteOnce();

private:
    [[nodiscard]] std::unique_ptr<Dns01Solver> solver(Dns01Options options = {});
    [[nodiscard]] std::vector<Dns01Challenge> one() const;

    std::unique_ptr<FakeResolver> m_resolver;
    std::unique_ptr<MemoryJournal> m_journal;
    std::shared_ptr<FakeDnsProvider> m_provider;
    SystemClock m_clock;
    JobId m_job = JobId::make();
};

void TestDns01Solver::init()
{
    m_resolver = std::make_unique<FakeResolver>();
    m_resolver->addUsualZone(QStringLiteral("example.test"));
    m_resolver->add(QStringLiteral("www.example.test"), DnsType::A, QStringLiteral("192.0.2.80"));
    m_journal = std::make_unique<MemoryJournal>();
    m_provider = std::make_shared<FakeDnsProvider>(m_resolver.get());
}

std::unique_ptr<Dns01Solver> TestDns01Solver::solver(Dns01Options options)
{
    return std::make_unique<Dns01Solver>(m_provider, *m_resolver, m_clock, *m_journal, m_job,
                                         QStringLiteral("dns"), std::move(options));
}

std::vector<Dns01Challenge> TestDns01Solver::one() const
{
    return {challenge("www.example.test", "value-of-www")};
}

void TestDns01Solver::publishesWaitsAndCleansUp()
{
    const auto solving = solver();
    const auto presented = await(solving->present(one(), {}));
    QVERIFY2(presented, qPrintable(presented ? QString() : describe(presented.error())));
    QCOMPARE(m_provider->count(QStringLiteral("_acme-challenge.www.example.test"),
                               QStringLiteral("value-of-www")),
             1);
    QCOMPARE(m_provider->held.front().record.zone, name("example.test"));
    QCOMPARE(m_journal->intents.front().handle.value(QLatin1String("id")).toInt(), 1);
    int boards = 0;
    const auto sink = [&boards](const BoardState &) { ++boards; };
    const auto ready = await(solving->waitUntilReady(std::chrono::seconds(20), sink, {}));
    QVERIFY2(ready, qPrintable(ready ? QString() : describe(ready.error())));
    QVERIFY(isReady(ready->phase));
    QVERIFY(boards > 0);
    QVERIFY(await(solving->cleanUp({})));
    QVERIFY(m_provider->held.empty());
    QCOMPARE(m_journal->openCount(), 0);
    QVERIFY(m_journal->intents.front().removedAt.isValid());
}

void TestDns01Solver::R02_publishesApexAndWildcardAtOneName()
{
    const auto solving = solver();
    const std::vector<Dns01Challenge> both{challenge("example.test", "apex-value"),
                                           challenge("*.example.test", "star-value")};
    QVERIFY(await(solving->present(both, {})));
    const QString at = QStringLiteral("_acme-challenge.example.test");
    QCOMPARE(m_provider->count(at, QStringLiteral("apex-value")), 1);
    QCOMPARE(m_provider->count(at, QStringLiteral("star-value")), 1);
    const auto ready = await(solving->waitUntilReady(std::chrono::seconds(20), {}, {}));
    QVERIFY(ready);
    QCOMPARE(int(ready->records.size()), 1);
    QCOMPARE(ready->records.front().values.size(), 2);
    QVERIFY(await(solving->cleanUp({})));
}

void TestDns01Solver::R02_refusesTwoValuesWhereOnlyOneFits()
{
    ProviderTraits traits;
    traits.valuesPerName = 1;
    m_provider->setTraits(traits);
    const auto solving = solver();
    const std::vector<Dns01Challenge> both{challenge("example.test", "apex-value"),
                                           challenge("*.example.test", "star-value")};
    const auto presented = await(solving->present(both, {}));
    QVERIFY(!presented);
    QCOMPARE(presented.error().kind, Error::Kind::Conflict);
    QVERIFY(presented.error().detail.contains(QStringLiteral("*.example.test")));
    QCOMPARE(m_provider->adds, 0);
    QVERIFY(m_journal->intents.empty());
}

void TestDns01Solver::R02_countsTheValuesWhereTheCnamesLead()
{
    for (const char *host : {"a", "b"})
        m_resolver->add(
            QStringLiteral("_acme-challenge.%1.example.test").arg(QString::fromLatin1(host)),
            DnsType::CNAME, QStringLiteral("both.example.test"));
    ProviderTraits traits;
    traits.valuesPerName = 1;
    m_provider->setTraits(traits);
    const std::vector<Dns01Challenge> two{challenge("a.example.test", "value-of-a"),
                                          challenge("b.example.test", "value-of-b")};
    const auto presented = await(solver()->present(two, {}));
    QVERIFY(!presented);
    QCOMPARE(presented.error().kind, Error::Kind::Conflict);
    QVERIFY(presented.error().detail.contains(QStringLiteral("both.example.test")));
    QCOMPARE(m_provider->adds, 0);
}

void TestDns01Solver::publishesThirtyNamesAtOnce()
{
    m_provider->delay = std::chrono::milliseconds(50);
    std::vector<Dns01Challenge> many;
    for (int i = 0; i < 30; ++i)
        many.push_back(challenge(qPrintable(QStringLiteral("h%1.example.test").arg(i)),
                                 qPrintable(QStringLiteral("value-%1").arg(i))));
    const auto solving = solver();
    QVERIFY(await(solving->present(many, {})));
    QCOMPARE(m_provider->mostAtOnce, 30);
    QCOMPARE(int(m_provider->held.size()), 30);
    QCOMPARE(m_journal->log.first(), QStringLiteral("intend 30"));
    QVERIFY(await(solving->cleanUp({})));
    QVERIFY(m_provider->held.empty());
}

void TestDns01Solver::writesItsIntentsDownBeforeAnyEffect()
{
    m_journal->refuses = true;
    const auto solving = solver();
    const auto presented = await(solving->present(one(), {}));
    QVERIFY(!presented);
    QVERIFY(presented.error().detail.contains(QStringLiteral("disk is full")));
    QCOMPARE(m_provider->adds, 0);
}

void TestDns01Solver::C5_publishesOnceAfterACrashBeforeSending()
{
    TxtIntent intent;
    intent.id = IntentId::make();
    intent.jobId = m_job;
    intent.recordName = QStringLiteral("_acme-challenge.www.example.test");
    intent.zone = QStringLiteral("example.test");
    intent.value = QStringLiteral("value-of-www");
    intent.credential = QStringLiteral("dns");
    m_journal->intents.push_back(intent);
    const auto again = solver();
    QVERIFY(await(again->present(one(), {})));
    QCOMPARE(m_provider->finds, 1);
    QCOMPARE(m_provider->adds, 1);
    QCOMPARE(m_journal->openCount(), 1);
}

void TestDns01Solver::C6_adoptsAnExistingRecord()
{
    m_journal->losesPublished = true;
    QVERIFY(!await(solver()->present(one(), {})));
    QCOMPARE(m_provider->adds, 1);
    QCOMPARE(m_journal->intents.front().state, TxtIntent::State::Intended);
    m_journal->losesPublished = false;
    const auto again = solver();
    QVERIFY(await(again->present(one(), {})));
    QCOMPARE(m_provider->adds, 1);
    QCOMPARE(m_provider->count(QStringLiteral("_acme-challenge.www.example.test"),
                               QStringLiteral("value-of-www")),
             1);
    QCOMPARE(m_journal->intents.front().state, TxtIntent::State::Published);
    QCOMPARE(m_journal->intents.front().handle.value(QLatin1String("id")).toInt(), 1);
    QVERIFY(m_journal->notes.join(QLatin1Char(' ')).contains(QStringLiteral("Adopted")));
}

void TestDns01Solver::C16_removesAgainAfterALostReply()
{
    const auto solving = solver();
    QVERIFY(await(solving->present(one(), {})));
    m_journal->losesRemoved = true;
    QVERIFY(!await(solving->cleanUp({})));
    QCOMPARE(m_journal->openCount(), 1);
    m_journal->losesRemoved = false;
    // A new process knows only the journal.
    QVERIFY(await(solver()->cleanUp({})));
    QCOMPARE(m_journal->openCount(), 0);
    QVERIFY(m_provider->held.empty());
    QCOMPARE(m_provider->removedWith.back().value(QLatin1String("id")).toInt(), 1);
}

void TestDns01Solver::B23_tellsThatTheZoneIsOutOfReach()
{
    m_provider->failure = [](const TxtRecord &) {
        return fail(Error::Kind::NotFound,
                    QStringLiteral("this credential sees no zone example.test, only: a.test"))
            .value();
    };
    const auto presented = await(solver()->present(one(), {}));
    QVERIFY(!presented);
    QCOMPARE(presented.error().kind, Error::Kind::NotFound);
    QVERIFY(presented.error().detail.contains(QStringLiteral("only: a.test")));
}

// Split horizon: this network has a zone of its own where the world sees the one above.
void TestDns01Solver::B23_tellsThatOthersDoNotFindTheZone()
{
    m_resolver->script(QStringLiteral("198.51.100.2"), [](const DnsQuestion &) -> Result<DnsReply> {
        DnsReply reply;
        reply.rcode = 3;
        reply.authoritative = true;
        return reply;
    });
    const auto made = solver();
    QVERIFY(await(made->present(one(), {})));
    QVERIFY2(m_journal->notes.join(QLatin1Char('\n')).contains(QStringLiteral("does not delegate")),
             qPrintable(m_journal->notes.join(QLatin1Char('\n'))));
}

void TestDns01Solver::R28_removesWhatWasPublishedWhenOneNameFails()
{
    m_provider->failure = [](const TxtRecord &record) -> std::optional<Error> {
        if (!record.name.text().contains(QStringLiteral("bad")))
            return std::nullopt;
        return fail(Error::Kind::ProviderRefused, QStringLiteral("no")).value();
    };
    const auto solving = solver();
    const std::vector<Dns01Challenge> three{challenge("a.example.test", "va"),
                                            challenge("bad.example.test", "vb"),
                                            challenge("c.example.test", "vc")};
    const auto presented = await(solving->present(three, {}));
    QVERIFY(!presented);
    QCOMPARE(presented.error().kind, Error::Kind::ProviderRefused);
    QCOMPARE(int(m_provider->held.size()), 2);
    QVERIFY(await(solving->cleanUp({})));
    QVERIFY(m_provider->held.empty());
    QCOMPARE(m_journal->openCount(), 0);
}

void TestDns01Solver::oneFailedRemovalDoesNotStopTheOthers()
{
    const auto solving = solver();
    const std::vector<Dns01Challenge> three{challenge("a.example.test", "va"),
                                            challenge("bad.example.test", "vb"),
                                            challenge("c.example.test", "vc")};
    QVERIFY(await(solving->present(three, {})));
    m_provider->removeFailure = [](const TxtRecord &record) -> std::optional<Error> {
        if (!record.name.text().contains(QStringLiteral("bad")))
            return std::nullopt;
        return fail(Error::Kind::Network, QStringLiteral("gone")).value();
    };
    const auto cleaned = await(solving->cleanUp({}));
    QVERIFY(!cleaned);
    QCOMPARE(cleaned.error().kind, Error::Kind::Network);
    QCOMPARE(int(m_provider->held.size()), 1);
    QCOMPARE(m_journal->openCount(), 1);
}

void TestDns01Solver::removesOnlyWhatThisJobWrote()
{
    const auto solving = solver();
    QVERIFY(await(solving->present(one(), {})));
    const TxtRecord foreign{name("example.test"), name("_acme-challenge.www.example.test"),
                            QStringLiteral("somebody-else"), 60};
    QVERIFY(await(m_provider->add(foreign, {})));
    TxtIntent other = m_journal->intents.front();
    other.id = IntentId::make();
    other.jobId = JobId::make();
    other.value = QStringLiteral("somebody-else");
    m_journal->intents.push_back(other);
    QVERIFY(await(solving->cleanUp({})));
    QCOMPARE(int(m_provider->held.size()), 1);
    QCOMPARE(m_provider->held.front().record.value, QStringLiteral("somebody-else"));
}

void TestDns01Solver::B75_writesOnceMoreWhatTheProviderDidNotKeep()
{
    Dns01Options options;
    options.doubtAfter = std::chrono::milliseconds(20);
    m_provider->swallow = 1;
    const auto solving = solver(options);
    QVERIFY(await(solving->present(one(), {})));
    QVERIFY(m_provider->held.empty());
    const auto ready = await(solving->waitUntilReady(std::chrono::seconds(20), {}, {}));
    QVERIFY2(ready, qPrintable(ready ? QString() : describe(ready.error())));
    QCOMPARE(m_provider->adds, 2);
    QVERIFY2(m_journal->notes.join(QLatin1Char('\n')).contains(QStringLiteral("does not show it")),
             qPrintable(m_journal->notes.join(QLatin1Char('\n'))));
    // What is removed is what the second writing made.
    QCOMPARE(m_journal->intents.front().handle.value(QLatin1String("id")).toInt(), 2);
    QVERIFY(await(solving->cleanUp({})));
    QVERIFY(m_provider->held.empty());
    QCOMPARE(m_journal->openCount(), 0);
}

void TestDns01Solver::B75_tellsWhenTheProviderNeverKeepsIt()
{
    Dns01Options options;
    options.doubtAfter = std::chrono::milliseconds(20);
    m_provider->swallow = 1000;
    const auto solving = solver(options);
    QVERIFY(await(solving->present(one(), {})));
    const auto ready = await(solving->waitUntilReady(std::chrono::seconds(1), {}, {}));
    QVERIFY(!ready);
    QCOMPARE(ready.error().kind, Error::Kind::DnsNotReady);
    QVERIFY2(ready.error().advice.contains(QStringLiteral("_acme-challenge.www.example.test")),
             qPrintable(ready.error().advice));
    QVERIFY(ready.error().advice.contains(QStringLiteral("does not show it")));
    QCOMPARE(m_provider->adds, 2); // once more, not again and again
    QVERIFY(await(solving->cleanUp({})));
}

void TestDns01Solver::B75_leavesAloneWhatIsThere()
{
    // The provider has it, its name servers are slow.
    m_provider = std::make_shared<FakeDnsProvider>();
    Dns01Options options;
    options.doubtAfter = std::chrono::milliseconds(20);
    const auto solving = solver(options);
    QVERIFY(await(solving->present(one(), {})));
    const auto ready = await(solving->waitUntilReady(std::chrono::seconds(1), {}, {}));
    QVERIFY(!ready);
    QCOMPARE(m_provider->adds, 1);
    QVERIFY(m_provider->finds > 0);
    QVERIFY(!ready.error().advice.contains(QStringLiteral("does not show it")));
    QVERIFY(await(solving->cleanUp({})));
}

void TestDns01Solver::B80_followsACnameToAnotherZone()
{
    m_resolver->addZone(QStringLiteral("valid.test"),
                        {{QStringLiteral("ns.valid.test"), {QStringLiteral("192.0.2.99")}}});
    m_resolver->add(QStringLiteral("_acme-challenge.www.example.test"), DnsType::CNAME,
                    QStringLiteral("x.valid.test"));
    const auto solving = solver();
    const auto presented = await(solving->present(one(), {}));
    QVERIFY2(presented, qPrintable(presented ? QString() : describe(presented.error())));
    QCOMPARE(m_provider->held.front().record.name, name("x.valid.test"));
    QCOMPARE(m_provider->held.front().record.zone, name("valid.test"));
    QCOMPARE(m_journal->intents.front().recordName, QStringLiteral("x.valid.test"));
}

void TestDns01Solver::refusesACnameLoop()
{
    m_resolver->add(QStringLiteral("_acme-challenge.www.example.test"), DnsType::CNAME,
                    QStringLiteral("a.example.test"));
    m_resolver->add(QStringLiteral("a.example.test"), DnsType::CNAME,
                    QStringLiteral("_acme-challenge.www.example.test"));
    const auto presented = await(solver()->present(one(), {}));
    QVERIFY(!presented);
    QCOMPARE(presented.error().kind, Error::Kind::DnsNotReady);
    QVERIFY2(presented.error().detail.contains(QStringLiteral("circle")),
             qPrintable(presented.error().detail));
    QCOMPARE(m_provider->adds, 0);
}

void TestDns01Solver::looksAgainWhenTheResolverFailsOnce()
{
    FakeResolver good;
    good.addUsualZone(QStringLiteral("example.test"));
    int failures = 0;
    m_resolver->scriptResolve([&](const DnsQuestion &question) -> Result<DnsReply> {
        const bool isOurs = question.type == DnsType::SOA
            && question.name.isAtOrBelow(name("example.test")); // the name, and its zone
        if (isOurs && ++failures <= 2) {
            DnsReply broken;
            broken.rcode = 2; // SERVFAIL
            return broken;
        }
        Task<DnsReply> task = good.resolve(question, {});
        return await(std::move(task));
    });
    good.delay = std::chrono::milliseconds(0);
    Dns01Options options;
    options.lookAgainAfter = std::chrono::milliseconds(5);
    const auto solving = solver(options);
    const auto presented = await(solving->present(one(), {}));
    QVERIFY2(presented, qPrintable(presented ? QString() : describe(presented.error())));
    QVERIFY(failures > 2);
    QCOMPARE(m_provider->adds, 1);
    QVERIFY(await(solving->cleanUp({})));
}

void TestDns01Solver::givesUpWhenTheResolverKeepsFailing()
{
    int questions = 0;
    m_resolver->scriptResolve([&questions](const DnsQuestion &) -> Result<DnsReply> {
        ++questions;
        return FakeResolver::failure("timeout");
    });
    Dns01Options options;
    options.lookAgainAfter = std::chrono::milliseconds(5);
    const auto presented = await(solver(options)->present(one(), {}));
    QVERIFY(!presented);
    QCOMPARE(presented.error().kind, Error::Kind::Timeout);
    QVERIFY(questions > 0);
    QCOMPARE(m_provider->adds, 0);
}

void TestDns01Solver::stopsWhenAsked()
{
    m_provider->delay = std::chrono::milliseconds(60000);
    std::stop_source source;
    QTimer::singleShot(50, this, [&source] { source.request_stop(); });
    const auto solving = solver();
    const auto presented = await(solving->present(one(), source.get_token()));
    QVERIFY(!presented);
    QCOMPARE(presented.error().kind, Error::Kind::Cancelled);
    // The request may have arrived: the intent stays open, and clean-up takes it back.
    QCOMPARE(m_journal->openCount(), 1);
    m_provider->delay = std::chrono::milliseconds(1);
    QVERIFY(await(solving->cleanUp({})));
    QCOMPARE(m_journal->openCount(), 0);
}

void TestDns01Solver::manualTellsAPersonWhatToDo()
{
    const ProviderCatalog catalog;
    RecordedTransport transport;
    auto made = catalog.make(QStringLiteral("manual"), {}, {}, transport, *m_resolver);
    QVERIFY(made);
    Dns01Solver solving(std::shared_ptr<DnsProvider>(std::move(*made)), *m_resolver, m_clock,
                        *m_journal, m_job, QString());
    QVERIFY(await(solving.present(one(), {})));
    const QString told = m_journal->notes.join(QLatin1Char('\n'));
    QVERIFY2(told.contains(QStringLiteral("_acme-challenge.www.example.test")), qPrintable(told));
    QVERIFY(told.contains(QStringLiteral("value-of-www")));
    // A person adds it while we watch.
    QTimer::singleShot(200, this, [this] {
        m_resolver->addTxt(QStringLiteral("_acme-challenge.www.example.test"),
                           QStringLiteral("value-of-www"));
    });
    const auto ready = await(solving.waitUntilReady(std::chrono::seconds(30), {}, {}));
    QVERIFY(ready);
    QVERIFY(await(solving.cleanUp({})));
    QVERIFY(
        m_journal->notes.last().startsWith(QStringLiteral("Remove the TXT value value-of-www")));
    QCOMPARE(m_journal->openCount(), 0);
}

void TestDns01Solver::saysEachNoteOnce()
{
    m_resolver->addTxt(QStringLiteral("*.example.test"), QStringLiteral("anything"));
    const auto solving = solver();
    const std::vector<Dns01Challenge> two{challenge("a.example.test", "va"),
                                          challenge("b.example.test", "vb")};
    QVERIFY(await(solving->present(two, {})));
    QStringList once = m_journal->notes;
    once.removeDuplicates();
    QCOMPARE(once.size(), m_journal->notes.size());
}

QTEST_GUILESS_MAIN(TestDns01Solver)
#include "tst_dns01solver.moc"
