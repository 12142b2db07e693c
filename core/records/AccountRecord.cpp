// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/AccountRecord.h"

namespace sealbook {

QString accountStatusName(AccountRecord::Status status)
{
    switch (status) {
    case AccountRecord::Status::Pending:
        return QStringLiteral("pending");
    case AccountRecord::Status::Valid:
        return QStringLiteral("valid");
    case AccountRecord::Status::Deactivated:
        return QStringLiteral("deactivated");
    }
    Q_UNREACHABLE();
}

AccountRecord::Status accountStatusFromName(const QString &name)
{
    if (name == QLatin1String("valid"))
        return AccountRecord::Status::Valid;
    if (name == QLatin1String("deactivated"))
        return AccountRecord::Status::Deactivated;
    return AccountRecord::Status::Pending;
}

} // namespace sealbook
