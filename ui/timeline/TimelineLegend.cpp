// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/TimelineLegend.h"

#include "ui/timeline/GanttPainter.h"

#include <QPainter>

namespace sealbook {

namespace {

constexpr int symbolWidth = 24;
constexpr int symbolGap = 6;
constexpr int itemGap = 16;
} // namespace

TimelineLegend::TimelineLegend(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("timelineLegend"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setAccessibleName(tr("Legend"));
    setAccessibleDescription(tr("Grey bars are valid, pale ones replaced, dashed ones planned; a "
                                "hatched box is the renewal window, what is solid after it is "
                                "late; a line is a credential, its diamond the day to rotate it."));
}

QSize TimelineLegend::sizeHint() const
{
    return {480, 20};
}

void TimelineLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme theme = Theme::current();
    const QFont small = Theme::smallFont(font());
    const QFontMetrics metrics(small);
    painter.setFont(small);
    const QStringList texts{tr("valid"), tr("replaced"),   tr("planned"),  tr("window"),
                            tr("late"),  tr("credential"), tr("rotate by")};
    int used = 0;
    const bool mirrored = isRightToLeft();
    // From the end, so that it stands at the window's edge.
    for (int count = static_cast<int>(texts.size()); count > 0; --count) {
        used = -itemGap;
        for (int i = 0; i < count; ++i)
            used += symbolWidth + symbolGap + metrics.horizontalAdvance(texts.at(i)) + itemGap;
        if (used > width())
            continue;
        int x = width() - used;
        for (int i = 0; i < count; ++i) {
            const int advance = metrics.horizontalAdvance(texts.at(i)) + 1;
            const auto visual = [&](int left, int length) {
                return QRectF(mirrored ? width() - left - length : left, 0, length, height());
            };
            GanttPainter::legend(painter, theme, static_cast<GanttPainter::Symbol>(i),
                                 visual(x, symbolWidth));
            painter.setPen(theme.muted);
            painter.drawText(visual(x + symbolWidth + symbolGap, advance), Qt::AlignVCenter,
                             texts.at(i));
            x += symbolWidth + symbolGap + advance + itemGap - 1;
        }
        return;
    }
}

} // namespace sealbook
