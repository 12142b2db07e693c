// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QObject>
#include <QProcess>
#include <QStringList>

#include <utility>
#include <vector>

namespace sealbook {

// How to start one of the lab's servers. The folder's path MUST stand in the arguments: a later
// start recognizes what a killed run left by it.
struct ServerSpec
{
    QString name; // "pebble", "ns1"; also the name of its folder and log
    QString program;
    QStringList arguments;
    QString folder; // where it runs
    QString logFile; // its output and errors
    std::vector<std::pair<QString, QString>> environment; // added to ours
};

// One server as a child of this process: in a process group of its own, so that Ctrl-C in the
// terminal does not take it away before we have cleaned up; killed by the kernel when we die.
// Owned by PracticeLab; main thread (the kernel ties it to the thread that started it).
class ServerProcess : public QObject
{
    Q_OBJECT

public:
    explicit ServerProcess(ServerSpec spec, QObject *parent = nullptr);
    ~ServerProcess() override; // kills and reaps it

    void start();
    // Everything it has is thrown away, so it is killed, never asked. Settles when it is gone.
    [[nodiscard]] Deferred<> kill();

    [[nodiscard]] const QString &name() const { return m_spec.name; }
    [[nodiscard]] bool hasDied() const { return m_died; }
    [[nodiscard]] qint64 processId() const { return m_pid; }
    [[nodiscard]] QString lastWords() const; // the end of its log

Q_SIGNALS:
    void died(); // unasked

private:
    void onEnd();

    ServerSpec m_spec;
    QProcess m_process;
    Deferred<> m_gone;
    qint64 m_pid = 0;
    bool m_asked = false;
    bool m_died = false;
};

} // namespace sealbook
