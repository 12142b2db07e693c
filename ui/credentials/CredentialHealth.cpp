// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/CredentialHealth.h"

#include "ui/widgets/TimeText.h"

#include <algorithm>

namespace sealbook {

bool CredentialHealth::zoneHolds(const QString &zone, const QString &name)
{
    return name.compare(zone, Qt::CaseInsensitive) == 0
        || name.endsWith(QLatin1Char('.') + zone, Qt::CaseInsensitive);
}

CredentialHealth CredentialHealth::of(const CredentialRecord &record,
                                      const std::vector<DependentCertificate> &dependents,
                                      const QDateTime &now)
{
    CredentialHealth health;
    health.reachKnown = !record.reach.isEmpty();
    for (const QString &zone : record.reach) {
        const bool needed = std::any_of(
            dependents.begin(), dependents.end(), [&zone](const DependentCertificate &dependent) {
                return std::any_of(dependent.names.begin(), dependent.names.end(),
                                   [&zone](const QString &name) { return zoneHolds(zone, name); });
            });
        (needed ? health.neededZones : health.otherZones) << zone;
    }
    health.ageDays = record.createdAt.isValid() ? record.createdAt.daysTo(now) : 0;
    health.rotateInDays = rotationDays - health.ageDays;
    const QDateTime active = record.lastUsedAt.isValid() ? record.lastUsedAt : record.createdAt;
    const bool idle = active.isValid() && active.daysTo(now) >= forgottenDays;

    if (record.state == CredentialRecord::State::Revoked)
        health.state = State::Revoked;
    else if (record.state == CredentialRecord::State::Draft)
        health.state = State::Unproved;
    else if (record.reach.size() > 1 && !health.otherZones.isEmpty())
        health.state = State::Broad;
    else if (dependents.empty() && idle)
        health.state = State::Forgotten;
    else if (record.createdAt.isValid() && health.rotateInDays <= rotationNoticeDays)
        health.state = State::RotationDue;
    return health;
}

StateStyle CredentialHealth::styleOf(State state)
{
    switch (state) {
    case State::Revoked:
        return {StateRole::Off, Glyph::Revoked, tr("revoked")};
    case State::Unproved:
        return {StateRole::Act, Glyph::Unproved, tr("unproved")};
    case State::Broad:
        return {StateRole::Crit, Glyph::Broad, tr("broad")};
    case State::Forgotten:
        return {StateRole::Warn, Glyph::Forgotten, tr("forgotten")};
    case State::RotationDue:
        return {StateRole::Warn, Glyph::RotationDue, tr("rotation due")};
    case State::Ok:
        return {StateRole::Ok, Glyph::Fine, tr("ok")};
    }
    Q_UNREACHABLE();
}

QString CredentialHealth::reachText() const
{
    if (!reachKnown)
        return tr("not told");
    const auto all = static_cast<int>(neededZones.size() + otherZones.size());
    return all == 1 ? tr("1 zone, %1 needed").arg(neededZones.size())
                    : tr("%1 zones, %2 needed").arg(all).arg(neededZones.size());
}

QString CredentialHealth::rotationText() const
{
    if (state == State::Revoked)
        return tr("revoked");
    if (rotateInDays < 0)
        return tr("%1 d overdue").arg(-rotateInDays);
    return rotateInDays == 0 ? tr("rotate today") : tr("rotate in %1 d").arg(rotateInDays);
}

QString CredentialHealth::evidence(const CredentialRecord &record, const QDateTime &now) const
{
    switch (state) {
    case State::Broad:
        return tr("reaches %1").arg(reachText());
    case State::Forgotten:
        return record.lastUsedAt.isValid()
            ? tr("used %1").arg(TimeText::ago(now, record.lastUsedAt))
            : tr("never used");
    case State::RotationDue:
        return rotationText();
    case State::Unproved:
        return tr("never tried");
    case State::Revoked:
        return {};
    case State::Ok:
        return reachKnown ? reachText() : tr("reach not told");
    }
    Q_UNREACHABLE();
}

QString CredentialHealth::summary() const
{
    switch (state) {
    case State::Broad:
        return otherZones.size() == 1
            ? tr("Whoever holds it can change every record in a zone that no certificate here "
                 "needs. Replace it by one for the needed zones only.")
            : tr("Whoever holds it can change every record in %1 zones that no certificate here "
                 "needs. Replace it by one for the needed zones only.")
                  .arg(otherZones.size());
    case State::Forgotten:
        return tr("No certificate needs it and nobody has used it for %1 days. Revoke it at the "
                  "provider, then remove it here.")
            .arg(forgottenDays);
    case State::RotationDue:
        return tr("It is %1 days old. Make a new one at the provider, add it here, then revoke "
                  "this one.")
            .arg(ageDays);
    case State::Unproved:
        return tr("It was stored and never tried. Ask for its reach before relying on it.");
    case State::Revoked:
        return tr("It no longer works. It stays here for the record.");
    case State::Ok:
        return reachKnown
            ? tr("It reaches what is needed and nothing else.")
            : tr("The provider has not told which zones it reaches. Ask it, or look at the "
                 "provider's own page.");
    }
    Q_UNREACHABLE();
}

} // namespace sealbook
