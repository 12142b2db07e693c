// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <qcoro/qcorotask.h>

#include <chrono>
#include <coroutine>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

namespace sealbook {

// What every asynchronous function returns. Rules of the house (they come from compiler bugs and
// from QCoro's lack of cancellation): parameters by value; a std::stop_token last where it waits;
// nothing is constructed inside a co_await expression (name the task, then await it); only services
// that outlive every window have member coroutines.
template <typename T = void>
using Task = QCoro::Task<Result<T>>;

// A promise of one Result, settled once from any thread, awaited once on the main thread. It is the
// only bridge from callbacks (curl, sockets, D-Bus, threads) to coroutines. Copies share one state.
// The awaiting coroutine is always resumed through the event loop, never inside settle(): a
// callback of a C library is no place to run a story. The first settle() wins, later ones do
// nothing.
template <typename T = void>
class Deferred
{
public:
    Deferred()
        : m_state(std::make_shared<State>())
    {
    }

    void settle(Result<T> result) const
    {
        std::coroutine_handle<> waiting;
        {
            const std::lock_guard lock(m_state->mutex);
            if (m_state->settled)
                return;
            m_state->settled = true;
            m_state->result.emplace(std::move(result));
            waiting = std::exchange(m_state->waiting, {});
        }
        if (waiting)
            resumeLater(waiting);
    }

    [[nodiscard]] bool isSettled() const
    {
        const std::lock_guard lock(m_state->mutex);
        return m_state->settled;
    }

    // Awaitable: `Result<T> r = co_await deferred;`
    [[nodiscard]] bool await_ready() const { return isSettled(); }
    [[nodiscard]] bool await_suspend(std::coroutine_handle<> handle) const
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->settled)
            return false;
        m_state->waiting = handle;
        return true;
    }
    [[nodiscard]] Result<T> await_resume() const
    {
        const std::lock_guard lock(m_state->mutex);
        return std::move(*m_state->result);
    }

private:
    struct State
    {
        std::mutex mutex;
        bool settled = false;
        std::optional<Result<T>> result;
        std::coroutine_handle<> waiting;
    };

    static void resumeLater(std::coroutine_handle<> waiting)
    {
        if (QCoreApplication *app = QCoreApplication::instance())
            QMetaObject::invokeMethod(
                app, [waiting] { waiting.resume(); }, Qt::QueuedConnection);
    }

    std::shared_ptr<State> m_state;
};

// The error of a stopped wait.
[[nodiscard]] Error cancelled();

// Awaits `deferred` until it settles, `stop` is requested (Cancelled) or `limit` has passed
// (Timeout, with `what` as detail). Whoever settles late is ignored.
template <typename T>
[[nodiscard]] Task<T> within(Deferred<T> deferred, std::chrono::milliseconds limit, QString what,
                             std::stop_token stop);

// Waits; fails with Cancelled the moment `stop` is requested.
[[nodiscard]] Task<> sleepFor(std::chrono::milliseconds duration, std::stop_token stop);

// Runs `function` on the thread pool and resumes here with what it returned. For work that blocks:
// key generation, PKCS#12, scrypt. `function` must not touch objects of the main thread. It cannot
// be interrupted: a stop request ends the wait with Cancelled, and the result is dropped.
template <typename T>
[[nodiscard]] Task<T> runBlocking(std::stop_token stop, std::function<Result<T>()> function)
{
    if (stop.stop_requested())
        co_return fail(cancelled());
    Deferred<T> deferred;
    const std::stop_callback onStop(stop, [deferred] { deferred.settle(fail(cancelled())); });
    QThreadPool::globalInstance()->start(
        [deferred, function = std::move(function)] { deferred.settle(function()); });
    co_return co_await deferred;
}

// Waits, 2 s at most, until the threads of the pool and of the store are gone. Qt calls a thread
// finished before the destructors of its thread-local data have run, OpenSSL's among them; a
// process that ends faster meets OpenSSL's own clean-up. For qAddPostRoutine: the application still
// stands.
void waitForThreadsToEnd();

template <typename T>
Task<T> within(Deferred<T> deferred, std::chrono::milliseconds limit, QString what,
               std::stop_token stop)
{
    const std::stop_callback onStop(stop, [deferred] { deferred.settle(fail(cancelled())); });
    QTimer timer;
    timer.setSingleShot(true);
    timer.callOnTimeout([deferred, what] { deferred.settle(fail(Error::Kind::Timeout, what)); });
    timer.start(limit);
    co_return co_await deferred;
}

// Awaits all tasks; they run at the same time already. The results stand in the tasks' order.
template <typename T>
[[nodiscard]] QCoro::Task<std::vector<Result<T>>> all(std::vector<Task<T>> tasks)
{
    std::vector<Result<T>> results;
    results.reserve(tasks.size());
    for (Task<T> &task : tasks)
        results.push_back(co_await std::move(task));
    co_return results;
}

} // namespace sealbook
