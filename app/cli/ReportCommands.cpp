// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "app/cli/ViewOptions.h"
#include "core/governance/CredentialService.h"
#include "core/inventory/CalendarFile.h"
#include "core/inventory/FileAccess.h"
#include "core/inventory/InventoryReport.h"
#include "core/inventory/InventoryService.h"

#include <QDir>

namespace sealbook {

namespace {

Task<QJsonObject> calendar(CommandCall call, std::stop_token stop)
{
    const auto query = Query::parse(call.value("query"));
    if (!query)
        co_return usageError(QStringLiteral("--query: %1").arg(query.error().detail));
    if (call.value("output").isEmpty())
        co_return usageError(QStringLiteral("say where it shall be written: -o FILE"));
    Task<std::shared_ptr<Inventory>> reading = call.services->inventory().read(stop);
    const auto inventory = co_await std::move(reading);
    if (!inventory)
        co_return fail(inventory.error());
    // Beside the main thread, which takes the signal that ends it.
    using Entries = std::vector<CalendarEntry>;
    std::function<Result<Entries>()> work = [all = *inventory, question = *query, stop] {
        return calendarEntries(*all, question, stop);
    };
    Task<Entries> working = runBlocking<Entries>(stop, std::move(work));
    const auto found = co_await std::move(working);
    if (!found)
        co_return fail(found.error());
    Entries entries = *found;
    const std::size_t certificates = entries.size();
    // A question is about certificates; without one the calendar holds all that has a day.
    if (query->isEmpty()) {
        const auto credentials = co_await call.services->credentials().list();
        if (!credentials)
            co_return fail(credentials.error());
        for (CalendarEntry &entry : calendarEntries(*credentials))
            entries.push_back(std::move(entry));
    }
    const qint64 now = call.services->clock().utcNow().toMSecsSinceEpoch();
    const QByteArray file = calendarFile(entries, now);
    const QString path = QDir::current().absoluteFilePath(call.value("output"));
    const auto bytes = std::span(reinterpret_cast<const std::uint8_t *>(file.constData()),
                                 static_cast<std::size_t>(file.size()));
    const auto written = replaceFile(path, bytes, false, call.global.umask);
    if (!written)
        co_return fail(written.error(), "writing the calendar");
    call.output->say(QStringLiteral("%1: %2 certificates, %3 credentials")
                         .arg(path)
                         .arg(certificates)
                         .arg(entries.size() - certificates));
    QJsonObject object{
        {QStringLiteral("file"), path},
        {QStringLiteral("certificates"), static_cast<qint64>(certificates)},
        {QStringLiteral("credentials"), static_cast<qint64>(entries.size() - certificates)}};
    co_return object;
}

Result<ReportRequest> reportRequestOf(const CommandCall &call)
{
    const QString output = call.value("output");
    if (output.isEmpty())
        return usageError(QStringLiteral("say where it shall be written: -o FILE"));
    const auto format = call.isSet("format") ? reportFormatFromName(call.value("format"))
                                             : reportFormatOfFile(output);
    if (!format)
        return usageError(QStringLiteral("--format is one of: html, csv, json"));
    ReportRequest request;
    request.format = *format;
    for (const QString &name : call.value("columns").split(u',', Qt::SkipEmptyParts)) {
        const auto column = reportColumnFromName(name.trimmed());
        if (!column)
            return usageError(QStringLiteral("--columns takes: %1")
                                  .arg(reportColumnNames().join(QStringLiteral(", "))));
        request.columns.push_back(*column);
    }
    return request;
}

Task<QJsonObject> inventoryFile(CommandCall call, std::stop_token stop)
{
    auto wanted = reportRequestOf(call);
    if (!wanted)
        co_return fail(wanted.error());
    Task<SavedView> starting = startingView(call);
    const auto start = co_await std::move(starting);
    if (!start)
        co_return fail(start.error());
    const auto view = requestOf(call, *start);
    if (!view)
        co_return fail(view.error());
    wanted->view = *view;
    const QString path = QDir::current().absoluteFilePath(call.value("output"));
    Task<ReportCounts> writing =
        call.services->inventory().writeReport(std::move(*wanted), path, stop);
    const auto written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error());
    call.output->say(QStringLiteral("%1: %2 certificates").arg(path).arg(written->certificates));
    QJsonObject object{{QStringLiteral("file"), path},
                       {QStringLiteral("certificates"), static_cast<qint64>(written->certificates)},
                       {QStringLiteral("hidden"), static_cast<qint64>(written->hidden)}};
    co_return object;
}

} // namespace

std::vector<Command> reportCommands()
{
    Command ends;
    ends.words = QStringLiteral("report calendar");
    ends.summary = QStringLiteral("Write what expires and what is due as a calendar (.ics).");
    ends.options = {commandOption("query", "Only certificates that this finds.", "Q"),
                    QCommandLineOption({QStringLiteral("o"), QStringLiteral("output")},
                                       QStringLiteral("The file to write."),
                                       QStringLiteral("FILE"))};
    ends.run = calendar;

    Command all;
    all.words = QStringLiteral("report inventory");
    all.summary = QStringLiteral("Write the certificates as HTML, CSV or JSON.");
    all.options = {
        commandOption("format", "html, csv (what a spreadsheet would run begins with ') or json.",
                      "F"),
        commandOption("query", "Which ones; list --query-help explains the language.", "Q"),
        commandOption("sort", "Fields to sort by, \"-\" in front turns one around.", "FIELD,..."),
        commandOption("group", "issuer, zone, tag, place or urgency.", "G"),
        commandOption("hide", "expired, superseded, revoked.", "WHAT,..."),
        commandOption("view", "Start from a saved view.", "NAME"),
        commandOption("columns", "What of each: names,urgency,expires,...", "C,..."),
        commandOption("with-trash", "Also what lies in the trash."),
        QCommandLineOption({QStringLiteral("o"), QStringLiteral("output")},
                           QStringLiteral("The file to write."), QStringLiteral("FILE"))};
    all.run = inventoryFile;
    return {ends, all};
}

} // namespace sealbook
