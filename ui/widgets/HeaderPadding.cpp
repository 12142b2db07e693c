// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/HeaderPadding.h"

#include <QHeaderView>
#include <QProxyStyle>

namespace sealbook {

namespace {

// The platform's style with one number changed. Owned by the header it serves.
class PaddedHeaderStyle final : public QProxyStyle
{
public:
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override
    {
        constexpr int cellPadding = 5; // and not 6: it is the space above and below, too
        if (metric == PM_HeaderMargin)
            return cellPadding;
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
};

} // namespace

void padHeader(QHeaderView *header)
{
    auto *style = new PaddedHeaderStyle;
    style->setParent(header);
    header->setStyle(style);
}

} // namespace sealbook
