// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/AppearancePalette.h"

#include <QApplication>

namespace sealbook {

namespace {
struct Surfaces
{
    QRgb window;
    QRgb base;
    QRgb alternate;
    QRgb button;
    QRgb text;
    QRgb muted;
    QRgb line;
    QRgb outline;
    QRgb accent;
    QRgb onAccent;
};

constexpr Surfaces light{0xfff0f1f3, 0xffffffff, 0xfff4f5f7, 0xfffbfcfc, 0xff1d2125,
                         0xff565f68, 0xffd5d9dd, 0xff808991, 0xff1a66ab, 0xffffffff};
constexpr Surfaces dark{0xff25292d, 0xff1b1e21, 0xff2a2e32, 0xff30353a, 0xffe8ebee,
                        0xffa7afb7, 0xff3a4046, 0xff747d86, 0xff62aef0, 0xff1b1e21};

QPalette make(const Surfaces &s)
{
    QPalette palette;
    palette.setColor(QPalette::Window, s.window);
    palette.setColor(QPalette::WindowText, s.text);
    palette.setColor(QPalette::Base, s.base);
    palette.setColor(QPalette::AlternateBase, s.alternate);
    palette.setColor(QPalette::ToolTipBase, s.base);
    palette.setColor(QPalette::ToolTipText, s.text);
    palette.setColor(QPalette::PlaceholderText, s.muted);
    palette.setColor(QPalette::Text, s.text);
    palette.setColor(QPalette::Button, s.button);
    palette.setColor(QPalette::ButtonText, s.text);
    palette.setColor(QPalette::BrightText, s.text);
    palette.setColor(QPalette::Link, s.accent);
    palette.setColor(QPalette::LinkVisited, s.accent);
    palette.setColor(QPalette::Highlight, s.accent);
    palette.setColor(QPalette::HighlightedText, s.onAccent);
    palette.setColor(QPalette::Light, s.base);
    palette.setColor(QPalette::Midlight, s.alternate);
    palette.setColor(QPalette::Mid, s.line);
    palette.setColor(QPalette::Dark, s.outline);
    palette.setColor(QPalette::Shadow, QColor(s.outline).darker(150));
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, s.outline);
    return palette;
}
} // namespace

QString appearanceName(Appearance appearance)
{
    switch (appearance) {
    case Appearance::System:
        return QStringLiteral("system");
    case Appearance::Light:
        return QStringLiteral("light");
    case Appearance::Dark:
        return QStringLiteral("dark");
    }
    Q_UNREACHABLE();
}

Appearance appearanceFromName(const QString &name)
{
    for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
        if (name == appearanceName(appearance))
            return appearance;
    }
    return Appearance::System;
}

std::optional<QPalette> paletteOf(Appearance appearance)
{
    if (appearance == Appearance::System)
        return std::nullopt;
    return make(appearance == Appearance::Light ? light : dark);
}

void apply(Appearance appearance)
{
    QApplication::setPalette(paletteOf(appearance).value_or(QPalette()));
}

} // namespace sealbook
