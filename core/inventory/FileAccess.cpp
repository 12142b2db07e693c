// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/FileAccess.h"

#include "core/base/FailPoint.h"
#include "core/crypto/Secret.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sealbook {

namespace {

// An open file of the system, closed when it goes.
class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd;
};

// A new file beside the one that it replaces, gone unless it got that name. Where the system has
// files without any name it is such a one, so that nothing of it is left when the process dies.
class NewFile
{
public:
    NewFile(const QByteArray &folder, const QByteArray &name, mode_t mode)
        : m_hidden(folder + "/." + name.left(100) + "."
                   + QUuid::createUuid().toByteArray(QUuid::Id128).left(hiddenDigits))
        , m_file(openIn(folder, mode))
    {
    }
    ~NewFile()
    {
        if (m_isNamed)
            ::unlink(m_hidden.constData());
    }
    NewFile(const NewFile &) = delete;
    NewFile &operator=(const NewFile &) = delete;
    [[nodiscard]] int get() const { return m_file.get(); }
    [[nodiscard]] bool isOpen() const { return m_file.isOpen(); }

    // False, with errno, where it does not get the name.
    [[nodiscard]] bool place(const QByteArray &path)
    {
        if (!m_isNamed) {
            if (link(path))
                return true;
            if (errno != EEXIST || !link(m_hidden))
                return false;
            m_isNamed = true;
        }
        if (failPoint("C14-named")) {
            errno = EINTR;
            return false;
        }
        if (::rename(m_hidden.constData(), path.constData()) != 0)
            return false;
        m_isNamed = false;
        return true;
    }

    static constexpr int hiddenDigits = 12;

private:
    [[nodiscard]] int openIn(const QByteArray &folder, mode_t mode)
    {
#ifdef O_TMPFILE
        const int unnamed = ::open(folder.constData(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
        if (unnamed >= 0)
            return unnamed;
#endif
        const int named = ::open(m_hidden.constData(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        m_isNamed = named >= 0;
        return named;
    }
    [[nodiscard]] bool link(const QByteArray &path) const
    {
        const QByteArray own = "/proc/self/fd/" + QByteArray::number(m_file.get());
        return ::linkat(AT_FDCWD, own.constData(), AT_FDCWD, path.constData(), AT_SYMLINK_FOLLOW)
            == 0;
    }

    QByteArray m_hidden;
    bool m_isNamed = false;
    Descriptor m_file; // after the two above: opening uses them
};

// What a process left that died between a hidden name and the rename, or where there are only files
// with names: it holds a key.
void removeLeftovers(const QFileInfo &target)
{
    constexpr qint64 secondsToLive = 60;
    const QString head = QStringLiteral(".%1.").arg(target.fileName());
    const QDir folder = target.absoluteDir();
    for (const QFileInfo &found :
         folder.entryInfoList({head + u'*'}, QDir::Files | QDir::Hidden | QDir::NoSymLinks)) {
        const QString tail = found.fileName().mid(head.size());
        const bool isOurs =
            tail.size() == NewFile::hiddenDigits && found.ownerId() == ::geteuid()
            && std::all_of(tail.begin(), tail.end(), [](QChar digit) {
                   return (digit >= u'0' && digit <= u'9') || (digit >= u'a' && digit <= u'f');
               });
        if (isOurs && found.lastModified().secsTo(QDateTime::currentDateTime()) > secondsToLive)
            QFile::remove(found.filePath());
    }
}

tl::unexpected<Error> systemError(const QString &what, int code)
{
    const bool isFull = code == ENOSPC || code == EDQUOT;
    return fail(Error::Kind::BadRequest,
                QStringLiteral("%1: %2").arg(what, QString::fromLocal8Bit(std::strerror(code))),
                isFull ? QStringLiteral("Make room on the disk and try again.")
                       : QStringLiteral("Choose another place."));
}

bool writeAll(int fd, std::span<const std::uint8_t> bytes)
{
    while (!bytes.empty()) {
        const ssize_t done = ::write(fd, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    return true;
}

} // namespace

Result<InputFile> InputFile::open(const QString &path)
{
    const auto refuse = [&path](const char *why) {
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" %2").arg(path, QLatin1String(why)));
    };
    // O_NONBLOCK: opening a pipe must not wait for its other end.
    InputFile file(
        path,
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY),
        0);
    if (file.m_fd < 0) {
        const int code = errno;
        if (code == ENOENT)
            return fail(Error::Kind::NotFound, QStringLiteral("there is no file \"%1\"").arg(path));
        return code == EACCES
            ? refuse("may not be read by you")
            : systemError(QStringLiteral("\"%1\" cannot be opened").arg(path), code);
    }
    struct stat facts = {};
    if (::fstat(file.m_fd, &facts) != 0)
        return systemError(QStringLiteral("\"%1\" cannot be read").arg(path), errno);
    if (S_ISDIR(facts.st_mode))
        return refuse("is a folder");
    if (!S_ISREG(facts.st_mode))
        return refuse("is no ordinary file");
    if (facts.st_size == 0)
        return refuse("is empty (0 bytes)");
    file.m_size = facts.st_size;
    return file;
}

InputFile::InputFile(QString path, int fd, qint64 size)
    : m_path(std::move(path))
    , m_fd(fd)
    , m_size(size)
{
}

InputFile::InputFile(InputFile &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_fd(std::exchange(other.m_fd, -1))
    , m_size(other.m_size)
{
}

InputFile::~InputFile()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Result<std::size_t> InputFile::read(std::span<std::uint8_t> into)
{
    std::size_t have = 0;
    while (have < into.size()) {
        const ssize_t got = ::read(m_fd, into.data() + have, into.size() - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError(QStringLiteral("\"%1\" cannot be read").arg(m_path), errno);
        if (got == 0)
            break;
        have += static_cast<std::size_t>(got);
    }
    return have;
}

Result<std::size_t> InputFile::peek(std::span<std::uint8_t> into) const
{
    const ssize_t got = ::pread(m_fd, into.data(), into.size(), 0);
    if (got < 0)
        return systemError(QStringLiteral("\"%1\" cannot be read").arg(m_path), errno);
    return static_cast<std::size_t>(got);
}

Result<> readFileOnce(const QString &path, qsizetype limit,
                      const std::function<Result<>(std::span<const std::uint8_t>)> &use)
{
    Result<InputFile> file = InputFile::open(path);
    if (!file)
        return fail(file.error());
    if (file->size() > limit)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" has %2 MiB; at most %3 MiB can be imported at once")
                        .arg(path)
                        .arg(file->size() / (1024 * 1024))
                        .arg(limit / (1024 * 1024)));
    QByteArray bytes(static_cast<qsizetype>(file->size()), '\0');
    const Result<std::size_t> have = file->read(
        {reinterpret_cast<std::uint8_t *>(bytes.data()), static_cast<std::size_t>(bytes.size())});
    Result<> used = have ? use({reinterpret_cast<const std::uint8_t *>(bytes.constData()), *have})
                         : Result<>(fail(have.error()));
    wipe(bytes);
    return used;
}

Result<> replaceFile(const QString &path, std::span<const std::uint8_t> bytes, bool isSecret,
                     std::optional<unsigned> umask)
{
    const QFileInfo target(path);
    if (target.isDir())
        return fail(Error::Kind::BadRequest, QStringLiteral("\"%1\" is a folder").arg(path));
    removeLeftovers(target);
    const QByteArray folder = QFile::encodeName(target.absolutePath());
    NewFile file(folder, QFile::encodeName(target.fileName()), isSecret ? 0600 : 0644);
    const QString cannot = QStringLiteral("\"%1\" cannot be written").arg(path);
    if (!file.isOpen())
        return systemError(cannot, errno);
    constexpr unsigned ordinary = 0644;
    if (!isSecret && umask && ::fchmod(file.get(), ordinary & ~*umask) != 0)
        return systemError(cannot, errno);
    if (!writeAll(file.get(), bytes) || ::fsync(file.get()) != 0)
        return systemError(cannot, errno);
    if (failPoint("C14"))
        return fail(Error::Kind::Internal, QStringLiteral("the test stopped before the rename"));
    if (!file.place(QFile::encodeName(target.absoluteFilePath())))
        return systemError(cannot, errno);
    const Descriptor directory(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems refuse fsync on a folder; the file itself is safe by then.
    if (directory.isOpen() && ::fsync(directory.get()) != 0 && errno != EINVAL)
        return systemError(cannot, errno);
    return {};
}

} // namespace sealbook
