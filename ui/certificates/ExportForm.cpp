// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ExportForm.h"

#include <QDir>
#include <QFileInfo>

namespace sealbook {

bool ExportForm::takesPassword() const
{
    return format == ExportFormat::KeyPem || format == ExportFormat::Pkcs12;
}

bool ExportForm::containsKey() const
{
    return takesPassword();
}

std::vector<ExportForm::Problem> ExportForm::problems() const
{
    std::vector<Problem> found;
    if (containsKey() && !holdsKey)
        found.push_back({Field::Format, tr("The key of this certificate is not in the vault.")});
    if (format == ExportFormat::Pkcs12 && passwordLength == 0)
        found.push_back({Field::Password, tr("A PKCS#12 file needs a password.")});
    else if (takesPassword() && !passwordsAgree)
        found.push_back({Field::Password, tr("The two passwords differ.")});
    const QFileInfo info(file);
    if (file.trimmed().isEmpty())
        found.push_back({Field::File, tr("Choose where the file goes.")});
    else if (info.isDir())
        found.push_back({Field::File, tr("This is a folder. Add a file name.")});
    else if (!info.isAbsolute() || !info.dir().exists())
        found.push_back({Field::File, tr("This folder does not exist.")});
    return found;
}

QString ExportForm::title(ExportFormat format)
{
    switch (format) {
    case ExportFormat::LeafPem:
        return tr("Certificate (PEM)");
    case ExportFormat::ChainPem:
        return tr("Issuers only (PEM)");
    case ExportFormat::FullChainPem:
        return tr("Certificate and issuers (PEM)");
    case ExportFormat::KeyPem:
        return tr("Private key (PEM)");
    case ExportFormat::Pkcs12:
        return tr("Certificate, issuers and key (PKCS#12)");
    case ExportFormat::Der:
        return tr("Certificate (DER)");
    }
    Q_UNREACHABLE();
}

QString ExportForm::suffix(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Pkcs12:
        return QStringLiteral("p12");
    case ExportFormat::Der:
        return QStringLiteral("der");
    case ExportFormat::KeyPem:
        return QStringLiteral("key.pem");
    case ExportFormat::ChainPem:
        return QStringLiteral("chain.pem");
    case ExportFormat::FullChainPem:
        return QStringLiteral("fullchain.pem");
    case ExportFormat::LeafPem:
        return QStringLiteral("pem");
    }
    Q_UNREACHABLE();
}

QString ExportForm::suggestedName(const CertificateRecord &record, ExportFormat format)
{
    // Whatever an imported certificate calls itself, the name stays one plain file name.
    QString base;
    for (const QChar c : record.names.value(0, record.subject)) {
        const bool plain = c.isLetterOrNumber() || c == QLatin1Char('.') || c == QLatin1Char('-');
        base += plain ? c : QLatin1Char('_');
    }
    while (base.startsWith(QLatin1Char('.')))
        base.remove(0, 1);
    if (base.isEmpty())
        base = record.sha256.left(16);
    return base.left(100) + QLatin1Char('.') + suffix(format);
}

} // namespace sealbook
