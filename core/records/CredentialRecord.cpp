// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/CredentialRecord.h"

namespace sealbook {

QDateTime rotationDueAt(const CredentialRecord &record)
{
    const bool isOver =
        record.state == CredentialRecord::State::Revoked || !record.createdAt.isValid();
    return isOver ? QDateTime() : record.createdAt.addDays(credentialRotationDays);
}

QString credentialStateName(CredentialRecord::State state)
{
    switch (state) {
    case CredentialRecord::State::Draft:
        return QStringLiteral("draft");
    case CredentialRecord::State::Active:
        return QStringLiteral("active");
    case CredentialRecord::State::Revoked:
        return QStringLiteral("revoked");
    }
    Q_UNREACHABLE();
}

CredentialRecord::State credentialStateFromName(const QString &name)
{
    if (name == QLatin1String("draft"))
        return CredentialRecord::State::Draft;
    if (name == QLatin1String("revoked"))
        return CredentialRecord::State::Revoked;
    return CredentialRecord::State::Active;
}

} // namespace sealbook
