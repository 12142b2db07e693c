// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "core/base/DomainName.h"
#include "core/dns/CnameChain.h"
#include "core/dns/PropagationBoard.h"
#include "core/dns/SystemResolver.h"

#include <QJsonArray>

namespace sealbook {

namespace {
constexpr std::chrono::seconds defaultWatch{600};

// A certificate name stands for its validation name; a name with an underscore is taken as it is.
Result<DnsName> recordNameOf(const QString &typed)
{
    if (typed.contains(u'_'))
        return DnsName::fromText(typed.trimmed());
    const auto domain = DomainName::fromUserInput(typed);
    if (!domain)
        return fail(domain.error());
    return domain->validationName();
}

QJsonObject serverJson(const NameServer &server)
{
    QJsonArray addresses;
    for (const QHostAddress &address : server.addresses)
        addresses.append(address.toString());
    return {{QStringLiteral("server"), server.name.text()},
            {QStringLiteral("addresses"), addresses},
            {QStringLiteral("in_parent"), server.inParent},
            {QStringLiteral("in_child"), server.inChild}};
}

Task<QJsonObject> zone(CommandCall call, std::stop_token stop)
{
    const auto name = recordNameOf(call.arguments.constFirst());
    if (!name)
        co_return fail(name.error());
    const CnameChain chain(call.services->resolver());
    const auto plan = co_await chain.follow(*name, stop);
    if (!plan)
        co_return fail(plan.error());
    QStringList hops;
    for (const DnsName &hop : plan->hops)
        hops.append(hop.text());
    for (const NameServer &server : plan->zone.servers) {
        QStringList addresses;
        for (const QHostAddress &address : server.addresses)
            addresses.append(address.toString());
        call.output->item(
            serverJson(server),
            QStringLiteral("%1  %2%3%4")
                .arg(server.name.text(), addresses.join(u", "),
                     server.inParent ? QString() : QStringLiteral("  not in the delegation"),
                     server.inChild ? QString() : QStringLiteral("  not in the zone itself")));
    }
    const QStringList notes = plan->notes + plan->zone.notes;
    for (const QString &note : notes)
        call.output->say(QStringLiteral("note: ") + note);
    call.output->say(QStringLiteral("%1 is written in zone %2%3")
                         .arg(plan->effective.text(), plan->zone.zone.text(),
                              hops.isEmpty()
                                  ? QString()
                                  : QStringLiteral(" (by CNAME from %1)").arg(name->text())));
    QJsonObject object{{QStringLiteral("name"), name->text()},
                       {QStringLiteral("effective_name"), plan->effective.text()},
                       {QStringLiteral("zone"), plan->zone.zone.text()},
                       {QStringLiteral("parent_zone"), plan->zone.parentZone.text()},
                       {QStringLiteral("primary"), plan->zone.primary.text()},
                       {QStringLiteral("cnames"), QJsonArray::fromStringList(hops)},
                       {QStringLiteral("writable"), plan->canWork()},
                       {QStringLiteral("notes"), QJsonArray::fromStringList(notes)}};
    co_return object;
}

QJsonObject boardJson(const BoardState &board)
{
    return {{QStringLiteral("phase"), phaseName(board.phase)},
            {QStringLiteral("ready"), isReady(board.phase)},
            {QStringLiteral("headline"), board.headline}};
}

Task<QJsonObject> check(CommandCall call, std::stop_token stop)
{
    const auto name = recordNameOf(call.arguments.constFirst());
    if (!name)
        co_return fail(name.error());
    if (call.isSet("watch") && !call.isSet("value"))
        co_return usageError(QStringLiteral("--watch needs the --value to wait for"));
    const CnameChain chain(call.services->resolver());
    const auto plan = co_await chain.follow(*name, stop);
    if (!plan)
        co_return fail(plan.error());
    ExpectedRecord record;
    record.name = *name;
    record.effectiveName = plan->effective;
    record.values = call.values("value");
    std::vector<ExpectedRecord> records{record};
    PropagationBoard board(call.services->resolver(), call.services->clock());
    Result<BoardState> state;
    if (call.isSet("watch")) {
        Output *output = call.output;
        PropagationBoard::Sink sink = [output](const BoardState &seen) { output->board(seen); };
        const std::chrono::milliseconds limit = call.global.timeout.value_or(defaultWatch);
        Task<BoardState> watching = board.watch(records, limit, sink, stop);
        state = co_await std::move(watching);
    } else {
        Task<BoardState> looking = board.look(records, stop);
        state = co_await std::move(looking);
        if (state)
            call.output->board(*state);
    }
    if (!state)
        co_return fail(state.error());
    co_return boardJson(*state);
}
} // namespace

std::vector<Command> dnsCommands()
{
    Command where;
    where.words = QStringLiteral("dns zone");
    where.arguments = QStringLiteral("NAME");
    where.summary = QStringLiteral("Show the zone of a name's validation record and its servers.");
    where.minimumArguments = where.maximumArguments = 1;
    where.needs = CommandNeeds::Network;
    where.run = zone;

    Command look;
    look.words = QStringLiteral("dns check");
    look.arguments = QStringLiteral("NAME");
    look.summary = QStringLiteral("Ask every name server for a validation record.");
    look.minimumArguments = look.maximumArguments = 1;
    look.needs = CommandNeeds::Network;
    look.options = {commandOption("value", "A value that must be served (may be repeated).", "V"),
                    commandOption("watch", "Go on until every server serves it.")};
    look.run = check;
    return {where, look};
}

} // namespace sealbook
