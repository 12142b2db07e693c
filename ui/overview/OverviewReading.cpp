// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/OverviewReading.h"

#include "core/governance/CredentialService.h"
#include "core/inventory/InventoryService.h"
#include "core/inventory/WatchService.h"
#include "core/issuance/IssuanceService.h"

namespace sealbook {

OverviewReading OverviewReading::of(NeedSources sources)
{
    OverviewReading reading;
    reading.needs = Need::of(sources);
    reading.weeks = ExpiryWeeks(sources.now.toMSecsSinceEpoch());
    if (sources.inventory)
        reading.weeks = sources.inventory->weeks;
    reading.weeks.addCredentials(sources.credentials);
    reading.sources = std::move(sources);
    return reading;
}

Task<std::shared_ptr<const OverviewReading>>
readOverview(OverviewServices services, std::shared_ptr<const InventoryDigest> known, QDateTime now,
             std::stop_token stop)
{
    const auto sources = std::make_shared<NeedSources>();
    sources->now = now;
    sources->inventory = std::move(known);
    std::shared_ptr<const Inventory> inventory;
    if (!sources->inventory) {
        const auto read = co_await services.inventory->read(stop);
        if (!read)
            co_return fail(read.error());
        inventory = *read;
    }
    if (stop.stop_requested()) // whoever asked is gone, and the services may be
        co_return fail(cancelled());
    const auto credentials = co_await services.credentials->list();
    if (!credentials)
        co_return fail(credentials.error());
    if (stop.stop_requested())
        co_return fail(cancelled());
    sources->credentials = *credentials;
    const auto jobs = co_await services.issuance->jobs();
    if (!jobs)
        co_return fail(jobs.error());
    sources->jobs = *jobs;
    if (stop.stop_requested())
        co_return fail(cancelled());
    const auto endpoints = co_await services.watch->list(stop);
    if (!endpoints)
        co_return fail(endpoints.error());
    sources->endpoints = *endpoints;
    using Reading = std::shared_ptr<const OverviewReading>;
    std::function<Result<Reading>()> work = [sources, inventory]() -> Result<Reading> {
        if (inventory)
            sources->inventory =
                std::make_shared<const InventoryDigest>(InventoryDigest::of(*inventory));
        return std::make_shared<const OverviewReading>(OverviewReading::of(*sources));
    };
    inventory.reset();
    Task<Reading> working = runBlocking<Reading>(stop, std::move(work));
    co_return co_await std::move(working);
}

} // namespace sealbook
