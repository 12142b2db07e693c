// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "core/governance/CredentialService.h"
#include "core/inventory/CalendarFile.h"
#include "core/inventory/FileAccess.h"
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
    return {ends};
}

} // namespace sealbook
