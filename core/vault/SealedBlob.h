// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"
#include "core/vault/Vault.h"

namespace sealbook {

// One sealed record (security.md 4.4), format "SBV1":
//
//     blob = "SBV1" | alg (1 byte) | epoch (4, big endian) | salt (32) | nonce (12) | C (32) |
//            ciphertext | tag (16)
//     aad  = the fields "SBV1", "1" (format), alg, vault id, epoch, table, row, field, version,
//            each as text (numbers in decimal) behind its length in 4 bytes, big endian
//     h    = SHA-256(aad)
//     K    = HKDF-SHA-256(vault key, salt, "sb1|rec|" | h), 32 bytes
//     C    = HKDF-SHA-256(vault key, salt, "sb1|commit|" | h), 32 bytes
//
// alg 1 is AES-256-GCM under K with this aad. K is used once, because the salt is new for each
// blob. C is compared before anything is opened: GCM alone does not commit to its key. A blob that
// was moved to another row, table, profile or epoch does not open. All ways of not opening look the
// same from outside, except a format that is newer than this program.
struct SealContext
{
    QString vaultId;
    quint32 epoch = 1;
};

[[nodiscard]] Result<QByteArray> sealBlob(const Secret &vaultKey, const SealContext &context,
                                          const SealedPlace &place, const Secret &plain);
[[nodiscard]] Result<Secret> openBlob(const Secret &vaultKey, const SealContext &context,
                                      const SealedPlace &place, const QByteArray &blob);

// With salt (32 bytes) and nonce (12 bytes) given: for the published test vectors only.
[[nodiscard]] Result<QByteArray> sealBlobWith(const QByteArray &salt, const QByteArray &nonce,
                                              const Secret &vaultKey, const SealContext &context,
                                              const SealedPlace &place, const Secret &plain);

} // namespace sealbook
