// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/RowDelegate.h"

#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/StateStyle.h"

#include <QHeaderView>
#include <QPainter>
#include <QTreeView>

namespace sealbook {

namespace {

constexpr int cellPadding = 6;
constexpr int firstPadding = 12;
constexpr int glyphSize = 14;
constexpr int iconSize = 16;
constexpr int pictureGap = 6;
constexpr int twoLines = 44;
constexpr int groupHeight = 28;

QString elided(const QModelIndex &index, const QString &text, const QFontMetrics &metrics,
               int width)
{
    if (index.data(RowRole::Name).toBool())
        return elidedName(text, metrics, width);
    if (index.data(RowRole::Mono).toBool())
        return elidedValue(text, metrics, width);
    return metrics.elidedText(text, Qt::ElideRight, width);
}

// Host names, addresses and values stay left-to-right in a mirrored window, or "*.example.com" and
// "2001:db8::1" would turn round.
QString isolated(const QString &text)
{
    return QChar(0x2066) + text + QChar(0x2069);
}

// The one at the end of the row, where a person chose and ordered the columns.
int lastColumn(const QAbstractItemView &view, const QModelIndex &index)
{
    const int count = index.model()->columnCount(index.parent());
    const auto *tree = qobject_cast<const QTreeView *>(&view);
    if (tree == nullptr)
        return count - 1;
    for (int visual = count - 1; visual >= 0; --visual) {
        const int column = tree->header()->logicalIndex(visual);
        if (!tree->isColumnHidden(column))
            return column;
    }
    return count - 1;
}

} // namespace

RowDelegate::RowDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void RowDelegate::paintBackground(QPainter *painter, const QStyleOptionViewItem &option,
                                  const QModelIndex &index, const Theme &theme)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const bool focused = view != nullptr && view->hasFocus();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, focused ? theme.selection : theme.selectionInactive);
    painter->setPen(QPen(theme.line, 1));
    const QRectF rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    if (view == nullptr || !focused)
        return;
    const QModelIndex current = view->currentIndex();
    if (!current.isValid() || current.row() != index.row() || current.parent() != index.parent())
        return;
    // 1 px accent inside the tint, around the whole row: the outer edges only at its ends.
    painter->setPen(QPen(theme.accent, 1));
    painter->drawLine(rect.topLeft(), rect.topRight());
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    const bool mirrored = option.direction == Qt::RightToLeft;
    const bool rowsOnly = view->selectionBehavior() == QAbstractItemView::SelectRows;
    const bool first = index.column() == 0 || !rowsOnly;
    const bool last = index.column() == lastColumn(*view, index) || !rowsOnly;
    if (mirrored ? last : first)
        painter->drawLine(rect.topLeft(), rect.bottomLeft());
    if (mirrored ? first : last)
        painter->drawLine(rect.topRight(), rect.bottomRight());
}

void RowDelegate::paintGroupHead(QPainter *painter, const QStyleOptionViewItem &option,
                                 const QModelIndex &index, const Theme &theme)
{
    // Its view draws it across all columns (QTreeView::setFirstColumnSpanned or a wide rect).
    painter->fillRect(option.rect, theme.header);
    painter->setPen(QPen(theme.line, 1));
    const QRectF rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    const QRect inner = QStyle::visualRect(option.direction, option.rect,
                                           option.rect.adjusted(firstPadding, 0, -cellPadding, 0));
    int x = 0;
    const auto place = [&](int width) {
        const QRect logical(inner.x() + x, inner.y(),
                            std::max(0, std::min(width, inner.width() - x)), inner.height());
        x += width;
        return QStyle::visualRect(option.direction, inner, logical);
    };
    const QVariant glyph = index.data(RowRole::Glyph);
    QColor color = theme.text;
    if (glyph.isValid()) {
        const auto role = static_cast<StateRole>(index.data(RowRole::State).toInt());
        color = theme.state(role).text;
        paintGlyph(painter, place(glyphSize), static_cast<Glyph>(glyph.toInt()), color,
                   theme.header, glyphSize);
        x += pictureGap;
    }
    const QString title = index.data(Qt::DisplayRole).toString();
    const int leading = static_cast<int>(
        QStyle::visualAlignment(option.direction, Qt::AlignVCenter | Qt::AlignLeading));
    const QFont bold = Theme::boldFont(option.font);
    painter->setFont(bold);
    painter->setPen(color);
    painter->drawText(place(QFontMetrics(bold).horizontalAdvance(title) + 2), leading, title);
    x += 6;
    const QString rule = index.data(RowRole::GroupHead).toString();
    const QRect rest = place(std::max(0, inner.width() - x));
    painter->setFont(option.font);
    painter->setPen(theme.muted);
    painter->drawText(rest, leading,
                      QFontMetrics(option.font).elidedText(rule, Qt::ElideRight, rest.width()));
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    const Theme theme = Theme::current();
    painter->save();
    if (index.data(RowRole::GroupHead).isValid()) {
        paintGroupHead(painter, option, index, theme);
        painter->restore();
        return;
    }
    paintBackground(painter, option, index, theme);

    const int lead = index.column() == 0 ? firstPadding : cellPadding;
    const QRect cell = QStyle::visualRect(option.direction, option.rect,
                                          option.rect.adjusted(lead, 0, -cellPadding, 0));
    const QVariant stateValue = index.data(RowRole::State);
    std::optional<StateRole> role;
    if (stateValue.isValid())
        role = static_cast<StateRole>(stateValue.toInt());

    int pictured = 0;
    const QVariant glyph = index.data(RowRole::Glyph);
    const QString icon = index.data(RowRole::Icon).toString();
    if (glyph.isValid()) {
        const QRect where = QStyle::visualRect(option.direction, cell,
                                               QRect(cell.x(), cell.y(), glyphSize, cell.height()));
        const QColor surface =
            option.state.testFlag(QStyle::State_Selected) ? theme.selection : theme.base;
        paintGlyph(painter, where, static_cast<Glyph>(glyph.toInt()),
                   role ? theme.state(*role).text : theme.muted, surface, glyphSize);
        pictured = glyphSize + pictureGap;
    } else if (!icon.isEmpty()) {
        const QRect where = QStyle::visualRect(option.direction, cell,
                                               QRect(cell.x(), cell.y(), iconSize, cell.height()));
        const QPixmap pixmap =
            iconPixmap(icon, theme.muted, iconSize, painter->device()->devicePixelRatioF());
        painter->drawPixmap(QPointF(where.x(), where.center().y() - iconSize / 2.0 + 0.5), pixmap);
        pictured = iconSize + pictureGap;
    }
    const QRect words = QStyle::visualRect(
        option.direction, cell, cell.adjusted(std::min(pictured, cell.width()), 0, 0, 0));
    QColor color = theme.text;
    if (role)
        color = *role == StateRole::Ok && glyph.toInt() != static_cast<int>(Glyph::Served)
            ? theme.muted
            : theme.state(*role).text;
    else if (index.data(RowRole::Muted).toBool())
        color = theme.muted;

    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const Qt::Alignment wanted = alignment.isValid()
        ? Qt::Alignment(alignment.toInt()) & Qt::AlignHorizontal_Mask
        : Qt::Alignment(Qt::AlignLeading);
    // By the window's direction, not by that of the text.
    const int horizontal = static_cast<int>(QStyle::visualAlignment(option.direction, wanted));
    const QFont font = index.data(RowRole::Mono).toBool() ? Theme::monoFont(option.font)
        : index.data(RowRole::Bold).toBool()              ? Theme::boldFont(option.font)
                                                          : option.font;
    const QString text = index.data(Qt::DisplayRole).toString();
    const QString second = index.data(RowRole::SecondLine).toString();
    const bool machine = option.direction == Qt::RightToLeft
        && (index.data(RowRole::Name).toBool() || index.data(RowRole::Mono).toBool());
    QRect firstLine = words;
    if (!second.isEmpty()) {
        const QFont small = Theme::smallFont(option.font);
        const int firstHeight = QFontMetrics(option.font).height();
        const int secondHeight = QFontMetrics(small).height();
        const int top = words.y() + (words.height() - firstHeight - secondHeight + 2) / 2;
        firstLine = QRect(words.x(), top, words.width(), firstHeight);
        const QRect secondLine(words.x(), top + firstHeight - 2, words.width(), secondHeight);
        painter->setFont(small);
        painter->setPen(theme.muted);
        const QString shown =
            QFontMetrics(small).elidedText(second, Qt::ElideRight, secondLine.width());
        painter->drawText(secondLine, horizontal | static_cast<int>(Qt::AlignVCenter),
                          machine ? isolated(shown) : shown);
    }
    painter->setFont(font);
    painter->setPen(color);
    const QString shown = elided(index, text, QFontMetrics(font), firstLine.width());
    painter->drawText(firstLine, horizontal | static_cast<int>(Qt::AlignVCenter),
                      machine ? isolated(shown) : shown);
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.data(RowRole::GroupHead).isValid())
        return {0, groupHeight};
    const bool mono = index.data(RowRole::Mono).toBool();
    const QFont font = mono ? Theme::monoFont(option.font) : option.font;
    int width = QFontMetrics(font).horizontalAdvance(index.data(Qt::DisplayRole).toString());
    const QString second = index.data(RowRole::SecondLine).toString();
    width = std::max(width, QFontMetrics(Theme::smallFont(option.font)).horizontalAdvance(second));
    width += (index.column() == 0 ? firstPadding : cellPadding) + cellPadding + 2;
    if (index.data(RowRole::Glyph).isValid())
        width += glyphSize + pictureGap;
    else if (!index.data(RowRole::Icon).toString().isEmpty())
        width += iconSize + pictureGap;
    return {width, second.isEmpty() ? m_height : std::max(m_height, twoLines)};
}

} // namespace sealbook
