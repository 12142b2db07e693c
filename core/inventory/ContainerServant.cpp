// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ContainerServant.h"

#include "core/crypto/SecureArena.h"
#include "core/inventory/ContainerFrames.h"
#include "core/inventory/ContainerReader.h"
#include "core/inventory/ImportReader.h"
#include "core/x509/BigEndianReader.h"
#include "core/x509/Pkcs12.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace sealbook {

namespace {

constexpr int outOfMemory = 3;
constexpr int badQuestion = 4;
constexpr rlim_t cpuSeconds = 10;

void limit(__rlimit_resource what, rlim_t most, rlim_t ceiling)
{
    const rlimit value{most, ceiling};
    (void)::setrlimit(what, &value);
}

void limit(__rlimit_resource what, rlim_t most)
{
    limit(what, most, most);
}

#ifndef SEALBOOK_SANITIZED
rlim_t addressSpace()
{
    unsigned long pages = 0;
    std::FILE *file = std::fopen("/proc/self/statm", "re");
    if (file == nullptr || std::fscanf(file, "%lu", &pages) != 1)
        pages = 0;
    if (file != nullptr)
        (void)std::fclose(file);
    return static_cast<rlim_t>(pages) * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}
#endif

// A token's module opens its own files and speaks to its own services; it may do that, and its
// words on the standard output must not get into the answer.
int openAnswerBesides()
{
    const int answer = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    (void)::dup2(STDERR_FILENO, STDOUT_FILENO);
    return answer;
}

void limitMyself(ContainerDuty duty)
{
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, cpuSeconds, cpuSeconds + 1); // first a signal that says why
#ifndef SEALBOOK_SANITIZED
    (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); // LeakSanitizer looks into its own process
    constexpr rlim_t memory = 256UL * 1024 * 1024;
    if (const rlim_t now = addressSpace(); now > 0)
        limit(RLIMIT_AS, now + memory);
    if (duty == ContainerDuty::Tokens)
        return;
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 0); // what is open stays open
    limit(RLIMIT_NPROC, 0); // root may fork all the same: ContainerProcess kills the whole group
#else
    (void)duty;
#endif
}

// Everything up to the end of the stream. It holds the password: wiped by the caller.
bool readQuestion(QByteArray &question)
{
    constexpr qsizetype most = maxImportSize + largestPassword + 64;
    qsizetype have = 0;
    question.resize(1024 * 1024);
    for (;;) {
        if (have == question.size()) {
            if (have > most)
                return false;
            QByteArray larger(std::min(2 * have, most + 1), '\0');
            std::memcpy(larger.data(), question.constData(), static_cast<std::size_t>(have));
            wipe(question);
            question = std::move(larger);
        }
        const ssize_t got = ::read(STDIN_FILENO, question.data() + have,
                                   static_cast<std::size_t>(question.size() - have));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        have += got;
    }
    question.resize(have);
    return true;
}

// Writes the answer; after the first failure nothing more: nobody listens then.
class Answer
{
public:
    explicit Answer(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    void send(ContainerFrame kind, std::span<const std::uint8_t> bytes)
    {
        const auto size = static_cast<std::uint32_t>(bytes.size());
        const std::array<std::uint8_t, 5> head{
            static_cast<std::uint8_t>(kind), static_cast<std::uint8_t>(size >> 24U),
            static_cast<std::uint8_t>(size >> 16U), static_cast<std::uint8_t>(size >> 8U),
            static_cast<std::uint8_t>(size)};
        write(head);
        write(bytes);
    }
    void send(ContainerFrame kind, const QByteArray &bytes)
    {
        send(kind,
             std::span(reinterpret_cast<const std::uint8_t *>(bytes.constData()),
                       static_cast<std::size_t>(bytes.size())));
    }
    void send(ContainerFrame kind, const QStringList &texts)
    {
        QByteArrayList parts;
        for (const QString &text : texts)
            parts.append(text.left(largestTextFrame / 16).toUtf8().replace('\0', ' '));
        send(kind, parts.join('\0'));
    }

private:
    void write(std::span<const std::uint8_t> bytes)
    {
        while (m_open && !bytes.empty()) {
            const ssize_t done = ::write(m_descriptor, bytes.data(), bytes.size());
            if (done < 0 && errno == EINTR)
                continue;
            m_open = done > 0;
            if (m_open)
                bytes = bytes.subspan(static_cast<std::size_t>(done));
        }
    }
    int m_descriptor;
    bool m_open = true;
};

void sendContent(int descriptor, const Result<ContainerContent> &content)
{
    Answer answer(descriptor);
    if (!content) {
        const Error &error = content.error();
        answer.send(ContainerFrame::Failure, {kindName(error.kind), error.detail, error.advice});
        answer.send(ContainerFrame::End, QByteArray());
        return;
    }
    for (const QByteArray &der : content->certificates)
        answer.send(ContainerFrame::Certificate, der);
    for (const QByteArray &der : content->requests)
        answer.send(ContainerFrame::Request, der);
    for (const QByteArray &der : content->publicKeys)
        answer.send(ContainerFrame::PublicKey, der);
    for (const Secret &key : content->keys)
        answer.send(ContainerFrame::Key, key.bytes());
    for (const ContainerContent::ClosedKey &key : content->closedKeys)
        answer.send(ContainerFrame::ClosedKey, {key.name, key.why});
    for (const QString &note : content->notes)
        answer.send(ContainerFrame::Note, {note});
    answer.send(ContainerFrame::End, QByteArray());
}

int answerQuestion(const QByteArray &question, ContainerDuty duty)
{
    BigEndianReader in({reinterpret_cast<const std::uint8_t *>(question.constData()),
                        static_cast<std::size_t>(question.size())});
    const auto greeting = in.take(containerGreeting.size());
    const auto code = in.take(in.u8());
    const auto word = in.block();
    if (in.failed() || word.size() > largestPassword
        || !std::equal(greeting.begin(), greeting.end(), containerGreeting.begin()))
        return badQuestion;
    const ImportFormat format = formatFromCode(QByteArray(
        reinterpret_cast<const char *>(code.data()), static_cast<qsizetype>(code.size())));
    const Result<Secret> password = Secret::copyOf(word);
    if (!password)
        return outOfMemory;
    const bool isToken = format == ImportFormat::Token || format == ImportFormat::TokenList;
    if (isToken != (duty == ContainerDuty::Tokens))
        return badQuestion;
    const int descriptor = isToken ? openAnswerBesides() : STDOUT_FILENO;
    sendContent(descriptor, readContainer(format, in.take(in.left()), *password));
    return 0;
}

} // namespace

ContainerDuty containerDutyOf(int count, const char *const *words)
{
    return count > 1 && std::strcmp(words[count - 1], readTokenWord) == 0 ? ContainerDuty::Tokens
                                                                          : ContainerDuty::Files;
}

int serveContainer(ContainerDuty duty)
{
    // Both need files that may not be opened later.
    (void)secureArena();
    allowOldCiphers();
    limitMyself(duty);
    QByteArray question;
    int code = badQuestion;
    try {
        if (readQuestion(question))
            code = answerQuestion(question, duty);
    } catch (const std::bad_alloc &) {
        code = outOfMemory;
    }
    wipe(question);
    return code;
}

} // namespace sealbook
