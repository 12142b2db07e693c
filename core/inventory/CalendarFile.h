// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"
#include "core/records/CredentialRecord.h"

namespace sealbook {

// A day that a calendar reminds of.
struct CalendarEntry
{
    QByteArray uid; // the same for the same thing in every export (RFC 5545, 3.8.4.7)
    QString summary; // one line: "www.example.org expires"
    QString description; // may have several
    QStringList categories;
    qint64 at = 0; // milliseconds since 1970 UTC
    qint64 alarmAt = 0; // 0 = none
    bool operator==(const CalendarEntry &) const = default;
};

// The ends of the certificates that the question finds and that need somebody (not what is retired
// or replaced), with an alarm at the start of their renewal window; soonest first. Cancelled soon
// after `stop` was asked.
[[nodiscard]] Result<std::vector<CalendarEntry>>
calendarEntries(const Inventory &inventory, const Query &query, std::stop_token stop);
// The days by which credentials have to be replaced; their alarm is a week before.
[[nodiscard]] std::vector<CalendarEntry>
calendarEntries(const std::vector<CredentialRecord> &credentials);

// All of them as one iCalendar file (RFC 5545) that any calendar reads. `now` is its time stamp.
[[nodiscard]] QByteArray calendarFile(const std::vector<CalendarEntry> &entries, qint64 now);

} // namespace sealbook
