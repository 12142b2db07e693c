// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/BackupFolder.h"

#include "core/store/BackupFile.h"
#include "core/store/PrivateFiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int keptDays = 7;
constexpr qint64 secondsOfADay = 24LL * 60 * 60;
} // namespace

BackupFolder::BackupFolder(const QString &databaseFile)
    : m_path(QFileInfo(databaseFile).absolutePath() + QStringLiteral("/backups"))
{
}

Result<QString> BackupFolder::newFile(BackupReason reason) const
{
    if (const Result<> made = makePrivateFolder(m_path); !made)
        return fail(made.error());
    const QString stamp =
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmsszzz"));
    return QStringLiteral("%1/%2-%3.sealbook").arg(m_path, backupReasonName(reason), stamp);
}

std::vector<BackupRecord> BackupFolder::list() const
{
    std::vector<BackupRecord> records;
    const QFileInfoList files =
        QDir(m_path).entryInfoList({QStringLiteral("*.sealbook")}, QDir::Files);
    for (const QFileInfo &info : files) {
        const Result<BackupRecord> head = readBackupHead(info.filePath());
        BackupRecord record = head.value_or(BackupRecord());
        if (!head) {
            record.file = info.filePath();
            record.takenAt = info.lastModified().toUTC();
            record.problem = head.error().detail;
        }
        records.push_back(std::move(record));
    }
    std::stable_sort(records.begin(), records.end(),
                     [](const BackupRecord &left, const BackupRecord &right) {
                         return left.takenAt > right.takenAt;
                     });
    return records;
}

std::optional<BackupRecord> BackupFolder::newestSound() const
{
    for (const BackupRecord &record : list()) {
        if (!record.problem.isEmpty())
            continue;
        if (const Result<BackupRecord> sound = verifyBackup(record.file); sound)
            return *sound;
    }
    return std::nullopt;
}

bool BackupFolder::isDailyDue(const QDateTime &now) const
{
    for (const BackupRecord &record : list()) {
        if (!record.problem.isEmpty() || record.reason != BackupReason::Daily)
            continue;
        const qint64 age = record.takenAt.secsTo(now);
        if (age < 0)
            continue; // made by a clock that was wrong: the one before it decides
        return age >= secondsOfADay;
    }
    return true;
}

int BackupFolder::prune() const
{
    int kept = 0;
    int removed = 0;
    for (const BackupRecord &record : list()) {
        if (!record.problem.isEmpty() || record.reason != BackupReason::Daily)
            continue;
        if (++kept > keptDays && QFile::remove(record.file))
            ++removed;
    }
    return removed;
}

} // namespace sealbook
