// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/EndpointOutput.h"
#include "app/cli/KeyPassphrase.h"
#include "app/cli/SecretInput.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/WatchService.h"

#include <QDir>
#include <QJsonArray>

#include <cstdio>

namespace sealbook {

namespace {
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

QJsonObject importedFile(const ImportSummary::File &file)
{
    QJsonObject object{{QStringLiteral("path"), file.path},
                       {QStringLiteral("ok"), !file.error.has_value()}};
    if (file.error) {
        object.insert(QStringLiteral("error"), toJson(*file.error));
        return object;
    }
    object.insert(QStringLiteral("certificates"), QJsonArray::fromStringList(file.sha256));
    object.insert(QStringLiteral("keys"), file.keys);
    if (file.requests > 0)
        object.insert(QStringLiteral("requests"), file.requests);
    QJsonArray closed;
    for (const ContainerContent::ClosedKey &key : file.closedKeys)
        closed.append(
            QJsonObject{{QStringLiteral("name"), key.name}, {QStringLiteral("why"), key.why}});
    if (!closed.isEmpty())
        object.insert(QStringLiteral("closed_keys"), closed);
    if (!file.notes.isEmpty())
        object.insert(QStringLiteral("notes"), QJsonArray::fromStringList(file.notes));
    return object;
}

void sayImported(Output &output, const ImportSummary::File &file)
{
    QString line = QStringLiteral("%1: %2 certificate%3")
                       .arg(file.path)
                       .arg(file.certificates)
                       .arg(QLatin1String(file.certificates == 1 ? "" : "s"));
    if (file.error)
        line = QStringLiteral("%1: %2").arg(file.path, file.error->detail);
    else if (file.keys > 0)
        line += QStringLiteral(", %1 key%2")
                    .arg(file.keys)
                    .arg(QLatin1String(file.keys == 1 ? "" : "s"));
    if (!file.error && file.requests > 0)
        line += QStringLiteral(", %1 request%2")
                    .arg(file.requests)
                    .arg(QLatin1String(file.requests == 1 ? "" : "s"));
    output.item(importedFile(file), line);
    if (file.error || output.isJson())
        return;
    for (const ContainerContent::ClosedKey &key : file.closedKeys)
        output.say(oneLine(QStringLiteral("  key %1 stays closed: %2").arg(key.name, key.why)));
    for (const QString &note : file.notes)
        output.say(oneLine(QStringLiteral("  ") + note));
}

struct ImportCounts
{
    SavedCounts saved;
    int keys = 0;
    int requests = 0;
    int failed = 0;
    int foreign = 0;
    std::optional<Error> firstError;
};

void sayImported(Output &output, const ImportSummary &summary, ImportCounts &counts)
{
    for (const ImportSummary::File &file : summary.files) {
        if (file.isForeign && !file.isNamed) {
            ++counts.foreign;
            continue;
        }
        counts.failed += file.error ? 1 : 0;
        sayImported(output, file);
        if (file.error && file.isNamed && !counts.firstError)
            counts.firstError = file.error;
    }
    counts.saved.added += summary.added;
    counts.saved.known += summary.known;
    counts.keys += summary.keysStored;
    counts.requests += summary.requests;
}

// Endpoints and tokens one by one, then all files and folders in one run.
Task<QJsonObject> importPaths(CommandCall call, std::stop_token stop)
{
    auto password = passwordOf(call);
    if (!password)
        co_return fail(password.error());
    ImportCounts counts;
    QStringList paths;
    for (const QString &argument : call.arguments) {
        if (argument.startsWith(QLatin1String("pkcs11:"))) {
            Task<ImportSummary> reading =
                call.services->certificates().importTokens(argument, stop);
            const auto summary = co_await std::move(reading);
            if (!summary && !counts.firstError)
                counts.firstError = summary.error();
            if (summary)
                sayImported(*call.output, *summary, counts);
            continue;
        }
        if (QFileInfo::exists(argument) || !looksLikeEndpoint(argument)) {
            paths << argument;
            continue;
        }
        Task<SavedCounts> looking = importEndpoint(call, argument, stop);
        const auto saved = co_await std::move(looking);
        if (saved) {
            counts.saved.added += saved->added;
            counts.saved.known += saved->known;
        } else if (!counts.firstError) {
            counts.firstError = saved.error();
        }
    }
    const ProgressSink silent; // the lines below tell it
    Task<ImportSummary> importing =
        call.services->certificates().importPaths(paths, std::move(*password), silent, stop);
    const auto summary = co_await std::move(importing);
    if (!summary)
        co_return fail(summary.error());
    sayImported(*call.output, *summary, counts);
    if (summary->cancelled)
        co_return fail(cancelled(), "importing; what came before stays");
    if (counts.firstError)
        co_return fail(*counts.firstError);
    if (!paths.isEmpty()) {
        const QString requests =
            counts.requests == 0 ? QString() : QStringLiteral(", %1 requests").arg(counts.requests);
        call.output->say(QStringLiteral("%1 new, %2 known%3, %4 not imported, %5 of other kinds")
                             .arg(counts.saved.added)
                             .arg(counts.saved.known)
                             .arg(requests)
                             .arg(counts.failed)
                             .arg(counts.foreign));
    }
    QJsonObject object{{QStringLiteral("added"), counts.saved.added},
                       {QStringLiteral("known"), counts.saved.known},
                       {QStringLiteral("keys_stored"), counts.keys},
                       {QStringLiteral("requests"), counts.requests},
                       {QStringLiteral("failed"), counts.failed},
                       {QStringLiteral("foreign"), counts.foreign}};
    co_return object;
}

Task<> letKeyLeave(CommandCall call, std::stop_token stop)
{
    const auto wasAsked = co_await openGate(call, stop);
    if (!wasAsked)
        co_return fail(wasAsked.error());
    if (!*wasAsked)
        call.output->note(QStringLiteral("The private key leaves the vault. A passphrase (sealbook "
                                         "passphrase set) would be asked for before that."));
    co_return Result<>();
}

Task<QJsonObject> exportForServer(CommandCall call, std::stop_token stop)
{
    const QString folder = call.value("output");
    if (call.isSet("format") || folder.isEmpty())
        co_return usageError(QStringLiteral("--for SERVER takes -o FOLDER and no --format"));
    if (!serverNames().contains(call.value("for")))
        co_return usageError(
            QStringLiteral("--for is one of: %1").arg(serverNames().join(QLatin1String(", "))));
    CertificateService &service = call.services->certificates();
    const QString id = call.arguments.constFirst();
    const auto found = co_await service.find(id);
    if (!found)
        co_return fail(found.error());
    auto files = serverFiles(call.value("for"), *found, folder);
    if (!files)
        co_return fail(files.error());
    files->replacesOthers = call.isSet("replace");
    const auto opened = co_await letKeyLeave(call, stop);
    if (!opened)
        co_return fail(opened.error());
    Task<> exporting = service.exportForServer(found->sha256, *files, folder, stop);
    const auto exported = co_await std::move(exporting);
    if (!exported) {
        Error error = exported.error();
        if (error.kind == Error::Kind::Conflict)
            error.advice += QStringLiteral(" --replace writes over it.");
        co_return fail(std::move(error));
    }
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
    if (holdsKey(*format)) {
        const auto opened = co_await letKeyLeave(call, stop);
        if (!opened)
            co_return fail(opened.error());
    }
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

Result<Secret> passwordOf(const CommandCall &call)
{
    if (!call.isSet("password-fd"))
        return Secret();
    const auto descriptor = descriptorFromText(call.value("password-fd"));
    if (!descriptor)
        return fail(descriptor.error());
    return secretFromDescriptor(*descriptor);
}

std::vector<Command> certificateCommands()
{
    Command bring;
    bring.words = QStringLiteral("import");
    bring.arguments = QStringLiteral("PATH|HOST:PORT|pkcs11:URI...");
    bring.summary =
        QStringLiteral("Import files and folders (PEM, DER, PKCS#7, PKCS#12, JKS, JCEKS), what "
                       "endpoints serve, or what lies on tokens (pkcs11: for all).");
    bring.minimumArguments = 1;
    bring.maximumArguments = -1;
    bring.options = {commandOption("password-fd", "File descriptor with the password.", "N")};
    bring.run = importPaths;

    Command take;
    take.words = QStringLiteral("export");
    take.arguments = QStringLiteral("ID");
    take.summary = QStringLiteral("Write a certificate, its chain or its key to a file.");
    take.minimumArguments = take.maximumArguments = 1;
    take.options = {
        commandOption("format",
                      "cert, chain, fullchain, key, combined, pkcs12, pkcs12-legacy, "
                      "pkcs7, der or kubernetes.",
                      "F"),
        commandOption("for",
                      "All that a server wants, into the folder -o: nginx, apache, "
                      "haproxy or caddy. Says what its configuration must say.",
                      "SERVER"),
        QCommandLineOption({QStringLiteral("o"), QStringLiteral("output")},
                           QStringLiteral("File or folder to write."), QStringLiteral("FILE")),
        commandOption("replace", "With --for: also files of other certificates."),
        commandOption("alias", "What a PKCS#12 file calls its entry, Kubernetes its secret.",
                      "TEXT"),
        commandOption("password-fd", "File descriptor with the password.", "N"),
        passphraseOption()};
    take.run = exportOne;
    return {bring, take};
}

} // namespace sealbook
