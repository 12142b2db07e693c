// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"
#include "core/issuance/IssuanceService.h"

namespace sealbook {

// What `issue` and `resume` end with: writes the files of --out and makes the result object.
[[nodiscard]] Task<QJsonObject> reportIssued(CommandCall call, IssuanceResult result,
                                             std::stop_token stop);

} // namespace sealbook
