// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/GanttLayout.h"

#include <algorithm>

namespace sealbook {

namespace {

constexpr double labelGap = 8;

GanttLayout::Bar barOf(const TimelineBar &from, const TimeScale &scale, qint64 now)
{
    GanttLayout::Bar bar;
    bar.kind =
        from.urgency == Urgency::Retired ? GanttLayout::Kind::Replaced : GanttLayout::Kind::Valid;
    bar.urgency = from.urgency;
    bar.span = {scale.x(from.from), scale.x(from.to)};
    if (from.validTo > from.to)
        bar.tail = GanttLayout::Span{bar.span.to, scale.x(from.validTo)};
    if (from.windowStart == 0)
        return bar;
    GanttLayout::Span window{scale.x(from.windowStart), scale.x(from.windowEnd)};
    window.to = std::max(window.to, window.from + GanttLayout::leastWindow);
    bar.window = window;
    const qint64 until = std::min(now, from.validTo);
    if (from.urgency != Urgency::Fine && until > from.windowStart)
        bar.late = GanttLayout::Span{scale.x(from.windowStart), scale.x(until)};
    return bar;
}

// Two that are too narrow to be told apart, or a narrow one behind one that was joined already.
bool joins(const GanttLayout::Bar &last, const GanttLayout::Bar &next)
{
    return last.kind == GanttLayout::Kind::Replaced && next.kind == GanttLayout::Kind::Replaced
        && next.span.width() < GanttLayout::leastBar
        && (last.span.width() < GanttLayout::leastBar || last.merged > 1)
        && next.span.from - last.span.to < GanttLayout::leastBar;
}

} // namespace

GanttLayout GanttLayout::of(const Timeline &timeline, const TimelineRow &row,
                            const TimeScale &scale, double left, double right)
{
    GanttLayout layout;
    if (row.kind == TimelineRow::Kind::Head)
        return layout;
    const double today = scale.x(timeline.now);
    if (row.kind == TimelineRow::Kind::Credential) {
        layout.line = Span{scale.x(row.from), today};
        layout.added = scale.x(row.from);
        layout.diamond = scale.x(row.until);
        layout.labelAt = std::max(*layout.diamond, today) + labelGap;
        return layout;
    }
    if (row.kind == TimelineRow::Kind::Job) {
        Bar bar;
        bar.kind = Kind::Issuing;
        bar.span = {scale.x(row.plannedFrom), scale.x(row.plannedTo)};
        layout.labelAt = bar.span.to + labelGap;
        layout.bars.push_back(bar);
        return layout;
    }
    const std::span<const TimelineBar> bars = timeline.barsOf(row);
    const qint64 first = scale.time(left);
    const qint64 last = scale.time(right);
    // They are sorted by their beginning, and a later one ends later but for what was taken out of
    // use early: those behind the view are left out at once, those before it one by one.
    const auto end =
        std::upper_bound(bars.begin(), bars.end(), last,
                         [](qint64 time, const TimelineBar &bar) { return time < bar.from; });
    for (auto bar = bars.begin(); bar != end; ++bar) {
        if (std::max(bar->to, bar->validTo) < first)
            continue;
        const Bar next = barOf(*bar, scale, timeline.now);
        if (!layout.bars.empty() && joins(layout.bars.back(), next)) {
            Bar &joined = layout.bars.back();
            joined.span.to = std::max(joined.span.to, next.span.to);
            joined.tail.reset();
            ++joined.merged;
            continue;
        }
        layout.bars.push_back(next);
    }
    if (row.plannedFrom != 0) {
        Bar planned;
        planned.kind = Kind::Planned;
        planned.span = {scale.x(row.plannedFrom), scale.x(row.plannedTo)};
        if (planned.span.to >= left && planned.span.from <= right)
            layout.bars.push_back(planned);
    }
    const TimelineBar *main = timeline.mainBar(row);
    if (main != nullptr) {
        const double ended = scale.x(main->validTo);
        // What is over has its words where the eye is.
        layout.labelAt =
            (main->urgency == Urgency::Overdue ? std::max(ended, today) : ended) + labelGap;
    }
    return layout;
}

std::vector<TimelineEvent> eventsOf(const Timeline &timeline, const TimelineRow &row)
{
    std::vector<TimelineEvent> events;
    using Kind = TimelineEvent::Kind;
    if (row.kind == TimelineRow::Kind::Credential)
        events = {{Kind::Added, row.from}, {Kind::Due, row.until}};
    for (const TimelineBar &bar : timeline.barsOf(row)) {
        events.push_back({Kind::Begins, bar.from});
        if (bar.windowStart != 0)
            events.push_back({Kind::WindowOpens, bar.windowStart});
        if (bar.to == bar.validTo)
            events.push_back({Kind::Ends, bar.validTo});
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const auto &a, const auto &b) { return a.time < b.time; });
    events.erase(std::unique(events.begin(), events.end()), events.end());
    return events;
}

} // namespace sealbook
