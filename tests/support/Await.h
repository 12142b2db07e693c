// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTest>

namespace sealbook {

// LSan takes what a thread still holds for a leak.
inline const bool threadsEndWithApplication = [] {
    qAddPostRoutine(waitForThreadsToEnd);
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
