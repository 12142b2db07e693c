// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/StoreTurns.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"

#include <QTemporaryDir>

using namespace sealbook;

// Turns between two stores at one file, as two processes have them.
class TstStoreTurns : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] std::unique_ptr<Store> open() const
    {
        return std::move(*await(Store::open(m_dir->filePath(QStringLiteral("p/sealbook.db")), {})));
    }
    [[nodiscard]] static DnsName name(const char *text = "_acme-challenge.www.example.org")
    {
        return DnsName::fromText(QLatin1String(text)).value();
    }
    static void give(StoreTurns &turns, const DnsName &name)
    {
        QCoro::waitFor(turns.giveBack(name));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_here;
    std::unique_ptr<Store> m_there;

private Q_SLOTS:
    void init()
    {
        m_here.reset();
        m_there.reset();
        m_dir = std::make_unique<QTemporaryDir>();
        m_here = open();
        m_there = open();
    }

    void onlyOneHoldsAName()
    {
        StoreTurns here(*m_here);
        StoreTurns there(*m_there, QStringLiteral("laptop:2"));
        there.setPatience(std::chrono::milliseconds(150));
        QVERIFY(await(here.take(name(), {})));
        const auto refused = await(there.take(name(), {}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Timeout);
        const QString holder = holderInWords(LeaseHolder::ofThisProcess().text());
        QVERIFY2(refused.error().detail.contains(holder), qPrintable(refused.error().detail));
        QVERIFY2(refused.error().detail.contains(name().text()),
                 qPrintable(refused.error().detail));
        // Other names are free.
        QVERIFY(await(there.take(name("_acme-challenge.example.net"), {})));
    }

    void waitsForItsTurn()
    {
        StoreTurns here(*m_here);
        StoreTurns there(*m_there, QStringLiteral("laptop:2"));
        QVERIFY(await(here.take(name(), {})));
        Task<> waiting = there.take(name(), {});
        QTest::qWait(150);
        QVERIFY(!waiting.isReady());
        give(here, name());
        QVERIFY(QCoro::waitFor(std::move(waiting)));
        // What is another's is not given back.
        give(here, name());
        here.setPatience(std::chrono::milliseconds(0));
        QVERIFY(!await(here.take(name(), {})));
        give(there, name());
        QVERIFY(await(here.take(name(), {})));
    }

    void whoSleptPastItsEndIsToldBeforeItWrites()
    {
        StoreTurns here(*m_here);
        StoreTurns there(*m_there, QStringLiteral("laptop:2"));
        QVERIFY(await(here.take(name(), {})));
        QVERIFY(await(here.renew(name())));
        // The lease ends unseen, and another one takes its turn.
        const QString holder = LeaseHolder::ofThisProcess().text();
        QVERIFY(await(m_here->takeTurn(name().text(), holder, std::chrono::seconds(-1))));
        QVERIFY(await(here.renew(name()))); // nobody came meanwhile
        QVERIFY(await(m_here->takeTurn(name().text(), holder, std::chrono::seconds(-1))));
        QVERIFY(await(there.take(name(), {})));
        const auto during = await(here.renew(name()));
        QVERIFY(!during);
        QCOMPARE(during.error().kind, Error::Kind::Conflict);
        QVERIFY(during.error().evidence.contains(QLatin1String("turn_lost")));
        // Given back since, it is free; but what was read before is stale all the same.
        give(there, name());
        QVERIFY(!await(here.renew(name())));
        QVERIFY(await(here.take(name(), {})));
        QVERIFY(await(here.renew(name())));
    }

    void canBeCancelled()
    {
        StoreTurns here(*m_here);
        StoreTurns there(*m_there, QStringLiteral("laptop:2"));
        QVERIFY(await(here.take(name(), {})));
        std::stop_source stop;
        Task<> waiting = there.take(name(), stop.get_token());
        QTest::qWait(20);
        stop.request_stop();
        QCOMPARE(QCoro::waitFor(std::move(waiting)).error().kind, Error::Kind::Cancelled);
    }

    void takesOverFromTheDeadAtOnce()
    {
        LeaseHolder dead = LeaseHolder::ofThisProcess();
        dead.pid = 4194999; // above any pid_max that Linux allows
        QVERIFY(await(m_there->takeTurn(name().text(), dead.text(), std::chrono::seconds(600))));
        StoreTurns here(*m_here);
        here.setPatience(std::chrono::milliseconds(0));
        QVERIFY(await(here.take(name(), {})));
    }

    void takesOverWhatHasEnded()
    {
        const QString other = QStringLiteral("laptop:2");
        QVERIFY(await(m_there->takeTurn(name().text(), other, std::chrono::seconds(-1))));
        StoreTurns here(*m_here);
        here.setPatience(std::chrono::milliseconds(0));
        QVERIFY(await(here.take(name(), {})));
    }
};

QTEST_GUILESS_MAIN(TstStoreTurns)
#include "tst_storeturns.moc"
