// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/ServerProcess.h"

#include <QFile>
#include <QProcessEnvironment>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace sealbook {

ServerProcess::ServerProcess(ServerSpec spec, QObject *parent)
    : QObject(parent)
    , m_spec(std::move(spec))
{
    connect(&m_process, &QProcess::finished, this, &ServerProcess::onEnd);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            onEnd();
    });
}

ServerProcess::~ServerProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(2000);
}

void ServerProcess::start()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : m_spec.environment)
        environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_spec.folder);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(m_spec.logFile);
    // Runs between fork and exec: system calls only.
    m_process.setChildProcessModifier([parent = getpid()] {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setpgid(0, 0);
        if (getppid() != parent)
            _exit(127);
    });
    m_process.start(m_spec.program, m_spec.arguments);
    m_pid = m_process.processId();
}

Deferred<> ServerProcess::kill()
{
    m_asked = true;
    if (m_process.state() == QProcess::NotRunning)
        m_gone.settle({});
    else
        m_process.kill();
    return m_gone;
}

QString ServerProcess::lastWords() const
{
    QFile log(m_spec.logFile);
    if (!log.open(QIODevice::ReadOnly))
        return m_process.errorString();
    log.seek(std::max<qint64>(0, log.size() - 600));
    const QString end = QString::fromUtf8(log.readAll()).trimmed();
    return end.isEmpty() ? m_process.errorString() : end;
}

void ServerProcess::onEnd()
{
    m_gone.settle({});
    if (m_asked || m_died)
        return;
    m_died = true;
    Q_EMIT died();
}

} // namespace sealbook
