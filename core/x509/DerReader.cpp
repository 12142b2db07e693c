// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/DerReader.h"

namespace sealbook {

namespace {

constexpr std::uint8_t longTag = 0x1f;
constexpr std::uint8_t longLength = 0x80;
constexpr std::size_t mostLengthBytes = 4;

struct Head
{
    std::uint8_t tag = 0;
    std::size_t headSize = 0;
    std::size_t bodySize = 0;
};

std::optional<Head> headOf(std::span<const std::uint8_t> bytes)
{
    if (bytes.size() < 2 || (bytes[0] & longTag) == longTag)
        return std::nullopt;
    Head head{bytes[0], 2, bytes[1]};
    if (bytes[1] < longLength)
        return head;
    const std::size_t count = bytes[1] & 0x7fU;
    if (count == 0 || count > mostLengthBytes || bytes.size() < 2 + count || bytes[2] == 0)
        return std::nullopt;
    head.bodySize = 0;
    for (std::size_t i = 0; i < count; ++i)
        head.bodySize = head.bodySize << 8U | bytes[2 + i];
    if (head.bodySize < longLength) // a short length in a long form is not DER
        return std::nullopt;
    head.headSize = 2 + count;
    return head;
}

} // namespace

std::optional<DerReader::Element> DerReader::next()
{
    const std::optional<Head> head = headOf(m_rest);
    if (!head || m_rest.size() - head->headSize < head->bodySize)
        return std::nullopt;
    const Element element{head->tag, m_rest.subspan(head->headSize, head->bodySize),
                          m_rest.first(head->headSize + head->bodySize)};
    m_rest = m_rest.subspan(element.whole.size());
    return element;
}

std::optional<DerReader::Element> DerReader::next(std::uint8_t tag)
{
    return nextIs(tag) ? next() : std::nullopt;
}

bool looksLikeDer(std::span<const std::uint8_t> head, std::uint64_t totalSize)
{
    if (head.size() >= 2 && head[0] == DerReader::sequence && head[1] == longLength)
        return true; // BER of indefinite length: keystores and PKCS#7 come like that
    const std::optional<Head> found = headOf(head);
    return found && found->tag == DerReader::sequence
        && found->headSize + found->bodySize == totalSize;
}

} // namespace sealbook
