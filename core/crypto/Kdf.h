// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

namespace sealbook {

// HKDF with SHA-256 (RFC 5869), extract and expand.
[[nodiscard]] Result<Secret> hkdfSha256(const Secret &ikm, const QByteArray &salt,
                                        const QByteArray &info, int size);

// scrypt (RFC 7914). Blocks for up to seconds: call it through runBlocking. Refuses parameters that
// would need more than 160 MiB, because they may come from a file.
[[nodiscard]] Result<Secret> scrypt(const Secret &password, const QByteArray &salt, std::uint64_t n,
                                    std::uint32_t r, std::uint32_t p, int size);

} // namespace sealbook
