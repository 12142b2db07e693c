// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/TableModel.h"

namespace sealbook {

namespace {
constexpr int numberAlignment = static_cast<int>(Qt::AlignTrailing | Qt::AlignVCenter);
}

TableModel::TableModel(int columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(columns)
{
}

int TableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

bool TableModel::isNumber(int column) const
{
    Q_UNUSED(column)
    return false;
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return isNumber(section) ? QVariant(numberAlignment) : QVariant();
    return role == Qt::DisplayRole ? QVariant(columnTitle(section)) : QVariant();
}

QVariant TableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return isNumber(index.column()) ? QVariant(numberAlignment) : QVariant();
    return cell(index.row(), index.column(), role);
}

void TableModel::columnsChanged(int first, int last)
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, first), index(rowCount() - 1, last));
}

void TableModel::rowChanged(int row)
{
    Q_EMIT dataChanged(index(row, 0), index(row, m_columns - 1));
}

} // namespace sealbook
