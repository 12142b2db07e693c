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
    if (input.retired)
        return Urgency::Retired;
    if (input.servedExpired || now >= input.notAfter)
        return Urgency::Overdue;

    const qint64 life = lifeSeconds(input);
    const qint64 left = now.secsTo(input.notAfter);
    if (input.failedRenewals >= 2 || left * 6 < life || (input.windowEnd && now > *input.windowEnd))
        return Urgency::ActNow;

    const bool lastShare = life <= shortLifeSeconds ? left * 2 < life : left * 3 < life;
    if (lastShare || (input.windowStart && now >= *input.windowStart))
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
