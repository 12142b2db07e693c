// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/RecordModel.h"

#include "ui/widgets/RowDelegate.h"

#include <algorithm>

namespace sealbook {

RecordModel::RecordModel(int columns, int stateColumn, QObject *parent)
    : TableModel(columns, parent)
    , m_stateColumn(stateColumn)
    , m_sortColumn(stateColumn)
{
}

void RecordModel::setTexts(std::vector<Texts> texts)
{
    changeTexts(std::move(texts));
    m_byKey.clear();
    for (int i = 0; i < total(); ++i)
        m_byKey.insert(m_texts[static_cast<std::size_t>(i)].key, i);
    rebuild();
}

void RecordModel::changeTexts(std::vector<Texts> texts)
{
    m_texts = std::move(texts);
    m_haystacks.clear();
    m_haystacks.reserve(m_texts.size());
    for (Texts &of : m_texts)
        m_haystacks.push_back(std::exchange(of.words, {}).join(QLatin1Char('\n')).toLower());
}

void RecordModel::setFilter(const QString &text)
{
    const QString filter = text.trimmed().toLower();
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    rebuild();
    endResetModel();
}

void RecordModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0)
        return;
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = order;
    rebuild();
    endResetModel();
}

void RecordModel::rebuild()
{
    m_rows.clear();
    for (int i = 0; i < total(); ++i) {
        if (isShown(i) && m_haystacks[static_cast<std::size_t>(i)].contains(m_filter))
            m_rows.push_back(i);
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [this](int left, int right) {
        const int compared = compare(left, right);
        const int order = compared != 0 ? compared : compareTexts(left, right, 0);
        return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    });
}

bool RecordModel::isShown(int record) const
{
    Q_UNUSED(record)
    return true;
}

int RecordModel::compare(int left, int right) const
{
    return compareTexts(left, right, m_sortColumn);
}

int RecordModel::compareTexts(int left, int right, int column) const
{
    const auto first = [this, column](int record) -> const QString & {
        return m_texts[static_cast<std::size_t>(record)]
            .cells[static_cast<std::size_t>(column)]
            .first;
    };
    return first(left).compare(first(right), Qt::CaseInsensitive);
}

int RecordModel::compareTimes(const QDateTime &left, const QDateTime &right)
{
    return left == right ? 0 : (left < right ? -1 : 1);
}

int RecordModel::recordOf(const QString &key) const
{
    return m_byKey.value(key, -1);
}

QString RecordModel::keyOf(const QString &subject) const
{
    return m_byKey.contains(subject) ? subject : QString();
}

QString RecordModel::keyAt(int row) const
{
    return m_texts[static_cast<std::size_t>(recordAt(row))].key;
}

int RecordModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant RecordModel::cell(int row, int column, int role) const
{
    const int record = recordAt(row);
    const Texts &texts = m_texts[static_cast<std::size_t>(record)];
    const Lines &lines = texts.cells[static_cast<std::size_t>(column)];
    const auto joined = [&lines](const QString &by) {
        return lines.second.isEmpty() ? lines.first : lines.first + by + lines.second;
    };
    switch (role) {
    case Qt::DisplayRole:
        return lines.first;
    case RowRole::SecondLine:
        return lines.second;
    case RowRole::State:
        return column == m_stateColumn || isEvidence(record, column)
            ? QVariant(static_cast<int>(styleAt(record).role))
            : QVariant();
    case RowRole::Glyph:
        return column == m_stateColumn ? QVariant(static_cast<int>(styleAt(record).glyph))
                                       : QVariant();
    case RowRole::Key:
        return texts.key;
    case Qt::ToolTipRole:
        return joined(QStringLiteral("\n"));
    case Qt::AccessibleTextRole:
    case RowRole::Copy:
        return joined(tr(", ", "between the two lines of a cell"));
    default:
        return {};
    }
}

} // namespace sealbook
