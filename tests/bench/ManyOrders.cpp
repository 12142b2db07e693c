// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0

// Many issuances at once in one process, as the window does them: how long all take together, how
// long the event loop was ever away, and what it cost. Wants the servers of compare.py and the
// profile that it made:
//     bench_manyorders HOME CA-FILE DIRECTORY ZONE COUNT
#include "app/Services.h"
#include "core/issuance/IssuanceService.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>

#include <sys/resource.h>

using namespace sealbook;

namespace {

double millisecondsOf(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Ticks every 2 ms; a tick that comes late was held up by something that did not return. The time
// on the processor is the part that other work on the machine does not add to.
class LoopWatch
{
public:
    LoopWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout([this] { tick(); });
        begin();
        m_timer.start(2);
    }
    [[nodiscard]] double longestMs() const { return m_longest; }
    [[nodiscard]] double longestBusyMs() const { return m_longestBusy; }

private:
    void begin()
    {
        m_since = millisecondsOf(CLOCK_MONOTONIC);
        m_busySince = millisecondsOf(CLOCK_THREAD_CPUTIME_ID);
    }
    void tick()
    {
        const double away = millisecondsOf(CLOCK_MONOTONIC) - m_since;
        const double busy = millisecondsOf(CLOCK_THREAD_CPUTIME_ID) - m_busySince;
        m_longest = std::max(m_longest, away);
        m_longestBusy = std::max(m_longestBusy, busy);
        if (qEnvironmentVariableIsSet("BENCH_GAPS") && busy > 8)
            std::fprintf(stderr, "gap %.6f %.6f away %.1f busy %.1f\n", m_since / 1e3,
                         (m_since + away) / 1e3, away, busy);
        begin();
    }

    QTimer m_timer;
    double m_since = 0;
    double m_busySince = 0;
    double m_longest = 0;
    double m_longestBusy = 0;
};

struct Wanted
{
    GlobalOptions options;
    QString directory;
    QString zone;
    int count = 0;
};

Task<int> issueAll(Services *services, Wanted wanted)
{
    const std::stop_token never;
    std::vector<Task<IssuanceResult>> issuing;
    for (int i = 0; i < wanted.count; ++i) {
        IssuanceRequest request;
        request.names = {QStringLiteral("order%1.%2").arg(i).arg(wanted.zone)};
        request.caId = wanted.directory;
        request.credential = QStringLiteral("bench");
        request.agreesToTerms = true;
        issuing.push_back(services->issuance().issue(request, never));
    }
    auto waiting = all(std::move(issuing));
    const auto results = co_await std::move(waiting);
    int requests = 0;
    for (const auto &result : results) {
        if (!result)
            co_return fail(result.error());
        requests += result->requests;
    }
    co_return requests;
}

Task<int> measure(Wanted wanted)
{
    const std::stop_token never;
    Task<std::unique_ptr<Services>> opening =
        Services::open(wanted.options, ServiceLevel::Keychain, std::nullopt, never);
    const auto services = co_await std::move(opening);
    if (!services)
        co_return fail(services.error());
    const LoopWatch watch;
    QElapsedTimer took;
    took.start();
    const auto requests = co_await issueAll(services->get(), wanted);
    if (!requests)
        co_return fail(requests.error());
    const double seconds = static_cast<double>(took.nsecsElapsed()) / 1e9;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%d orders at once: %.2f s, %d requests, the event loop was away for %.1f ms at "
                "most (%.1f ms of work at most), %.1f MiB at the peak\n",
                wanted.count, seconds, *requests, watch.longestMs(), watch.longestBusyMs(),
                static_cast<double>(usage.ru_maxrss) / 1024);
    const auto closed = co_await (*services)->close();
    if (!closed)
        co_return fail(closed.error());
    co_return 0;
}

QCoro::Task<> measureAndExit(Wanted wanted)
{
    const auto code = co_await measure(wanted);
    if (!code)
        std::fprintf(stderr, "bench_manyorders: %s\n", qPrintable(describe(code.error())));
    QCoreApplication::exit(code ? 0 : 1);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 6) {
        std::fputs("bench_manyorders HOME CA-FILE DIRECTORY ZONE COUNT\n", stderr);
        return 2;
    }
    Wanted wanted;
    wanted.options.home = words.at(1);
    wanted.options.caFile = words.at(2);
    wanted.options.resolver = QStringLiteral("127.0.0.1");
    wanted.directory = words.at(3);
    wanted.zone = words.at(4);
    wanted.count = words.at(5).toInt();
    QTimer::singleShot(0, &application, [wanted] { measureAndExit(wanted); });
    return QCoreApplication::exec();
}
