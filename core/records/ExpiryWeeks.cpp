// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/ExpiryWeeks.h"

#include <QRegularExpression>
#include <QStringList>
#include <QTimeZone>

#include <numeric>

namespace sealbook {

namespace {
constexpr qint64 dayMs = 86'400'000;
constexpr qint64 weekMs = 7 * dayMs;

QString notRetired()
{
    return QStringLiteral("not is:retired");
}
} // namespace

int ExpiryWeeks::Cell::certificates() const
{
    return std::accumulate(byUrgency.begin(), byUrgency.end(), 0);
}

Urgency ExpiryWeeks::Cell::worst() const
{
    for (std::size_t i = 0; i < byUrgency.size(); ++i) {
        if (byUrgency[i] > 0)
            return static_cast<Urgency>(i);
    }
    return Urgency::Fine;
}

int ExpiryWeeks::Cell::count(Urgency urgency) const
{
    return urgency == Urgency::Retired ? 0 : byUrgency[static_cast<std::size_t>(urgency)];
}

ExpiryWeeks::ExpiryWeeks(qint64 now)
    : m_now(now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(now, QTimeZone::utc()).date();
    const QDate monday = today.addDays(1 - today.dayOfWeek());
    m_weekStart = QDateTime(monday, QTime(0, 0), QTimeZone::utc()).toMSecsSinceEpoch();
}

int ExpiryWeeks::cellOf(qint64 time) const
{
    if (time <= m_now)
        return overdueCell;
    return static_cast<int>(std::min<qint64>((time - m_weekStart) / weekMs, weekCount)) + 1;
}

void ExpiryWeeks::addCertificate(qint64 notAfter, Urgency urgency)
{
    if (urgency == Urgency::Retired)
        return;
    const auto cell = static_cast<std::size_t>(cellOf(notAfter));
    ++m_cells[cell].byUrgency[static_cast<std::size_t>(urgency)];
}

void ExpiryWeeks::addCredentialDate(qint64 by)
{
    ++m_cells[static_cast<std::size_t>(cellOf(by))].credentialDates;
}

void ExpiryWeeks::addCredentials(const std::vector<CredentialRecord> &records)
{
    for (const CredentialRecord &record : records) {
        if (const QDateTime by = rotationDueAt(record); by.isValid())
            addCredentialDate(by.toMSecsSinceEpoch());
    }
}

int ExpiryWeeks::largestWeek() const
{
    int largest = 0;
    for (int week = thisWeekCell; week < laterCell; ++week)
        largest = std::max(largest, cell(week).certificates());
    return largest;
}

QDate ExpiryWeeks::monday(int index) const
{
    const qint64 start = m_weekStart + std::max(0, index - thisWeekCell) * weekMs;
    return QDateTime::fromMSecsSinceEpoch(start, QTimeZone::utc()).date();
}

// Both ends by dates, but for the line between what is over and what is not: that one is now.
QString ExpiryWeeks::range(int first, int last) const
{
    QStringList parts;
    if (first == thisWeekCell)
        parts << QStringLiteral("expires>0d");
    else if (first > thisWeekCell)
        parts << QStringLiteral("expires>=%1").arg(monday(first).toString(Qt::ISODate));
    if (last == overdueCell)
        parts << QStringLiteral("expires<=0d");
    else if (last < laterCell)
        parts << QStringLiteral("expires<%1").arg(monday(last + 1).toString(Qt::ISODate));
    return parts.join(QLatin1Char(' '));
}

QString ExpiryWeeks::term(const Cells &cells) const
{
    if (cells.none() || cells.all())
        return {};
    QStringList ranges;
    for (int first = 0; first < cellCount; ++first) {
        if (!cells.test(static_cast<std::size_t>(first)))
            continue;
        int last = first;
        while (last + 1 < cellCount && cells.test(static_cast<std::size_t>(last) + 1))
            ++last;
        ranges << range(first, last);
        first = last;
    }
    const QString joined = ranges.join(QStringLiteral(" or "));
    return (ranges.size() > 1 ? QStringLiteral("((%1) %2)") : QStringLiteral("(%1 %2)"))
        .arg(joined, notRetired());
}

ExpiryWeeks::Cells ExpiryWeeks::cellsOf(const QString &term) const
{
    static const QRegularExpression form(QStringLiteral("^\\(\\(?([^()]+)\\)? %1\\)$")
                                             .arg(QRegularExpression::escape(notRetired())));
    const QString ranges = form.match(term).captured(1);
    Cells cells;
    if (ranges.isEmpty())
        return cells;
    for (const QString &one : ranges.split(QStringLiteral(" or "))) {
        for (int first = 0; first < cellCount; ++first) {
            for (int last = first; last < cellCount; ++last) {
                if (one != range(first, last) || one.isEmpty())
                    continue;
                for (int cell = first; cell <= last; ++cell)
                    cells.set(static_cast<std::size_t>(cell));
            }
        }
    }
    return this->term(cells) == term ? cells : Cells();
}

} // namespace sealbook
