// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/BoardBar.h"

#include "ui/issue/BoardModel.h"
#include "ui/issue/BoardWords.h"
#include "ui/widgets/StateStyle.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace sealbook {

BoardBar::BoardBar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("boardBar"));
    setFixedHeight(8);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BoardBar::setBoard(const BoardState &board)
{
    m_addresses.clear();
    for (const BoardRow &row : board.rows) {
        if (!row.isResolver)
            m_addresses.emplace_back(row.verdict, BoardModel::spoken(row));
    }
    setAccessibleName(headlineOf(board));
    QStringList all;
    for (const auto &address : m_addresses)
        all.append(address.second);
    setAccessibleDescription(all.join(QStringLiteral("; ")));
    update();
}

std::vector<BoardBar::Segment> BoardBar::segments() const
{
    std::vector<Segment> all;
    const auto count = static_cast<double>(m_addresses.size());
    if (m_addresses.empty())
        return all;
    // Too many for gaps of 2 px: they touch.
    const double gap = width() / count > 6 ? 2.0 : 0.0;
    const double segment = (width() - gap * (count - 1)) / count;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    for (std::size_t i = 0; i < m_addresses.size(); ++i) {
        double x = static_cast<double>(i) * (segment + gap);
        if (mirrored)
            x = width() - x - segment;
        all.push_back(
            {QRectF(x, 0, segment, height()), m_addresses.at(i).first, m_addresses.at(i).second});
    }
    return all;
}

void BoardBar::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::current();
    QPainter painter(this);
    for (const Segment &segment : segments()) {
        const StateColors &colors = theme.state(styleOf(segment.verdict).role);
        // Left and right edges on whole pixels, or neighbours would blur into each other.
        const QRect snapped(QPoint(qRound(segment.rect.left()), 0),
                            QPoint(qRound(segment.rect.right()) - 1, height() - 1));
        const QRectF outline = QRectF(snapped).adjusted(0.5, 0.5, -0.5, -0.5);
        switch (segment.verdict) {
        case Verdict::NotYet:
            painter.fillRect(snapped, colors.tint);
            painter.setPen(QPen(colors.text, 1));
            painter.drawRect(outline);
            break;
        case Verdict::CannotCheck:
        case Verdict::NotAsked: {
            QPen pen(colors.text, 1);
            pen.setDashPattern({4, 3});
            painter.setPen(pen);
            painter.drawRect(outline);
            break;
        }
        case Verdict::Served:
        case Verdict::OtherValue:
        case Verdict::WrongPlace:
        case Verdict::Failing:
            painter.fillRect(snapped, colors.fill);
            break;
        }
    }
}

bool BoardBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        for (const Segment &segment : segments()) {
            if (segment.rect.contains(help->pos()))
                QToolTip::showText(help->globalPos(), segment.spoken, this);
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace sealbook
