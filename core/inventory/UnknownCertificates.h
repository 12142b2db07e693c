// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

namespace sealbook {

// Certificates that hold now, that were seen in transparency logs and nowhere else, and that come
// from a CA that issued none of the others here for the same domains (R26): somebody got them, and
// it may not have been the person. One that has an owner or a tag counts as known. Indexes into the
// inventory, in its order.
[[nodiscard]] std::vector<quint32> unknownCertificates(const Inventory &inventory);

// Whether its only place is a log: nobody here uses it, so nobody here renews it.
[[nodiscard]] bool isOnlyLogged(const InventoryRow &row);

} // namespace sealbook
