// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/StoreTurns.h"

#include "core/base/Log.h"
#include "core/store/Store.h"

namespace sealbook {

namespace {
constexpr std::chrono::seconds leaseTime{60};
constexpr std::chrono::seconds renewalTime{20};
constexpr std::chrono::milliseconds firstPause{100};
constexpr std::chrono::milliseconds longestPause{1000};

QCoro::Task<> keepAlive(Store *store, QString name, QString holder)
{
    const Result<> renewed = co_await store->renewTurn(name, holder, leaseTime);
    if (!renewed)
        logWarning("the turn at {} was not renewed: {}", name, describe(renewed.error()));
}
} // namespace

StoreTurns::StoreTurns(Store &store, QString holder)
    : m_store(store)
    , m_holder(std::move(holder))
{
}

Task<> StoreTurns::take(DnsName name, std::stop_token stop)
{
    const QString row = name.text();
    std::chrono::milliseconds waited{0};
    std::chrono::milliseconds pause = firstPause;
    for (;;) {
        const Result<> taken = co_await m_store.takeTurn(row, m_holder, leaseTime);
        if (taken) {
            keep(name);
            co_return {};
        }
        // A busy database is a Conflict too, and no reason to wait here: only a holder is.
        if (!taken.error().evidence.contains(QLatin1String("holder")))
            co_return fail(taken.error(), "taking turns with other programs");
        if (waited >= m_patience) {
            Error error = taken.error();
            error.kind = Error::Kind::Timeout;
            co_return fail(std::move(error));
        }
        const Result<> slept = co_await sleepFor(pause, stop);
        if (!slept)
            co_return fail(slept.error());
        waited += pause;
        pause = std::min(pause * 2, longestPause);
    }
}

void StoreTurns::keep(const DnsName &name)
{
    auto timer = std::make_unique<QTimer>();
    timer->callOnTimeout([store = &m_store, row = name.text(), holder = m_holder] {
        [[maybe_unused]] const QCoro::Task<> renewing = keepAlive(store, row, holder);
    });
    timer->start(renewalTime);
    m_held[name] = std::move(timer);
}

Task<> StoreTurns::renew(DnsName name)
{
    const QString row = name.text();
    co_return co_await m_store.renewTurn(row, m_holder, leaseTime);
}

QCoro::Task<> StoreTurns::giveBack(DnsName name)
{
    m_held.erase(name);
    const QString row = name.text();
    const Result<> given = co_await m_store.giveTurnBack(row, m_holder);
    if (!given)
        logWarning("the turn at {} was not given back: {}", row, describe(given.error()));
}

} // namespace sealbook
