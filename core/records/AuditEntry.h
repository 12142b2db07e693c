// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace sealbook {

// One privileged act in the tamper-evident log (R33, R34). `hash` covers `previousHash` and every
// field above it in canonical form. Never a secret.
struct AuditEntry
{
    qint64 sequence = 0; // from 1, without gaps
    QDateTime at; // UTC
    QString actor; // "user@host"
    QString action; // "credential.read", "zone.write", "certificate.issue", "key.export", ...
    QString subject; // what it was done to
    QString result; // "ok" or the kind of the error
    QJsonObject details;
    QByteArray previousHash; // 32 bytes
    QByteArray hash; // 32 bytes
    bool operator==(const AuditEntry &) const = default;
};

[[nodiscard]] QString localActor(); // "user@host": who runs this process
// An entry of now by localActor(), for the store to append. `result` as above.
[[nodiscard]] AuditEntry auditEntry(const QString &action, const QString &subject,
                                    const QString &result, const QJsonObject &details);

// What a walk over the whole chain found.
struct AuditVerdict
{
    bool intact = true;
    qint64 entries = 0;
    qint64 firstBad = 0; // sequence of the first entry that does not hold; 0 = none
    QString reason; // plain English when not intact
    bool operator==(const AuditVerdict &) const = default;
};

} // namespace sealbook
