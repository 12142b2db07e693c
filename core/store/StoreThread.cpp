// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/StoreThread.h"

#include "core/store/DatabaseFile.h"
#include "core/store/SettingRepository.h"

namespace sealbook {

namespace {
constexpr std::chrono::seconds lookInterval{2};
constexpr std::size_t largestBatch = 64;
} // namespace

StoreThread::StoreThread(QString file, Database::Options options,
                         std::function<void(Change)> changed)
    : m_file(std::move(file))
    , m_options(options)
    , m_changed(std::move(changed))
{
    setObjectName(QStringLiteral("store"));
}

StoreThread::~StoreThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    wait();
}

void StoreThread::enqueue(Work work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(work));
        if (m_isWakePosted)
            return;
        m_isWakePosted = true;
    }
    QMetaObject::invokeMethod(
        this, [this] { wake(); }, Qt::QueuedConnection);
}

void StoreThread::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isWakePosted = false;
        m_isDue = true;
    }
    m_wake.notify_one();
}

void StoreThread::run()
{
    const Result<std::unique_ptr<Database>> database = openDatabaseFile(m_file, m_options);
    if (!database) {
        m_opened.settle(fail(database.error()));
        return;
    }
    const Result<QJsonValue> vaultId =
        SettingRepository(**database).value(QStringLiteral("vault.id"));
    if (!vaultId || vaultId->toString().isEmpty()) {
        m_opened.settle(fail(Error::Kind::Corrupt,
                             QStringLiteral("the database %1 lacks its id").arg(m_file),
                             QStringLiteral("Restore a backup.")));
        return;
    }
    m_dataVersion = (*database)->pragma("data_version").value_or(0);
    m_lookedAt = std::chrono::steady_clock::now();
    m_opened.settle(vaultId->toString());
    for (;;) {
        std::optional<std::vector<Work>> batch = takeBatch();
        if (!batch)
            return;
        if (!batch->empty())
            workOff(**database, std::move(*batch));
        if (std::chrono::steady_clock::now() - m_lookedAt >= lookInterval)
            lookForOthers(**database);
    }
}

std::optional<std::vector<StoreThread::Work>> StoreThread::takeBatch()
{
    std::vector<Work> batch;
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, lookInterval,
                    [this] { return m_ending || (m_isDue && !m_queue.empty()); });
    if (m_ending && m_queue.empty())
        return std::nullopt;
    while (!m_queue.empty() && batch.size() < largestBatch) {
        batch.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    m_isDue = m_isDue && !m_queue.empty();
    return batch;
}

void StoreThread::workOff(Database &database, std::vector<Work> batch)
{
    const auto writers =
        std::count_if(batch.begin(), batch.end(), [](const Work &work) { return work.writes; });
    if (writers > 1) {
        if (const Result<> together = runTogether(database, batch); together) {
            tellChange(batch);
            for (const Work &work : batch)
                work.settle({});
            return;
        }
    }
    for (Work &work : batch) {
        const Result<> alone = runAlone(database, work);
        if (alone)
            tellChange({&work, 1});
        work.settle(alone);
    }
}

Result<> StoreThread::runTogether(Database &database, std::vector<Work> &batch)
{
    Result<> state = database.begin();
    for (Work &work : batch) {
        if (!state)
            break;
        if (!work.writes) {
            work.run(database);
            continue;
        }
        state = database.execute(QStringLiteral("SAVEPOINT piece"));
        work.changedSomething = state && work.run(database);
        if (state && !work.changedSomething)
            state = database.execute(QStringLiteral("ROLLBACK TO piece"));
        if (state)
            state = database.execute(QStringLiteral("RELEASE piece"));
    }
    if (state)
        state = database.commit();
    if (!state)
        database.rollBack();
    return state;
}

Result<> StoreThread::runAlone(Database &database, Work &work)
{
    if (!work.writes) {
        work.run(database);
        return {};
    }
    if (const Result<> begun = database.begin(); !begun)
        return begun;
    work.changedSomething = work.run(database);
    if (!work.changedSomething) {
        database.rollBack();
        return {}; // its own error is its outcome
    }
    const Result<> committed = database.commit();
    if (!committed)
        database.rollBack();
    return committed;
}

void StoreThread::lookForOthers(Database &database)
{
    m_lookedAt = std::chrono::steady_clock::now();
    const Result<qint64> version = database.pragma("data_version");
    if (!version || *version == m_dataVersion)
        return;
    m_dataVersion = *version;
    m_changed(Change::Inventory);
}

void StoreThread::tellChange(std::span<const Work> batch) const
{
    bool isChanged = false;
    bool isInventory = false;
    for (const Work &work : batch) {
        isChanged = isChanged || work.changedSomething;
        isInventory = isInventory || (work.changedSomething && work.about == Change::Inventory);
    }
    if (isChanged)
        m_changed(isInventory ? Change::Inventory : Change::Other);
}

} // namespace sealbook
