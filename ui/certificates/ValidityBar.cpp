// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ValidityBar.h"

#include "ui/certificates/CertificateWords.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include <QPaintEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace sealbook {

namespace {
constexpr qreal barHeight = 11;
constexpr qreal todayReach = 5;
constexpr qreal leastWindow = 6;
} // namespace

ValidityBar::ValidityBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ValidityBar::setCertificate(const InventoryRow &row, Urgency urgency, const QDateTime &now,
                                 bool timesLocal)
{
    const QDateTime start = renewalWindowStart(CertificateWords::urgencyInput(row));
    m_used = CertificateWords::used(row, now);
    m_windowStart = CertificateWords::windowStart(row);
    m_windowEnd = CertificateWords::windowEnd(row);
    m_urgency = urgency;
    m_from = TimeText::date(CertificateWords::at(row.notBefore), timesLocal);
    m_to = TimeText::exact(CertificateWords::at(row.notAfter), timesLocal);
    m_renew = tr("renew from %1").arg(TimeText::date(start, timesLocal));
    setAccessibleName(tr("Validity"));
    setAccessibleDescription(
        tr("%1, from %2 to %3, %4").arg(CertificateWords::life(row, now), m_from, m_to, m_renew));
    setToolTip(accessibleDescription());
    update();
}

ValidityBar::Geometry ValidityBar::geometryOf(const QRectF &bar) const
{
    const bool mirrored = isRightToLeft();
    const auto at = [&bar, mirrored](double share) {
        return mirrored ? bar.right() - bar.width() * share : bar.left() + bar.width() * share;
    };
    const auto span = [&at, &bar](double from, double to) {
        const qreal a = at(from);
        const qreal b = at(to);
        return QRectF(std::min(a, b), bar.top(), std::abs(b - a), bar.height());
    };
    Geometry g;
    g.bar = bar;
    g.elapsed = span(0, std::min(m_used, m_windowStart));
    if (m_used > m_windowStart)
        g.late = span(m_windowStart, m_used);
    g.window = span(m_windowStart, m_windowEnd);
    if (g.window.width() < leastWindow)
        g.window.setWidth(leastWindow);
    g.today = at(m_used);
    return g;
}

QSize ValidityBar::sizeHint() const
{
    const int line = QFontMetrics(Theme::tinyFont(font())).height();
    return {200, 2 * line + static_cast<int>(barHeight + 2 * todayReach) - 2};
}

void ValidityBar::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setClipRect(event->rect());
    const int line = QFontMetrics(Theme::tinyFont(font())).height();
    const Geometry g = geometryOf(QRectF(0, line + todayReach - 1, width(), barHeight));
    const Theme theme = Theme::current();
    const bool quiet = m_urgency == Urgency::Fine || m_urgency == Urgency::Retired;
    painter.fillRect(g.bar, theme.track);
    painter.fillRect(g.elapsed, theme.trackOutline);
    if (!g.late.isEmpty())
        painter.fillRect(g.late,
                         quiet ? theme.trackOutline : theme.state(styleOf(m_urgency).role).fill);
    painter.setPen(QPen(theme.trackOutline, 1));
    painter.drawRect(g.bar.adjusted(0, 0, -1, -1));

    painter.save();
    painter.setClipRect(g.window);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.text, 1));
    for (qreal x = g.window.left() - g.window.height(); x < g.window.right(); x += 4)
        painter.drawLine(QPointF(x, g.window.bottom()),
                         QPointF(x + g.window.height(), g.window.top()));
    painter.restore();
    painter.setPen(QPen(theme.text, 1));
    painter.drawRect(QRectF(std::floor(g.window.left()), g.window.top(),
                            std::floor(g.window.width()), g.window.height() - 1));
    const qreal x = std::clamp(g.today - 1, 0.0, static_cast<qreal>(width()) - 2);
    painter.fillRect(QRectF(x, g.bar.top() - todayReach, 2, g.bar.height() + 2 * todayReach),
                     theme.text);
    paintLabels(painter, g);
}

void ValidityBar::paintLabels(QPainter &painter, const Geometry &g) const
{
    const Theme theme = Theme::current();
    const QFont tiny = Theme::tinyFont(font());
    const QFontMetrics metrics(tiny);
    painter.setFont(tiny);
    const QRectF above(0, 0, width(), metrics.height());
    const QRectF below(0, g.bar.bottom() + todayReach - 2, width(), metrics.height());
    painter.setPen(theme.muted);
    const auto leading = Qt::AlignLeading | Qt::AlignVCenter;
    const auto trailing = Qt::AlignTrailing | Qt::AlignVCenter;
    painter.drawText(below, static_cast<int>(QStyle::visualAlignment(layoutDirection(), leading)),
                     m_from);
    painter.drawText(below, static_cast<int>(QStyle::visualAlignment(layoutDirection(), trailing)),
                     m_to);

    const QString todayWord = tr("today");
    const qreal todayWidth = metrics.horizontalAdvance(todayWord) + 2;
    const qreal renewWidth = metrics.horizontalAdvance(m_renew) + 2;
    const qreal room = width();
    const qreal todayX = std::clamp(g.today - todayWidth / 2, 0.0, room - todayWidth);
    qreal renewX = std::clamp(g.window.center().x() - renewWidth / 2, 0.0, room - renewWidth);
    // Today is the one that stands still; the window's label steps aside, to the roomier side.
    if (renewX < todayX + todayWidth + 8 && todayX < renewX + renewWidth + 8) {
        const bool fitsLeft = todayX - 8 - renewWidth >= 0;
        const bool fitsRight = todayX + todayWidth + 8 + renewWidth <= room;
        if (!fitsLeft && !fitsRight)
            renewX = -1;
        else if (fitsLeft && (!fitsRight || g.window.center().x() < g.today))
            renewX = todayX - 8 - renewWidth;
        else
            renewX = todayX + todayWidth + 8;
    }
    if (renewX >= 0)
        painter.drawText(QRectF(renewX, above.top(), renewWidth, above.height()), Qt::AlignCenter,
                         m_renew);
    painter.setPen(theme.text);
    painter.drawText(QRectF(todayX, above.top(), todayWidth, above.height()), Qt::AlignCenter,
                     todayWord);
}

} // namespace sealbook
