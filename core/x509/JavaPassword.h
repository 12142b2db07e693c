// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

namespace sealbook {

enum class JavaPasswordEnd {
    None,
    Zero // a character 0 behind it, as PKCS#12 wants it; an empty password stays empty
};

// A password (UTF-8) as Java's keystores hash it: its characters as two bytes each, big-endian.
[[nodiscard]] Result<Secret> javaPassword(const Secret &password, JavaPasswordEnd end);

} // namespace sealbook
