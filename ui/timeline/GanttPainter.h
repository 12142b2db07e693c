// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/timeline/GanttLayout.h"
#include "ui/widgets/Theme.h"

class QPainter;

namespace sealbook {

// Paints parts of a timeline, for the view and for its pictures in files: the axis above, the names
// at the start, the rows. Time runs from the start edge to the end edge, right to left in a
// mirrored window. Holds references for one painting only.
class GanttPainter
{
public:
    static constexpr int rowHeight = 24;
    static constexpr int axisHeight = 42;

    struct Look
    {
        Theme theme;
        QFont font;
        TimeScale scale; // its x 0 is at the start edge of `chart`
        QRect chart; // where the rows' bars are
        int gutter = 0; // width of the names before it
        bool mirrored = false;
        bool showsWindows = true;
        bool isVector = false; // the painter writes SVG
        QString corner; // above the names
    };
    enum class Mark { None, Current, Focused }; // of a row

    GanttPainter(const Timeline &timeline, Look look);

    void axis(QPainter &painter, const QRect &where) const; // with today's date on it
    void row(QPainter &painter, const TimelineRow &row, int top, Mark mark, bool isFolded) const;
    // Over all rows; `upTo` is the y below the last one.
    void today(QPainter &painter, int from, int upTo) const;
    // The event that the keyboard stands at.
    void event(QPainter &painter, const TimelineEvent &event, int top) const;

    // One shape by itself, with what it means beside it.
    enum class Symbol { Valid, Replaced, Planned, Window, Late, Credential, RotateBy };
    static void legend(QPainter &painter, const Theme &theme, Symbol symbol, const QRectF &where);

    [[nodiscard]] double visual(double x) const; // of the painter's device

private:
    [[nodiscard]] QRectF visual(const GanttLayout::Span &span, double top, double height) const;
    [[nodiscard]] QRect gutterOf(int top) const;
    void corner(QPainter &painter, const QRect &axis) const;
    void glyph(QPainter &painter, const QRectF &where, const StateStyle &style,
               const QColor &surface, int size) const;
    void grid(QPainter &painter, int top) const;
    void head(QPainter &painter, const TimelineRow &row, int top, bool isFolded) const;
    void name(QPainter &painter, const TimelineRow &row, int top, const QColor &surface) const;
    void bar(QPainter &painter, const GanttLayout::Bar &bar, double top) const;
    void valid(QPainter &painter, const GanttLayout::Bar &bar, const QRectF &rect) const;
    void window(QPainter &painter, const GanttLayout::Span &span, double top) const;
    void edges(QPainter &painter, const GanttLayout::Bar &bar, double top) const;
    void diamond(QPainter &painter, const QPointF &center, bool isDue) const;
    void credential(QPainter &painter, const TimelineRow &row, const GanttLayout &layout,
                    int top) const;
    void label(QPainter &painter, const TimelineRow &row, const GanttLayout &layout, int top,
               const QColor &surface) const;

    const Timeline &m_timeline;
    Look m_look;
    TimeScale::Marks m_marks;
};

} // namespace sealbook
