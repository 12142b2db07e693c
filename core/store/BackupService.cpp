// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/BackupService.h"

#include "core/base/Log.h"
#include "core/store/BackupFile.h"
#include "core/store/BackupFolder.h"
#include "core/store/BackupRestore.h"
#include "core/store/DatabaseFile.h"
#include "core/store/Store.h"

#include <QFileInfo>

namespace sealbook {

namespace {

constexpr std::chrono::hours lookInterval{1};
// The window comes up first.
constexpr std::chrono::seconds startDelay{10};
constexpr std::chrono::minutes busyDelay{1};

// With a connection of its own, on a thread of the pool.
Result<BackupRecord> copyNow(const QString &databaseFile, const QString &target,
                             BackupReason reason)
{
    QString file = target;
    if (file.isEmpty()) {
        const Result<QString> own = BackupFolder(databaseFile).newFile(reason);
        if (!own)
            return fail(own.error());
        file = *own;
    }
    const Result<std::unique_ptr<Database>> database = openDatabaseFile(databaseFile, {});
    if (!database)
        return fail(database.error());
    return writeBackup(**database, file, reason);
}

} // namespace

BackupService::BackupService(Store &store, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
    m_timer.setInterval(lookInterval);
    m_timer.callOnTimeout(this, &BackupService::lookWhetherDue);
}

BackupService::~BackupService()
{
    m_stop.request_stop();
}

QString BackupService::folder() const
{
    return BackupFolder(m_store.file()).path();
}

Task<BackupRecord> BackupService::make(QString target, BackupReason reason, std::stop_token stop)
{
    // First, so that nothing with keys in it stands there unnoted; the entry is in the backup too.
    const QString file = m_store.file();
    const QString subject = target.isEmpty() ? folder() : QFileInfo(target).absoluteFilePath();
    const AuditEntry entry =
        auditEntry(QStringLiteral("backup.create"), subject, QStringLiteral("ok"),
                   {{QStringLiteral("reason"), backupReasonName(reason)}});
    const Result<AuditEntry> noted = co_await m_store.appendAudit(entry);
    if (!noted)
        co_return fail(noted.error(), "making a backup");
    std::function<Result<BackupRecord>()> work = [file, target, reason] {
        return copyNow(file, target, reason);
    };
    Task<BackupRecord> copying = runBlocking<BackupRecord>(stop, std::move(work));
    const Result<BackupRecord> made = co_await std::move(copying);
    if (!made)
        co_return fail(made.error(), "making a backup");
    co_return *made;
}

Task<BackupRecord> BackupService::create(QString target, std::stop_token stop)
{
    const QPointer<BackupService> self(this);
    Task<BackupRecord> making = make(target, BackupReason::Asked, stop);
    const Result<BackupRecord> made = co_await std::move(making);
    if (self)
        Q_EMIT changed();
    co_return made;
}

Task<std::vector<BackupRecord>> BackupService::list(std::stop_token stop)
{
    const QString file = m_store.file();
    std::function<Result<std::vector<BackupRecord>>()> work =
        [file]() -> Result<std::vector<BackupRecord>> { return BackupFolder(file).list(); };
    return runBlocking<std::vector<BackupRecord>>(stop, std::move(work));
}

Task<std::optional<BackupRecord>> BackupService::daily(std::stop_token stop)
{
    const QPointer<BackupService> self(this);
    const QString file = m_store.file();
    const QDateTime now = m_clock.utcNow();
    // Where nothing was ever done that the log would tell of, there is nothing to lose.
    const Result<std::optional<AuditEntry>> newest = co_await m_store.newestAudit();
    if (!newest)
        co_return fail(newest.error());
    if (!*newest)
        co_return std::optional<BackupRecord>();
    std::function<Result<bool>()> look = [file, now]() -> Result<bool> {
        return BackupFolder(file).isDailyDue(now);
    };
    Task<bool> looking = runBlocking<bool>(stop, std::move(look));
    const Result<bool> due = co_await std::move(looking);
    if (!due)
        co_return fail(due.error());
    if (!self)
        co_return fail(cancelled());
    if (!*due)
        co_return std::optional<BackupRecord>();
    const QString own;
    Task<BackupRecord> making = make(own, BackupReason::Daily, stop);
    const Result<BackupRecord> made = co_await std::move(making);
    if (self) {
        const bool isStopped = !made && made.error().kind == Error::Kind::Cancelled;
        if (!isStopped)
            m_problem = made ? QString() : made.error().detail;
        Q_EMIT changed();
    }
    if (!made)
        co_return fail(made.error());
    // Only after a new one: what is old is not removed where nothing new can be made.
    std::function<Result<int>()> prune = [file]() -> Result<int> {
        return BackupFolder(file).prune();
    };
    Task<int> pruning = runBlocking<int>(stop, std::move(prune));
    const Result<int> pruned = co_await std::move(pruning);
    if (!pruned)
        co_return fail(pruned.error());
    if (self && *pruned > 0)
        Q_EMIT changed();
    co_return std::optional<BackupRecord>(*made);
}

void BackupService::startSchedule(std::function<bool()> isBusy)
{
    m_isBusy = std::move(isBusy);
    m_timer.start();
    QTimer::singleShot(startDelay, this, &BackupService::lookWhetherDue);
}

void BackupService::lookWhetherDue()
{
    if (m_isBusy && m_isBusy()) {
        QTimer::singleShot(busyDelay, this, &BackupService::lookWhetherDue);
        return;
    }
    if (std::exchange(m_isLooking, true))
        return;
    Task<std::optional<BackupRecord>> making = daily(m_stop.get_token());
    QCoro::connect(std::move(making), this,
                   [this](const Result<std::optional<BackupRecord>> &made) {
                       m_isLooking = false;
                       if (!made && made.error().kind != Error::Kind::Cancelled)
                           logWarning("the daily backup: {}", describe(made.error()));
                   });
}

Task<BackupRecord> BackupService::verify(QString file, std::stop_token stop)
{
    std::function<Result<BackupRecord>()> work = [file] { return verifyBackup(file); };
    return runBlocking<BackupRecord>(stop, std::move(work));
}

Task<RestoreReport> BackupService::restore(QString backup, QString databaseFile,
                                           std::stop_token stop)
{
    std::function<Result<RestoreReport>()> work = [backup, databaseFile] {
        return restoreBackup(backup, databaseFile);
    };
    return runBlocking<RestoreReport>(stop, std::move(work));
}

} // namespace sealbook
