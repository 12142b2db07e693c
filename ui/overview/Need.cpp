// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/Need.h"

#include "core/base/DomainName.h"
#include "core/inventory/UnknownCertificates.h"
#include "core/records/JobStatus.h"
#include "ui/widgets/JobWords.h"
#include "ui/widgets/TimeText.h"

#include <QLocale>
#include <QTimeZone>

#include <limits>

namespace sealbook {

namespace {

constexpr qint64 dayMs = 86'400'000;
constexpr qint64 shortLifeMs = 10 * dayMs;
constexpr qint64 noDay = std::numeric_limits<qint64>::max();

QDateTime timeOf(qint64 moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment, QTimeZone::utc());
}

QString dayText(const QDateTime &time)
{
    return QLocale().toString(time.toUTC().date(), QStringLiteral("d MMM"));
}

QString dueText(const QDateTime &now, const QDateTime &then)
{
    const QString left = TimeText::left(now, then);
    return then > now ? Need::tr("in %1", "time").arg(left) : left;
}

QString namesText(const QStringList &names)
{
    const QString first = unicodeNameOf(names.value(0));
    return names.size() > 1
        ? Need::tr("%1 +%2", "name, how many more").arg(first).arg(names.size() - 1)
        : first;
}

// "mx1.example.net:465 and 2 more"
QString servedText(const QStringList &endpoints)
{
    return endpoints.size() > 1 ? Need::tr("%1 and %2 more", "endpoint, how many more")
                                      .arg(endpoints.constFirst())
                                      .arg(endpoints.size() - 1)
                                : endpoints.value(0);
}

QString whyCertificate(const InventoryRow &row, Urgency urgency, qint64 now)
{
    if (urgency == Urgency::Overdue)
        return row.isServedExpired(now) ? Need::tr("Expired, and still served.")
                                        : Need::tr("Expired.");
    if (row.failedRenewals == 2)
        return Need::tr("Renewal failed twice.");
    if (row.failedRenewals > 2)
        return Need::tr("Renewal failed %n times.", nullptr, row.failedRenewals);
    const bool isShort = row.notAfter - row.notBefore <= shortLifeMs;
    if (urgency == Urgency::ActNow)
        return row.windowEnd != 0 && now > row.windowEnd
            ? Need::tr("The CA's renewal window ended on %1.").arg(dayText(timeOf(row.windowEnd)))
            : Need::tr("Under 1/6 of its life is left.");
    if (row.windowStart != 0 && now >= row.windowStart)
        return Need::tr("In the CA's renewal window since %1.")
            .arg(dayText(timeOf(row.windowStart)));
    return isShort ? Need::tr("Under 1/2 of its life is left.")
                   : Need::tr("Under 1/3 of its life is left.");
}

// The endpoints that serve a certificate now: what will break.
QHash<QString, QStringList> servedNow(const std::vector<EndpointStatus> &endpoints)
{
    QHash<QString, QStringList> served;
    for (const EndpointStatus &status : endpoints) {
        const QString address = status.record.address.text();
        for (const EndpointCheck &check : status.checks) {
            if (check.outcome == EndpointCheck::Outcome::Served
                && !served[check.sha256].contains(address))
                served[check.sha256] << address;
        }
    }
    return served;
}

QString whereText(const Need &need, const QStringList &endpoints)
{
    if (!endpoints.isEmpty())
        return Need::tr("Served by %1.").arg(servedText(endpoints));
    return need.isForeign ? Need::tr("No endpoint that is watched serves it.") : QString();
}

Need needOf(const InventoryRow &row, Urgency urgency, const QDateTime &now)
{
    Need need;
    need.kind = Need::Kind::Certificate;
    need.urgency = urgency;
    need.title = namesText(row.names.isEmpty() ? QStringList{row.subject()} : row.nameList());
    need.isName = row.nameCount() == 1;
    need.reason = whyCertificate(row, urgency, now.toMSecsSinceEpoch());
    need.sha256 = row.sha256.hex();
    need.isForeign = !row.hasPlace(PlaceRecord::Kind::Issued);
    need.due = dueText(now, timeOf(row.notAfter));
    need.dueAt = row.notAfter;
    if (row.names.isEmpty() || row.is(InventoryRow::IsCa)) {
        need.act = Need::tr("Show");
        need.page = QStringLiteral("certificates");
        need.subject = need.sha256;
        return need;
    }
    need.act = need.isForeign ? Need::tr("Replace…") : Need::tr("Renew…");
    need.page = QStringLiteral("issue");
    need.subject = QStringLiteral("names:") + row.nameList().join(QLatin1Char(' '));
    return need;
}

// R26: somebody got a certificate for these names, and it may not have been us.
Need unknownOf(const InventoryRow &row, const QDateTime &now)
{
    Need need;
    need.kind = Need::Kind::Certificate;
    need.urgency = Urgency::ActNow;
    need.title = namesText(row.names.isEmpty() ? QStringList{row.subject()} : row.nameList());
    need.isName = row.nameCount() == 1;
    need.reason = Need::tr("Logged, and not known here: issued by %1, which you do not use for "
                           "these names. Name its owner, or have it revoked.")
                      .arg(row.issuer);
    need.due = TimeText::ago(now, timeOf(row.notBefore));
    need.dueAt = row.notBefore;
    need.act = Need::tr("Show");
    need.page = QStringLiteral("certificates");
    need.subject = row.sha256.hex();
    return need;
}

// Retired as it is, it is still what visitors get; those that look refuse it.
Need revokedOf(const InventoryRow &row, const QDateTime &now)
{
    Need need = needOf(row, Urgency::ActNow, now);
    need.reason = Need::tr("Revoked on %1, and still served.").arg(dayText(timeOf(row.revokedAt)));
    need.due = TimeText::ago(now, timeOf(row.revokedAt));
    need.dueAt = row.revokedAt;
    return need;
}

std::optional<Need> needOf(const CredentialRecord &record,
                           const std::vector<DependentCertificate> &dependents,
                           const QDateTime &now)
{
    using State = CredentialHealth::State;
    const CredentialHealth health = CredentialHealth::of(record, dependents, now);
    Need need;
    need.kind = Need::Kind::Credential;
    need.title = record.name;
    need.dueAt = noDay;
    need.page = QStringLiteral("credentials");
    need.subject = record.name;
    switch (health.state) {
    case State::Revoked:
    case State::Ok:
        return std::nullopt;
    case State::Unproved:
        need.urgency = Urgency::ActNow;
        need.reason = Need::tr("Unproved: stored, and never tried.");
        need.act = Need::tr("Prove…");
        return need;
    case State::Broad:
        need.urgency = Urgency::ActNow;
        need.reason = Need::tr("Broad: reaches %1.").arg(health.reachText());
        need.act = Need::tr("Narrow…");
        return need;
    case State::Forgotten:
        need.urgency = Urgency::Soon;
        need.reason =
            Need::tr("Forgotten: no certificate needs it, %1.").arg(health.evidence(record, now));
        need.act = Need::tr("Revoke…");
        return need;
    case State::RotationDue:
        break;
    }
    const QDateTime by = rotationDueAt(record);
    const qint64 late = -health.rotateInDays;
    need.urgency = Urgency::Soon;
    need.dueAt = by.toMSecsSinceEpoch();
    need.due = late > 0 ? Need::tr("%1 d late").arg(late) : Need::tr("by %1").arg(dayText(by));
    need.reason = late > 0 ? Need::tr("Rotation was due on %1.").arg(dayText(by))
                           : Need::tr("Rotation due on %1.").arg(dayText(by));
    if (!dependents.empty())
        need.reason += QLatin1Char(' ')
            + Need::tr("%n certificates depend on it.", nullptr,
                       static_cast<int>(dependents.size()));
    need.act = Need::tr("Rotate…");
    return need;
}

std::optional<Need> needOf(const JobRecord &job, const QDateTime &now)
{
    const JobStatus status = jobStatus(job, now);
    if (status != JobStatus::Interrupted && status != JobStatus::Paused)
        return std::nullopt;
    Need need;
    need.kind = Need::Kind::Job;
    need.urgency = status == JobStatus::Interrupted ? Urgency::ActNow : Urgency::Soon;
    need.title = namesText(job.request.names);
    need.isName = job.request.names.size() == 1;
    need.reason = status == JobStatus::Interrupted
        ? Need::tr("The program ended in the middle of it: %1.").arg(jobStepText(job.step))
        : Need::tr("Put aside: %1.").arg(jobStepText(job.step));
    need.due = TimeText::ago(now, job.updatedAt);
    need.dueAt = job.updatedAt.toMSecsSinceEpoch();
    need.act = Need::tr("Go on…");
    need.page = QStringLiteral("activity"); // where it is resumed, beside how far it came
    need.subject = job.id.text();
    return need;
}

std::optional<Need> needOf(const EndpointStatus &status, const QDateTime &now)
{
    Need need;
    need.kind = Need::Kind::Endpoint;
    switch (status.state) {
    case EndpointState::Expired:
        need.urgency = Urgency::Overdue;
        break;
    case EndpointState::WrongName:
    case EndpointState::NotTrusted:
    case EndpointState::Unreachable:
    case EndpointState::ActNow:
        need.urgency = Urgency::ActNow;
        break;
    case EndpointState::Drift:
    case EndpointState::Differs:
    case EndpointState::Soon:
        need.urgency = Urgency::Soon;
        break;
    case EndpointState::Unsure:
    case EndpointState::NotChecked:
    case EndpointState::Fine:
        return std::nullopt;
    }
    need.title = status.record.address.text();
    need.isName = true;
    need.reason = status.reason;
    need.dueAt = noDay;
    const EndpointCheck *check = status.worst();
    if (check != nullptr && check->notAfter.isValid()) {
        need.due = dueText(now, check->notAfter);
        need.dueAt = check->notAfter.toMSecsSinceEpoch();
    }
    need.act = Need::tr("Show");
    need.page = QStringLiteral("watch");
    need.subject = status.record.id.text();
    return need;
}

// It says no more than the certificate's own line does: that what it serves ends.
bool isToldByCertificate(const EndpointStatus &status, const QSet<QString> &told)
{
    const bool isAboutTheEnd = status.state == EndpointState::Expired
        || status.state == EndpointState::ActNow || status.state == EndpointState::Soon;
    const EndpointCheck *check = status.worst();
    return isAboutTheEnd && check != nullptr && told.contains(check->sha256);
}

} // namespace

std::vector<Need> Need::of(const NeedSources &sources)
{
    static const InventoryDigest none;
    const InventoryDigest &inventory = sources.inventory ? *sources.inventory : none;
    std::vector<Need> needs = inventory.needs;
    const QHash<QString, QStringList> served = servedNow(sources.endpoints);
    for (Need &need : needs) {
        const QString where = whereText(need, served.value(need.sha256));
        if (!where.isEmpty())
            need.reason += QLatin1Char(' ') + where;
    }
    const auto add = [&needs](std::optional<Need> need) {
        if (need)
            needs.push_back(std::move(*need));
    };
    for (const CredentialRecord &record : sources.credentials)
        add(needOf(record, inventory.dependents.value(record.name), sources.now));
    for (const JobRecord &job : sources.jobs)
        add(needOf(job, sources.now));
    for (const EndpointStatus &status : sources.endpoints) {
        if (!isToldByCertificate(status, inventory.needy))
            add(needOf(status, sources.now));
    }
    std::stable_sort(needs.begin(), needs.end(), [](const Need &a, const Need &b) {
        return std::tie(a.urgency, a.dueAt) < std::tie(b.urgency, b.dueAt);
    });
    return needs;
}

QString Need::kindText(Kind kind)
{
    switch (kind) {
    case Kind::Certificate:
        return tr("certificate");
    case Kind::Credential:
        return tr("credential");
    case Kind::Endpoint:
        return tr("endpoint");
    case Kind::Job:
        return tr("job");
    }
    Q_UNREACHABLE();
}

QString Need::kindIcon(Kind kind)
{
    switch (kind) {
    case Kind::Certificate:
        return QStringLiteral("certificate");
    case Kind::Credential:
        return QStringLiteral("key");
    case Kind::Endpoint:
        return QStringLiteral("server");
    case Kind::Job:
        return QStringLiteral("activity");
    }
    Q_UNREACHABLE();
}

namespace {

std::vector<NextRenewal> nextRenewals(const Inventory &inventory)
{
    std::vector<std::pair<qint64, std::size_t>> windows;
    for (std::size_t i = 0; i < inventory.size(); ++i) {
        const InventoryRow &row = inventory.row(i);
        if (inventory.urgency(i) != Urgency::Fine || isOnlyLogged(row) || !row.isCertificate())
            continue;
        UrgencyInput input;
        input.notBefore = timeOf(row.notBefore);
        input.notAfter = timeOf(row.notAfter);
        if (row.windowStart != 0)
            input.windowStart = timeOf(row.windowStart);
        windows.emplace_back(renewalWindowStart(input).toMSecsSinceEpoch(), i);
    }
    const std::size_t count = std::min(InventoryDigest::nextCount, windows.size());
    const auto middle = windows.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(windows.begin(), middle, windows.end());
    std::vector<NextRenewal> next;
    for (auto window = windows.begin(); window != middle; ++window) {
        const InventoryRow &row = inventory.row(window->second);
        next.push_back({unicodeNameOf(row.firstName()), row.sha256.hex(), timeOf(window->first)});
    }
    return next;
}

} // namespace

InventoryDigest InventoryDigest::of(const Inventory &inventory)
{
    InventoryDigest digest;
    const QDateTime now = timeOf(inventory.now());
    for (std::size_t i = 0; i < inventory.size(); ++i) {
        const InventoryRow &row = inventory.row(i);
        const Urgency urgency = inventory.urgency(i);
        if (!row.isCertificate())
            continue;
        if (urgency != Urgency::Retired)
            ++digest.certificates;
        // What nobody here uses, nobody here renews.
        if (urgency <= Urgency::Soon && !isOnlyLogged(row)) {
            digest.needs.push_back(needOf(row, urgency, now));
            digest.needy.insert(row.sha256.hex());
        }
        if (row.revokedAt != 0 && row.is(InventoryRow::Served) && row.notAfter > inventory.now()
            && row.trashedAt == 0)
            digest.needs.push_back(revokedOf(row, now));
        if (!row.credential.isEmpty() && row.trashedAt == 0 && !row.is(InventoryRow::Retired))
            digest.dependents[row.credential].push_back(
                {row.sha256.hex(), row.firstName(), row.nameList(), urgency});
    }
    for (const quint32 index : unknownCertificates(inventory))
        digest.needs.push_back(unknownOf(inventory.row(index), now));
    digest.next = nextRenewals(inventory);
    digest.weeks = inventory.expiryWeeks(Query());
    return digest;
}

} // namespace sealbook
