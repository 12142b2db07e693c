// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace sealbook {

// Walks the elements of one level of DER (X.690 section 10) without copying, recursing or
// allocating, so hostile nesting costs nothing. Knows definite lengths in their shortest form and
// tags of one byte: all that X.509 needs. A view into bytes that must outlive it.
class DerReader
{
public:
    struct Element
    {
        std::uint8_t tag = 0;
        std::span<const std::uint8_t> body;
        std::span<const std::uint8_t> whole; // with tag and length
    };
    static constexpr std::uint8_t boolean = 0x01;
    static constexpr std::uint8_t integer = 0x02;
    static constexpr std::uint8_t bitString = 0x03;
    static constexpr std::uint8_t octetString = 0x04;
    static constexpr std::uint8_t null = 0x05;
    static constexpr std::uint8_t oid = 0x06;
    static constexpr std::uint8_t utcTime = 0x17;
    static constexpr std::uint8_t generalizedTime = 0x18;
    static constexpr std::uint8_t sequence = 0x30;
    static constexpr std::uint8_t set = 0x31;
    static constexpr std::uint8_t context(std::uint8_t number)
    {
        return static_cast<std::uint8_t>(0xa0 | number);
    }

    DerReader() = default;
    explicit DerReader(std::span<const std::uint8_t> bytes)
        : m_rest(bytes)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] bool nextIs(std::uint8_t tag) const
    {
        return !m_rest.empty() && m_rest.front() == tag;
    }
    // The next element; nothing where the bytes are no DER, or end too early.
    [[nodiscard]] std::optional<Element> next();
    // The same, and nothing where it is of another tag.
    [[nodiscard]] std::optional<Element> next(std::uint8_t tag);

private:
    std::span<const std::uint8_t> m_rest;
};

// Whether `bytes` begin with one element that is as long as they are (or longer than what is at
// hand, for the head of a file).
[[nodiscard]] bool looksLikeDer(std::span<const std::uint8_t> head, std::uint64_t totalSize);

} // namespace sealbook
