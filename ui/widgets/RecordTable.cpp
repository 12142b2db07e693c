// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/RecordTable.h"

#include "ui/widgets/HeaderStyle.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int cellMargins = 6 + 6 + 2;
constexpr int firstColumnExtra = 6;
constexpr int mostGrowth = 160;
} // namespace

RecordTable::RecordTable(QAbstractItemModel *model, const QString &accessibleName, int rowHeight,
                         QWidget *parent)
    : QTreeView(parent)
{
    setAccessibleName(accessibleName);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setSelectionBehavior(SelectRows);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollMode(ScrollPerPixel);
    auto *delegate = new RowDelegate(this);
    delegate->setRowHeight(rowHeight);
    setItemDelegate(delegate);
    setModel(model);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(40);
    HeaderStyle::dress(header());
    Theme::tintSelection(this);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &RecordTable::remember);
    connect(model, &QAbstractItemModel::modelReset, this, &RecordTable::restore);
}

void RecordTable::setColumnSamples(const QStringList &samples, int least)
{
    m_least = least;
    const QFontMetrics metrics = fontMetrics();
    for (int column = 0; column < samples.size(); ++column) {
        if (samples.at(column).isEmpty()) {
            m_stretched = column;
            continue;
        }
        const int title = header()->sectionSizeHint(column);
        const int width = metrics.horizontalAdvance(samples.at(column)) + cellMargins
            + (column == 0 ? firstColumnExtra : 0);
        header()->resizeSection(column, std::max(width, title));
    }
    stretch();
}

void RecordTable::setGrowing(int column)
{
    m_growing = column;
    m_growingLeast = columnWidth(column);
    stretch();
}

void RecordTable::sortBy(int column, Qt::SortOrder order)
{
    header()->setSortIndicator(column, order);
    setSortingEnabled(true);
}

void RecordTable::stretch()
{
    if (m_stretched < 0)
        return;
    if (m_growing >= 0)
        header()->resizeSection(m_growing, m_growingLeast);
    int others = 0;
    for (int column = 0; column < header()->count(); ++column)
        others += column == m_stretched || isColumnHidden(column) ? 0 : columnWidth(column);
    const int room = viewport()->width() - others;
    const int growth = m_growing < 0 ? 0 : std::clamp((room - m_least) / 3, 0, mostGrowth);
    if (growth > 0)
        header()->resizeSection(m_growing, m_growingLeast + growth);
    header()->resizeSection(m_stretched, std::max(m_least, room - growth));
}

void RecordTable::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    stretch();
}

void RecordTable::focusInEvent(QFocusEvent *event)
{
    // First, because the view would make a row the current one without selecting it.
    if (event->reason() != Qt::MouseFocusReason)
        ensureCurrent();
    QTreeView::focusInEvent(event);
}

// So that who comes by keyboard sees where they are.
void RecordTable::ensureCurrent()
{
    if (hasFocus() && !currentIndex().isValid() && model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0));
}

QString RecordTable::currentKey() const
{
    return currentIndex().siblingAtColumn(0).data(RowRole::Key).toString();
}

bool RecordTable::select(const QString &key)
{
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (index.data(RowRole::Key).toString() != key)
            continue;
        setCurrentIndex(index);
        scrollTo(index);
        return true;
    }
    return false;
}

void RecordTable::remember()
{
    m_kept = currentKey();
    m_scroll = verticalScrollBar()->value();
    m_restoring = true;
}

void RecordTable::restore()
{
    const QString kept = m_kept;
    if (!kept.isEmpty())
        m_restoring = select(kept);
    m_restoring = false;
    verticalScrollBar()->setValue(m_scroll);
    if (currentKey() != kept)
        Q_EMIT currentKeyChanged(currentKey());
    ensureCurrent();
}

void RecordTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_restoring)
        Q_EMIT currentKeyChanged(currentKey());
}

void RecordTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyRow();
        event->accept();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && currentIndex().isValid()) {
        Q_EMIT openWanted();
        event->accept();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void RecordTable::mouseReleaseEvent(QMouseEvent *event)
{
    QTreeView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && indexAt(event->position().toPoint()).isValid())
        Q_EMIT openWanted();
}

void RecordTable::copyRow() const
{
    QStringList cells;
    for (int column = 0; column < model()->columnCount(); ++column) {
        const QModelIndex cell = currentIndex().siblingAtColumn(column);
        QString text = cell.data(RowRole::Copy).toString();
        if (text.isEmpty())
            text = cell.data(Qt::DisplayRole).toString();
        cells << text;
    }
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(cells.join(QLatin1Char('\t')));
}

} // namespace sealbook
