// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/challenges/Dns01Solver.h"

#include "core/base/FailPoint.h"
#include "core/base/Log.h"
#include "core/dns/CnameChain.h"
#include "core/providers/DnsProvider.h"

#include <QSet>

#include <algorithm>
#include <map>

namespace sealbook {

struct Dns01Solver::Private
{
    std::shared_ptr<DnsProvider> provider;
    Resolver &resolver;
    const Clock &clock;
    ChallengeJournal &journal;
    JobId jobId;
    QString credential;
    Dns01Options options;
    PropagationBoard board;
    std::vector<ExpectedRecord> expected; // what present() published, for the board
    QSet<QString> told; // notes that the job's log has already
    bool anyServed = false; // some server has served a value
    QStringList notShown; // record names that the provider took and does not show (B75)
};

namespace {

using State = std::shared_ptr<Dns01Solver::Private>;

constexpr int maxLooks = 3; // for the zones of the records

QString keyOf(const TxtIntent &intent)
{
    return intent.recordName + QLatin1Char(' ') + intent.value;
}

Result<TxtRecord> recordOf(const TxtIntent &intent, int ttl)
{
    const Result<DnsName> zone = DnsName::fromText(intent.zone);
    const Result<DnsName> name = DnsName::fromText(intent.recordName);
    if (!zone || !name)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the journal names no DNS record: %1 in %2")
                        .arg(intent.recordName, intent.zone));
    return TxtRecord{*zone, *name, intent.value, ttl};
}

// Nobody below the root answers for the name: it is not registered, or not delegated here.
Error noZone(const NamePlan &plan)
{
    Error error;
    error.kind = Error::Kind::NotFound;
    error.detail =
        QStringLiteral("no DNS zone holds %1: nothing below the root is delegated for it")
            .arg(plan.effective.text());
    error.advice = QStringLiteral("Check the spelling, and that the domain is registered. Practice "
                                  "knows names below practice.test only.");
    return error;
}

// A chain of CNAMEs that cannot work, in words.
Error brokenChain(const NamePlan &plan)
{
    Error error;
    error.kind = Error::Kind::DnsNotReady;
    QStringList hops{plan.name.text()};
    for (const DnsName &hop : plan.hops)
        hops.append(hop.text());
    const QString path = hops.join(QStringLiteral(" → "));
    if (plan.end == NamePlan::End::Loop)
        error.detail = QStringLiteral("the CNAME records run in a circle: ") + path;
    else if (plan.end == NamePlan::End::TooLong)
        error.detail = QStringLiteral("the CNAME records go on for too long: ") + path;
    else
        error.detail = QStringLiteral("the CNAME record leads into no zone: ") + path;
    error.advice =
        QStringLiteral("Correct or remove the CNAME record at %1.").arg(plan.name.text());
    error.evidence.insert(QStringLiteral("hops"), path);
    return error;
}

// R02: providers that hold one value at a name cannot prove a name and its wildcard at once, nor
// two names whose CNAMEs lead to the same place.
Result<> checkValuesPerName(const std::vector<ExpectedRecord> &expected, int valuesPerName)
{
    std::map<DnsName, std::pair<QSet<QString>, QStringList>> byPlace; // values, for which names
    for (const ExpectedRecord &record : expected) {
        auto &[values, names] = byPlace[record.effectiveName];
        values += QSet<QString>(record.values.begin(), record.values.end());
        names += record.forNames;
    }
    for (const auto &[place, needs] : byPlace) {
        const auto &[values, names] = needs;
        if (valuesPerName == 0 || values.size() <= valuesPerName)
            continue;
        return fail(Error::Kind::Conflict,
                    QStringLiteral("%1 needs %2 values at once (for %3), and the provider holds %4")
                        .arg(place.text())
                        .arg(values.size())
                        .arg(names.join(QLatin1String(", ")))
                        .arg(valuesPerName),
                    QStringLiteral("Order these names one after the other, or delegate the "
                                   "validation name to another provider by a CNAME."));
    }
    return {};
}

std::vector<ExpectedRecord> expectedFrom(const std::vector<Dns01Challenge> &challenges,
                                         const std::vector<NamePlan> &plans)
{
    std::map<DnsName, std::map<QString, QString>> byName; // asked name -> value -> certificate name
    std::map<DnsName, DnsName> effective;
    for (std::size_t i = 0; i < challenges.size(); ++i) {
        byName[challenges[i].recordName][challenges[i].value] = challenges[i].name.ascii();
        effective[challenges[i].recordName] =
            plans[i].end == NamePlan::End::Wildcard ? plans[i].name : plans[i].effective;
    }
    std::vector<ExpectedRecord> expected;
    for (const auto &[name, values] : byName) {
        ExpectedRecord record;
        record.name = name;
        record.effectiveName = effective[name];
        for (const auto &[value, forName] : values) {
            record.values.append(value);
            record.forNames.append(forName);
        }
        expected.push_back(std::move(record));
    }
    return expected;
}

void tell(const State &state, const QStringList &notes)
{
    for (const QString &note : notes) {
        if (state->told.contains(note))
            continue;
        state->told.insert(note);
        state->journal.note(note);
    }
}

TxtIntent intentFor(const State &state, const Dns01Challenge &challenge, const NamePlan &plan)
{
    TxtIntent intent;
    intent.id = IntentId::make();
    intent.jobId = state->jobId;
    intent.certificateName = challenge.name.ascii();
    intent.recordName = (plan.end == NamePlan::End::Wildcard ? plan.name : plan.effective).text();
    intent.zone = plan.zone.zone.text();
    intent.value = challenge.value;
    intent.credential = state->credential;
    intent.createdAt = state->clock.utcNow();
    return intent;
}

// Publishes one intended record, or takes over what an earlier run published (C6).
Task<> publishOne(State state, TxtIntent intent, bool isOld, std::stop_token stop)
{
    const Result<TxtRecord> record = recordOf(intent, state->options.ttl);
    if (!record)
        co_return fail(record.error());
    std::optional<PublishedTxt> published;
    if (isOld) {
        auto found = co_await state->provider->find(*record, stop);
        if (!found)
            co_return fail(found.error(), "looking for a record of the earlier run");
        published = std::move(*found);
        if (published)
            state->journal.note(QStringLiteral("Adopted the record at %1 from the earlier run.")
                                    .arg(intent.recordName));
    }
    if (!published) {
        auto added = co_await state->provider->add(*record, stop);
        if (failPoint("C6"))
            co_return fail(Error::Kind::Network,
                           QStringLiteral("the provider's reply was lost (failpoint C6)"));
        if (!added)
            co_return fail(added.error(), "publishing the validation record");
        published = std::move(*added);
    }
    tell(state, published->notes);
    intent.handle = published->handle;
    intent.state = TxtIntent::State::Published;
    const std::vector<TxtIntent> intents(1, intent);
    const Result<> written = co_await state->journal.published(intents);
    if (!written)
        co_return fail(written.error(), "writing down what was published");
    co_return Result<>();
}

// Waits for all, also after a failure: nothing may still be under way when we return.
QCoro::Task<Result<>> firstFailure(std::vector<Task<>> tasks)
{
    QCoro::Task<std::vector<Result<>>> waiting = all(std::move(tasks));
    const std::vector<Result<>> results = co_await std::move(waiting);
    Result<> outcome;
    for (const Result<> &result : results) {
        if (result)
            continue;
        // What a person did (or a stop that came after it) says less than the first real failure.
        if (outcome || outcome.error().kind == Error::Kind::Cancelled)
            outcome = result;
    }
    co_return outcome;
}

// One lost packet among the many questions must not end a job.
Task<std::vector<NamePlan>> followAll(State state, std::vector<DnsName> names, std::stop_token stop)
{
    const CnameChain chain(state->resolver);
    for (int look = 1;; ++look) {
        Task<std::vector<NamePlan>> following = chain.followAll(names, stop);
        Result<std::vector<NamePlan>> plans = co_await std::move(following);
        if (plans || plans.error().kind == Error::Kind::Cancelled || look == maxLooks)
            co_return plans;
        logWarning("the zones were not found, look {}: {}", look, describe(plans.error()));
        const auto slept = co_await sleepFor(state->options.lookAgainAfter, stop);
        if (!slept)
            co_return fail(slept.error());
    }
}

Task<std::vector<NamePlan>> plansFor(State state, std::vector<Dns01Challenge> challenges,
                                     std::stop_token stop)
{
    std::vector<DnsName> names;
    for (const Dns01Challenge &challenge : challenges)
        names.push_back(challenge.recordName);
    const auto plans = co_await followAll(state, names, stop);
    if (!plans)
        co_return fail(plans.error(), "finding where the records have to be written");
    for (const NamePlan &plan : *plans) {
        tell(state, plan.notes);
        // Also what is odd about the zone: one that only this network knows is nothing to a CA.
        tell(state, plan.zone.notes);
        if (!plan.canWork())
            co_return fail(brokenChain(plan));
        if (plan.zone.zone.isRoot())
            co_return fail(noZone(plan));
    }
    co_return plans;
}

// Intents of this run: those of an earlier run that are still wanted, and new ones.
struct Plan
{
    std::vector<TxtIntent> fresh;
    std::vector<TxtIntent> old;
};

Task<Plan> planFor(State state, std::vector<Dns01Challenge> challenges, std::stop_token stop)
{
    const Result<std::vector<NamePlan>> plans = co_await plansFor(state, challenges, stop);
    if (!plans)
        co_return fail(plans.error());
    state->expected = expectedFrom(challenges, *plans);
    const int valuesPerName = state->provider->traits().valuesPerName;
    const Result<> fits = checkValuesPerName(state->expected, valuesPerName);
    if (!fits)
        co_return fail(fits.error());
    const Result<std::vector<TxtIntent>> open = co_await state->journal.open();
    if (!open)
        co_return fail(open.error(), "reading the journal");
    Plan plan;
    QSet<QString> planned;
    for (std::size_t i = 0; i < challenges.size(); ++i) {
        const TxtIntent wanted = intentFor(state, challenges[i], (*plans)[i]);
        if (planned.contains(keyOf(wanted)))
            continue;
        planned.insert(keyOf(wanted));
        const auto earlier =
            std::find_if(open->begin(), open->end(), [&wanted](const TxtIntent &each) {
                return keyOf(each) == keyOf(wanted) && each.credential == wanted.credential;
            });
        if (earlier == open->end())
            plan.fresh.push_back(wanted);
        else
            plan.old.push_back(*earlier);
    }
    co_return plan;
}

Task<> presentAll(State state, std::vector<Dns01Challenge> challenges, std::stop_token stop)
{
    const Result<Plan> plan = co_await planFor(state, challenges, stop);
    if (!plan)
        co_return fail(plan.error());
    if (!plan->fresh.empty()) {
        const Result<> intended = co_await state->journal.intend(plan->fresh);
        if (!intended)
            co_return fail(intended.error(), "writing down what will be published");
    }
    if (failPoint("C5"))
        co_return fail(Error::Kind::Network, QStringLiteral("failpoint C5"));
    std::vector<Task<>> tasks;
    for (const TxtIntent &intent : plan->fresh)
        tasks.push_back(publishOne(state, intent, false, stop));
    for (const TxtIntent &intent : plan->old)
        tasks.push_back(publishOne(state, intent, true, stop));
    QCoro::Task<Result<>> waiting = firstFailure(std::move(tasks));
    const Result<> published = co_await std::move(waiting);
    if (!published)
        co_return fail(published.error());
    if (failPoint("C7"))
        co_return fail(Error::Kind::Network, QStringLiteral("failpoint C7"));
    co_return Result<>();
}

Task<> removeOne(State state, TxtIntent intent, std::stop_token stop)
{
    const Result<TxtRecord> record = recordOf(intent, state->options.ttl);
    if (!record)
        co_return fail(record.error());
    if (state->provider->traits().manual) {
        tell(state,
             {QStringLiteral("Remove the TXT value %1 at %2 now; other values stay.")
                  .arg(intent.value, intent.recordName)});
    } else {
        const QJsonObject handle = intent.handle;
        const Result<> removed = co_await state->provider->remove(*record, handle, stop);
        if (failPoint("C16"))
            co_return fail(Error::Kind::Network,
                           QStringLiteral("the provider's reply was lost (failpoint C16)"));
        if (!removed)
            co_return fail(removed.error(), "removing the validation record");
    }
    intent.state = TxtIntent::State::Removed;
    intent.removedAt = state->clock.utcNow();
    const std::vector<TxtIntent> intents(1, intent);
    const Result<> written = co_await state->journal.removed(intents);
    if (!written)
        co_return fail(written.error(), "writing down what was removed");
    co_return Result<>();
}

Task<> cleanUpAll(State state, std::stop_token stop)
{
    const Result<std::vector<TxtIntent>> open = co_await state->journal.open();
    if (!open)
        co_return fail(open.error(), "reading the journal");
    std::vector<Task<>> tasks;
    for (const TxtIntent &intent : *open) {
        // Another job's, or written with another credential: not ours to touch with this one.
        if (intent.jobId == state->jobId && intent.credential == state->credential)
            tasks.push_back(removeOne(state, intent, stop));
    }
    QCoro::Task<Result<>> waiting = firstFailure(std::move(tasks));
    co_return co_await std::move(waiting);
}

// B75: a provider may say that it wrote a record and not have it. Where nobody serves anything for
// a while, looks, and writes once more what is not there. Never cut off while it writes: a
// record whose id was not written down could not be removed.
QCoro::Task<> doubt(State state, std::stop_token ended)
{
    const auto slept = co_await sleepFor(state->options.doubtAfter, ended);
    if (!slept || state->anyServed || state->provider->traits().manual)
        co_return;
    const auto open = co_await state->journal.open();
    if (!open)
        co_return;
    const std::stop_token none;
    for (const TxtIntent &intent : *open) {
        const Result<TxtRecord> record = recordOf(intent, state->options.ttl);
        const bool ours = intent.jobId == state->jobId && intent.credential == state->credential;
        if (!record || !ours || intent.state != TxtIntent::State::Published
            || ended.stop_requested())
            continue;
        const auto found = co_await state->provider->find(*record, ended); // only looks
        if (!found || *found)
            continue;
        state->notShown.append(intent.recordName);
        tell(state,
             {QStringLiteral("The provider took the record at %1 and does not show it: written "
                             "once more.")
                  .arg(intent.recordName)});
        Task<> publishing = publishOne(state, intent, false, none);
        const auto published = co_await std::move(publishing);
        if (!published)
            tell(state, {describe(published.error())});
    }
}

Task<BoardState> watch(State state, std::chrono::seconds limit, ChallengeSolver::BoardSink sink,
                       std::stop_token stop)
{
    const PropagationBoard::Sink forward = [state, sink](const BoardState &board) {
        for (const BoardRow &row : board.rows)
            state->anyServed = state->anyServed || row.verdict == Verdict::Served;
        if (sink)
            sink(board);
    };
    std::stop_source ended;
    QCoro::Task<> doubting = doubt(state, ended.get_token());
    Task<BoardState> watching = state->board.watch(state->expected, limit, forward, stop);
    auto board = co_await std::move(watching);
    ended.request_stop();
    co_await std::move(doubting);
    if (!board && board.error().kind == Error::Kind::DnsNotReady && !state->anyServed
        && !state->notShown.isEmpty())
        board.error().advice = QStringLiteral("The provider says that it took the record at %1, "
                                              "and does not show it: look there by hand.")
                                   .arg(state->notShown.join(QLatin1String(", ")));
    co_return board;
}

} // namespace

Dns01Solver::Dns01Solver(std::shared_ptr<DnsProvider> provider, Resolver &resolver,
                         const Clock &clock, ChallengeJournal &journal, JobId jobId,
                         QString credential, Dns01Options options)
    : d(new Private{std::move(provider),
                    resolver,
                    clock,
                    journal,
                    jobId,
                    std::move(credential),
                    options,
                    PropagationBoard(resolver, clock, options.board),
                    {},
                    {},
                    false,
                    {}})
{
}

Dns01Solver::~Dns01Solver() = default;

Task<> Dns01Solver::present(std::vector<Dns01Challenge> challenges, std::stop_token stop)
{
    return presentAll(d, std::move(challenges), std::move(stop));
}

Task<BoardState> Dns01Solver::waitUntilReady(std::chrono::seconds limit, BoardSink sink,
                                             std::stop_token stop)
{
    return watch(d, limit, std::move(sink), std::move(stop));
}

Task<> Dns01Solver::cleanUp(std::stop_token stop)
{
    return cleanUpAll(d, std::move(stop));
}

void Dns01Solver::checkNow()
{
    d->board.checkNow();
}

void Dns01Solver::askResolver(const DnsName &recordName, const QString &server)
{
    d->board.askResolver(recordName, server);
}

} // namespace sealbook
