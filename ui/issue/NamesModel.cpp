// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/NamesModel.h"

#include "ui/widgets/Glyph.h"
#include "ui/widgets/RowDelegate.h"

namespace sealbook {

void NamesModel::setNames(std::vector<DomainName> names)
{
    beginResetModel();
    m_rows.clear();
    m_rows.reserve(names.size());
    for (const DomainName &name : names) {
        Row row;
        row.shown = name.unicode();
        row.ascii = name.ascii();
        if (name.mixesScripts()) {
            row.note = tr("letters of several scripts: is this the name you mean?");
            row.warns = true;
        } else if (name.isWildcard()) {
            row.note = tr("every name one level below %1, not %1 itself").arg(name.base());
        }
        m_rows.push_back(std::move(row));
    }
    endResetModel();
}

int NamesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant NamesModel::cell(int at, int column, int role) const
{
    const Row &row = m_rows.at(static_cast<std::size_t>(at));
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        switch (column) {
        case Shown:
            return row.shown;
        case Ascii:
            return row.ascii == row.shown ? QString() : row.ascii;
        case Note:
            return row.note;
        default:
            return {};
        }
    }
    if (role == RowRole::Name)
        return column != Note;
    if (role == RowRole::Mono)
        return column == Ascii;
    if (column == Note && role == RowRole::State && row.warns)
        return static_cast<int>(StateRole::Act);
    if (column == Note && role == RowRole::Glyph && row.warns)
        return static_cast<int>(Glyph::ActNow);
    if (role == RowRole::Muted)
        return column != Shown;
    return {};
}

QString NamesModel::columnTitle(int column) const
{
    switch (column) {
    case Shown:
        return tr("Name");
    case Ascii:
        return tr("As the certificate has it");
    case Note:
        return tr("Note");
    default:
        return {};
    }
}

} // namespace sealbook
