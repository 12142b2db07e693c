// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/CnameChain.h"

#include "core/base/PublicSuffix.h"
#include "core/dns/AskAny.h"

#include <QRandomGenerator>

using namespace std::chrono_literals;

namespace sealbook {

namespace {

constexpr std::chrono::milliseconds askLimit = 2000ms;
constexpr std::chrono::milliseconds grace = 500ms; // how long the first answer waits for others
constexpr int maxReferrals = 8;

std::optional<DnsName> cnameAt(const DnsReply &reply, const DnsName &name)
{
    for (const DnsRecord &record : reply.answer) {
        if (record.type != DnsType::CNAME || !(record.owner == name))
            continue;
        const Result<DnsName> target = DnsName::fromText(record.value);
        return target ? std::optional(*target) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<quint32> serialIn(const std::vector<DnsRecord> &records)
{
    for (const DnsRecord &record : records)
        if (record.type == DnsType::SOA)
            return record.serial;
    return std::nullopt;
}

// RFC 1982 section 3.2: serials run in a circle.
bool isNewer(quint32 left, quint32 right)
{
    return left != right && left - right < 0x80000000U;
}

Task<quint32> serialOf(Resolver *resolver, DnsHeard heard, DnsName zone, std::stop_token stop)
{
    // A "no" has it along (RFC 2308 section 3).
    if (const auto serial = serialIn(heard.reply.authority))
        co_return *serial;
    const DnsQuestion question{zone, DnsType::SOA, false};
    Task<DnsReply> ask = resolver->ask(heard.server, question, askLimit, stop);
    const Result<DnsReply> reply = co_await std::move(ask);
    if (!reply)
        co_return fail(reply.error());
    const auto serial = serialIn(reply->answer);
    if (!serial)
        co_return fail(Error::Kind::Corrupt, QStringLiteral("no SOA in the answer"));
    co_return *serial;
}

// Which of several answers holds: all the same, or the one of who has the newest zone.
Task<DnsReply> newestOf(Resolver *resolver, std::vector<DnsHeard> heard, DnsName name, DnsName zone,
                        std::stop_token stop)
{
    const auto first = cnameAt(heard.front().reply, name);
    const bool allSame = std::all_of(heard.begin(), heard.end(), [&](const DnsHeard &each) {
        return cnameAt(each.reply, name) == first;
    });
    if (allSame) {
        DnsReply reply = heard.front().reply;
        co_return reply;
    }
    std::vector<Task<quint32>> tasks;
    for (const DnsHeard &each : heard)
        tasks.push_back(serialOf(resolver, each, zone, stop));
    auto together = all(std::move(tasks));
    const std::vector<Result<quint32>> serials = co_await std::move(together);
    if (stop.stop_requested())
        co_return fail(cancelled());
    std::size_t best = 0;
    for (std::size_t i = 1; i < heard.size(); ++i) {
        const Result<quint32> &mine = serials[i];
        const Result<quint32> &theirs = serials[best];
        const bool isTie = !mine || !theirs || *mine == *theirs;
        const bool wins = isTie
            ? cnameAt(heard[i].reply, name).has_value() && !cnameAt(heard[best].reply, name)
            : isNewer(*mine, *theirs);
        if (wins)
            best = i;
    }
    DnsReply reply = heard[best].reply;
    co_return reply;
}

// The answer of the servers that are authoritative for one name, and their zone.
struct Authoritative
{
    DnsReply reply;
    ZoneServers zone;
};

Task<Authoritative> askOwners(Resolver *resolver, DnsName name, ZoneServers zone,
                              std::stop_token stop)
{
    const ZoneCut cut(*resolver);
    Authoritative found;
    found.zone = std::move(zone);
    for (int turn = 0; turn < maxReferrals; ++turn) {
        const DnsName apex = found.zone.zone;
        const auto useful = [apex, name](const DnsReply &reply) {
            const bool answered = reply.authoritative && (reply.rcode == 0 || reply.rcode == 3);
            return answered || referralBelow(reply, apex, name).has_value();
        };
        const DnsQuestion question{name, DnsType::TXT, false};
        std::vector<DnsEndpoint> servers = endpointsOf(found.zone.servers, resolver->serverPort());
        Task<std::vector<DnsHeard>> ask =
            askEach(resolver, std::move(servers), question, askLimit, grace, useful, stop);
        const Result<std::vector<DnsHeard>> heard = co_await std::move(ask);
        if (!heard)
            co_return fail(heard.error(), "asking the zone's servers");
        std::optional<DnsName> deeper;
        std::vector<DnsHeard> answers;
        for (const DnsHeard &each : *heard) {
            if (const auto below = referralBelow(each.reply, apex, name))
                deeper = below;
            else
                answers.push_back(each);
        }
        if (!deeper) {
            Task<DnsReply> choose = newestOf(resolver, answers, name, apex, stop);
            Result<DnsReply> reply = co_await std::move(choose);
            if (!reply)
                co_return fail(reply.error());
            found.reply = std::move(*reply);
            co_return found;
        }
        const DnsName next = *deeper;
        Task<ZoneServers> again = cut.find(next, stop);
        Result<ZoneServers> below = co_await std::move(again);
        if (!below)
            co_return fail(below.error());
        found.zone = std::move(*below);
    }
    co_return fail(
        Error::Kind::DnsNotReady,
        QStringLiteral("the servers refer %1 from one to the next without end").arg(name.text()));
}

// A name beside `name` that nobody has made: only a wildcard can answer for it (RFC 4592).
Result<DnsName> randomSibling(const DnsName &name)
{
    const QString label = QStringLiteral("sb-%1").arg(QRandomGenerator::system()->generate64(), 13,
                                                      36, QLatin1Char('0'));
    return name.parent().below(label);
}

// Where the CNAME at a name leads, if there is one.
struct Alias
{
    std::optional<DnsName> target;
    ZoneServers zone; // of the name
    QString problem; // why its servers could not be asked; then the resolver was
};

// Where nobody can be asked from here, the resolver can still tell of a CNAME that is there. That
// it remembers a "no" does no harm then: the board waits a negative TTL before it asks resolvers.
Task<Alias> aliasAt(Resolver *resolver, DnsName name, ZoneServers zone, std::stop_token stop)
{
    Alias alias;
    alias.zone = zone;
    Task<Authoritative> task = askOwners(resolver, name, std::move(zone), stop);
    const Result<Authoritative> answer = co_await std::move(task);
    if (answer) {
        alias.target = cnameAt(answer->reply, name);
        alias.zone = answer->zone;
        co_return alias;
    }
    if (answer.error().kind == Error::Kind::Cancelled)
        co_return fail(answer.error());
    alias.problem = answer.error().detail;
    Task<DnsReply> ask = resolver->resolve({name, DnsType::CNAME, true}, stop);
    const Result<DnsReply> reply = co_await std::move(ask);
    if (!reply && reply.error().kind == Error::Kind::Cancelled)
        co_return fail(reply.error());
    if (reply)
        alias.target = cnameAt(*reply, name);
    co_return alias;
}

Task<bool> isWildcard(Resolver *resolver, DnsName name, DnsName target, ZoneServers zone,
                      std::stop_token stop)
{
    const Result<DnsName> sibling = randomSibling(name);
    if (!sibling)
        co_return false;
    const DnsName beside = *sibling;
    Task<Alias> task = aliasAt(resolver, beside, std::move(zone), stop);
    const Result<Alias> alias = co_await std::move(task);
    if (!alias)
        co_return fail(alias.error());
    co_return alias->target == target;
}

// Nobody writes records into the root or the zone of a registry for a validation; into a top-level
// domain of a local network its owner does. A suffix of more labels may be somebody's (nhs.uk).
bool isNobodysZone(const ZoneServers &zone)
{
    const qsizetype labels = zone.zone.labels().size();
    return labels == 0 || (labels == 1 && isPublicSuffix(zone.zone.text()));
}

// Ends a plan at a name that is no CNAME, or of which that is not known.
void endAt(NamePlan &plan, const Alias &alias)
{
    const QString current = plan.effective.text();
    if (!alias.problem.isEmpty()) {
        // Not known is no reason to stop: the board looks at every server anyway.
        plan.notes.append(QStringLiteral("It could not be checked whether %1 is a CNAME: %2.")
                              .arg(current, alias.problem));
    } else if (!plan.hops.empty() && isNobodysZone(plan.zone)) {
        plan.end = NamePlan::End::Dangling;
        plan.notes.append(
            QStringLiteral("The CNAME chain ends at %1, which lies in no zone of anybody's.")
                .arg(current));
    }
}

// False where nothing can be served behind this hop.
bool addHop(NamePlan &plan, const DnsName &target)
{
    const QString current = plan.effective.text();
    const bool seen = target == plan.name
        || std::find(plan.hops.begin(), plan.hops.end(), target) != plan.hops.end();
    plan.end = NamePlan::End::Delegated;
    plan.hops.push_back(target);
    plan.hopZones.push_back(plan.zone);
    plan.effective = target;
    if (seen) {
        plan.end = NamePlan::End::Loop;
        plan.notes.append(
            QStringLiteral("The CNAME at %1 leads back to %2: nothing can be served there.")
                .arg(current, target.text()));
    } else if (plan.hops.size() > static_cast<std::size_t>(CnameChain::maxHops)) {
        plan.end = NamePlan::End::TooLong;
        plan.notes.append(QStringLiteral("More than %1 CNAMEs follow on %2: CAs give up.")
                              .arg(CnameChain::maxHops)
                              .arg(plan.name.text()));
    }
    return plan.end == NamePlan::End::Delegated;
}

Task<NamePlan> followFrom(Resolver *resolver, DnsName name, ZoneServers start, std::stop_token stop)
{
    NamePlan plan;
    plan.name = name;
    plan.effective = name;
    plan.zone = std::move(start);
    const ZoneCut cut(*resolver);
    for (;;) {
        const DnsName current = plan.effective;
        Task<Alias> task = aliasAt(resolver, current, plan.zone, stop);
        const Result<Alias> alias = co_await std::move(task);
        if (!alias)
            co_return fail(alias.error());
        plan.zone = alias->zone;
        if (!alias->target) {
            endAt(plan, *alias);
            co_return plan;
        }
        const DnsName target = *alias->target;
        if (plan.hops.empty()) {
            Task<bool> look = isWildcard(resolver, current, target, plan.zone, stop);
            const Result<bool> made = co_await std::move(look);
            if (made && *made) {
                plan.end = NamePlan::End::Wildcard;
                plan.notes.append(
                    QStringLiteral("A wildcard above %1 answers for it with a CNAME to %2. The "
                                   "record is written at %1 itself, where it wins.")
                        .arg(current.text(), target.text()));
                co_return plan;
            }
        }
        if (!addHop(plan, target))
            co_return plan;
        const DnsName above = target.parent();
        Task<ZoneServers> next = cut.find(above, stop);
        Result<ZoneServers> zone = co_await std::move(next);
        if (!zone && zone.error().kind == Error::Kind::Cancelled)
            co_return fail(zone.error());
        if (!zone) {
            plan.end = NamePlan::End::Dangling;
            plan.zone = {};
            plan.notes.append(QStringLiteral("The CNAME at %1 leads to %2, for which no zone can "
                                             "be found: %3.")
                                  .arg(current.text(), target.text(), zone.error().detail));
            co_return plan;
        }
        plan.zone = std::move(*zone);
    }
}

} // namespace

CnameChain::CnameChain(Resolver &resolver)
    : m_resolver(&resolver)
{
}

Task<NamePlan> CnameChain::follow(DnsName name, std::stop_token stop) const
{
    const std::vector<DnsName> names{name};
    Task<std::vector<NamePlan>> task = followAll(names, stop);
    Result<std::vector<NamePlan>> plans = co_await std::move(task);
    if (!plans)
        co_return fail(plans.error());
    NamePlan plan = std::move(plans->front());
    co_return plan;
}

Task<std::vector<NamePlan>> CnameChain::followAll(std::vector<DnsName> names,
                                                  std::stop_token stop) const
{
    Resolver *const resolver = m_resolver;
    std::vector<DnsName> parents;
    for (const DnsName &name : names)
        parents.push_back(name.parent());
    const ZoneCut cut(*resolver);
    Task<std::map<DnsName, ZoneServers>> look = cut.findMany(parents, stop);
    const Result<std::map<DnsName, ZoneServers>> zones = co_await std::move(look);
    if (!zones)
        co_return fail(zones.error());
    std::vector<Task<NamePlan>> tasks;
    for (const DnsName &name : names)
        tasks.push_back(followFrom(resolver, name, zones->at(name.parent()), stop));
    auto together = all(std::move(tasks));
    std::vector<Result<NamePlan>> results = co_await std::move(together);
    std::vector<NamePlan> plans;
    for (Result<NamePlan> &result : results) {
        if (!result)
            co_return fail(result.error());
        plans.push_back(std::move(*result));
    }
    co_return plans;
}

} // namespace sealbook
