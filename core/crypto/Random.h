// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>

namespace sealbook {

// Random bytes that need not stay secret: salts, nonces, ids on the wire. Secret::random makes
// keys.
[[nodiscard]] Result<QByteArray> randomBytes(int size);

} // namespace sealbook
