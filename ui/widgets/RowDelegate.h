// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Theme.h"

#include <QStyledItemDelegate>

namespace sealbook {

// Roles that RowDelegate paints, for any model of the house.
namespace RowRole {
enum : int {
    State = Qt::UserRole + 100, // StateRole as int: colours glyph and (unless Ok) the text
    Glyph, // Glyph as int: before the text
    SecondLine, // QString: muted, under the text
    Mono, // bool: the text in the fixed font
    Bold, // bool: the text in bold
    Muted, // bool: the text in muted
    Icon, // QString: name of a house icon before the text, muted
    Name, // bool: a host name, cut by elidedName()
    GroupHead, // QString: this row is a group's head; the text is bold, this follows it in muted
    Copy, // QString: the row or cell as text, whole
    Key // QString: what the row is known by, whatever it shows
};
}

// Paints rows of 28 (one line) or 44 px (two lines): tinted selection, accent line around the
// current row, glyph and word, second line, group heads across all columns. Owned by its view.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit RowDelegate(QObject *parent = nullptr);
    void setRowHeight(int pixels) { m_height = pixels; } // 28 unless set
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

    // For delegates that paint more than that: selection, separator and current row.
    static void paintBackground(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index, const Theme &theme);
    static void paintGroupHead(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index, const Theme &theme);

private:
    int m_height = 28;
};

} // namespace sealbook
