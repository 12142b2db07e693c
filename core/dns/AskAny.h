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

} // namespace sealbook
