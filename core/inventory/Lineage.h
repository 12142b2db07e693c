// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

namespace sealbook {

// What stands before and after a certificate: the nearest with exactly its names; where there is
// none, the nearest that shares its first name or at least half of its names, because names come
// and go when a certificate is renewed. The trash does not count.
struct Lineage
{
    std::optional<quint32> before;
    std::optional<quint32> after;
    [[nodiscard]] static Lineage of(const Inventory &inventory, quint32 index);
};

// What is different in the newer of two certificates.
struct LineageDiff
{
    QStringList addedNames;
    QStringList removedNames;
    bool hasNewKey = false;
    bool isLike = false; // nothing below and above but the key and the times
    QString oldKeyKind; // these in pairs, both empty where nothing changed
    QString newKeyKind;
    QString oldIssuer;
    QString newIssuer;
    QString oldSignature;
    QString newSignature;
    qint64 oldLifetime = 0; // milliseconds; both 0 where they differ by less than a day
    qint64 newLifetime = 0;
    [[nodiscard]] static LineageDiff between(const InventoryRow &older, const InventoryRow &newer);
};

} // namespace sealbook
