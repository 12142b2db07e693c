// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/OutsideWatch.h"

#include "core/base/Log.h"
#include "core/dns/AskAny.h"
#include "core/dns/BoardHints.h"

using namespace std::chrono_literals;

namespace sealbook {

namespace {

using Run = PropagationBoard::Run;

constexpr auto probeAgain = 30s;
constexpr auto askAgain = 5s;
constexpr auto confirmAgain = 1s;
constexpr auto longestWait = 3600s;

// f, k and l, run by three different operators.
std::vector<DnsEndpoint> usualRoots()
{
    std::vector<DnsEndpoint> roots;
    for (const char *address : {"192.5.5.241", "193.0.14.129", "199.7.83.42"})
        roots.push_back({QHostAddress(QString::fromLatin1(address)), 53});
    return roots;
}

std::chrono::milliseconds longestNegativeTtl(const Run &run)
{
    std::chrono::seconds longest = 0s;
    for (const auto &[record, seconds] : run.negativeTtls)
        longest = std::max(longest, std::chrono::seconds(seconds));
    return std::min<std::chrono::milliseconds>(longest, longestWait);
}

} // namespace

OutsideWatch::OutsideWatch(std::shared_ptr<PropagationBoard::Run> run)
    : m_state(std::make_shared<State>())
{
    m_state->run = std::move(run);
}

Task<bool> OutsideWatch::step(std::stop_token stop)
{
    return stepOf(m_state, std::move(stop));
}

Task<bool> OutsideWatch::portIsClosed(std::shared_ptr<State> state, std::stop_token stop)
{
    const std::shared_ptr<PropagationBoard::Run> run = state->run;
    const std::vector<DnsEndpoint> roots =
        run->options.rootServers.empty() ? usualRoots() : run->options.rootServers;
    const DnsQuestion question{DnsName(), DnsType::SOA, false};
    // A resolver that the network puts in the way of port 53 has no authority for the root.
    const auto isARoot = [](const DnsReply &reply) { return reply.authoritative; };
    Task<DnsReply> probe =
        askAny(run->resolver, roots, question, run->options.queryLimit, isARoot, stop);
    const Result<DnsReply> answer = co_await std::move(probe);
    co_return !answer;
}

Task<bool> OutsideWatch::stepOf(std::shared_ptr<State> state, std::stop_token stop)
{
    const std::shared_ptr<PropagationBoard::Run> run = state->run;
    if (run->options.outside.isEmpty() || !run->options.doh || run->now() < state->nextAt)
        co_return false;
    if (!state->isClosed) {
        Task<bool> look = portIsClosed(state, stop);
        const Result<bool> closed = co_await std::move(look);
        if (stop.stop_requested())
            co_return fail(cancelled());
        if (!closed || !*closed) {
            state->nextAt = run->now() + probeAgain; // open: the zone's own servers are at fault
            co_return false;
        }
        state->isClosed = true;
        logWarning("port 53 is of no use from here: resolvers elsewhere are asked instead");
        waitUntil(*state, run->startedAt + longestNegativeTtl(*run));
        if (run->now() < state->nextAt)
            co_return false;
    }
    std::vector<std::size_t> outside;
    for (std::size_t i = 0; i < run->hints.size(); ++i)
        if (!run->hints[i].url.isEmpty())
            outside.push_back(i);
    Task<> ask = askHints(run, outside, run->options.outsideLimit, stop);
    const Result<> asked = co_await std::move(ask);
    if (!asked)
        co_return fail(asked.error());
    const bool everybody = outsideAgrees(*run);
    state->agreed = everybody ? state->agreed + 1 : 0;
    waitUntil(*state, run->now() + (everybody ? confirmAgain : askAgain));
    co_return state->agreed >= 2;
}

void OutsideWatch::waitUntil(State &state, std::chrono::milliseconds when)
{
    Run &run = *state.run;
    state.nextAt = when;
    run.state.outsideAt = run.clock->utcNow().addMSecs((when - run.now()).count());
    run.touch();
}

} // namespace sealbook
