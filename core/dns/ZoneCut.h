// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/Resolver.h"

#include <QHostAddress>

#include <map>
#include <set>

namespace sealbook {

struct NameServer
{
    DnsName name;
    std::vector<QHostAddress> addresses; // A first, then AAAA; empty where none could be found
    bool inParent = false; // in the delegation
    bool inChild = false; // in the zone's own NS set
    bool operator==(const NameServer &) const = default;
};

// A zone and who serves it. A value.
struct ZoneServers
{
    DnsName zone;
    DnsName parentZone; // the zone that delegates it; the root for the root itself
    std::vector<NameServer> servers; // in the order of the delegation, child-only ones last
    DnsName primary; // SOA MNAME
    quint32 serial = 0; // as the recursive resolver saw it
    int negativeTtl = 0; // seconds a "no" is remembered by resolvers (RFC 2308 section 5)
    QStringList notes; // plain English: lame and ghost servers, what could not be confirmed
    bool operator==(const ZoneServers &) const = default;
};

// Where the servers' addresses and the resolver's port make endpoints, IPv4 first.
[[nodiscard]] std::vector<DnsEndpoint> endpointsOf(const std::vector<NameServer> &servers,
                                                   quint16 port);
// The zone that a reply without authority refers `name` to, below `zone`.
[[nodiscard]] std::optional<DnsName> referralBelow(const DnsReply &reply, const DnsName &zone,
                                                   const DnsName &name);

struct ZoneCutOptions
{
    std::chrono::milliseconds limit{2000}; // for one question to one server
    // Also asks each server of the zone whether it knows the zone, and waits for all of them: lame
    // servers are in the notes.
    bool thorough = false;
};

// Finds the zone that a name lies in by the SOA records that come back, never by counting labels,
// and its servers by asking the parent's servers and its own. It asks recursive resolvers only for
// the names that it is given and their ancestors: callers MUST NOT give it a validation name that
// does not exist yet (a resolver would remember the "no", RFC 2308), but that name's parent, or use
// findForRecord(). Holds no state; lives as long as its Resolver; main thread.
class ZoneCut
{
public:
    explicit ZoneCut(Resolver &resolver, ZoneCutOptions options = {});

    // The zone of `name` (which may be its apex). NotFound where no SOA turns up.
    [[nodiscard]] Task<ZoneServers> find(DnsName name, std::stop_token stop) const;
    // The same for many names at once; names of one zone share one look-up. A name without a zone
    // fails the whole with NotFound.
    [[nodiscard]] Task<std::map<DnsName, ZoneServers>> findMany(std::vector<DnsName> names,
                                                                std::stop_token stop) const;
    // The zone that a record at `name` has to be written to, without asking any recursive resolver
    // for `name` itself: it starts at the parent and follows delegations by asking the servers.
    [[nodiscard]] Task<ZoneServers> findForRecord(DnsName name, std::stop_token stop) const;

private:
    Resolver *m_resolver;
    ZoneCutOptions m_options;
};

} // namespace sealbook
