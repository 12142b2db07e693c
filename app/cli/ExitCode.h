// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"

namespace sealbook {

// The exit codes of product.md. A published contract: scripts read them.
enum class ExitCode {
    Done = 0,
    Failed = 1,
    Usage = 2,
    ApprovalNeeded = 3,
    Keychain = 4,
    DnsNotReady = 5,
    CaRefused = 6,
    ProviderRefused = 7,
    Cancelled = 130
};

[[nodiscard]] ExitCode exitCodeOf(const Error &error);

} // namespace sealbook
