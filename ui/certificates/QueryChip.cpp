// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/QueryChip.h"

#include "ui/widgets/Theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int chipHeight = 20;
constexpr int lead = 6;
constexpr int cross = 16;
constexpr int crossReach = 3;
} // namespace

QueryChip::QueryChip(const QString &term, QWidget *parent, const QString &words)
    : QAbstractButton(parent)
{
    setText(words.isEmpty() ? term : words);
    setObjectName(QStringLiteral("queryChip"));
    setFont(Theme::smallFont(font()));
    setAccessibleName(tr("Condition %1").arg(text()));
    setAccessibleDescription(tr("Press to remove it."));
    const QString whole = words.isEmpty() ? term : words + QLatin1Char('\n') + term;
    setToolTip(tr("%1\nClick to remove it").arg(whole));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::ArrowCursor);
}

void QueryChip::setMostWidth(int pixels)
{
    m_mostWidth = pixels;
    updateGeometry();
}

QSize QueryChip::sizeHint() const
{
    const int whole = lead + fontMetrics().horizontalAdvance(text()) + 2 + cross;
    return {std::min(whole, m_mostWidth), chipHeight};
}

void QueryChip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace
        || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        event->accept();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

// The keys that remove it mean something else on the page.
bool QueryChip::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
            event->accept();
            return true;
        }
    }
    return QAbstractButton::event(event);
}

void QueryChip::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setClipRect(event->rect());
    const Theme theme = Theme::current();
    const QRect chip(0, (height() - chipHeight) / 2, width(), chipHeight);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(theme.accent, 1) : QPen(Qt::NoPen));
    painter.setBrush(theme.selection);
    painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);

    const QRect words =
        QStyle::visualRect(layoutDirection(), chip, chip.adjusted(lead, 0, -cross, 0));
    painter.setPen(theme.text);
    // A condition is written the same way everywhere, or its operator would change sides.
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.drawText(words, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
                     fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));

    const QRect place = QStyle::visualRect(
        layoutDirection(), chip, QRect(chip.right() - cross + 1, chip.top(), cross, chipHeight));
    const QPointF middle = QRectF(place).center();
    painter.setPen(QPen(underMouse() ? theme.text : theme.muted, 1.3, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(middle + QPointF(-crossReach, -crossReach),
                     middle + QPointF(crossReach, crossReach));
    painter.drawLine(middle + QPointF(-crossReach, crossReach),
                     middle + QPointF(crossReach, -crossReach));
}

} // namespace sealbook
