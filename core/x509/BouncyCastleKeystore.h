// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/x509/ContainerContent.h"

#include <span>

namespace sealbook {

// Reads the keystores of the Bouncy Castle provider without Java. In BKS (versions 1 and 2)
// certificates lie in the clear, each key is sealed by itself with Triple DES (PKCS#12's own key
// derivation), and an HMAC over all is checked when there is a password. In UBER everything is
// sealed with Twofish, so nothing of it is seen without the password. Blocks.
[[nodiscard]] Result<ContainerContent> readBouncyCastleKeystore(std::span<const std::uint8_t> bytes,
                                                                const Secret &password);

} // namespace sealbook
