// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QJsonValue>

namespace sealbook {

// XML as JSON, so that one kind of path reads both: an element with children is an object by their
// names (an array where a name repeats), one without is its text, attributes are "@name".
// Namespaces are dropped. Bounded in depth; no DTD.
[[nodiscard]] Result<QJsonValue> readXml(const QByteArray &xml);

// The other way, from a form that keeps the order of elements:
// ["Name", {"attribute": "text"}, "text", ["Child", ...], ...]
[[nodiscard]] Result<QByteArray> writeXml(const QJsonValue &element);

} // namespace sealbook
