// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/Certificate.h"
#include "core/x509/PrivateKey.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace sealbook {

// What a PKCS#12 file held (RFC 7292): the certificates in the file's order, and its key.
struct Pkcs12Content
{
    std::vector<Certificate> certificates;
    std::optional<PrivateKey> key; // the first one
    int furtherKeys = 0;
    std::vector<PrivateKey> furtherKeyList;
    QStringList oldCiphers; // "RC2-40": weak ones that it is protected by
    bool hasMac = true; // without one nothing proves that the file is whole
};

// The rounds of key derivation that one file may ask for, all together. It is read before any of
// them is done: a hostile file must not keep us busy for hours (B44).
inline constexpr long long maxPkcs12Iterations = 10'000'000;

// Blocks: call it through runBlocking. A wrong password and an unknown cipher have texts of their
// own (B43, B45).
[[nodiscard]] Result<Pkcs12Content> readPkcs12(std::span<const std::uint8_t> der,
                                               const Secret &password);
// Loads OpenSSL's legacy provider, where there is one, for the whole process: RC2 and its like can
// be read then. For the process that reads containers and does nothing else.
void allowOldCiphers();
[[nodiscard]] bool looksLikePkcs12(std::span<const std::uint8_t> der);

} // namespace sealbook
