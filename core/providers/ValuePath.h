// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/Template.h"

#include <QJsonValue>

#include <vector>

namespace sealbook {

// Where something stands in a reply: a JSON pointer with two additions. "*" is every element, and
// [key=text,...] keeps the elements whose member (itself a path) has that text, case ignored and
// final dot dropped: "/rrsets[name={fqdn.},type=TXT]/records". Arrays on the way are walked
// through, and an array at the end stands for its elements, so that one path fits JSON and XML. A
// value.
class ValuePath
{
public:
    ValuePath() = default; // the whole document
    [[nodiscard]] static Result<ValuePath> parse(const QString &text);

    // Everything there, without nulls.
    [[nodiscard]] std::vector<QJsonValue> select(const QJsonValue &document,
                                                 const TemplateVariables &variables) const;
    // The texts there, joined by "; ".
    [[nodiscard]] QString text(const QJsonValue &document,
                               const TemplateVariables &variables) const;
    [[nodiscard]] QStringList names() const; // what its filters ask for

private:
    struct Filter
    {
        std::vector<QString> member;
        QString wanted;
    };
    struct Step
    {
        QString name; // "" = stay here, "*" = each element
        std::vector<Filter> filters;
    };
    [[nodiscard]] static Result<Filter> parseFilter(const QString &text);
    [[nodiscard]] static bool matches(const Filter &filter, const QJsonValue &value,
                                      const TemplateVariables &variables);
    std::vector<Step> m_steps;
};

} // namespace sealbook
