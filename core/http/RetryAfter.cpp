// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/RetryAfter.h"

#include <QLocale>
#include <QTimeZone>

#include <array>

using namespace std::chrono_literals;

namespace sealbook {

static constexpr std::chrono::seconds longestRetryAfter = 30 * 24h;

QDateTime httpDate(const QByteArray &text)
{
    // Names of days say nothing new and may be wrong; they are dropped.
    static const std::array formats{QStringLiteral("d MMM yyyy HH:mm:ss"),
                                    QStringLiteral("d-MMM-yy HH:mm:ss"),
                                    QStringLiteral("MMM d HH:mm:ss yyyy")};
    QString date = QString::fromLatin1(text).simplified();
    const qsizetype day = date.indexOf(QLatin1Char(' '));
    if (day < 3 || date.size() > 64)
        return {};
    date = date.mid(day + 1);
    if (date.endsWith(QLatin1String(" GMT")))
        date.chop(4);
    for (const QString &format : formats) {
        QDateTime parsed = QLocale::c().toDateTime(date, format);
        if (!parsed.isValid())
            continue;
        parsed = QDateTime(parsed.date(), parsed.time(), QTimeZone::utc()).toUTC();
        if (format.contains(QLatin1String("-yy")) && parsed.date().year() < 1970)
            parsed = parsed.addYears(100); // two digits
        return parsed;
    }
    return {};
}

std::optional<std::chrono::seconds> retryAfter(const HttpResponse &response)
{
    const QByteArray value = response.header("retry-after").trimmed();
    if (value.isEmpty())
        return std::nullopt;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (std::all_of(value.begin(), value.end(), isDigit)) {
        bool fits = false;
        const qint64 seconds = value.toLongLong(&fits);
        return fits ? std::min(std::chrono::seconds(seconds), longestRetryAfter)
                    : longestRetryAfter;
    }
    const QDateTime until = httpDate(value);
    if (!until.isValid())
        return std::nullopt;
    QDateTime now = httpDate(response.header("date"));
    if (!now.isValid())
        now = QDateTime::currentDateTimeUtc();
    return std::clamp(std::chrono::seconds(now.secsTo(until)), 0s, longestRetryAfter);
}

std::chrono::seconds politeWait(std::chrono::seconds asked)
{
    return std::clamp(asked, std::chrono::seconds(1s), std::chrono::seconds(1h));
}

} // namespace sealbook
