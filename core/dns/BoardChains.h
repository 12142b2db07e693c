// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/BoardRun.h"

namespace sealbook {

// Where the CNAMEs of names that are published elsewhere lead now: into `misled` and `hops` of the
// run. Part of PropagationBoard.
[[nodiscard]] Task<> checkChains(std::shared_ptr<PropagationBoard::Run> run, std::stop_token stop);
// Somebody may correct a CNAME that leads elsewhere while we wait.
[[nodiscard]] bool areChainsDue(const PropagationBoard::Run &run);

} // namespace sealbook
