// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTest>
#include <QThread>
#include <QThreadPool>

namespace sealbook {

// The system's threads of this process that still belong to Qt's pool. One that QThreadPool has let
// go is still here while the destructors of its thread-local data run.
inline bool hasPooledThreads()
{
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name(tasks.filePath(task + QStringLiteral("/comm")));
        if (name.open(QIODevice::ReadOnly) && name.readAll().startsWith("Thread (pooled)"))
            return true;
    }
    return false;
}

// Threads of the pool hold OpenSSL state of their own, which is freed as they end. They have to be
// gone while the application still stands: after it OpenSSL may be gone first, and LSan sees a
// leak.
inline const bool poolEndsWithApplication = [] {
    qAddPostRoutine([] {
        QThreadPool::globalInstance()->waitForDone();
        for (int i = 0; i < 2000 && hasPooledThreads(); ++i)
            QThread::msleep(1);
    });
    return true;
}();

// Runs the event loop until `task` has ended and hands its result out. Only tests may wait like
// that.
template <typename T>
[[nodiscard]] Result<T> await(Task<T> task)
{
    return QCoro::waitFor(std::move(task));
}

} // namespace sealbook
