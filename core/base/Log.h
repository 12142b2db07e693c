// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <spdlog/spdlog.h>

// The only door to spdlog. QString, QByteArray and SafeUrl can be logged; Secret cannot (it has no
// formatter, so the compiler refuses), and neither can QUrl, which may carry user information.

template <>
struct fmt::formatter<QString> : fmt::formatter<std::string>
{
    template <typename Context>
    auto format(const QString &text, Context &context) const
    {
        return fmt::formatter<std::string>::format(text.toStdString(), context);
    }
};

template <>
struct fmt::formatter<QByteArray> : fmt::formatter<std::string>
{
    template <typename Context>
    auto format(const QByteArray &bytes, Context &context) const
    {
        return fmt::formatter<std::string>::format(bytes.toStdString(), context);
    }
};

namespace sealbook {

template <typename... Args>
void logDebug(fmt::format_string<Args...> format, Args &&...args)
{
    spdlog::debug(format, std::forward<Args>(args)...);
}

template <typename... Args>
void logInfo(fmt::format_string<Args...> format, Args &&...args)
{
    spdlog::info(format, std::forward<Args>(args)...);
}

template <typename... Args>
void logWarning(fmt::format_string<Args...> format, Args &&...args)
{
    spdlog::warn(format, std::forward<Args>(args)...);
}

template <typename... Args>
void logError(fmt::format_string<Args...> format, Args &&...args)
{
    spdlog::error(format, std::forward<Args>(args)...);
}

// Sends the log to stderr with the given level (trace, debug, info, warn, error, off).
void setUpLog(const QString &level);

// A URL for people's eyes: without user information, and with query values cut.
[[nodiscard]] QString safeUrl(const QUrl &url);

} // namespace sealbook
