// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTest>
#include <QThreadPool>

namespace sealbook {

// Threads of the pool hold OpenSSL state of their own, which is freed when they end. They are
// joined while the application still stands: after it OpenSSL may be gone first, and LSan sees a
// leak.
inline const bool poolEndsWithApplication = [] {
    qAddPostRoutine([] { QThreadPool::globalInstance()->waitForDone(); });
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
