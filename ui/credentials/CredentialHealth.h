// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/CertificateRecord.h"
#include "core/records/CredentialRecord.h"
#include "ui/widgets/StateStyle.h"

#include <QCoreApplication>

namespace sealbook {

// A certificate that was issued with a credential, as far as the page needs it.
struct DependentCertificate
{
    QString sha256;
    QString name; // the first one
    QStringList names;
    Urgency urgency = Urgency::Fine;
    bool operator==(const DependentCertificate &) const = default;
};

// One credential with what is known about its use, and the state that follows. Pure values: what a
// person sees in table and pane comes from here, once. Worst first: revoked, unproved, broad (R10),
// forgotten (R19, R21), rotation due, ok. "Reused" needs the vault's fingerprints and is not
// decided here.
struct CredentialHealth
{
    Q_DECLARE_TR_FUNCTIONS(CredentialHealth)

public:
    enum class State { Revoked, Unproved, Broad, Forgotten, RotationDue, Ok };
    static constexpr std::array allStates{State::Broad,       State::Unproved, State::Forgotten,
                                          State::RotationDue, State::Ok,       State::Revoked};
    static constexpr int rotationDays = credentialRotationDays;
    static constexpr int rotationNoticeDays = 7;
    static constexpr int forgottenDays = 90;

    [[nodiscard]] static CredentialHealth of(const CredentialRecord &record,
                                             const std::vector<DependentCertificate> &dependents,
                                             const QDateTime &now);
    [[nodiscard]] static StateStyle styleOf(State state);
    [[nodiscard]] static bool zoneHolds(const QString &zone, const QString &name);

    State state = State::Ok;
    bool reachKnown = false;
    QStringList neededZones; // of the reach, those that a certificate of it needs
    QStringList otherZones;
    qint64 ageDays = 0;
    qint64 rotateInDays = 0; // negative: overdue

    [[nodiscard]] QString reachText() const; // "37 zones, 1 needed" or "not told"
    [[nodiscard]] QString rotationText() const; // "rotate in 16 d", "6 d overdue"
    [[nodiscard]] QString evidence(const CredentialRecord &record, const QDateTime &now) const;
    [[nodiscard]] QString summary() const; // what it means, in plain words
};

} // namespace sealbook
