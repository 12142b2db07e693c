// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/Gate.h"

namespace sealbook {

namespace {
constexpr std::chrono::minutes longestWait(10);
}

struct Gate::Pass::State
{
    int free = 1;
    std::deque<Deferred<>> waiting;
};

Gate::Pass::~Pass()
{
    if (!m_state)
        return;
    // Who gave up waiting has settled its promise itself.
    while (!m_state->waiting.empty()) {
        const Deferred<> next = m_state->waiting.front();
        m_state->waiting.pop_front();
        if (next.isSettled())
            continue;
        next.settle({});
        return;
    }
    ++m_state->free;
}

Gate::Pass &Gate::Pass::operator=(Pass &&other) noexcept
{
    std::swap(m_state, other.m_state);
    return *this;
}

Gate::Gate(int places)
    : m_state(std::make_shared<Pass::State>())
{
    m_state->free = places;
}

Task<Gate::Pass> Gate::enter(QString what, std::stop_token stop)
{
    return enter(m_state, std::move(what), std::move(stop));
}

Task<Gate::Pass> Gate::enter(std::shared_ptr<Pass::State> state, QString what, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return fail(cancelled());
    if (state->free > 0) {
        --state->free;
        co_return Pass(std::move(state));
    }
    const Deferred<> turn;
    state->waiting.push_back(turn);
    Task<> wait = within(turn, longestWait, std::move(what), std::move(stop));
    const Result<> entered = co_await std::move(wait);
    if (!entered)
        co_return fail(entered.error());
    co_return Pass(std::move(state));
}

} // namespace sealbook
