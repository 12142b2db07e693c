// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/Error.h"

#include <QJsonArray>

#include <array>

namespace sealbook {

namespace {
constexpr std::array kindNames{
    "Network",         "Timeout",     "Cancelled",    "RateLimited",    "Unauthorized",
    "BadRequest",      "DnsNotReady", "PolicyDenied", "ApprovalNeeded", "KeychainDenied",
    "KeychainAbsent",  "NotFound",    "Conflict",     "Corrupt",        "CaRefused",
    "ProviderRefused", "Internal"};
static_assert(kindNames.size() == static_cast<std::size_t>(Error::Kind::Internal) + 1);
} // namespace

QString kindName(Error::Kind kind)
{
    return QString::fromLatin1(kindNames.at(static_cast<std::size_t>(kind)));
}

std::optional<Error::Kind> kindFromName(const QString &name)
{
    for (std::size_t i = 0; i < kindNames.size(); ++i) {
        if (name == QLatin1String(kindNames.at(i)))
            return static_cast<Error::Kind>(i);
    }
    return std::nullopt;
}

QString describe(const Error &error)
{
    QString line = kindName(error.kind) + QStringLiteral(": ") + error.detail;
    for (const QString &doing : error.context)
        line += QStringLiteral(", while ") + doing;
    return line;
}

QJsonObject toJson(const Error &error)
{
    QJsonArray parts;
    for (const Error::Part &part : error.parts) {
        parts.append(QJsonObject{{QStringLiteral("subject"), part.subject},
                                 {QStringLiteral("type"), part.type},
                                 {QStringLiteral("detail"), part.detail}});
    }
    const QJsonValue retryAfter = error.retryAfter
        ? QJsonValue(static_cast<qint64>(error.retryAfter->count()))
        : QJsonValue(QJsonValue::Null);
    return {{QStringLiteral("kind"), kindName(error.kind)},
            {QStringLiteral("detail"), error.detail},
            {QStringLiteral("advice"), error.advice},
            {QStringLiteral("context"), QJsonArray::fromStringList(error.context)},
            {QStringLiteral("evidence"), error.evidence},
            {QStringLiteral("retry_after"), retryAfter},
            {QStringLiteral("parts"), parts},
            {QStringLiteral("type"), error.type}};
}

Error errorFromJson(const QJsonObject &object)
{
    Error error;
    error.kind = kindFromName(object.value(QStringLiteral("kind")).toString())
                     .value_or(Error::Kind::Internal);
    error.detail = object.value(QStringLiteral("detail")).toString();
    error.advice = object.value(QStringLiteral("advice")).toString();
    error.type = object.value(QStringLiteral("type")).toString();
    for (const QJsonValue &doing : object.value(QStringLiteral("context")).toArray())
        error.context.append(doing.toString());
    error.evidence = object.value(QStringLiteral("evidence")).toObject();
    if (const QJsonValue wait = object.value(QStringLiteral("retry_after")); wait.isDouble())
        error.retryAfter = std::chrono::seconds(wait.toInteger());
    for (const QJsonValue &part : object.value(QStringLiteral("parts")).toArray()) {
        error.parts.push_back({part[QStringLiteral("subject")].toString(),
                               part[QStringLiteral("type")].toString(),
                               part[QStringLiteral("detail")].toString()});
    }
    return error;
}

} // namespace sealbook
