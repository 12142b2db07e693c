// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/GroupHead.h"

#include "ui/certificates/CertificateModel.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/Theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

namespace sealbook {

namespace {
constexpr int margin = 12;
constexpr int glyphSize = 14;

void paintArrow(QPainter &painter, const QRect &where, bool folded, bool mirrored,
                const QColor &color)
{
    const QPointF c = QRectF(where).center();
    QPainterPath path;
    if (!folded) {
        path.moveTo(c + QPointF(-4, -2));
        path.lineTo(c + QPointF(0, 2));
        path.lineTo(c + QPointF(4, -2));
    } else {
        const qreal way = mirrored ? -1 : 1;
        path.moveTo(c + QPointF(-2 * way, -4));
        path.lineTo(c + QPointF(2 * way, 0));
        path.lineTo(c + QPointF(-2 * way, 4));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}
} // namespace

GroupHead GroupHead::in(const QRect &row, const QFontMetrics &bold, const QString &title,
                        bool hasGlyph, Qt::LayoutDirection direction)
{
    GroupHead head;
    int x = row.left() + margin;
    const auto place = [&](int width) {
        const QRect part(x, row.top(), width, row.height());
        return QStyle::visualRect(direction, row, part);
    };
    head.arrow = place(glyphSize);
    x += glyphSize + 4;
    if (hasGlyph) {
        head.glyph = place(glyphSize);
        x += glyphSize + 6;
    }
    head.title = place(bold.horizontalAdvance(title) + 2);
    x += bold.horizontalAdvance(title) + 2 + margin;
    head.rule = place(std::max(0, row.right() - x - margin));
    return head;
}

void GroupHead::paint(QPainter &painter, const QStyleOptionViewItem &row, const QModelIndex &head)
{
    const Theme theme = Theme::current();
    const QString title = head.data(Qt::DisplayRole).toString();
    const QString rule = head.data(RowRole::GroupHead).toString();
    const QVariant role = head.data(RowRole::State);
    const QFont bold = Theme::boldFont(row.font);
    const GroupHead parts = in(row.rect, QFontMetrics(bold), title, role.isValid(), row.direction);
    const bool active = row.state.testFlag(QStyle::State_Active);
    painter.save();
    painter.fillRect(row.rect,
                     row.state.testFlag(QStyle::State_Selected)
                         ? (active ? theme.selection : theme.selectionInactive)
                         : theme.header);
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(row.rect.bottomLeft(), row.rect.bottomRight());
    if (row.state.testFlag(QStyle::State_HasFocus)) {
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(row.rect.adjusted(0, 0, -1, -1));
    }
    paintArrow(painter, parts.arrow, head.data(CertificateModel::FoldedRole).toBool(),
               row.direction == Qt::RightToLeft, theme.muted);
    QColor color = theme.text;
    if (role.isValid()) {
        color = theme.state(static_cast<StateRole>(role.toInt())).text;
        paintGlyph(&painter, QRectF(parts.glyph),
                   static_cast<Glyph>(head.data(RowRole::Glyph).toInt()), color, theme.header,
                   glyphSize);
    }
    const auto align = static_cast<int>(
        QStyle::visualAlignment(row.direction, Qt::AlignLeading | Qt::AlignVCenter));
    painter.setFont(bold);
    painter.setPen(color);
    painter.drawText(parts.title, align, title);
    painter.setFont(row.font);
    painter.setPen(theme.muted);
    painter.drawText(parts.rule, align,
                     QFontMetrics(row.font).elidedText(rule, Qt::ElideRight, parts.rule.width()));
    painter.restore();
}

} // namespace sealbook
