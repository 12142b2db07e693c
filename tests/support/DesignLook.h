// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QStyleFactory>

namespace sealbook {

// The surfaces of the design's pictures, for tests and screenshots.
[[nodiscard]] inline QPalette designPalette(bool dark)
{
    const auto color = [dark](QRgb light, QRgb night) { return QColor(dark ? night : light); };
    QPalette palette;
    palette.setColor(QPalette::Window, color(0xFFF0F1F3, 0xFF25292D));
    palette.setColor(QPalette::WindowText, color(0xFF1D2125, 0xFFE8EBEE));
    palette.setColor(QPalette::Base, color(0xFFFFFFFF, 0xFF1B1E21));
    palette.setColor(QPalette::AlternateBase, color(0xFFF4F5F7, 0xFF2A2E32));
    palette.setColor(QPalette::Text, color(0xFF1D2125, 0xFFE8EBEE));
    palette.setColor(QPalette::Button, color(0xFFFBFCFC, 0xFF30353A));
    palette.setColor(QPalette::ButtonText, color(0xFF1D2125, 0xFFE8EBEE));
    palette.setColor(QPalette::Mid, color(0xFFD5D9DD, 0xFF3A4046));
    palette.setColor(QPalette::Dark, color(0xFF808991, 0xFF747D86));
    palette.setColor(QPalette::Light, color(0xFFFFFFFF, 0xFF3A4046));
    palette.setColor(QPalette::Midlight, color(0xFFE9ECEE, 0xFF343A40));
    palette.setColor(QPalette::Highlight, color(0xFF1A66AB, 0xFF62AEF0));
    palette.setColor(QPalette::HighlightedText, color(0xFFFFFFFF, 0xFF14171A));
    palette.setColor(QPalette::Link, color(0xFF1A66AB, 0xFF62AEF0));
    palette.setColor(QPalette::PlaceholderText, color(0xFF565F68, 0xFFA7AFB7));
    palette.setColor(QPalette::ToolTipBase, color(0xFFFFFFFF, 0xFF2A2E32));
    palette.setColor(QPalette::ToolTipText, color(0xFF1D2125, 0xFFE8EBEE));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(0xFF808991, 0xFF747D86));
    return palette;
}

// Style, palette and font of the pictures, for the whole program.
inline void useDesignLook(bool dark)
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(designPalette(dark));
    QFont font(QStringLiteral("Noto Sans"));
    font.setPixelSize(13);
    QApplication::setFont(font);
}

} // namespace sealbook
