// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

namespace sealbook {

// base64url without padding (RFC 4648 section 5, as RFC 7515 wants it).
[[nodiscard]] QByteArray toBase64Url(const QByteArray &bytes);
// Strict: padding, blanks, foreign characters and stray final bits are refused.
[[nodiscard]] Result<QByteArray> fromBase64Url(const QByteArray &text);

// The same for secrets, which never leave the arena. Decoding takes padding where it is right, and
// blanks at both ends, because people paste these.
enum class Base64Alphabet { Standard, Url };
[[nodiscard]] Result<Secret> decodeBase64(const Secret &text, Base64Alphabet alphabet);
[[nodiscard]] Result<Secret> encodeBase64(const Secret &bytes, Base64Alphabet alphabet);

} // namespace sealbook
