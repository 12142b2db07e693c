// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/inventory/Inventory.h"

#include <QObject>

#include <memory>
#include <optional>
#include <stop_token>

namespace sealbook {

// What an inventory answered, with what it was asked.
struct InventoryAnswer
{
    std::shared_ptr<Inventory> inventory;
    InventoryRequest request;
    InventoryView view;
    ExpiryWeeks weeks{0};
};

// Asks an inventory for its model: a small one at once, a large one on a worker, one question at a
// time, the newest next. Nobody waits for an answer to an older one. Owned by the model; main
// thread.
class InventoryAsker : public QObject
{
    Q_OBJECT

public:
    InventoryAsker(const Clock &clock, std::shared_ptr<Inventory> inventory);
    ~InventoryAsker() override;

    // It is the only one that uses it from now on.
    void setInventory(std::shared_ptr<Inventory> inventory);
    // `counted`: the question whose findings the weeks count, by the request's switches; without
    // it that of the request.
    void setRequest(InventoryRequest request, std::optional<Query> counted);
    // Decides anew what depends on the time of day, and asks again.
    void refreshTimes();

    [[nodiscard]] const InventoryRequest &request() const { return m_request; }
    [[nodiscard]] bool isAsking() const { return m_isAsking; }

Q_SIGNALS:
    void answered(const std::shared_ptr<sealbook::InventoryAnswer> &answer); // the receiver's
    void timesChanged(); // of the inventory; its answer follows

private:
    using Answer = std::shared_ptr<InventoryAnswer>;

    void ask();
    void receive(const Result<Answer> &answer);
    void setTimes(Inventory &inventory, InventoryTimes times);

    const Clock &m_clock;
    std::shared_ptr<Inventory> m_inventory;
    InventoryRequest m_request;
    Query m_counted;
    bool m_isAsking = false;
    bool m_asksAgain = false;
    bool m_refreshLater = false;
    std::stop_source m_stop; // the wait for a worker
    std::stop_source m_asking; // what the worker does
};

} // namespace sealbook
