// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/PropagationBoard.h"

#include "core/dns/BoardChains.h"
#include "core/dns/BoardHeadlines.h"
#include "core/dns/BoardHints.h"
#include "core/dns/BoardRun.h"
#include "core/dns/OutsideWatch.h"

using namespace std::chrono_literals;

namespace sealbook {

namespace {

using Run = PropagationBoard::Run;
using Phase = BoardState::Phase;
using Outcome = BoardDecision::Outcome;
using std::chrono::milliseconds;
using ZoneMap = std::map<DnsName, ZoneServers>;

constexpr milliseconds lookAgain = 1000ms; // after the zones could not be found
constexpr std::size_t maxClueRecords = 4;

bool agrees(const Run &run, const BoardDecision &decision)
{
    return decision.outcome == Outcome::Agree
        || (decision.outcome == Outcome::AgreeWithWarning && run.options.acceptsLess);
}

BoardDecision decide(const Run &run)
{
    return decideBoard(run.slots, run.state.records.size(), run.now(), run.options.deadAfter);
}

// The zone of each record, by its parent: the record's own name is not shown to any resolver.
// Where a server referred deeper, the zone that it named.
Task<ZoneMap> findZones(std::shared_ptr<Run> run, std::stop_token stop)
{
    std::vector<DnsName> starts;
    for (std::size_t i = 0; i < run->state.records.size(); ++i) {
        const auto deeper = run->deeper.find(i);
        starts.push_back(deeper != run->deeper.end()
                             ? deeper->second
                             : run->state.records[i].effectiveName.parent());
    }
    const ZoneCut cut(*run->resolver);
    Task<> chains = checkChains(run, stop);
    Task<ZoneMap> look = cut.findMany(starts, stop);
    const Result<ZoneMap> zones = co_await std::move(look);
    const Result<> checked = co_await std::move(chains);
    if (!zones)
        co_return fail(zones.error());
    ZoneMap byRecord;
    for (std::size_t i = 0; i < starts.size(); ++i)
        byRecord.emplace(run->state.records[i].effectiveName, zones->at(starts[i]));
    co_return byRecord;
}

// The second round, after max(50 ms, one round trip): who flaps is seen here.
Task<> confirm(std::shared_ptr<Run> run, std::stop_token stop)
{
    milliseconds pause = run->options.confirmAfter;
    std::vector<std::size_t> served;
    for (std::size_t i = 0; i < run->slots.size(); ++i) {
        if (run->slots[i].row.verdict != Verdict::Served)
            continue;
        served.push_back(i);
        pause = std::max(pause, run->slots[i].row.roundTrip.value_or(0ms));
    }
    run->confirming = true;
    Task<> sleep = sleepFor(pause, stop);
    const Result<> slept = co_await std::move(sleep);
    if (slept) {
        Task<> ask = askSlots(run, served, stop);
        const Result<> asked = co_await std::move(ask);
    }
    run->confirming = false;
    if (stop.stop_requested())
        co_return fail(cancelled());
    co_return Result<>();
}

// When it lasts, the usual slips are looked for: the zone's name doubled by the provider's form,
// the value at the bare domain.
void plantClues(Run &run)
{
    const bool isTime = run.elapsed() >= run.options.lookDeeperAfter
        && (run.lookedDeeperAt.count() < 0 || run.now() - run.lookedDeeperAt > 30s);
    if (!isTime)
        return;
    run.lookedDeeperAt = run.now();
    std::set<std::size_t> done;
    for (BoardLane &lane : run.lanes) {
        for (const std::size_t index : lane.slots) {
            const BoardSlot &slot = run.slots[index];
            const bool isMissing =
                slot.row.verdict == Verdict::NotYet || slot.row.verdict == Verdict::OtherValue;
            if (!isMissing || slot.hop || done.contains(slot.record)
                || done.size() >= maxClueRecords)
                continue;
            done.insert(slot.record);
            const DnsName name = slot.row.recordName;
            if (const Result<DnsName> doubled = slot.zone.below(name.text()))
                lane.clues.push_back({slot.record, *doubled});
            if (name.parent().isAtOrBelow(slot.zone))
                lane.clues.push_back({slot.record, name.parent()});
        }
    }
}

// How long the story may sleep when nothing changes: it must see servers die and the time for
// looking deeper come.
milliseconds longestPause(const Run &run)
{
    milliseconds most = std::min(1000ms, run.options.deadAfter / 4);
    const milliseconds untilDeeper = run.options.lookDeeperAfter - run.elapsed();
    if (untilDeeper > 0ms)
        most = std::min(most, untilDeeper);
    return std::max(10ms, most);
}

// The lanes of one set of rows; ended before the rows change or the watch ends.
class Lanes
{
public:
    Lanes(const std::shared_ptr<Run> &run)
    {
        for (std::size_t i = 0; i < run->lanes.size(); ++i)
            m_tasks.push_back(pollLane(run, i, m_stop.get_token()));
    }
    [[nodiscard]] QCoro::Task<std::vector<Result<>>> end()
    {
        m_stop.request_stop();
        return all(std::move(m_tasks));
    }

private:
    std::stop_source m_stop;
    std::vector<Task<>> m_tasks;
};

enum class LanesEnd { Ready, Deeper, OutOfTime, Cancelled }; // Deeper: other zones, other rows

// Waits until the rows decide, other zones turn out to matter, or the time is out.
Task<LanesEnd> runLanes(std::shared_ptr<Run> run, milliseconds until, BoardDecision *decision,
                        std::stop_token stop)
{
    OutsideWatch outside(run);
    const std::map<std::size_t, DnsName> known = run->deeper;
    while (!stop.stop_requested()) {
        run->changed = Deferred<>();
        if (run->deeper.size() > known.size())
            co_return LanesEnd::Deeper;
        *decision = decide(*run);
        if (agrees(*run, *decision)) {
            run->publish(Phase::Confirming,
                         QStringLiteral("All %1 agree, asking once more")
                             .arg(nameServers(decision->servers)));
            Task<> again = confirm(run, stop);
            const Result<> confirmed = co_await std::move(again);
            *decision = decide(*run);
            if (confirmed && agrees(*run, *decision))
                co_return LanesEnd::Ready;
            run->dirty = true;
            continue;
        }
        if (run->now() >= until)
            co_return LanesEnd::OutOfTime;
        plantClues(*run);
        if (areChainsDue(*run)) {
            const auto misled = run->misled;
            const auto hops = run->hops;
            Task<> follow = checkChains(run, stop);
            const Result<> followed = co_await std::move(follow);
            if (followed && (run->misled != misled || run->hops != hops))
                co_return LanesEnd::Deeper;
        }
        if (!run->wantedHints.empty()) {
            const std::vector<std::size_t> wanted(run->wantedHints.begin(), run->wantedHints.end());
            run->wantedHints.clear();
            Task<> ask = askHints(run, wanted, run->options.hintWait, stop);
            const Result<> asked = co_await std::move(ask);
        }
        if (decision->outcome == Outcome::Unreachable && run->options.acceptsLess) {
            Task<bool> step = outside.step(stop);
            const Result<bool> seen = co_await std::move(step);
            if (seen && *seen)
                co_return LanesEnd::Ready;
        }
        if (run->dirty || run->now() - run->publishedAt >= 1s)
            run->publish(Phase::Waiting, waitingHeadline(*run, *decision));
        const milliseconds pause = std::clamp(until - run->now(), 1ms, longestPause(*run));
        const Deferred<> changed = run->changed;
        Task<> wait = within(changed, pause, QString(), stop);
        const Result<> woken = co_await std::move(wait);
    }
    co_return LanesEnd::Cancelled;
}

Task<ZoneMap> findZonesUntil(std::shared_ptr<Run> run, milliseconds until, std::stop_token stop)
{
    for (;;) {
        run->publish(Phase::Looking, QStringLiteral("Finding the name servers"));
        Task<ZoneMap> look = findZones(run, stop);
        Result<ZoneMap> zones = co_await std::move(look);
        if (zones)
            co_return zones;
        if (zones.error().kind == Error::Kind::Cancelled || stop.stop_requested())
            co_return fail(cancelled());
        if (run->now() + lookAgain >= until) {
            run->publish(Phase::Stopped, QStringLiteral("The name servers could not be found"));
            Error error = zones.error();
            error.kind = Error::Kind::DnsNotReady;
            co_return fail(std::move(error), "finding the name servers");
        }
        const milliseconds pause = lookAgain;
        Task<> sleep = sleepFor(pause, stop);
        const Result<> slept = co_await std::move(sleep);
    }
}

Task<BoardState> watchRun(std::shared_ptr<Run> run, milliseconds limit, std::stop_token stop)
{
    const milliseconds until = run->startedAt + limit;
    for (;;) {
        Task<ZoneMap> look = findZonesUntil(run, until, stop);
        const Result<ZoneMap> zones = co_await std::move(look);
        if (!zones) {
            if (zones.error().kind == Error::Kind::Cancelled)
                run->publish(Phase::Stopped, QStringLiteral("Cancelled"));
            co_return fail(zones.error());
        }
        run->buildSlots(*zones);
        Lanes lanes(run);
        BoardDecision decision;
        Task<LanesEnd> wait = runLanes(run, until, &decision, stop);
        const Result<LanesEnd> end = co_await std::move(wait);
        auto ending = lanes.end();
        const std::vector<Result<>> ended = co_await std::move(ending);
        if (!end || *end == LanesEnd::Cancelled) {
            run->publish(Phase::Stopped, QStringLiteral("Cancelled"));
            co_return fail(cancelled());
        }
        if (*end == LanesEnd::Deeper)
            continue;
        if (*end == LanesEnd::OutOfTime) {
            const Error late = notReady(*run, decision, limit);
            run->publish(Phase::Stopped, QStringLiteral("Stopped: ") + late.detail);
            co_return fail(late);
        }
        if (!run->hints.empty() && agrees(*run, decision)) {
            Task<> ask = askHints(run, allHints(*run), run->options.hintWait, stop);
            const Result<> asked = co_await std::move(ask);
        }
        const Phase phase = decision.outcome == Outcome::Unreachable ? Phase::ReadyByOutsideView
            : decision.outcome == Outcome::Agree                     ? Phase::Ready
                                                                     : Phase::ReadyWithWarning;
        run->publish(phase, readyHeadline(decision, run->state.records.size()));
        BoardState state = run->state;
        run->sink = {};
        co_return state;
    }
}

Task<BoardState> lookOnce(std::shared_ptr<Run> run, std::stop_token stop)
{
    for (int turn = 0;; ++turn) {
        Task<ZoneMap> look = findZones(run, stop);
        const Result<ZoneMap> zones = co_await std::move(look);
        if (!zones)
            co_return fail(zones.error(), "finding the name servers");
        run->buildSlots(*zones);
        const std::size_t deeper = run->deeper.size();
        std::vector<std::size_t> every(run->slots.size());
        for (std::size_t i = 0; i < every.size(); ++i)
            every[i] = i;
        Task<> ask = askSlots(run, every, stop);
        const Result<> asked = co_await std::move(ask);
        if (!asked)
            co_return fail(asked.error());
        if (run->deeper.size() == deeper || turn > 3)
            break;
    }
    BoardDecision decision = decide(*run);
    if (agrees(*run, decision)) {
        Task<> again = confirm(run, stop);
        const Result<> confirmed = co_await std::move(again);
        decision = decide(*run);
    }
    if (agrees(*run, decision))
        run->publish(Phase::Ready, readyHeadline(decision, run->state.records.size()));
    else
        run->publish(Phase::Waiting, waitingHeadline(*run, decision));
    BoardState state = run->state;
    state.nextCheckAt = {};
    co_return state;
}

std::optional<Error> problemIn(const std::vector<ExpectedRecord> &records)
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    if (records.empty())
        error.detail = QStringLiteral("there is no record to watch for");
    for (const ExpectedRecord &record : records)
        if (record.values.isEmpty())
            error.detail = QStringLiteral("no value is expected at %1").arg(record.name.text());
    return error.detail.isEmpty() ? std::nullopt : std::optional(error);
}

} // namespace

PropagationBoard::PropagationBoard(Resolver &resolver, const Clock &clock, BoardOptions options)
    : m_resolver(resolver)
    , m_clock(clock)
    , m_options(std::move(options))
{
}

PropagationBoard::~PropagationBoard() = default;

std::shared_ptr<PropagationBoard::Run>
PropagationBoard::makeRun(std::vector<ExpectedRecord> records, Sink sink)
{
    auto run = std::make_shared<Run>();
    run->resolver = &m_resolver;
    run->clock = &m_clock;
    run->options = m_options;
    run->sink = std::move(sink);
    for (ExpectedRecord &record : records)
        if (record.effectiveName.isRoot())
            record.effectiveName = record.name;
    run->state.records = std::move(records);
    run->state.startedAt = m_clock.utcNow();
    run->startedAt = run->now();
    run->publishedAt = run->now();
    addHintRows(*run);
    m_run = run;
    return run;
}

Task<BoardState> PropagationBoard::watch(std::vector<ExpectedRecord> records, milliseconds limit,
                                         Sink sink, std::stop_token stop)
{
    if (const auto problem = problemIn(records))
        co_return fail(*problem);
    const std::shared_ptr<Run> run = makeRun(std::move(records), std::move(sink));
    Task<BoardState> task = watchRun(run, limit, stop);
    Result<BoardState> state = co_await std::move(task);
    run->sink = {};
    co_return state;
}

Task<BoardState> PropagationBoard::look(std::vector<ExpectedRecord> records, std::stop_token stop)
{
    if (const auto problem = problemIn(records))
        co_return fail(*problem);
    const std::shared_ptr<Run> run = makeRun(std::move(records), {});
    Task<BoardState> task = lookOnce(run, stop);
    Result<BoardState> state = co_await std::move(task);
    co_return state;
}

void PropagationBoard::askResolver(const DnsName &recordName, const QString &server)
{
    if (!m_run)
        return;
    for (std::size_t i = 0; i < m_run->hints.size(); ++i) {
        const BoardRow &row = m_run->hints[i].row;
        if (row.recordName == recordName && row.server == server)
            m_run->wantedHints.insert(i);
    }
    m_run->touch();
}

void PropagationBoard::checkNow()
{
    if (m_run)
        m_run->wakeLanes();
}

} // namespace sealbook
