// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/BoardVerdict.h"

#include "core/dns/ZoneCut.h"

namespace sealbook {

namespace {

QString reasonCode(const Error &error)
{
    return error.evidence.value(QStringLiteral("reason")).toString();
}

void judgeFailure(Judgement &judgement, const Error &error)
{
    const QString code = reasonCode(error);
    judgement.verdict = Verdict::Failing;
    judgement.reason = error.detail;
    if (code == QLatin1String("no_route")) {
        judgement.verdict = Verdict::CannotCheck;
        judgement.unreachable = true;
    } else if (error.kind == Error::Kind::BadRequest) {
        judgement.verdict = Verdict::CannotCheck; // a rule of ours keeps us from asking
    } else if (error.kind == Error::Kind::Timeout || code == QLatin1String("refused")) {
        judgement.unreachable = true; // firewalls drop, or answer with an ICMP refusal
    }
}

const DnsRecord *soaOf(const DnsReply &reply)
{
    for (const DnsRecord &record : reply.authority)
        if (record.type == DnsType::SOA)
            return &record;
    return nullptr;
}

void takeTxtSet(Judgement &judgement, const DnsReply &reply, const DnsName &name)
{
    for (const DnsRecord &record : reply.answer) {
        if (record.type != DnsType::TXT || !(record.owner == name))
            continue;
        judgement.values.append(record.value);
        judgement.ttl = record.ttl;
    }
    judgement.values.sort();
}

void takeNegative(Judgement &judgement, const DnsReply &reply)
{
    if (const DnsRecord *soa = soaOf(reply)) {
        judgement.serial = soa->serial;
        judgement.ttl = std::min(soa->ttl, soa->minimum); // RFC 2308 section 5
    }
}

void judgeValues(Judgement &judgement, const DnsReply &reply, const ExpectedRecord &record)
{
    const auto isThere = [&](const QString &value) { return judgement.values.contains(value); };
    const auto there = std::count_if(record.values.begin(), record.values.end(), isThere);
    if (there == record.values.size()) {
        judgement.verdict = Verdict::Served;
        judgement.reason = there == 1 ? QStringLiteral("serves the value")
                                      : QStringLiteral("serves all %1 values").arg(there);
        return;
    }
    if (there > 0) {
        judgement.verdict = Verdict::NotYet;
        judgement.reason =
            QStringLiteral("serves %1 of %2 values").arg(there).arg(record.values.size());
        return;
    }
    if (!judgement.values.isEmpty()) {
        judgement.verdict = Verdict::OtherValue;
        judgement.reason = QStringLiteral("another value is there, ours is not");
        for (const QString &seen : judgement.values)
            if (const QString slip = slipIn(seen, record.values); !slip.isEmpty())
                judgement.reason = slip;
        return;
    }
    judgement.verdict = Verdict::NotYet;
    judgement.reason = reply.rcode == 3 ? QStringLiteral("no such name (NXDOMAIN)")
                                        : QStringLiteral("the name has no TXT record");
    takeNegative(judgement, reply);
}

// Whether the reply is what the zone's own server says about `name`; else the verdict stands.
bool isFromTheZone(Judgement &judgement, const Result<DnsReply> &reply, const DnsName &name,
                   const DnsName &zone)
{
    if (!reply) {
        judgeFailure(judgement, reply.error());
        return false;
    }
    judgement.rcode = rcodeName(reply->rcode);
    judgement.authoritative = reply->authoritative;
    judgement.roundTrip = reply->roundTrip;
    if (reply->rcode != 0 && reply->rcode != 3) {
        judgement.foreign = true;
        judgement.verdict = Verdict::Failing;
        judgement.reason = reply->rcode == 5
            ? QStringLiteral("refuses the question (REFUSED): it does not serve the zone")
            : QStringLiteral("answers %1").arg(judgement.rcode);
        return false;
    }
    judgement.deeperZone = referralBelow(*reply, zone, name);
    if (judgement.deeperZone) {
        judgement.verdict = Verdict::WrongPlace;
        judgement.reason =
            QStringLiteral("refers to another zone, %1").arg(judgement.deeperZone->text());
        return false;
    }
    if (!reply->authoritative) {
        judgement.foreign = true;
        judgement.verdict = Verdict::Failing;
        judgement.reason =
            QStringLiteral("lame: answers without authority for %1").arg(zone.absolute());
        return false;
    }
    return true;
}

const DnsRecord *cnameOf(const DnsReply &reply, const DnsName &name)
{
    for (const DnsRecord &record : reply.answer)
        if (record.type == DnsType::CNAME && record.owner == name)
            return &record;
    return nullptr;
}

} // namespace

QString slipIn(const QString &seen, const QStringList &wanted)
{
    for (const QString &value : wanted) {
        if (seen == value)
            continue;
        QString bare = seen;
        bare.remove(QLatin1Char('"'));
        bare.remove(QLatin1Char('\\'));
        if (bare.trimmed() == value && bare.size() != seen.size())
            return QStringLiteral("our value is there with quotes inside: write it without them");
        if (seen.trimmed() == value)
            return QStringLiteral("our value is there with blanks around it");
        if (seen.size() >= 8 && seen.size() < value.size()
            && (value.startsWith(seen) || value.endsWith(seen)))
            return QStringLiteral("our value is there but cut: %1 of %2 characters")
                .arg(seen.size())
                .arg(value.size());
        if (seen.compare(value, Qt::CaseInsensitive) == 0)
            return QStringLiteral("our value is there in other upper and lower case");
    }
    return {};
}

Judgement judge(const Result<DnsReply> &reply, const ExpectedRecord &record, const DnsName &zone)
{
    const DnsName &name = record.effectiveName;
    Judgement judgement;
    if (!isFromTheZone(judgement, reply, name, zone))
        return judgement;
    if (const DnsRecord *cname = cnameOf(*reply, name)) {
        judgement.verdict = Verdict::WrongPlace;
        judgement.reason = QStringLiteral("a CNAME here leads to %1").arg(cname->value);
        judgement.ttl = cname->ttl;
        return judgement;
    }
    if (const DnsRecord *soa = soaOf(*reply); soa && !(soa->owner == zone)
        && soa->owner.isAtOrBelow(zone) && name.isAtOrBelow(soa->owner))
        judgement.deeperZone = soa->owner;
    takeTxtSet(judgement, *reply, name);
    judgeValues(judgement, *reply, record);
    if (reply->truncated && judgement.verdict != Verdict::Served) {
        judgement.verdict = Verdict::Failing;
        judgement.reason =
            QStringLiteral("the answer does not fit UDP, and TCP is not answered there");
    }
    return judgement;
}

Judgement judgeHop(const Result<DnsReply> &reply, const DnsName &name, const DnsName &target,
                   const DnsName &zone)
{
    Judgement judgement;
    const bool isUsable = isFromTheZone(judgement, reply, name, zone);
    judgement.deeperZone.reset(); // the record's zone is another
    if (!isUsable)
        return judgement;
    if (const DnsRecord *cname = cnameOf(*reply, name)) {
        const bool leadsThere = DnsName::fromText(cname->value) == target;
        judgement.verdict = leadsThere ? Verdict::Served : Verdict::WrongPlace;
        judgement.reason = leadsThere
            ? QStringLiteral("leads to %1").arg(target.text())
            : QStringLiteral("leads to %1, not to %2").arg(cname->value, target.text());
        judgement.ttl = cname->ttl;
        return judgement;
    }
    judgement.verdict = Verdict::NotYet;
    judgement.reason = QStringLiteral("no CNAME to %1 here").arg(target.text());
    takeNegative(judgement, *reply);
    return judgement;
}

Judgement judgeHint(const Result<DnsReply> &reply, const ExpectedRecord &record)
{
    Judgement judgement;
    if (!reply) {
        judgeFailure(judgement, reply.error());
        return judgement;
    }
    judgement.rcode = rcodeName(reply->rcode);
    judgement.authoritative = reply->authoritative;
    judgement.roundTrip = reply->roundTrip;
    if (reply->rcode != 0 && reply->rcode != 3) {
        judgement.verdict = Verdict::Failing;
        judgement.reason = QStringLiteral("answers %1").arg(judgement.rcode);
        return judgement;
    }
    for (const DnsRecord &each : reply->answer)
        if (each.type == DnsType::TXT) {
            judgement.values.append(each.value);
            judgement.ttl = each.ttl;
        }
    judgement.values.sort();
    judgeValues(judgement, *reply, record);
    return judgement;
}

} // namespace sealbook
