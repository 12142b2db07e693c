// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstdint>
#include <span>

namespace sealbook {

// What a file is, by its first bytes; its name says nothing (B55).
enum class ImportFormat {
    Pem, // text with at least one BEGIN line
    Base64, // a DER object as base64 without BEGIN and END
    Certificate, // DER from here on
    Request, // PKCS#10
    RevocationList,
    PrivateKey, // PKCS#8, PKCS#1 or SEC 1
    EncryptedKey, // PKCS#8
    Pkcs7,
    Pkcs12,
    Jks,
    Jceks,
    BouncyCastle, // BKS or UBER
    Database, // SQLite: of XCA or NSS, or of anybody
    TokenList, // no file: a PKCS#11 URI, for the tokens that it fits
    Token, // no file: the URI of one, for what is on it
    Other // nothing that can be imported
};

struct RecognizedFormat
{
    ImportFormat format = ImportFormat::Other;
    QString what; // "a zip archive": with its article; of Other, "" where it resembles nothing
    QString advice; // of Other
};

// `head` is the file's beginning: 64 KiB of it are enough. `size` is that of the whole file.
[[nodiscard]] RecognizedFormat recognizeFormat(std::span<const std::uint8_t> head,
                                               std::uint64_t size);

// Containers, and what a password protects: read only in a process of their own.
[[nodiscard]] bool isHostileFormat(ImportFormat format);

// "pkcs12": how the format crosses to that process.
[[nodiscard]] QByteArray formatCode(ImportFormat format);
[[nodiscard]] ImportFormat formatFromCode(const QByteArray &code); // Other where unknown

} // namespace sealbook
