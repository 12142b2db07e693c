// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/HttpApiProvider.h"

#include "core/providers/TxtValue.h"

#include <algorithm>

namespace sealbook {

namespace {

QStringList capturedNames(const std::vector<StepDefinition> &steps)
{
    QStringList names;
    for (const StepDefinition &step : steps) {
        for (const auto &[name, path] : step.capture)
            names.append(name);
    }
    return names;
}

// True where the steps can run with what is known, that is without looking the record up.
bool isEnough(const std::vector<StepDefinition> &steps, const TemplateVariables &variables)
{
    QStringList asked;
    for (const StepDefinition &step : steps) {
        asked += templateNames(step.request.path) + templateNames(step.request.body);
        for (const auto &[name, text] : step.request.query)
            asked += templateNames(text);
    }
    const QStringList later = capturedNames(steps);
    return std::all_of(asked.begin(), asked.end(), [&](const QString &name) {
        return variables.values.contains(name) || later.contains(name);
    });
}

// Statuses that a provider may answer to what stands there already.
bool maybeThereAlready(const Error &error)
{
    const int status = error.evidence.value(QLatin1String("status")).toInt();
    return error.kind == Error::Kind::ProviderRefused
        && (status == 400 || status == 409 || status == 422);
}

} // namespace

HttpApiProvider::HttpApiProvider(const ProviderDefinition &definition,
                                 std::unique_ptr<ApiClient> client,
                                 std::map<DnsName, Gate> &nameGates, NameTurns *turns)
    : m_definition(definition)
    , m_runner(definition, std::move(client))
    , m_zones(definition, m_runner)
    , m_sets(definition, m_runner, nameGates, turns)
{
}

ProviderTraits HttpApiProvider::traits() const
{
    return m_definition.summary.traits;
}

Result<> HttpApiProvider::allowed(const TxtRecord &record) const
{
    if (record.zone.isRoot() || !record.name.isAtOrBelow(record.zone))
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("%1 does not lie in the zone %2")
                        .arg(record.name.text(), record.zone.text()));
    if (record.value.isEmpty() || record.value.size() > 4096)
        return fail(
            Error::Kind::BadRequest,
            QStringLiteral("a TXT value of %1 characters is not written").arg(record.value.size()));
    return {};
}

Task<TemplateVariables> HttpApiProvider::variablesFor(TxtRecord record, std::stop_token stop)
{
    const Result<> permitted = allowed(record);
    if (!permitted)
        co_return fail(permitted.error());
    const Result<Item> zone = co_await m_zones.find(record.zone, stop);
    if (!zone)
        co_return fail(zone.error());
    TemplateVariables variables = m_runner.variables();
    variables.values.insert(*zone);
    const QString sub = record.name.relativeTo(record.zone);
    const int least = std::max(traits().minTtl, zone->value(QStringLiteral("min_ttl")).toInt());
    variables.values.insert(QStringLiteral("zone"), record.zone.text());
    variables.values.insert(QStringLiteral("zone."), record.zone.absolute());
    variables.values.insert(QStringLiteral("fqdn"), record.name.text());
    variables.values.insert(QStringLiteral("fqdn."), record.name.absolute());
    variables.values.insert(QStringLiteral("sub"), sub);
    variables.values.insert(QStringLiteral("sub_or_at"), sub.isEmpty() ? QStringLiteral("@") : sub);
    variables.values.insert(QStringLiteral("value"), record.value);
    variables.values.insert(QStringLiteral("quoted"), quotedTxt(record.value));
    variables.values.insert(QStringLiteral("ttl"), std::max(record.ttl, least));
    variables.values.insert(QStringLiteral("page"), 1);
    co_return variables;
}

QJsonObject HttpApiProvider::handleFrom(const TemplateVariables &variables,
                                        const Item &captured) const
{
    QJsonObject handle;
    for (auto it = captured.begin(); it != captured.end(); ++it) {
        if (it.key() != QLatin1String("value") && it.key() != QLatin1String("quoted"))
            handle.insert(it.key(), it.value());
    }
    const Item zone = m_zones.namesIn(variables);
    for (auto it = zone.begin(); it != zone.end(); ++it)
        handle.insert(it.key(), it.value());
    return handle;
}

Task<PublishedTxt> HttpApiProvider::add(TxtRecord record, std::stop_token stop)
{
    const Result<TemplateVariables> variables = co_await variablesFor(record, stop);
    if (!variables)
        co_return fail(variables.error());
    const bool isSet = m_definition.writes == ProviderDefinition::Writes::Set;
    Task<Item> adding = isSet ? m_sets.change(record, TxtSetWriter::Change::Add, *variables, stop)
                              : m_runner.run(&m_definition.add, *variables, stop);
    const Result<Item> captured = co_await std::move(adding);
    if (!captured && !isSet && m_definition.values && maybeThereAlready(captured.error())) {
        // Many refuse to write what is there already; then it is ours to adopt.
        const auto found = co_await find(record, stop);
        if (found && *found)
            co_return **found;
    }
    if (!captured) {
        QCoro::Task<Error> explaining = m_zones.explained(captured.error(), record.zone, stop);
        Error told = co_await std::move(explaining);
        co_return fail(std::move(told), "publishing the TXT record");
    }
    PublishedTxt published;
    published.handle = handleFrom(*variables, *captured);
    const int ttl = variables->values.value(QStringLiteral("ttl")).toInt();
    if (ttl > record.ttl) // B78
        published.notes.append(QStringLiteral("TTL raised to %1 s, the least that %2 takes")
                                   .arg(ttl)
                                   .arg(m_definition.summary.name));
    co_return published;
}

Task<std::optional<PublishedTxt>> HttpApiProvider::find(TxtRecord record, std::stop_token stop)
{
    std::optional<PublishedTxt> published;
    if (!m_definition.values)
        co_return published;
    const Result<TemplateVariables> variables = co_await variablesFor(record, stop);
    if (!variables)
        co_return fail(variables.error());
    const Result<DefinitionRunner::Listing> now = co_await m_runner.values(*variables, stop);
    if (!now)
        co_return fail(now.error(), "looking for the TXT record");
    for (const auto &[value, item] : now->items) {
        if (value != record.value)
            continue;
        published.emplace();
        published->handle = handleFrom(*variables, item);
        break;
    }
    co_return published;
}

Task<> HttpApiProvider::removeRecords(TxtRecord record, TemplateVariables variables,
                                      std::stop_token stop)
{
    if (isEnough(m_definition.remove, variables)) {
        Task<Item> running = m_runner.run(&m_definition.remove, variables, stop);
        const Result<Item> removed = co_await std::move(running);
        if (!removed)
            co_return fail(removed.error());
        co_return {};
    }
    if (!m_definition.values)
        co_return fail(Error::Kind::ProviderRefused,
                       QStringLiteral("%1 tells a record's id only once, and it was lost")
                           .arg(m_definition.summary.name),
                       QStringLiteral("Remove the TXT record %1 by hand.").arg(record.name.text()));
    const Result<DefinitionRunner::Listing> now = co_await m_runner.values(variables, stop);
    if (!now)
        co_return fail(now.error(), "looking for the TXT record");
    for (const auto &[value, item] : now->items) {
        if (value != record.value)
            continue;
        TemplateVariables withId = variables;
        withId.values.insert(item);
        Task<Item> running = m_runner.run(&m_definition.remove, withId, stop);
        const Result<Item> removed = co_await std::move(running);
        if (!removed)
            co_return fail(removed.error());
    }
    co_return {};
}

Task<> HttpApiProvider::remove(TxtRecord record, QJsonObject handle, std::stop_token stop)
{
    if (!traits().canDelete)
        co_return fail(
            Error::Kind::ProviderRefused,
            QStringLiteral("%1 has no call to remove a record").arg(m_definition.summary.name),
            QStringLiteral("Remove the TXT record %1 by hand.").arg(record.name.text()));
    m_zones.learn(record.zone, handle);
    Result<TemplateVariables> variables = co_await variablesFor(record, stop);
    if (!variables)
        co_return fail(variables.error());
    for (auto it = handle.begin(); it != handle.end(); ++it) {
        if (!variables->values.contains(it.key()) && isKnown(it.value()))
            variables->values.insert(it.key(), it.value());
    }
    if (m_definition.writes == ProviderDefinition::Writes::Set) {
        Task<Item> changing = m_sets.change(record, TxtSetWriter::Change::Remove, *variables, stop);
        const Result<Item> changed = co_await std::move(changing);
        if (!changed)
            co_return fail(changed.error(), "removing the TXT record");
        co_return {};
    }
    Task<> removing = removeRecords(record, *variables, stop);
    const Result<> removed = co_await std::move(removing);
    if (!removed)
        co_return fail(removed.error(), "removing the TXT record");
    co_return {};
}

Task<std::vector<DnsName>> HttpApiProvider::zones(std::stop_token stop)
{
    return m_zones.all(std::move(stop));
}

} // namespace sealbook
