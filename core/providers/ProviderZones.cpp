// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/ProviderZones.h"

#include <QJsonArray>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int mostZonesTold = 50;
} // namespace

Task<ProviderZones::Item> ProviderZones::find(DnsName zone, std::stop_token stop)
{
    Item known;
    if (!m_definition.looksUpZones())
        co_return known;
    const QString what = QStringLiteral("another look-up of the same zone");
    Task<Gate::Pass> entering = m_gates[zone].enter(what, stop);
    const Result<Gate::Pass> pass = co_await std::move(entering);
    if (!pass)
        co_return fail(pass.error());
    const auto found = m_known.find(zone);
    if (found != m_known.end()) {
        known = found->second; // QCoro 0.8 moves out of whatever is co_returned, lvalues too
        co_return known;
    }
    Task<Item> looking = lookUp(zone, stop);
    Result<Item> item = co_await std::move(looking);
    if (item)
        m_known.emplace(zone, *item);
    co_return item;
}

Task<ProviderZones::Item> ProviderZones::lookUp(DnsName zone, std::stop_token stop)
{
    const ListDefinition &zones = *m_definition.zones;
    TemplateVariables variables = m_runner.variables();
    variables.values.insert(QStringLiteral("zone"), zone.text());
    variables.values.insert(QStringLiteral("zone."), zone.absolute());
    variables.values.insert(QStringLiteral("page"), 1);
    const RequestTemplate *request = zones.byName ? &*zones.byName : &zones.request;
    Task<DefinitionRunner::Listing> listing = m_runner.list(&zones, request, variables, stop);
    const Result<DefinitionRunner::Listing> found = co_await std::move(listing);
    if (!found)
        co_return fail(found.error(), "looking the zone up at the provider");
    std::vector<Item> matches;
    for (const auto &[name, item] : found->items) {
        if (withoutDot(name) == zone.text())
            matches.push_back(item);
    }
    if (matches.size() == 1)
        co_return matches.front();
    if (matches.empty()) {
        Error error;
        error.kind = Error::Kind::NotFound;
        QCoro::Task<Error> explaining = explained(error, zone, stop);
        Error told = co_await std::move(explaining);
        co_return fail(std::move(told));
    }
    // B73: a name that stands there twice, such as a public and a private zone.
    QStringList ids;
    for (const Item &item : matches) {
        for (const QJsonValue &id : item)
            ids.append(templateText(id));
    }
    co_return fail(Error::Kind::Conflict,
                   QStringLiteral("%1 holds the zone %2 more than once: %3")
                       .arg(m_definition.summary.name, zone.text(), ids.join(QLatin1String(", "))),
                   QStringLiteral("Use a credential that reaches only the right one of them."));
}

void ProviderZones::learn(const DnsName &zone, const QJsonObject &handle)
{
    if (!m_definition.looksUpZones() || m_known.contains(zone))
        return;
    Item item;
    for (const auto &[name, path] : m_definition.zones->capture) {
        if (isKnown(handle.value(name)))
            item.insert(name, handle.value(name));
    }
    if (item.size() == qsizetype(m_definition.zones->capture.size()))
        m_known.emplace(zone, item);
}

ProviderZones::Item ProviderZones::namesIn(const TemplateVariables &variables) const
{
    Item item;
    if (!m_definition.zones)
        return item;
    for (const auto &[name, path] : m_definition.zones->capture) {
        if (variables.values.contains(name))
            item.insert(name, variables.values.value(name));
    }
    return item;
}

Task<std::vector<DnsName>> ProviderZones::all(std::stop_token stop)
{
    std::vector<DnsName> names;
    if (!m_definition.zones)
        co_return names;
    TemplateVariables variables = m_runner.variables();
    variables.values.insert(QStringLiteral("page"), 1);
    const ListDefinition *definition = &*m_definition.zones;
    Task<DefinitionRunner::Listing> listing =
        m_runner.list(definition, &definition->request, variables, stop);
    const Result<DefinitionRunner::Listing> found = co_await std::move(listing);
    if (!found)
        co_return fail(found.error(), "listing the zones of the credential");
    for (const auto &[text, item] : found->items) {
        const Result<DnsName> name = DnsName::fromText(text);
        if (name && !name->isRoot())
            names.push_back(*name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    co_return names;
}

QCoro::Task<Error> ProviderZones::explained(Error error, DnsName zone, std::stop_token stop)
{
    const bool maybeTheZone = error.kind == Error::Kind::NotFound
        || error.evidence.value(QLatin1String("status")).toInt() == 404;
    if (!maybeTheZone || !m_definition.zones)
        co_return error;
    const Result<std::vector<DnsName>> seen = co_await all(stop);
    if (seen && std::find(seen->begin(), seen->end(), zone) != seen->end()
        && error.kind != Error::Kind::NotFound)
        co_return error;
    QStringList names;
    for (const DnsName &name : seen.value_or(std::vector<DnsName>()))
        names.append(name.text());
    Error told;
    told.kind = Error::Kind::NotFound;
    told.detail = names.isEmpty()
        ? QStringLiteral("this credential sees no zone %1 at %2")
              .arg(zone.text(), m_definition.summary.name)
        : QStringLiteral("this credential sees no zone %1 at %2, only: %3")
              .arg(zone.text(), m_definition.summary.name,
                   QStringList(names.mid(0, 10)).join(QLatin1String(", "))
                       + (names.size() > 10 ? QStringLiteral(" …") : QString()));
    told.advice = QStringLiteral("Use a credential that reaches the zone.");
    told.evidence.insert(QStringLiteral("zone"), zone.text());
    told.evidence.insert(QStringLiteral("zones"),
                         QJsonArray::fromStringList(names.mid(0, mostZonesTold)));
    told.evidence.insert(QStringLiteral("zone_count"), names.size());
    co_return told;
}

} // namespace sealbook
