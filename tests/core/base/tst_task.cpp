// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/Task.h"
#include "tests/support/Await.h"

#include <QTest>

#include <thread>

using namespace sealbook;
using namespace std::chrono_literals;

class TstTask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resumesWithWhatAThreadSettled();
    void carriesMoveOnlyValues();
    void takesTheFirstSettlementOnly();
    void timesOut();
    void cancels();
    void sleepEndsAtOnceWhenStopped();
    void doesNotBlockTheLoop();
    void runsBlockingWorkElsewhere();
    void awaitsWhatIsAlreadySettled();
};

void TstTask::resumesWithWhatAThreadSettled()
{
    Deferred<int> deferred;
    std::jthread worker([deferred] {
        std::this_thread::sleep_for(20ms);
        deferred.settle(7);
    });
    Task<int> task = within(deferred, 5s, QStringLiteral("slow"), {});
    QCOMPARE(await(std::move(task)).value(), 7);
}

void TstTask::carriesMoveOnlyValues()
{
    Deferred<std::unique_ptr<int>> deferred;
    QTimer::singleShot(1, this, [deferred] { deferred.settle(std::make_unique<int>(3)); });
    Task<std::unique_ptr<int>> task = within(deferred, 5s, QStringLiteral("slow"), {});
    const auto result = await(std::move(task));
    QVERIFY(result.has_value());
    QCOMPARE(**result, 3);
}

void TstTask::takesTheFirstSettlementOnly()
{
    Deferred<int> deferred;
    deferred.settle(1);
    deferred.settle(2);
    Task<int> task = within(deferred, 5s, QStringLiteral("slow"), {});
    QCOMPARE(await(std::move(task)).value(), 1);
}

void TstTask::timesOut()
{
    Task<int> task = within(Deferred<int>(), 10ms, QStringLiteral("no answer"), {});
    const auto result = await(std::move(task));
    QCOMPARE(result.error().kind, Error::Kind::Timeout);
    QCOMPARE(result.error().detail, QStringLiteral("no answer"));
}

void TstTask::cancels()
{
    std::stop_source source;
    QTimer::singleShot(5, this, [&source] { source.request_stop(); });
    Task<int> task = within(Deferred<int>(), 5s, QStringLiteral("slow"), source.get_token());
    QCOMPARE(await(std::move(task)).error().kind, Error::Kind::Cancelled);
}

void TstTask::sleepEndsAtOnceWhenStopped()
{
    std::stop_source source;
    source.request_stop();
    Task<> task = sleepFor(1h, source.get_token());
    QCOMPARE(await(std::move(task)).error().kind, Error::Kind::Cancelled);
}

void TstTask::doesNotBlockTheLoop()
{
    // Ends when the loop has turned, however slow the machine is.
    std::stop_source source;
    int ticks = 0;
    QTimer ticker;
    ticker.callOnTimeout([&ticks, &source] {
        if (++ticks == 3)
            source.request_stop();
    });
    ticker.start(5);
    Task<> task = sleepFor(1h, source.get_token());
    QCOMPARE(await(std::move(task)).error().kind, Error::Kind::Cancelled);
}

void TstTask::runsBlockingWorkElsewhere()
{
    const auto here = std::this_thread::get_id();
    Task<bool> task = runBlocking<bool>(
        {}, [here]() -> Result<bool> { return std::this_thread::get_id() != here; });
    QVERIFY(await(std::move(task)).value());
}

void TstTask::awaitsWhatIsAlreadySettled()
{
    Deferred<> deferred;
    deferred.settle({});
    QVERIFY(deferred.isSettled());
    Task<> task = within(deferred, 1s, QStringLiteral("slow"), {});
    QVERIFY(await(std::move(task)).has_value());
}

QTEST_GUILESS_MAIN(TstTask)
#include "tst_task.moc"
