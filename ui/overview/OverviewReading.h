// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "ui/overview/Need.h"

namespace sealbook {

class CredentialService;
class InventoryService;
class IssuanceService;
class WatchService;

// Where the overview's facts come from. They outlive whoever reads; not null.
struct OverviewServices
{
    InventoryService *inventory = nullptr;
    CredentialService *credentials = nullptr;
    IssuanceService *issuance = nullptr;
    WatchService *watch = nullptr;
};

// All that the overview shows, of one moment. A value.
struct OverviewReading
{
    NeedSources sources;
    std::vector<Need> needs;
    ExpiryWeeks weeks{0}; // of certificates and credentials

    [[nodiscard]] static OverviewReading of(NeedSources sources);
};

// Reads, and works out what follows away from the main thread. `known` stands for the inventory,
// which is read where it is null.
[[nodiscard]] Task<std::shared_ptr<const OverviewReading>>
readOverview(OverviewServices services, std::shared_ptr<const InventoryDigest> known, QDateTime now,
             std::stop_token stop);

} // namespace sealbook
