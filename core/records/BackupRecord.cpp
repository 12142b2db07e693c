// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/BackupRecord.h"

namespace sealbook {

QString backupReasonName(BackupReason reason)
{
    switch (reason) {
    case BackupReason::Daily:
        return QStringLiteral("daily");
    case BackupReason::Asked:
        return QStringLiteral("asked");
    case BackupReason::Replaced:
        return QStringLiteral("replaced");
    case BackupReason::Format:
        return QStringLiteral("format");
    }
    Q_UNREACHABLE();
}

BackupReason backupReasonFromName(const QString &name)
{
    for (const BackupReason reason :
         {BackupReason::Daily, BackupReason::Replaced, BackupReason::Format}) {
        if (backupReasonName(reason) == name)
            return reason;
    }
    return BackupReason::Asked;
}

} // namespace sealbook
