// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateWords.h"

#include "core/base/DomainName.h"
#include "ui/widgets/TimeText.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace sealbook {

namespace {

constexpr qint64 day = 86'400'000; // milliseconds

double share(const InventoryRow &row, qint64 moment)
{
    if (row.notAfter <= row.notBefore)
        return 1;
    const double part = static_cast<double>(moment - row.notBefore)
        / static_cast<double>(row.notAfter - row.notBefore);
    return std::clamp(part, 0.0, 1.0);
}

} // namespace

QDateTime CertificateWords::at(qint64 milliseconds)
{
    return milliseconds == 0 ? QDateTime()
                             : QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::utc());
}

UrgencyInput CertificateWords::urgencyInput(const InventoryRow &row)
{
    UrgencyInput input;
    input.notBefore = at(row.notBefore);
    input.notAfter = at(row.notAfter);
    if (row.windowStart != 0 && row.windowEnd != 0) {
        input.windowStart = at(row.windowStart);
        input.windowEnd = at(row.windowEnd);
    }
    input.failedRenewals = row.failedRenewals;
    return input;
}

double CertificateWords::used(const InventoryRow &row, const QDateTime &now)
{
    return share(row, now.toMSecsSinceEpoch());
}

double CertificateWords::windowStart(const InventoryRow &row)
{
    return share(row, renewalWindowStart(urgencyInput(row)).toMSecsSinceEpoch());
}

// Without ARI the window ends where "act now" begins.
double CertificateWords::windowEnd(const InventoryRow &row)
{
    return row.windowStart != 0 && row.windowEnd != 0 ? share(row, row.windowEnd) : 5.0 / 6.0;
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

QString CertificateWords::expires(const InventoryRow &row, const QDateTime &now)
{
    const qint64 moment = now.toMSecsSinceEpoch();
    if (moment < row.notBefore)
        return tr("not valid yet");
    const QString left = TimeText::left(now, at(row.notAfter));
    return moment < row.notAfter ? tr("expires in %1").arg(left) : tr("expired %1").arg(left);
}

QString CertificateWords::summary(const InventoryRow &row, Urgency urgency, bool isSuperseded)
{
    if (row.trashedAt != 0)
        return tr("It is in the trash since %1.").arg(TimeText::date(at(row.trashedAt), false));
    QStringList parts;
    switch (urgency) {
    case Urgency::Overdue:
        parts << tr("It is expired: clients refuse whatever still serves it.");
        break;
    case Urgency::ActNow:
        if (row.failedRenewals < 2)
            parts << tr("Its renewal window is over. Replace it now.");
        break;
    case Urgency::Soon:
        parts << tr("Its renewal window is open. Replace it before the window ends.");
        break;
    case Urgency::Fine:
        parts << tr("Nothing to do until %1.")
                     .arg(TimeText::date(renewalWindowStart(urgencyInput(row)), false));
        break;
    case Urgency::Retired:
        if (row.revokedAt != 0)
            return tr("It was revoked on %1.").arg(TimeText::date(at(row.revokedAt), false));
        if (!row.is(InventoryRow::Retired) && isSuperseded)
            return tr("A newer certificate for the same names is here. This one is kept for the "
                      "record.");
        return tr("Put away. It is kept for the record.");
    }
    if (row.failedRenewals > 0)
        parts << (row.failedRenewals == 1 ? tr("Renewal failed once.")
                                          : tr("Renewal failed %1 times.").arg(row.failedRenewals));
    if (!row.is(InventoryRow::HasKey))
        parts << tr("Its key is not here, so it cannot be exported with one.");
    return parts.join(QLatin1Char(' '));
}

QString CertificateWords::kind(const InventoryRow &row)
{
    return row.is(InventoryRow::IsRequest) ? tr("Request")
        : row.is(InventoryRow::IsKey)      ? tr("Private key")
                                           : tr("Certificate");
}

StateStyle CertificateWords::waitingStyle(const InventoryRow &row)
{
    const QString since = tr("waiting since %1").arg(TimeText::date(at(row.addedAt), false));
    return row.is(InventoryRow::IsRequest) ? StateStyle{StateRole::Off, Glyph::NotYet, since}
                                           : StateStyle{StateRole::Off, Glyph::Forgotten, since};
}

QString CertificateWords::waitingSummary(const InventoryRow &row)
{
    if (row.trashedAt != 0)
        return tr("It is in the trash since %1.").arg(TimeText::date(at(row.trashedAt), false));
    if (row.is(InventoryRow::IsKey) && !row.is(InventoryRow::HasKey))
        return tr("It lies on a token, and no certificate and no request here has it.");
    if (row.is(InventoryRow::IsKey))
        return tr("No certificate and no request here has this key. It is joined to its "
                  "certificate when that is imported.");
    return row.is(InventoryRow::HasKey)
        ? tr("Import the certificate when the authority sends it: its key is in the vault.")
        : tr("Import the certificate when the authority sends it. Its key is not here.");
}

QString CertificateWords::days(qint64 milliseconds)
{
    return tr("%n days", "",
              static_cast<int>(
                  std::lround(static_cast<double>(milliseconds) / static_cast<double>(day))));
}

QString CertificateWords::life(const InventoryRow &row, const QDateTime &now)
{
    return tr("%1, %2 % used")
        .arg(days(row.notAfter - row.notBefore))
        .arg(static_cast<int>(std::floor(used(row, now) * 100)));
}

QString CertificateWords::keyPlace(const InventoryRow &row)
{
    return row.is(InventoryRow::HasKey) ? tr("%1, in the vault").arg(row.keyAlgorithm)
                                        : tr("%1, not held here").arg(row.keyAlgorithm);
}

QString CertificateWords::firstName(const InventoryRow &row)
{
    const QString name = row.firstName();
    if (!name.isEmpty())
        return readable(name);
    return row.subjectDn.isEmpty() ? tr("without a name") : row.subjectDn;
}

CertificateWords::Place CertificateWords::place(PlaceRecord::Kind kind, const QString &location)
{
    switch (kind) {
    case PlaceRecord::Kind::Issued:
        return {QStringLiteral("seal"), tr("issued here")};
    case PlaceRecord::Kind::File:
        return {QStringLiteral("file"), location.section(QLatin1Char('/'), -1)};
    case PlaceRecord::Kind::Pasted:
        return {QStringLiteral("sheet"), tr("pasted")};
    case PlaceRecord::Kind::Endpoint:
        return {QStringLiteral("globe"), location};
    case PlaceRecord::Kind::Store:
        return {QStringLiteral("server"), location};
    case PlaceRecord::Kind::Log:
        return {QStringLiteral("inbox"), location};
    case PlaceRecord::Kind::Token:
        return {QStringLiteral("key"), location};
    }
    Q_UNREACHABLE();
}

CertificateWords::Place CertificateWords::place(const QString &packed)
{
    const PlaceRecord record = placeOfOrigin(QString(), packed);
    return place(record.kind, record.location);
}

CertificateWords::Place CertificateWords::places(const InventoryRow &row)
{
    const QStringList all = row.placeList();
    if (all.size() == 1)
        return place(all.first());
    int endpoints = 0;
    int files = 0;
    for (const QString &packed : all) {
        const PlaceRecord::Kind kind = placeOfOrigin(QString(), packed).kind;
        endpoints += kind == PlaceRecord::Kind::Endpoint ? 1 : 0;
        files += kind == PlaceRecord::Kind::File || kind == PlaceRecord::Kind::Store ? 1 : 0;
    }
    if (endpoints > 0)
        return {QStringLiteral("globe"), tr("seen at %1").arg(endpoints)};
    if (files > 1)
        return {QStringLiteral("file"), tr("stored %1").arg(files)};
    return all.isEmpty() ? Place() : place(all.first());
}

QString CertificateWords::badge(int count)
{
    constexpr int tooWide = 100'000;
    constexpr int thousand = 1000;
    if (count >= tooWide)
        return tr("%1 k", "thousands").arg(count / thousand);
    return count > 0 ? QString::number(count) : QString();
}

QString CertificateWords::expiryTerm(const ExpiryWeeks &weeks, const QString &term)
{
    const ExpiryWeeks::Cells cells = weeks.cellsOf(term);
    const auto isChosen = [&cells](int cell) { return cells.test(static_cast<std::size_t>(cell)); };
    const auto day = [](const QDate &date) {
        return QLocale().toString(date, QStringLiteral("d MMM"));
    };
    QStringList parts;
    bool isOver = false;
    for (int first = 0; first < ExpiryWeeks::cellCount; ++first) {
        if (!isChosen(first))
            continue;
        int last = first;
        while (last + 1 < ExpiryWeeks::cellCount && isChosen(last + 1))
            ++last;
        const QString from = day(weeks.monday(first));
        const QString to = day(weeks.monday(last + 1).addDays(-1));
        if (last == ExpiryWeeks::overdueCell)
            isOver = true;
        else if (first == ExpiryWeeks::overdueCell)
            parts << tr("until %1", "a day").arg(to);
        else if (last == ExpiryWeeks::laterCell)
            parts << (first == ExpiryWeeks::thisWeekCell ? tr("from now on")
                                                         : tr("from %1", "a day").arg(from));
        else
            parts << tr("%1 – %2", "two days").arg(from, to);
        first = last;
    }
    const QString expires =
        parts.isEmpty() ? QString() : tr("expires %1").arg(parts.join(QStringLiteral(", ")));
    if (!isOver)
        return expires;
    return parts.isEmpty() ? tr("expired") : tr("expired, or %1").arg(expires);
}

QString CertificateWords::readable(const QString &name)
{
    if (!name.contains(QLatin1String("xn--")))
        return name;
    const Result<DomainName> domain = DomainName::fromUserInput(name);
    return domain ? domain->unicode() : name;
}

} // namespace sealbook
