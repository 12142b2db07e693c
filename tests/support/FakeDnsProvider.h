// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/DnsProvider.h"
#include "tests/support/FakeResolver.h"

#include <algorithm>
#include <functional>

namespace sealbook {

// A DNS provider in memory; with a FakeResolver its records are served at once. Answers through the
// event loop. Owned by a test.
class FakeDnsProvider final : public DnsProvider
{
public:
    struct Held
    {
        TxtRecord record;
        int id = 0;
    };

    explicit FakeDnsProvider(FakeResolver *resolver = nullptr)
        : m_resolver(resolver)
    {
    }

    [[nodiscard]] ProviderTraits traits() const override { return m_traits; }
    void setTraits(ProviderTraits traits) { m_traits = traits; }

    [[nodiscard]] Task<PublishedTxt> add(TxtRecord record, std::stop_token stop) override
    {
        ++adds;
        ++m_running;
        mostAtOnce = std::max(mostAtOnce, m_running);
        const auto slept = co_await sleepFor(delay, stop);
        --m_running;
        if (!slept)
            co_return fail(slept.error());
        if (failure && failure(record))
            co_return fail(*failure(record));
        ++m_lastId;
        const bool isLost = swallow > 0 && swallow-- > 0;
        if (!isLost)
            held.push_back({record, m_lastId});
        if (m_resolver && !isLost)
            m_resolver->addTxt(record.name.text(), record.value);
        PublishedTxt published;
        published.handle.insert(QStringLiteral("id"), m_lastId);
        co_return published;
    }

    [[nodiscard]] Task<> remove(TxtRecord record, QJsonObject handle, std::stop_token stop) override
    {
        ++removes;
        removedWith.push_back(handle);
        const auto slept = co_await sleepFor(delay, stop);
        if (!slept)
            co_return fail(slept.error());
        if (removeFailure && removeFailure(record))
            co_return fail(*removeFailure(record));
        std::erase_if(held, [&record](const Held &each) {
            return each.record.name == record.name && each.record.value == record.value;
        });
        if (m_resolver)
            m_resolver->removeTxt(record.name.text(), record.value);
        co_return Result<>();
    }

    [[nodiscard]] Task<std::optional<PublishedTxt>> find(TxtRecord record,
                                                         std::stop_token stop) override
    {
        ++finds;
        std::optional<PublishedTxt> published;
        const auto slept = co_await sleepFor(delay, stop);
        if (!slept)
            co_return fail(slept.error());
        for (const Held &each : held) {
            if (each.record.name == record.name && each.record.value == record.value) {
                published.emplace();
                published->handle.insert(QStringLiteral("id"), each.id);
            }
        }
        co_return published;
    }

    [[nodiscard]] Task<std::vector<DnsName>> zones(std::stop_token) override
    {
        const std::vector<DnsName> copy = reachable; // co_return moves from what it is given
        co_return copy;
    }

    [[nodiscard]] int count(const QString &name, const QString &value) const
    {
        return int(std::count_if(held.begin(), held.end(), [&](const Held &each) {
            return each.record.name.text() == name && each.record.value == value;
        }));
    }

    std::vector<Held> held;
    std::vector<DnsName> reachable;
    std::function<std::optional<Error>(const TxtRecord &)> failure;
    std::function<std::optional<Error>(const TxtRecord &)> removeFailure;
    std::vector<QJsonObject> removedWith;
    std::chrono::milliseconds delay{1};
    int swallow = 0; // so many of the next records it takes and does not keep
    int adds = 0;
    int removes = 0;
    int finds = 0;
    int mostAtOnce = 0;

private:
    FakeResolver *m_resolver;
    ProviderTraits m_traits;
    int m_lastId = 0;
    int m_running = 0;
};

} // namespace sealbook
