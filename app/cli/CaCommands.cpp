// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "core/issuance/AccountService.h"

namespace sealbook {

namespace {
QJsonObject caJson(const CaRecord &ca)
{
    return {{QStringLiteral("id"), ca.id},
            {QStringLiteral("name"), ca.name},
            {QStringLiteral("directory"), ca.directoryUrl},
            {QStringLiteral("terms"), ca.terms},
            {QStringLiteral("needs_eab"), ca.needsEab},
            {QStringLiteral("wildcards"), ca.offersWildcards},
            {QStringLiteral("built_in"), ca.builtIn},
            {QStringLiteral("practice"), ca.isPractice},
            {QStringLiteral("staging"), ca.isStaging}};
}

Task<QJsonObject> list(CommandCall call, std::stop_token)
{
    const auto cas = co_await call.services->accounts().cas();
    if (!cas)
        co_return fail(cas.error());
    for (const CaRecord &ca : *cas) {
        call.output->item(
            caJson(ca),
            QStringLiteral("%1  %2  %3").arg(ca.id.leftJustified(20), ca.name, ca.directoryUrl));
    }
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(cas->size())}};
    co_return object;
}

Task<QJsonObject> add(CommandCall call, std::stop_token)
{
    CaRecord ca;
    ca.id = call.arguments.at(0);
    ca.directoryUrl = call.arguments.at(1);
    ca.name = call.isSet("name") ? call.value("name") : ca.id;
    ca.caFile = call.value("root-file");
    const auto added = co_await call.services->accounts().addCa(ca);
    if (!added)
        co_return fail(added.error());
    call.output->say(QStringLiteral("Added %1.").arg(ca.id));
    QJsonObject object{{QStringLiteral("ca"), caJson(ca)}};
    co_return object;
}

Task<QJsonObject> remove(CommandCall call, std::stop_token)
{
    const QString id = call.arguments.constFirst();
    const auto removed = co_await call.services->accounts().removeCa(id);
    if (!removed)
        co_return fail(removed.error());
    call.output->say(QStringLiteral("Removed %1.").arg(id));
    QJsonObject object{{QStringLiteral("id"), id}};
    co_return object;
}
} // namespace

std::vector<Command> caCommands()
{
    Command all;
    all.words = QStringLiteral("ca list");
    all.summary = QStringLiteral("List certificate authorities.");
    all.run = list;

    Command make;
    make.words = QStringLiteral("ca add");
    make.arguments = QStringLiteral("ID URL");
    make.summary = QStringLiteral("Add a CA by its directory URL.");
    make.minimumArguments = make.maximumArguments = 2;
    make.options = {
        commandOption("name", "How to call it.", "TEXT"),
        commandOption("root-file", "PEM roots that its own TLS is checked with.", "FILE")};
    make.run = add;

    Command gone;
    gone.words = QStringLiteral("ca remove");
    gone.arguments = QStringLiteral("ID");
    gone.summary = QStringLiteral("Remove a CA that you added.");
    gone.minimumArguments = gone.maximumArguments = 1;
    gone.run = remove;
    return {all, make, gone};
}

} // namespace sealbook
