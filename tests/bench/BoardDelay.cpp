// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0

// How long after the last name server has the record the board says so: three servers, the last
// one late by a time that is not known to the board. The servers are faked (each answer takes 1
// ms), the clock is real.
#include "core/dns/PropagationBoard.h"
#include "tests/support/FakeResolver.h"

#include <QElapsedTimer>

#include <cstdio>

using namespace sealbook;

namespace {

constexpr int lateMs[] = {7, 33, 61, 118, 240, 410, 777, 1234, 2345, 4321};

struct Measured
{
    double delayMs = 0;
    int asked = 0;
};

Task<Measured> measure(QString network, int late)
{
    const QString zone = QStringLiteral("bench.test");
    const QString owner = QStringLiteral("_acme-challenge.www.bench.test");
    const QString value = QStringLiteral("value");
    const QString last = network + QStringLiteral("3");
    FakeResolver resolver;
    resolver.addUsualZone(zone, 0);
    QMap<QString, QStringList> servers;
    for (int i = 1; i <= 3; ++i)
        servers.insert(QStringLiteral("ns%1.%2").arg(i).arg(zone), {network + QString::number(i)});
    resolver.addZone(zone, servers);
    resolver.addTxt(owner, value, network + QStringLiteral("1"));
    resolver.addTxt(owner, value, network + QStringLiteral("2"));

    QElapsedTimer since;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    timer.setSingleShot(true);
    timer.callOnTimeout([&] {
        resolver.addTxt(owner, value, last);
        since.start();
    });
    timer.start(late);

    const SystemClock clock;
    PropagationBoard board(resolver, clock);
    ExpectedRecord record;
    record.name = FakeResolver::name(owner);
    record.effectiveName = record.name;
    record.values = {value};
    record.forNames = {QStringLiteral("www.bench.test")};
    const std::vector<ExpectedRecord> records(1, record);
    const std::chrono::seconds limit(60);
    const PropagationBoard::Sink none;
    const std::stop_token never;
    const auto seen = co_await board.watch(records, limit, none, never);
    if (!seen)
        co_return fail(seen.error());
    Measured measured;
    measured.delayMs = static_cast<double>(since.nsecsElapsed()) / 1e6;
    measured.asked = resolver.countAsked(last);
    co_return measured;
}

QCoro::Task<> measureAll()
{
    const std::pair<const char *, QString> networks[] = {
        {"on loopback", QStringLiteral("127.0.0.")}, {"elsewhere", QStringLiteral("192.0.2.")}};
    for (const auto &[where, network] : networks) {
        std::printf("verdict after the last server agrees, %s:\n", where);
        for (const int late : lateMs) {
            const auto measured = co_await measure(network, late);
            if (!measured) {
                std::fprintf(stderr, "bench_board: %s\n", qPrintable(describe(measured.error())));
                QCoreApplication::exit(1);
                co_return;
            }
            std::printf(
                "  it came after %5d ms: verdict %6.1f ms later, %d questions to that server\n",
                late, measured->delayMs, measured->asked);
            std::fflush(stdout);
        }
    }
    QCoreApplication::exit(0);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QTimer::singleShot(0, &application, [] { measureAll(); });
    return QCoreApplication::exec();
}
