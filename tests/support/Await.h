// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QEventLoop>
#include <QTest>

namespace sealbook {

// Runs the event loop until `task` has ended and hands its result out. Only tests may wait like
// that.
template <typename T>
[[nodiscard]] Result<T> await(Task<T> task)
{
    return QCoro::waitFor(std::move(task));
}

} // namespace sealbook
