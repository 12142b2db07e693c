// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/MonthCalendar.h"

#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QSet>
#include <QStyle>
#include <QToolTip>
#include <QWheelEvent>

namespace sealbook {

namespace {

constexpr int headHeight = 26;
constexpr int dateHeight = 22;
constexpr int lineHeight = 18;
constexpr int padding = 6;
constexpr int glyphSize = 12;
constexpr int tipLines = 20;

} // namespace

std::vector<CalendarItem> calendarItems(const Timeline &timeline)
{
    std::vector<CalendarItem> items;
    QSet<QString> seen; // a certificate stands in each of its groups
    for (const TimelineRow &row : timeline.rows) {
        CalendarItem item;
        item.title = row.title;
        item.style = row.style;
        item.isName = row.isName;
        item.subject = row.subject;
        if (row.kind == TimelineRow::Kind::Lineage) {
            const TimelineBar *bar = timeline.mainBar(row);
            if (bar == nullptr || bar->urgency == Urgency::Retired)
                continue;
            item.at = bar->validTo;
        } else if (row.kind == TimelineRow::Kind::Credential) {
            item.at = row.until;
            item.isCredential = true;
        } else {
            continue;
        }
        const QString key = QLatin1Char(item.isCredential ? 'c' : 'l') + row.subject;
        if (seen.contains(key))
            continue;
        seen.insert(key);
        items.push_back(std::move(item));
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const CalendarItem &a, const CalendarItem &b) { return a.at < b.at; });
    return items;
}

MonthCalendar::Layout MonthCalendar::Layout::in(const QRect &where, bool mirrored)
{
    Layout layout;
    const auto edge = [](int length, int part, int of) { return length * part / of; };
    const int height = where.height() - headHeight;
    const auto direction = mirrored ? Qt::RightToLeft : Qt::LeftToRight;
    for (int column = 0; column < 7; ++column) {
        const int left = where.left() + edge(where.width(), column, 7);
        const int width = where.left() + edge(where.width(), column + 1, 7) - left;
        layout.heads[static_cast<std::size_t>(column)] =
            QStyle::visualRect(direction, where, {left, where.top(), width, headHeight});
        for (int week = 0; week < 6; ++week) {
            const int top = where.top() + headHeight + edge(height, week, 6);
            const int bottom = where.top() + headHeight + edge(height, week + 1, 6);
            layout.days[static_cast<std::size_t>(7 * week + column)] =
                QStyle::visualRect(direction, where, {left, top, width, bottom - top});
        }
    }
    layout.lines = std::max(0, (height / 6 - dateHeight - 2) / lineHeight);
    return layout;
}

MonthCalendar::MonthCalendar(QWidget *parent)
    : QWidget(parent)
{
    speakForParts();
    setObjectName(QStringLiteral("monthCalendar"));
    setAccessibleName(tr("Calendar"));
    setFocusPolicy(Qt::StrongFocus);
    m_today = m_current = QDate(2000, 1, 1);
    showMonth(m_current);
    Theme::setBaseSurface(this);
}

void MonthCalendar::setTimeline(const Timeline &timeline)
{
    const bool isFirst = m_today.year() == 2000;
    m_items.clear();
    const std::vector<CalendarItem> items = calendarItems(timeline);
    // QMultiMap gives what was put in last first.
    for (auto item = items.rbegin(); item != items.rend(); ++item)
        m_items.insert(TimeText::at(item->at).date(), *item);
    m_today = TimeText::at(timeline.now).date();
    if (isFirst)
        goToToday();
    update();
    Q_EMIT currentChanged();
}

void MonthCalendar::showMonth(const QDate &day)
{
    const QDate first(day.year(), day.month(), 1);
    m_month = day.month();
    m_first = first.addDays(1 - first.dayOfWeek());
    m_current = day;
    update();
    Q_EMIT currentChanged();
}

void MonthCalendar::stepMonths(int months)
{
    showMonth(m_current.addMonths(months));
    tellCurrentPart(this);
}

void MonthCalendar::setCurrent(const QDate &day)
{
    if (day.month() != m_month || day.year() != m_current.year()) {
        showMonth(day);
    } else {
        m_current = day;
        update();
        Q_EMIT currentChanged();
    }
    tellCurrentPart(this);
}

QString MonthCalendar::monthText() const
{
    return QLocale().toString(QDate(m_current.year(), m_month, 1), QStringLiteral("MMMM yyyy"));
}

QList<CalendarItem> MonthCalendar::itemsOf(const QDate &day) const
{
    return m_items.values(day);
}

MonthCalendar::Layout MonthCalendar::layoutNow() const
{
    return Layout::in(rect(), isRightToLeft());
}

QString MonthCalendar::partName(int index) const
{
    const QDate day = dayAt(index);
    const QString date = QLocale().toString(day, QStringLiteral("d MMMM yyyy"));
    int certificates = 0;
    int credentials = 0;
    for (const CalendarItem &item : itemsOf(day))
        ++(item.isCredential ? credentials : certificates);
    QStringList parts;
    if (certificates > 0)
        parts << tr("%n certificates expire", nullptr, certificates);
    if (credentials > 0)
        parts << tr("%n credentials to rotate", nullptr, credentials);
    if (parts.isEmpty())
        parts << tr("nothing");
    if (day == m_today)
        parts << tr("today");
    return tr("%1: %2", "day, what is due").arg(date, parts.join(QStringLiteral(", ")));
}

QRect MonthCalendar::partRect(int index) const
{
    return layoutNow().days.at(static_cast<std::size_t>(index));
}

int MonthCalendar::partAt(const QPoint &where) const
{
    const Layout layout = layoutNow();
    for (int i = 0; i < dayCount; ++i) {
        if (layout.days[static_cast<std::size_t>(i)].contains(where))
            return i;
    }
    return -1;
}

void MonthCalendar::activatePart(int index)
{
    setCurrent(dayAt(index));
    Q_EMIT openWanted();
}

void MonthCalendar::mousePressEvent(QMouseEvent *event)
{
    const int index = partAt(event->pos());
    if (event->button() == Qt::LeftButton && index >= 0)
        setCurrent(dayAt(index));
}

void MonthCalendar::mouseDoubleClickEvent(QMouseEvent *event)
{
    // The first click may have turned the page: what is opened is what it chose.
    if (event->button() == Qt::LeftButton && partAt(event->pos()) >= 0)
        Q_EMIT openWanted();
}

void MonthCalendar::wheelEvent(QWheelEvent *event)
{
    const int delta = event->angleDelta().y();
    if (delta != 0)
        stepMonths(delta > 0 ? -1 : 1);
    event->accept();
}

void MonthCalendar::keyPressEvent(QKeyEvent *event)
{
    const int forward = isRightToLeft() ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        setCurrent(m_current.addDays(-forward));
        return;
    case Qt::Key_Right:
        setCurrent(m_current.addDays(forward));
        return;
    case Qt::Key_Up:
        setCurrent(m_current.addDays(-7));
        return;
    case Qt::Key_Down:
        setCurrent(m_current.addDays(7));
        return;
    case Qt::Key_PageUp:
        stepMonths(-1);
        return;
    case Qt::Key_PageDown:
        stepMonths(1);
        return;
    case Qt::Key_Home:
        setCurrent(QDate(m_current.year(), m_current.month(), 1));
        return;
    case Qt::Key_End:
        setCurrent(QDate(m_current.year(), m_current.month(), m_current.daysInMonth()));
        return;
    case Qt::Key_T:
        goToToday();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT openWanted();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void MonthCalendar::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
    tellCurrentPart(this);
}

void MonthCalendar::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool MonthCalendar::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int index = partAt(help->pos());
    if (index < 0) {
        QToolTip::hideText();
        return true;
    }
    QStringList lines{partName(index)};
    for (const CalendarItem &item : itemsOf(dayAt(index))) {
        if (lines.size() > tipLines)
            break;
        lines << item.title;
    }
    QToolTip::showText(help->globalPos(), lines.join(QLatin1Char('\n')), this, partRect(index));
    return true;
}

void MonthCalendar::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setClipRect(event->rect());
    const Theme theme = Theme::current();
    const Layout layout = layoutNow();
    painter.setFont(Theme::smallFont(font()));
    for (int i = 0; i < 7; ++i) {
        const QRect &head = layout.heads[static_cast<std::size_t>(i)];
        painter.fillRect(head, theme.header);
        painter.setPen(theme.muted);
        painter.drawText(head.adjusted(padding + 2, 0, -padding - 2, 0),
                         static_cast<int>(QStyle::visualAlignment(
                             layoutDirection(), Qt::AlignLeading | Qt::AlignVCenter)),
                         QLocale().dayName(i + 1, QLocale::ShortFormat));
    }
    for (int i = 0; i < dayCount; ++i) {
        const QRect &cell = layout.days[static_cast<std::size_t>(i)];
        if (cell.intersects(event->rect()))
            paintDay(painter, cell, i, layout.lines);
    }
    if (hasFocus()) {
        const QRect &cell = layout.days.at(static_cast<std::size_t>(currentPart()));
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(QRectF(cell).adjusted(1, 1, -2, -2));
    }
}

void MonthCalendar::paintDay(QPainter &painter, const QRect &cell, int index, int lines) const
{
    const Theme theme = Theme::current();
    const QDate day = dayAt(index);
    const bool isOther = day.month() != m_month;
    const QColor surface = day == m_current
        ? (hasFocus() ? theme.selection : theme.selectionInactive)
        : isOther ? theme.header
                  : theme.base;
    painter.fillRect(cell, surface);
    painter.setPen(QPen(theme.line, 1));
    const int side = isRightToLeft() ? cell.left() : cell.right();
    painter.drawLine(side, cell.top(), side, cell.bottom());
    painter.drawLine(cell.bottomLeft(), cell.bottomRight());

    const QRect inner = cell.adjusted(padding, 0, -padding, 0);
    const auto leading = static_cast<int>(
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading | Qt::AlignVCenter));
    QRect date(inner.left(), cell.top() + 2, inner.width(), dateHeight - 2);
    painter.setFont(day == m_today ? Theme::boldFont(font()) : font());
    if (day == m_today) {
        const QString number = QLocale().toString(day.day());
        const int width = painter.fontMetrics().horizontalAdvance(number) + 10;
        const QRect tag = QStyle::visualRect(
            layoutDirection(), inner, {inner.left() - 4, date.top() + 1, width, date.height() - 2});
        painter.fillRect(tag, theme.accent);
        painter.setPen(theme.base);
        painter.drawText(tag, Qt::AlignCenter, number);
    } else {
        painter.setPen(isOther ? theme.muted : theme.text);
        painter.drawText(date, leading, QLocale().toString(day.day()));
    }
    const QList<CalendarItem> items = itemsOf(day);
    const auto all = static_cast<int>(items.size());
    const int shown = all > lines ? std::max(0, lines - 1) : all;
    QRect line(inner.left(), cell.top() + dateHeight, inner.width(), lineHeight);
    for (int i = 0; i < shown; ++i) {
        paintItem(painter, line, items.at(i), surface);
        line.translate(0, lineHeight);
    }
    if (shown == all)
        return;
    painter.setFont(Theme::tinyFont(font()));
    painter.setPen(theme.muted);
    const QString more = shown == 0
        ? QLocale().toString(all)
        : tr("%1 more", "how many").arg(QLocale().toString(all - shown));
    // Without a line of its own it stands beside the date.
    if (lines == 0)
        painter.drawText(date,
                         static_cast<int>(QStyle::visualAlignment(
                             layoutDirection(), Qt::AlignTrailing | Qt::AlignVCenter)),
                         more);
    else
        painter.drawText(line, leading, more);
}

void MonthCalendar::paintItem(QPainter &painter, const QRect &line, const CalendarItem &item,
                              const QColor &surface) const
{
    const Theme theme = Theme::current();
    QRect symbol = QStyle::visualRect(layoutDirection(), line,
                                      {line.left(), line.top(), glyphSize, line.height()});
    if (item.isCredential)
        painter.drawPixmap(
            QPointF(symbol.left(), symbol.center().y() - glyphSize / 2.0 + 0.5),
            iconPixmap(QStringLiteral("key"), theme.muted, glyphSize, devicePixelRatioF()));
    else
        paintGlyph(&painter, symbol, item.style.glyph, theme.state(item.style.role).text, surface,
                   glyphSize);
    const QFont small = Theme::smallFont(font());
    const QFontMetrics metrics(small);
    const QRect words = QStyle::visualRect(
        layoutDirection(), line,
        {line.left() + glyphSize + 4, line.top(), line.width() - glyphSize - 4, line.height()});
    // A day is narrower than a name may be: the end goes, the tooltip has it.
    QString text = item.isName ? elidedName(item.title, metrics, words.width()) : item.title;
    text = metrics.elidedText(text, Qt::ElideRight, words.width());
    painter.setFont(small);
    painter.setPen(item.isCredential ? theme.muted : theme.text);
    painter.drawText(words,
                     static_cast<int>(QStyle::visualAlignment(layoutDirection(),
                                                              Qt::AlignLeading | Qt::AlignVCenter)),
                     item.isName && isRightToLeft() ? QChar(0x2066) + text + QChar(0x2069) : text);
}

} // namespace sealbook
