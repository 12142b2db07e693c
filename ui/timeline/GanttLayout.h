// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/timeline/TimeScale.h"
#include "ui/timeline/Timeline.h"

#include <QRectF>

namespace sealbook {

// The bars of one row at one scale, ready to be drawn: where they lie along the axis, apart from
// painting, so that tests read them without pixels. Holds only what touches the visible part, and
// bars too narrow to be told apart are one. x grows with time.
struct GanttLayout
{
    struct Span
    {
        double from = 0;
        double to = 0;
        [[nodiscard]] double width() const { return to - from; }
        bool operator==(const Span &) const = default;
    };
    enum class Kind {
        Valid, // in use
        Replaced,
        Planned, // dashed
        Issuing // dashed, violet
    };
    struct Bar
    {
        Kind kind = Kind::Valid;
        Span span; // may reach out of the view
        std::optional<Span> late; // since the renewal window began
        std::optional<Span> window; // hatched, at least leastWindow wide
        std::optional<Span> tail; // validity left over after the replacement
        Urgency urgency = Urgency::Fine;
        int merged = 1; // so many bars are this one
    };
    static constexpr double leastBar = 3;
    static constexpr double leastWindow = 6;

    // From `left` to `right` of the scale's pixels.
    [[nodiscard]] static GanttLayout of(const Timeline &timeline, const TimelineRow &row,
                                        const TimeScale &scale, double left, double right);

    std::vector<Bar> bars;
    std::optional<Span> line; // of a credential: added to today
    std::optional<double> added; // its ring
    std::optional<double> diamond; // to be replaced by
    double labelAt = 0; // where the words at the end begin
};

// Moments of a row that the Left and Right keys walk: begin, renewal window, end; added, to be
// replaced by. Sorted, each once.
struct TimelineEvent
{
    enum class Kind { Begins, WindowOpens, Ends, Added, Due };
    Kind kind = Kind::Begins;
    qint64 time = 0;
    bool operator==(const TimelineEvent &) const = default;
};
[[nodiscard]] std::vector<TimelineEvent> eventsOf(const Timeline &timeline, const TimelineRow &row);

} // namespace sealbook
