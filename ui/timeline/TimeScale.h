// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QString>

#include <vector>

namespace sealbook {

// How time lies along an axis: which moment is at its start, and how many pixels a day takes. Times
// are milliseconds since 1970 UTC; x grows with time, mirroring is the painter's. A value.
struct TimeScale
{
    Q_DECLARE_TR_FUNCTIONS(TimeScale)

public:
    static constexpr double leastPerDay = 0.15;
    static constexpr double mostPerDay = 480;
    static constexpr double monthPerDay = 4.25; // a screen holds half a year: to begin with

    qint64 start = 0;
    double perDay = monthPerDay;

    [[nodiscard]] double x(qint64 time) const;
    [[nodiscard]] qint64 time(double x) const;
    // `factor` times as close; the moment at `x` stays there.
    [[nodiscard]] TimeScale zoomed(double factor, double x) const;
    // 0 to 1 over all that is possible, evenly to the eye, and back.
    [[nodiscard]] static double sliderOf(double perDay);
    [[nodiscard]] static double perDayOf(double slider);
    [[nodiscard]] QString name() const; // "Day", "Week", "Month", "Quarter", "Year"

    struct Mark
    {
        qint64 time = 0;
        QString text;
        bool operator==(const Mark &) const = default;
    };
    struct Marks
    {
        std::vector<Mark> major; // the upper line: months, with a separator each
        std::vector<Mark> minor; // the lower one: days, weeks, hours
    };
    // All that touch the pixels from `left` to `right`; `digit` is the width of a figure.
    [[nodiscard]] Marks marks(double left, double right, double digit) const;
};

} // namespace sealbook
