// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

namespace sealbook {

// The platform's style with the house's smallest sizes: some styles, Fusion among them, leave a
// button hardly more than its text. What is larger already stays as it is. Set once on the
// application, which owns it.
class HouseStyle final : public QProxyStyle
{
public:
    using QProxyStyle::QProxyStyle;

    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override;
};

} // namespace sealbook
