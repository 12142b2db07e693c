// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/Resolver.h"

#include <functional>

namespace sealbook {

// Asks servers of which any will do, a few at a time, and takes the first reply that is `good`; the
// others are stopped. Fails with the last failure where none is; a reply that is not good is then a
// Network error that names the rcode. `resolver` MUST outlive the task.
[[nodiscard]] Task<DnsReply> askAny(Resolver *resolver, std::vector<DnsEndpoint> servers,
                                    DnsQuestion question, std::chrono::milliseconds limit,
                                    std::function<bool(const DnsReply &)> good,
                                    std::stop_token stop);

// What one of several servers said.
struct DnsHeard
{
    DnsEndpoint server;
    DnsReply reply;
};

// Asks up to nine servers at once and hands out every good reply, in the servers' order: those that
// come while `grace` has not passed since the first. For questions on which servers may differ
// while a change is on its way. Fails as askAny() does. `resolver` MUST outlive the task.
[[nodiscard]] Task<std::vector<DnsHeard>>
askEach(Resolver *resolver, std::vector<DnsEndpoint> servers, DnsQuestion question,
        std::chrono::milliseconds limit, std::chrono::milliseconds grace,
        std::function<bool(const DnsReply &)> good, std::stop_token stop);

} // namespace sealbook
