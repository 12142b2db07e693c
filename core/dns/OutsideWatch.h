// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/BoardRun.h"

namespace sealbook {

// Readiness by the outside view, for machines whose port 53 is closed: a probe of root servers
// shows that it is, then resolvers elsewhere are asked, first one negative TTL after the start (an
// earlier "no" would be remembered), and have to agree twice. Lives in one watch's frame.
class OutsideWatch
{
public:
    explicit OutsideWatch(std::shared_ptr<PropagationBoard::Run> run);
    // Does what is due now; true when the outside view is ready.
    [[nodiscard]] Task<bool> step(std::stop_token stop);

private:
    // Static, and with a state of its own: a step may be under way when its watch ends.
    struct State
    {
        std::shared_ptr<PropagationBoard::Run> run;
        bool isClosed = false;
        int agreed = 0;
        std::chrono::milliseconds nextAt{0};
    };
    [[nodiscard]] static Task<bool> stepOf(std::shared_ptr<State> state, std::stop_token stop);
    static void waitUntil(State &state, std::chrono::milliseconds when);
    [[nodiscard]] static Task<bool> portIsClosed(std::shared_ptr<State> state,
                                                 std::stop_token stop);
    std::shared_ptr<State> m_state;
};

} // namespace sealbook
