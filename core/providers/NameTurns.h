// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DnsName.h"
#include "core/base/Task.h"

namespace sealbook {

// Turns at a name between processes: window and terminal may both have to read, merge and write the
// one set of TXT values there, and without a turn one of them loses its value. By name alone: two
// credentials of one account reach the same set. Implemented where the store is known; outlives the
// providers. take() waits, within bounds, and MUST be followed by giveBack(). A process can sleep
// past the end of its turn, so renew() MUST be asked before each write: where it fails (Conflict
// with "turn_lost" as evidence), what was read is stale and MUST NOT be written.
class NameTurns
{
public:
    virtual ~NameTurns() = default;
    [[nodiscard]] virtual Task<> take(DnsName name, std::stop_token stop) = 0;
    [[nodiscard]] virtual Task<> renew(DnsName name) = 0;
    [[nodiscard]] virtual QCoro::Task<> giveBack(DnsName name) = 0;
};

} // namespace sealbook
