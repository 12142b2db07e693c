// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

#include <chrono>

namespace sealbook {

// Where the house gets the time from, so that tests can freeze it. Owned by Services (tests own a
// FakeClock). Deadlines use monotonic(), which no change of the wall clock moves; utcNow() is only
// for validity and for what people read.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual QDateTime utcNow() const = 0;
    [[nodiscard]] virtual std::chrono::milliseconds monotonic() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] QDateTime utcNow() const override { return QDateTime::currentDateTimeUtc(); }
    [[nodiscard]] std::chrono::milliseconds monotonic() const override
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now().time_since_epoch());
    }
};

} // namespace sealbook
