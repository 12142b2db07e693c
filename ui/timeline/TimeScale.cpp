// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/TimeScale.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>

namespace sealbook {

namespace {

constexpr double dayMs = 86'400'000;
constexpr qint64 hourMs = 3'600'000;

QDate dateOf(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, QTimeZone::utc()).date();
}

qint64 startOf(const QDate &date)
{
    return QDateTime(date, QTime(0, 0), QTimeZone::utc()).toMSecsSinceEpoch();
}

// What a line of the axis counts in.
enum class Step { Hours, Days, Weeks, Months, Quarters, Years };

QDate firstOf(Step step, const QDate &date)
{
    switch (step) {
    case Step::Hours:
    case Step::Days:
        return date;
    case Step::Weeks:
        return date.addDays(1 - date.dayOfWeek());
    case Step::Months:
        return {date.year(), date.month(), 1};
    case Step::Quarters:
        return {date.year(), (date.month() - 1) / 3 * 3 + 1, 1};
    case Step::Years:
        return {date.year(), 1, 1};
    }
    Q_UNREACHABLE();
}

QDate nextOf(Step step, const QDate &date, int count)
{
    switch (step) {
    case Step::Hours:
    case Step::Days:
        return date.addDays(count);
    case Step::Weeks:
        return date.addDays(7 * count);
    case Step::Months:
        return date.addMonths(count);
    case Step::Quarters:
        return date.addMonths(3 * count);
    case Step::Years:
        return date.addYears(count);
    }
    Q_UNREACHABLE();
}

QString textOf(Step step, const QDate &date, bool isFirst)
{
    const QLocale locale;
    switch (step) {
    case Step::Hours:
        return {};
    case Step::Days:
    case Step::Weeks:
        return locale.toString(date.day());
    case Step::Months:
        return locale.toString(date,
                               isFirst || date.month() == 1 ? QStringLiteral("MMM yyyy")
                                                            : QStringLiteral("MMM"));
    case Step::Quarters:
        return locale.toString(date, QStringLiteral("MMM"));
    case Step::Years:
        return locale.toString(date, QStringLiteral("yyyy"));
    }
    Q_UNREACHABLE();
}

std::vector<TimeScale::Mark> datesOf(Step step, int count, qint64 from, qint64 to)
{
    std::vector<TimeScale::Mark> marks;
    QDate date = firstOf(step, dateOf(from));
    if (step == Step::Years) // so that every fifth year is one that ends with 0 or 5
        date = QDate(date.year() / count * count, 1, 1);
    for (; startOf(date) <= to; date = nextOf(step, date, count))
        marks.push_back({startOf(date), textOf(step, date, marks.empty())});
    return marks;
}

std::vector<TimeScale::Mark> hoursOf(int hours, qint64 from, qint64 to)
{
    std::vector<TimeScale::Mark> marks;
    const qint64 step = hours * hourMs;
    for (qint64 at = from - from % step; at <= to; at += step) {
        const QTime time = QDateTime::fromMSecsSinceEpoch(at, QTimeZone::utc()).time();
        marks.push_back({at, QLocale().toString(time, QStringLiteral("HH:mm"))});
    }
    return marks;
}

} // namespace

double TimeScale::x(qint64 time) const
{
    return static_cast<double>(time - start) / dayMs * perDay;
}

qint64 TimeScale::time(double x) const
{
    return start + static_cast<qint64>(std::llround(x / perDay * dayMs));
}

TimeScale TimeScale::zoomed(double factor, double x) const
{
    TimeScale next = *this;
    next.perDay = std::clamp(perDay * factor, leastPerDay, mostPerDay);
    next.start = time(x) - static_cast<qint64>(std::llround(x / next.perDay * dayMs));
    return next;
}

double TimeScale::sliderOf(double perDay)
{
    return std::log(std::clamp(perDay, leastPerDay, mostPerDay) / leastPerDay)
        / std::log(mostPerDay / leastPerDay);
}

double TimeScale::perDayOf(double slider)
{
    return leastPerDay * std::pow(mostPerDay / leastPerDay, std::clamp(slider, 0.0, 1.0));
}

QString TimeScale::name() const
{
    if (perDay >= 60)
        return tr("Day");
    if (perDay >= 12)
        return tr("Week");
    if (perDay >= 2.2)
        return tr("Month");
    return perDay >= 0.7 ? tr("Quarter") : tr("Year");
}

TimeScale::Marks TimeScale::marks(double left, double right, double digit) const
{
    const qint64 from = time(left);
    const qint64 to = time(right);
    Marks marks;
    if (perDay >= 60) {
        const double hour = perDay / 24;
        const std::array steps{1, 2, 3, 6, 12};
        const auto *const fits = std::find_if(steps.begin(), steps.end(),
                                              [&](int hours) { return hours * hour >= 7 * digit; });
        marks.minor = hoursOf(fits == steps.end() ? 12 : *fits, from, to);
        for (Mark &mark : datesOf(Step::Days, 1, from, to)) {
            mark.text = QLocale().toString(dateOf(mark.time), QStringLiteral("ddd d MMM"));
            marks.major.push_back(std::move(mark));
        }
    } else if (perDay >= 1.0) {
        marks.major = datesOf(Step::Months, 1, from, to);
        const bool showsDays = perDay >= 3.4 * digit;
        if (showsDays || perDay * 7 >= 3.4 * digit)
            marks.minor = datesOf(showsDays ? Step::Days : Step::Weeks, 1, from, to);
        else
            marks.minor = datesOf(Step::Weeks, 2, from, to);
    } else {
        const double year = perDay * 365;
        marks.major = datesOf(Step::Years, year >= 6 * digit ? 1 : 5, from, to);
        if (perDay * 30 >= 5 * digit)
            marks.minor = datesOf(Step::Months, 1, from, to);
        else if (perDay * 91 >= 5 * digit)
            marks.minor = datesOf(Step::Quarters, 1, from, to);
        for (Mark &mark : marks.minor)
            mark.text = QLocale().toString(dateOf(mark.time), QStringLiteral("MMM"));
    }
    return marks;
}

} // namespace sealbook
