// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/TokenItem.h"

#include <QtEndian>

#include <cstring>

namespace sealbook {

namespace {
constexpr std::size_t headSize = 5;
constexpr std::size_t paddingStep = 64;
} // namespace

Result<Secret> packTokenItem(TokenForm form, const Secret &value)
{
    const std::size_t size =
        (headSize + value.size() + paddingStep - 1) / paddingStep * paddingStep;
    Result<Secret> item = Secret::ofSize(size);
    if (!item)
        return item;
    std::uint8_t *const out = item->writableBytes().data();
    out[0] = static_cast<std::uint8_t>(form);
    qToBigEndian(static_cast<quint32>(value.size()), out + 1);
    if (!value.isEmpty())
        std::memcpy(out + headSize, value.bytes().data(), value.size());
    return item;
}

Result<TokenItem> unpackTokenItem(const Secret &item)
{
    const std::span<const std::uint8_t> bytes = item.bytes();
    const bool isKnown = bytes.size() >= headSize
        && (bytes[0] == static_cast<std::uint8_t>(TokenForm::Direct)
            || bytes[0] == static_cast<std::uint8_t>(TokenForm::KeyOfSealed));
    const std::size_t size = isKnown ? qFromBigEndian<quint32>(bytes.data() + 1) : 0;
    if (!isKnown || size > bytes.size() - headSize)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the keychain item does not hold what Sealbook wrote"),
                    QStringLiteral("Enter the token again."));
    Result<Secret> value = Secret::copyOf(bytes.subspan(headSize, size));
    if (!value)
        return fail(value.error());
    return TokenItem{static_cast<TokenForm>(bytes[0]), std::move(*value)};
}

} // namespace sealbook
