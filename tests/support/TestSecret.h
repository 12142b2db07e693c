// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

namespace sealbook {

// A secret made of bytes that are known to the whole world.
[[nodiscard]] inline Secret testSecret(QByteArray bytes)
{
    return Secret::take(std::move(bytes)).value();
}

[[nodiscard]] inline QByteArray revealed(const Secret &secret)
{
    return QByteArray(secret.text().data(), static_cast<qsizetype>(secret.size()));
}

} // namespace sealbook
