// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ExportForm.h"

#include <QDir>
#include <QFileInfo>

namespace sealbook {

bool ExportForm::asksPassword() const
{
    return server.isEmpty() && takesPassword(format);
}

bool ExportForm::asksAlias() const
{
    return server.isEmpty() && (needsPassword(format) || format == ExportFormat::KubernetesSecret);
}

bool ExportForm::containsKey() const
{
    return !server.isEmpty() || sealbook::holdsKey(format);
}

std::vector<ExportForm::Problem> ExportForm::problems() const
{
    std::vector<Problem> found;
    if (containsKey() && !holdsKey)
        found.push_back({Field::Format, tr("The key of this certificate is not in the vault.")});
    if (asksPassword() && needsPassword(format) && passwordLength == 0)
        found.push_back({Field::Password, tr("A PKCS#12 file needs a password.")});
    else if (asksPassword() && !passwordsAgree)
        found.push_back({Field::Password, tr("The two passwords differ.")});
    const QFileInfo info(file);
    if (file.trimmed().isEmpty())
        found.push_back({Field::File, tr("Choose where the file goes.")});
    else if (!server.isEmpty() && !info.isDir())
        found.push_back({Field::File, tr("This folder does not exist.")});
    else if (server.isEmpty() && info.isDir())
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
    case ExportFormat::Pkcs12Legacy:
        return tr("The same for old readers (PKCS#12, 3DES)");
    case ExportFormat::CombinedPem:
        return tr("Key, certificate and issuers in one file (PEM)");
    case ExportFormat::Pkcs7:
        return tr("Certificate and issuers (PKCS#7)");
    case ExportFormat::Der:
        return tr("Certificate (DER)");
    case ExportFormat::KubernetesSecret:
        return tr("Kubernetes secret (YAML)");
    }
    Q_UNREACHABLE();
}

QString ExportForm::serverTitle(const QString &server)
{
    if (server == QLatin1String("apache"))
        return tr("All that Apache wants");
    if (server == QLatin1String("haproxy"))
        return tr("All that HAProxy wants");
    if (server == QLatin1String("caddy"))
        return tr("All that Caddy wants");
    return tr("All that %1 wants").arg(server);
}

QString ExportForm::suffix(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Pkcs12:
    case ExportFormat::Pkcs12Legacy:
        return QStringLiteral("p12");
    case ExportFormat::Pkcs7:
        return QStringLiteral("p7b");
    case ExportFormat::CombinedPem:
        return QStringLiteral("combined.pem");
    case ExportFormat::KubernetesSecret:
        return QStringLiteral("yaml");
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

CertificateRecord ExportForm::recordOf(const InventoryRow &row)
{
    CertificateRecord record;
    record.sha256 = row.sha256.hex();
    record.names = row.nameList();
    record.subject = row.subject();
    return record;
}

QString ExportForm::suggestedName(const InventoryRow &row, ExportFormat format)
{
    return plainFileName(recordOf(row)) + QLatin1Char('.') + suffix(format);
}

} // namespace sealbook
