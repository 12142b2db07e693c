// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/x509.h>

namespace sealbook {

// How many rounds of key derivation a decryption by `algorithm` (PBES1, PKCS#12's own, PBES2 with
// PBKDF2) asks for. It is read before any of them is done (B44). 0 where OpenSSL refuses by itself,
// or has a bound of its own (scrypt).
[[nodiscard]] long long pbeIterations(const X509_ALGOR *algorithm);
// A count as such; one that cannot be read means too many.
[[nodiscard]] long long iterationCount(const ASN1_INTEGER *number);

} // namespace sealbook
