// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

#include <QWidget>

#include <array>
#include <vector>

class QCheckBox;
class QComboBox;
class QListWidget;
class QPushButton;

namespace sealbook {

// Which columns the table has, in which order, and what it is sorted by: everything that the mouse
// does at the head of the table, for the keyboard, inline beside it. Owned by the page.
class ColumnsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ColumnsPanel(QWidget *parent = nullptr);

    void setColumns(const std::vector<int> &shown);
    void setSort(const std::vector<InventorySort> &sort);
    [[nodiscard]] std::vector<int> shownColumns() const;
    [[nodiscard]] std::vector<InventorySort> sort() const;

Q_SIGNALS:
    void columnsWanted(const std::vector<int> &shown);
    void sortWanted(const std::vector<sealbook::InventorySort> &sort);
    void resetWanted();
    void closeWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct SortLine
    {
        QComboBox *field = nullptr;
        QCheckBox *descending = nullptr;
    };
    void build();
    void addColumn(int column, bool isShown);
    void move(int by);
    void showMoves();

    QListWidget *m_list = nullptr;
    QPushButton *m_up = nullptr;
    QPushButton *m_down = nullptr;
    std::array<SortLine, 3> m_sort;
    bool m_isFilling = false;
};

} // namespace sealbook
