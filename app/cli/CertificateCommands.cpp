// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/EndpointOutput.h"
#include "app/cli/SecretInput.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/WatchService.h"

#include <QDir>
#include <QJsonArray>

#include <cstdio>

namespace sealbook {

namespace {
Result<Secret> passwordOf(const CommandCall &call)
{
    if (!call.isSet("password-fd"))
        return Secret();
    const auto descriptor = descriptorFromText(call.value("password-fd"));
    if (!descriptor)
        return fail(descriptor.error());
    return secretFromDescriptor(*descriptor);
}

// Looks at an endpoint, keeps what it serves, and prints the row of it.
Task<SavedCounts> importEndpoint(CommandCall call, QString text, std::stop_token stop)
{
    auto address = EndpointAddress::fromText(text);
    Result<EndpointImport> seen = address ? Result<EndpointImport>() : fail(address.error());
    if (address) {
        EndpointTarget target;
        target.address = *address;
        Task<EndpointImport> looking = call.services->watch().import(target, stop);
        seen = co_await std::move(looking);
    }
    QJsonObject object{{QStringLiteral("endpoint"), address ? address->text() : text},
                       {QStringLiteral("ok"), seen.has_value()}};
    if (!seen) {
        object.insert(QStringLiteral("error"), toJson(seen.error()));
        call.output->item(object, QStringLiteral("%1: %2").arg(text, seen.error().detail));
        co_return fail(seen.error());
    }
    QJsonArray addresses;
    for (const EndpointCheck &check : seen->checks)
        addresses.append(endpointCheckJson(check));
    object.insert(QStringLiteral("certificates"), QJsonArray::fromStringList(seen->sha256));
    object.insert(QStringLiteral("addresses"), addresses);
    call.output->item(object,
                      QStringLiteral("%1: %2 new, %3 known")
                          .arg(address->text())
                          .arg(seen->saved.added)
                          .arg(seen->saved.known));
    co_return seen->saved;
}

Task<QJsonObject> importPaths(CommandCall call, std::stop_token stop)
{
    const auto password = passwordOf(call);
    if (!password)
        co_return fail(password.error());
    int added = 0;
    int known = 0;
    int keys = 0;
    std::optional<Error> firstError;
    for (const QString &path : call.arguments) {
        if (!QFileInfo::exists(path) && looksLikeEndpoint(path)) {
            Task<SavedCounts> looking = importEndpoint(call, path, stop);
            const auto saved = co_await std::move(looking);
            if (saved) {
                added += saved->added;
                known += saved->known;
            } else if (!firstError) {
                firstError = saved.error();
            }
            continue;
        }
        auto copy = password->clone();
        if (!copy)
            co_return fail(copy.error());
        Task<ImportReport> importing =
            call.services->certificates().importFile(path, std::move(*copy), stop);
        const auto report = co_await std::move(importing);
        QJsonObject object{{QStringLiteral("path"), path},
                           {QStringLiteral("ok"), report.has_value()}};
        if (!report) {
            object.insert(QStringLiteral("error"), toJson(report.error()));
            call.output->item(object, QStringLiteral("%1: %2").arg(path, report.error().detail));
            if (!firstError)
                firstError = report.error();
            continue;
        }
        added += report->added;
        known += report->known;
        keys += report->keysStored;
        object.insert(QStringLiteral("certificates"), QJsonArray::fromStringList(report->sha256));
        call.output->item(
            object,
            QStringLiteral("%1: %2 new, %3 known").arg(path).arg(report->added).arg(report->known));
    }
    if (firstError)
        co_return fail(*firstError);
    QJsonObject object{{QStringLiteral("added"), added},
                       {QStringLiteral("known"), known},
                       {QStringLiteral("keys_stored"), keys}};
    co_return object;
}

Task<QJsonObject> exportForServer(CommandCall call, std::stop_token stop)
{
    const QString folder = call.value("output");
    if (call.isSet("format") || folder.isEmpty())
        co_return usageError(QStringLiteral("--for SERVER takes -o FOLDER and no --format"));
    CertificateService &service = call.services->certificates();
    const QString id = call.arguments.constFirst();
    const auto found = co_await service.find(id);
    if (!found)
        co_return fail(found.error());
    const QString name = found->names.value(0, found->subject);
    const auto files = serverFiles(call.value("for"), name, folder);
    if (!files)
        co_return usageError(
            QStringLiteral("--for is one of: %1").arg(serverNames().join(QLatin1String(", "))));
    Task<> exporting = service.exportForServer(found->sha256, *files, folder, stop);
    const auto exported = co_await std::move(exporting);
    if (!exported)
        co_return fail(exported.error());
    QStringList written;
    for (const ServerFiles::Part &part : files->parts)
        written << QDir(folder).absoluteFilePath(part.fileName);
    call.output->say(QStringLiteral("Wrote %1\n%2")
                         .arg(written.join(QLatin1String(", ")), files->snippet.trimmed()));
    QJsonObject object{{QStringLiteral("files"), QJsonArray::fromStringList(written)},
                       {QStringLiteral("snippet"), files->snippet},
                       {QStringLiteral("sha256"), found->sha256}};
    co_return object;
}

Task<QJsonObject> exportOne(CommandCall call, std::stop_token stop)
{
    if (call.isSet("for"))
        co_return co_await exportForServer(call, stop);
    const auto format = exportFormatFromName(call.value("format"));
    if (!format)
        co_return usageError(QStringLiteral("--format is one of: %1")
                                 .arg(exportFormatNames().join(QLatin1String(", "))));
    if (!call.isSet("output"))
        co_return usageError(QStringLiteral("say where to: -o FILE"));
    CertificateService &service = call.services->certificates();
    const QString id = call.arguments.constFirst();
    const auto found = co_await service.find(id);
    if (!found)
        co_return fail(found.error());
    auto password = passwordOf(call);
    if (!password)
        co_return fail(password.error());
    if (needsPassword(*format) && password->isEmpty()) {
        password = secretFromPrompt(QStringLiteral("Password for the PKCS#12 file"));
        if (!password)
            co_return fail(password.error());
    }
    const QString path = call.value("output");
    Task<> exporting = service.exportFile(found->sha256, *format, std::move(*password),
                                          call.value("alias"), path, stop);
    const auto exported = co_await std::move(exporting);
    if (!exported)
        co_return fail(exported.error());
    call.output->say(QStringLiteral("Wrote %1").arg(path));
    QJsonObject object{{QStringLiteral("file"), path},
                       {QStringLiteral("format"), exportFormatName(*format)},
                       {QStringLiteral("sha256"), found->sha256}};
    co_return object;
}
} // namespace

std::vector<Command> certificateCommands()
{
    Command bring;
    bring.words = QStringLiteral("import");
    bring.arguments = QStringLiteral("FILE|HOST:PORT...");
    bring.summary = QStringLiteral("Import files (PEM, DER, PKCS#12), or what an endpoint serves.");
    bring.minimumArguments = 1;
    bring.maximumArguments = -1;
    bring.options = {commandOption("password-fd", "File descriptor with the password.", "N")};
    bring.run = importPaths;

    Command take;
    take.words = QStringLiteral("export");
    take.arguments = QStringLiteral("ID");
    take.summary = QStringLiteral("Write a certificate, its chain or its key to a file.");
    take.minimumArguments = take.maximumArguments = 1;
    take.options = {commandOption("format",
                                  "cert, chain, fullchain, key, combined, pkcs12, pkcs12-legacy, "
                                  "pkcs7, der or kubernetes.",
                                  "F"),
                    commandOption("for",
                                  "All that a server wants, into the folder -o: nginx, apache, "
                                  "haproxy or caddy. Says what its configuration must say.",
                                  "SERVER"),
                    QCommandLineOption({QStringLiteral("o"), QStringLiteral("output")},
                                       QStringLiteral("File or folder to write."),
                                       QStringLiteral("FILE")),
                    commandOption("alias", "What a PKCS#12 file calls its entry.", "TEXT"),
                    commandOption("password-fd", "File descriptor with the password.", "N")};
    take.run = exportOne;
    return {bring, take};
}

} // namespace sealbook
