// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

namespace sealbook {

// What is kept of a passphrase, to be sealed by the vault:
//
//     "SBP1" | log2 N (1 byte) | salt (16) | scrypt(passphrase, salt, N, r = 8, p = 1), 32 bytes
//
// Both functions take about a second: call them on a thread. N is 2^17; reading refuses less, and
// more than 2^20.
[[nodiscard]] Result<Secret> makePassphraseVerifier(const Secret &passphrase);
[[nodiscard]] Result<bool> fitsPassphrase(const Secret &passphrase, const Secret &verifier);

} // namespace sealbook
