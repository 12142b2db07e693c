// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QModelIndex>
#include <QStyleOptionViewItem>

namespace sealbook {

// The head of a group as a whole row: fold arrow, glyph, word, count, then the rule that put things
// there. Parts in a plain struct, so that tests read them without pixels.
struct GroupHead
{
    [[nodiscard]] static GroupHead in(const QRect &row, const QFontMetrics &bold,
                                      const QString &title, bool hasGlyph,
                                      Qt::LayoutDirection direction);
    static void paint(QPainter &painter, const QStyleOptionViewItem &row, const QModelIndex &head);

    QRect arrow;
    QRect glyph; // empty where the group has none
    QRect title;
    QRect rule;
};

} // namespace sealbook
