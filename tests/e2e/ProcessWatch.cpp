// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/ProcessWatch.h"

#include <QDir>
#include <QFile>

#include <unistd.h>

namespace sealbook {

namespace {
constexpr std::chrono::milliseconds pause{50};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// proc(5): "pid (name) state ppid ..."; the name may hold anything.
qint64 parentOf(const QString &pid)
{
    const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(pid));
    const QByteArrayList fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 1 ? fields.at(1).toLongLong() : -1;
}
} // namespace

ProcessWatch::ProcessWatch()
    : m_thread([this](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            look();
            std::this_thread::sleep_for(pause);
        }
    })
{
}

ProcessWatch::~ProcessWatch() = default;

void ProcessWatch::look()
{
    std::map<qint64, qint64> parents;
    for (const QString &pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        if (pid.toLongLong() > 0)
            parents[pid.toLongLong()] = parentOf(pid);
    }
    for (const auto &[pid, parent] : parents) {
        qint64 ancestor = parent;
        for (int hops = 0; ancestor > 1 && ancestor != ::getpid() && hops < 64; ++hops) {
            const auto found = parents.find(ancestor);
            ancestor = found == parents.end() ? -1 : found->second;
        }
        if (ancestor != ::getpid())
            continue;
        const QByteArray environment = contentOf(QStringLiteral("/proc/%1/environ").arg(pid));
        const QByteArray command = contentOf(QStringLiteral("/proc/%1/cmdline").arg(pid));
        const std::scoped_lock lock(m_mutex);
        if (!environment.isEmpty())
            m_environments.insert(environment);
        if (!command.isEmpty())
            m_commands.insert(command);
    }
}

QByteArray ProcessWatch::seen()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
    QByteArray all;
    for (const QByteArray &each : m_environments)
        all += each + '\n';
    for (const QByteArray &each : m_commands)
        all += each + '\n';
    return all;
}

int ProcessWatch::environments()
{
    const std::scoped_lock lock(m_mutex);
    return static_cast<int>(m_environments.size());
}

} // namespace sealbook
