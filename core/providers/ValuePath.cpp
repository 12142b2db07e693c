// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/ValuePath.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace sealbook {

namespace {

using Values = std::vector<QJsonValue>;

Values flattened(const Values &values)
{
    Values flat;
    for (const QJsonValue &value : values) {
        if (!value.isArray()) {
            flat.push_back(value);
            continue;
        }
        const QJsonArray array = value.toArray();
        std::copy(array.begin(), array.end(), std::back_inserter(flat));
    }
    return flat;
}

Values membersOf(const QJsonValue &value, const QString &name)
{
    if (name == QLatin1String("*") && value.isObject()) {
        const QJsonObject object = value.toObject();
        return Values(object.begin(), object.end());
    }
    if (name == QLatin1String("*") || name.isEmpty())
        return flattened({value});
    if (value.isArray()) {
        bool isIndex = false;
        const int index = name.toInt(&isIndex);
        const QJsonArray array = value.toArray();
        if (isIndex)
            return index < array.size() ? Values{array.at(index)} : Values{};
        Values all;
        for (const QJsonValue &element : array) {
            const QJsonValue member = element.toObject().value(name);
            if (!member.isUndefined())
                all.push_back(member);
        }
        return all;
    }
    const QJsonValue member = value.toObject().value(name);
    return member.isUndefined() ? Values{} : Values{member};
}

QString comparable(QString text)
{
    if (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text.toLower();
}

} // namespace

Result<ValuePath::Filter> ValuePath::parseFilter(const QString &text)
{
    const qsizetype equals = text.indexOf(QLatin1Char('='));
    if (equals < 1)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the filter [%1] is not of the form [member=text]").arg(text));
    Filter filter;
    const QStringList names = text.left(equals).split(QLatin1Char('/'));
    filter.member.assign(names.begin(), names.end());
    filter.wanted = text.mid(equals + 1);
    return filter;
}

Result<ValuePath> ValuePath::parse(const QString &text)
{
    ValuePath path;
    qsizetype at = 0;
    while (at < text.size()) {
        Step step;
        if (text.at(at) == QLatin1Char('/')) {
            qsizetype end = at + 1;
            while (end < text.size() && text.at(end) != QLatin1Char('/')
                   && text.at(end) != QLatin1Char('['))
                ++end;
            step.name = text.mid(at + 1, end - at - 1);
            at = end;
        } else if (text.at(at) != QLatin1Char('[') || at != 0) {
            return fail(
                Error::Kind::BadRequest,
                QStringLiteral("\"%1\" is not a path: it starts with \"/\" or \"[\"").arg(text));
        }
        if (at < text.size() && text.at(at) == QLatin1Char('[')) {
            const qsizetype end = text.indexOf(QLatin1Char(']'), at);
            if (end < 0)
                return fail(Error::Kind::BadRequest,
                            QStringLiteral("the path \"%1\" lacks a \"]\"").arg(text));
            const QStringList filters = text.mid(at + 1, end - at - 1).split(QLatin1Char(','));
            for (const QString &each : filters) {
                Result<Filter> filter = parseFilter(each);
                if (!filter)
                    return fail(filter.error());
                step.filters.push_back(std::move(*filter));
            }
            at = end + 1;
        }
        path.m_steps.push_back(std::move(step));
    }
    return path;
}

bool ValuePath::matches(const Filter &filter, const QJsonValue &value,
                        const TemplateVariables &variables)
{
    Values found{value};
    for (const QString &name : filter.member) {
        Values next;
        for (const QJsonValue &each : found) {
            const Values members = membersOf(each, name);
            next.insert(next.end(), members.begin(), members.end());
        }
        found = std::move(next);
    }
    const Result<QString> wanted = expandText(filter.wanted, variables);
    return wanted && std::any_of(found.begin(), found.end(), [&wanted](const QJsonValue &each) {
               return comparable(templateText(each)) == comparable(*wanted);
           });
}

std::vector<QJsonValue> ValuePath::select(const QJsonValue &document,
                                          const TemplateVariables &variables) const
{
    Values current{document};
    for (const Step &step : m_steps) {
        Values next;
        for (const QJsonValue &value : current) {
            const Values members = membersOf(value, step.name);
            next.insert(next.end(), members.begin(), members.end());
        }
        current = step.filters.empty() ? std::move(next) : flattened(next);
        for (const Filter &filter : step.filters)
            std::erase_if(current, [&](const QJsonValue &value) {
                return !matches(filter, value, variables);
            });
    }
    current = flattened(current);
    std::erase_if(current, [](const QJsonValue &value) { return value.isNull(); });
    return current;
}

QString ValuePath::text(const QJsonValue &document, const TemplateVariables &variables) const
{
    QStringList texts;
    for (const QJsonValue &value : select(document, variables)) {
        const QString text = templateText(value);
        if (!text.isEmpty())
            texts.append(text);
    }
    return texts.join(QLatin1String("; "));
}

QStringList ValuePath::names() const
{
    QStringList names;
    for (const Step &step : m_steps) {
        for (const Filter &filter : step.filters)
            names += templateNames(filter.wanted);
    }
    return names;
}

} // namespace sealbook
