// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/RowDelegate.h"

namespace sealbook {

// The Expires cell: glyph and word as everywhere, then the time to the next unit and the
// share-of-life bar, right-aligned so that they stand in columns. Owned by the table.
class ExpiresDelegate : public RowDelegate
{
    Q_OBJECT

public:
    struct Geometry
    {
        QRect time;
        QRectF bar;
    };

    using RowDelegate::RowDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] static Geometry geometryOf(const QStyleOptionViewItem &option);
    // What the longest word, the longest time and the bar need.
    [[nodiscard]] static int widthFor(const QFontMetrics &metrics);
};

} // namespace sealbook
