// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QDateTime>

namespace sealbook {

// How the house writes times: spans to the next unit ("21 h", "4 d 6 h", "33 d"), and exact ones
// with their zone, always. Only functions; any thread.
class TimeText
{
    Q_DECLARE_TR_FUNCTIONS(TimeText)

public:
    [[nodiscard]] static QDateTime at(qint64 milliseconds); // since 1970; UTC
    // "42 min", "21 h", "4 d 6 h" under 10 days, "33 d". Never negative.
    [[nodiscard]] static QString span(qint64 seconds);
    // What is left until `then`, or how long ago it was: "4 d 6 h", "3 d ago".
    [[nodiscard]] static QString left(const QDateTime &now, const QDateTime &then);
    [[nodiscard]] static QString ago(const QDateTime &now, const QDateTime &then); // "2 h ago"
    [[nodiscard]] static QString exact(const QDateTime &time,
                                       bool local); // "29 Nov 2026, 20:11 UTC"
    [[nodiscard]] static QString precise(const QDateTime &time, bool local); // with seconds
    [[nodiscard]] static QString date(const QDateTime &time, bool local); // "29 Nov 2026"
    [[nodiscard]] static QString dayMonth(const QDate &date); // "29 Nov"
    [[nodiscard]] static QString clock(const QDateTime &time, bool local); // "14:03:12"
    [[nodiscard]] static QString
    counter(qint64 seconds); // "2:47", "1:02:47": what counts on screen
};

} // namespace sealbook
