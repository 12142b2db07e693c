// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/timeline/Timeline.h"
#include "ui/widgets/PaintedParts.h"

#include <QDate>
#include <QMultiMap>
#include <QWidget>

namespace sealbook {

// Something that is due on a day: the end of what is in use, or the day by which a credential has
// to be replaced.
struct CalendarItem
{
    qint64 at = 0;
    QString title;
    StateStyle style;
    bool isName = false;
    bool isCredential = false;
    QString subject; // as in TimelineRow
};
// Of all rows of a timeline, each once, soonest first.
[[nodiscard]] std::vector<CalendarItem> calendarItems(const Timeline &timeline);

// A month as six weeks from Monday, in UTC, with what is due on each day. Arrows walk days, Page Up
// and Page Down months, T goes to today, Enter opens the day. Owned by its page.
class MonthCalendar : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    static constexpr int dayCount = 42;

    // Where the parts lie, apart from painting. Mirrored for right-to-left.
    struct Layout
    {
        std::array<QRect, 7> heads;
        std::array<QRect, dayCount> days;
        int lines = 0; // that fit into a day below its date
        [[nodiscard]] static Layout in(const QRect &where, bool mirrored);
    };

    explicit MonthCalendar(QWidget *parent = nullptr);
    void setTimeline(const Timeline &timeline);
    void showMonth(const QDate &day);
    void stepMonths(int months);
    void goToToday() { setCurrent(m_today); }

    [[nodiscard]] QDate current() const { return m_current; }
    [[nodiscard]] QString monthText() const; // "November 2026"
    [[nodiscard]] QList<CalendarItem> itemsOf(const QDate &day) const;
    [[nodiscard]] QDate dayAt(int index) const { return m_first.addDays(index); }
    [[nodiscard]] Layout layoutNow() const;
    [[nodiscard]] QSize minimumSizeHint() const override { return {420, 300}; }

    [[nodiscard]] int partCount() const override { return dayCount; }
    [[nodiscard]] QString partName(int index) const override;
    [[nodiscard]] QRect partRect(int index) const override;
    [[nodiscard]] int partAt(const QPoint &where) const override;
    [[nodiscard]] int currentPart() const override
    {
        return static_cast<int>(m_first.daysTo(m_current));
    }
    [[nodiscard]] bool isPartChosen(int index) const override { return index == currentPart(); }
    void activatePart(int index) override;

Q_SIGNALS:
    void currentChanged(); // day or month
    void openWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    void setCurrent(const QDate &day);
    void paintDay(QPainter &painter, const QRect &cell, int index, int lines) const;
    void paintItem(QPainter &painter, const QRect &line, const CalendarItem &item,
                   const QColor &surface) const;

    QMultiMap<QDate, CalendarItem> m_items;
    QDate m_today;
    QDate m_current;
    QDate m_first; // the Monday at the start
    int m_month = 0;
};

} // namespace sealbook
