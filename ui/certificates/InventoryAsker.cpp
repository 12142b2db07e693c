// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/InventoryAsker.h"

#include "core/base/Task.h"

namespace sealbook {

namespace {

// Up to here an answer takes less than a frame.
constexpr std::size_t directLimit = 20'000;

Result<std::shared_ptr<InventoryAnswer>> answerOf(const std::shared_ptr<Inventory> &inventory,
                                                  const InventoryRequest &request,
                                                  const Query &counted, std::stop_token stop)
{
    Result<InventoryView> view = inventory->view(request, stop);
    if (!view)
        return fail(view.error());
    InventoryRequest whole = request;
    whole.query = counted;
    Result<ExpiryWeeks> weeks = inventory->expiryWeeks(whole, stop);
    if (!weeks)
        return fail(weeks.error());
    auto answer = std::make_shared<InventoryAnswer>();
    answer->inventory = inventory;
    answer->request = request;
    answer->view = std::move(*view);
    answer->weeks = *weeks;
    return answer;
}

} // namespace

InventoryAsker::InventoryAsker(const Clock &clock, std::shared_ptr<Inventory> inventory)
    : m_clock(clock)
    , m_inventory(std::move(inventory))
{
    m_request.grouping = InventoryGrouping::Urgency;
}

InventoryAsker::~InventoryAsker()
{
    m_stop.request_stop();
    m_asking.request_stop();
}

void InventoryAsker::setInventory(std::shared_ptr<Inventory> inventory)
{
    m_inventory = std::move(inventory);
    ask();
}

void InventoryAsker::setRequest(InventoryRequest request, std::optional<Query> counted)
{
    m_counted = counted ? std::move(*counted) : request.query;
    m_request = std::move(request);
    ask();
}

void InventoryAsker::ask()
{
    if (m_isAsking) {
        m_asksAgain = true;
        m_asking.request_stop();
        return;
    }
    if (m_inventory->size() <= directLimit) {
        const auto answer = answerOf(m_inventory, m_request, m_counted, std::stop_token());
        if (answer)
            Q_EMIT answered(*answer);
        return;
    }
    m_isAsking = true;
    m_asking = std::stop_source();
    // The work itself is stopped, not the wait for it: only one at a time may read the inventory.
    std::function<Result<Answer>()> work = [inventory = m_inventory, request = m_request,
                                            counted = m_counted, stop = m_asking.get_token()] {
        return answerOf(inventory, request, counted, stop);
    };
    Task<Answer> asking = runBlocking<Answer>(m_stop.get_token(), std::move(work));
    QCoro::connect(std::move(asking), this,
                   [this](const Result<Answer> &answer) { receive(answer); });
}

void InventoryAsker::receive(const Result<Answer> &answer)
{
    m_isAsking = false;
    if (std::exchange(m_asksAgain, false)) {
        ask(); // nobody waits for this answer any more
        return;
    }
    if (answer)
        Q_EMIT answered(*answer);
    if (std::exchange(m_refreshLater, false))
        refreshTimes();
}

void InventoryAsker::refreshTimes()
{
    if (m_isAsking) {
        m_refreshLater = true; // a worker reads the inventory
        return;
    }
    const std::shared_ptr<Inventory> inventory = m_inventory;
    const qint64 now = m_clock.utcNow().toMSecsSinceEpoch();
    if (inventory->size() <= directLimit) {
        setTimes(*inventory, inventory->timesAt(now));
        return;
    }
    m_isAsking = true;
    using Times = std::shared_ptr<InventoryTimes>;
    std::function<Result<Times>()> work = [inventory, now] {
        return Result<Times>(std::make_shared<InventoryTimes>(inventory->timesAt(now)));
    };
    Task<Times> deciding = runBlocking<Times>(m_stop.get_token(), std::move(work));
    QCoro::connect(std::move(deciding), this, [this, inventory](const Result<Times> &times) {
        m_isAsking = m_asksAgain = m_refreshLater = false;
        if (times)
            setTimes(*inventory, std::move(**times));
        else
            ask();
    });
}

void InventoryAsker::setTimes(Inventory &inventory, InventoryTimes times)
{
    inventory.setTimes(std::move(times));
    Q_EMIT timesChanged();
    ask(); // "expires<30d" moves too
}

} // namespace sealbook
