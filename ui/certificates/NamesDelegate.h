// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/RowDelegate.h"

namespace sealbook {

// The Names cell: the first name, cut in the middle where it must be, and "+5" for the others,
// which is never cut (look.md section 6). Owned by the table.
class NamesDelegate : public RowDelegate
{
    Q_OBJECT

public:
    struct Parts
    {
        QString name; // as it fits
        QString more; // "+5" or empty
        QRect nameRect;
        QRect moreRect;
    };

    using RowDelegate::RowDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] static Parts partsOf(const QStyleOptionViewItem &option,
                                       const QModelIndex &index);
};

} // namespace sealbook
