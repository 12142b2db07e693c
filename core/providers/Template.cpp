// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/Template.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

namespace sealbook {

namespace {

const QLatin1String eachKey("each");
const QLatin1String asKey("as");

QRegularExpression placeholder()
{
    return QRegularExpression(QStringLiteral("\\{([A-Za-z0-9_.@|]+)\\}"));
}

const QJsonValue *lookUp(const QString &names, const TemplateVariables &variables)
{
    const QStringList alternatives = names.split(QLatin1Char('|'));
    for (const QString &name : alternatives) {
        const auto found = variables.values.constFind(name);
        if (found != variables.values.constEnd())
            return &*found;
    }
    return nullptr;
}

tl::unexpected<Error> unknown(const QString &names)
{
    return fail(Error::Kind::Internal,
                QStringLiteral("the provider's definition asks for {%1}, which is not known here")
                    .arg(names));
}

Result<QJsonValue> expandArray(const QJsonArray &array, const TemplateVariables &variables);

Result<QJsonValue> expandString(const QString &text, const TemplateVariables &variables)
{
    static const QRegularExpression pattern = placeholder();
    const QRegularExpressionMatch match = pattern.match(text);
    if (match.hasMatch() && match.capturedLength() == text.size()) {
        const QJsonValue *value = lookUp(match.captured(1), variables);
        if (!value)
            return unknown(match.captured(1));
        return *value;
    }
    const Result<QString> expanded = expandText(text, variables);
    if (!expanded)
        return fail(expanded.error());
    return QJsonValue(*expanded);
}

Result<QJsonValue> expandObject(const QJsonObject &object, const TemplateVariables &variables)
{
    QJsonObject expanded;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const Result<QJsonValue> value = expandJson(it.value(), variables);
        if (!value)
            return fail(value.error());
        expanded.insert(it.key(), *value);
    }
    return QJsonValue(expanded);
}

Result<QJsonValue> expandArray(const QJsonArray &array, const TemplateVariables &variables)
{
    QJsonArray expanded;
    for (const QJsonValue &element : array) {
        const QJsonObject object = element.toObject();
        if (!object.contains(eachKey)) {
            const Result<QJsonValue> value = expandJson(element, variables);
            if (!value)
                return fail(value.error());
            expanded.append(*value);
            continue;
        }
        const std::vector<TemplateVariables::Item> items =
            variables.lists.value(object.value(eachKey).toString());
        for (const TemplateVariables::Item &item : items) {
            TemplateVariables inner = variables;
            inner.values.insert(item);
            const Result<QJsonValue> value = expandJson(object.value(asKey), inner);
            if (!value)
                return fail(value.error());
            expanded.append(*value);
        }
    }
    return QJsonValue(expanded);
}

} // namespace

QString templateText(const QJsonValue &value)
{
    if (value.isDouble() && value.toDouble() == double(value.toInteger()))
        return QString::number(value.toInteger());
    return value.toVariant().toString();
}

Result<QString> expandText(const QString &text, const TemplateVariables &variables,
                           TemplateEncoding encoding)
{
    static const QRegularExpression pattern = placeholder();
    QString expanded;
    qsizetype from = 0;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const QJsonValue *value = lookUp(match.captured(1), variables);
        if (!value)
            return unknown(match.captured(1));
        QString part = templateText(*value);
        if (encoding == TemplateEncoding::Path)
            part = QString::fromLatin1(QUrl::toPercentEncoding(part, "@"));
        expanded += text.mid(from, match.capturedStart() - from) + part;
        from = match.capturedEnd();
    }
    return expanded + text.mid(from);
}

Result<QJsonValue> expandJson(const QJsonValue &value, const TemplateVariables &variables)
{
    if (value.isString())
        return expandString(value.toString(), variables);
    if (value.isArray())
        return expandArray(value.toArray(), variables);
    if (value.isObject())
        return expandObject(value.toObject(), variables);
    return value;
}

QStringList templateNames(const QJsonValue &value)
{
    QStringList names;
    if (value.isString()) {
        static const QRegularExpression pattern = placeholder();
        auto matches = pattern.globalMatch(value.toString());
        while (matches.hasNext())
            names += matches.next().captured(1).split(QLatin1Char('|'));
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue &element : array)
            names += templateNames(element);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QJsonValue &member : object)
            names += templateNames(member);
    }
    return names;
}

} // namespace sealbook
