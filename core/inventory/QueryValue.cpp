// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/QueryValue.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <array>

namespace sealbook {

namespace {

constexpr double dayMs = 86'400'000.0;
constexpr double longestSpan = 36500.0 * 100 * dayMs; // 10,000 years
constexpr int firstYear = 1900;
constexpr int lastYear = 9999;

struct Unit
{
    const char *names; // separated by blanks
    double days;
};
constexpr std::array units{Unit{"h hour hours", 1.0 / 24}, Unit{"d day days", 1},
                           Unit{"w week weeks", 7}, Unit{"m mo month months", 30},
                           Unit{"y yr year years", 365}};

qint64 startOf(int year, int month, int day)
{
    return QDateTime(QDate(year, month, day), QTime(0, 0), QTimeZone::utc()).toMSecsSinceEpoch();
}

} // namespace

Result<qint64> spanFromText(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^([+-]?[0-9]+(?:\\.[0-9]+)?) *([a-z]*)$"));
    const QRegularExpressionMatch match = form.match(text.toLower());
    if (!match.hasMatch())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" is not a length of time").arg(text),
                    QStringLiteral("Write it as 12h, 30d, 6w, 3m or 2y."));
    const QString unit = match.captured(2);
    double days = 1;
    const bool isKnown =
        unit.isEmpty() || std::any_of(units.begin(), units.end(), [&](const Unit &candidate) {
            days = candidate.days;
            return QString::fromLatin1(candidate.names).split(QLatin1Char(' ')).contains(unit);
        });
    if (!isKnown)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" is not a unit of time").arg(unit),
                    QStringLiteral("Use h, d, w, m (30 days) or y (365 days)."));
    const double span = match.captured(1).toDouble() * days * dayMs;
    if (span > longestSpan || span < -longestSpan)
        return fail(Error::Kind::BadRequest, QStringLiteral("%1 is too long a time").arg(text),
                    QStringLiteral("Stay below 10,000 years."));
    return static_cast<qint64>(span);
}

Result<std::optional<QueryMoment>> momentFromText(const QString &text)
{
    const QString lower = text.toLower();
    QueryMoment moment;
    if (lower == QLatin1String("today") || lower == QLatin1String("tomorrow")
        || lower == QLatin1String("yesterday")) {
        moment.isRelative = true;
        moment.dayOffset = lower == QLatin1String("today") ? 0
            : lower == QLatin1String("tomorrow")           ? 1
                                                           : -1;
        return moment;
    }
    static const QRegularExpression form(
        QStringLiteral("^([0-9]{4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?$"));
    const QRegularExpressionMatch match = form.match(lower);
    if (!match.hasMatch()) {
        static const QRegularExpression other(
            QStringLiteral("^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}$"));
        if (other.match(lower).hasMatch() || lower.count(QLatin1Char('-')) > 1)
            return fail(Error::Kind::BadRequest, QStringLiteral("\"%1\" is not a date").arg(text),
                        QStringLiteral("Write it as year, month, day: 2026-12-31."));
        return std::nullopt;
    }
    const int year = match.captured(1).toInt();
    const bool hasMonth = match.hasCaptured(2);
    const bool hasDay = match.hasCaptured(3);
    if (!hasMonth && (year < firstYear || year > 2199))
        return std::nullopt; // a number of days
    const int month = hasMonth ? match.captured(2).toInt() : 1;
    const int day = hasDay ? match.captured(3).toInt() : 1;
    if (year < firstYear || year > lastYear || !QDate::isValid(year, month, day))
        return fail(Error::Kind::BadRequest, QStringLiteral("there is no day %1").arg(text),
                    QStringLiteral("Write it as year, month, day: 2026-12-31."));
    const QDate first(year, month, day);
    const QDate next = hasDay ? first.addDays(1)
        : hasMonth            ? first.addMonths(1)
                              : first.addYears(1);
    moment.from = startOf(first.year(), first.month(), first.day());
    moment.to = startOf(next.year(), next.month(), next.day());
    return moment;
}

} // namespace sealbook
