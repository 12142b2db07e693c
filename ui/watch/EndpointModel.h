// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/records/EndpointRecord.h"

#include <QAbstractTableModel>
#include <QHash>

#include <array>
#include <vector>

namespace sealbook {

// Watched endpoints as the table shows them, two lines a cell, filtered and sorted. Texts are
// computed once for each. Speaks RowRole. Owned by the page; main thread.
class EndpointModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Endpoint, State, Serves, Ends, Newer, Checked, ColumnCount };
    static constexpr int IdRole = Qt::UserRole + 1; // the endpoint's id as text

    explicit EndpointModel(const Clock &clock, QObject *parent = nullptr);

    void setStatuses(std::vector<EndpointStatus> statuses);
    void setFilter(const QString &text);
    void refreshTimes();
    void setTimesLocal(bool local);

    [[nodiscard]] int total() const { return static_cast<int>(m_items.size()); }
    [[nodiscard]] int needingPerson() const;
    [[nodiscard]] const EndpointStatus *status(const QString &id) const;
    [[nodiscard]] QString idOf(const QString &address) const; // "" when it is not watched

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Cell
    {
        QString first;
        QString second;
    };
    struct Item
    {
        EndpointStatus status;
        QString id;
        std::array<Cell, ColumnCount> cells;
        QString summary;
        QString haystack;
        QDateTime ends; // of the worst address; invalid where nothing is served
    };

    void compute(Item &item) const;
    void rebuild();
    [[nodiscard]] int compare(const Item &left, const Item &right) const;

    const Clock &m_clock;
    std::vector<Item> m_items;
    std::vector<int> m_rows;
    QHash<QString, int> m_byId;
    QString m_filter;
    bool m_timesLocal = false;
    int m_sortColumn = State;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace sealbook
