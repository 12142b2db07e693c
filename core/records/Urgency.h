// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace sealbook {

// How soon a person must look at a certificate: the one definition of the product. Worst first.
enum class Urgency { Overdue, ActNow, Soon, Fine, Retired };

// What the decision needs. Times are UTC. A window is ARI's (RFC 9773) where the CA gives one.
struct UrgencyInput
{
    QDateTime notBefore;
    QDateTime notAfter;
    std::optional<QDateTime> windowStart;
    std::optional<QDateTime> windowEnd;
    int failedRenewals = 0;
    bool servedExpired = false; // an endpoint still serves an expired certificate
    bool retired = false; // replaced, revoked or put away
};

// The same in milliseconds since 1970, for deciding 100,000 at once; a window of 0 is none.
struct UrgencyTimes
{
    qint64 notBefore = 0;
    qint64 notAfter = 0;
    qint64 windowStart = 0;
    qint64 windowEnd = 0;
    int failedRenewals = 0;
    bool servedExpired = false;
    bool retired = false;
};

[[nodiscard]] Urgency urgencyOf(const UrgencyInput &input, const QDateTime &now);
[[nodiscard]] Urgency urgencyOf(const UrgencyTimes &times, qint64 now);
[[nodiscard]] QString urgencyName(Urgency urgency); // "act_now"
[[nodiscard]] std::optional<Urgency> urgencyFromName(QStringView name);

// Where the renewal window starts: ARI's, else 2/3 of life, 1/2 for lives of 10 days or less.
[[nodiscard]] QDateTime renewalWindowStart(const UrgencyInput &input);
// The share of life that is used up, 0 to 1.
[[nodiscard]] double shareOfLife(const QDateTime &notBefore, const QDateTime &notAfter,
                                 const QDateTime &now);

} // namespace sealbook
