// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/BackupFile.h"

#include "core/base/FailPoint.h"
#include "core/store/Database.h"
#include "core/store/Migrations.h"
#include "core/store/PrivateFiles.h"
#include "core/store/SettingRepository.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace sealbook {

namespace {

constexpr qint64 longestHead = 4096;
constexpr qint64 pieceSize = 1024L * 1024;
const QByteArray family("Sealbook backup ");
const QByteArray magic("Sealbook backup 1 ");

QByteArray headOf(const BackupRecord &record)
{
    const QJsonObject object{
        {QStringLiteral("reason"), backupReasonName(record.reason)},
        {QStringLiteral("taken_at"), record.takenAt.toString(Qt::ISODateWithMs)},
        {QStringLiteral("vault"), record.vaultId},
        {QStringLiteral("format"), record.format},
        {QStringLiteral("certificates"), record.certificates},
        {QStringLiteral("keys"), record.keys},
        {QStringLiteral("audit_entries"), record.auditEntries},
        {QStringLiteral("database_size"), record.databaseSize}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Error noBackup(const QString &file)
{
    Error error;
    error.kind = Error::Kind::Corrupt;
    error.detail = QStringLiteral("%1 is not a backup of Sealbook's").arg(file);
    error.advice = QStringLiteral("Choose a file that \"backup create\" or the window made.");
    return error;
}

Error damagedBackup(const QString &file, const QString &how)
{
    Error error;
    error.kind = Error::Kind::Corrupt;
    error.detail = QStringLiteral("the backup %1 is damaged: %2").arg(file, how);
    error.advice = QStringLiteral("Choose another backup. Nothing was taken from this one.");
    return error;
}

// The head of an open file, which stands at the first byte of the database then.
struct Head
{
    BackupRecord record;
    QByteArray digest; // in hex, as it stands there
    QByteArray line; // that the digest covers
};

Result<Head> readHead(QFile &file)
{
    const QString name = file.fileName();
    const QByteArray first = file.readLine(longestHead);
    if (!first.startsWith(family))
        return fail(noBackup(name));
    if (!first.startsWith(magic)) {
        const bool isNumber = first.size() > family.size() && first.at(family.size()) >= '2'
            && first.at(family.size()) <= '9';
        if (!isNumber)
            return fail(damagedBackup(name, QStringLiteral("its first line is broken")));
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the backup %1 was made by a newer Sealbook").arg(name),
                    QStringLiteral("Install the newer version. Nothing was changed."));
    }
    Head head;
    head.digest = first.mid(magic.size());
    if (head.digest.size() != 65 || !head.digest.endsWith('\n'))
        return fail(damagedBackup(name, QStringLiteral("its first line is broken")));
    head.digest.chop(1);
    head.line = file.readLine(longestHead);
    const QJsonObject object = QJsonDocument::fromJson(head.line).object();
    head.record.file = name;
    head.record.reason = backupReasonFromName(object.value(QStringLiteral("reason")).toString());
    head.record.takenAt = QDateTime::fromString(object.value(QStringLiteral("taken_at")).toString(),
                                                Qt::ISODateWithMs);
    head.record.vaultId = object.value(QStringLiteral("vault")).toString();
    head.record.format = object.value(QStringLiteral("format")).toInt();
    head.record.certificates = object.value(QStringLiteral("certificates")).toInteger();
    head.record.keys = object.value(QStringLiteral("keys")).toInteger();
    head.record.auditEntries = object.value(QStringLiteral("audit_entries")).toInteger();
    head.record.databaseSize = object.value(QStringLiteral("database_size")).toInteger();
    if (!head.line.endsWith('\n') || !head.record.takenAt.isValid()
        || head.record.vaultId.isEmpty())
        return fail(damagedBackup(name, QStringLiteral("its description is broken")));
    return head;
}

Result<Head> openBackup(QFile &file)
{
    const QFileInfo info(file.fileName());
    if (!info.exists())
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no file %1").arg(file.fileName()));
    // Also a pipe or a device, which would make us wait.
    if (!info.isFile())
        return fail(noBackup(file.fileName()));
    if (!file.open(QIODevice::ReadOnly))
        return fail(
            Error::Kind::BadRequest,
            QStringLiteral("%1 cannot be read: %2").arg(file.fileName(), file.errorString()));
    return readHead(file);
}

// From `from`, where it stands, to its end; into `hash`, and into `to` where there is one.
Result<> pass(QFile &from, QCryptographicHash &hash, QFile *to)
{
    for (;;) {
        const QByteArray piece = from.read(pieceSize);
        if (piece.isEmpty())
            break;
        hash.addData(piece);
        if (to != nullptr && to->write(piece) != piece.size())
            return fail(
                Error::Kind::Internal,
                QStringLiteral("%1 cannot be written: %2").arg(to->fileName(), to->errorString()),
                QStringLiteral("Free some space on that disk, then try again."));
    }
    if (from.error() != QFileDevice::NoError)
        return fail(
            Error::Kind::Internal,
            QStringLiteral("%1 cannot be read: %2").arg(from.fileName(), from.errorString()));
    if (to != nullptr && !to->flush())
        return fail(
            Error::Kind::Internal,
            QStringLiteral("%1 cannot be written: %2").arg(to->fileName(), to->errorString()),
            QStringLiteral("Free some space on that disk, then try again."));
    return {};
}

Result<BackupRecord> readWhole(const QString &name, QFile *into)
{
    QFile file(name);
    const Result<Head> head = openBackup(file);
    if (!head)
        return fail(head.error());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(head->line);
    if (const Result<> read = pass(file, hash, into); !read)
        return fail(read.error());
    if (hash.result().toHex() != head->digest)
        return fail(damagedBackup(name, QStringLiteral("its contents are not what was written")));
    if (head->record.format > newestSchemaVersion)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the backup %1 was made by a newer Sealbook (format %2, this "
                                   "program knows %3)")
                        .arg(name)
                        .arg(head->record.format)
                        .arg(newestSchemaVersion),
                    QStringLiteral("Install the newer version. Nothing was changed."));
    return head->record;
}

Result<> checkWhole(Database &database, const char *pragma)
{
    Result<Rows> rows = database.run(pragma);
    if (!rows)
        return fail(rows.error());
    const QString said = rows->next() ? rows->text(0) : QString();
    if (said == QLatin1String("ok"))
        return {};
    return fail(Error::Kind::Corrupt,
                QStringLiteral("the database %1 is damaged, so no backup of it was made: %2")
                    .arg(database.file(), said.simplified()),
                QStringLiteral("Restore the newest backup. The older ones were left as they are."));
}

Result<qint64> countOf(Database &database, const char *sql)
{
    Result<Rows> rows = database.run(sql);
    if (!rows)
        return fail(rows.error());
    return rows->next() ? rows->integer(0) : 0;
}

Result<BackupRecord> describeCopy(const QString &copy, BackupReason reason)
{
    const Result<std::unique_ptr<Database>> database = Database::open(copy, {});
    if (!database)
        return fail(database.error());
    if (const Result<> sound = checkWhole(**database, "PRAGMA quick_check(1)"); !sound)
        return fail(sound.error());
    const Result<QJsonValue> vaultId =
        SettingRepository(**database).value(QStringLiteral("vault.id"));
    const Result<qint64> format = (*database)->pragma("user_version");
    const Result<qint64> certificates = countOf(**database, "SELECT count(*) FROM certificate");
    const Result<qint64> keys = countOf(**database, "SELECT count(*) FROM key_pair");
    const Result<qint64> entries =
        countOf(**database, "SELECT coalesce(max(sequence), 0) FROM audit");
    if (!vaultId)
        return fail(vaultId.error());
    for (const Result<qint64> *number : {&format, &certificates, &keys, &entries}) {
        if (!*number)
            return fail(number->error());
    }
    BackupRecord record;
    record.reason = reason;
    record.takenAt = QDateTime::currentDateTimeUtc();
    record.vaultId = vaultId->toString();
    record.format = static_cast<int>(*format);
    record.certificates = *certificates;
    record.keys = *keys;
    record.auditEntries = *entries;
    record.databaseSize = QFileInfo(copy).size();
    return record;
}

// The hash stands before what it covers, so the copy is read twice.
Result<> pack(const QString &copy, const BackupRecord &record, const QString &into)
{
    QFile from(copy);
    QFile to(into);
    if (!from.open(QIODevice::ReadOnly) || !to.open(QIODevice::WriteOnly))
        return fail(Error::Kind::Internal, QStringLiteral("%1 cannot be written").arg(into));
    const QByteArray head = headOf(record);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(head);
    if (const Result<> hashed = pass(from, hash, nullptr); !hashed)
        return hashed;
    const QByteArray lines = magic + hash.result().toHex() + '\n' + head;
    if (to.write(lines) != lines.size() || !from.seek(0))
        return fail(Error::Kind::Internal,
                    QStringLiteral("%1 cannot be written: %2").arg(into, to.errorString()),
                    QStringLiteral("Free some space on that disk, then try again."));
    QCryptographicHash again(QCryptographicHash::Sha256);
    again.addData(head);
    if (const Result<> written = pass(from, again, &to); !written)
        return written;
    if (again.result() != hash.result())
        return fail(Error::Kind::Internal,
                    QStringLiteral("%1 changed while it was read").arg(copy));
    return {};
}

} // namespace

Result<BackupRecord> writeBackup(Database &database, const QString &target, BackupReason reason)
{
    const QString path = QFileInfo(target).absoluteFilePath();
    if (QFileInfo::exists(path))
        return fail(Error::Kind::Conflict, QStringLiteral("%1 is there already").arg(path),
                    QStringLiteral("Give another name; nothing was changed."));
    if (const Result<> sound = checkWhole(database, "PRAGMA integrity_check(1)"); !sound)
        return fail(sound.error());
    const Result<DraftFile> copy = DraftFile::beside(path);
    if (!copy)
        return fail(copy.error());
    // SQLite takes a file that is there when it is empty: so it is never open to others.
    const QString quoted = QString(copy->path()).replace(QLatin1Char('\''), QLatin1String("''"));
    if (const Result<> copied = database.execute(QStringLiteral("VACUUM INTO '%1'").arg(quoted));
        !copied)
        return fail(copied.error(), "copying the database");
    Result<BackupRecord> record = describeCopy(copy->path(), reason);
    if (!record)
        return fail(record.error(), "checking the copy");
    Result<DraftFile> packed = DraftFile::beside(path);
    if (!packed)
        return fail(packed.error());
    if (const Result<> done = pack(copy->path(), *record, packed->path()); !done)
        return fail(done.error());
    if (failPoint("C20-packed"))
        return fail(Error::Kind::Internal, QStringLiteral("the test stopped before the rename"));
    if (const Result<> placed = packed->putNew(path); !placed)
        return fail(placed.error());
    record->file = path;
    return record;
}

Result<BackupRecord> readBackupHead(const QString &file)
{
    QFile opened(file);
    Result<Head> head = openBackup(opened);
    if (!head)
        return fail(head.error());
    return std::move(head->record);
}

Result<BackupRecord> verifyBackup(const QString &file)
{
    return readWhole(file, nullptr);
}

Result<BackupRecord> extractBackup(const QString &file, const QString &into)
{
    QFile to(into);
    if (!to.open(QIODevice::WriteOnly))
        return fail(Error::Kind::Internal,
                    QStringLiteral("%1 cannot be written: %2").arg(into, to.errorString()));
    return readWhole(file, &to);
}

} // namespace sealbook
