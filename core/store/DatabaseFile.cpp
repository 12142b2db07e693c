// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/DatabaseFile.h"

#include "core/store/Migrations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sealbook {

namespace {

QString systemText(int code)
{
    return QString::fromLocal8Bit(std::strerror(code));
}

QString backupAdvice(const QString &file)
{
    const QString backup = newestBackupOf(file);
    if (backup.isEmpty())
        return QStringLiteral("Restore the file from your own backup. The damaged file was left as "
                              "it is.");
    return QStringLiteral("Move the damaged file away and copy %1 to its place. The damaged file "
                          "was left as it is.")
        .arg(backup);
}

Result<> makeFolder(const QString &folder)
{
    const QByteArray path = QFile::encodeName(folder);
    struct stat info = {};
    if (::stat(path.constData(), &info) == 0) {
        if (!S_ISDIR(info.st_mode))
            return fail(Error::Kind::BadRequest, QStringLiteral("%1 is not a folder").arg(folder));
        // Also with the sticky bit, as /tmp has it: nobody can take our files away there, but
        // anybody can lay a journal beside the database, which SQLite would play into it.
        if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("other users can write into the folder %1").arg(folder),
                        QStringLiteral("Take that right away (chmod go-w), or choose another "
                                       "folder."));
        return {};
    }
    const QString parent = QFileInfo(folder).path();
    if (parent != folder && !QFileInfo::exists(parent)) {
        if (const Result<> made = makeFolder(parent); !made)
            return made;
    }
    if (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
        return fail(
            Error::Kind::Internal,
            QStringLiteral("the folder %1 cannot be made: %2").arg(folder, systemText(errno)));
    return {};
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
        return fail(Error::Kind::Corrupt, QStringLiteral("%1 is empty (0 bytes)").arg(file),
                    QStringLiteral("A Sealbook database is never empty. ") + backupAdvice(file));
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

Result<> copyBeforeMigration(Database &database, int version)
{
    const QString folder = QFileInfo(database.file()).path() + QStringLiteral("/backups");
    if (const Result<> made = makeFolder(folder); !made)
        return made;
    const QString stamp =
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmsszzz"));
    const QString copy = QStringLiteral("%1/%2-format%3.db").arg(folder, stamp).arg(version);
    const QString quoted = QString(copy).replace(QLatin1Char('\''), QLatin1String("''"));
    return database.execute(QStringLiteral("VACUUM INTO '%1'").arg(quoted));
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
        if (const Result<> copied = copyBeforeMigration(**database, *version); !copied)
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

void syncFolder(const QString &folder)
{
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY);
    if (handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
}

Result<> createNew(const QString &file, const Database::Options &options)
{
    const QFileInfo info(file);
    if (const Result<> made = makeFolder(info.path()); !made)
        return made;
    const QString draft =
        QStringLiteral("%1/.%2.%3.new")
            .arg(info.path(), info.fileName(), QUuid::createUuid().toString(QUuid::Id128));
    const QByteArray draftPath = QFile::encodeName(draft);
    const int handle =
        ::open(draftPath.constData(), O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0600);
    if (handle < 0)
        return fail(
            Error::Kind::Internal,
            QStringLiteral("the database %1 cannot be made: %2").arg(file, systemText(errno)),
            QStringLiteral("Choose a folder that you can write into."));
    ::close(handle);
    Result<> filled = fillNew(draft, options);
    // link() and not rename(): where another process was faster, its database stays.
    if (filled && ::link(draftPath.constData(), QFile::encodeName(file).constData()) != 0
        && errno != EEXIST) {
        const bool isRenamed =
            ::rename(draftPath.constData(), QFile::encodeName(file).constData()) == 0;
        if (!isRenamed)
            filled = fail(Error::Kind::Internal,
                          QStringLiteral("the database %1 cannot be put into place: %2")
                              .arg(file, systemText(errno)));
    }
    ::unlink(draftPath.constData());
    if (filled)
        syncFolder(info.path());
    return filled;
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
    if (!exists)
        return fail(exists.error(), "opening the database");
    if (const Result<> allowed = makeFolder(QFileInfo(file).path()); !allowed)
        return fail(allowed.error(), "opening the database");
    Result<std::unique_ptr<Database>> database = openExisting(file, options);
    if (!database) {
        Error error = database.error();
        if (error.kind == Error::Kind::Corrupt && error.advice.isEmpty())
            error.advice = backupAdvice(file);
        return fail(std::move(error), "opening the database");
    }
    return database;
}

QString newestBackupOf(const QString &file)
{
    const QDir folder(QFileInfo(file).path() + QStringLiteral("/backups"));
    const QFileInfoList found =
        folder.entryInfoList({QStringLiteral("*.db")}, QDir::Files, QDir::Time);
    return found.isEmpty() ? QString() : found.first().filePath();
}

} // namespace sealbook
