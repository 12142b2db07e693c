// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace sealbook {

// The kinds of key that Sealbook makes. Account keys are Ec256, Ec384 or Rsa2048 and up.
enum class KeyType { Ec256, Ec384, Rsa2048, Rsa3072, Rsa4096 };

inline constexpr std::array allKeyTypes{KeyType::Ec256, KeyType::Ec384, KeyType::Rsa2048,
                                        KeyType::Rsa3072, KeyType::Rsa4096};

[[nodiscard]] constexpr const char *keyTypeName(KeyType type) // as on the command line
{
    switch (type) {
    case KeyType::Ec256:
        return "ec256";
    case KeyType::Ec384:
        return "ec384";
    case KeyType::Rsa2048:
        return "rsa2048";
    case KeyType::Rsa3072:
        return "rsa3072";
    case KeyType::Rsa4096:
        return "rsa4096";
    }
    return "";
}

[[nodiscard]] inline std::optional<KeyType> keyTypeFromName(const QString &name)
{
    for (const KeyType type : allKeyTypes) {
        if (name == QLatin1String(keyTypeName(type)))
            return type;
    }
    return std::nullopt;
}

} // namespace sealbook
