// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/ZoneCut.h"

namespace sealbook {

// Who serves the zone whose SOA is given: what a resolver has heard is checked with the servers of
// the zone above and with its own, and what differs stands in the notes. Part of ZoneCut.
[[nodiscard]] Task<ZoneServers> surveyZone(Resolver *resolver, ZoneCutOptions options,
                                           DnsRecord soa, DnsName parentZone, std::stop_token stop);

// The first record of a type; null where there is none.
[[nodiscard]] const DnsRecord *findRecord(const std::vector<DnsRecord> &records, DnsType type);

} // namespace sealbook
