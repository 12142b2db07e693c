// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/Urgency.h"

namespace sealbook {

namespace {
constexpr qint64 shortLifeSeconds = 10 * 24 * 3600;

qint64 lifeSeconds(const UrgencyInput &input)
{
    return std::max<qint64>(1, input.notBefore.secsTo(input.notAfter));
}
} // namespace

Urgency urgencyOf(const UrgencyInput &input, const QDateTime &now)
{
    const auto moment = [](const std::optional<QDateTime> &time) {
        return time ? time->toMSecsSinceEpoch() : 0;
    };
    UrgencyTimes times;
    times.notBefore = input.notBefore.toMSecsSinceEpoch();
    times.notAfter = input.notAfter.toMSecsSinceEpoch();
    times.windowStart = moment(input.windowStart);
    times.windowEnd = moment(input.windowEnd);
    times.failedRenewals = input.failedRenewals;
    times.servedExpired = input.servedExpired;
    times.retired = input.retired;
    return urgencyOf(times, now.toMSecsSinceEpoch());
}

Urgency urgencyOf(const UrgencyTimes &times, qint64 now)
{
    if (times.retired)
        return Urgency::Retired;
    if (times.servedExpired || now >= times.notAfter)
        return Urgency::Overdue;

    const qint64 life = std::max<qint64>(1, times.notAfter - times.notBefore);
    const qint64 left = times.notAfter - now;
    if (times.failedRenewals >= 2 || left * 6 < life
        || (times.windowEnd != 0 && now > times.windowEnd))
        return Urgency::ActNow;

    const bool lastShare = life <= shortLifeSeconds * 1000 ? left * 2 < life : left * 3 < life;
    if (lastShare || (times.windowStart != 0 && now >= times.windowStart))
        return Urgency::Soon;
    return Urgency::Fine;
}

QString urgencyName(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Overdue:
        return QStringLiteral("overdue");
    case Urgency::ActNow:
        return QStringLiteral("act_now");
    case Urgency::Soon:
        return QStringLiteral("soon");
    case Urgency::Fine:
        return QStringLiteral("fine");
    case Urgency::Retired:
        return QStringLiteral("retired");
    }
    Q_UNREACHABLE();
}

std::optional<Urgency> urgencyFromName(QStringView name)
{
    for (const Urgency urgency :
         {Urgency::Overdue, Urgency::ActNow, Urgency::Soon, Urgency::Fine, Urgency::Retired}) {
        if (name == urgencyName(urgency))
            return urgency;
    }
    return std::nullopt;
}

QDateTime renewalWindowStart(const UrgencyInput &input)
{
    if (input.windowStart)
        return *input.windowStart;
    const qint64 life = lifeSeconds(input);
    return input.notBefore.addSecs(life <= shortLifeSeconds ? life / 2 : life * 2 / 3);
}

double shareOfLife(const QDateTime &notBefore, const QDateTime &notAfter, const QDateTime &now)
{
    const double life = static_cast<double>(std::max<qint64>(1, notBefore.msecsTo(notAfter)));
    return std::clamp(static_cast<double>(notBefore.msecsTo(now)) / life, 0.0, 1.0);
}

} // namespace sealbook
