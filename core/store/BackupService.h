// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Task.h"
#include "core/records/BackupRecord.h"

#include <QObject>

#include <vector>

namespace sealbook {

class Store;

// Backups of one profile: when somebody asks, and one a day, of which seven are kept (security.md
// 4.7). A backup is copied through a connection of its own, so reading goes on meanwhile and
// writing waits. Each one is a privileged act, noted before the file stands (R33). Owned by
// Services; main thread; outlives its tasks.
class BackupService : public QObject
{
    Q_OBJECT

public:
    BackupService(Store &store, Clock &clock, QObject *parent = nullptr);
    ~BackupService() override;

    [[nodiscard]] QString folder() const;
    // To `target`, or into the profile's own folder where that is empty.
    [[nodiscard]] Task<BackupRecord> create(QString target, std::stop_token stop);
    [[nodiscard]] Task<std::vector<BackupRecord>> list(std::stop_token stop);
    // Makes the daily one when it is due, and removes what is too old of those. Nothing in a
    // profile that was never used.
    [[nodiscard]] Task<std::optional<BackupRecord>> daily(std::stop_token stop);
    // Looks soon, and then every hour; a minute later while `isBusy`, because SQLite lets nobody
    // commit while it copies.
    void startSchedule(std::function<bool()> isBusy);
    // Why the last daily one was not made; empty = it was.
    [[nodiscard]] const QString &lastProblem() const { return m_problem; }

    [[nodiscard]] static Task<BackupRecord> verify(QString file, std::stop_token stop);
    // Of a profile that nobody here has open; see restoreBackup().
    [[nodiscard]] static Task<RestoreReport> restore(QString backup, QString databaseFile,
                                                     std::stop_token stop);

Q_SIGNALS:
    void changed(); // backups were made or removed, or could not be

private:
    [[nodiscard]] Task<BackupRecord> make(QString target, BackupReason reason,
                                          std::stop_token stop);
    void lookWhetherDue();

    Store &m_store;
    Clock &m_clock;
    QTimer m_timer;
    std::stop_source m_stop;
    QString m_problem;
    bool m_isLooking = false;
    std::function<bool()> m_isBusy;
};

} // namespace sealbook
