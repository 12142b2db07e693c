// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/HeaderStyle.h"

#include "ui/widgets/Theme.h"

#include <QHeaderView>
#include <QStyleOptionHeader>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int height = 26;
constexpr int firstPadding = 12;
constexpr int cellPadding = 6;
} // namespace

void HeaderStyle::dress(QHeaderView *header)
{
    header->setStretchLastSection(false);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setFixedHeight(height);
    header->setFont(Theme::smallFont(header->parentWidget()->font()));
    auto *style = new HeaderStyle;
    style->setParent(header);
    header->setStyle(style);
}

void HeaderStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const auto *section = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (element != CE_HeaderLabel || section == nullptr) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    // The label's rectangle lies inside the section by the style's own small margin.
    const int margin = pixelMetric(PM_HeaderMargin, option, widget);
    const int lead = (section->section == 0 ? firstPadding : cellPadding) - margin;
    const int trail = std::max(0, cellPadding - margin);
    QStyleOptionHeader moved = *section;
    moved.rect = option->direction == Qt::RightToLeft ? option->rect.adjusted(trail, 0, -lead, 0)
                                                      : option->rect.adjusted(lead, 0, -trail, 0);
    moved.textAlignment = visualAlignment(option->direction, section->textAlignment);
    QProxyStyle::drawControl(element, &moved, painter, widget);
}

} // namespace sealbook
