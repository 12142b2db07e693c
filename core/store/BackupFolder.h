// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/BackupRecord.h"

#include <optional>
#include <vector>

namespace sealbook {

// The folder "backups" beside a profile's database, and what of it is kept: the newest seven daily
// ones; what somebody asked for stays until somebody deletes it. A value; blocks; any thread.
class BackupFolder
{
public:
    explicit BackupFolder(const QString &databaseFile);

    [[nodiscard]] const QString &path() const { return m_path; }
    // A name in the folder, for a new backup. Makes the folder.
    [[nodiscard]] Result<QString> newFile(BackupReason reason) const;
    // Newest first, by their heads; one whose head does not hold says so in `problem`.
    [[nodiscard]] std::vector<BackupRecord> list() const;
    // The newest one that is whole; reads as many as it takes.
    [[nodiscard]] std::optional<BackupRecord> newestSound() const;
    // None yet, or the newest daily one is a day old, or it comes from the future.
    [[nodiscard]] bool isDailyDue(const QDateTime &now) const;
    // Gives how many went.
    [[nodiscard]] int prune() const;

private:
    QString m_path;
};

} // namespace sealbook
