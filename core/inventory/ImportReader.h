// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/Certificate.h"
#include "core/x509/PrivateKey.h"

namespace sealbook {

// What a file, a drop or a paste held: certificates with the issuers that came along, and keys.
struct ImportContent
{
    struct Entry
    {
        Certificate certificate;
        std::vector<Certificate> issuers; // from the same file, in order upwards
    };
    std::vector<Entry> entries; // those that are not merely another's issuer
    std::vector<PrivateKey> keys; // each belongs to an entry, or there are no entries at all
    QStringList notes; // plain English
};

// The most that an import may have, in bytes (B47).
inline constexpr qsizetype maxImportSize = 16 * 1024 * 1024;

// Reads PEM, DER or PKCS#12 and tells other formats by name (B55). Refuses whole, with BadRequest:
// what is damaged (B41), a key that belongs to none of the certificates (B42), a wrong password
// (B43). Only in a large collection of certificates single bad ones are left out and listed (B48).
// Blocks: call it through runBlocking.
[[nodiscard]] Result<ImportContent> readImport(std::span<const std::uint8_t> bytes,
                                               const Secret &password);

} // namespace sealbook
