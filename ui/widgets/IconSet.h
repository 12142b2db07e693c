// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>
#include <QStringList>

namespace sealbook {

// Which colour of the palette an icon takes. Icons are never coloured by a state.
enum class IconTone { Muted, Text, Accent };

// The house's icons: SVG files of resources/icons, one stroke colour, recoloured by the palette at
// paint time. `name` is the file's name without ".svg". An unknown name gives a null icon.
[[nodiscard]] QIcon houseIcon(const QString &name, IconTone tone = IconTone::Muted);
[[nodiscard]] QPixmap iconPixmap(const QString &name, const QColor &color, int size, qreal ratio);
[[nodiscard]] QStringList houseIconNames();

} // namespace sealbook
