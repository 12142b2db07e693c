// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>

namespace sealbook {

// What every table of the house says alike: its columns, their titles, numbers at the trailing
// edge. A model says the rest, for cells that exist. Owned by its page or view; main thread.
class TableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

protected:
    TableModel(int columns, QObject *parent);

    [[nodiscard]] virtual QString columnTitle(int column) const = 0;
    [[nodiscard]] virtual bool isNumber(int column) const;
    [[nodiscard]] virtual QVariant cell(int row, int column, int role) const = 0;
    void columnsChanged(int first, int last); // in every row
    void rowChanged(int row);

private:
    const int m_columns;
};

} // namespace sealbook
