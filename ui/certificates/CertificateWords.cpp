// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateWords.h"

#include "core/base/DomainName.h"
#include "ui/widgets/TimeText.h"

#include <cmath>

namespace sealbook {

namespace {
constexpr qint64 day = 24 * 3600;
}

UrgencyInput CertificateWords::urgencyInput(const CertificateRecord &record)
{
    UrgencyInput input;
    input.notBefore = record.notBefore;
    input.notAfter = record.notAfter;
    input.failedRenewals = record.failedRenewals;
    input.retired = record.retired;
    return input;
}

QString CertificateWords::groupTitle(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Overdue:
        return tr("Overdue");
    case Urgency::ActNow:
        return tr("Act now");
    case Urgency::Soon:
        return tr("Soon");
    case Urgency::Fine:
        return tr("Fine");
    case Urgency::Retired:
        return tr("Retired");
    }
    Q_UNREACHABLE();
}

QString CertificateWords::groupRule(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Overdue:
        return tr("expired, or an expired certificate is still served");
    case Urgency::ActNow:
        return tr("past the renewal window, under 1/6 of its life, or renewal failed twice");
    case Urgency::Soon:
        return tr("in the renewal window, or under 1/3 of its life (1/2 when it lives 10 days or "
                  "less)");
    case Urgency::Fine:
        return tr("nothing to do");
    case Urgency::Retired:
        return tr("replaced, revoked or put away");
    }
    Q_UNREACHABLE();
}

QString CertificateWords::expires(const CertificateRecord &record, const QDateTime &now)
{
    if (now < record.notBefore)
        return tr("not valid yet");
    const QString left = TimeText::left(now, record.notAfter);
    return now < record.notAfter ? tr("expires in %1").arg(left) : tr("expired %1").arg(left);
}

QString CertificateWords::summary(const CertificateRecord &record, const QDateTime &now)
{
    QStringList parts;
    switch (urgencyOf(urgencyInput(record), now)) {
    case Urgency::Overdue:
        parts << tr("It is expired: clients refuse whatever still serves it.");
        break;
    case Urgency::ActNow:
        if (record.failedRenewals < 2)
            parts << tr("Under 1/6 of its life is left. Replace it now.");
        break;
    case Urgency::Soon:
        parts << tr("Its renewal window is open. Replace it before the window ends.");
        break;
    case Urgency::Fine:
        parts << tr("Nothing to do until %1.")
                     .arg(TimeText::date(renewalWindowStart(urgencyInput(record)), false));
        break;
    case Urgency::Retired:
        return tr("Replaced or put away. It is kept for the record.");
    }
    if (record.failedRenewals > 0)
        parts << (record.failedRenewals == 1
                      ? tr("Renewal failed once.")
                      : tr("Renewal failed %1 times.").arg(record.failedRenewals));
    if (!record.keyId.isValid())
        parts << tr("Its key is not here, so it cannot be exported with one.");
    return parts.join(QLatin1Char(' '));
}

QString CertificateWords::life(const CertificateRecord &record, const QDateTime &now)
{
    const double days =
        static_cast<double>(record.notBefore.secsTo(record.notAfter)) / static_cast<double>(day);
    const double used = shareOfLife(record.notBefore, record.notAfter, now);
    return tr("%n days, %1 % used", "", static_cast<int>(std::lround(days)))
        .arg(static_cast<int>(std::floor(used * 100)));
}

QString CertificateWords::keyPlace(const CertificateRecord &record)
{
    return record.keyId.isValid() ? tr("%1, in the vault").arg(record.keyAlgorithm)
                                  : tr("%1, not held here").arg(record.keyAlgorithm);
}

QString CertificateWords::origin(const CertificateRecord &record)
{
    if (record.origin == QLatin1String("issued"))
        return tr("issued here");
    if (record.origin == QLatin1String("pasted"))
        return tr("pasted");
    if (record.origin.startsWith(QLatin1String("file:")))
        return record.origin.mid(5).section(QLatin1Char('/'), -1);
    return record.origin;
}

QString CertificateWords::readable(const QString &name)
{
    if (!name.contains(QLatin1String("xn--")))
        return name;
    const Result<DomainName> domain = DomainName::fromUserInput(name);
    return domain ? domain->unicode() : name;
}

QString CertificateWords::pairs(const QString &hex)
{
    QString result;
    result.reserve(hex.size() * 3 / 2);
    for (qsizetype i = 0; i < hex.size(); ++i) {
        if (i > 0 && (hex.size() - i) % 2 == 0)
            result += QLatin1Char(':');
        result += hex.at(i).toUpper();
    }
    return result;
}

} // namespace sealbook
