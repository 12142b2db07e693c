// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ContainerProcess.h"

#include "core/base/Task.h"

#include <QDataStream>
#include <QElapsedTimer>
#include <QProcess>

#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace sealbook {

namespace {

constexpr qint64 largestMessage = 20 * 1024 * 1024; // an import is at most 16 MiB
constexpr rlim_t processorSeconds = 10;
constexpr rlim_t memoryBytes = 256 * 1024 * 1024;
constexpr int patienceMs = 20'000; // of the clock, for a machine that is busy
constexpr int pollMs = 50; // how soon a stop is noticed

enum class Answer : quint8 { Content = 1, Failure = 2 };

QByteArray viewOf(std::span<const std::uint8_t> bytes)
{
    return QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()),
                                   static_cast<qsizetype>(bytes.size()));
}

std::span<const std::uint8_t> spanOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

QByteArray encoded(const Result<ContainerContent> &result)
{
    QByteArray message;
    QDataStream out(&message, QIODevice::WriteOnly);
    if (!result) {
        out << static_cast<quint8>(Answer::Failure) << static_cast<qint32>(result.error().kind)
            << result.error().detail << result.error().advice << result.error().context;
        return message;
    }
    out << static_cast<quint8>(Answer::Content)
        << static_cast<quint32>(result->certificates.size());
    for (const QByteArray &der : result->certificates)
        out << der;
    out << static_cast<quint32>(result->keys.size());
    for (const Secret &key : result->keys)
        out << viewOf(key.bytes());
    out << static_cast<quint32>(result->closedKeys.size());
    for (const ContainerContent::ClosedKey &key : result->closedKeys)
        out << key.name << key.why;
    out << result->notes;
    return message;
}

// The child may have been taken over by what it read: counts and sizes are checked as in any file.
Result<ContainerContent> decoded(const QByteArray &message)
{
    const auto damaged = [] {
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the process that read the file gave no sensible answer"),
                    QStringLiteral("The file is damaged, or was made to do harm."));
    };
    QDataStream in(message);
    quint8 answer = 0;
    in >> answer;
    if (answer == static_cast<quint8>(Answer::Failure)) {
        qint32 kind = 0;
        Error error;
        in >> kind >> error.detail >> error.advice >> error.context;
        if (in.status() != QDataStream::Ok || !in.atEnd())
            return damaged();
        error.kind = kind == static_cast<qint32>(Error::Kind::BadRequest) ? Error::Kind::BadRequest
                                                                          : Error::Kind::Internal;
        return fail(std::move(error));
    }
    if (answer != static_cast<quint8>(Answer::Content))
        return damaged();
    ContainerContent content;
    quint32 count = 0;
    const auto begins = [&in, &count] {
        in >> count;
        return in.status() == QDataStream::Ok && count <= mostContainerObjects;
    };
    if (!begins())
        return damaged();
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i)
        in >> content.certificates.emplace_back();
    if (!begins())
        return damaged();
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        QByteArray der;
        in >> der;
        Result<Secret> key = Secret::take(std::move(der));
        if (!key)
            return fail(key.error());
        content.keys.push_back(std::move(*key));
    }
    if (!begins())
        return damaged();
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        ContainerContent::ClosedKey &key = content.closedKeys.emplace_back();
        in >> key.name >> key.why;
    }
    in >> content.notes;
    if (in.status() != QDataStream::Ok || !in.atEnd())
        return damaged();
    return content;
}

// Empty when it is more than anybody may send.
QByteArray readAll(int in)
{
    QByteArray all;
    std::array<char, 65536> buffer{};
    for (;;) {
        const ssize_t got = ::read(in, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return all;
        all.append(buffer.data(), static_cast<qsizetype>(got));
        if (all.size() > largestMessage)
            return {};
    }
}

bool writeAll(int out, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t put =
            ::write(out, bytes.constData() + done, static_cast<std::size_t>(bytes.size() - done));
        if (put < 0 && errno != EINTR)
            return false;
        done += std::max<ssize_t>(put, 0);
    }
    return true;
}

bool limitOurselves()
{
    const auto limit = [](decltype(RLIMIT_CPU) what, rlim_t most) {
        const rlimit value{most, most};
        return ::setrlimit(what, &value) == 0;
    };
    return limit(RLIMIT_CPU, processorSeconds) && limit(RLIMIT_DATA, memoryBytes)
        && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0);
}

// Why a child that gave no answer ended.
Error endOf(const QProcess &process, bool late)
{
    if (process.error() == QProcess::FailedToStart)
        return fail(Error::Kind::Internal,
                    QStringLiteral("the program that reads such files does not start: %1")
                        .arg(process.errorString()))
            .value();
    return fail(Error::Kind::BadRequest,
                late ? QStringLiteral("reading the file took more than %1 s of processor time")
                           .arg(processorSeconds)
                     : QStringLiteral("the process that read the file died: it may use %1 MiB of "
                                      "memory and %2 s of processor time")
                           .arg(memoryBytes / 1024 / 1024)
                           .arg(processorSeconds),
                QStringLiteral("The file is damaged, or was made to do harm. Nothing of it was "
                               "imported."))
        .value();
}

} // namespace

Result<ContainerContent> readInProcess(const ImportHelper &helper, ImportFormat format,
                                       std::span<const std::uint8_t> bytes, const Secret &password,
                                       std::stop_token stop)
{
    if (helper.program.isEmpty())
        return fail(Error::Kind::Internal,
                    QStringLiteral("there is no program here that reads such files"));
    QByteArray request;
    QDataStream out(&request, QIODevice::WriteOnly);
    out << formatCode(format) << viewOf(password.bytes()) << viewOf(bytes);
    QProcess process;
    process.setProgram(helper.program);
    process.setArguments(helper.arguments);
    process.start();
    process.write(request);
    wipe(request);
    process.closeWriteChannel();
    QElapsedTimer since;
    since.start();
    bool late = false;
    while (!process.waitForFinished(pollMs) && process.state() != QProcess::NotRunning) {
        late = since.elapsed() > patienceMs;
        if (!late && !stop.stop_requested() && process.bytesAvailable() <= largestMessage)
            continue;
        process.kill();
        process.waitForFinished();
        break;
    }
    if (stop.stop_requested())
        return fail(cancelled());
    if (process.error() == QProcess::FailedToStart || process.exitStatus() != QProcess::NormalExit
        || process.exitCode() != 0)
        return fail(endOf(process, late));
    QByteArray answer = process.readAllStandardOutput();
    Result<ContainerContent> content = decoded(answer);
    wipe(answer);
    return content;
}

int serveContainer(int in, int out, bool limited)
{
    if (limited && !limitOurselves())
        return 1;
    QByteArray request = readAll(in);
    QByteArray code;
    QByteArray password;
    QByteArray bytes;
    QDataStream stream(request);
    stream >> code >> password >> bytes;
    if (stream.status() != QDataStream::Ok || !stream.atEnd())
        return 2;
    wipe(request);
    const Result<Secret> opening = Secret::take(std::move(password));
    if (!opening)
        return 1;
    const Result<ContainerContent> content =
        readContainer(formatFromCode(code), spanOf(bytes), *opening);
    wipe(bytes);
    QByteArray answer = encoded(content);
    const bool written = writeAll(out, answer);
    wipe(answer);
    return written ? 0 : 1;
}

} // namespace sealbook
