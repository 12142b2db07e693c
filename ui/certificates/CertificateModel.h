// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/certificates/InventoryAsker.h"
#include "ui/widgets/TableModel.h"

#include <QCache>

#include <set>
#include <vector>

namespace sealbook {

// The inventory's answer as the table shows it: one flat list, in which group heads are rows too,
// so that no span has to be rebuilt at each regroup. Filters and sorts nothing itself; texts are
// made for the rows that are looked at. Until an answer is there the old one is shown. Speaks
// RowRole besides its own roles. Owned by the page; main thread.
class CertificateModel : public TableModel
{
    Q_OBJECT

public:
    enum Column {
        Names,
        Issuer,
        Expires,
        Key,
        Places,
        Tags,
        Owner,
        Credential,
        ValidFrom,
        ValidTo,
        Lifetime,
        Signature,
        Serial,
        Added,
        Zone,
        NameCount,
        FailedRenewals,
        ColumnCount
    };
    enum Role {
        FoldedRole = Qt::UserRole + 1, // bool; only heads have it
        CountRole, // int, of a head
        UrgencyRole, // int
        MoreNamesRole, // int: names beyond the first
        TimeLeftRole, // QString: "4 d 6 h"
        UsedRole, // double 0..1
        WindowRole, // double 0..1: where the renewal window starts
        Sha256Role // QString
    };

    explicit CertificateModel(const Clock &clock, QObject *parent = nullptr);

    // See InventoryAsker.
    void setInventory(std::shared_ptr<Inventory> inventory);
    void setRequest(InventoryRequest request, std::optional<Query> counted = std::nullopt);
    void setFolded(int headRow, bool folded);
    void setAllFolded(bool folded);
    // Unfolds a group that holds the certificate, where it cannot be seen otherwise.
    void unfold(const QString &sha256);
    // Times are told in UTC unless the person wants those of this computer.
    void setTimesLocal(bool local);
    // Computes everything that depends on the time of day anew.
    void refreshTimes();

    [[nodiscard]] const InventoryRequest &request() const { return m_asker.request(); }
    [[nodiscard]] const std::shared_ptr<Inventory> &inventory() const { return m_inventory; }
    [[nodiscard]] const InventoryView &view() const { return m_view; }
    // When what was found expires; counted along with the view.
    [[nodiscard]] const ExpiryWeeks &weeks() const { return m_weeks; }
    [[nodiscard]] bool isAsking() const { return m_asker.isAsking(); }
    [[nodiscard]] bool isGrouped() const { return m_shown.grouping != InventoryGrouping::None; }
    [[nodiscard]] int total() const { return m_total; } // outside the trash
    [[nodiscard]] int matching() const { return static_cast<int>(m_view.matching); }
    [[nodiscard]] int hidden() const { return static_cast<int>(m_view.hidden); }

    // The inventory's index of what a row shows; nothing for a head.
    [[nodiscard]] std::optional<quint32> inventoryIndex(int row) const;
    [[nodiscard]] const InventoryRow *row(const QModelIndex &index) const;
    [[nodiscard]] const InventoryRow *row(const QString &sha256) const;
    [[nodiscard]] QModelIndex indexOf(const QString &sha256) const; // invalid when not shown

    // "expires", for settings; and what a column sorts by.
    [[nodiscard]] static QString columnName(Column column);
    [[nodiscard]] static std::optional<Column> columnFromName(const QString &name);
    [[nodiscard]] static InventoryField fieldOf(Column column);
    [[nodiscard]] static QString columnTitle(Column column);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

Q_SIGNALS:
    void viewChanged(); // what is shown, or how much of it

protected:
    [[nodiscard]] QString columnTitle(int column) const override
    {
        return columnTitle(static_cast<Column>(column));
    }
    [[nodiscard]] bool isNumber(int column) const override;
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    // What of a row costs more than reading it.
    struct Texts
    {
        QString firstName;
        QString timeLeft;
        QString icon; // of the places
        QString places;
        double used = 0;
        double window = 0;
        int nameCount = 0;
        bool isDrifting = false;
    };
    struct Spot
    {
        std::size_t group = 0; // only when grouped
        std::optional<quint32> index; // in the inventory
    };

    void receive(const std::shared_ptr<InventoryAnswer> &answer);
    void layRows();
    [[nodiscard]] Spot spotOf(int row) const;
    [[nodiscard]] int groupRows(std::size_t group) const; // without its head
    [[nodiscard]] QString foldKey(std::size_t group) const;
    [[nodiscard]] const Texts &texts(quint32 index) const;
    [[nodiscard]] QString groupTitle(const InventoryGroup &group) const;
    [[nodiscard]] QString groupRule(const InventoryGroup &group) const;
    [[nodiscard]] QVariant headData(const InventoryGroup &group, bool folded, int column,
                                    int role) const;
    [[nodiscard]] QVariant rowData(quint32 index, int column, int role) const;
    [[nodiscard]] QString cellText(quint32 index, int column) const;
    [[nodiscard]] QString toolTip(quint32 index, int column) const;
    [[nodiscard]] QString spoken(quint32 index, int column) const;
    [[nodiscard]] QString copied(quint32 index, int column) const;

    const Clock &m_clock;
    std::shared_ptr<Inventory> m_inventory; // what is shown
    InventoryAsker m_asker;
    InventoryRequest m_shown;
    InventoryView m_view;
    ExpiryWeeks m_weeks{0};
    std::vector<int> m_heads; // group -> its head's row
    std::vector<bool> m_folded; // group
    std::set<QString> m_foldedKeys;
    int m_rowCount = 0;
    int m_total = 0;
    bool m_timesLocal = false;
    mutable QCache<quint32, Texts> m_texts{400};
};

} // namespace sealbook
