// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/PracticeBadge.h"

#include "ui/widgets/Theme.h"

#include <QPainter>

namespace sealbook {

namespace {
QFont badgeFont(const QFont &body)
{
    QFont font = Theme::tinyFont(body);
    font.setBold(true);
    return font;
}
} // namespace

PracticeBadge::PracticeBadge(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("practiceBadge"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Practice profile: nothing here is real, and it is thrown away"));
    setToolTip(accessibleName());
}

QSize PracticeBadge::sizeHint() const
{
    const QFontMetrics metrics(badgeFont(font()));
    return {metrics.horizontalAdvance(tr("PRACTICE")) + 13, metrics.height() + 3};
}

void PracticeBadge::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setPen(theme.text);
    painter.setFont(badgeFont(font()));
    painter.drawText(rect(), Qt::AlignCenter, tr("PRACTICE"));
}

} // namespace sealbook
