// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/SecretInput.h"
#include "core/inventory/CertificateService.h"
#include "core/records/Urgency.h"

#include <QJsonArray>

#include <cstdio>

namespace sealbook {

namespace {
Urgency urgencyOf(const CertificateRecord &certificate, const QDateTime &now)
{
    UrgencyInput input;
    input.notBefore = certificate.notBefore;
    input.notAfter = certificate.notAfter;
    input.failedRenewals = certificate.failedRenewals;
    input.retired = certificate.retired;
    return urgencyOf(input, now);
}

bool matches(const CertificateRecord &certificate, const QString &query)
{
    if (query.isEmpty())
        return true;
    const QStringList texts = certificate.names
        + QStringList{certificate.sha256, certificate.serial, certificate.issuer,
                      certificate.subject};
    return std::any_of(texts.begin(), texts.end(), [&query](const QString &text) {
        return text.contains(query, Qt::CaseInsensitive);
    });
}

Task<QJsonObject> list(CommandCall call, std::stop_token)
{
    const auto certificates = co_await call.services->certificates().list();
    if (!certificates)
        co_return fail(certificates.error());
    const QDateTime now = call.services->clock().utcNow();
    int count = 0;
    for (const CertificateRecord &certificate : *certificates) {
        if (!matches(certificate, call.value("query")))
            continue;
        ++count;
        const QString urgency = urgencyName(urgencyOf(certificate, now));
        QJsonObject object = certificateJson(certificate);
        object.insert(QStringLiteral("urgency"), urgency);
        object.insert(QStringLiteral("credential"), certificate.credential);
        call.output->item(object,
                          QStringLiteral("%1  %2  %3  %4  %5")
                              .arg(certificate.sha256.left(16), urgency,
                                   rfc3339(certificate.notAfter), certificate.issuer,
                                   certificate.names.join(u", ")));
    }
    QJsonObject object{{QStringLiteral("count"), count}};
    co_return object;
}

QJsonArray extensionsJson(const std::vector<Certificate::Extension> &extensions)
{
    QJsonArray array;
    for (const Certificate::Extension &extension : extensions) {
        array.append(QJsonObject{{QStringLiteral("name"), extension.name},
                                 {QStringLiteral("oid"), extension.oid},
                                 {QStringLiteral("critical"), extension.critical},
                                 {QStringLiteral("value"), extension.value}});
    }
    return array;
}

void sayDetails(Output &output, const CertificateDetails &details, const QString &urgency)
{
    const CertificateRecord &record = details.record;
    const auto line = [&output](const char *label, const QString &value) {
        output.say(QString::fromLatin1(label).leftJustified(14) + value);
    };
    line("Names", record.names.join(u", "));
    line("Issuer", details.leaf.issuer());
    line("Valid",
         rfc3339(record.notBefore) + QStringLiteral(" to ") + rfc3339(record.notAfter)
             + QStringLiteral(" (%1)").arg(urgency));
    line("Key",
         record.keyAlgorithm
             + (record.keyId.isValid() ? QStringLiteral(", in the vault")
                                       : QStringLiteral(", not here")));
    line("Signature", record.signatureAlgorithm);
    line("Serial", record.serial);
    line("SHA-256", record.sha256);
    line("Chain", details.chain.verified ? QStringLiteral("verified") : details.chain.reason);
    line("From", record.origin);
    for (const Certificate::Extension &extension : details.extensions)
        output.say(QStringLiteral("%1%2: %3")
                       .arg(extension.name,
                            extension.critical ? QStringLiteral(" (critical)") : QString(),
                            QString(extension.value).replace(u'\n', u' ')));
}

Task<QJsonObject> show(CommandCall call, std::stop_token)
{
    CertificateService &service = call.services->certificates();
    const QString id = call.arguments.constFirst();
    const auto found = co_await service.find(id);
    if (!found)
        co_return fail(found.error());
    const auto details = co_await service.details(found->sha256);
    if (!details)
        co_return fail(details.error());
    const QString urgency = urgencyName(urgencyOf(*found, call.services->clock().utcNow()));
    if (!call.output->isJson())
        sayDetails(*call.output, *details, urgency);
    QJsonObject certificate = certificateJson(*found);
    certificate.insert(QStringLiteral("urgency"), urgency);
    certificate.insert(QStringLiteral("signature_algorithm"), found->signatureAlgorithm);
    certificate.insert(QStringLiteral("extensions"), extensionsJson(details->extensions));
    certificate.insert(QStringLiteral("chain_verified"), details->chain.verified);
    certificate.insert(QStringLiteral("chain_reason"), details->chain.reason);
    certificate.insert(QStringLiteral("pem"), QString::fromLatin1(details->leaf.pem()));
    QJsonObject object{{QStringLiteral("certificate"), certificate}};
    co_return object;
}

Result<Secret> passwordOf(const CommandCall &call)
{
    if (!call.isSet("password-fd"))
        return Secret();
    const auto descriptor = descriptorFromText(call.value("password-fd"));
    if (!descriptor)
        return fail(descriptor.error());
    return secretFromDescriptor(*descriptor);
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

Task<QJsonObject> exportOne(CommandCall call, std::stop_token stop)
{
    const auto format = exportFormatFromName(call.value("format"));
    if (!format)
        co_return usageError(
            QStringLiteral("--format is one of: cert, chain, fullchain, key, pkcs12, der"));
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
    if (*format == ExportFormat::Pkcs12 && password->isEmpty()) {
        password = secretFromPrompt(QStringLiteral("Password for the PKCS#12 file"));
        if (!password)
            co_return fail(password.error());
    }
    const QString path = call.value("output");
    Task<> exporting = service.exportFile(found->sha256, *format, std::move(*password), path, stop);
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
    Command all;
    all.words = QStringLiteral("list");
    all.summary = QStringLiteral("List certificates.");
    all.options = {commandOption("query", "Text in names, serial, fingerprint or issuer.", "TEXT")};
    all.run = list;

    Command one;
    one.words = QStringLiteral("show");
    one.arguments = QStringLiteral("ID");
    one.summary = QStringLiteral("Show a certificate, by name or fingerprint.");
    one.minimumArguments = one.maximumArguments = 1;
    one.run = show;

    Command bring;
    bring.words = QStringLiteral("import");
    bring.arguments = QStringLiteral("FILE...");
    bring.summary = QStringLiteral("Import PEM, DER or PKCS#12 files.");
    bring.minimumArguments = 1;
    bring.maximumArguments = -1;
    bring.options = {commandOption("password-fd", "File descriptor with the password.", "N")};
    bring.run = importPaths;

    Command take;
    take.words = QStringLiteral("export");
    take.arguments = QStringLiteral("ID");
    take.summary = QStringLiteral("Write a certificate, its chain or its key to a file.");
    take.minimumArguments = take.maximumArguments = 1;
    take.options = {commandOption("format", "cert, chain, fullchain, key, pkcs12 or der.", "F"),
                    QCommandLineOption({QStringLiteral("o"), QStringLiteral("output")},
                                       QStringLiteral("File to write."), QStringLiteral("FILE")),
                    commandOption("password-fd", "File descriptor with the password.", "N")};
    take.run = exportOne;
    return {all, one, bring, take};
}

} // namespace sealbook
