// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/TimelineReading.h"

#include "core/governance/CredentialService.h"
#include "core/inventory/InventoryService.h"
#include "core/issuance/IssuanceService.h"

namespace sealbook {

namespace {

Task<TimelineReadingPtr> makeTimeline(TimelineSources sources, TimelineOptions options,
                                      std::stop_token stop)
{
    std::function<Result<TimelineReadingPtr>()> work = [sources, options,
                                                        stop]() -> Result<TimelineReadingPtr> {
        Result<Timeline> timeline = Timeline::of(sources, options, stop);
        if (!timeline)
            return fail(timeline.error());
        auto reading = std::make_shared<TimelineReading>();
        reading->timeline = std::move(*timeline);
        reading->sources = sources;
        return TimelineReadingPtr(std::move(reading));
    };
    Task<TimelineReadingPtr> working = runBlocking<TimelineReadingPtr>(stop, std::move(work));
    co_return co_await std::move(working);
}

} // namespace

Task<TimelineReadingPtr> readTimeline(TimelineServices services, TimelineOptions options,
                                      QDateTime now, std::stop_token stop)
{
    TimelineSources sources;
    sources.now = now;
    const auto inventory = co_await services.inventory->read(stop);
    if (!inventory)
        co_return fail(inventory.error());
    sources.inventory = *inventory;
    if (stop.stop_requested()) // whoever asked is gone, and the services may be
        co_return fail(cancelled());
    const auto credentials = co_await services.credentials->list();
    if (!credentials)
        co_return fail(credentials.error());
    if (stop.stop_requested())
        co_return fail(cancelled());
    sources.credentials = *credentials;
    const auto jobs = co_await services.issuance->jobs();
    if (!jobs)
        co_return fail(jobs.error());
    sources.jobs = *jobs;
    Task<TimelineReadingPtr> making = makeTimeline(std::move(sources), std::move(options), stop);
    co_return co_await std::move(making);
}

Task<TimelineReadingPtr> remakeTimeline(TimelineReadingPtr before, TimelineOptions options,
                                        std::stop_token stop)
{
    TimelineSources sources = before->sources;
    Task<TimelineReadingPtr> making = makeTimeline(std::move(sources), std::move(options), stop);
    co_return co_await std::move(making);
}

} // namespace sealbook
