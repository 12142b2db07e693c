// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/Fingerprint.h"

namespace sealbook {

namespace {

int digitOf(char16_t code)
{
    if (code >= u'0' && code <= u'9')
        return code - u'0';
    if (code >= u'a' && code <= u'f')
        return code - u'a' + 10;
    if (code >= u'A' && code <= u'F')
        return code - u'A' + 10;
    return -1;
}

template <typename Text>
bool readHex(Text text, std::array<std::uint8_t, Fingerprint::size> &bytes)
{
    if (text.size() != 2 * Fingerprint::size)
        return false;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto at = static_cast<decltype(text.size())>(2 * i);
        const int high = digitOf(QChar(text[at]).unicode());
        const int low = digitOf(QChar(text[at + 1]).unicode());
        if (high < 0 || low < 0)
            return false;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

} // namespace

std::optional<Fingerprint> Fingerprint::fromHex(QStringView text)
{
    Fingerprint fingerprint;
    return readHex(text, fingerprint.m_bytes) ? std::optional(fingerprint) : std::nullopt;
}

std::optional<Fingerprint> Fingerprint::fromHex(QLatin1String text)
{
    Fingerprint fingerprint;
    return readHex(text, fingerprint.m_bytes) ? std::optional(fingerprint) : std::nullopt;
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
