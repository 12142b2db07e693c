// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

namespace sealbook {

inline constexpr int aesGcmKeySize = 32;
inline constexpr int aesGcmNonceSize = 12;
inline constexpr int aesGcmTagSize = 16;

// AES-256-GCM (NIST SP 800-38D). Gives the ciphertext with the 16-byte tag behind it. The caller
// MUST never use one nonce twice under one key. GCM does not commit to its key.
[[nodiscard]] Result<QByteArray> aesGcmSeal(const Secret &key, const QByteArray &nonce,
                                            const QByteArray &aad, const Secret &plain);
// Every failure to open is the same Corrupt error, and nothing partly decrypted comes out.
[[nodiscard]] Result<Secret> aesGcmOpen(const Secret &key, const QByteArray &nonce,
                                        const QByteArray &aad, const QByteArray &sealed);

} // namespace sealbook
