// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Ids.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace sealbook {

// A certificate authority that we can ask: built in, or added by the user.
struct CaRecord
{
    QString id; // "letsencrypt", "practice"
    QString name;
    QString directoryUrl; // https
    QString caFile; // PEM file of extra roots for this CA's own TLS; empty = the system's
    QString caaIdentity; // for the CAA helper; may be empty
    QString terms; // lifetime and limits in one plain sentence; may be empty
    bool needsEab = false; // external account binding (RFC 8555 section 7.3.4)
    bool offersWildcards = true;
    bool builtIn = false;
    bool isPractice = false;
    bool isStaging = false;
    bool operator==(const CaRecord &) const = default;
};

// An ACME account: one key at one CA. The key is in the vault.
struct AccountRecord
{
    enum class Status { Pending, Valid, Deactivated };
    AccountId id;
    QString caId;
    QString directoryUrl;
    QString url; // the account's own URL ("kid"); empty until the CA told it
    KeyId keyId;
    QString keyAlgorithm; // KeyType's name
    QStringList contacts; // "mailto:..."
    Status status = Status::Pending;
    QString eabKid; // external account binding used, if any
    bool termsAgreed = false;
    QDateTime createdAt; // UTC
    bool operator==(const AccountRecord &) const = default;
};

[[nodiscard]] QString accountStatusName(AccountRecord::Status status);
[[nodiscard]] AccountRecord::Status accountStatusFromName(const QString &name);

} // namespace sealbook
