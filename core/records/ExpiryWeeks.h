// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/CredentialRecord.h"
#include "core/records/Urgency.h"

#include <QDate>
#include <QString>

#include <array>
#include <bitset>
#include <vector>

namespace sealbook {

// What expires when, counted: what is over, this week and the twelve after it, and all later. Weeks
// begin on Monday, in UTC, as the query language has it; what ended on Monday of this week is over,
// not of this week. Retired certificates need nobody and do not count. A value.
class ExpiryWeeks
{
public:
    static constexpr int weekCount = 13;
    static constexpr int cellCount = weekCount + 2;
    static constexpr int overdueCell = 0;
    static constexpr int thisWeekCell = 1;
    static constexpr int laterCell = cellCount - 1;
    using Cells = std::bitset<cellCount>;

    struct Cell
    {
        std::array<int, 4> byUrgency{}; // overdue, act now, soon, fine
        int credentialDates = 0; // days by which a credential has to be replaced
        [[nodiscard]] int certificates() const;
        // Of its certificates; fine where there is none.
        [[nodiscard]] Urgency worst() const;
        [[nodiscard]] int count(Urgency urgency) const;
        bool operator==(const Cell &) const = default;
    };

    explicit ExpiryWeeks(qint64 now); // milliseconds since 1970 UTC
    void addCertificate(qint64 notAfter, Urgency urgency);
    void addCredentialDate(qint64 by);
    void addCredentials(const std::vector<CredentialRecord> &records); // when each is due

    [[nodiscard]] const Cell &cell(int index) const
    {
        return m_cells[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] int largestWeek() const; // certificates of the fullest week
    [[nodiscard]] QDate monday(int index) const; // of a week's cell, or of the later one
    [[nodiscard]] int cellOf(qint64 time) const;

    // The question that finds the certificates of these cells:
    // "(expires>=2026-11-30 expires<2026-12-07 not is:retired)". Empty for none and for all.
    [[nodiscard]] QString term(const Cells &cells) const;
    // The cells of a term that term() made today; none of any other text.
    [[nodiscard]] Cells cellsOf(const QString &term) const;
    bool operator==(const ExpiryWeeks &) const = default;

private:
    [[nodiscard]] QString range(int first, int last) const;

    qint64 m_now = 0;
    qint64 m_weekStart = 0; // Monday, 00:00 UTC
    std::array<Cell, cellCount> m_cells;
};

} // namespace sealbook
