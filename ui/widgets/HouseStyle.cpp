// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/HouseStyle.h"

#include "ui/widgets/Theme.h"

#include <QStyleOptionButton>
#include <QStyleOptionToolButton>
#include <QWidget>

namespace sealbook {

namespace {
constexpr int controlHeight = 28;
constexpr int buttonPadding = 12;
constexpr int menuArrowRoom = 4;
constexpr int fusionDarkens = 140; // per cent: what it makes of Window for an outline

// A tool button with words that opens a menu wherever it is pressed.
const QStyleOptionToolButton *menuButton(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (button == nullptr || button->toolButtonStyle == Qt::ToolButtonIconOnly)
        return nullptr;
    return button->features.testFlag(QStyleOptionToolButton::HasMenu)
            && !button->features.testFlag(QStyleOptionToolButton::MenuButtonPopup)
        ? button
        : nullptr;
}
} // namespace

void HouseStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    if (const auto *button = element == PE_IndicatorArrowDown ? menuButton(option) : nullptr;
        button != nullptr && widget != nullptr) {
        // In the corner it looks like dirt.
        QStyleOptionToolButton arrow = *button;
        arrow.rect.moveCenter({button->rect.center().x(), widget->rect().center().y()});
        QProxyStyle::drawPrimitive(element, &arrow, painter, widget);
        return;
    }
    const bool outlined = element == PE_FrameLineEdit || element == PE_PanelLineEdit
        || element == PE_IndicatorRadioButton || element == PE_IndicatorCheckBox;
    if (!outlined || option == nullptr || baseStyle()->name() != QLatin1String("fusion")) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const QPalette &palette = option->palette;
    const QColor outline = mixed(palette.color(QPalette::Text), palette.color(QPalette::Base),
                                 Theme::isDark(palette) ? 0.45 : 0.56);
    // Fusion takes the outline from Window, which these elements use for nothing else.
    const auto drawIn = [&](auto copy) {
        copy.palette.setColor(QPalette::Window, outline.lighter(fusionDarkens));
        QProxyStyle::drawPrimitive(element, &copy, painter, widget);
    };
    if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option))
        drawIn(*frame);
    else if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
        drawIn(*button);
    else
        drawIn(*option);
}

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
    case CT_ToolButton:
        return menuButton(option) == nullptr ? size : size + QSize(menuArrowRoom, 0);
    case CT_ComboBox:
    case CT_LineEdit:
    case CT_SpinBox:
        return size.expandedTo({0, controlHeight});
    default:
        return size;
    }
}

} // namespace sealbook
