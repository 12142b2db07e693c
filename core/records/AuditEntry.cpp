// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/AuditEntry.h"

#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

namespace sealbook {

QString localActor()
{
    const passwd *user = ::getpwuid(::geteuid());
    const QString name = user ? QString::fromLocal8Bit(user->pw_name)
                              : QString::number(static_cast<uint>(::geteuid()));
    return QStringLiteral("%1@%2").arg(name, QSysInfo::machineHostName());
}

AuditEntry auditEntry(const QString &action, const QString &subject, const QString &result,
                      const QJsonObject &details)
{
    AuditEntry entry;
    entry.at = QDateTime::currentDateTimeUtc();
    entry.actor = localActor();
    entry.action = action;
    entry.subject = subject;
    entry.result = result;
    entry.details = details;
    return entry;
}

} // namespace sealbook
