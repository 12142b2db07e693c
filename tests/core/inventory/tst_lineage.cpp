// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/Lineage.h"
#include "tests/support/InventoryRows.h"

#include <QTest>

using namespace sealbook;

class TstLineage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheNearestOnBothSides()
    {
        const Inventory inventory = Inventory::of(
            {inventoryRow(1, {"a.example.com"}, 200), inventoryRow(2, {"a.example.com"}, 100),
             inventoryRow(3, {"a.example.com"}, 50), inventoryRow(4, {"a.example.com"}, 5),
             inventoryRow(5, {"b.example.com"}, 60)},
            inventoryNow());
        const Lineage middle = Lineage::of(inventory, 2);
        QCOMPARE(middle.before, std::optional<quint32>(1));
        QCOMPARE(middle.after, std::optional<quint32>(3));
        QVERIFY(!Lineage::of(inventory, 0).before);
        QVERIFY(!Lineage::of(inventory, 3).after);
        const Lineage alone = Lineage::of(inventory, 4);
        QVERIFY(!alone.before && !alone.after);
    }

    void followsARenewalThatChangedNames()
    {
        const Inventory inventory =
            Inventory::of({inventoryRow(1, {"shop.example.com", "old.example.com"}, 80),
                           inventoryRow(2, {"shop.example.com", "new.example.com"}, 5),
                           inventoryRow(3, {"x.example.org", "y.example.org", "z.example.org"}, 80),
                           inventoryRow(4, {"y.example.org", "x.example.org"}, 5)},
                          inventoryNow());
        QCOMPARE(Lineage::of(inventory, 1).before, std::optional<quint32>(0));
        QCOMPARE(Lineage::of(inventory, 0).after, std::optional<quint32>(1));
        QCOMPARE(Lineage::of(inventory, 3).before, std::optional<quint32>(2));
    }

    void leavesOutTheTrash()
    {
        std::vector<InventoryRow> rows{inventoryRow(1, {"a.example.com"}, 100),
                                       inventoryRow(2, {"a.example.com"}, 50),
                                       inventoryRow(3, {"a.example.com"}, 5)};
        rows[1].trashedAt = inventoryNow();
        const Inventory inventory = Inventory::of(std::move(rows), inventoryNow());
        QCOMPARE(Lineage::of(inventory, 2).before, std::optional<quint32>(0));
    }

    void tellsWhatARenewalChanged()
    {
        InventoryRow older = inventoryRow(1, {"a.example.com", "b.example.com"}, 80, 90);
        InventoryRow newer = inventoryRow(2, {"a.example.com", "c.example.com"}, 1, 47);
        newer.keyAlgorithm = QStringLiteral("RSA 2048");
        newer.issuer = QStringLiteral("Google Trust");
        const LineageDiff diff = LineageDiff::between(older, newer);
        QCOMPARE(diff.addedNames, QStringList{QStringLiteral("c.example.com")});
        QCOMPARE(diff.removedNames, QStringList{QStringLiteral("b.example.com")});
        QVERIFY(diff.hasNewKey);
        QCOMPARE(diff.oldKeyKind, QStringLiteral("EC P-256"));
        QCOMPARE(diff.newKeyKind, QStringLiteral("RSA 2048"));
        QCOMPARE(diff.newIssuer, QStringLiteral("Google Trust"));
        QCOMPARE(diff.newLifetime, 47 * dayMs);
        QVERIFY(!diff.isLike);

        newer = inventoryRow(2, {"b.example.com", "a.example.com"}, 1, 90);
        newer.publicKey = older.publicKey;
        const LineageDiff same = LineageDiff::between(older, newer);
        QVERIFY(same.isLike);
        QVERIFY(!same.hasNewKey);
    }
};

QTEST_GUILESS_MAIN(TstLineage)
#include "tst_lineage.moc"
