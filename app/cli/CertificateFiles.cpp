// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CertificateFiles.h"

#include "app/Services.h"
#include "app/cli/KeyPassphrase.h"
#include "core/inventory/CertificateService.h"

#include <QDir>
#include <QJsonArray>

namespace sealbook {

namespace {
Task<QStringList> writeFiles(CommandCall call, CertificateRecord certificate, QString folder,
                             std::stop_token stop)
{
    if (!QDir().mkpath(folder))
        co_return fail(Error::Kind::BadRequest, QStringLiteral("cannot make %1").arg(folder));
    struct Part
    {
        ExportFormat format;
        const char *suffix;
    };
    std::vector<Part> parts{{ExportFormat::LeafPem, ".crt"},
                            {ExportFormat::ChainPem, ".chain.crt"},
                            {ExportFormat::FullChainPem, ".fullchain.crt"}};
    if (certificate.keyId.isValid()) {
        const auto opened = co_await openGate(call, stop);
        if (!opened)
            co_return fail(opened.error());
        parts.push_back({ExportFormat::KeyPem, ".key"});
    }
    QStringList files;
    for (const Part &part : parts) {
        const QString path =
            QDir(folder).filePath(plainFileName(certificate) + QLatin1String(part.suffix));
        Secret none;
        Task<> exporting = call.services->certificates().exportFile(
            certificate.sha256, part.format, std::move(none), QString(), path, stop);
        const auto exported = co_await std::move(exporting);
        if (!exported)
            co_return fail(exported.error(), "writing the files");
        files.append(QDir(folder).absoluteFilePath(QFileInfo(path).fileName()));
    }
    co_return files;
}
} // namespace

Task<QJsonObject> reportIssued(CommandCall call, IssuanceResult result, std::stop_token stop)
{
    for (const QString &note : result.notes)
        call.output->note(note);
    QStringList files;
    if (call.isSet("out")) {
        Task<QStringList> writing = writeFiles(call, result.certificate, call.value("out"), stop);
        const auto written = co_await std::move(writing);
        if (!written)
            co_return fail(written.error(),
                           "writing the files of the certificate, which is stored");
        files = *written;
    }
    call.output->say(QStringLiteral("Issued %1 by %2, valid until %3.")
                         .arg(result.certificate.names.join(u", "), result.certificate.issuer,
                              rfc3339(result.certificate.notAfter)));
    call.output->say(QStringLiteral("SHA-256 %1").arg(result.certificate.sha256));
    for (const QString &file : files)
        call.output->say(file);
    QJsonObject object{{QStringLiteral("job"), result.jobId.text()},
                       {QStringLiteral("certificate"), certificateJson(result.certificate)},
                       {QStringLiteral("files"), QJsonArray::fromStringList(files)},
                       {QStringLiteral("requests"), result.requests},
                       {QStringLiteral("elapsed_ms"), static_cast<qint64>(result.elapsed.count())}};
    if (!result.notes.isEmpty())
        object.insert(QStringLiteral("notes"), QJsonArray::fromStringList(result.notes));
    co_return object;
}

} // namespace sealbook
