// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "core/base/DomainName.h"
#include "core/inventory/InventoryService.h"
#include "core/inventory/TransparencyService.h"
#include "core/inventory/UnknownCertificates.h"

#include <QJsonArray>

namespace sealbook {

namespace {

using Source = TransparencySettings::Source;

// "search=https://...", as --source takes it.
Result<Source> sourceFrom(const QString &text)
{
    const qsizetype at = text.indexOf(QLatin1Char('='));
    const auto kind = transparencyKindFromName(text.left(std::max<qsizetype>(at, 0)));
    const QUrl url(text.mid(at + 1), QUrl::StrictMode);
    if (!kind || !url.isValid() || url.scheme() != QLatin1String("https") || url.host().isEmpty()
        || !url.userInfo().isEmpty())
        return usageError(QStringLiteral("--source takes search=, rfc6962= or static= with an "
                                         "address that starts with https://"));
    return Source{*kind, url};
}

QJsonObject sourceJson(const Source &source)
{
    return {{QStringLiteral("kind"), transparencyKindName(source.kind)},
            {QStringLiteral("url"), source.url.toString()}};
}

Result<QStringList> domainsFrom(const QStringList &words)
{
    QStringList domains;
    for (const QString &word : words) {
        const Result<DomainName> name = DomainName::fromUserInput(word);
        if (!name)
            return fail(name.error());
        domains.append(name->base());
    }
    return domains;
}

void say(Output &output, const TransparencySettings &settings)
{
    for (const QString &domain : settings.domains)
        output.item({{QStringLiteral("domain"), domain}}, unicodeNameOf(domain));
    for (const Source &source : settings.sources) {
        QJsonObject object{{QStringLiteral("source"), sourceJson(source)}};
        output.item(object,
                    QStringLiteral("asks %1 (%2)")
                        .arg(source.url.toString(), transparencyKindName(source.kind)));
    }
    if (settings.sources.empty())
        output.note(QStringLiteral("No source: nobody is asked. Add one with --source, as in "
                                   "--source search=https://crt.sh/"));
}

Task<QJsonObject> change(CommandCall call, QStringList words, bool adds)
{
    const auto domains = domainsFrom(words);
    if (!domains)
        co_return fail(domains.error());
    auto settings = co_await call.services->transparency().settings();
    if (!settings)
        co_return fail(settings.error());
    for (const QString &domain : *domains) {
        settings->domains.removeAll(domain);
        if (adds)
            settings->domains.append(domain);
    }
    for (const QString &text : call.values("source")) {
        const auto source = sourceFrom(text);
        if (!source)
            co_return fail(source.error());
        std::erase(settings->sources, *source);
        if (adds)
            settings->sources.push_back(*source);
    }
    const TransparencySettings wanted = *settings;
    const auto saved = co_await call.services->transparency().saveSettings(wanted);
    if (!saved)
        co_return fail(saved.error());
    say(*call.output, wanted);
    co_return wanted.toJson();
}

Task<QJsonObject> listed(CommandCall call)
{
    const auto settings = co_await call.services->transparency().settings();
    if (!settings)
        co_return fail(settings.error());
    say(*call.output, *settings);
    co_return settings->toJson();
}

void saySource(Output &output, const TransparencyReport::Source &source)
{
    QJsonObject object{{QStringLiteral("source"), sourceJson(source.source)},
                       {QStringLiteral("looked"), source.looked},
                       {QStringLiteral("found"), source.found},
                       {QStringLiteral("added"), source.added},
                       {QStringLiteral("complete"), source.isComplete}};
    object.insert(QStringLiteral("error"),
                  source.error ? QJsonValue(toJson(*source.error)) : QJsonValue());
    const QString host = source.source.url.host();
    output.item(
        object,
        source.error
            ? QStringLiteral("%1: %2").arg(host, source.error->detail)
            : QStringLiteral("%1: %2 entries, %3 about your domains, %4 new%5")
                  .arg(host)
                  .arg(source.looked)
                  .arg(source.found)
                  .arg(source.added)
                  .arg(source.isComplete ? QString() : QStringLiteral("; more with the next run")));
}

Task<QJsonObject> ran(CommandCall call, std::stop_token stop)
{
    const auto report = co_await call.services->transparency().run(stop);
    if (!report)
        co_return fail(report.error());
    if (report->sources.empty())
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("nobody is asked: no domain or no source is set"),
                       QStringLiteral("sealbook watch ct add DOMAIN --source search=URL"));
    std::optional<Error> failure;
    for (const TransparencyReport::Source &source : report->sources) {
        saySource(*call.output, source);
        if (source.error && !failure)
            failure = source.error;
    }
    Task<std::shared_ptr<Inventory>> reading = call.services->inventory().read(stop);
    const auto inventory = co_await std::move(reading);
    if (!inventory)
        co_return fail(inventory.error());
    Error error;
    error.kind = Error::Kind::Conflict;
    for (const quint32 index : unknownCertificates(**inventory)) {
        const InventoryRow &row = (*inventory)->row(index);
        QJsonObject object{{QStringLiteral("sha256"), row.sha256.hex()},
                           {QStringLiteral("names"), QJsonArray::fromStringList(row.nameList())},
                           {QStringLiteral("issuer"), row.issuer},
                           {QStringLiteral("unknown"), true}};
        call.output->item(
            object,
            QStringLiteral("UNKNOWN  %1  %2  by %3")
                .arg(row.sha256.hex().left(16), row.nameList().join(u", "), row.issuer));
        error.parts.push_back({row.firstName(), QStringLiteral("unknown"), row.issuer});
    }
    if (failure && error.parts.empty())
        co_return fail(*failure, "reading transparency logs");
    QJsonObject object{{QStringLiteral("found"), report->sha256.size()},
                       {QStringLiteral("unknown"), static_cast<qint64>(error.parts.size())}};
    if (error.parts.empty())
        co_return object;
    error.detail = QStringLiteral("%1 certificates for your domains are from a CA that you do not "
                                  "use for them")
                       .arg(error.parts.size());
    error.advice = QStringLiteral("If they are yours, say so: sealbook edit ID --owner NAME. If "
                                  "not, ask their CA to revoke them, and limit who may issue by "
                                  "CAA records.");
    if (failure)
        error.parts.push_back(
            {QStringLiteral("a source"), kindName(failure->kind), failure->detail});
    co_return fail(error);
}

Task<QJsonObject> watchLogs(CommandCall call, std::stop_token stop)
{
    QStringList words = call.arguments;
    const QString verb = words.takeFirst();
    if (verb == QLatin1String("add") || verb == QLatin1String("remove")) {
        if (words.isEmpty() && !call.isSet("source"))
            co_return usageError(QStringLiteral("name a domain, or a source with --source"));
        Task<QJsonObject> changing = change(call, words, verb == QLatin1String("add"));
        co_return co_await std::move(changing);
    }
    if (!words.isEmpty())
        co_return usageError(QStringLiteral("\"%1\" takes no domains").arg(verb));
    if (verb == QLatin1String("list")) {
        Task<QJsonObject> listing = listed(call);
        co_return co_await std::move(listing);
    }
    if (verb == QLatin1String("run")) {
        Task<QJsonObject> running = ran(call, stop);
        co_return co_await std::move(running);
    }
    co_return usageError(QStringLiteral("\"%1\" is none of add, remove, list and run").arg(verb));
}

} // namespace

std::vector<Command> transparencyCommands()
{
    Command logs;
    logs.words = QStringLiteral("watch ct");
    logs.arguments = QStringLiteral("add|remove|list|run [DOMAIN...]");
    logs.summary = QStringLiteral("Watch what CAs log about your domains (certificate "
                                  "transparency); run: exit 1 where one is not yours.");
    logs.minimumArguments = 1;
    logs.maximumArguments = -1;
    logs.options = {commandOption("source",
                                  "Whom to ask: search=URL for a service like crt.sh, "
                                  "rfc6962=URL or static=URL for a log; may be repeated.",
                                  "KIND=URL")};
    logs.run = watchLogs;
    return {logs};
}

} // namespace sealbook
