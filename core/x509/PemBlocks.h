// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>

#include <cstdint>
#include <span>
#include <vector>

namespace sealbook {

// One block of a PEM text (RFC 7468): a view into the text, which must outlive it. Nothing is
// copied, so a private key stays where it lies.
struct PemBlock
{
    QByteArray label; // "CERTIFICATE"
    std::span<const std::uint8_t> text; // from BEGIN's to END's dashes
    std::span<const std::uint8_t> body; // between those lines
    int line = 0; // of BEGIN, from 1

    [[nodiscard]] bool isCertificate() const
    {
        return label == "CERTIFICATE" || label == "X509 CERTIFICATE";
    }
    [[nodiscard]] bool isPrivateKey() const { return label.endsWith("PRIVATE KEY"); }
};

[[nodiscard]] bool looksLikePem(std::span<const std::uint8_t> text);

// All blocks in order. Text around them, CRLF and a byte order mark are fine; a block that does not
// end, or ends with another label, is refused. Without any block: an error that says so.
[[nodiscard]] Result<std::vector<PemBlock>> pemBlocks(std::span<const std::uint8_t> text);

// The bytes of a block that is no secret. Truncated or foreign base64 is refused (B41).
[[nodiscard]] Result<QByteArray> decodePemBody(const PemBlock &block);

[[nodiscard]] QByteArray pemOfDer(const QByteArray &der, const char *label = "CERTIFICATE");

} // namespace sealbook
