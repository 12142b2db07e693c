// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/Task.h"

#include <QDir>
#include <QFile>
#include <QThread>

namespace sealbook {

// By the names that the system knows them by; elsewhere than on Linux nothing is seen of them.
static bool hasThreadsOfOurs()
{
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(tasks.filePath(task + QStringLiteral("/comm")));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray name = file.readAll().trimmed();
        if (name == "Thread (pooled)" || name == "store")
            return true;
    }
    return false;
}

void waitForThreadsToEnd()
{
    QThreadPool::globalInstance()->waitForDone();
    for (int i = 0; i < 2000 && hasThreadsOfOurs(); ++i)
        QThread::msleep(1);
}

Error cancelled()
{
    Error error;
    error.kind = Error::Kind::Cancelled;
    error.detail = QStringLiteral("cancelled");
    return error;
}

Task<> sleepFor(std::chrono::milliseconds duration, std::stop_token stop)
{
    Deferred<> deferred;
    const std::stop_callback onStop(stop, [deferred] { deferred.settle(fail(cancelled())); });
    QTimer timer;
    timer.setSingleShot(true);
    timer.setTimerType(duration < std::chrono::seconds(2) ? Qt::PreciseTimer : Qt::CoarseTimer);
    timer.callOnTimeout([deferred] { deferred.settle({}); });
    timer.start(duration);
    co_return co_await deferred;
}

} // namespace sealbook
