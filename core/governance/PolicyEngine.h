// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/AccountRecord.h"
#include "core/records/JobRecord.h"

namespace sealbook {

// What the rules of a profile say about a request before anything is written or sent. Pure
// functions of their arguments; thread does not matter.
struct PolicyInput
{
    IssuanceRequest request;
    CaRecord ca;
    bool isPractice = false; // of the profile
};

// Fine, or an Error of kind PolicyDenied or BadRequest that names the rule.
[[nodiscard]] Result<> decide(const PolicyInput &input);

} // namespace sealbook
