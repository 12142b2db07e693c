// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QJsonValue>
#include <QString>

#include <functional>

namespace sealbook {

// How the settings page reads and writes the profile's small facts; the application fills it from
// the store, tests from a map. A setting that was never written is null.
struct SettingsAccess
{
    std::function<Task<QJsonValue>(QString key)> read;
    std::function<Task<>(QString key, QJsonValue value)> write;
};

// The keys that this page keeps.
namespace SettingKey {
inline QString resolver()
{
    return QStringLiteral("resolver"); // "ADDR[:PORT]", empty = the system's
}
inline QString theme()
{
    return QStringLiteral("appearance.theme"); // "system", "light", "dark"
}
inline QString times()
{
    return QStringLiteral("appearance.times"); // "utc", "local"
}
inline QString notifyTells()
{
    return QStringLiteral("notify.desktop"); // true, false
}
inline QString notifyStays()
{
    return QStringLiteral("notify.tray"); // true, false
}
} // namespace SettingKey

} // namespace sealbook
