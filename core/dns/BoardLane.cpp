// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/BoardRun.h"

using namespace std::chrono_literals;

namespace sealbook {

namespace {

using Run = PropagationBoard::Run;
using std::chrono::milliseconds;

// On loopback a server has the record within milliseconds, so the first looks come quickly.
constexpr milliseconds loopbackLadder[] = {10ms, 15ms, 20ms, 30ms, 40ms, 60ms, 80ms, 120ms, 160ms};
constexpr milliseconds loopbackMost = 200ms;
constexpr milliseconds remoteLadder[] = {300ms, 200ms, 300ms, 400ms, 500ms};
constexpr milliseconds servedAgain = 1000ms; // how often those that serve are looked at again
constexpr milliseconds failingAgain = 500ms;

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

// What to ask now. In the slow phase it is one row: those that do not serve in turn, and every
// fourth time one that does, so that falling back is seen.
std::vector<std::size_t> dueSlots(const Run &run, BoardLane &lane)
{
    std::vector<std::size_t> due;
    std::copy_if(lane.slots.begin(), lane.slots.end(), std::back_inserter(due),
                 [&](std::size_t slot) { return isDue(run.slots[slot], run.now()); });
    const bool isForced = std::any_of(due.begin(), due.end(), [&](std::size_t slot) {
        return run.slots[slot].askedAt.count() < 0; // never asked, or a person wants to know now
    });
    if (run.isFast() || isForced)
        return due;
    due.clear();
    const bool wantServed = lane.turn % 4 == 3;
    for (const bool served : {wantServed, !wantServed}) {
        for (std::size_t i = 0; i < lane.slots.size(); ++i) {
            const std::size_t slot = lane.slots[(lane.cursor + i) % lane.slots.size()];
            if ((run.slots[slot].row.verdict == Verdict::Served) != served)
                continue;
            lane.cursor = (lane.cursor + i + 1) % lane.slots.size();
            return {slot};
        }
    }
    return due;
}

Task<> askSlot(std::shared_ptr<Run> run, std::size_t index, std::stop_token stop)
{
    const DnsEndpoint endpoint = run->slots[index].endpoint;
    const ExpectedRecord record = run->state.records[run->slots[index].record];
    const DnsName zone = run->slots[index].zone;
    const DnsQuestion question{record.effectiveName, DnsType::TXT, false};
    Task<DnsReply> task = run->resolver->ask(endpoint, question, run->options.queryLimit, stop);
    const Result<DnsReply> reply = co_await std::move(task);
    if (!reply && reply.error().kind == Error::Kind::Cancelled)
        co_return fail(reply.error());
    run->apply(index, judge(reply, record, zone));
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
        bool burst = false;
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
            const bool wasServed =
                due.size() == 1 && run->slots[due.front()].row.verdict == Verdict::Served;
            Task<> task = askSlots(run, due, stop);
            const Result<> done = co_await std::move(task);
            // One record has come: the others of the zone will have come with it.
            burst = !run->isFast() && due.size() == 1 && !wasServed
                && run->slots[due.front()].row.verdict == Verdict::Served;
        }
        if (burst) {
            std::vector<std::size_t> rest;
            for (const std::size_t slot : run->lanes[index].slots)
                if (run->slots[slot].row.verdict != Verdict::Served)
                    rest.push_back(slot);
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
