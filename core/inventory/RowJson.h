// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

#include <QJsonObject>

namespace sealbook {

// What `list --json` and the JSON report say of a certificate. A key once published keeps its
// meaning (product.md).
[[nodiscard]] QJsonObject rowJson(const Inventory &inventory, std::size_t index);

// RFC 3339 in UTC; "" for 0, which stands for never.
[[nodiscard]] QString momentText(qint64 moment);

} // namespace sealbook
