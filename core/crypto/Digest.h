// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <span>

namespace sealbook {

// The hash functions that some protocol asks us for. MD5 and SHA-1 are here for TSIG's HMACs
// (RFC 8945 section 6) and for nothing else.
enum class HashAlgorithm { Md5, Sha1, Sha256, Sha384, Sha512 };

[[nodiscard]] inline std::span<const std::uint8_t> bytesOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

[[nodiscard]] QByteArray digest(HashAlgorithm algorithm, std::span<const std::uint8_t> bytes);
[[nodiscard]] QByteArray sha256(const QByteArray &bytes);
[[nodiscard]] QString sha256Hex(const QByteArray &bytes); // 64 lower-case hex digits

// OpenSSL's name of the algorithm ("SHA256").
[[nodiscard]] const char *hashName(HashAlgorithm algorithm);
[[nodiscard]] int hashSize(HashAlgorithm algorithm); // in bytes

// The version of the OpenSSL that is loaded: "3.0.17".
[[nodiscard]] QString cryptoLibraryVersion();

} // namespace sealbook
