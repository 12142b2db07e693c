// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/Log.h"

#include <QUrlQuery>

#include <spdlog/sinks/stdout_color_sinks.h>

namespace sealbook {

void setUpLog(const QString &level)
{
    auto logger = std::make_shared<spdlog::logger>(
        "sealbook", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e %^%l%$ %v");
    logger->set_level(spdlog::level::from_str(level.toStdString()));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
}

QString safeUrl(const QUrl &url)
{
    QUrl shown = url.adjusted(QUrl::RemoveUserInfo);
    if (shown.hasQuery())
        shown.setQuery(QStringLiteral("…"));
    return shown.toDisplayString();
}

} // namespace sealbook
