// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"

#include <QByteArray>

#include <curl/curl.h>

namespace sealbook {

// What is known about a transfer that failed.
struct CurlFailure
{
    CURLcode code = CURLE_OK;
    QString host;
    int port = 443;
    QString url; // safe to show
    QByteArray message; // curl's own
    int systemError = 0; // errno
    bool connected = false;
    std::chrono::milliseconds timeout{};
};

// The failure in plain English, with an advice.
[[nodiscard]] Error curlError(const CurlFailure &failure);

} // namespace sealbook
