// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/LifeBar.h"

#include "ui/widgets/StateStyle.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sealbook {

namespace {
QRectF span(const QRectF &track, double from, double to, bool mirrored)
{
    if (mirrored)
        return {track.right() - track.width() * to, track.top(), track.width() * (to - from),
                track.height()};
    return {track.left() + track.width() * from, track.top(), track.width() * (to - from),
            track.height()};
}
} // namespace

LifeBar LifeBar::in(const QRectF &where, double used, double window, bool mirrored)
{
    LifeBar bar;
    bar.track = where;
    bar.elapsed = span(where, 0, std::min(used, window), mirrored);
    if (used > window)
        bar.late = span(where, window, used, mirrored);
    bar.tick =
        mirrored ? where.right() - where.width() * window : where.left() + where.width() * window;
    return bar;
}

void LifeBar::paint(QPainter &painter, const Theme &theme, Urgency urgency) const
{
    const bool quiet = urgency == Urgency::Fine || urgency == Urgency::Retired;
    const QColor lateFill = quiet ? theme.trackOutline : theme.state(styleOf(urgency).role).fill;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(track, theme.track);
    painter.fillRect(elapsed, theme.trackOutline);
    if (!late.isEmpty())
        painter.fillRect(late, lateFill);
    painter.setPen(QPen(theme.trackOutline, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(track.adjusted(0, 0, -1, -1));
    const qreal x = std::floor(tick);
    const qreal reach = 3;
    painter.fillRect(QRectF(x, track.top() - reach, 1, track.height() + 2 * reach), theme.text);
    painter.restore();
}

} // namespace sealbook
