// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/SecretInput.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

namespace sealbook {

namespace {
constexpr std::size_t secretLimit = 64 * 1024;
constexpr std::chrono::milliseconds forever{-1};

Result<Secret> cutLineEnd(const Secret &buffer, std::size_t size)
{
    const auto bytes = buffer.bytes();
    while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
        --size;
    return Secret::copyOf(bytes.first(size));
}

Result<std::size_t> readAll(int descriptor, std::span<std::uint8_t> buffer, bool oneLine,
                            std::chrono::milliseconds silence)
{
    std::size_t size = 0;
    while (true) {
        pollfd waiting{descriptor, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>(silence.count()));
        if (ready < 0 && errno == EINTR && !oneLine)
            continue;
        if (ready < 0)
            return fail(Error::Kind::Cancelled, QStringLiteral("cancelled"));
        if (ready == 0)
            return fail(Error::Kind::Timeout,
                        QStringLiteral("nothing came on file descriptor %1 for %2 seconds")
                            .arg(descriptor)
                            .arg(static_cast<double>(silence.count()) / 1000));
        const ssize_t got = ::read(descriptor, buffer.data() + size, buffer.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("file descriptor %1 cannot be read: %2")
                            .arg(descriptor)
                            .arg(QString::fromLocal8Bit(std::strerror(errno))));
        if (got == 0)
            return size;
        size += static_cast<std::size_t>(got);
        if (size == buffer.size())
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the secret has more than %1 bytes").arg(secretLimit));
        if (oneLine && buffer[size - 1] == '\n')
            return size;
    }
}
} // namespace

Result<Secret> secretFromDescriptor(int descriptor, std::chrono::milliseconds silence)
{
    struct stat info = {};
    if (::fstat(descriptor, &info) != 0)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("file descriptor %1 is not open").arg(descriptor),
                    QStringLiteral("Open it in the shell, for example: --secret-fd token=3 "
                                   "3<FILE"));
    if (S_ISDIR(info.st_mode))
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("file descriptor %1 is a folder").arg(descriptor));
    if (S_ISCHR(info.st_mode) && ::isatty(descriptor) == 0)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("file descriptor %1 is a device").arg(descriptor));
    auto buffer = Secret::ofSize(secretLimit + 1);
    if (!buffer)
        return fail(buffer.error());
    const auto size = readAll(descriptor, buffer->writableBytes(), false, silence);
    if (!size)
        return fail(size.error());
    return cutLineEnd(*buffer, *size);
}

Result<Secret> secretFromPrompt(const QString &question)
{
    if (::isatty(STDIN_FILENO) == 0)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("a secret is needed (%1) and there is no terminal to ask at")
                        .arg(question),
                    QStringLiteral("Give it by a file descriptor."));
    termios before = {};
    ::tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    std::fprintf(stderr, "%s: ", question.toLocal8Bit().constData());
    std::fflush(stderr);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    auto buffer = Secret::ofSize(secretLimit + 1);
    Result<std::size_t> size = std::size_t(0);
    if (buffer)
        size = readAll(STDIN_FILENO, buffer->writableBytes(), true, forever);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::fputc('\n', stderr);
    if (!buffer)
        return fail(buffer.error());
    if (!size)
        return fail(size.error());
    return cutLineEnd(*buffer, *size);
}

Result<int> descriptorFromText(const QString &text)
{
    bool isNumber = false;
    const int descriptor = text.toInt(&isNumber);
    if (!isNumber || descriptor < 0)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" is no file descriptor number").arg(text));
    return descriptor;
}

Result<SecretSource> secretSource(const QString &argument)
{
    const qsizetype equals = argument.indexOf(u'=');
    if (equals <= 0)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("--secret-fd wants FIELD=N, not \"%1\"").arg(argument));
    const auto descriptor = descriptorFromText(argument.mid(equals + 1));
    if (!descriptor)
        return fail(descriptor.error());
    return SecretSource{argument.left(equals), *descriptor};
}

} // namespace sealbook
