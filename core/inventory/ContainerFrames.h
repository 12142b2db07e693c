// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sealbook {

// What ContainerProcess and ContainerServant say to each other over one socket. The question is
// sent once, and ends with the end of the stream:
//     "SBC1", code of the format (length of one byte in front), password (length of four bytes in
//     front), the file.
// The answer is a row of frames, each a kind, a length of four bytes and as many bytes; End is the
// last one, and an answer without it counts as none. Numbers are big-endian.
enum class ContainerFrame : std::uint8_t {
    Certificate = 'C', // DER
    Request = 'R', // DER
    PublicKey = 'P', // SubjectPublicKeyInfo, DER
    Key = 'K', // PKCS#8 DER
    ClosedKey = 'X', // its name, a NUL, why
    Note = 'N',
    Failure = 'E', // kind's name, a NUL, detail, a NUL, advice
    End = 'Z'
};

inline constexpr std::array<char, 4> containerGreeting{'S', 'B', 'C', '1'};
inline constexpr std::uint32_t largestTextFrame = 16 * 1024;
inline constexpr std::uint32_t largestKeyFrame = 64 * 1024;
inline constexpr std::uint32_t largestPassword = 4 * 1024;
inline constexpr std::size_t largestAnswer = 32 * 1024 * 1024; // twice the largest question

} // namespace sealbook
