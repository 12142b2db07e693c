// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/LeaseHolder.h"
#include "core/providers/NameTurns.h"

#include <QTimer>

#include <map>
#include <memory>

namespace sealbook {

class Store;

// NameTurns by a row in the profile that is leased as jobs are: for a minute, renewed while it is
// held, free at once when its holder is known to be dead. Two tasks of one process do not wait for
// each other here (they have one holder): Gate does that. Owned by Services; main thread.
class StoreTurns final : public NameTurns
{
public:
    explicit StoreTurns(Store &store, QString holder = LeaseHolder::ofThisProcess().text());

    [[nodiscard]] Task<> take(DnsName name, std::stop_token stop) override;
    [[nodiscard]] Task<> renew(DnsName name) override;
    [[nodiscard]] QCoro::Task<> giveBack(DnsName name) override;
    // How long a turn is waited for.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

private:
    void keep(const DnsName &name);

    Store &m_store;
    const QString m_holder;
    std::chrono::milliseconds m_patience = std::chrono::minutes(3);
    std::map<DnsName, std::unique_ptr<QTimer>> m_held;
};

} // namespace sealbook
