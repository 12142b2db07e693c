// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/BoardRun.h"

namespace sealbook {

// The rows of resolvers: what recursive servers say. They decide nothing while the name servers
// can be asked. Functions of one watch; main thread.

// Makes the rows anew, not asked.
void addHintRows(PropagationBoard::Run &run);
// Asks these rows of `run->hints` at once, each for at most `limit`. Names of zones that are served
// from private addresses are not shown to anybody outside.
[[nodiscard]] Task<> askHints(std::shared_ptr<PropagationBoard::Run> run,
                              std::vector<std::size_t> hints, std::chrono::milliseconds limit,
                              std::stop_token stop);
[[nodiscard]] std::vector<std::size_t> allHints(const PropagationBoard::Run &run);

// Of the resolvers that are asked over HTTPS, by their last answers: at least two serve every
// record, and none of those that answer says anything else.
[[nodiscard]] bool outsideAgrees(const PropagationBoard::Run &run);

} // namespace sealbook
