// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QHash>
#include <QJsonValue>
#include <QString>

#include <vector>

namespace sealbook {

// What the templates of a definition are filled with. Values keep their JSON type, so that a record
// id goes back as it came (B74). Never holds a secret.
struct TemplateVariables
{
    using Item = QHash<QString, QJsonValue>;
    Item values;
    QHash<QString, std::vector<Item>> lists; // for {"each": name, "as": template}
};

// A JSON value as the text that stands in a URL or inside another string.
[[nodiscard]] QString templateText(const QJsonValue &value);

// Replaces each {name} in `text`; {a|b} takes the first that is known. With `forPath` the values
// (not the text around them) are percent-encoded.
enum class TemplateEncoding { None, Path };
[[nodiscard]] Result<QString> expandText(const QString &text, const TemplateVariables &variables,
                                         TemplateEncoding encoding = TemplateEncoding::None);

// The same inside every string of a JSON value. A string that is one {name} and nothing else
// becomes the value of that name, whatever its type. An element {"each": list, "as": template} of
// an array becomes one element for each item.
[[nodiscard]] Result<QJsonValue> expandJson(const QJsonValue &value,
                                            const TemplateVariables &variables);

// The names that a template asks for; alternatives of {a|b} each. Items of a list included.
[[nodiscard]] QStringList templateNames(const QJsonValue &value);

} // namespace sealbook
