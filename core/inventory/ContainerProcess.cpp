// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ContainerProcess.h"

#include "core/base/Task.h"
#include "core/inventory/ContainerFrames.h"
#include "core/inventory/ContainerServant.h"
#include "core/x509/NameText.h"

#include <QDeadlineTimer>
#include <QFile>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char **environ; // NOLINT(readability-redundant-declaration): POSIX declares it nowhere

namespace sealbook {

namespace {

using Bytes = std::span<const std::uint8_t>;
constexpr std::chrono::milliseconds pulse{100}; // how often a stop request is looked for
// Between the end of its answer and its own end. Nobody waits longer for a child that stays.
constexpr std::chrono::seconds grace{2};

tl::unexpected<Error> systemFail(const char *what)
{
    return fail(Error::Kind::Internal,
                QStringLiteral("%1: %2").arg(QLatin1String(what),
                                             QString::fromLocal8Bit(std::strerror(errno))));
}

// Only what the loader, the sanitizers and the modules of tokens need: a secret in our environment
// does not go along.
std::vector<char *> childEnvironment()
{
    std::vector<char *> kept;
    for (char **at = environ; *at != nullptr; ++at) {
        const std::string_view entry(*at);
        for (const std::string_view name :
             {"LD_LIBRARY_PATH=", "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "LSAN_OPTIONS=",
              "TSAN_OPTIONS=", "HOME=", "XDG_CONFIG_HOME=", "SOFTHSM2_CONF="}) {
            if (entry.starts_with(name))
                kept.push_back(*at);
        }
    }
    kept.push_back(nullptr);
    return kept;
}

// The child and our end of the socket. Whatever happens, it does not outlive this.
class Child
{
public:
    Child() = default;
    ~Child()
    {
        if (m_socket >= 0)
            ::close(m_socket);
        if (m_pid > 0)
            (void)reap();
    }
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    [[nodiscard]] Result<> start(const ImportHelper &helper, ContainerDuty duty)
    {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return systemFail("no socket for the process that reads containers");
        m_socket = ends[0];
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
#ifndef SEALBOOK_SANITIZED
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#endif
        QByteArrayList words{QFile::encodeName(helper.program)};
        for (const QString &argument : helper.arguments)
            words.append(argument.toLocal8Bit());
        if (duty == ContainerDuty::Tokens)
            words.append(readTokenWord);
        std::vector<char *> argv;
        for (QByteArray &word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        std::vector<char *> environment = childEnvironment();
        posix_spawnattr_t attributes; // a group of its own: what it forks dies with it
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
        const int code = ::posix_spawn(&m_pid, argv.front(), &actions, &attributes, argv.data(),
                                       environment.data());
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        if (code != 0) {
            m_pid = -1;
            errno = code;
            return systemFail("the process that reads containers could not be started");
        }
        (void)::fcntl(m_socket, F_SETFL, O_NONBLOCK);
        return {};
    }

    [[nodiscard]] int socket() const
    {
        return m_socket;
    }

    // How it ended by itself, as waitpid() has it; nothing where it had to be killed.
    std::optional<int> wait()
    {
        const QDeadlineTimer deadline(grace);
        siginfo_t ended{};
        const auto id = static_cast<id_t>(m_pid);
        while (::waitid(P_PID, id, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0) {
            if (deadline.hasExpired()) {
                (void)reap();
                return std::nullopt;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return reap();
    }

private:
    // While it is not reaped its number is nobody else's, so that the group's is not either.
    int reap()
    {
        ::kill(-m_pid, SIGKILL);
        int status = 0;
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
        m_pid = -1;
        return status;
    }

    pid_t m_pid = -1;
    int m_socket = -1;
};

// One question and its answer.
class Talk
{
public:
    Talk(int socket, QDeadlineTimer deadline, const std::stop_token &stop)
        : m_socket(socket)
        , m_deadline(deadline)
        , m_stop(stop)
    {
    }

    // False where the child stopped listening: its answer says why.
    [[nodiscard]] Result<bool> send(Bytes bytes)
    {
        while (!bytes.empty()) {
            const ssize_t done = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (done > 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(done));
                continue;
            }
            if (errno != EAGAIN && errno != EINTR)
                return false;
            if (const Result<> ready = await(POLLOUT); !ready)
                return fail(ready.error());
        }
        return true;
    }

    // False at the end of the stream.
    [[nodiscard]] Result<bool> receive(std::span<std::uint8_t> into)
    {
        while (!into.empty()) {
            const ssize_t got = ::recv(m_socket, into.data(), into.size(), 0);
            if (got > 0) {
                into = into.subspan(static_cast<std::size_t>(got));
                continue;
            }
            if (got == 0 || (errno != EAGAIN && errno != EINTR))
                return false;
            if (const Result<> ready = await(POLLIN); !ready)
                return fail(ready.error());
        }
        return true;
    }

private:
    Result<> await(short events)
    {
        if (m_stop.stop_requested())
            return fail(cancelled());
        if (m_deadline.hasExpired())
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("reading the file takes too long; it was given up"));
        pollfd entry{m_socket, events, 0};
        (void)::poll(&entry, 1, static_cast<int>(pulse.count()));
        return {};
    }

    int m_socket;
    QDeadlineTimer m_deadline;
    const std::stop_token &m_stop;
};

tl::unexpected<Error> brokenAnswer()
{
    return fail(Error::Kind::BadRequest,
                QStringLiteral("the process that reads containers broke the rules over this file; "
                               "nothing of it was taken"));
}

// They are shown, and who says them may have been taken over.
QStringList textsOf(const QByteArray &payload)
{
    QStringList texts;
    for (const QByteArray &part : payload.split('\0'))
        texts.append(printable(QString::fromUtf8(part)));
    return texts;
}

// Takes the frames one by one.
class AnswerReader
{
public:
    explicit AnswerReader(Talk &talk)
        : m_talk(talk)
    {
    }

    // Nothing: the stream ended before its time.
    [[nodiscard]] Result<std::optional<ContainerContent>> read()
    {
        for (;;) {
            std::array<std::uint8_t, 5> head{};
            const Result<bool> got = m_talk.receive(head);
            if (!got)
                return fail(got.error());
            if (!*got)
                return std::nullopt;
            const std::uint32_t size = static_cast<std::uint32_t>(head[1]) << 24U
                | static_cast<std::uint32_t>(head[2]) << 16U
                | static_cast<std::uint32_t>(head[3]) << 8U | head[4];
            const auto kind = static_cast<ContainerFrame>(head[0]);
            if (kind == ContainerFrame::End) {
                if (size != 0)
                    return brokenAnswer();
                if (m_failure)
                    return fail(*m_failure);
                return std::move(m_content);
            }
            const Result<bool> taken =
                kind == ContainerFrame::Key ? takeKey(size) : takeFrame(kind, size);
            if (!taken)
                return fail(taken.error());
            if (!*taken)
                return std::nullopt;
        }
    }

private:
    Result<bool> takeKey(std::uint32_t size)
    {
        m_size += size;
        if (size == 0 || size > largestKeyFrame || m_content.keys.size() >= mostContainerObjects
            || m_size > largestAnswer)
            return brokenAnswer();
        Result<Secret> key = Secret::ofSize(size);
        if (!key)
            return fail(key.error());
        const Result<bool> got = m_talk.receive(key->writableBytes());
        if (got && *got)
            m_content.keys.push_back(std::move(*key));
        return got;
    }

    Result<bool> takeFrame(ContainerFrame kind, std::uint32_t size)
    {
        const bool isDer = kind == ContainerFrame::Certificate || kind == ContainerFrame::Request
            || kind == ContainerFrame::PublicKey;
        m_size += size;
        if (size > (isDer ? std::uint32_t{largestContainerObject} : largestTextFrame)
            || ++m_frames > 4 * mostContainerObjects || m_size > largestAnswer)
            return brokenAnswer();
        QByteArray payload(static_cast<qsizetype>(size), '\0');
        const Result<bool> got =
            m_talk.receive({reinterpret_cast<std::uint8_t *>(payload.data()), size});
        if (!got || !*got)
            return got;
        const QStringList texts = isDer ? QStringList() : textsOf(payload);
        switch (kind) {
        case ContainerFrame::Certificate:
            m_content.certificates.push_back(payload);
            return true;
        case ContainerFrame::Request:
            m_content.requests.push_back(payload);
            return true;
        case ContainerFrame::PublicKey:
            m_content.publicKeys.push_back(payload);
            return true;
        case ContainerFrame::ClosedKey:
            m_content.closedKeys.push_back({texts.value(0), texts.value(1)});
            return true;
        case ContainerFrame::Note:
            m_content.notes.append(texts.value(0));
            return true;
        case ContainerFrame::Failure: {
            Error error;
            // Of all kinds only one more makes sense, and others would have us do something.
            const bool isInternal = texts.value(0) == kindName(Error::Kind::Internal);
            error.kind = isInternal ? Error::Kind::Internal : Error::Kind::BadRequest;
            error.detail = texts.value(1);
            error.advice = texts.value(2);
            m_failure = std::move(error);
            return true;
        }
        default:
            return brokenAnswer();
        }
    }

    Talk &m_talk;
    ContainerContent m_content;
    std::optional<Error> m_failure;
    std::size_t m_frames = 0;
    std::size_t m_size = 0;
};

Result<bool> sendQuestion(Talk &talk, ImportFormat format, Bytes bytes, const Secret &password)
{
    const QByteArray code = formatCode(format);
    QByteArray head(containerGreeting.data(), containerGreeting.size());
    head.append(static_cast<char>(code.size()));
    head.append(code);
    const auto size = static_cast<std::uint32_t>(password.size());
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        head.append(static_cast<char>(size >> shift));
    for (const Bytes part : {Bytes(reinterpret_cast<const std::uint8_t *>(head.constData()),
                                   static_cast<std::size_t>(head.size())),
                             password.bytes(), bytes}) {
        const Result<bool> sent = talk.send(part);
        if (!sent || !*sent)
            return sent;
    }
    return true;
}

Error endedEarly(std::optional<int> ended)
{
    constexpr int outOfMemory = 3; // ContainerServant's
    if (!ended)
        return brokenAnswer().value();
    const int status = *ended;
    Error error;
    error.kind = Error::Kind::BadRequest;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        error.detail = QStringLiteral("reading the file takes more than 10 s of computing; it was "
                                      "given up");
    else if (WIFEXITED(status) && WEXITSTATUS(status) == outOfMemory)
        error.detail =
            QStringLiteral("reading the file takes more than 256 MiB of memory; it was given up");
    else
        error.detail = QStringLiteral("the process that read the file died; nothing else was "
                                      "harmed");
    error.advice = QStringLiteral("The file is damaged, or was made to do harm. Nothing of it was "
                                  "imported.");
    return error;
}

} // namespace

Result<ContainerContent> ContainerProcess::read(ImportFormat format, Bytes bytes,
                                                const Secret &password,
                                                const std::stop_token &stop) const
{
    if (m_helper.program.isEmpty())
        return fail(Error::Kind::Internal,
                    QStringLiteral("no process to read containers was named"));
    if (password.size() > largestPassword)
        return fail(Error::Kind::BadRequest, QStringLiteral("the password has more than 4 KiB"));
    Child child;
    const bool isToken = format == ImportFormat::Token || format == ImportFormat::TokenList;
    const ContainerDuty duty = isToken ? ContainerDuty::Tokens : ContainerDuty::Files;
    if (const Result<> started = child.start(m_helper, duty); !started)
        return fail(started.error());
    Talk talk(child.socket(), QDeadlineTimer(m_patience), stop);
    const Result<bool> asked = sendQuestion(talk, format, bytes, password);
    if (!asked)
        return fail(asked.error());
    (void)::shutdown(child.socket(), SHUT_WR);
    Result<std::optional<ContainerContent>> answer = AnswerReader(talk).read();
    if (!answer)
        return fail(answer.error());
    if (!*answer)
        return fail(endedEarly(child.wait()));
    return std::move(**answer);
}

} // namespace sealbook
