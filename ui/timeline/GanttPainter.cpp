// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/GanttPainter.h"

#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/TimeText.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QSvgRenderer>

#include <cmath>

namespace sealbook {

namespace {

constexpr int barHeight = 12;
constexpr int glyphSize = 14;
constexpr int smallGlyph = 12;
constexpr int nameIndent = 30; // below the head's arrow
constexpr int arrowSize = 10;
constexpr double hatchPitch = 4;

// The Gantt's own greys (look.md section 1).
QColor validFill(const Theme &theme)
{
    return mixed(theme.text, theme.base, theme.dark ? 0.16 : 0.17);
}
QColor replacedFill(const Theme &theme)
{
    return mixed(theme.text, theme.base, 0.07);
}
QColor replacedLine(const Theme &theme)
{
    return mixed(theme.text, theme.base, theme.dark ? 0.29 : 0.34);
}

QRectF outlineOf(const QRectF &rect)
{
    return rect.adjusted(0.5, 0.5, -0.5, -0.5);
}

void paintArrow(QPainter &painter, const QPointF &c, bool folded, bool mirrored,
                const QColor &color)
{
    QPainterPath path;
    const double way = mirrored ? -1 : 1;
    if (folded) {
        path.moveTo(c + QPointF(-2 * way, -4));
        path.lineTo(c + QPointF(2 * way, 0));
        path.lineTo(c + QPointF(-2 * way, 4));
    } else {
        path.moveTo(c + QPointF(-4, -2));
        path.lineTo(c + QPointF(0, 2));
        path.lineTo(c + QPointF(4, -2));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

GanttPainter::GanttPainter(const Timeline &timeline, Look look)
    : m_timeline(timeline)
    , m_look(std::move(look))
{
    const double digit =
        QFontMetrics(Theme::tinyFont(m_look.font)).horizontalAdvance(QLatin1Char('0'));
    m_marks = m_look.scale.marks(0, m_look.chart.width(), digit);
}

double GanttPainter::visual(double x) const
{
    return m_look.mirrored ? m_look.chart.right() + 1 - x : m_look.chart.left() + x;
}

// Whole pixels, so that neighbours neither blur nor gape. Cut off a little outside the chart: a bar
// of ten years at the closest zoom has more pixels than the painter can count.
QRectF GanttPainter::visual(const GanttLayout::Span &span, double top, double height) const
{
    const double far = m_look.chart.width() + 40.0;
    const double a = visual(std::round(std::clamp(span.from, -40.0, far)));
    const double b = visual(std::round(std::clamp(span.to, -40.0, far)));
    return {std::min(a, b), top, std::max(1.0, std::abs(b - a)), height};
}

QRect GanttPainter::gutterOf(int top) const
{
    const int left =
        m_look.mirrored ? m_look.chart.right() + 1 : m_look.chart.left() - m_look.gutter;
    return {left, top, m_look.gutter, rowHeight};
}

void GanttPainter::axis(QPainter &painter, const QRect &where) const
{
    const Theme &theme = m_look.theme;
    painter.save();
    painter.setClipRect(where);
    painter.fillRect(where, theme.header);
    const QFont tiny = Theme::tinyFont(m_look.font);
    const QFontMetrics metrics(tiny);
    QFont bold = Theme::boldFont(m_look.font);
    bold.setPixelSize(Theme::smallFont(m_look.font).pixelSize());
    const QFontMetrics boldMetrics(bold);
    const QRect chart(m_look.chart.left(), where.top(), m_look.chart.width(), where.height());
    painter.setClipRect(chart.intersected(where));
    const auto textAt = [&](double x, int width) {
        return m_look.mirrored ? visual(x) - width : visual(x);
    };
    for (std::size_t i = 0; i < m_marks.major.size(); ++i) {
        const TimeScale::Mark &mark = m_marks.major[i];
        const double x = m_look.scale.x(mark.time);
        const double next = i + 1 < m_marks.major.size() ? m_look.scale.x(m_marks.major[i + 1].time)
                                                         : m_look.chart.width();
        painter.setPen(QPen(theme.line, 1));
        const double at = std::floor(visual(x)) + 0.5;
        painter.drawLine(QPointF(at, where.top()), QPointF(at, where.bottom()));
        const int width = boldMetrics.horizontalAdvance(mark.text) + 2;
        const double left = std::max(x, 0.0) + 6; // the one at the edge stays readable
        if (left + width > next)
            continue;
        painter.setFont(bold);
        painter.setPen(theme.text);
        painter.drawText(QRectF(textAt(left, width), where.top() + 2, width, 18), Qt::AlignCenter,
                         mark.text);
    }
    painter.setFont(tiny);
    const double today = m_look.scale.x(m_timeline.now);
    const QString date = TimeText::dayMonth(TimeText::at(m_timeline.now).date());
    const int dateWidth = metrics.horizontalAdvance(date) + 16;
    double free = -100;
    for (const TimeScale::Mark &mark : m_marks.minor) {
        const double x = m_look.scale.x(mark.time);
        const int width = metrics.horizontalAdvance(mark.text) + 2;
        const double at = std::floor(visual(x)) + 0.5;
        painter.setPen(QPen(theme.line, 1));
        painter.drawLine(QPointF(at, where.bottom() - 3), QPointF(at, where.bottom()));
        const bool isUnderToday = std::abs(x - today) < (width + dateWidth) / 2.0;
        if (x - width / 2.0 < free || isUnderToday)
            continue;
        painter.setPen(theme.muted);
        painter.drawText(QRectF(visual(x) - width / 2.0, where.top() + 21, width, 18),
                         Qt::AlignCenter, mark.text);
        free = x + width / 2.0 + 4;
    }
    const QRectF tag(std::round(visual(today) - dateWidth / 2.0), where.top() + 22, dateWidth,
                     where.height() - 23);
    painter.fillRect(tag, theme.accent);
    QFont boldTiny = tiny;
    boldTiny.setBold(true);
    painter.setFont(boldTiny);
    painter.setPen(theme.base);
    painter.drawText(tag, Qt::AlignCenter, date);
    painter.setClipRect(where);
    corner(painter, where);
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(where.bottomLeft(), where.bottomRight());
    painter.restore();
}

// Above the names.
void GanttPainter::corner(QPainter &painter, const QRect &axis) const
{
    const Theme &theme = m_look.theme;
    const QRect gutter = gutterOf(0);
    const QRect where(gutter.left(), axis.top(), gutter.width(), axis.height());
    painter.fillRect(where, theme.header);
    painter.setFont(Theme::smallFont(m_look.font));
    painter.setPen(theme.muted);
    painter.drawText(where.adjusted(12, 0, -12, -6),
                     static_cast<int>(Qt::AlignBottom)
                         | static_cast<int>(m_look.mirrored ? Qt::AlignRight : Qt::AlignLeft),
                     m_look.corner);
    painter.setPen(QPen(theme.line, 1));
    const int border = m_look.mirrored ? m_look.chart.right() : m_look.chart.left();
    painter.drawLine(border, where.top(), border, where.bottom());
}

void GanttPainter::glyph(QPainter &painter, const QRectF &where, const StateStyle &style,
                         const QColor &surface, int size) const
{
    const QColor color = m_look.theme.state(style.role).text;
    if (!m_look.isVector) {
        paintGlyph(&painter, where, style.glyph, color, surface, size);
        return;
    }
    QSvgRenderer renderer(glyphSvg(style.glyph, color, surface, m_look.mirrored));
    const QPointF center = where.center();
    renderer.render(&painter, QRectF(center.x() - size / 2.0, center.y() - size / 2.0, size, size));
}

void GanttPainter::grid(QPainter &painter, int top) const
{
    painter.setPen(QPen(m_look.theme.line, 1));
    for (const TimeScale::Mark &mark : m_marks.major) {
        const double at = std::floor(visual(m_look.scale.x(mark.time))) + 0.5;
        painter.drawLine(QPointF(at, top), QPointF(at, top + rowHeight));
    }
    painter.setPen(QPen(mixed(m_look.theme.line, m_look.theme.base, 0.45), 1));
    for (const TimeScale::Mark &mark : m_marks.minor) {
        const double at = std::floor(visual(m_look.scale.x(mark.time))) + 0.5;
        painter.drawLine(QPointF(at, top), QPointF(at, top + rowHeight));
    }
}

void GanttPainter::head(QPainter &painter, const TimelineRow &row, int top, bool isFolded) const
{
    const Theme &theme = m_look.theme;
    const QRect gutter = gutterOf(top);
    const QRect whole =
        gutter.united(QRect(m_look.chart.left(), top, m_look.chart.width(), rowHeight));
    painter.fillRect(whole, theme.header);
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(whole.bottomLeft(), whole.bottomRight());
    const QPointF arrow(m_look.mirrored ? gutter.right() - 17.0 : gutter.left() + 18.0,
                        top + rowHeight / 2.0);
    paintArrow(painter, arrow, isFolded, m_look.mirrored, theme.muted);
    const QFont bold = Theme::boldFont(m_look.font);
    const QRect words = m_look.mirrored ? gutter.adjusted(8, 0, -nameIndent, 0)
                                        : gutter.adjusted(nameIndent, 0, -8, 0);
    const auto leading = static_cast<int>(Qt::AlignVCenter)
        | static_cast<int>(m_look.mirrored ? Qt::AlignRight : Qt::AlignLeft);
    painter.setFont(bold);
    painter.setPen(theme.text);
    const QFontMetrics metrics(bold);
    painter.drawText(words, leading,
                     row.isName ? elidedName(row.title, metrics, words.width())
                                : metrics.elidedText(row.title, Qt::ElideRight, words.width()));
    painter.setFont(Theme::tinyFont(m_look.font));
    painter.setPen(theme.muted);
    const QRect rest(m_look.chart.left() + 8, top, m_look.chart.width() - 16, rowHeight);
    painter.drawText(rest, leading, row.more);
}

void GanttPainter::name(QPainter &painter, const TimelineRow &row, int top,
                        const QColor &surface) const
{
    const Theme &theme = m_look.theme;
    const QRect gutter = gutterOf(top);
    painter.fillRect(gutter, surface);
    const auto visualRect = [&](int x, int width) {
        const int left = m_look.mirrored ? gutter.right() + 1 - x - width : gutter.left() + x;
        return QRect(left, top, width, rowHeight);
    };
    const QRect symbol = visualRect(nameIndent, glyphSize);
    const bool isCredential = row.kind == TimelineRow::Kind::Credential;
    if (isCredential) {
        painter.drawPixmap(
            QPointF(symbol.left(), top + (rowHeight - glyphSize) / 2.0),
            iconPixmap(QStringLiteral("key"), theme.muted, glyphSize,
                       m_look.isVector ? 4.0 : painter.device()->devicePixelRatioF()));
    } else {
        glyph(painter, symbol, row.style, surface, glyphSize);
    }
    const QFontMetrics metrics(m_look.font);
    const QFontMetrics small(Theme::smallFont(m_look.font));
    const int begin = nameIndent + glyphSize + 6;
    const int more = row.more.isEmpty() ? 0 : small.horizontalAdvance(row.more) + 6;
    const int room = gutter.width() - begin - 6 - more;
    const QString text = row.isName ? elidedName(row.title, metrics, room)
                                    : metrics.elidedText(row.title, Qt::ElideRight, room);
    const int used = std::min(room, metrics.horizontalAdvance(text) + 1);
    const auto leading = static_cast<int>(Qt::AlignVCenter)
        | static_cast<int>(m_look.mirrored ? Qt::AlignRight : Qt::AlignLeft);
    painter.setFont(m_look.font);
    painter.setPen(isCredential ? theme.muted : theme.text);
    painter.drawText(visualRect(begin, used), leading,
                     m_look.mirrored && row.isName ? QChar(0x2066) + text + QChar(0x2069) : text);
    if (!row.more.isEmpty()) {
        painter.setFont(Theme::smallFont(m_look.font));
        painter.setPen(theme.muted);
        painter.drawText(visualRect(begin + used + 5, more), leading, row.more);
    }
}

void GanttPainter::window(QPainter &painter, const GanttLayout::Span &span, double top) const
{
    const QRectF box = visual(span, top - 2, barHeight + 4);
    painter.fillRect(box, m_look.theme.base);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_look.theme.text, 1));
    // The pattern lies still while the view moves: it begins at the box. Cut by hand: not every
    // painter can clip (SVG).
    const double reach = box.height();
    for (double x = box.left() - reach; x < box.right(); x += hatchPitch) {
        const double from = std::max(x, box.left());
        const double to = std::min(x + reach, box.right());
        if (to > from)
            painter.drawLine(QPointF(from, box.bottom() - (from - x)),
                             QPointF(to, box.bottom() - (to - x)));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(m_look.theme.text, 1));
    painter.drawRect(outlineOf(box));
}

void GanttPainter::valid(QPainter &painter, const GanttLayout::Bar &bar, const QRectF &rect) const
{
    const Theme &theme = m_look.theme;
    const bool isFine = bar.urgency == Urgency::Fine;
    const StateColors &colors = theme.state(styleOf(bar.urgency).role);
    painter.fillRect(rect, isFine ? validFill(theme) : colors.tint);
    if (bar.late)
        painter.fillRect(visual(*bar.late, rect.top(), rect.height()), colors.fill);
    painter.setPen(QPen(isFine ? theme.trackOutline : colors.fill, 1));
    painter.drawRect(outlineOf(rect));
}

// An arrow where a bar goes on outside of the view.
void GanttPainter::edges(QPainter &painter, const GanttLayout::Bar &bar, double top) const
{
    const Theme &theme = m_look.theme;
    const double middle = top + barHeight / 2.0;
    const double way = m_look.mirrored ? -1 : 1;
    const auto arrow = [&](double x, double direction) {
        const QPointF tip(visual(x), middle);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.text, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const double back = 3 * direction * way;
        painter.drawPolyline(QPolygonF{tip - QPointF(back, 3), tip, tip - QPointF(back, -3)});
        painter.setRenderHint(QPainter::Antialiasing, false);
    };
    const double width = m_look.chart.width();
    if (bar.span.from < -1 && bar.span.to > 12)
        arrow(5, -1);
    if (bar.span.to > width + 1 && bar.span.from < width - 12)
        arrow(width - 5, 1);
}

void GanttPainter::bar(QPainter &painter, const GanttLayout::Bar &bar, double top) const
{
    const Theme &theme = m_look.theme;
    const QRectF rect = visual(bar.span, top, barHeight);
    switch (bar.kind) {
    case GanttLayout::Kind::Valid:
        valid(painter, bar, rect);
        edges(painter, bar, top);
        return;
    case GanttLayout::Kind::Replaced:
        painter.fillRect(rect, replacedFill(theme));
        painter.setPen(QPen(replacedLine(theme), 1));
        painter.drawRect(outlineOf(rect));
        if (bar.tail)
            painter.fillRect(visual(*bar.tail, top + barHeight + 1, 1), replacedLine(theme));
        return;
    case GanttLayout::Kind::Planned:
    case GanttLayout::Kind::Issuing: {
        const bool isIssuing = bar.kind == GanttLayout::Kind::Issuing;
        QPen pen(isIssuing ? theme.state(StateRole::Wait).text : theme.trackOutline, 1);
        pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawRect(outlineOf(rect));
        return;
    }
    }
}

void GanttPainter::credential(QPainter &painter, const TimelineRow &row, const GanttLayout &layout,
                              int top) const
{
    const Theme &theme = m_look.theme;
    const double middle = top + rowHeight / 2.0;
    painter.fillRect(visual(*layout.line, middle - 1.5, 3), theme.trackOutline);
    // Nobody knows when it ends: it has no end of its own.
    QPen dotted(theme.trackOutline, 1);
    dotted.setDashPattern({3, 3});
    painter.setPen(dotted);
    const double from = visual(std::clamp(layout.line->to, -10.0, m_look.chart.width() + 10.0));
    painter.drawLine(QPointF(from, middle), QPointF(visual(m_look.chart.width()), middle));
    painter.setRenderHint(QPainter::Antialiasing);
    if (*layout.added > -10 && *layout.added < m_look.chart.width() + 10) {
        painter.setPen(QPen(theme.text, 1.3));
        painter.setBrush(theme.base);
        painter.drawEllipse(QPointF(visual(*layout.added), middle), 3.5, 3.5);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (*layout.diamond > -10 && *layout.diamond < m_look.chart.width() + 10)
        diamond(painter, QPointF(visual(*layout.diamond), middle), row.isDue);
}

void GanttPainter::label(QPainter &painter, const TimelineRow &row, const GanttLayout &layout,
                         int top, const QColor &surface) const
{
    if (row.label.isEmpty() || layout.labelAt < 0 || layout.labelAt > m_look.chart.width() - 24)
        return;
    const QFont tiny = Theme::tinyFont(m_look.font);
    const QFontMetrics metrics(tiny);
    const double room = m_look.chart.width() - layout.labelAt - smallGlyph - 8;
    const QString text = metrics.elidedText(row.label, Qt::ElideRight, static_cast<int>(room));
    const double width = metrics.horizontalAdvance(text) + 2;
    const double whole = smallGlyph + 4 + width + 6;
    const double left = m_look.mirrored ? visual(layout.labelAt) - whole : visual(layout.labelAt);
    // Lines of the grid and of the credential do not run through words.
    painter.fillRect(QRectF(left - 2, top + 4, whole, rowHeight - 8), surface);
    const QColor color = m_look.theme.state(row.style.role).text;
    const double symbol = m_look.mirrored ? left + whole - smallGlyph : left;
    glyph(painter, QRectF(symbol, top, smallGlyph, rowHeight), row.style, surface, smallGlyph);
    painter.setFont(tiny);
    painter.setPen(color);
    const QRectF words = m_look.mirrored ? QRectF(left, top, whole - smallGlyph - 4, rowHeight)
                                         : QRectF(left + smallGlyph + 4, top, width, rowHeight);
    painter.drawText(words,
                     static_cast<int>(Qt::AlignVCenter)
                         | static_cast<int>(m_look.mirrored ? Qt::AlignRight : Qt::AlignLeft),
                     text);
}

void GanttPainter::row(QPainter &painter, const TimelineRow &row, int top, Mark mark,
                       bool isFolded) const
{
    const Theme &theme = m_look.theme;
    const QRect chart(m_look.chart.left(), top, m_look.chart.width(), rowHeight);
    const QRect whole = chart.united(gutterOf(top));
    const QColor surface = mark == Mark::Focused ? theme.selection
        : mark == Mark::Current                  ? theme.selectionInactive
                                                 : theme.base;
    painter.save();
    if (row.kind == TimelineRow::Kind::Head) {
        head(painter, row, top, isFolded);
    } else {
        painter.setClipRect(chart, Qt::IntersectClip);
        painter.fillRect(chart, surface);
        grid(painter, top);
        const GanttLayout layout =
            GanttLayout::of(m_timeline, row, m_look.scale, 0, m_look.chart.width());
        const double barTop = top + (rowHeight - barHeight) / 2.0;
        for (const GanttLayout::Bar &one : layout.bars)
            bar(painter, one, barTop);
        if (m_look.showsWindows) {
            for (const GanttLayout::Bar &one : layout.bars) {
                if (one.window && one.window->to > -10
                    && one.window->from < m_look.chart.width() + 10)
                    window(painter, *one.window, barTop);
            }
        }
        if (layout.line)
            credential(painter, row, layout, top);
        label(painter, row, layout, top, surface);
        painter.restore();
        painter.save();
        name(painter, row, top, surface);
    }
    painter.setPen(QPen(theme.line, 1));
    const int border = m_look.mirrored ? chart.right() : chart.left();
    painter.drawLine(border, top, border, top + rowHeight - 1);
    if (mark == Mark::Focused) {
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter.restore();
}

// With the strokes of the rows: a timeline of one bar.
void GanttPainter::legend(QPainter &painter, const Theme &theme, Symbol symbol, const QRectF &where)
{
    Look look;
    look.theme = theme;
    look.font = painter.font();
    look.chart = where.toRect();
    const Timeline none;
    const GanttPainter own(none, look);
    const double width = where.width();
    const double top = where.top() + (where.height() - barHeight) / 2.0;
    GanttLayout::Bar one;
    one.span = {0, width};
    painter.save();
    switch (symbol) {
    case Symbol::Late:
        one.urgency = Urgency::ActNow;
        one.late = GanttLayout::Span{width / 2, width};
        break;
    case Symbol::Valid:
        break;
    case Symbol::Replaced:
        one.kind = GanttLayout::Kind::Replaced;
        break;
    case Symbol::Planned:
        one.kind = GanttLayout::Kind::Planned;
        break;
    case Symbol::Window:
        own.window(painter, {width / 2 - 4, width / 2 + 4}, top);
        break;
    case Symbol::Credential:
        painter.fillRect(QRectF(where.left(), where.center().y() - 1, width, 3),
                         theme.trackOutline);
        break;
    case Symbol::RotateBy:
        own.diamond(painter, {where.center().x(), where.center().y() + 0.5}, false);
        break;
    }
    if (symbol <= Symbol::Planned || symbol == Symbol::Late)
        own.bar(painter, one, top);
    painter.restore();
}

void GanttPainter::diamond(QPainter &painter, const QPointF &c, bool isDue) const
{
    const QPolygonF shape{c + QPointF(0, -5), c + QPointF(5, 0), c + QPointF(0, 5),
                          c + QPointF(-5, 0)};
    const QColor due = m_look.theme.state(StateRole::Warn).fill;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isDue ? due : m_look.theme.text, 1.3));
    painter.setBrush(isDue ? due : m_look.theme.base);
    painter.drawPolygon(shape);
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void GanttPainter::today(QPainter &painter, int from, int upTo) const
{
    const double x = m_look.scale.x(m_timeline.now);
    if (x < -2 || x > m_look.chart.width() + 2)
        return;
    painter.save();
    painter.setClipRect(QRect(m_look.chart.left(), from, m_look.chart.width(), upTo - from),
                        Qt::IntersectClip);
    painter.fillRect(QRectF(std::round(visual(x)) - 1, from, 2, upTo - from), m_look.theme.accent);
    painter.restore();
}

void GanttPainter::event(QPainter &painter, const TimelineEvent &event, int top) const
{
    const double x = m_look.scale.x(event.time);
    if (x < -4 || x > m_look.chart.width() + 4)
        return;
    painter.save();
    painter.setPen(QPen(m_look.theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(std::round(visual(x)) - 5, top + 2, 10, rowHeight - 4));
    painter.restore();
}

} // namespace sealbook
