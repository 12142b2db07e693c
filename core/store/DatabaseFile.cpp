// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/DatabaseFile.h"

#include "core/store/BackupFile.h"
#include "core/store/BackupFolder.h"
#include "core/store/Migrations.h"
#include "core/store/PrivateFiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace sealbook {

namespace {

// Of a damaged file: how to come back from it. Reads backups until one is whole.
Error withBackup(Error error, const QString &file)
{
    const std::optional<BackupRecord> backup = BackupFolder(file).newestSound();
    if (!backup) {
        error.advice +=
            QStringLiteral("Restore the file from your own backup. The damaged file was "
                           "left as it is.");
        return error;
    }
    error.advice += QStringLiteral("The newest good backup is of %1. To go back to it: sealbook "
                                   "backup restore \"%2\". The damaged file is kept.")
                        .arg(backup->takenAt.toString(Qt::ISODate), backup->file);
    error.evidence.insert(QStringLiteral("backup"), backup->file);
    error.evidence.insert(QStringLiteral("backup_taken_at"), backup->takenAt.toString(Qt::ISODate));
    return error;
}

// True where the file is there and may be opened; false where there is none yet.
Result<bool> checkFile(const QString &file)
{
    const QByteArray path = QFile::encodeName(file);
    struct stat info = {};
    if (::lstat(path.constData(), &info) != 0) {
        if (errno == ENOENT)
            return false;
        return fail(Error::Kind::Internal,
                    QStringLiteral("%1 cannot be looked at: %2").arg(file, systemText(errno)));
    }
    if (S_ISLNK(info.st_mode))
        return fail(Error::Kind::BadRequest, QStringLiteral("%1 is a symbolic link").arg(file),
                    QStringLiteral("Name the real file."));
    if (!S_ISREG(info.st_mode))
        return fail(Error::Kind::BadRequest, QStringLiteral("%1 is not a file").arg(file));
    if (info.st_uid != ::geteuid())
        return fail(Error::Kind::BadRequest, QStringLiteral("%1 belongs to another user").arg(file),
                    QStringLiteral("Start Sealbook as that user, or choose another file."));
    if (info.st_size == 0)
        return fail(Error::Kind::Corrupt, QStringLiteral("%1 is empty (0 bytes)").arg(file));
    if (::access(path.constData(), W_OK) != 0)
        return fail(Error::Kind::Internal,
                    QStringLiteral("%1 cannot be written: %2").arg(file, systemText(errno)),
                    QStringLiteral("Make the disk and the file writable for you."));
    const QByteArray folder = QFile::encodeName(QFileInfo(file).path());
    if (::access(folder.constData(), W_OK) != 0)
        return fail(
            Error::Kind::Internal,
            QStringLiteral("the folder of %1 cannot be written: %2").arg(file, systemText(errno)),
            QStringLiteral("Make the folder writable for you."));
    if ((info.st_mode & 0077) != 0 && ::chmod(path.constData(), 0600) != 0)
        return fail(Error::Kind::Internal,
                    QStringLiteral("%1 is readable by others and cannot be closed to them: %2")
                        .arg(file, systemText(errno)));
    return true;
}

// Answers whose file it is without writing a byte.
Result<int> checkIdentity(Database &database)
{
    const Result<qint64> applicationId = database.pragma("application_id");
    if (!applicationId)
        return fail(applicationId.error());
    if (*applicationId != databaseApplicationId)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("%1 is a database, but not Sealbook's").arg(database.file()),
                    QStringLiteral("Choose another file. This one was not changed."));
    const Result<qint64> version = database.pragma("user_version");
    if (!version)
        return fail(version.error());
    if (*version < 0)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("%1 says it has format %2, which never was")
                        .arg(database.file())
                        .arg(*version));
    if (*version > newestSchemaVersion)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("%1 was written by a newer Sealbook (format %2, this program "
                                   "knows %3)")
                        .arg(database.file())
                        .arg(*version)
                        .arg(newestSchemaVersion),
                    QStringLiteral("Install the newer version. The file was not changed."));
    return static_cast<int>(*version);
}

Result<> quickCheck(Database &database)
{
    Result<Rows> rows = database.run("PRAGMA quick_check(1)");
    if (!rows)
        return fail(rows.error());
    const QString said = rows->next() ? rows->text(0) : QString();
    if (said == QLatin1String("ok"))
        return {};
    return fail(
        Error::Kind::Corrupt,
        QStringLiteral("the database %1 is damaged: %2")
            .arg(database.file(),
                 said.isEmpty() ? QStringLiteral("it cannot be checked") : said.simplified()));
}

Result<> copyBeforeMigration(Database &database)
{
    const Result<QString> copy = BackupFolder(database.file()).newFile(BackupReason::Format);
    if (!copy)
        return fail(copy.error());
    if (const Result<BackupRecord> made = writeBackup(database, *copy, BackupReason::Format); !made)
        return fail(made.error());
    return {};
}

Result<std::unique_ptr<Database>> openExisting(const QString &file,
                                               const Database::Options &options)
{
    Result<std::unique_ptr<Database>> database = Database::open(file, options);
    if (!database)
        return database;
    const Result<int> version = checkIdentity(**database);
    if (!version)
        return fail(version.error());
    if (const Result<> sound = quickCheck(**database); !sound)
        return fail(sound.error());
    if (const Result<> done = (*database)->configure(); !done)
        return fail(done.error());
    // Before anything is changed: a planted trigger would run in the migration.
    if (const Result<> known = checkSchema(**database, *version); !known)
        return fail(known.error());
    if (*version < newestSchemaVersion) {
        const bool isWorthACopy = *version > 0 && options.copiesBeforeMigration;
        const Result<> copied = isWorthACopy ? copyBeforeMigration(**database) : Result<>();
        if (!copied)
            return fail(copied.error(), "copying the database before its format changes");
        if (const Result<> done = migrate(**database, *version); !done)
            return fail(done.error());
    }
    return database;
}

Result<> fillNew(const QString &file, const Database::Options &options)
{
    const Result<std::unique_ptr<Database>> database = Database::open(file, options);
    if (!database)
        return fail(database.error());
    if (const Result<> done = (*database)->configure(); !done)
        return done;
    const QString mark = QStringLiteral("PRAGMA application_id=%1").arg(databaseApplicationId);
    if (const Result<> done = (*database)->execute(mark); !done)
        return done;
    if (const Result<> done = migrate(**database, 0); !done)
        return done;
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const Result<int> stored =
        (*database)->change("INSERT INTO setting (key, value) VALUES ('vault.id', ?)",
                            {QStringLiteral("[\"%1\"]").arg(id)});
    if (!stored)
        return fail(stored.error());
    return {};
}

Result<> createNew(const QString &file, const Database::Options &options)
{
    if (const Result<> made = makePrivateFolder(QFileInfo(file).path()); !made)
        return made;
    Result<DraftFile> draft = DraftFile::beside(file);
    if (!draft)
        return fail(draft.error());
    if (const Result<> filled = fillNew(draft->path(), options); !filled)
        return filled;
    const Result<> placed = draft->putNew(file);
    if (!placed && placed.error().kind == Error::Kind::Conflict)
        return {}; // another process was faster: its database it is
    return placed;
}

} // namespace

Result<std::unique_ptr<Database>> openDatabaseFile(const QString &file,
                                                   const Database::Options &options)
{
    Result<bool> exists = checkFile(file);
    if (exists && !*exists) {
        if (const Result<> created = createNew(file, options); !created)
            return fail(created.error(), "making the database");
        exists = checkFile(file);
    }
    if (!exists && exists.error().kind == Error::Kind::Corrupt)
        return fail(withBackup(exists.error(), file), "opening the database");
    if (!exists)
        return fail(exists.error(), "opening the database");
    if (const Result<> allowed = makePrivateFolder(QFileInfo(file).path()); !allowed)
        return fail(allowed.error(), "opening the database");
    Result<std::unique_ptr<Database>> database = openExisting(file, options);
    if (!database) {
        Error error = database.error();
        if (error.kind == Error::Kind::Corrupt && error.advice.isEmpty())
            error = withBackup(std::move(error), file);
        return fail(std::move(error), "opening the database");
    }
    return database;
}

} // namespace sealbook
