// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ExportFormat.h"

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

} // namespace sealbook
