// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/BackupRestore.h"

#include "core/base/FailPoint.h"
#include "core/store/AuditRepository.h"
#include "core/store/BackupFile.h"
#include "core/store/BackupFolder.h"
#include "core/store/DatabaseFile.h"
#include "core/store/KeychainItemRepository.h"
#include "core/store/PrivateFiles.h"
#include "core/store/SettingRepository.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <unistd.h>

namespace sealbook {

namespace {

constexpr int mostAttempts = 3;

// What stands in the place now.
struct Standing
{
    std::unique_ptr<Database> database; // null where there is none, or a damaged one
    bool isDamaged = false;
    QStringList keychainItems;
    qint64 auditEntries = 0;
};

QString journalOf(const QString &file)
{
    return file + QStringLiteral("-journal");
}

Result<QString> vaultIdOf(Database &database)
{
    const Result<QJsonValue> id = SettingRepository(database).value(QStringLiteral("vault.id"));
    if (!id)
        return fail(id.error());
    return id->toString();
}

// Where it holds together it tells what must not be forgotten; where not, it is damaged.
Result<Standing> lookAt(const QString &file, const BackupRecord &backup)
{
    Standing standing;
    if (!QFileInfo(file).isSymLink() && !QFileInfo::exists(file))
        return standing;
    Result<std::unique_ptr<Database>> database = openDatabaseFile(file, {});
    if (!database && database.error().kind != Error::Kind::Corrupt)
        return fail(database.error(), "looking at the profile as it is");
    if (!database) {
        standing.isDamaged = true;
        return standing;
    }
    const Result<QString> vaultId = vaultIdOf(**database);
    const Result<QStringList> items = KeychainItemRepository(**database).names();
    const Result<std::optional<AuditEntry>> newest = AuditRepository(**database).newest();
    if (!vaultId || !items || !newest) {
        standing.isDamaged = true;
        return standing;
    }
    if (*vaultId != backup.vaultId)
        return fail(Error::Kind::Conflict,
                    QStringLiteral("%1 is a backup of another profile").arg(backup.file),
                    QStringLiteral("Restore it into a folder of its own: name one with --home."));
    standing.keychainItems = *items;
    standing.auditEntries = *newest ? (*newest)->sequence : 0;
    standing.database = std::move(*database);
    return standing;
}

// The restored database as it will stand there: brought up to date, with the names of everything
// that this profile has in the keychain, and with an entry of its restoring.
Result<> prepare(const QString &draft, const Standing &standing, RestoreReport &report)
{
    Database::Options options;
    options.copiesBeforeMigration = false; // the backup is that copy
    Result<std::unique_ptr<Database>> database = openDatabaseFile(draft, options);
    if (!database) {
        Error error = database.error();
        error.detail.replace(draft, report.backup.file);
        error.advice = QStringLiteral("Choose another backup. Nothing was changed.");
        return fail(std::move(error));
    }
    const Result<QString> vaultId = vaultIdOf(**database);
    if (!vaultId || *vaultId != report.backup.vaultId)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the backup %1 holds another profile than it says")
                        .arg(report.backup.file));
    report.entriesLost = std::max(qint64(0), standing.auditEntries - report.backup.auditEntries);
    AuditEntry entry =
        auditEntry(QStringLiteral("backup.restore"), QFileInfo(report.backup.file).fileName(),
                   QStringLiteral("ok"),
                   {{QStringLiteral("taken_at"), report.backup.takenAt.toString(Qt::ISODateWithMs)},
                    {QStringLiteral("entries_lost"), report.entriesLost}});
    if (const Result<> begun = (*database)->begin(); !begun)
        return begun;
    const Result<QStringList> known = KeychainItemRepository(**database).names();
    Result<> done = known ? Result<>() : Result<>(fail(known.error()));
    for (const QString &item : standing.keychainItems) {
        if (done && !known->contains(item))
            done = KeychainItemRepository(**database).save(item, QByteArray());
    }
    if (done) {
        const Result<AuditEntry> noted = AuditRepository(**database).append(entry);
        if (!noted)
            done = fail(noted.error());
    }
    if (done)
        done = (*database)->commit();
    if (!done)
        (*database)->rollBack();
    return done;
}

// A backup of what stands there, and then nobody may write to it any more.
Result<> keepSound(Database &database, const QString &file, RestoreReport &report)
{
    for (int attempt = 0; attempt < mostAttempts; ++attempt) {
        const Result<qint64> before = database.pragma("data_version");
        const Result<QString> name = BackupFolder(file).newFile(BackupReason::Replaced);
        if (!before || !name)
            return fail(before ? name.error() : before.error());
        const Result<BackupRecord> kept = writeBackup(database, *name, BackupReason::Replaced);
        if (!kept)
            return fail(kept.error(), "keeping what is there now");
        if (const Result<> locked = database.execute(QStringLiteral("BEGIN EXCLUSIVE")); !locked)
            return fail(locked.error(), "waiting for others to end");
        const Result<qint64> after = database.pragma("data_version");
        if (after && *after == *before) {
            report.keptAs = kept->file;
            return {};
        }
        database.rollBack();
        QFile::remove(kept->file);
    }
    return fail(Error::Kind::Conflict,
                QStringLiteral("another Sealbook goes on changing this profile"),
                QStringLiteral("Close it, then restore again. Nothing was changed."));
}

// Under another name in the same folder. Its journal goes first: it must never be played into the
// file that comes.
Result<> keepDamaged(const QString &file, RestoreReport &report)
{
    const QString stamp =
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmsszzz"));
    const QString aside = QStringLiteral("%1.damaged-%2").arg(file, stamp);
    if (QFileInfo::exists(journalOf(file)) && !QFile::rename(journalOf(file), journalOf(aside)))
        return fail(Error::Kind::Internal,
                    QStringLiteral("%1 cannot be moved away").arg(journalOf(file)));
    if (!QFileInfo::exists(file))
        return {}; // only a journal without a database
    // A second name, so that the first is never without a file; a copy where there are no links.
    const bool isKept =
        ::link(QFile::encodeName(file).constData(), QFile::encodeName(aside).constData()) == 0
        || QFile::copy(file, aside);
    if (!isKept)
        return fail(
            Error::Kind::Internal,
            QStringLiteral("the damaged file %1 cannot be kept: %2").arg(file, systemText(errno)));
    report.keptAs = aside;
    report.wasDamaged = true;
    return {};
}

} // namespace

Result<RestoreReport> restoreBackup(const QString &backup, const QString &databaseFile)
{
    const QString file = QFileInfo(databaseFile).absoluteFilePath();
    if (const Result<> made = makePrivateFolder(QFileInfo(file).path()); !made)
        return fail(made.error(), "restoring a backup");
    Result<DraftFile> draft = DraftFile::beside(file);
    if (!draft)
        return fail(draft.error(), "restoring a backup");
    RestoreReport report;
    const Result<BackupRecord> extracted = extractBackup(backup, draft->path());
    if (!extracted)
        return fail(extracted.error(), "restoring a backup");
    report.backup = *extracted;
    const Result<Standing> standing = lookAt(file, report.backup);
    if (!standing)
        return fail(standing.error(), "restoring a backup");
    if (const Result<> prepared = prepare(draft->path(), *standing, report); !prepared)
        return fail(prepared.error(), "restoring a backup");
    if (failPoint("C20-prepared"))
        return fail(Error::Kind::Internal, QStringLiteral("the test stopped before the rename"));
    Result<> kept;
    if (standing->database)
        kept = keepSound(*standing->database, file, report);
    else if (standing->isDamaged || QFileInfo::exists(journalOf(file)))
        kept = keepDamaged(file, report);
    if (!kept)
        return fail(kept.error(), "restoring a backup");
    if (failPoint("C20-kept"))
        return fail(Error::Kind::Internal, QStringLiteral("the test stopped before the rename"));
    const Result<> placed = draft->replace(file);
    if (standing->database)
        standing->database->rollBack();
    if (!placed)
        return fail(placed.error(), "restoring a backup");
    if (failPoint("C20-placed"))
        return fail(Error::Kind::Internal, QStringLiteral("the test stopped after the rename"));
    return report;
}

} // namespace sealbook
