// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/NamesDelegate.h"

#include "ui/certificates/CertificateModel.h"
#include "ui/widgets/ElidedLabel.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int leadMargin = 12;
constexpr int tailMargin = 6;
constexpr int gap = 4;
} // namespace

NamesDelegate::Parts NamesDelegate::partsOf(const QStyleOptionViewItem &option,
                                            const QModelIndex &index)
{
    Parts parts;
    const QFontMetrics &metrics = option.fontMetrics;
    const QRect cell = option.rect.adjusted(leadMargin, 0, -tailMargin, 0);
    const int more = index.data(CertificateModel::MoreNamesRole).toInt();
    int moreWidth = 0;
    if (more > 0) {
        parts.more = CertificateModel::tr("+%1", "more names").arg(more);
        moreWidth = metrics.horizontalAdvance(parts.more) + 1;
    }
    const int room = cell.width() - (moreWidth > 0 ? moreWidth + gap : 0);
    parts.name = elidedName(index.data(Qt::DisplayRole).toString(), metrics, room);
    const int nameWidth = std::min(room, metrics.horizontalAdvance(parts.name) + 1);
    const QRect name(cell.left(), cell.top(), nameWidth, cell.height());
    const QRect rest(name.right() + 1 + gap, cell.top(), moreWidth, cell.height());
    parts.nameRect = QStyle::visualRect(option.direction, option.rect, name);
    parts.moreRect = QStyle::visualRect(option.direction, option.rect, rest);
    return parts;
}

void NamesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme theme = Theme::current();
    painter->save();
    paintBackground(painter, option, index, theme);
    const Parts parts = partsOf(option, index);
    painter->setFont(option.font);
    painter->setPen(theme.text);
    // A host name reads left to right in a mirrored window too, or its star changes sides.
    painter->setLayoutDirection(Qt::LeftToRight);
    painter->drawText(parts.nameRect, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
                      parts.name);
    painter->setPen(theme.muted);
    painter->drawText(parts.moreRect, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
                      parts.more);
    painter->restore();
}

} // namespace sealbook
