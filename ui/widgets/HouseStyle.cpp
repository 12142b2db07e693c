// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/HouseStyle.h"

#include <QStyleOptionButton>

namespace sealbook {

namespace {
constexpr int controlHeight = 28;
constexpr int buttonPadding = 12;
} // namespace

QSize HouseStyle::sizeFromContents(ContentsType type, const QStyleOption *option,
                                   const QSize &contents, const QWidget *widget) const
{
    const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button != nullptr && button->features.testFlag(QStyleOptionButton::Flat))
            return size; // looks like text, and stands in lines of text
        return size.expandedTo({contents.width() + 2 * buttonPadding, controlHeight});
    case CT_ComboBox:
    case CT_LineEdit:
    case CT_SpinBox:
        return size.expandedTo({0, controlHeight});
    default:
        return size;
    }
}

} // namespace sealbook
