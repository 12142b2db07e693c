// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Base64.h"

#include "core/crypto/Digest.h"

namespace sealbook {

namespace {

constexpr const char *standardDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr const char *urlDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int valueOf(std::uint8_t digit, Base64Alphabet alphabet)
{
    if (digit >= 'A' && digit <= 'Z')
        return digit - 'A';
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9')
        return digit - '0' + 52;
    const bool url = alphabet == Base64Alphabet::Url;
    if (digit == (url ? '-' : '+'))
        return 62;
    if (digit == (url ? '_' : '/'))
        return 63;
    return -1;
}

tl::unexpected<Error> malformed(const QString &what)
{
    return fail(Error::Kind::BadRequest, what);
}

// Decodes `digits` (no padding) into `out`, which has the right size.
Result<> decodeInto(std::span<const std::uint8_t> digits, Base64Alphabet alphabet,
                    std::span<std::uint8_t> out)
{
    std::uint32_t bits = 0;
    int held = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int value = valueOf(digits[i], alphabet);
        if (value < 0)
            return malformed(
                QStringLiteral("the character at position %1 is not base64").arg(i + 1));
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffffu;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[at++] = static_cast<std::uint8_t>(bits >> held & 0xffu);
        }
    }
    if ((bits & ((1u << held) - 1u)) != 0)
        return malformed(QStringLiteral("the base64 text does not end on a whole byte"));
    return {};
}

Result<std::size_t> decodedSize(std::size_t digits)
{
    if (digits % 4 == 1)
        return malformed(QStringLiteral("the base64 text is cut off"));
    return digits * 3 / 4;
}

bool isBlank(std::uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

QByteArray toBase64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Result<QByteArray> fromBase64Url(const QByteArray &text)
{
    const std::span<const std::uint8_t> digits = bytesOf(text);
    const Result<std::size_t> size = decodedSize(digits.size());
    if (!size)
        return fail(size.error());
    QByteArray out(static_cast<qsizetype>(*size), '\0');
    const Result<> decoded = decodeInto(digits, Base64Alphabet::Url,
                                        {reinterpret_cast<std::uint8_t *>(out.data()), *size});
    if (!decoded)
        return fail(decoded.error());
    return out;
}

Result<Secret> decodeBase64(const Secret &text, Base64Alphabet alphabet)
{
    std::span<const std::uint8_t> digits = text.bytes();
    while (!digits.empty() && isBlank(digits.front()))
        digits = digits.subspan(1);
    while (!digits.empty() && isBlank(digits.back()))
        digits = digits.first(digits.size() - 1);
    if (digits.size() % 4 == 0) {
        for (int i = 0; i < 2 && !digits.empty() && digits.back() == '='; ++i)
            digits = digits.first(digits.size() - 1);
    }
    const Result<std::size_t> size = decodedSize(digits.size());
    if (!size)
        return fail(size.error());
    Result<Secret> out = Secret::ofSize(*size);
    if (!out)
        return fail(out.error(), "decoding base64");
    const Result<> decoded = decodeInto(digits, alphabet, out->writableBytes());
    if (!decoded)
        return fail(decoded.error());
    return out;
}

Result<Secret> encodeBase64(const Secret &bytes, Base64Alphabet alphabet)
{
    const bool url = alphabet == Base64Alphabet::Url;
    const char *digits = url ? urlDigits : standardDigits;
    const std::span<const std::uint8_t> in = bytes.bytes();
    const std::size_t size = url ? (in.size() * 4 + 2) / 3 : (in.size() + 2) / 3 * 4;
    Result<Secret> text = Secret::ofSize(size);
    if (!text)
        return fail(text.error(), "encoding base64");
    const std::span<std::uint8_t> out = text->writableBytes();
    std::size_t at = 0;
    for (std::size_t i = 0; i < in.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (i + j < in.size() ? in[i + j] : 0u);
        const std::size_t used = std::min<std::size_t>(in.size() - i, 3) + 1;
        for (std::size_t j = 0; j < 4; ++j) {
            if (j < used)
                out[at++] = static_cast<std::uint8_t>(digits[group >> (18 - 6 * j) & 63u]);
            else if (!url)
                out[at++] = '=';
        }
    }
    return text;
}

} // namespace sealbook
