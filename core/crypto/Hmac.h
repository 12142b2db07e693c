// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Digest.h"
#include "core/crypto/Secret.h"

namespace sealbook {

// HMAC (RFC 2104) of `data` under `key`. An empty key is refused: it is always a mistake.
[[nodiscard]] Result<QByteArray> hmac(HashAlgorithm algorithm, const Secret &key,
                                      const QByteArray &data);
// The same where the outcome is a key itself (the chain of AWS Signature Version 4).
[[nodiscard]] Result<Secret> hmacToSecret(HashAlgorithm algorithm, const Secret &key,
                                          const QByteArray &data);

} // namespace sealbook
