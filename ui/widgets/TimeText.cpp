// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/TimeText.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace sealbook {

namespace {
constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

QDateTime shown(const QDateTime &time, bool local)
{
    return local ? time.toLocalTime() : time.toUTC();
}

QString zone(const QDateTime &time, bool local)
{
    return local ? time.timeZoneAbbreviation() : QStringLiteral("UTC");
}
} // namespace

QString TimeText::span(qint64 seconds)
{
    seconds = std::max<qint64>(0, seconds);
    if (seconds < minute)
        return tr("under 1 min");
    if (seconds < hour)
        return tr("%1 min").arg(seconds / minute);
    if (seconds < day)
        return tr("%1 h").arg(seconds / hour);
    const qint64 hours = seconds % day / hour;
    if (seconds < 10 * day && hours > 0)
        return tr("%1 d %2 h").arg(seconds / day).arg(hours);
    return tr("%1 d").arg(seconds / day);
}

QString TimeText::left(const QDateTime &now, const QDateTime &then)
{
    return then > now ? span(now.secsTo(then)) : ago(now, then);
}

QString TimeText::ago(const QDateTime &now, const QDateTime &then)
{
    const qint64 seconds = then.secsTo(now);
    if (seconds < minute)
        return tr("just now");
    if (seconds >= day)
        return tr("%1 d ago").arg(seconds / day);
    return tr("%1 ago").arg(span(seconds));
}

QString TimeText::exact(const QDateTime &time, bool local)
{
    if (!time.isValid())
        return {};
    const QDateTime at = shown(time, local);
    return tr("%1 %2", "time, zone")
        .arg(QLocale().toString(at, QStringLiteral("d MMM yyyy, HH:mm")), zone(at, local));
}

QString TimeText::precise(const QDateTime &time, bool local)
{
    if (!time.isValid())
        return {};
    const QDateTime at = shown(time, local);
    return tr("%1 %2", "time, zone")
        .arg(QLocale().toString(at, QStringLiteral("d MMM yyyy, HH:mm:ss")), zone(at, local));
}

QString TimeText::date(const QDateTime &time, bool local)
{
    return QLocale().toString(shown(time, local).date(), QStringLiteral("d MMM yyyy"));
}

QString TimeText::dayMonth(const QDate &date)
{
    return QLocale().toString(date, QStringLiteral("d MMM"));
}

QDateTime TimeText::at(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::utc());
}

QString TimeText::clock(const QDateTime &time, bool local)
{
    return shown(time, local).toString(QStringLiteral("HH:mm:ss"));
}

QString TimeText::counter(qint64 seconds)
{
    seconds = std::max<qint64>(0, seconds);
    const auto two = [](qint64 value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    if (seconds < hour)
        return QStringLiteral("%1:%2").arg(seconds / minute).arg(two(seconds % minute));
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / hour)
        .arg(two(seconds % hour / minute), two(seconds % minute));
}

} // namespace sealbook
