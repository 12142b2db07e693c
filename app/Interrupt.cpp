// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Interrupt.h"

#include <QSocketNotifier>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace sealbook {

namespace {
constexpr int interruptedExit = 130;
constexpr int askingSignals[] = {SIGINT, SIGTERM, SIGHUP};

// A signal handler may only touch these: the pipe's ends, and how often it was called.
int pipeEnds[2] = {-1, -1};
volatile std::sig_atomic_t signalsSeen = 0;

void onUnixSignal(int number)
{
    const int error = errno;
    // A terminal that goes away says so twice, by the kernel and by the shell.
    if (number != SIGHUP)
        signalsSeen = signalsSeen + 1;
    if (signalsSeen > 1)
        ::_exit(interruptedExit);
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(pipeEnds[1], &byte, 1);
    errno = error;
}
} // namespace

Interrupt::Interrupt(std::stop_source stop, QObject *parent)
    : QObject(parent)
    , m_stop(std::move(stop))
{
    if (::pipe2(pipeEnds, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &Interrupt::onSignal);
    struct sigaction action = {};
    action.sa_handler = onUnixSignal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (const int number : askingSignals) {
        struct sigaction before = {};
        ::sigaction(number, nullptr, &before);
        if (number != SIGHUP || before.sa_handler != SIG_IGN) // nohup ignores it for us
            ::sigaction(number, &action, nullptr);
    }
    // A reader of our output that goes away must not end a job half way, with its records out.
    std::signal(SIGPIPE, SIG_IGN);
}

Interrupt::~Interrupt()
{
    for (const int number : askingSignals)
        std::signal(number, SIG_DFL);
    for (int &end : pipeEnds) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

void Interrupt::onSignal()
{
    char byte = 0;
    [[maybe_unused]] const ssize_t taken = ::read(pipeEnds[0], &byte, 1);
    m_asked = true;
    std::fputs("Stopping and cleaning up. Ctrl-C again leaves at once; the job can be resumed.\n",
               stderr);
    m_stop.request_stop();
    Q_EMIT asked();
}

} // namespace sealbook
