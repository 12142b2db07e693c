// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/NeedView.h"

#include "ui/overview/NeedDelegate.h"
#include "ui/overview/NeedModel.h"
#include "ui/widgets/RowDelegate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>

namespace sealbook {

NeedView::NeedView(NeedModel *model, QWidget *parent)
    : QListView(parent)
    , m_delegate(new NeedDelegate(this))
{
    setObjectName(QStringLiteral("needs"));
    setAccessibleName(tr("What needs a person"));
    setModel(model);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(Adjust);
    setMouseTracking(true);
    Theme::tintSelection(this);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        if (currentIndex().isValid()) {
            m_kept = currentIndex().data(NeedModel::KeyRole).toString();
            m_keptRow = currentIndex().row();
        }
    });
    connect(model, &QAbstractItemModel::modelReset, this, &NeedView::restore);
}

// The same thing where it still needs somebody, else what stands in its place now.
void NeedView::restore()
{
    const int rows = model()->rowCount();
    int fallback = -1;
    for (int row = 0; row < rows; ++row) {
        const QModelIndex index = model()->index(row, 0);
        if ((index.flags() & Qt::ItemIsSelectable) == 0)
            continue;
        if (!m_kept.isEmpty() && index.data(NeedModel::KeyRole).toString() == m_kept) {
            setCurrentIndex(index);
            return;
        }
        if (fallback < 0 || row <= m_keptRow)
            fallback = row;
    }
    if (fallback >= 0 && hasFocus())
        setCurrentIndex(model()->index(fallback, 0));
}

QRect NeedView::buttonRect(const QModelIndex &index) const
{
    if (index.data(NeedModel::ActRole).toString().isEmpty())
        return {};
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return m_delegate->line(option, index).button;
}

QModelIndex NeedView::buttonAt(const QPoint &where) const
{
    const QModelIndex index = indexAt(where);
    return index.isValid() && buttonRect(index).contains(where) ? index : QModelIndex();
}

void NeedView::hover(const QModelIndex &index, bool pressed)
{
    const QModelIndex before = m_delegate->hovered();
    m_delegate->setHovered(index, pressed);
    for (const QModelIndex &changed : {before, index}) {
        if (changed.isValid())
            update(changed);
    }
}

QModelIndex NeedView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const bool isBack =
        action == MoveUp || action == MovePrevious || action == MovePageUp || action == MoveEnd;
    QModelIndex index = QListView::moveCursor(action, modifiers);
    while (index.isValid() && (index.flags() & Qt::ItemIsSelectable) == 0)
        index = model()->index(index.row() + (isBack ? -1 : 1), 0);
    return index.isValid() ? index : currentIndex();
}

void NeedView::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (isEnter && currentIndex().isValid()) {
        Q_EMIT actWanted(currentIndex());
        return;
    }
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QGuiApplication::clipboard()->setText(currentIndex().data(RowRole::Copy).toString());
        return;
    }
    QListView::keyPressEvent(event);
}

void NeedView::mousePressEvent(QMouseEvent *event)
{
    QListView::mousePressEvent(event);
    m_pressed = event->button() == Qt::LeftButton ? buttonAt(event->pos()) : QModelIndex();
    if (m_pressed.isValid())
        hover(m_pressed, true);
}

void NeedView::mouseMoveEvent(QMouseEvent *event)
{
    const QModelIndex index = buttonAt(event->pos());
    hover(index, index.isValid() && m_pressed == index);
    if (!m_pressed.isValid())
        QListView::mouseMoveEvent(event);
}

void NeedView::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = buttonAt(event->pos());
    const bool isClick = index.isValid() && m_pressed == index;
    m_pressed = QModelIndex();
    hover(index, false);
    if (isClick)
        Q_EMIT actWanted(index);
}

void NeedView::mouseDoubleClickEvent(QMouseEvent *event)
{
    mousePressEvent(event); // a button that is pressed twice is pressed twice
}

void NeedView::leaveEvent(QEvent *event)
{
    hover({}, false);
    QListView::leaveEvent(event);
}

void NeedView::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() || (currentIndex().flags() & Qt::ItemIsSelectable) == 0)
        restore();
}

} // namespace sealbook
