// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHashFunctions>
#include <QString>

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>

namespace sealbook {

// A SHA-256 as its 32 bytes: what the inventory keeps for each of 100,000 rows, where 64 digits of
// UTF-16 would take five times as much. Prints as lower-case hex. A value; the default is all zero.
class Fingerprint
{
public:
    static constexpr qsizetype size = 32;

    Fingerprint() = default;
    // Exactly 64 hex digits, in either case.
    [[nodiscard]] static std::optional<Fingerprint> fromHex(QStringView text);
    [[nodiscard]] static std::optional<Fingerprint> fromHex(QLatin1String text);

    [[nodiscard]] QString hex() const;
    // The 64 digits without a terminator.
    void writeHex(char *digits) const;
    [[nodiscard]] bool isNull() const { return *this == Fingerprint(); }
    [[nodiscard]] const std::array<std::uint8_t, size> &bytes() const { return m_bytes; }

    bool operator==(const Fingerprint &) const = default;
    auto operator<=>(const Fingerprint &) const = default;
    // The bytes are a hash already.
    friend size_t qHash(const Fingerprint &fingerprint, size_t seed = 0)
    {
        size_t first = 0;
        std::memcpy(&first, fingerprint.m_bytes.data(), sizeof(first));
        return first ^ seed;
    }

private:
    std::array<std::uint8_t, size> m_bytes{};
};

} // namespace sealbook
