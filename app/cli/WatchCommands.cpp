// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/EndpointOutput.h"
#include "core/inventory/WatchService.h"
#include "core/records/CertificateMarks.h"

#include <QElapsedTimer>
#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QRegularExpression>

#include <cstdio>

namespace sealbook {

namespace {

constexpr qint64 longestList = 4L * 1024 * 1024;

// "30m", "6h", "1d", or seconds.
Result<std::chrono::seconds> intervalFrom(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,7})([smhd]?)$"));
    const QRegularExpressionMatch match = pattern.match(text);
    qint64 seconds = match.hasMatch() ? match.captured(1).toLongLong() : 0;
    const QString unit = match.captured(2);
    if (unit == QLatin1String("m"))
        seconds *= 60;
    else if (unit == QLatin1String("h"))
        seconds *= 60L * 60;
    else if (unit == QLatin1String("d"))
        seconds *= 24L * 60 * 60;
    if (seconds < 60 || seconds > 31L * 24 * 60 * 60)
        return usageError(
            QStringLiteral("--every takes one minute to 31 days, as in 30m, 6h or 1d"));
    return std::chrono::seconds(seconds);
}

Result<QString> listFrom(const QString &path)
{
    QFile file;
    bool isOpen = false;
    if (path == QLatin1String("-")) {
        isOpen = file.open(stdin, QIODevice::ReadOnly);
    } else {
        file.setFileName(path);
        isOpen = file.open(QIODevice::ReadOnly);
    }
    if (!isOpen)
        return fail(Error::Kind::NotFound,
                    QStringLiteral("cannot read %1: %2").arg(path, file.errorString()));
    const QByteArray bytes = file.read(longestList + 1);
    if (bytes.size() > longestList)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("%1 is too long for a list of endpoints").arg(path));
    return QString::fromUtf8(bytes);
}

Error errorOf(const EndpointList &list)
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    error.detail = list.issues.size() == 1
        ? list.issues.front().error.detail
        : QStringLiteral("%1 endpoints cannot be read").arg(list.issueCount);
    error.advice = list.issues.front().error.advice;
    for (const EndpointList::Issue &issue : list.issues)
        error.parts.push_back({issue.typed, QString(), issue.error.detail});
    return error;
}

// What the arguments and --file name; all must be right.
Result<std::vector<EndpointAddress>> addressesOf(const CommandCall &call)
{
    QString text = call.arguments.join(QLatin1Char('\n'));
    for (const QString &path : call.values("file")) {
        const Result<QString> list = listFrom(path);
        if (!list)
            return fail(list.error());
        text += QLatin1Char('\n') + *list;
    }
    const EndpointList list = EndpointList::parse(text);
    if (list.issueCount > 0)
        return fail(errorOf(list));
    return list.addresses;
}

Task<QJsonObject> add(CommandCall call, std::stop_token stop)
{
    const auto addresses = addressesOf(call);
    if (!addresses)
        co_return fail(addresses.error());
    if (addresses->empty())
        co_return usageError(QStringLiteral("name at least one endpoint, or a list with --file"));
    EndpointRecord wanted;
    if (call.isSet("every")) {
        const auto interval = intervalFrom(call.value("every"));
        if (!interval)
            co_return fail(interval.error());
        wanted.interval = *interval;
    }
    wanted.serverName = call.value("sni").toLower();
    wanted.onlyAddress = call.value("address");
    if (QHostAddress literal;
        !wanted.onlyAddress.isEmpty() && !literal.setAddress(wanted.onlyAddress))
        co_return usageError(QStringLiteral("--address takes an IP address"));
    wanted.owner = call.value("owner");
    wanted.tags = normalizedTags(call.values("tag"));
    std::vector<EndpointRecord> records;
    for (const EndpointAddress &address : *addresses) {
        wanted.id = EndpointId::make();
        wanted.address = address;
        records.push_back(wanted);
    }
    WatchService &watch = call.services->watch();
    const auto saved = co_await watch.add(records);
    if (!saved)
        co_return fail(saved.error());
    call.output->say(QStringLiteral("%1 added, %2 known").arg(saved->added).arg(saved->known));
    QJsonObject object{{QStringLiteral("added"), saved->added},
                       {QStringLiteral("known"), saved->known}};
    Q_UNUSED(stop)
    co_return object;
}

Task<QJsonObject> list(CommandCall call, std::stop_token stop)
{
    const auto statuses = co_await call.services->watch().list(stop);
    if (!statuses)
        co_return fail(statuses.error());
    for (const EndpointStatus &status : *statuses)
        call.output->item(endpointJson(status), endpointLine(status));
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(statuses->size())}};
    co_return object;
}

// The endpoints that the arguments name, by address or id; all when there are none.
Result<std::vector<EndpointStatus>> chosen(const CommandCall &call,
                                           const std::vector<EndpointStatus> &all)
{
    if (call.arguments.isEmpty())
        return all;
    std::vector<EndpointStatus> found;
    for (const QString &argument : call.arguments) {
        const Result<EndpointAddress> address = EndpointAddress::fromText(argument);
        const std::size_t before = found.size();
        for (const EndpointStatus &status : all) {
            if (status.record.id.text() == argument
                || (address && status.record.address == *address))
                found.push_back(status);
        }
        if (found.size() == before)
            return fail(Error::Kind::NotFound,
                        QStringLiteral("no endpoint %1 is watched").arg(argument),
                        QStringLiteral("\"sealbook watch list\" shows those that are."));
    }
    return found;
}

Task<QJsonObject> show(CommandCall call, std::stop_token stop)
{
    WatchService &watch = call.services->watch();
    const auto all = co_await watch.list(stop);
    if (!all)
        co_return fail(all.error());
    const auto found = chosen(call, *all);
    if (!found)
        co_return fail(found.error());
    const EndpointStatus status = found->front();
    const auto history = co_await watch.history(status.record.id);
    if (!history)
        co_return fail(history.error());
    QJsonArray past;
    for (const EndpointCheck &check : *history)
        past.append(endpointCheckJson(check));
    if (!call.output->isJson())
        sayEndpoint(*call.output, status, *history);
    QJsonObject endpoint = endpointJson(status);
    endpoint.insert(QStringLiteral("history"), past);
    QJsonObject object{{QStringLiteral("endpoint"), endpoint}};
    co_return object;
}

Task<QJsonObject> remove(CommandCall call, std::stop_token stop)
{
    WatchService &watch = call.services->watch();
    const auto all = co_await watch.list(stop);
    if (!all)
        co_return fail(all.error());
    const auto found = chosen(call, *all);
    if (!found)
        co_return fail(found.error());
    std::vector<EndpointId> ids;
    for (const EndpointStatus &status : *found)
        ids.push_back(status.record.id);
    const auto removed = co_await watch.remove(ids);
    if (!removed)
        co_return fail(removed.error());
    call.output->say(
        QStringLiteral("%1 removed. The certificates that were seen there stay.").arg(ids.size()));
    QJsonObject object{{QStringLiteral("removed"), static_cast<qint64>(ids.size())}};
    co_return object;
}

Error needsPerson(const std::vector<EndpointStatus> &statuses)
{
    Error error;
    error.kind = Error::Kind::Conflict;
    for (const EndpointStatus &status : statuses) {
        if (needsAction(status.state))
            error.parts.push_back(
                {status.record.address.text(), endpointStateName(status.state), status.reason});
    }
    error.detail = QStringLiteral("%1 of %2 endpoints need a person")
                       .arg(error.parts.size())
                       .arg(statuses.size());
    return error;
}

Task<QJsonObject> run(CommandCall call, std::stop_token stop)
{
    WatchService &watch = call.services->watch();
    const bool isMonitoring = call.isSet("monitoring");
    std::vector<EndpointId> ids;
    if (!call.arguments.isEmpty()) {
        const auto all = co_await watch.list(stop);
        if (!all)
            co_return fail(all.error());
        const auto found = chosen(call, *all);
        if (!found)
            co_return fail(found.error());
        for (const EndpointStatus &status : *found)
            ids.push_back(status.record.id);
    }
    QElapsedTimer timer;
    timer.start();
    const auto statuses = co_await watch.check(ids, stop);
    if (!statuses)
        co_return fail(statuses.error());
    const MonitoringSummary summary = monitoringSummary(*statuses);
    if (!isMonitoring) {
        for (const EndpointStatus &status : *statuses)
            call.output->item(endpointJson(status), endpointLine(status));
        const Error error = needsPerson(*statuses);
        if (!error.parts.empty())
            co_return fail(error);
    } else if (!call.output->isJson()) {
        call.output->say(summary.line);
    }
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(statuses->size())},
                       {QStringLiteral("monitoring_state"), summary.exitCode},
                       {QStringLiteral("summary"), summary.line},
                       {QStringLiteral("elapsed_ms"), timer.elapsed()}};
    co_return object;
}

// Monitoring systems read 0 to 3 and one line; whatever keeps us from looking is UNKNOWN.
int monitoringExit(const QCommandLineParser &parser, Output &output,
                   const Result<QJsonObject> &result, int usual)
{
    if (!parser.isSet(QStringLiteral("monitoring")))
        return usual;
    if (result)
        return result->value(QStringLiteral("monitoring_state")).toInt();
    if (!output.isJson())
        output.say(QStringLiteral("SEALBOOK UNKNOWN - %1").arg(result.error().detail));
    return monitoringUnknown;
}

} // namespace

std::vector<Command> watchCommands()
{
    Command make;
    make.words = QStringLiteral("watch add");
    make.arguments = QStringLiteral("HOST:PORT...");
    make.summary = QStringLiteral("Watch endpoints: host:port, or smtp://host:587 and the like.");
    make.maximumArguments = -1;
    make.options = {commandOption("file", "A list, one a line; - for the input.", "FILE"),
                    commandOption("sni", "The name to ask for, if not the host.", "NAME"),
                    commandOption("address", "Only this address of the host.", "IP"),
                    commandOption("every", "How often: 30m, 6h (usual), 1d.", "TIME"),
                    commandOption("owner", "The person who answers for it.", "O"),
                    commandOption("tag", "A tag; may be repeated.", "T")};
    make.run = add;

    Command all;
    all.words = QStringLiteral("watch list");
    all.summary = QStringLiteral("List watched endpoints and what they were like last.");
    all.run = list;

    Command one;
    one.words = QStringLiteral("watch show");
    one.arguments = QStringLiteral("HOST:PORT");
    one.summary = QStringLiteral("Show an endpoint, each of its addresses, and its history.");
    one.minimumArguments = one.maximumArguments = 1;
    one.run = show;

    Command gone;
    gone.words = QStringLiteral("watch remove");
    gone.arguments = QStringLiteral("HOST:PORT...");
    gone.summary = QStringLiteral("Watch endpoints no longer.");
    gone.minimumArguments = 1;
    gone.maximumArguments = -1;
    gone.run = remove;

    Command look;
    look.words = QStringLiteral("watch run");
    look.arguments = QStringLiteral("[HOST:PORT...]");
    look.summary = QStringLiteral("Look at all endpoints now; exit 1 where one needs a person.");
    look.maximumArguments = -1;
    look.options = {commandOption("monitoring",
                                  "One line with performance data, and exit 0 (OK), 1 "
                                  "(WARNING), 2 (CRITICAL) or 3 (UNKNOWN).")};
    look.run = run;
    look.exitCode = monitoringExit;
    return {make, all, one, gone, look};
}

} // namespace sealbook
