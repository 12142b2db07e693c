// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/ZoneCut.h"

namespace sealbook {

// Where a validation record must be written. A value.
struct NamePlan
{
    enum class End {
        Plain, // no CNAME: write at the name itself
        Delegated, // CNAMEs lead to `effective`
        Wildcard, // a wildcard makes the CNAME up: write at the name itself, an own node wins
        Loop, // cannot work
        Dangling, // the target lies in no zone that anybody could write to
        TooLong // more than 10 hops
    };
    DnsName name;
    DnsName effective; // where to write; for Loop, Dangling and TooLong the last name seen
    std::vector<DnsName> hops; // targets in order, `effective` last; empty for Plain and Wildcard
    End end = End::Plain;
    ZoneServers zone; // of `effective`
    std::vector<ZoneServers> hopZones; // where each CNAME stands, in the order of the hops
    QStringList notes; // plain English
    [[nodiscard]] bool canWork() const
    {
        return end == End::Plain || end == End::Delegated || end == End::Wildcard;
    }
    bool operator==(const NamePlan &) const = default;
};

// Follows the CNAMEs from a validation name by asking the zones' own servers (recursive resolvers
// are not asked for the name, see ZoneCut, unless none of its servers can be). All of them: a CNAME
// that was just made or removed is not everywhere yet, so where they differ the zone's newest
// serial decides, and with equal serials the CNAME, because a resolver that sees it follows it.
// Lives as long as its Resolver; main thread.
class CnameChain
{
public:
    explicit CnameChain(Resolver &resolver);
    [[nodiscard]] Task<NamePlan> follow(DnsName name, std::stop_token stop) const;
    // Many at once; the plans stand in the order of the names.
    [[nodiscard]] Task<std::vector<NamePlan>> followAll(std::vector<DnsName> names,
                                                        std::stop_token stop) const;

    static constexpr int maxHops = 10;

private:
    Resolver *m_resolver;
};

} // namespace sealbook
