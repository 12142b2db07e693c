// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/NeedDelegate.h"

#include "ui/overview/NeedModel.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPainter>
#include <QStyleOptionButton>

namespace sealbook {

namespace {
constexpr int rowHeight = 44;
constexpr int headHeight = 28;
constexpr int margin = 12;
constexpr int glyphSize = 14;
constexpr int iconSize = 16;
constexpr int iconGap = 6;
constexpr int columnGap = 16;
constexpr int buttonHeight = 24;
constexpr int buttonPadding = 12; // at each side of its words
constexpr int leastTitle = 220;
} // namespace

NeedLine NeedLine::in(const QRect &row, const Widths &widths, const QFontMetrics &body,
                      const QFontMetrics &small, Qt::LayoutDirection direction)
{
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(direction, row, part); };
    NeedLine line;
    line.glyph = visual({row.left() + margin, row.top(), glyphSize, row.height()});
    int end = row.right() + 1 - margin;
    line.button = visual({end - widths.button, row.top() + (row.height() - buttonHeight) / 2,
                          widths.button, buttonHeight});
    end -= widths.button + columnGap;
    line.due = visual({end - widths.due, row.top(), widths.due, row.height()});
    end -= widths.due + columnGap;
    const int left = row.left() + margin + glyphSize + 10;
    if (end - widths.kind - columnGap - left >= leastTitle) {
        const QRect kind(end - widths.kind, row.top(), widths.kind, row.height());
        line.kindIcon = visual({kind.left(), row.top(), iconSize, row.height()});
        line.kind = visual(kind.adjusted(iconSize + iconGap, 0, 0, 0));
        end = kind.left() - columnGap;
    }
    const int top = row.top() + (row.height() - body.height() - small.height() + 2) / 2;
    const int width = std::max(0, end - left);
    line.title = visual({left, top, width, body.height()});
    line.reason = visual({left, top + body.height() - 2, width, small.height()});
    return line;
}

NeedDelegate::NeedDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void NeedDelegate::setHovered(const QModelIndex &index, bool pressed)
{
    m_hovered = index;
    m_isPressed = pressed;
}

NeedLine NeedDelegate::line(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetrics body(option.font);
    NeedLine::Widths widths;
    for (const auto kind :
         {Need::Kind::Certificate, Need::Kind::Credential, Need::Kind::Endpoint, Need::Kind::Job})
        widths.kind = std::max(widths.kind, body.horizontalAdvance(Need::kindText(kind)));
    widths.kind += iconSize + iconGap;
    widths.due = std::max(body.horizontalAdvance(QStringLiteral("in 00 d 00 h")),
                          body.horizontalAdvance(index.data(NeedModel::DueRole).toString()));
    widths.button =
        body.horizontalAdvance(index.data(NeedModel::ActRole).toString()) + 2 * buttonPadding + 2;
    // The day stands in one column, whatever is written on the buttons.
    const int widest = body.horizontalAdvance(QStringLiteral("Replace…")) + 2 * buttonPadding + 2;
    NeedLine line =
        NeedLine::in(option.rect, {widths.kind, widths.due, std::max(widths.button, widest)}, body,
                     QFontMetrics(Theme::smallFont(option.font)), option.direction);
    if (option.direction == Qt::RightToLeft)
        line.button.setRight(line.button.left() + widths.button - 1);
    else
        line.button.setLeft(line.button.right() - widths.button + 1);
    return line;
}

void NeedDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    if (index.data(RowRole::GroupHead).isValid())
        RowDelegate::paintGroupHead(painter, option, index, Theme::current());
    else
        paintLine(painter, option, index);
    painter->restore();
}

void NeedDelegate::paintLine(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Theme theme = Theme::current();
    RowDelegate::paintBackground(painter, option, index, theme);
    const NeedLine line = this->line(option, index);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QFontMetrics body(option.font);
    const auto leading = static_cast<int>(
        QStyle::visualAlignment(option.direction, Qt::AlignLeading | Qt::AlignVCenter));
    const auto trailing = static_cast<int>(
        QStyle::visualAlignment(option.direction, Qt::AlignTrailing | Qt::AlignVCenter));
    const QString title = index.data(Qt::DisplayRole).toString();
    painter->setFont(option.font);
    painter->setPen(theme.text);
    const QVariant glyph = index.data(RowRole::Glyph);
    if (!glyph.isValid()) { // the row that leads to the rest
        painter->setPen(theme.muted);
        painter->drawText(line.title.united(line.reason), leading, title);
        paintButton(painter, line.button, option, index);
        return;
    }
    const auto role = static_cast<StateRole>(index.data(RowRole::State).toInt());
    paintGlyph(painter, line.glyph, static_cast<Glyph>(glyph.toInt()), theme.state(role).text,
               isSelected ? theme.selection : theme.base, glyphSize);
    const bool isName = index.data(RowRole::Name).toBool();
    const QString shown = isName ? elidedName(title, body, line.title.width())
                                 : body.elidedText(title, Qt::ElideRight, line.title.width());
    const bool isolates = isName && option.direction == Qt::RightToLeft;
    painter->drawText(line.title, leading,
                      isolates ? QChar(0x2066) + shown + QChar(0x2069) : shown);
    painter->drawText(line.due, trailing, index.data(NeedModel::DueRole).toString());
    const QFont small = Theme::smallFont(option.font);
    painter->setPen(theme.muted);
    if (!line.kind.isEmpty()) {
        const QPixmap icon = iconPixmap(index.data(RowRole::Icon).toString(), theme.muted, iconSize,
                                        painter->device()->devicePixelRatioF());
        painter->drawPixmap(
            QPointF(line.kindIcon.x(), line.kindIcon.center().y() - iconSize / 2.0 + 0.5), icon);
        painter->drawText(line.kind, leading, index.data(NeedModel::KindRole).toString());
    }
    painter->setFont(small);
    painter->drawText(line.reason, leading,
                      QFontMetrics(small).elidedText(index.data(RowRole::SecondLine).toString(),
                                                     Qt::ElideRight, line.reason.width()));
    paintButton(painter, line.button, option, index);
}

void NeedDelegate::paintButton(QPainter *painter, const QRect &where,
                               const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionButton button;
    button.palette = QApplication::palette();
    button.direction = option.direction;
    button.fontMetrics = QFontMetrics(option.font);
    button.rect = where;
    button.text = index.data(NeedModel::ActRole).toString();
    button.state = QStyle::State_Enabled | QStyle::State_Raised;
    if (option.state.testFlag(QStyle::State_Active))
        button.state |= QStyle::State_Active;
    if (m_hovered == index) {
        button.state |= QStyle::State_MouseOver;
        if (m_isPressed)
            button.state = (button.state & ~QStyle::State_Raised) | QStyle::State_Sunken;
    }
    painter->setFont(option.font);
    const QStyle *style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_PushButton, &button, painter);
}

QSize NeedDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(option)
    return {0, index.data(RowRole::GroupHead).isValid() ? headHeight : rowHeight};
}

} // namespace sealbook
