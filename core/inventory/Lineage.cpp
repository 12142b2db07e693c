// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/Lineage.h"

#include "core/inventory/UnknownCertificates.h"

#include <QSet>

#include <algorithm>

namespace sealbook {

namespace {

constexpr qint64 day = 86'400'000;

// Nearer than what is there, on its side of `self`.
void consider(Lineage &lineage, const Inventory &inventory, quint32 self, quint32 other)
{
    if (other == self || inventory.row(other).trashedAt != 0
        || (isOnlyLogged(inventory.row(other)) && !isOnlyLogged(inventory.row(self))))
        return;
    const qint64 mine = inventory.row(self).notBefore;
    const qint64 its = inventory.row(other).notBefore;
    // Of those that began in the same moment the order of adding decides.
    const bool isBefore = its != mine ? its < mine : other < self;
    std::optional<quint32> &nearest = isBefore ? lineage.before : lineage.after;
    if (!nearest) {
        nearest = other;
        return;
    }
    const qint64 known = inventory.row(*nearest).notBefore;
    if (isBefore ? its > known : its < known)
        nearest = other;
}

bool isAkin(const InventoryRow &a, const InventoryRow &b)
{
    if (a.is(InventoryRow::IsCa) != b.is(InventoryRow::IsCa))
        return false;
    if (a.firstName() == b.firstName())
        return true;
    const QStringList left = a.nameList();
    const QStringList right = b.nameList();
    const QSet<QString> names(left.begin(), left.end());
    const auto shared = std::count_if(
        right.begin(), right.end(), [&names](const QString &name) { return names.contains(name); });
    return 2 * shared >= std::max(left.size(), right.size());
}

} // namespace

Lineage Lineage::of(const Inventory &inventory, quint32 index)
{
    Lineage lineage;
    for (const quint32 other : inventory.lineage(index))
        consider(lineage, inventory, index, other);
    if (lineage.before && lineage.after)
        return lineage;
    const InventoryRow &row = inventory.row(index);
    if (row.names.isEmpty())
        return lineage;
    const Result<Query> query =
        Query::parse(QStringLiteral("name=") + queryQuoted(row.firstName()));
    if (!query)
        return lineage;
    Lineage akin;
    inventory.matching(*query).each([&](std::size_t other) {
        if (isAkin(row, inventory.row(other)))
            consider(akin, inventory, index, static_cast<quint32>(other));
    });
    if (!lineage.before)
        lineage.before = akin.before;
    if (!lineage.after)
        lineage.after = akin.after;
    return lineage;
}

LineageDiff LineageDiff::between(const InventoryRow &older, const InventoryRow &newer)
{
    LineageDiff diff;
    const QStringList before = older.nameList();
    const QStringList after = newer.nameList();
    for (const QString &name : after) {
        if (!before.contains(name))
            diff.addedNames << name;
    }
    for (const QString &name : before) {
        if (!after.contains(name))
            diff.removedNames << name;
    }
    diff.hasNewKey = older.publicKey != newer.publicKey;
    const auto pair = [](const QString &was, const QString &is, QString &oldText,
                         QString &newText) {
        if (was == is)
            return;
        oldText = was;
        newText = is;
    };
    pair(older.keyAlgorithm, newer.keyAlgorithm, diff.oldKeyKind, diff.newKeyKind);
    pair(older.issuer, newer.issuer, diff.oldIssuer, diff.newIssuer);
    // Issuing authorities take turns below one organisation: only told when it is the same one.
    if (older.issuer == newer.issuer)
        pair(older.issuerDn, newer.issuerDn, diff.oldIssuer, diff.newIssuer);
    pair(older.signatureAlgorithm, newer.signatureAlgorithm, diff.oldSignature, diff.newSignature);
    const qint64 was = older.notAfter - older.notBefore;
    const qint64 is = newer.notAfter - newer.notBefore;
    if (std::abs(was - is) >= day) {
        diff.oldLifetime = was;
        diff.newLifetime = is;
    }
    diff.isLike = diff.addedNames.isEmpty() && diff.removedNames.isEmpty()
        && diff.newKeyKind == diff.oldKeyKind && diff.newIssuer == diff.oldIssuer
        && diff.newSignature == diff.oldSignature && diff.newLifetime == diff.oldLifetime;
    return diff;
}

} // namespace sealbook
