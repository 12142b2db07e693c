// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/x509/ContainerContent.h"

#include <span>

namespace sealbook {

// Reads the keystores of Java's own providers, JKS and JCEKS, without Java. Certificates lie in
// them in the clear, so they need no password; a key whose password is not this one is named. With
// a password the digest over the file is checked: a wrong one is refused, and so is a changed file.
// Secret keys (JCEKS) are named only. Blocks.
[[nodiscard]] Result<ContainerContent> readJavaKeystore(std::span<const std::uint8_t> bytes,
                                                        const Secret &password);

} // namespace sealbook
