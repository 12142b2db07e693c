// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/Fingerprint.h"

namespace sealbook {

namespace {

int digitOf(QChar c)
{
    const char16_t code = c.unicode();
    if (code >= u'0' && code <= u'9')
        return code - u'0';
    if (code >= u'a' && code <= u'f')
        return code - u'a' + 10;
    if (code >= u'A' && code <= u'F')
        return code - u'A' + 10;
    return -1;
}

} // namespace

std::optional<Fingerprint> Fingerprint::fromHex(QStringView text)
{
    if (text.size() != 2 * size)
        return std::nullopt;
    Fingerprint fingerprint;
    for (std::size_t i = 0; i < fingerprint.m_bytes.size(); ++i) {
        const int high = digitOf(text[static_cast<qsizetype>(2 * i)]);
        const int low = digitOf(text[static_cast<qsizetype>(2 * i + 1)]);
        if (high < 0 || low < 0)
            return std::nullopt;
        fingerprint.m_bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return fingerprint;
}

void Fingerprint::writeHex(char *digits) const
{
    static constexpr char alphabet[] = "0123456789abcdef";
    for (const std::uint8_t byte : m_bytes) {
        *digits++ = alphabet[byte >> 4];
        *digits++ = alphabet[byte & 15];
    }
}

QString Fingerprint::hex() const
{
    std::array<char, 2 * size> digits{};
    writeHex(digits.data());
    return QString::fromLatin1(digits.data(), static_cast<qsizetype>(digits.size()));
}

} // namespace sealbook
