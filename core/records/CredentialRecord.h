// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Ids.h"

#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>

namespace sealbook {

// What can edit DNS, treated as a privileged identity (R06). The secret itself is in the keychain,
// under `secretItems`; this record never holds one.
struct CredentialRecord
{
    enum class State { Draft, Active, Revoked };
    CredentialId id;
    QString name; // unique, chosen by the user
    QString provider; // the definition's code: "cloudflare", "rfc2136", "manual"
    QString owner; // a person; never empty
    QString purpose; // never empty
    QMap<QString, QString> fields; // the fields that are no secret, by the definition's field id
    QMap<QString, QString> secretItems; // field id -> name of the item in the keychain
    QString keychainBackend; // the backend that held it when it was written
    QStringList reach; // zones that it can edit, as last seen; empty = not known
    QDateTime reachCheckedAt; // UTC
    QDateTime createdAt; // UTC
    QDateTime lastUsedAt; // UTC; invalid = never
    State state = State::Active;
    bool operator==(const CredentialRecord &) const = default;
};

// Days after which a credential has to be replaced by a new one (R16).
inline constexpr int credentialRotationDays = 90;
// The day by which it has to be; invalid for a revoked one.
[[nodiscard]] QDateTime rotationDueAt(const CredentialRecord &record);

[[nodiscard]] QString credentialStateName(CredentialRecord::State state);
[[nodiscard]] CredentialRecord::State credentialStateFromName(const QString &name);

// What removing a credential does about records in DNS that only it can take back (R28, R29).
enum class OpenRecords { Refuse, Leave };

} // namespace sealbook
