// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>
#include <QSysInfo>

#include <cerrno>
#include <csignal>

namespace sealbook {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

QString bootId()
{
    QByteArray id = contentOf(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    return QString::fromLatin1(id.replace("-", ""));
}

// "pid:[4026531836]" is a link that leads nowhere; its number is the namespace's.
QString pidNamespaceId()
{
    const QString link = QFile::symLinkTarget(QStringLiteral("/proc/self/ns/pid"));
    return link.section(QLatin1Char('['), 1).section(QLatin1Char(']'), 0, 0);
}

// proc(5): field 22 of stat. The second field, a name in brackets, may hold spaces and brackets.
QString startOf(qint64 pid)
{
    constexpr qsizetype fieldsBehindName = 19;
    const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(pid));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return QString::fromLatin1(fields.value(fieldsBehindName));
}

} // namespace

LeaseHolder LeaseHolder::ofThisProcess()
{
    LeaseHolder holder;
    holder.host = QSysInfo::machineHostName();
    holder.pid = QCoreApplication::applicationPid();
    holder.boot = bootId();
    holder.pidNamespace = pidNamespaceId();
    holder.startedAt = startOf(holder.pid);
    return holder;
}

std::optional<LeaseHolder> LeaseHolder::fromText(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char(':'));
    if (parts.size() != 2 && parts.size() != 5)
        return std::nullopt;
    bool isNumber = false;
    LeaseHolder holder;
    holder.host = parts.at(0);
    holder.pid = parts.at(1).toInt(&isNumber);
    // kill() takes zero and what is below it for many processes.
    if (!isNumber || holder.pid <= 0)
        return std::nullopt;
    holder.boot = parts.value(2);
    holder.pidNamespace = parts.value(3);
    holder.startedAt = parts.value(4);
    return holder;
}

QString LeaseHolder::text() const
{
    return QStringList{host, QString::number(pid), boot, pidNamespace, startedAt}.join(u':');
}

bool LeaseHolder::isDead() const
{
    if (boot.isEmpty() || pidNamespace.isEmpty() || host != QSysInfo::machineHostName()
        || boot != bootId() || pidNamespace != pidNamespaceId())
        return false;
    if (::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH)
        return true;
    // Somebody has that id. Where /proc hides who, it counts as the holder.
    const QString started = startOf(pid);
    return !startedAt.isEmpty() && !started.isEmpty() && started != startedAt;
}

QString holderInWords(const QString &holder)
{
    const std::optional<LeaseHolder> known = LeaseHolder::fromText(holder);
    return known ? QStringLiteral("process %1 on %2").arg(known->pid).arg(known->host) : holder;
}

} // namespace sealbook
