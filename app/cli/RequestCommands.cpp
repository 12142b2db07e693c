// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "core/base/DomainName.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/FileAccess.h"
#include "core/inventory/InventoryService.h"
#include "core/x509/PemBlocks.h"

#include <QJsonArray>

namespace sealbook {

namespace {
QJsonObject requestJson(const RequestState &state)
{
    const RequestRecord &request = state.request;
    return {{QStringLiteral("sha256"), request.sha256},
            {QStringLiteral("names"), QJsonArray::fromStringList(request.names)},
            {QStringLiteral("key_algorithm"), request.keyAlgorithm},
            {QStringLiteral("public_key_sha256"), request.publicKeySha256},
            {QStringLiteral("has_key"), state.hasKey},
            {QStringLiteral("certificates"), QJsonArray::fromStringList(state.certificates)},
            {QStringLiteral("origin"), request.origin},
            {QStringLiteral("added_at"), rfc3339(request.addedAt)}};
}

QString requestLine(const RequestState &state)
{
    return QStringLiteral("%1  %2  %3  %4  %5")
        .arg(state.request.sha256.left(16), state.request.keyAlgorithm,
             state.hasKey ? QStringLiteral("key here") : QStringLiteral("no key"),
             state.certificates.isEmpty()
                 ? QStringLiteral("waiting")
                 : QStringLiteral("answered by ") + state.certificates.first().left(16),
             state.request.names.join(u", "));
}

Task<QJsonObject> listRequests(CommandCall call, std::stop_token)
{
    const auto states = co_await call.services->certificates().requests();
    if (!states)
        co_return fail(states.error());
    for (const RequestState &state : *states)
        call.output->item(requestJson(state), requestLine(state));
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(states->size())}};
    co_return object;
}

Task<QJsonObject> matchRequest(CommandCall call, std::stop_token stop)
{
    CertificateService &service = call.services->certificates();
    auto password = passwordOf(call);
    if (!password)
        co_return fail(password.error());
    const QString path = call.arguments.constFirst();
    Task<QStringList> reading = service.publicKeysIn(path, std::move(*password), stop);
    const auto keys = co_await std::move(reading);
    if (!keys)
        co_return fail(keys.error());
    const auto states = co_await service.requests();
    if (!states)
        co_return fail(states.error());
    int requests = 0;
    for (const RequestState &state : *states) {
        if (!keys->contains(state.request.publicKeySha256))
            continue;
        ++requests;
        call.output->item(requestJson(state), QStringLiteral("request      ") + requestLine(state));
    }
    Task<std::shared_ptr<const Inventory>> looking = call.services->inventory().snapshot(stop);
    const auto inventory = co_await std::move(looking);
    if (!inventory)
        co_return fail(inventory.error());
    int certificates = 0;
    for (const InventoryRow &row : (*inventory)->rows()) {
        if (!row.isCertificate() || !keys->contains(row.publicKey.hex()))
            continue;
        const QString sha256 = row.sha256.hex();
        const auto record = co_await service.find(sha256);
        if (!record)
            co_return fail(record.error());
        ++certificates;
        call.output->item(
            certificateJson(*record),
            QStringLiteral("certificate  %1  %2  %3")
                .arg(sha256.left(16), rfc3339(record->notAfter), record->names.join(u", ")));
    }
    if (requests + certificates == 0)
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("nothing here has the public key of \"%1\"").arg(path));
    QJsonObject object{{QStringLiteral("requests"), requests},
                       {QStringLiteral("certificates"), certificates}};
    co_return object;
}

Task<QJsonObject> newRequest(CommandCall call, std::stop_token stop)
{
    QStringList names;
    for (const QString &argument : call.arguments) {
        const auto name = DomainName::fromUserInput(argument);
        if (!name)
            co_return usageError(name.error().detail);
        names.append(name->ascii());
    }
    const QString wanted = call.isSet("key") ? call.value("key") : QStringLiteral("ec256");
    const auto type = keyTypeFromName(wanted);
    if (!type)
        co_return usageError(
            QStringLiteral("--key is one of: ec256, ec384, rsa2048, rsa3072, rsa4096"));
    Task<RequestRecord> making = call.services->certificates().makeRequest(names, *type, stop);
    const auto request = co_await std::move(making);
    if (!request)
        co_return fail(request.error());
    const QByteArray pem = pemOfDer(request->der, "CERTIFICATE REQUEST");
    QJsonObject object{{QStringLiteral("sha256"), request->sha256},
                       {QStringLiteral("names"), QJsonArray::fromStringList(request->names)},
                       {QStringLiteral("pem"), QString::fromLatin1(pem)}};
    const QString path = call.value("output");
    if (path.isEmpty()) {
        call.output->say(QString::fromLatin1(pem).trimmed());
        co_return object;
    }
    const auto written = replaceFile(path,
                                     {reinterpret_cast<const std::uint8_t *>(pem.constData()),
                                      static_cast<std::size_t>(pem.size())},
                                     false);
    if (!written)
        co_return fail(written.error());
    call.output->say(QStringLiteral("Wrote %1").arg(path));
    object.insert(QStringLiteral("file"), path);
    co_return object;
}
} // namespace

std::vector<Command> requestCommands()
{
    Command make;
    make.words = QStringLiteral("csr new");
    make.arguments = QStringLiteral("NAME...");
    make.summary = QStringLiteral("Make a key in the vault and a request for these names.");
    make.needs = CommandNeeds::Keychain;
    make.minimumArguments = 1;
    make.maximumArguments = -1;
    make.options = {commandOption("key", "ec256, ec384, rsa2048, rsa3072 or rsa4096.", "KEY"),
                    QCommandLineOption({QStringLiteral("o"), QStringLiteral("output")},
                                       QStringLiteral("File to write."), QStringLiteral("FILE"))};
    make.run = newRequest;

    Command all;
    all.words = QStringLiteral("csr list");
    all.summary = QStringLiteral("List the requests, and which certificate answers each.");
    all.run = listRequests;

    Command match;
    match.words = QStringLiteral("csr match");
    match.arguments = QStringLiteral("FILE");
    match.summary = QStringLiteral(
        "Find the requests and certificates with the public key of what is in FILE.");
    match.minimumArguments = match.maximumArguments = 1;
    match.options = {commandOption("password-fd", "File descriptor with the password.", "N")};
    match.run = matchRequest;
    return {make, all, match};
}

} // namespace sealbook
