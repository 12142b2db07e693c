// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ExpiresDelegate.h"

#include "ui/certificates/CertificateModel.h"
#include "ui/certificates/LifeBar.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/TimeText.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int cellMargin = 6;
constexpr int gap = 12;
constexpr int barWidth = 44;
constexpr int barHeight = 6;
constexpr int glyphAndGap = 14 + 6;

int timeWidth(const QFontMetrics &metrics)
{
    constexpr qint64 day = 24 * 3600;
    return std::max(
        metrics.horizontalAdvance(TimeText::span(9 * day + 23 * 3600)),
        metrics.horizontalAdvance(TimeText::ago(QDateTime::fromSecsSinceEpoch(888 * day),
                                                QDateTime::fromSecsSinceEpoch(0))));
}
} // namespace

ExpiresDelegate::Geometry ExpiresDelegate::geometryOf(const QStyleOptionViewItem &option)
{
    const QRect cell = option.rect.adjusted(cellMargin, 0, -cellMargin, 0);
    const QRect bar(cell.right() - barWidth + 1, cell.center().y() - barHeight / 2 + 1, barWidth,
                    barHeight);
    const int width = timeWidth(option.fontMetrics);
    const QRect time(bar.left() - gap - width, cell.top(), width, cell.height());
    Geometry geometry;
    geometry.bar = QStyle::visualRect(option.direction, option.rect, bar);
    geometry.time = QStyle::visualRect(option.direction, option.rect, time);
    return geometry;
}

int ExpiresDelegate::widthFor(const QFontMetrics &metrics)
{
    int word = 0;
    for (const Urgency urgency :
         {Urgency::Overdue, Urgency::ActNow, Urgency::Soon, Urgency::Fine, Urgency::Retired})
        word = std::max(word, metrics.horizontalAdvance(styleOf(urgency).word));
    return cellMargin + glyphAndGap + word + 6 + timeWidth(metrics) + gap + barWidth + cellMargin;
}

void ExpiresDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    RowDelegate::paint(painter, option, index);
    const QVariant used = index.data(CertificateModel::UsedRole);
    if (!used.isValid())
        return;
    const Geometry geometry = geometryOf(option);
    painter->save();
    const Theme theme = Theme::current();
    painter->setPen(theme.text);
    painter->setFont(option.font);
    painter->drawText(geometry.time,
                      static_cast<int>(QStyle::visualAlignment(
                          option.direction, Qt::AlignTrailing | Qt::AlignVCenter)),
                      index.data(CertificateModel::TimeLeftRole).toString());
    painter->restore();
    const LifeBar bar = LifeBar::in(geometry.bar, used.toDouble(),
                                    index.data(CertificateModel::WindowRole).toDouble(),
                                    option.direction == Qt::RightToLeft);
    bar.paint(*painter, theme,
              static_cast<Urgency>(index.data(CertificateModel::UrgencyRole).toInt()));
}

} // namespace sealbook
