// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/records/CertificateRecord.h"
#include "core/records/Urgency.h"

#include <QAbstractTableModel>

#include <optional>
#include <set>
#include <vector>

namespace sealbook {

// The certificates of a profile as the table shows them: filtered, sorted and grouped into one flat
// list whose group heads are rows too, so that no span has to be rebuilt at each regroup. What
// painting, sorting or filtering needs is computed once for each record, never in data(). Speaks
// RowRole besides its own roles. Owned by the page; main thread.
class CertificateModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Names, Issuer, Expires, Key, Origin, Credential, ColumnCount };
    enum class Grouping { Urgency, Issuer, None };
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

    void setRecords(std::vector<CertificateRecord> records);
    void setFilter(const QString &text);
    void setGrouping(Grouping grouping);
    void setFolded(int headRow, bool folded);
    // Times are told in UTC unless the person wants those of this computer.
    void setTimesLocal(bool local);
    // Computes everything that depends on the time of day anew.
    void refreshTimes();

    [[nodiscard]] Grouping grouping() const { return m_grouping; }
    [[nodiscard]] int total() const { return static_cast<int>(m_items.size()); }
    [[nodiscard]] int matching() const { return m_matching; }
    [[nodiscard]] const CertificateRecord *record(const QModelIndex &index) const;
    [[nodiscard]] const CertificateRecord *record(const QString &sha256) const;
    [[nodiscard]] QModelIndex indexOf(const QString &sha256) const; // invalid when not shown
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Item
    {
        CertificateRecord record;
        Urgency urgency = Urgency::Fine;
        QString firstName; // as people read it
        QString sortName; // by registrable labels: "com.example.www"
        QString timeLeft;
        QString origin;
        QString haystack; // lower case, for the filter
        double used = 0;
        double window = 0;
    };
    struct Row
    {
        int item = -1; // -1: a group head
        int group = 0;
    };
    struct Group
    {
        QString key;
        QString title;
        QString rule;
        int urgency = -1;
        std::vector<int> items;
        bool folded = false;
    };

    void compute(Item &item) const;
    void rebuild();
    [[nodiscard]] bool before(const Item &left, const Item &right) const;
    [[nodiscard]] std::vector<Group> groupsOf(const std::vector<int> &shown) const;
    [[nodiscard]] QVariant headData(const Group &group, int column, int role) const;
    [[nodiscard]] QVariant itemData(const Item &item, int column, int role) const;
    [[nodiscard]] QString cellText(const Item &item, int column) const;
    [[nodiscard]] QVariant toolTip(const Item &item, int column) const;
    [[nodiscard]] QString spoken(const Item &item, int column) const;
    [[nodiscard]] QString copied(const Item &item, int column) const;
    [[nodiscard]] QString exactExpiry(const Item &item) const;

    const Clock &m_clock;
    std::vector<Item> m_items;
    std::vector<Group> m_groups;
    std::vector<Row> m_rows;
    std::set<QString> m_foldedKeys;
    QStringList m_words; // of the filter
    Grouping m_grouping = Grouping::Urgency;
    int m_sortColumn = Expires;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    int m_matching = 0;
    bool m_timesLocal = false;
};

} // namespace sealbook
