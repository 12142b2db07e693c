// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/x509/ContainerContent.h"

#include <span>

namespace sealbook {

// The certificates of a PKCS#7 SignedData (RFC 2315 section 9), in the file's order: what CAs hand
// out as .p7b and .p7c. What is signed or encrypted in it is not looked at. DER or BER. Blocks.
[[nodiscard]] Result<ContainerContent> readPkcs7(std::span<const std::uint8_t> der);

// A revocation list (RFC 5280 section 5) in words: who issued it, when, and how much it lists.
[[nodiscard]] Result<QString> describeRevocationList(std::span<const std::uint8_t> der);

} // namespace sealbook
