// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace sealbook {

// Reads Java's DataOutputStream: big-endian numbers, and byte strings with their length in front.
// After the first thing that is not there it stays failed, and gives zeros and nothing: read on,
// and ask once at the end. A view into bytes that must outlive it.
class BigEndianReader
{
public:
    explicit BigEndianReader(std::span<const std::uint8_t> bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] std::size_t position() const { return m_at; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }

    std::span<const std::uint8_t> take(std::size_t size)
    {
        if (m_failed || size > left()) {
            m_failed = true;
            return {};
        }
        m_at += size;
        return m_bytes.subspan(m_at - size, size);
    }
    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }
    std::span<const std::uint8_t> block() { return take(u32()); } // length of four bytes
    std::span<const std::uint8_t> text() { return take(u16()); } // writeUTF(): of two

private:
    std::uint64_t number(std::size_t size)
    {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : take(size))
            value = value << 8U | byte;
        return value;
    }

    std::span<const std::uint8_t> m_bytes;
    std::size_t m_at = 0;
    bool m_failed = false;
};

} // namespace sealbook
