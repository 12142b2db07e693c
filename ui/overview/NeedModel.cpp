// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/NeedModel.h"

#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"

namespace sealbook {

namespace {

QString headTitle(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Overdue:
        return NeedModel::tr("Overdue");
    case Urgency::ActNow:
        return NeedModel::tr("Act now");
    default:
        return NeedModel::tr("Soon");
    }
}

QString keyOf(const Need &need)
{
    return QStringLiteral("%1/%2/%3").arg(static_cast<int>(need.kind)).arg(need.page, need.subject);
}

} // namespace

NeedModel::NeedModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void NeedModel::setNeeds(std::vector<Need> needs)
{
    if (needs == m_needs && !m_rows.empty())
        return;
    beginResetModel();
    m_needs = std::move(needs);
    m_rows.clear();
    m_counts = {};
    for (std::size_t i = 0; i < m_needs.size(); ++i) {
        const Urgency urgency = m_needs[i].urgency;
        const auto count = static_cast<std::size_t>(++m_counts[static_cast<std::size_t>(urgency)]);
        if (count == 1)
            m_rows.push_back({Row::Kind::Head, urgency, 0});
        if (count <= mostOfOne)
            m_rows.push_back({Row::Kind::Need, urgency, i});
        else if (count == mostOfOne + 1)
            m_rows.push_back({Row::Kind::More, urgency, 0});
    }
    endResetModel();
}

const NeedModel::Row *NeedModel::row(const QModelIndex &index) const
{
    const auto at = static_cast<std::size_t>(index.row());
    return index.isValid() && at < m_rows.size() ? &m_rows[at] : nullptr;
}

const Need *NeedModel::need(const QModelIndex &index) const
{
    const Row *row = this->row(index);
    return row != nullptr && row->kind == Row::Kind::Need ? &m_needs[row->need] : nullptr;
}

std::pair<QString, QString> NeedModel::goal(const QModelIndex &index) const
{
    const Row *row = this->row(index);
    if (row == nullptr || row->kind == Row::Kind::Head)
        return {};
    if (row->kind == Row::Kind::More)
        return {QStringLiteral("certificates"),
                QStringLiteral("query:is:") + urgencyName(row->urgency)};
    return {m_needs[row->need].page, m_needs[row->need].subject};
}

int NeedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant NeedModel::headData(const Row &row, int role) const
{
    const StateStyle style = styleOf(row.urgency);
    switch (role) {
    case Qt::DisplayRole:
        return headTitle(row.urgency);
    case RowRole::GroupHead:
        return QLocale().toString(count(row.urgency));
    case RowRole::State:
        return static_cast<int>(style.role);
    case RowRole::Glyph:
        return static_cast<int>(style.glyph);
    case Qt::AccessibleTextRole:
        return tr("%1: %2", "urgency, count").arg(headTitle(row.urgency)).arg(count(row.urgency));
    default:
        return {};
    }
}

QVariant NeedModel::moreData(const Row &row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return tr("and %n more", nullptr, count(row.urgency) - static_cast<int>(mostOfOne));
    case ActRole:
        return tr("Show all");
    default:
        return {};
    }
}

QString NeedModel::spoken(const Need &need) const
{
    QStringList parts{need.title, Need::kindText(need.kind), styleOf(need.urgency).word};
    if (!need.due.isEmpty())
        parts << need.due;
    return tr("%1. %2 Enter: %3", "what, why, the act")
        .arg(parts.join(QStringLiteral(", ")), need.reason, need.act);
}

QVariant NeedModel::data(const QModelIndex &index, int role) const
{
    const Row *row = this->row(index);
    if (row == nullptr)
        return {};
    if (row->kind == Row::Kind::Head)
        return headData(*row, role);
    if (row->kind == Row::Kind::More)
        return moreData(*row, role);
    const Need &need = m_needs[row->need];
    const StateStyle style = styleOf(need.urgency);
    switch (role) {
    case Qt::DisplayRole:
        return need.title;
    case Qt::ToolTipRole:
    case RowRole::SecondLine:
        return need.reason;
    case Qt::AccessibleTextRole:
        return spoken(need);
    case RowRole::Copy:
        return QStringLiteral("%1\t%2\t%3").arg(need.title, need.reason, need.due);
    case RowRole::Name:
        return need.isName;
    case RowRole::State:
        return static_cast<int>(style.role);
    case RowRole::Glyph:
        return static_cast<int>(style.glyph);
    case RowRole::Icon:
        return Need::kindIcon(need.kind);
    case KindRole:
        return Need::kindText(need.kind);
    case DueRole:
        return need.due.isEmpty() ? QStringLiteral("–") : need.due;
    case ActRole:
        return need.act;
    case KeyRole:
        return keyOf(need);
    default:
        return {};
    }
}

Qt::ItemFlags NeedModel::flags(const QModelIndex &index) const
{
    const Row *row = this->row(index);
    if (row == nullptr)
        return Qt::NoItemFlags;
    return row->kind == Row::Kind::Head ? Qt::ItemIsEnabled
                                        : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace sealbook
