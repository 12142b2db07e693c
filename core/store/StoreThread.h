// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/store/Database.h"

#include <QThread>

#include <condition_variable>
#include <deque>
#include <span>

namespace sealbook {

// The only way to SQL: one thread that owns the Database and works off a queue. What stands in the
// queue together is committed together (each piece behind a savepoint of its own), because a commit
// costs several syncs of the disk; it is woken by the event loop of whoever posts, so that what one
// turn posts stands there together. Nothing is settled before that commit is on disk. Where the
// common commit fails, each piece is run again alone, so a function MUST be repeatable. Owned by
// Store. Also asks every 2 s whether another process changed the file.
class StoreThread final : public QThread
{
public:
    template <typename T>
    using Function = std::function<Result<T>(Database &)>;

    // What a commit was about: certificates, their places and marks, or only something else.
    enum class Change { Inventory, Other };
    // `changed` is called on this thread after a commit, and when another process made one (of
    // which nothing is known: Inventory).
    StoreThread(QString file, Database::Options options, std::function<void(Change)> changed);
    ~StoreThread() override; // works off the queue, then ends

    // Settles once the database is open, with its vault id.
    [[nodiscard]] Deferred<QString> opened() const { return m_opened; }

    template <typename T>
    [[nodiscard]] Deferred<T> read(Function<T> function)
    {
        return post<T>(false, Change::Other, std::move(function));
    }
    template <typename T>
    [[nodiscard]] Deferred<T> write(Change about, Function<T> function)
    {
        return post<T>(true, about, std::move(function));
    }

protected:
    void run() override;

private:
    // One piece of the queue. `run` says whether it succeeded and keeps its outcome until `settle`
    // hands it out, or the given error instead of it.
    struct Work
    {
        bool writes = false;
        Change about = Change::Other;
        bool changedSomething = false; // it writes, and did
        std::function<bool(Database &)> run;
        std::function<void(const Result<> &committed)> settle;
    };

    template <typename T>
    [[nodiscard]] Deferred<T> post(bool writes, Change about, Function<T> function)
    {
        Deferred<T> deferred;
        // Shared by the two halves of one Work, which std::function wants copyable.
        const auto outcome = std::make_shared<std::optional<Result<T>>>();
        Work work;
        work.writes = writes;
        work.about = about;
        work.run = [outcome, function = std::move(function)](Database &database) {
            outcome->emplace(function(database));
            return (*outcome)->has_value();
        };
        work.settle = [outcome, deferred](const Result<> &committed) {
            if (committed)
                deferred.settle(std::move(**outcome));
            else
                deferred.settle(fail(committed.error()));
        };
        enqueue(std::move(work));
        return deferred;
    }

    void enqueue(Work work);
    void wake();
    [[nodiscard]] std::optional<std::vector<Work>> takeBatch(); // nothing = it is over
    void workOff(Database &database, std::vector<Work> batch);
    [[nodiscard]] Result<> runTogether(Database &database, std::vector<Work> &batch);
    [[nodiscard]] Result<> runAlone(Database &database, Work &work);
    void lookForOthers(Database &database);
    void tellChange(std::span<const Work> batch) const;

    const QString m_file;
    const Database::Options m_options;
    const std::function<void(Change)> m_changed;
    const Deferred<QString> m_opened;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Work> m_queue;
    bool m_isWakePosted = false;
    bool m_isDue = false; // what stands in the queue may be taken
    bool m_ending = false;

    qint64 m_dataVersion = 0;
    std::chrono::steady_clock::time_point m_lookedAt;
};

} // namespace sealbook
