// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ExportFormat.h"

#include <QDir>

#include <array>

namespace sealbook {

namespace {

struct FormatFacts
{
    ExportFormat format;
    const char *name;
    bool key;
    enum { Never, May, Must } password;
};
constexpr std::array formats{
    FormatFacts{ExportFormat::LeafPem, "cert", false, FormatFacts::Never},
    FormatFacts{ExportFormat::ChainPem, "chain", false, FormatFacts::Never},
    FormatFacts{ExportFormat::FullChainPem, "fullchain", false, FormatFacts::Never},
    FormatFacts{ExportFormat::KeyPem, "key", true, FormatFacts::May},
    FormatFacts{ExportFormat::CombinedPem, "combined", true, FormatFacts::Never},
    FormatFacts{ExportFormat::Pkcs12, "pkcs12", true, FormatFacts::Must},
    FormatFacts{ExportFormat::Pkcs12Legacy, "pkcs12-legacy", true, FormatFacts::Must},
    FormatFacts{ExportFormat::Pkcs7, "pkcs7", false, FormatFacts::Never},
    FormatFacts{ExportFormat::Der, "der", false, FormatFacts::Never},
    FormatFacts{ExportFormat::KubernetesSecret, "kubernetes", true, FormatFacts::Never}};

const FormatFacts &factsOf(ExportFormat format)
{
    for (const FormatFacts &facts : formats) {
        if (facts.format == format)
            return facts;
    }
    return formats.front();
}

// A path that a shell-like configuration reads as one word.
QString quoted(const QString &path)
{
    QString safe = path;
    safe.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
        .replace(QLatin1Char('"'), QLatin1String("\\\""));
    return safe.contains(QLatin1Char(' ')) ? u'"' + safe + u'"' : safe;
}

} // namespace

QString exportFormatName(ExportFormat format)
{
    return QString::fromLatin1(factsOf(format).name);
}

std::optional<ExportFormat> exportFormatFromName(const QString &name)
{
    for (const FormatFacts &facts : formats) {
        if (name == QLatin1String(facts.name))
            return facts.format;
    }
    return std::nullopt;
}

QStringList exportFormatNames()
{
    QStringList names;
    for (const FormatFacts &facts : formats)
        names.append(QString::fromLatin1(facts.name));
    return names;
}

bool holdsKey(ExportFormat format)
{
    return factsOf(format).key;
}

bool takesPassword(ExportFormat format)
{
    return factsOf(format).password != FormatFacts::Never;
}

bool needsPassword(ExportFormat format)
{
    return factsOf(format).password == FormatFacts::Must;
}

QStringList serverNames()
{
    return {QStringLiteral("nginx"), QStringLiteral("apache"), QStringLiteral("haproxy"),
            QStringLiteral("caddy")};
}

std::optional<ServerFiles> serverFiles(const QString &server, const QString &name,
                                       const QString &folder)
{
    if (!serverNames().contains(server))
        return std::nullopt;
    const QString base = plainFileName(name);
    const auto path = [&folder](const ServerFiles::Part &part) {
        return quoted(QDir(folder).absoluteFilePath(part.fileName));
    };
    ServerFiles files;
    files.server = server;
    if (server == QLatin1String("haproxy")) {
        files.parts = {{base + QStringLiteral(".pem"), ExportFormat::CombinedPem}};
        files.snippet = QStringLiteral("bind :443 ssl crt %1\n").arg(path(files.parts[0]));
        return files;
    }
    files.parts = {{base + QStringLiteral(".fullchain.pem"), ExportFormat::FullChainPem},
                   {base + QStringLiteral(".key.pem"), ExportFormat::KeyPem}};
    QString lines = QStringLiteral("tls %1 %2\n"); // Caddy
    if (server == QLatin1String("nginx"))
        lines = QStringLiteral("ssl_certificate %1;\nssl_certificate_key %2;\n");
    else if (server == QLatin1String("apache"))
        lines = QStringLiteral("SSLCertificateFile %1\nSSLCertificateKeyFile %2\n");
    files.snippet = lines.arg(path(files.parts[0]), path(files.parts[1]));
    return files;
}

QString plainFileName(const QString &name)
{
    QString base;
    for (const QChar c : name) {
        const bool plain = c.isLetterOrNumber() || c == QLatin1Char('.') || c == QLatin1Char('-');
        base += plain ? c : QLatin1Char('_');
    }
    while (base.startsWith(QLatin1Char('.')))
        base.remove(0, 1);
    return base.left(100);
}

} // namespace sealbook
