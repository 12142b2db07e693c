// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/AuditModel.h"

#include "ui/activity/ActivityWords.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/TimeText.h"

#include <algorithm>

namespace sealbook {

void AuditModel::setEntries(std::vector<AuditEntry> oldestFirst)
{
    beginResetModel();
    m_entries = std::move(oldestFirst);
    endResetModel();
}

void AuditModel::append(const AuditEntry &entry)
{
    if (!m_entries.empty() && entry.sequence <= m_entries.back().sequence)
        return;
    beginInsertRows({}, 0, 0);
    m_entries.push_back(entry);
    endInsertRows();
}

void AuditModel::setTimesLocal(bool local)
{
    m_timesLocal = local;
    columnsChanged(When, When);
}

const AuditEntry &AuditModel::at(int row) const
{
    return m_entries[m_entries.size() - 1 - static_cast<std::size_t>(row)];
}

const AuditEntry *AuditModel::entry(const QString &sequence) const
{
    const qint64 wanted = sequence.toLongLong();
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [wanted](const AuditEntry &e) { return e.sequence == wanted; });
    return found == m_entries.end() ? nullptr : &*found;
}

QByteArray AuditModel::jsonLines() const
{
    QByteArray lines;
    for (const AuditEntry &entry : m_entries)
        lines += ActivityWords::jsonLine(entry);
    return lines;
}

int AuditModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QString AuditModel::columnTitle(int column) const
{
    switch (column) {
    case When:
        return tr("Time");
    case Actor:
        return tr("Who");
    case Action:
        return tr("What");
    case Subject:
        return tr("To what");
    case Result:
        return tr("Result");
    default:
        return {};
    }
}

QVariant AuditModel::cell(int row, int column, int role) const
{
    const AuditEntry &entry = at(row);
    const bool ok = entry.result == QLatin1String("ok");
    const bool begun = entry.result == QLatin1String("begun"); // how it ended is told by another
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case When:
            return TimeText::precise(entry.at, m_timesLocal);
        case Actor:
            return entry.actor;
        case Action:
            return ActivityWords::action(entry.action);
        case Subject:
            return entry.subject;
        case Result:
            return ok ? tr("ok") : begun ? tr("begun") : entry.result;
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return column == Action ? entry.action : cell(row, column, Qt::DisplayRole);
    case RowRole::State:
        return column == Result ? QVariant(static_cast<int>(ok          ? StateRole::Ok
                                                                : begun ? StateRole::Wait
                                                                        : StateRole::Crit))
                                : QVariant();
    case RowRole::Glyph:
        return column == Result ? QVariant(static_cast<int>(ok          ? Glyph::Fine
                                                                : begun ? Glyph::NotYet
                                                                        : Glyph::Failing))
                                : QVariant();
    case RowRole::Muted:
        return column == When || column == Actor;
    case RowRole::Key:
        return QString::number(entry.sequence);
    default:
        return {};
    }
}

} // namespace sealbook
