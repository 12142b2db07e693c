// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"

#include <QTimeZone>

namespace sealbook {

// A clock that stands still until a test moves it. Starts at the moment of the design's pictures.
class FakeClock final : public Clock
{
public:
    [[nodiscard]] QDateTime utcNow() const override { return m_now; }
    [[nodiscard]] std::chrono::milliseconds monotonic() const override { return m_monotonic; }
    void advance(std::chrono::milliseconds by)
    {
        m_now = m_now.addMSecs(by.count());
        m_monotonic += by;
    }
    void setUtcNow(const QDateTime &now) { m_now = now; }

private:
    QDateTime m_now = QDateTime(QDate(2026, 11, 25), QTime(14, 6), QTimeZone::utc()).toUTC();
    std::chrono::milliseconds m_monotonic{1000};
};

} // namespace sealbook
