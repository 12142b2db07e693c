// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QString>

#include <optional>

namespace sealbook {

// A length of time as people type it: "30d", "6w", "12h", "3m", "2y", "1.5y", "30" (days), "-3d".
// Milliseconds; a month is 30 days, a year 365. BadRequest says what is wrong.
[[nodiscard]] Result<qint64> spanFromText(const QString &text);

// The days that a date names, from the first moment up to the one after the last, in UTC
// milliseconds. "2026-12-31", "2026-12" or "2026".
struct QueryMoment
{
    qint64 from = 0;
    qint64 to = 0;
    int dayOffset = 0; // for today, tomorrow and yesterday, which move: days from today
    bool isRelative = false;
    bool operator==(const QueryMoment &) const = default;
};
// Nothing where the text is not meant as a date; BadRequest where it is one that does not exist.
[[nodiscard]] Result<std::optional<QueryMoment>> momentFromText(const QString &text);

} // namespace sealbook
