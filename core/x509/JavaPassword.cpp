// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/JavaPassword.h"

namespace sealbook {

Result<Secret> javaPassword(const Secret &password, JavaPasswordEnd end)
{
    Result<Secret> wide = Secret::ofSize(2 * password.size() + 2);
    if (!wide)
        return wide;
    const std::string_view text = password.text();
    std::size_t out = 0;
    const auto put = [&](std::uint32_t unit) {
        wide->writableBytes()[out++] = static_cast<std::uint8_t>(unit >> 8U);
        wide->writableBytes()[out++] = static_cast<std::uint8_t>(unit);
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<std::uint8_t>(text[at]);
        const std::size_t length = first < 0x80 ? 1
            : first >= 0xf0                     ? 4
            : first >= 0xe0                     ? 3
            : first >= 0xc0                     ? 2
                                                : 0;
        if (length == 0 || at + length > text.size())
            return fail(Error::Kind::BadRequest, QStringLiteral("the password is not UTF-8"));
        std::uint32_t code = length == 1 ? first : first & (0x7fU >> length);
        for (std::size_t i = 1; i < length; ++i)
            code = code << 6U | (static_cast<std::uint8_t>(text[at + i]) & 0x3fU);
        at += length;
        if (code >= 0x10000) { // two surrogates
            put(0xd800 + ((code - 0x10000) >> 10U));
            put(0xdc00 + ((code - 0x10000) & 0x3ffU));
        } else {
            put(code);
        }
    }
    if (end == JavaPasswordEnd::Zero && out > 0)
        put(0);
    return Secret::copyOf(wide->bytes().first(out));
}

} // namespace sealbook
