// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/JobRecord.h"

#include <vector>

namespace sealbook {

// What is wrong with a request before anything is sent, all of it at once; empty = fine. Pure.
[[nodiscard]] std::vector<Error> requestProblems(const IssuanceRequest &request);

} // namespace sealbook
