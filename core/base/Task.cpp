// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/Task.h"

namespace sealbook {

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
