// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/ZoneCut.h"

#include "core/dns/AskAny.h"

namespace sealbook {

namespace {

constexpr int maxLevels = 12; // ancestors asked for an SOA
constexpr std::size_t maxServers = 20;
constexpr std::size_t maxParentServers = 4;
constexpr int maxReferrals = 8;

using SoaMap = std::map<DnsName, DnsRecord>; // apex -> its SOA
using AddressMap = std::map<DnsName, std::vector<QHostAddress>>;

struct Facts
{
    SoaMap apexes;
    std::map<DnsName, Error> failures; // by the name asked
};

const DnsRecord *findRecord(const std::vector<DnsRecord> &records, DnsType type)
{
    const auto found =
        std::find_if(records.begin(), records.end(),
                     [type](const DnsRecord &record) { return record.type == type; });
    return found == records.end() ? nullptr : &*found;
}

// The apex that a reply about `name` proves: the owner of the SOA in the answer, or in the
// authority section of a "no" (RFC 2308 section 2). Behind a CNAME it would be the target's.
const DnsRecord *apexIn(const DnsReply &reply, const DnsName &name)
{
    if (findRecord(reply.answer, DnsType::CNAME))
        return nullptr;
    const DnsRecord *soa = findRecord(reply.answer, DnsType::SOA);
    if (!soa && (reply.rcode == 0 || reply.rcode == 3))
        soa = findRecord(reply.authority, DnsType::SOA);
    return soa && name.isAtOrBelow(soa->owner) ? soa : nullptr;
}

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

Task<Facts> findApexes(Resolver *resolver, std::vector<DnsName> names, std::stop_token stop)
{
    std::set<DnsName> questions;
    for (const DnsName &name : names) {
        DnsName each = name;
        for (int level = 0; level < maxLevels; ++level) {
            questions.insert(each);
            if (each.isRoot())
                break;
            each = each.parent();
        }
    }
    const std::vector<DnsName> asked(questions.begin(), questions.end());
    std::vector<Task<DnsReply>> tasks;
    for (const DnsName &name : asked)
        tasks.push_back(resolver->resolve({name, DnsType::SOA, true}, stop));
    auto together = all(std::move(tasks));
    const std::vector<Result<DnsReply>> replies = co_await std::move(together);
    Facts facts;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const Result<DnsReply> &reply = replies[i];
        if (!reply) {
            facts.failures.emplace(asked[i], reply.error());
        } else if (const DnsRecord *soa = apexIn(*reply, asked[i])) {
            facts.apexes.emplace(soa->owner, *soa);
        } else if (reply->rcode != 0 && reply->rcode != 3) {
            Error error;
            error.kind = Error::Kind::Network;
            error.detail = QStringLiteral("the DNS resolver says %1 for %2")
                               .arg(rcodeName(reply->rcode), asked[i].absolute());
            error.evidence.insert(QStringLiteral("rcode"), rcodeName(reply->rcode));
            facts.failures.emplace(asked[i], error);
        }
    }
    if (stop.stop_requested())
        co_return fail(cancelled());
    co_return facts;
}

const DnsRecord *deepestApex(const SoaMap &apexes, DnsName name)
{
    for (;; name = name.parent()) {
        if (const auto found = apexes.find(name); found != apexes.end())
            return &found->second;
        if (name.isRoot())
            return nullptr;
    }
}

// A and AAAA of all names at once, over the recursive resolver.
Task<AddressMap> addressesOf(Resolver *resolver, std::vector<DnsName> names, AddressMap known,
                             std::stop_token stop)
{
    std::vector<Task<DnsReply>> tasks;
    for (const DnsName &name : names) {
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

Task<ZoneServers> describeZone(Resolver *resolver, ZoneCutOptions options, DnsRecord soa,
                               DnsName parentZone, std::stop_token stop)
{
    ZoneServers zone;
    zone.zone = soa.owner;
    zone.parentZone = parentZone;
    zone.primary = DnsName::fromText(soa.value).value_or(DnsName());
    zone.serial = soa.serial;
    // RFC 2308 section 5; BIND hands the SOA of a "no" out with TTL 0 when the SOA was asked for.
    zone.negativeTtl = soa.ttl == 0 ? soa.minimum : std::min(soa.minimum, soa.ttl);

    std::vector<Task<DnsReply>> nsTasks;
    nsTasks.push_back(resolver->resolve({zone.zone, DnsType::NS, true}, stop));
    nsTasks.push_back(resolver->resolve({parentZone, DnsType::NS, true}, stop));
    auto nsTogether = all(std::move(nsTasks));
    const std::vector<Result<DnsReply>> nsReplies = co_await std::move(nsTogether);
    std::vector<DnsName> parents;
    std::vector<DnsName> seen;
    AddressMap addresses;
    if (nsReplies[0])
        seen = targets(nsReplies[0]->answer, DnsType::NS, zone.zone, maxServers);
    if (nsReplies[1])
        parents = targets(nsReplies[1]->answer, DnsType::NS, parentZone, maxParentServers);

    std::set<DnsName> wanted(seen.begin(), seen.end());
    wanted.insert(parents.begin(), parents.end());
    std::vector<DnsName> hosts(wanted.begin(), wanted.end());
    Task<AddressMap> lookUp = addressesOf(resolver, hosts, addresses, stop);
    Result<AddressMap> found = co_await std::move(lookUp);
    if (!found)
        co_return fail(found.error());
    addresses = std::move(*found);

    const quint16 port = resolver->serverPort();
    std::vector<DnsEndpoint> above = endpointsOf(serversOf(parents, addresses), port);
    std::vector<DnsEndpoint> below = endpointsOf(serversOf(seen, addresses), port);
    Task<Sides> askSides =
        askBothSides(resolver, zone, std::move(above), std::move(below), options.limit, stop);
    const Result<Sides> sides = co_await std::move(askSides);
    if (!sides)
        co_return fail(sides.error());
    if (stop.stop_requested())
        co_return fail(cancelled());

    // The delegation decides (a ghost in the child's set answers nobody); where it is not known,
    // the child's own set, else what the resolver said.
    std::vector<DnsName> names = sides->parent;
    const std::vector<DnsName> &own = sides->childKnown ? sides->child : seen;
    for (const DnsName &name : own)
        if (!contains(names, name) && names.size() < maxServers)
            names.push_back(name);
    std::vector<DnsName> missing;
    for (const DnsName &name : names) {
        addAddresses(addresses, sides->glue, name, name);
        sortAddresses(addresses[name]);
        if (!wanted.contains(name))
            missing.push_back(name);
    }
    if (!missing.empty()) {
        Task<AddressMap> more = addressesOf(resolver, missing, addresses, stop);
        Result<AddressMap> known = co_await std::move(more);
        if (known)
            addresses = std::move(*known);
    }
    zone.servers = serversOf(names, addresses);
    const bool delegationKnown = sides->parentKnown && !sides->parent.empty();
    for (NameServer &server : zone.servers) {
        server.inParent = !delegationKnown || contains(sides->parent, server.name);
        server.inChild = contains(own, server.name);
        if (server.addresses.empty())
            zone.notes.append(QStringLiteral("%1 has no address.").arg(server.name.text()));
    }
    noteDifferences(zone, *sides);
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

// Whether a zone may lie between `apex` and `name` that the resolver could not show.
bool mayHideAZone(const Facts &facts, const DnsName &name, const DnsName &apex)
{
    bool hides = false;
    for (DnsName each = name; !(each == apex); each = each.parent())
        hides = hides || facts.failures.contains(each);
    return hides;
}

// A resolver also fails where a name is a CNAME to somewhere broken, which moves no zone cut. The
// zone's own servers tell: they answer for the name themselves, or refer to the zone below.
Task<> checkNothingHides(Resolver *resolver, DnsName name, ZoneServers zone, Error failure,
                         std::chrono::milliseconds limit, std::stop_token stop)
{
    const DnsName apex = zone.zone;
    const auto tells = [apex, name](const DnsReply &reply) {
        return (reply.authoritative && (reply.rcode == 0 || reply.rcode == 3))
            || referralBelow(reply, apex, name).has_value();
    };
    const DnsQuestion question{name, DnsType::SOA, false};
    std::vector<DnsEndpoint> servers = endpointsOf(zone.servers, resolver->serverPort());
    Task<DnsReply> ask = askAny(resolver, std::move(servers), question, limit, tells, stop);
    const Result<DnsReply> reply = co_await std::move(ask);
    if (!reply && reply.error().kind == Error::Kind::Cancelled)
        co_return fail(reply.error());
    const DnsRecord *soa = reply && reply->authoritative ? apexIn(*reply, name) : nullptr;
    if (!reply || !reply->authoritative || (soa && !(soa->owner == apex)))
        co_return fail(std::move(failure));
    co_return Result<>();
}

Error noZone(const DnsName &name, const Facts &facts)
{
    if (const auto failure = facts.failures.find(name); failure != facts.failures.end())
        return failure->second;
    if (!facts.failures.empty())
        return facts.failures.begin()->second;
    Error error;
    error.kind = Error::Kind::NotFound;
    error.detail = QStringLiteral("no DNS zone was found for %1").arg(name.absolute());
    error.advice = QStringLiteral("Check the spelling, and that the domain is registered.");
    return error;
}

} // namespace

std::vector<DnsEndpoint> endpointsOf(const std::vector<NameServer> &servers, quint16 port)
{
    std::vector<DnsEndpoint> endpoints;
    // One address of each server first: askAny() then tries different servers.
    for (std::size_t turn = 0, added = 1; added > 0; ++turn) {
        added = 0;
        for (const NameServer &server : servers) {
            if (turn >= server.addresses.size())
                continue;
            endpoints.push_back({server.addresses[turn], port});
            ++added;
        }
    }
    return endpoints;
}

std::optional<DnsName> referralBelow(const DnsReply &reply, const DnsName &zone,
                                     const DnsName &name)
{
    if (reply.authoritative || reply.rcode != 0 || !reply.answer.empty())
        return std::nullopt;
    const DnsRecord *ns = findRecord(reply.authority, DnsType::NS);
    if (!ns || ns->owner == zone || !ns->owner.isAtOrBelow(zone) || !name.isAtOrBelow(ns->owner))
        return std::nullopt;
    return ns->owner;
}

ZoneCut::ZoneCut(Resolver &resolver, ZoneCutOptions options)
    : m_resolver(&resolver)
    , m_options(options)
{
}

Task<ZoneServers> ZoneCut::find(DnsName name, std::stop_token stop) const
{
    const std::vector<DnsName> names{name};
    Task<std::map<DnsName, ZoneServers>> task = findMany(names, stop);
    const Result<std::map<DnsName, ZoneServers>> zones = co_await std::move(task);
    if (!zones)
        co_return fail(zones.error());
    ZoneServers zone = zones->at(name);
    co_return zone;
}

Task<std::map<DnsName, ZoneServers>> ZoneCut::findMany(std::vector<DnsName> names,
                                                       std::stop_token stop) const
{
    Resolver *const resolver = m_resolver;
    const ZoneCutOptions options = m_options;
    Task<Facts> look = findApexes(resolver, names, stop);
    const Result<Facts> facts = co_await std::move(look);
    if (!facts)
        co_return fail(facts.error(), "finding the zone");

    std::map<DnsName, DnsName> zoneOf;
    std::map<DnsName, std::size_t> positions;
    std::vector<Task<ZoneServers>> tasks;
    for (const DnsName &name : names) {
        const DnsRecord *soa = deepestApex(facts->apexes, name);
        if (!soa)
            co_return fail(noZone(name, *facts), "finding the zone");
        zoneOf.emplace(name, soa->owner);
        if (positions.contains(soa->owner))
            continue;
        const DnsRecord *above = deepestApex(facts->apexes, soa->owner.parent());
        positions.emplace(soa->owner, tasks.size());
        tasks.push_back(
            describeZone(resolver, options, *soa, above ? above->owner : DnsName(), stop));
    }
    auto together = all(std::move(tasks));
    const std::vector<Result<ZoneServers>> zones = co_await std::move(together);
    std::map<DnsName, ZoneServers> found;
    for (const auto &[name, apex] : zoneOf) {
        const Result<ZoneServers> &zone = zones[positions.at(apex)];
        if (!zone)
            co_return fail(zone.error(), "finding the name servers");
        found.emplace(name, *zone);
    }
    std::vector<Task<>> checks;
    for (const auto &[name, zone] : found)
        if (mayHideAZone(*facts, name, zone.zone))
            checks.push_back(
                checkNothingHides(resolver, name, zone, noZone(name, *facts), options.limit, stop));
    auto checking = all(std::move(checks));
    const std::vector<Result<>> checked = co_await std::move(checking);
    for (const Result<> &each : checked)
        if (!each)
            co_return fail(each.error(), "finding the zone");
    co_return found;
}

Task<ZoneServers> ZoneCut::findForRecord(DnsName name, std::stop_token stop) const
{
    Resolver *const resolver = m_resolver;
    const ZoneCut self = *this; // this object may be gone after the first wait
    const DnsName parent = name.parent();
    Task<ZoneServers> task = self.find(parent, stop);
    Result<ZoneServers> zone = co_await std::move(task);
    for (int turn = 0; zone && turn < maxReferrals; ++turn) {
        const DnsName apex = zone->zone;
        const auto useful = [apex, name](const DnsReply &reply) {
            return reply.authoritative || referralBelow(reply, apex, name).has_value();
        };
        const DnsQuestion question{name, DnsType::TXT, false};
        std::vector<DnsEndpoint> servers = endpointsOf(zone->servers, resolver->serverPort());
        Task<DnsReply> ask =
            askAny(resolver, std::move(servers), question, self.m_options.limit, useful, stop);
        const Result<DnsReply> reply = co_await std::move(ask);
        if (!reply) {
            if (reply.error().kind == Error::Kind::Cancelled)
                co_return fail(reply.error());
            zone->notes.append(QStringLiteral("It could not be checked whether %1 is delegated "
                                              "further: %2.")
                                   .arg(name.text(), reply.error().detail));
            break;
        }
        const std::optional<DnsName> deeper = referralBelow(*reply, apex, name);
        if (!deeper)
            break;
        // A delegated apex exists, so asking a resolver for it plants no "no".
        const DnsName next = *deeper;
        Task<ZoneServers> again = self.find(next, stop);
        zone = co_await std::move(again);
    }
    co_return zone;
}

} // namespace sealbook
