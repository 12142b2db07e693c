// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/HeaderStyle.h"

#include <QHeaderView>
#include <QStyleOptionHeader>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int firstPadding = 12;
constexpr int cellPadding = 6;
} // namespace

void HeaderStyle::alignWithCells(QHeaderView *header)
{
    auto *style = new HeaderStyle;
    style->setParent(header);
    header->setStyle(style);
}

QRect HeaderStyle::subElementRect(SubElement element, const QStyleOption *option,
                                  const QWidget *widget) const
{
    const QRect label = QProxyStyle::subElementRect(element, option, widget);
    const auto *section = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (element != SE_HeaderLabel || section == nullptr)
        return label;
    const int lead = section->section == 0 ? firstPadding : cellPadding;
    const QRect &all = option->rect;
    if (option->direction == Qt::RightToLeft)
        return {std::max(label.left(), all.left() + cellPadding), label.top(),
                std::min(label.right(), all.right() - lead)
                    - std::max(label.left(), all.left() + cellPadding) + 1,
                label.height()};
    const int left = std::max(label.left(), all.left() + lead);
    return {left, label.top(), std::min(label.right(), all.right() - cellPadding) - left + 1,
            label.height()};
}

} // namespace sealbook
