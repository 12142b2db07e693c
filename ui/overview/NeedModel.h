// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/overview/Need.h"

#include <QAbstractListModel>

#include <array>

namespace sealbook {

// What needs a person, as a flat list: a head for each urgency, below it its needs, worst first. Of
// very many only the first are rows, then one that leads to the rest. Speaks RowRole. Owned by its
// page; main thread.
class NeedModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        KeyRole = Qt::UserRole + 1, // QString: names the row while the list changes around it
        DueRole, // QString
        KindRole, // QString: "certificate"; RowRole::Icon is its icon
        ActRole // QString: on the button; "" for a head
    };
    static constexpr std::size_t mostOfOne = 200; // urgency

    explicit NeedModel(QObject *parent = nullptr);
    void setNeeds(std::vector<Need> needs); // sorted as Need::of does

    [[nodiscard]] int needCount() const { return static_cast<int>(m_needs.size()); }
    [[nodiscard]] int count(Urgency urgency) const
    {
        return m_counts[static_cast<std::size_t>(urgency)];
    }
    [[nodiscard]] const Need *need(const QModelIndex &index) const; // null for other rows
    // Where a click on the row's button or Enter leads: page and subject.
    [[nodiscard]] std::pair<QString, QString> goal(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        enum class Kind { Head, Need, More };
        Kind kind = Kind::Need;
        Urgency urgency = Urgency::Soon;
        std::size_t need = 0;
    };
    [[nodiscard]] const Row *row(const QModelIndex &index) const;
    [[nodiscard]] QVariant headData(const Row &row, int role) const;
    [[nodiscard]] QVariant moreData(const Row &row, int role) const;
    [[nodiscard]] QString spoken(const Need &need) const;

    std::vector<Need> m_needs;
    std::vector<Row> m_rows;
    std::array<int, 5> m_counts{};
};

} // namespace sealbook
