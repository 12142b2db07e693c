// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "core/providers/ProviderCatalog.h"

#include <QJsonArray>

namespace sealbook {

namespace {
QJsonObject fieldJson(const ProviderField &field)
{
    return {{QStringLiteral("id"), field.id},
            {QStringLiteral("label"), field.label},
            {QStringLiteral("help"), field.help},
            {QStringLiteral("secret"), field.secret},
            {QStringLiteral("required"), field.required},
            {QStringLiteral("default"), field.defaultValue}};
}

QJsonObject providerJson(const ProviderSummary &provider)
{
    QJsonArray fields;
    for (const ProviderField &field : provider.fields)
        fields.append(fieldJson(field));
    return {
        {QStringLiteral("code"), provider.code},
        {QStringLiteral("name"), provider.name},
        {QStringLiteral("documentation"), provider.documentation.toString()},
        {QStringLiteral("fields"), fields},
        {QStringLiteral("least_privilege"), QJsonArray::fromStringList(provider.leastPrivilege)},
        {QStringLiteral("evidence"), provider.evidence},
        {QStringLiteral("can_delete"), provider.traits.canDelete},
        {QStringLiteral("values_per_name"), provider.traits.valuesPerName},
        {QStringLiteral("whole_zone"), provider.traits.wholeZone}};
}

// The catalog is compiled in, so these need no profile and work without a keychain.
Task<QJsonObject> list(CommandCall call, std::stop_token)
{
    const ProviderCatalog catalog;
    const std::vector<ProviderSummary> providers = catalog.summaries();
    for (const ProviderSummary &provider : providers) {
        call.output->item(
            providerJson(provider),
            QStringLiteral("%1  %2").arg(provider.code.leftJustified(14), provider.name));
    }
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(providers.size())}};
    co_return object;
}

Task<QJsonObject> show(CommandCall call, std::stop_token)
{
    const ProviderCatalog catalog;
    const auto provider = catalog.summary(call.arguments.constFirst());
    if (!provider)
        co_return fail(provider.error());
    if (!call.output->isJson()) {
        call.output->say(provider->name + QStringLiteral("  ")
                         + provider->documentation.toString());
        for (const ProviderField &field : provider->fields) {
            call.output->say(
                QStringLiteral("  %1%2%3  %4")
                    .arg(field.id.leftJustified(18),
                         field.secret ? QStringLiteral("secret ") : QString(),
                         field.required ? QStringLiteral("required") : QStringLiteral("optional"),
                         field.label));
        }
        call.output->say(QStringLiteral("The narrowest credential that works:"));
        int number = 0;
        for (const QString &line : provider->leastPrivilege)
            call.output->say(QStringLiteral("  %1 %2").arg(++number).arg(line));
    }
    QJsonObject object{{QStringLiteral("provider"), providerJson(*provider)}};
    co_return object;
}
} // namespace

std::vector<Command> providerCommands()
{
    Command all;
    all.words = QStringLiteral("provider list");
    all.summary = QStringLiteral("List the DNS providers that Sealbook can write to.");
    all.needs = CommandNeeds::Nothing;
    all.run = list;

    Command one;
    one.words = QStringLiteral("provider show");
    one.arguments = QStringLiteral("CODE");
    one.summary = QStringLiteral("Show a provider's fields and its least-privilege recipe.");
    one.needs = CommandNeeds::Nothing;
    one.minimumArguments = one.maximumArguments = 1;
    one.run = show;
    return {all, one};
}

} // namespace sealbook
