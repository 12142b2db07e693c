// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/PrivateFiles.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUuid>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sealbook {

namespace {

tl::unexpected<Error> notPlaced(const QString &target, int code)
{
    if (code == EEXIST)
        return fail(Error::Kind::Conflict, QStringLiteral("%1 is there already").arg(target),
                    QStringLiteral("Give another name; nothing was changed."));
    return fail(Error::Kind::Internal,
                QStringLiteral("%1 cannot be put into place: %2").arg(target, systemText(code)));
}

// What a process left that was killed; an hour later it is surely nobody's any more.
void removeForgotten(const QString &folder)
{
    constexpr qint64 secondsToLive = 3600;
    static const QRegularExpression ours(QStringLiteral("^\\..+\\.[0-9a-f]{32}\\.new(-journal)?$"));
    const QDateTime now = QDateTime::currentDateTime();
    for (const QFileInfo &found :
         QDir(folder).entryInfoList(QDir::Files | QDir::Hidden | QDir::NoSymLinks)) {
        if (ours.match(found.fileName()).hasMatch() && found.ownerId() == ::geteuid()
            && found.lastModified().secsTo(now) > secondsToLive)
            QFile::remove(found.filePath());
    }
}

} // namespace

QString systemText(int code)
{
    return QString::fromLocal8Bit(std::strerror(code));
}

Result<> makePrivateFolder(const QString &folder)
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
        if (const Result<> made = makePrivateFolder(parent); !made)
            return made;
    }
    if (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
        return fail(
            Error::Kind::Internal,
            QStringLiteral("the folder %1 cannot be made: %2").arg(folder, systemText(errno)));
    return {};
}

void syncFolder(const QString &folder)
{
    const int handle =
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
}

DraftFile::DraftFile(QString path)
    : m_path(std::move(path))
{
}

DraftFile::DraftFile(DraftFile &&other) noexcept
    : m_path(std::exchange(other.m_path, QString()))
{
}

DraftFile::~DraftFile()
{
    if (!m_path.isEmpty())
        ::unlink(QFile::encodeName(m_path).constData());
}

Result<DraftFile> DraftFile::beside(const QString &target)
{
    const QFileInfo info(target);
    removeForgotten(info.path());
    const QString path =
        QStringLiteral("%1/.%2.%3.new")
            .arg(info.path(), info.fileName(), QUuid::createUuid().toString(QUuid::Id128));
    const int handle = ::open(QFile::encodeName(path).constData(),
                              O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0600);
    if (handle < 0)
        return fail(Error::Kind::Internal,
                    QStringLiteral("%1 cannot be made: %2").arg(target, systemText(errno)),
                    QStringLiteral("Choose a folder that you can write into."));
    ::close(handle);
    return DraftFile(path);
}

Result<> DraftFile::sync() const
{
    const int handle = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC);
    const bool isSynced = handle >= 0 && ::fsync(handle) == 0;
    const int code = errno;
    if (handle >= 0)
        ::close(handle);
    if (isSynced)
        return {};
    return fail(Error::Kind::Internal,
                QStringLiteral("%1 cannot be written to disk: %2").arg(m_path, systemText(code)));
}

Result<> DraftFile::replace(const QString &target)
{
    if (const Result<> synced = sync(); !synced)
        return synced;
    if (::rename(QFile::encodeName(m_path).constData(), QFile::encodeName(target).constData()) != 0)
        return notPlaced(target, errno);
    m_path.clear();
    syncFolder(QFileInfo(target).path());
    return {};
}

Result<> DraftFile::putNew(const QString &target)
{
    if (const Result<> synced = sync(); !synced)
        return synced;
    const QByteArray from = QFile::encodeName(m_path);
    const QByteArray to = QFile::encodeName(target);
    // link() and not rename(): where another process was faster, its file stays. Some file systems
    // have no links.
    if (::link(from.constData(), to.constData()) == 0) {
        ::unlink(from.constData());
    } else if (errno == EEXIST || QFileInfo::exists(target)) {
        return notPlaced(target, EEXIST);
    } else if (::rename(from.constData(), to.constData()) != 0) {
        return notPlaced(target, errno);
    }
    m_path.clear();
    syncFolder(QFileInfo(target).path());
    return {};
}

} // namespace sealbook
