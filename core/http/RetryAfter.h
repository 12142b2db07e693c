// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/HttpTransport.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace sealbook {

// An HTTP date in any of the three forms of RFC 9110 section 5.6.7; invalid if it is none.
[[nodiscard]] QDateTime httpDate(const QByteArray &text);

// How long the server asks us to wait: Retry-After in seconds or as a date (RFC 9110 section
// 10.2.3). A date is measured against the reply's own Date header where there is one, so that a
// wrong clock here does not matter. A past date is 0; more than 30 days are cut to 30 days.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const HttpResponse &response);

// The wait before the next poll: at least 1 s, at most 1 h.
[[nodiscard]] std::chrono::seconds politeWait(std::chrono::seconds asked);

} // namespace sealbook
