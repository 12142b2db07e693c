// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/ZoneCut.h"

#include "core/dns/AskAny.h"
#include "core/dns/ZoneSurvey.h"

namespace sealbook {

namespace {

constexpr int maxLevels = 12; // ancestors asked for an SOA
constexpr int maxReferrals = 8;

using SoaMap = std::map<DnsName, DnsRecord>; // apex -> its SOA

struct Facts
{
    SoaMap apexes;
    std::map<DnsName, Error> failures; // by the name asked
};

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
            surveyZone(resolver, options, *soa, above ? above->owner : DnsName(), stop));
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
