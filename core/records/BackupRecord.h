// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace sealbook {

// Why a backup was made: by itself once a day, because somebody asked, before a backup took the
// place of what stood there, before the database's format changed.
enum class BackupReason { Daily, Asked, Replaced, Format };

[[nodiscard]] QString backupReasonName(BackupReason reason); // "daily"
[[nodiscard]] BackupReason backupReasonFromName(const QString &name); // Asked for what is unknown

// One backup file, as its head describes it. A value.
struct BackupRecord
{
    QString file;
    BackupReason reason = BackupReason::Asked;
    QDateTime takenAt; // UTC
    QString vaultId;
    int format = 0; // of the database in it
    qint64 certificates = 0;
    qint64 keys = 0; // sealed, as in the profile
    qint64 auditEntries = 0;
    qint64 databaseSize = 0;
    QString problem; // why it cannot be used; empty = nothing is known against it
    bool operator==(const BackupRecord &) const = default;
};

// What a restore did.
struct RestoreReport
{
    BackupRecord backup;
    QString keptAs; // where what stood there before is now; empty = there was nothing
    bool wasDamaged = false; // what stood there before
    qint64 entriesLost = 0; // of the audit log before, that the backup does not have
    bool operator==(const RestoreReport &) const = default;
};

} // namespace sealbook
