// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/BoardRun.h"

namespace sealbook {

// What the board says above its rows, in plain English. Part of PropagationBoard.
[[nodiscard]] QString nameServers(int count); // "3 name servers"
[[nodiscard]] QString waitingHeadline(const PropagationBoard::Run &run,
                                      const BoardDecision &decision);
[[nodiscard]] QString readyHeadline(const BoardDecision &decision, std::size_t records);
// The error of a watch whose time is out, with what each server said that holds it up.
[[nodiscard]] Error notReady(const PropagationBoard::Run &run, const BoardDecision &decision,
                             std::chrono::milliseconds limit);

} // namespace sealbook
