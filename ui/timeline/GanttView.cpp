// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/GanttView.h"

#include "ui/timeline/TimelineWords.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace sealbook {

namespace {
constexpr int gutterWidth = 232;
constexpr int leastChart = 200;
constexpr double wheelStep = 1.2;
constexpr double keyStep = 1.5;
constexpr double todayShare = 0.4; // where today stands in the view: more lies ahead than behind
constexpr double fitMargin = 24;
} // namespace

GanttView::GanttView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_timeline(std::make_shared<const Timeline>())
{
    speakForParts();
    setObjectName(QStringLiteral("gantt"));
    setAccessibleName(tr("Timeline"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(GanttPainter::rowHeight);
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (m_isUpdatingBars)
            return;
        const double days = value / m_scale.perDay;
        const auto offset = static_cast<qint64>(std::llround(days * 86'400'000.0));
        setStart(m_timeline->begin + offset);
    });
}

QRect GanttView::chart() const
{
    const QRect all = viewport()->rect();
    const int gutter = std::clamp(all.width() - leastChart, 0, gutterWidth);
    const QRect plain = all.adjusted(gutter, GanttPainter::axisHeight, 0, 0);
    return isRightToLeft() ? QRect(0, plain.top(), plain.width(), plain.height()) : plain;
}

GanttPainter::Look GanttView::look() const
{
    GanttPainter::Look look;
    look.theme = Theme::current();
    look.font = font();
    look.scale = m_scale;
    look.chart = chart();
    look.gutter = viewport()->width() - look.chart.width();
    look.mirrored = isRightToLeft();
    look.showsWindows = m_showsWindows;
    look.corner = tr("Names");
    return look;
}

const TimelineRow &GanttView::row(int index) const
{
    return m_timeline->rows[m_shown[static_cast<std::size_t>(index)]];
}

const TimelineRow *GanttView::currentRow() const
{
    return m_current >= 0 && m_current < visibleRows() ? &row(m_current) : nullptr;
}

void GanttView::setTimeline(std::shared_ptr<const Timeline> timeline)
{
    const TimelineRow *before = currentRow();
    const QString subject = before != nullptr ? before->subject : QString();
    const auto kind = before != nullptr ? before->kind : TimelineRow::Kind::Head;
    m_timeline = std::move(timeline);
    m_event.reset();
    rebuild();
    m_current = -1;
    for (int i = 0; i < visibleRows(); ++i) {
        const bool isSame = row(i).kind == kind && row(i).subject == subject;
        const bool isFirst = m_current < 0 && row(i).kind != TimelineRow::Kind::Head;
        if (isSame || (isFirst && before == nullptr)) {
            m_current = i;
            break;
        }
    }
    if (m_current < 0 && visibleRows() > 1)
        m_current = 1;
    if (!m_isPlaced && m_timeline->now != 0)
        goToToday();
    updateBars();
    viewport()->update();
    Q_EMIT currentChanged();
}

void GanttView::setShowsWindows(bool shows)
{
    m_showsWindows = shows;
    viewport()->update();
}

void GanttView::rebuild()
{
    m_shown.clear();
    bool isHidden = false;
    for (std::size_t i = 0; i < m_timeline->rows.size(); ++i) {
        const TimelineRow &row = m_timeline->rows[i];
        if (row.kind == TimelineRow::Kind::Head)
            isHidden = isFolded(row);
        if (row.kind == TimelineRow::Kind::Head || !isHidden)
            m_shown.push_back(static_cast<quint32>(i));
    }
}

void GanttView::updateBars()
{
    m_isUpdatingBars = true;
    const QRect area = chart();
    const int rows = visibleRows() * GanttPainter::rowHeight;
    verticalScrollBar()->setPageStep(area.height());
    verticalScrollBar()->setRange(0, std::max(0, rows - area.height()));
    TimeScale whole = m_scale;
    whole.start = m_timeline->begin;
    const double width = whole.x(m_timeline->end);
    const double at = whole.x(m_scale.start);
    // Who has gone beyond the ends by zooming may stay there.
    const double last = std::max({width - area.width(), at, 0.0});
    horizontalScrollBar()->setPageStep(area.width());
    horizontalScrollBar()->setSingleStep(std::max(8, area.width() / 20));
    horizontalScrollBar()->setRange(static_cast<int>(std::min(at, 0.0)),
                                    static_cast<int>(std::ceil(last)));
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(at)));
    m_isUpdatingBars = false;
}

void GanttView::setStart(qint64 start)
{
    if (start == m_scale.start)
        return;
    m_scale.start = start;
    viewport()->update();
}

void GanttView::setScale(const TimeScale &scale)
{
    m_scale = scale;
    updateBars();
    viewport()->update();
    Q_EMIT scaleChanged();
}

void GanttView::zoomTo(double perDay)
{
    const double today = m_scale.x(m_timeline->now);
    const bool isVisible = today > 0 && today < chart().width();
    setScale(m_scale.zoomed(perDay / m_scale.perDay, isVisible ? today : chart().width() / 2.0));
}

void GanttView::zoomBy(double factor)
{
    zoomTo(m_scale.perDay * factor);
}

void GanttView::goToToday()
{
    m_isPlaced = chart().width() > leastChart && isVisible();
    TimeScale scale = m_scale;
    scale.start = m_timeline->now;
    scale.start = scale.time(-chart().width() * todayShare);
    setScale(scale);
}

void GanttView::fitAll()
{
    qint64 first = m_timeline->now;
    qint64 last = m_timeline->now;
    for (const TimelineRow &row : m_timeline->rows) {
        if (row.barCount > 0)
            first = std::min(first, m_timeline->bars[row.firstBar].from);
        if (const TimelineBar *bar = m_timeline->mainBar(row))
            last = std::max(last, bar->validTo);
        if (row.kind == TimelineRow::Kind::Credential) {
            first = std::min(first, row.from);
            last = std::max(last, row.until);
        }
    }
    first = std::max(first, m_timeline->begin);
    last = std::min(last, m_timeline->end);
    const double days = std::max(1.0, static_cast<double>(last - first) / 86'400'000.0);
    TimeScale scale;
    scale.perDay = std::clamp((chart().width() - 2 * fitMargin) / days, TimeScale::leastPerDay,
                              TimeScale::mostPerDay);
    scale.start = first;
    scale.start = scale.time(-fitMargin);
    setScale(scale);
}

int GanttView::topOf(int index) const
{
    return chart().top() + index * GanttPainter::rowHeight - verticalScrollBar()->value();
}

double GanttView::chartX(const QPoint &where) const
{
    const QRect area = chart();
    return isRightToLeft() ? area.right() + 1 - where.x() : where.x() - area.left();
}

QRect GanttView::partRect(int index) const
{
    return {0, topOf(index), viewport()->width(), GanttPainter::rowHeight};
}

int GanttView::partAt(const QPoint &where) const
{
    const QRect area = chart();
    if (where.y() < area.top() || where.y() > area.bottom())
        return -1;
    const int index =
        (where.y() - area.top() + verticalScrollBar()->value()) / GanttPainter::rowHeight;
    return index < visibleRows() ? index : -1;
}

QString GanttView::partName(int index) const
{
    return TimelineWords::spoken(*m_timeline, row(index));
}

void GanttView::activatePart(int index)
{
    setCurrent(index);
    if (row(index).kind == TimelineRow::Kind::Head)
        toggleFold(index);
    else
        Q_EMIT openWanted();
}

void GanttView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const GanttPainter::Look look = this->look();
    const GanttPainter paint(*m_timeline, look);
    const QRect below(0, look.chart.top(), viewport()->width(), look.chart.height());
    painter.setClipRect(below.intersected(event->rect()));
    const int offset = verticalScrollBar()->value();
    const int first =
        std::max(0, (event->rect().top() - below.top() + offset) / GanttPainter::rowHeight);
    int top = topOf(first);
    for (int i = first; i < visibleRows() && top <= event->rect().bottom(); ++i) {
        const auto mark = i != m_current ? GanttPainter::Mark::None
            : hasFocus()                 ? GanttPainter::Mark::Focused
                                         : GanttPainter::Mark::Current;
        paint.row(painter, row(i), top, mark,
                  row(i).kind == TimelineRow::Kind::Head && isFolded(row(i)));
        if (i == m_current && m_event)
            paint.event(painter, *m_event, top);
        top += GanttPainter::rowHeight;
    }
    if (top <= below.bottom())
        painter.fillRect(QRect(0, top, viewport()->width(), below.bottom() - top + 1),
                         look.theme.base);
    paint.today(painter, below.top(), std::min(top, below.bottom() + 1));
    painter.setClipRect(event->rect());
    const QRect axis(0, 0, viewport()->width(), GanttPainter::axisHeight);
    if (event->rect().intersects(axis))
        paint.axis(painter, axis);
}

void GanttView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (!m_isPlaced && m_timeline->now != 0)
        goToToday();
    updateBars();
}

void GanttView::scrollContentsBy(int dx, int dy)
{
    Q_UNUSED(dx) // the scroll bar's own signal moves the scale
    if (dy != 0)
        viewport()->update();
}

void GanttView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        const double steps = event->angleDelta().y() / 120.0;
        if (steps != 0)
            setScale(
                m_scale.zoomed(std::pow(wheelStep, steps), chartX(event->position().toPoint())));
        event->accept();
        return;
    }
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        const int delta =
            event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - delta);
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

void GanttView::mousePressEvent(QMouseEvent *event)
{
    const int index = partAt(event->pos());
    if (event->button() != Qt::LeftButton || index < 0)
        return;
    setCurrent(index);
    if (row(index).kind == TimelineRow::Kind::Head)
        toggleFold(index);
}

void GanttView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int index = partAt(event->pos());
    if (event->button() != Qt::LeftButton || index < 0)
        return;
    if (row(index).kind == TimelineRow::Kind::Head)
        toggleFold(index);
    else
        Q_EMIT openWanted();
}

void GanttView::keyPressEvent(QKeyEvent *event)
{
    if ((event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) != 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const int page = std::max(1, chart().height() / GanttPainter::rowHeight - 1);
    const int forward = isRightToLeft() ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Up:
        setCurrent(m_current - 1);
        return;
    case Qt::Key_Down:
        setCurrent(m_current + 1);
        return;
    case Qt::Key_PageUp:
        setCurrent(m_current - page);
        return;
    case Qt::Key_PageDown:
        setCurrent(m_current + page);
        return;
    case Qt::Key_Home:
        setCurrent(0);
        return;
    case Qt::Key_End:
        setCurrent(visibleRows() - 1);
        return;
    case Qt::Key_Right:
        stepEvent(forward);
        return;
    case Qt::Key_Left:
        stepEvent(-forward);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(keyStep);
        return;
    case Qt::Key_Minus:
        zoomBy(1 / keyStep);
        return;
    case Qt::Key_T:
        goToToday();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentRow() != nullptr)
            activatePart(m_current);
        return;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void GanttView::setCurrent(int index)
{
    if (visibleRows() == 0)
        return;
    index = std::clamp(index, 0, visibleRows() - 1);
    ensureVisible(index);
    if (index == m_current)
        return;
    m_current = index;
    m_event.reset();
    viewport()->update();
    tellCurrentPart(this);
    Q_EMIT currentChanged();
}

void GanttView::ensureVisible(int index)
{
    const int top = index * GanttPainter::rowHeight;
    const int height = chart().height();
    QScrollBar *bar = verticalScrollBar();
    if (top < bar->value())
        bar->setValue(top);
    else if (top + GanttPainter::rowHeight > bar->value() + height)
        bar->setValue(top + GanttPainter::rowHeight - height);
}

// Along the events of a row; on a head it folds and unfolds.
void GanttView::stepEvent(int direction)
{
    const TimelineRow *current = currentRow();
    if (current == nullptr)
        return;
    if (current->kind == TimelineRow::Kind::Head) {
        fold(m_current, direction < 0);
        return;
    }
    const std::vector<TimelineEvent> events = eventsOf(*m_timeline, *current);
    if (events.empty())
        return;
    const qint64 from = m_event ? m_event->time : m_timeline->now;
    std::optional<TimelineEvent> next;
    for (const TimelineEvent &event : events) {
        if (direction > 0 && event.time > from) {
            next = event;
            break;
        }
        if (direction < 0 && event.time < from)
            next = event;
    }
    if (next)
        goToEvent(*next);
}

void GanttView::goToEvent(const TimelineEvent &event)
{
    m_event = event;
    const double x = m_scale.x(event.time);
    if (x < 16 || x > chart().width() - 16) {
        TimeScale scale = m_scale;
        scale.start = m_scale.time(x - chart().width() / 2.0);
        setScale(scale);
    }
    viewport()->update();
    Q_EMIT currentChanged();
}

void GanttView::toggleFold(int index)
{
    fold(index, !isFolded(row(index)));
}

void GanttView::fold(int index, bool folded)
{
    const QString subject = row(index).subject;
    if (folded)
        m_folded.insert(subject);
    else
        m_folded.remove(subject);
    rebuild();
    updateBars();
    viewport()->update();
}

void GanttView::setAllFolded(bool folded)
{
    m_folded.clear();
    if (folded) {
        for (const TimelineRow &row : m_timeline->rows) {
            if (row.kind == TimelineRow::Kind::Head)
                m_folded.insert(row.subject);
        }
    }
    rebuild();
    m_current = std::min(m_current, visibleRows() - 1);
    updateBars();
    viewport()->update();
    Q_EMIT currentChanged();
}

bool GanttView::select(const QString &subject)
{
    QString head;
    for (const TimelineRow &row : m_timeline->rows) {
        if (row.kind == TimelineRow::Kind::Head) {
            head = row.subject;
            continue;
        }
        if (row.subject != subject)
            continue;
        if (m_folded.remove(head)) {
            rebuild();
            updateBars();
        }
        for (int i = 0; i < visibleRows(); ++i) {
            if (&this->row(i) == &row) {
                setCurrent(i);
                return true;
            }
        }
    }
    return false;
}

void GanttView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
    tellCurrentPart(this);
}

void GanttView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void GanttView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::LayoutDirectionChange)
        viewport()->update();
}

QString GanttView::tipAt(const QPoint &where) const
{
    const int index = partAt(where);
    if (index < 0)
        return {};
    const double x = chartX(where);
    if (x >= 0 && row(index).kind == TimelineRow::Kind::Lineage) {
        const qint64 time = m_scale.time(x);
        for (const TimelineBar &bar : m_timeline->barsOf(row(index))) {
            if (time >= bar.from && time < bar.to)
                return TimelineWords::span(bar);
        }
    }
    return TimelineWords::spoken(*m_timeline, row(index));
}

bool GanttView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = tipAt(help->pos());
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace sealbook
