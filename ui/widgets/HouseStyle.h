// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

namespace sealbook {

// The platform's style with the house's smallest sizes: some styles, Fusion among them, leave a
// button hardly more than its text. What is larger already stays as it is. Fusion's outlines of
// edits and check boxes are also given a contrast of 3 : 1: on a dark base they cannot be seen.
// Set once on the application, which owns it.
class HouseStyle final : public QProxyStyle
{
public:
    using QProxyStyle::QProxyStyle;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override;
};

} // namespace sealbook
