// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/BoardRun.h"

using namespace std::chrono_literals;

namespace sealbook {

namespace {

using Run = PropagationBoard::Run;
using std::chrono::milliseconds;

// On loopback a server has the record within milliseconds, so the first looks come quickly.
constexpr milliseconds loopbackLadder[] = {10ms, 20ms, 30ms, 50ms, 80ms, 120ms, 160ms};
constexpr milliseconds loopbackMost = 200ms;
constexpr milliseconds remoteLadder[] = {300ms, 200ms, 300ms, 400ms, 500ms};
constexpr milliseconds servedAgain = 1000ms; // how often those that serve are looked at again
constexpr milliseconds failingAgain = 500ms;
constexpr std::size_t fastAtOnce = 6; // rows of one address in one look

milliseconds pauseOf(const Run &run, const BoardLane &lane)
{
    if (!run.isFast()) {
        // Never more than one question a server in slowSpacing; slower when it takes minutes.
        const milliseconds elapsed = run.elapsed();
        const int factor = elapsed < 60s ? 1 : elapsed < 180s ? 2 : 5;
        return run.options.slowSpacing * factor;
    }
    const auto step = static_cast<std::size_t>(lane.turn);
    if (lane.endpoint.address.isLoopback())
        return step < std::size(loopbackLadder) ? loopbackLadder[step] : loopbackMost;
    return remoteLadder[std::min(step, std::size(remoteLadder) - 1)];
}

bool isDue(const BoardSlot &slot, milliseconds now)
{
    if (slot.askedAt.count() < 0)
        return true;
    const milliseconds age = now - slot.askedAt;
    switch (slot.row.verdict) {
    case Verdict::Served:
        return age >= servedAgain;
    case Verdict::Failing:
    case Verdict::CannotCheck:
        return age >= failingAgain;
    default:
        return true;
    }
}

// The rows to choose from. In the slow phase those that do not serve, and every fourth time one
// that does, so that falling back is seen.
std::vector<std::size_t> candidates(const Run &run, const BoardLane &lane)
{
    std::vector<std::size_t> chosen;
    const auto isServed = [&](std::size_t slot) {
        return run.slots[slot].row.verdict == Verdict::Served;
    };
    const bool anyPending = !std::all_of(lane.slots.begin(), lane.slots.end(), isServed);
    const bool wantServed = lane.turn % 4 == 3 || !anyPending;
    std::copy_if(lane.slots.begin(), lane.slots.end(), std::back_inserter(chosen),
                 [&](std::size_t slot) { return isServed(slot) == wantServed; });
    return chosen.empty() ? lane.slots : chosen;
}

// What to ask now: a few in turn, one in the slow phase. Names of one zone change together, so the
// rest is asked when the first has come.
std::vector<std::size_t> dueSlots(const Run &run, BoardLane &lane)
{
    std::vector<std::size_t> due;
    std::copy_if(lane.slots.begin(), lane.slots.end(), std::back_inserter(due),
                 [&](std::size_t slot) { return isDue(run.slots[slot], run.now()); });
    const bool isForced = std::any_of(due.begin(), due.end(), [&](std::size_t slot) {
        return run.slots[slot].askedAt.count() < 0; // never asked, or a person wants to know now
    });
    if (isForced)
        return due;
    if (!run.isFast())
        due = candidates(run, lane);
    const std::size_t most = run.isFast() ? fastAtOnce : 1;
    if (due.size() <= most)
        return due;
    std::vector<std::size_t> turn;
    for (std::size_t i = 0; i < most; ++i)
        turn.push_back(due[(lane.cursor + i) % due.size()]);
    lane.cursor += most;
    return turn;
}

std::vector<std::size_t> pendingSlots(const Run &run, const std::vector<std::size_t> &slots)
{
    std::vector<std::size_t> pending;
    std::copy_if(slots.begin(), slots.end(), std::back_inserter(pending),
                 [&](std::size_t slot) { return run.slots[slot].row.verdict != Verdict::Served; });
    return pending;
}

Task<> askSlot(std::shared_ptr<Run> run, std::size_t index, std::stop_token stop)
{
    const DnsEndpoint endpoint = run->slots[index].endpoint;
    const ExpectedRecord record = run->state.records[run->slots[index].record];
    const DnsName zone = run->slots[index].zone;
    const std::optional<BoardHop> hop = run->slots[index].hop;
    const DnsQuestion question{run->slots[index].row.recordName, DnsType::TXT, false};
    Task<DnsReply> task = run->resolver->ask(endpoint, question, run->options.queryLimit, stop);
    const Result<DnsReply> reply = co_await std::move(task);
    if (!reply && reply.error().kind == Error::Kind::Cancelled)
        co_return fail(reply.error());
    run->apply(index,
               hop ? judgeHop(reply, hop->name, hop->target, zone) : judge(reply, record, zone));
    co_return Result<>();
}

Task<> askSerial(std::shared_ptr<Run> run, DnsEndpoint endpoint, DnsName zone, std::stop_token stop)
{
    const DnsQuestion question{zone, DnsType::SOA, false};
    Task<DnsReply> task = run->resolver->ask(endpoint, question, run->options.queryLimit, stop);
    const Result<DnsReply> reply = co_await std::move(task);
    if (!reply)
        co_return fail(reply.error());
    for (const DnsRecord &record : reply->answer)
        if (record.type == DnsType::SOA && record.owner == zone)
            run->noteSerial(endpoint, zone, record.serial);
    co_return Result<>();
}

// Looks at a name where the value may have landed by a slip of the provider's form.
Task<> askClue(std::shared_ptr<Run> run, DnsEndpoint endpoint, BoardClue clue, std::stop_token stop)
{
    const DnsQuestion question{clue.name, DnsType::TXT, false};
    Task<DnsReply> task = run->resolver->ask(endpoint, question, run->options.queryLimit, stop);
    const Result<DnsReply> reply = co_await std::move(task);
    if (!reply)
        co_return fail(reply.error());
    const QStringList &wanted = run->state.records[clue.record].values;
    for (const DnsRecord &record : reply->answer) {
        if (record.type != DnsType::TXT || !(record.owner == clue.name))
            continue;
        if (!wanted.contains(record.value) && slipIn(record.value, wanted).isEmpty())
            continue;
        run->slips[clue.record] = QStringLiteral("it stands at %1 instead").arg(clue.name.text());
        run->touch();
        break;
    }
    co_return Result<>();
}

} // namespace

Task<> askSlots(std::shared_ptr<Run> run, std::vector<std::size_t> slots, std::stop_token stop)
{
    std::vector<Task<>> tasks;
    for (const std::size_t slot : slots)
        if (run->slots[slot].hasAddress)
            tasks.push_back(askSlot(run, slot, stop));
    for (BoardLane &lane : run->lanes) {
        const bool isAsked = std::any_of(slots.begin(), slots.end(), [&](std::size_t slot) {
            return run->slots[slot].endpoint == lane.endpoint;
        });
        if (!isAsked || (!run->isFast() && !run->confirming))
            continue;
        for (const DnsName &zone : std::exchange(lane.wantSerial, {}))
            tasks.push_back(askSerial(run, lane.endpoint, zone, stop));
    }
    auto together = all(std::move(tasks));
    const std::vector<Result<>> results = co_await std::move(together);
    if (stop.stop_requested())
        co_return fail(cancelled());
    co_return Result<>();
}

Task<> pollLane(std::shared_ptr<Run> run, std::size_t index, std::stop_token stop)
{
    while (!stop.stop_requested()) {
        BoardLane &lane = run->lanes[index];
        const DnsEndpoint endpoint = lane.endpoint;
        bool hasNews = false; // a record has come: the others of its zone may be there too
        if (run->confirming) {
            // The confirming round asks everybody itself.
        } else if (!run->isFast() && !lane.clues.empty()) {
            const BoardClue clue = lane.clues.front();
            lane.clues.pop_front();
            Task<> task = askClue(run, endpoint, clue, stop);
            const Result<> done = co_await std::move(task);
        } else if (!run->isFast() && !lane.wantSerial.empty()) {
            const DnsName zone = *lane.wantSerial.begin();
            lane.wantSerial.erase(zone);
            Task<> task = askSerial(run, endpoint, zone, stop);
            const Result<> done = co_await std::move(task);
        } else {
            const std::vector<std::size_t> due = dueSlots(*run, lane);
            const std::size_t before = pendingSlots(*run, due).size();
            Task<> task = askSlots(run, due, stop);
            const Result<> done = co_await std::move(task);
            hasNews = pendingSlots(*run, due).size() < before;
        }
        if (hasNews && !stop.stop_requested()) {
            const std::vector<std::size_t> rest = pendingSlots(*run, run->lanes[index].slots);
            Task<> task = askSlots(run, rest, stop);
            const Result<> done = co_await std::move(task);
        }
        if (stop.stop_requested())
            break;
        BoardLane &again = run->lanes[index];
        const milliseconds pause = pauseOf(*run, again);
        ++again.turn;
        again.nextAt = run->now() + pause;
        const Deferred<> wake;
        again.wake = wake;
        Task<> wait = within(wake, pause, QString(), stop);
        const Result<> woken = co_await std::move(wait);
    }
    co_return Result<>();
}

} // namespace sealbook
