// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/CaaLookup.h"

namespace sealbook {

namespace {

constexpr int maxLevels = 40;

// RFC 8659 section 4.2: issuer-domain-name [";" parameters], parameters are tag=value.
void readIssueValue(CaaProperty &property)
{
    const QStringList parts = property.value.split(QLatin1Char(';'));
    property.issuer = parts.front().trimmed().toLower();
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const qsizetype equals = parts[i].indexOf(QLatin1Char('='));
        if (equals > 0)
            property.parameters.emplace_back(parts[i].left(equals).trimmed().toLower(),
                                             parts[i].mid(equals + 1).trimmed());
    }
}

CaaProperty propertyOf(const DnsRecord &record)
{
    CaaProperty property;
    const QString &text = record.value; // "flags tag value"
    const qsizetype first = text.indexOf(QLatin1Char(' '));
    const qsizetype second = text.indexOf(QLatin1Char(' '), first + 1);
    property.critical = (text.left(first).toUInt() & 0x80) != 0;
    property.tag = text.mid(first + 1, second - first - 1).toLower();
    property.value = text.mid(second + 1);
    if (property.tag == QLatin1String("issue") || property.tag == QLatin1String("issuewild"))
        readIssueValue(property);
    return property;
}

std::vector<CaaProperty> propertiesOf(const DnsReply &reply)
{
    std::vector<CaaProperty> properties;
    for (const DnsRecord &record : reply.answer)
        if (record.type == DnsType::CAA)
            properties.push_back(propertyOf(record));
    return properties;
}

bool isKnownTag(const QString &tag)
{
    static const QStringList known{QStringLiteral("issue"),        QStringLiteral("issuewild"),
                                   QStringLiteral("iodef"),        QStringLiteral("issuemail"),
                                   QStringLiteral("contactemail"), QStringLiteral("contactphone"),
                                   QStringLiteral("issuevmc")};
    return known.contains(tag);
}

QString parameter(const CaaProperty &property, const QString &name)
{
    for (const auto &[key, value] : property.parameters)
        if (key == name)
            return value;
    return {};
}

// Why this property, which names the CA, does not let this request through (RFC 8657); empty where
// it does.
QString objection(const CaaProperty &property, const QString &method, const QString &accountUrl)
{
    const QString account = parameter(property, QStringLiteral("accounturi"));
    if (!account.isNull() && !accountUrl.isEmpty() && account != accountUrl)
        return QStringLiteral("it is bound to the account %1").arg(account);
    const QString methods = parameter(property, QStringLiteral("validationmethods"));
    if (!methods.isNull()) {
        QStringList allowed;
        for (const QString &each : methods.split(QLatin1Char(',')))
            allowed.append(each.trimmed());
        if (!allowed.contains(method))
            return QStringLiteral("it only allows the validation methods %1").arg(methods);
    }
    return {};
}

} // namespace

CaaLookup::CaaLookup(Resolver &resolver)
    : m_resolver(&resolver)
{
}

Task<CaaSet> CaaLookup::find(DnsName name, std::stop_token stop) const
{
    Resolver *const resolver = m_resolver;
    std::vector<DnsName> levels; // RFC 8659 section 3: the name, then each ancestor but the root
    for (DnsName each = name; !each.isRoot() && static_cast<int>(levels.size()) < maxLevels;
         each = each.parent())
        levels.push_back(each);
    std::vector<Task<DnsReply>> tasks;
    for (const DnsName &level : levels)
        tasks.push_back(resolver->resolve({level, DnsType::CAA, true}, stop));
    auto together = all(std::move(tasks));
    const std::vector<Result<DnsReply>> replies = co_await std::move(together);
    if (stop.stop_requested())
        co_return fail(cancelled());
    CaaSet set;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const Result<DnsReply> &reply = replies[i];
        if (!reply)
            co_return fail(reply.error(), "looking up CAA");
        if (reply->rcode != 0 && reply->rcode != 3)
            co_return fail(Error::Kind::DnsNotReady,
                           QStringLiteral("the CAA record of %1 cannot be looked up (%2)")
                               .arg(levels[i].text(), rcodeName(reply->rcode)),
                           QStringLiteral("A CA does not issue while this lasts. Mend the name "
                                          "servers or DNSSEC of the zone."));
        set.properties = propertiesOf(*reply);
        if (set.properties.empty())
            continue;
        set.foundAt = levels[i];
        break;
    }
    co_return set;
}

CaaDecision decideCaa(const CaaSet &set, bool wildcard, const QStringList &caaDomains,
                      const QString &method, const QString &accountUrl)
{
    if (set.isEmpty())
        return {true, QStringLiteral("no CAA record: every CA may issue")};
    const QString where = set.foundAt.text();
    for (const CaaProperty &property : set.properties)
        if (property.critical && !isKnownTag(property.tag))
            return {false,
                    QStringLiteral("the CAA record at %1 holds the critical property \"%2\", which "
                                   "no CA understands")
                        .arg(where, property.tag)};
    // RFC 8659 section 4.3: issuewild, where there is one, replaces issue for wildcards.
    const auto has = [&set](const QString &tag) {
        return std::any_of(set.properties.begin(), set.properties.end(),
                           [&tag](const CaaProperty &property) { return property.tag == tag; });
    };
    QString tag = QStringLiteral("issue");
    if (wildcard && has(QStringLiteral("issuewild")))
        tag = QStringLiteral("issuewild");
    if (!has(tag))
        return {true, QStringLiteral("the CAA record at %1 does not restrict this").arg(where)};

    QStringList named;
    QString against;
    for (const CaaProperty &property : set.properties) {
        if (property.tag != tag)
            continue;
        if (!property.issuer.isEmpty())
            named.append(property.issuer);
        if (!caaDomains.contains(property.issuer, Qt::CaseInsensitive) || property.issuer.isEmpty())
            continue;
        against = objection(property, method, accountUrl);
        if (against.isEmpty())
            return {true,
                    QStringLiteral("the CAA record at %1 allows %2").arg(where, property.issuer)};
        against = QStringLiteral("the CAA record at %1 names %2, but %3")
                      .arg(where, property.issuer, against);
    }
    if (!against.isEmpty())
        return {false, against};
    return {false,
            named.isEmpty() ? QStringLiteral("the CAA record at %1 lets no CA issue").arg(where)
                            : QStringLiteral("the CAA record at %1 only lets %2 issue")
                                  .arg(where, named.join(QStringLiteral(", ")))};
}

} // namespace sealbook
