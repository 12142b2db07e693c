// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTest>

namespace sealbook {

// LSan takes what a thread still holds for a leak, and so it does the frame of a task whose answer
// came after the last turn of the event loop.
inline const bool tasksEndWithApplication = [] {
    qAddPostRoutine([] {
        waitForThreadsToEnd();
        QCoreApplication::processEvents();
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
