// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/PracticeSession.h"
#include "app/Services.h"
#include "app/cli/CertificateFiles.h"
#include "app/cli/Commands.h"
#include "app/cli/JobProgress.h"
#include "app/cli/KeyPassphrase.h"
#include "core/base/DomainName.h"
#include "core/issuance/AccountService.h"
#include "core/issuance/IssuanceService.h"
#include "core/x509/Csr.h"

#include <QFile>
#include <QJsonArray>

#include <unistd.h>

namespace sealbook {

namespace {
Result<QStringList> namesOf(const QStringList &typed)
{
    const NameList list = NameList::parse(typed.join(u'\n'));
    if (!list.issues.empty())
        return fail(list.issues.front().error);
    QStringList names;
    for (const DomainName &name : list.names)
        names.append(name.ascii());
    return names;
}

Result<QByteArray> csrFrom(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::NotFound,
                    QStringLiteral("the CSR %1 cannot be read: %2").arg(path, file.errorString()));
    const auto csr = Csr::read(file.read(qint64(256) * 1024));
    if (!csr)
        return fail(csr.error(), "reading the CSR");
    return csr->der;
}

Result<IssuanceRequest> requestOf(const CommandCall &call)
{
    IssuanceRequest request;
    if (call.isSet("csr")) {
        const auto der = csrFrom(call.value("csr"));
        if (!der)
            return fail(der.error());
        request.csrDer = *der;
    }
    QStringList typed = call.arguments;
    if (typed.isEmpty() && !request.csrDer.isEmpty()) {
        const auto csr = Csr::read(request.csrDer);
        typed = csr ? csr->names : QStringList();
    }
    if (typed.isEmpty() && request.csrDer.isEmpty())
        return usageError(QStringLiteral("issue takes: NAME..."));
    const auto names = namesOf(typed);
    if (!names)
        return fail(names.error());
    request.names = *names;
    const bool practice = call.global.practice;
    request.caId = call.isSet("ca") ? call.value("ca")
        : practice                  ? QStringLiteral("practice")
                                    : QStringLiteral("letsencrypt");
    if (!call.isSet("manual")) {
        request.credential = call.isSet("credential") ? call.value("credential")
            : practice                                ? PracticeSession::credentialName()
                                                      : QString();
        if (request.credential.isEmpty())
            return usageError(
                QStringLiteral("say how to write DNS: --credential NAME, or --manual"));
    }
    if (call.isSet("key")) {
        const auto type = keyTypeFromName(call.value("key"));
        if (!type)
            return usageError(
                QStringLiteral("\"%1\" is no key type: ec256, ec384, rsa2048, rsa3072 "
                               "or rsa4096")
                    .arg(call.value("key")));
        request.keyType = *type;
    }
    request.profile = call.value("ca-profile");
    for (const QString &mail : call.values("contact"))
        request.contacts.append(QStringLiteral("mailto:") + mail);
    request.unattended = ::isatty(STDIN_FILENO) == 0; // nobody sits there to judge a risk
    request.agreesToTerms = practice || call.isSet("agree-to-terms");
    if (call.global.timeout)
        request.timeout = *call.global.timeout;
    return request;
}

QJsonObject describePlan(const IssuanceRequest &request, const CaRecord &ca)
{
    return {{QStringLiteral("dry_run"), true},
            {QStringLiteral("names"), QJsonArray::fromStringList(request.names)},
            {QStringLiteral("ca"), ca.name},
            {QStringLiteral("directory"), ca.directoryUrl},
            {QStringLiteral("credential"), request.credential},
            {QStringLiteral("key"), QString::fromLatin1(keyTypeName(request.keyType))}};
}

Task<QJsonObject> issue(CommandCall call, std::stop_token stop)
{
    auto request = requestOf(call);
    if (!request)
        co_return fail(request.error());
    Services &services = *call.services;
    const auto ca = co_await services.accounts().ca(request->caId);
    if (!ca)
        co_return fail(ca.error());
    const std::vector<Error> problems = services.issuance().problems(*request);
    if (!problems.empty())
        co_return fail(problems.front());
    if (call.isSet("dry-run")) {
        call.output->say(QStringLiteral("Would ask %1 for %2. Nothing was sent.")
                             .arg(ca->name, request->names.join(u", ")));
        co_return describePlan(*request, *ca);
    }
    if (call.isSet("out") && !call.isSet("csr")) {
        const auto canWrite = co_await canOpenGate(call);
        if (!canWrite)
            co_return fail(canWrite.error());
    }
    const JobProgress progress(services.issuance(), *call.output);
    Task<IssuanceResult> issuing = services.issuance().issue(*request, stop);
    const auto result = co_await std::move(issuing);
    if (!result)
        co_return fail(result.error());
    // R29: what an earlier job could not take back. It changes nothing about this one.
    const auto swept = co_await services.issuance().sweep(stop);
    if (!swept)
        call.output->note(QStringLiteral("Left records: ") + describe(swept.error()));
    Task<QJsonObject> ending = reportIssued(call, *result, stop);
    co_return co_await std::move(ending);
}
} // namespace

std::vector<Command> issueCommands()
{
    Command command;
    command.words = QStringLiteral("issue");
    command.arguments = QStringLiteral("NAME...");
    command.summary = QStringLiteral("Issue a certificate by DNS-01.");
    command.needs = CommandNeeds::Keychain;
    command.maximumArguments = -1;
    command.options = {
        commandOption("ca", "Id of a CA (see: ca list) or its directory URL.", "ID|URL"),
        commandOption("credential", "DNS credential to use.", "NAME"),
        commandOption("manual", "A person edits DNS; the records are shown."),
        commandOption("key", "ec256, ec384, rsa2048, rsa3072 or rsa4096.", "TYPE"),
        commandOption("csr", "Your own CSR; its key stays with you.", "FILE"),
        commandOption("ca-profile", "Certificate profile of the CA.", "NAME"),
        commandOption("contact", "E-mail address for a new account.", "MAIL"),
        commandOption("agree-to-terms", "You agree to the CA's terms of service."),
        commandOption("out", "Write certificate, chain and key there as PEM files.", "DIR"),
        passphraseOption(),
        commandOption("dry-run", "Check everything that needs no sending.")};
    command.run = issue;
    return {command};
}

} // namespace sealbook
