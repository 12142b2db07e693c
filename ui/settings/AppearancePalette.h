// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPalette>
#include <QString>

#include <optional>

namespace sealbook {

// What a person wants the window to look like. "System" leaves the platform's palette alone; the
// other two set the house's, for desktops that do not tell (Qt 6.4 has no colour scheme).
enum class Appearance { System, Light, Dark };

[[nodiscard]] QString appearanceName(Appearance appearance); // "system"
[[nodiscard]] Appearance appearanceFromName(const QString &name); // System for what is unknown
// Null for System.
[[nodiscard]] std::optional<QPalette> paletteOf(Appearance appearance);
// Sets the application's palette. Main thread.
void apply(Appearance appearance);

} // namespace sealbook
