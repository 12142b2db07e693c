// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/PlainToolTips.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QTextDocument>
#include <QToolTip>

namespace sealbook {

namespace {
QString toolTipAt(const QWidget *widget, const QPoint &position)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(widget->parentWidget());
    if (view != nullptr && view->viewport() == widget)
        return view->indexAt(position).data(Qt::ToolTipRole).toString();
    return widget->toolTip();
}
} // namespace

bool PlainToolTips::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return false;
    auto *widget = qobject_cast<QWidget *>(watched);
    if (widget == nullptr)
        return false;
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = toolTipAt(widget, help->pos());
    if (!Qt::mightBeRichText(text))
        return false; // Qt shows it as it is
    QToolTip::showText(help->globalPos(), Qt::convertFromPlainText(text), widget);
    return true;
}

} // namespace sealbook
