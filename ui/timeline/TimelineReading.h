// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "ui/timeline/Timeline.h"

namespace sealbook {

class CredentialService;
class InventoryService;
class IssuanceService;

// Where the timeline's facts come from. They outlive whoever reads; not null.
struct TimelineServices
{
    InventoryService *inventory = nullptr;
    CredentialService *credentials = nullptr;
    IssuanceService *issuance = nullptr;
};

// A timeline, and what it was made of: with it another view of the same facts is made without
// reading them again. A value.
struct TimelineReading
{
    TimelineSources sources;
    Timeline timeline;
};
using TimelineReadingPtr = std::shared_ptr<const TimelineReading>;

// Reads all, and makes the timeline away from the main thread.
[[nodiscard]] Task<TimelineReadingPtr> readTimeline(TimelineServices services,
                                                    TimelineOptions options, QDateTime now,
                                                    std::stop_token stop);
// The same from what was read before.
[[nodiscard]] Task<TimelineReadingPtr>
remakeTimeline(TimelineReadingPtr before, TimelineOptions options, std::stop_token stop);

} // namespace sealbook
