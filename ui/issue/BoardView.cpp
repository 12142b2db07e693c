// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/BoardView.h"

#include "ui/issue/BoardModel.h"
#include "ui/widgets/HeaderStyle.h"
#include "ui/widgets/RowDelegate.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

namespace sealbook {

BoardView::BoardView(BoardModel *model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("boardView"));
    setAccessibleName(tr("What each name server says"));
    setModel(model);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setIndentation(0);
    setUniformRowHeights(false);
    setAllColumnsShowFocus(false); // RowDelegate marks the current row itself
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *delegate = new RowDelegate(this);
    delegate->setRowHeight(44);
    setItemDelegate(delegate);
    Theme::tintSelection(this);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(36);
    HeaderStyle::dress(header());
    connect(model, &QAbstractItemModel::modelReset, this, &BoardView::fitColumns);
}

void BoardView::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    if (!m_model->isGroupHead(index.row())) {
        QTreeView::drawRow(painter, option, index);
        return;
    }
    QStyleOptionViewItem wide = option;
    wide.rect.setLeft(-horizontalOffset());
    wide.rect.setWidth(std::max(header()->length(), viewport()->width()));
    RowDelegate::paintGroupHead(painter, wide, index.siblingAtColumn(0), Theme::current());
}

void BoardView::copyCurrent()
{
    const QString text = m_model->copyText(currentIndex().row());
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void BoardView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyCurrent();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void BoardView::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_model->rowAt(currentIndex().row()) == nullptr)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Copy row")), &QAction::triggered, this, &BoardView::copyCurrent);
    const BoardRow row = *m_model->rowAt(currentIndex().row());
    if (row.isResolver) {
        menu->setToolTipsVisible(true);
        QAction *ask = menu->addAction(tr("Ask this resolver now"));
        ask->setToolTip(tr("It remembers a “no” for a while. The CA does not use it."));
        ask->setEnabled(m_canAsk);
        connect(ask, &QAction::triggered, this, [this, row] { Q_EMIT askWanted(row); });
    }
    menu->popup(event->reason() == QContextMenuEvent::Keyboard
                    ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                    : event->globalPos());
}

void BoardView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

// Numbers and state words are never cut; what is left over goes to server and value.
void BoardView::fitColumns()
{
    int fixed = 0;
    const QFontMetrics metrics(header()->font());
    for (int column = 0; column < BoardModel::ColumnCount; ++column) {
        if (column == BoardModel::Server || column == BoardModel::Value)
            continue;
        const QString title =
            m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        // A round trip changes from one round to the next, up to the time limit of a query.
        const int least = column == BoardModel::State ? 114
            : column == BoardModel::RoundTrip
            ? fontMetrics().horizontalAdvance(QStringLiteral("9999 ms")) + 12
            : 40;
        const int width =
            std::max({least, sizeHintForColumn(column), metrics.horizontalAdvance(title) + 18});
        setColumnWidth(column, width);
        fixed += width;
    }
    const int left = viewport()->width() - fixed;
    const int server = std::clamp(left * 2 / 5, 146, 260);
    setColumnWidth(BoardModel::Server, server);
    setColumnWidth(BoardModel::Value, std::max(180, left - server));
}

} // namespace sealbook
