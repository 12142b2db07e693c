// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

namespace sealbook {

// Empties this thread's OpenSSL error queue and gives the first reason in it, "" when there is
// none. Call it after each failed call, so that old reasons do not turn up in new errors.
[[nodiscard]] QString opensslReason();

// A failure with OpenSSL's own reason behind `what`.
[[nodiscard]] tl::unexpected<Error> opensslFail(Error::Kind kind, const QString &what);

} // namespace sealbook
