// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

namespace sealbook {

// How a provider token lies in its keychain item, padded to steps of 64 bytes so that its length
// tells little:
//
//     1 | length (4, big endian) | token | zeros     the token itself
//     2 | length (4, big endian) | key | zeros       32 bytes that open the token in the database
//
// Tokens above `largestTokenItem` take the second form: Windows' keychain refuses more.
enum class TokenForm : std::uint8_t { Direct = 1, KeyOfSealed = 2 };

struct TokenItem
{
    TokenForm form = TokenForm::Direct;
    Secret value;
};

inline constexpr std::size_t largestTokenItem = 2000;

[[nodiscard]] Result<Secret> packTokenItem(TokenForm form, const Secret &value);
[[nodiscard]] Result<TokenItem> unpackTokenItem(const Secret &item);

} // namespace sealbook
