// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

#include <QJsonObject>

namespace sealbook {

// "certificate", "request" or "key".
[[nodiscard]] QString rowKindName(const InventoryRow &row);

// What `list --json` and the JSON report say of a row; of what waits for a certificate less. A key
// once published keeps its meaning (product.md).
[[nodiscard]] QJsonObject rowJson(const Inventory &inventory, std::size_t index);

// RFC 3339 in UTC; "" for 0 and for the end of what has none.
[[nodiscard]] QString momentText(qint64 moment);

} // namespace sealbook
