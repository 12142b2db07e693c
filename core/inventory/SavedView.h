// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

#include <QJsonArray>

namespace sealbook {

// A view of the inventory under a name of the person's own: question, order, grouping, switches. A
// value; the profile keeps all of them as one setting.
struct SavedView
{
    QString name;
    QString query; // as typed
    std::vector<InventorySort> sort{{}};
    InventoryGrouping grouping = InventoryGrouping::None;
    bool hidesExpired = false;
    bool hidesSuperseded = false;
    bool hidesRevoked = false;
    bool operator==(const SavedView &) const = default;
};

// BadRequest as of Query::parse: a view may have been saved by a Sealbook that knew other fields.
[[nodiscard]] Result<InventoryRequest> requestOf(const SavedView &view);

// [{"name","query","sort":["-expires"],"group","hide":["expired"]}]. What cannot be understood is
// left out, piece by piece.
[[nodiscard]] QJsonArray toJson(const std::vector<SavedView> &views);
[[nodiscard]] std::vector<SavedView> savedViewsFromJson(const QJsonArray &array);

// "-expires,name", as people and the terminal write it; BadRequest names what is possible.
[[nodiscard]] QString sortText(const std::vector<InventorySort> &sort);
[[nodiscard]] Result<std::vector<InventorySort>> sortFromText(const QString &text);

} // namespace sealbook
