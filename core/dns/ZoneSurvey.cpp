// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/ZoneSurvey.h"

#include "core/dns/AskAny.h"

namespace sealbook {

namespace {

constexpr std::size_t maxServers = 20;
constexpr std::size_t maxParentServers = 4;

using AddressMap = std::map<DnsName, std::vector<QHostAddress>>;

std::vector<DnsName> targets(const std::vector<DnsRecord> &records, DnsType type,
                             const DnsName &owner, std::size_t most)
{
    std::vector<DnsName> names;
    for (const DnsRecord &record : records) {
        if (record.type != type || !(record.owner == owner) || names.size() >= most)
            continue;
        const Result<DnsName> name = DnsName::fromText(record.value);
        if (name && std::find(names.begin(), names.end(), *name) == names.end())
            names.push_back(*name);
    }
    return names;
}

void addAddresses(AddressMap &map, const std::vector<DnsRecord> &records, const DnsName &owner,
                  const DnsName &name)
{
    std::vector<QHostAddress> &addresses = map[name];
    for (const DnsRecord &record : records) {
        const bool isAddress = record.type == DnsType::A || record.type == DnsType::AAAA;
        const QHostAddress address(isAddress ? record.value : QString());
        if (!isAddress || !(record.owner == owner) || address.isNull())
            continue;
        if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
            addresses.push_back(address);
    }
}

void sortAddresses(std::vector<QHostAddress> &addresses)
{
    std::stable_sort(addresses.begin(), addresses.end(),
                     [](const QHostAddress &left, const QHostAddress &right) {
                         return left.protocol() < right.protocol(); // IPv4 first
                     });
}

// A and AAAA of all names at once, over the recursive resolver.
Task<AddressMap> addressesOf(Resolver *resolver, std::vector<DnsName> names, AddressMap known,
                             std::stop_token stop)
{
    std::vector<Task<DnsReply>> tasks;
    for (const DnsName &name : names) {
        known.try_emplace(name); // asked for, whatever comes back
        tasks.push_back(resolver->resolve({name, DnsType::A, true}, stop));
        tasks.push_back(resolver->resolve({name, DnsType::AAAA, true}, stop));
    }
    auto together = all(std::move(tasks));
    const std::vector<Result<DnsReply>> replies = co_await std::move(together);
    for (std::size_t i = 0; i < replies.size(); ++i)
        if (replies[i])
            addAddresses(known, replies[i]->answer, names[i / 2], names[i / 2]);
    for (auto &[name, addresses] : known)
        sortAddresses(addresses);
    co_return known;
}

std::vector<NameServer> serversOf(const std::vector<DnsName> &names, const AddressMap &addresses)
{
    std::vector<NameServer> servers;
    for (const DnsName &name : names) {
        NameServer server;
        server.name = name;
        if (const auto found = addresses.find(name); found != addresses.end())
            server.addresses = found->second;
        servers.push_back(std::move(server));
    }
    return servers;
}

QString joined(const std::vector<DnsName> &names)
{
    QStringList texts;
    for (const DnsName &name : names)
        texts.append(name.text());
    return texts.join(QStringLiteral(", "));
}

bool contains(const std::vector<DnsName> &names, const DnsName &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

// What the two sides of a zone cut say about its servers.
struct Sides
{
    std::vector<DnsName> parent;
    std::vector<DnsName> child;
    bool parentKnown = false;
    bool childKnown = false;
    QString parentProblem;
    QString childProblem;
    std::vector<DnsRecord> glue;
};

Task<Sides> askBothSides(Resolver *resolver, ZoneServers zone, std::vector<DnsEndpoint> parents,
                         std::vector<DnsEndpoint> children, std::chrono::milliseconds limit,
                         std::stop_token stop)
{
    const DnsName apex = zone.zone;
    const DnsQuestion question{apex, DnsType::NS, false};
    const auto saysWhoServes = [apex](const DnsReply &reply) {
        return (reply.rcode == 0 || reply.rcode == 3)
            && (reply.authoritative || !targets(reply.authority, DnsType::NS, apex, 1).empty());
    };
    const auto knowsItsZone = [apex](const DnsReply &reply) {
        return reply.authoritative && !targets(reply.answer, DnsType::NS, apex, 1).empty();
    };
    std::vector<Task<DnsReply>> tasks;
    if (!apex.isRoot())
        tasks.push_back(askAny(resolver, parents, question, limit, saysWhoServes, stop));
    tasks.push_back(askAny(resolver, children, question, limit, knowsItsZone, stop));
    auto together = all(std::move(tasks));
    const std::vector<Result<DnsReply>> replies = co_await std::move(together);

    Sides sides;
    const Result<DnsReply> &own = replies.back();
    sides.childKnown = own.has_value();
    if (own)
        sides.child = targets(own->answer, DnsType::NS, apex, maxServers);
    else
        sides.childProblem = own.error().detail;
    if (apex.isRoot()) {
        sides.parent = sides.child;
        sides.parentKnown = sides.childKnown;
        co_return sides;
    }
    const Result<DnsReply> &above = replies.front();
    sides.parentKnown = above.has_value();
    if (above) {
        sides.parent = targets(above->authority, DnsType::NS, apex, maxServers);
        if (sides.parent.empty())
            sides.parent = targets(above->answer, DnsType::NS, apex, maxServers);
        sides.glue = above->additional;
    } else {
        sides.parentProblem = above.error().detail;
    }
    co_return sides;
}

void noteDifferences(ZoneServers &zone, const Sides &sides)
{
    if (!sides.parentKnown)
        zone.notes.append(QStringLiteral("The delegation of %1 could not be confirmed: %2.")
                              .arg(zone.zone.text(), sides.parentProblem));
    else if (sides.parent.empty())
        zone.notes.append(QStringLiteral("The zone above (%1) does not delegate %2: resolvers "
                                         "elsewhere will not find it.")
                              .arg(zone.parentZone.absolute(), zone.zone.text()));
    if (!sides.childKnown)
        zone.notes.append(QStringLiteral("No server of %1 names the zone's servers: %2.")
                              .arg(zone.zone.text(), sides.childProblem));
    if (!sides.parentKnown || !sides.childKnown || sides.parent.empty())
        return;
    std::vector<DnsName> ghosts;
    std::vector<DnsName> unlisted;
    std::copy_if(sides.child.begin(), sides.child.end(), std::back_inserter(ghosts),
                 [&](const DnsName &name) { return !contains(sides.parent, name); });
    std::copy_if(sides.parent.begin(), sides.parent.end(), std::back_inserter(unlisted),
                 [&](const DnsName &name) { return !contains(sides.child, name); });
    if (!ghosts.empty())
        zone.notes.append(QStringLiteral("Only the zone itself names %1, the delegation does not.")
                              .arg(joined(ghosts)));
    if (!unlisted.empty())
        zone.notes.append(QStringLiteral("Only the delegation names %1, the zone itself does not.")
                              .arg(joined(unlisted)));
}

// Asks every address whether it serves the zone with authority.
Task<QStringList> findLameServers(Resolver *resolver, ZoneServers zone,
                                  std::chrono::milliseconds limit, std::stop_token stop)
{
    std::vector<Task<DnsReply>> tasks;
    QStringList who;
    for (const NameServer &server : zone.servers)
        for (const QHostAddress &address : server.addresses) {
            who.append(QStringLiteral("%1 (%2)").arg(server.name.text(), address.toString()));
            const DnsEndpoint endpoint{address, resolver->serverPort()};
            tasks.push_back(resolver->ask(endpoint, {zone.zone, DnsType::SOA, false}, limit, stop));
        }
    auto together = all(std::move(tasks));
    const std::vector<Result<DnsReply>> replies = co_await std::move(together);
    QStringList notes;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const QString &name = who.at(static_cast<qsizetype>(i));
        const Result<DnsReply> &reply = replies[i];
        if (!reply)
            notes.append(QStringLiteral("%1 cannot be asked: %2.").arg(name, reply.error().detail));
        else if (reply->rcode != 0)
            notes.append(QStringLiteral("%1 is lame: it answers %2 for %3.")
                             .arg(name, rcodeName(reply->rcode), zone.zone.text()));
        else if (!reply->authoritative || !findRecord(reply->answer, DnsType::SOA))
            notes.append(QStringLiteral("%1 is lame: it does not serve %2 with authority.")
                             .arg(name, zone.zone.text()));
    }
    co_return notes;
}

// What a recursive resolver knows of a zone's servers and of those that delegate it.
struct Hearsay
{
    std::vector<DnsName> servers;
    std::vector<DnsName> parents;
    AddressMap addresses; // of both
};

Task<Hearsay> askResolver(Resolver *resolver, DnsName zone, DnsName parentZone,
                          std::stop_token stop)
{
    std::vector<Task<DnsReply>> tasks;
    tasks.push_back(resolver->resolve({zone, DnsType::NS, true}, stop));
    tasks.push_back(resolver->resolve({parentZone, DnsType::NS, true}, stop));
    auto together = all(std::move(tasks));
    const std::vector<Result<DnsReply>> replies = co_await std::move(together);
    Hearsay heard;
    if (replies[0])
        heard.servers = targets(replies[0]->answer, DnsType::NS, zone, maxServers);
    if (replies[1])
        heard.parents = targets(replies[1]->answer, DnsType::NS, parentZone, maxParentServers);
    std::set<DnsName> wanted(heard.servers.begin(), heard.servers.end());
    wanted.insert(heard.parents.begin(), heard.parents.end());
    const std::vector<DnsName> hosts(wanted.begin(), wanted.end());
    const AddressMap none;
    Task<AddressMap> lookUp = addressesOf(resolver, hosts, none, stop);
    Result<AddressMap> found = co_await std::move(lookUp);
    if (!found)
        co_return fail(found.error());
    heard.addresses = std::move(*found);
    co_return heard;
}

// The delegation decides (a ghost in the child's set answers nobody); where it is not known, the
// child's own set.
std::vector<DnsName> serversBy(const Sides &sides)
{
    std::vector<DnsName> names = sides.parent;
    for (const DnsName &name : sides.child)
        if (!contains(names, name) && names.size() < maxServers)
            names.push_back(name);
    return names;
}

// The addresses of servers, with the glue of the delegation, and looked up where nobody told them.
Task<AddressMap> completed(Resolver *resolver, std::vector<DnsName> names, AddressMap known,
                           std::vector<DnsRecord> glue, std::stop_token stop)
{
    std::vector<DnsName> missing;
    for (const DnsName &name : names) {
        if (!known.contains(name))
            missing.push_back(name);
        addAddresses(known, glue, name, name);
        sortAddresses(known[name]);
    }
    if (missing.empty())
        co_return known;
    Task<AddressMap> more = addressesOf(resolver, missing, known, stop);
    Result<AddressMap> found = co_await std::move(more);
    if (found)
        known = std::move(*found);
    co_return known;
}

void markSides(ZoneServers &zone, const Sides &sides)
{
    const bool delegationKnown = sides.parentKnown && !sides.parent.empty();
    for (NameServer &server : zone.servers) {
        server.inParent = !delegationKnown || contains(sides.parent, server.name);
        server.inChild = contains(sides.child, server.name);
        if (server.addresses.empty())
            zone.notes.append(QStringLiteral("%1 has no address.").arg(server.name.text()));
    }
    noteDifferences(zone, sides);
}

ZoneServers zoneOf(const DnsRecord &soa, const DnsName &parentZone)
{
    ZoneServers zone;
    zone.zone = soa.owner;
    zone.parentZone = parentZone;
    zone.primary = DnsName::fromText(soa.value).value_or(DnsName());
    zone.serial = soa.serial;
    // RFC 2308 section 5; BIND hands the SOA of a "no" out with TTL 0 when the SOA was asked for.
    zone.negativeTtl = soa.ttl == 0 ? soa.minimum : std::min(soa.minimum, soa.ttl);
    return zone;
}

} // namespace

const DnsRecord *findRecord(const std::vector<DnsRecord> &records, DnsType type)
{
    const auto found =
        std::find_if(records.begin(), records.end(),
                     [type](const DnsRecord &record) { return record.type == type; });
    return found == records.end() ? nullptr : &*found;
}

Task<ZoneServers> surveyZone(Resolver *resolver, ZoneCutOptions options, DnsRecord soa,
                             DnsName parentZone, std::stop_token stop)
{
    ZoneServers zone = zoneOf(soa, parentZone);
    Task<Hearsay> asking = askResolver(resolver, zone.zone, parentZone, stop);
    const Result<Hearsay> heard = co_await std::move(asking);
    if (!heard)
        co_return fail(heard.error());
    const quint16 port = resolver->serverPort();
    std::vector<DnsEndpoint> above = endpointsOf(serversOf(heard->parents, heard->addresses), port);
    std::vector<DnsEndpoint> below = endpointsOf(serversOf(heard->servers, heard->addresses), port);
    Task<Sides> askSides =
        askBothSides(resolver, zone, std::move(above), std::move(below), options.limit, stop);
    Result<Sides> sides = co_await std::move(askSides);
    if (!sides)
        co_return fail(sides.error());
    if (stop.stop_requested())
        co_return fail(cancelled());
    if (!sides->childKnown)
        sides->child = heard->servers;

    const std::vector<DnsName> names = serversBy(*sides);
    Task<AddressMap> completing = completed(resolver, names, heard->addresses, sides->glue, stop);
    const Result<AddressMap> addresses = co_await std::move(completing);
    if (!addresses)
        co_return fail(addresses.error());
    zone.servers = serversOf(names, *addresses);
    markSides(zone, *sides);
    if (options.thorough) {
        Task<QStringList> lame = findLameServers(resolver, zone, options.limit, stop);
        const Result<QStringList> notes = co_await std::move(lame);
        if (notes)
            zone.notes += *notes;
    }
    if (zone.servers.empty()) {
        Error error;
        error.kind = Error::Kind::NotFound;
        error.detail = QStringLiteral("no name server of the zone %1 could be found")
                           .arg(zone.zone.absolute());
        co_return fail(std::move(error));
    }
    co_return zone;
}

} // namespace sealbook
