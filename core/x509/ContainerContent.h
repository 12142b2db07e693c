// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace sealbook {

// What a container (PKCS#12, PKCS#7, a Java keystore) holds, as bytes. Nothing in it is trusted:
// certificates and keys are parsed again by whoever takes them. Made in the process that reads the
// container, and sent from there (core/inventory/ContainerProcess).
struct ContainerContent
{
    struct ClosedKey // it is there, and cannot be opened
    {
        QString name; // the alias
        QString why; // plain English
    };
    std::vector<QByteArray> certificates; // DER
    std::vector<QByteArray> requests; // DER
    std::vector<QByteArray> publicKeys; // SubjectPublicKeyInfo; of keys that stay where they are
    std::vector<Secret> keys; // PKCS#8 DER
    std::vector<ClosedKey> closedKeys;
    QStringList notes; // plain English
};

// Security.md section 3: what one container may have.
inline constexpr std::size_t mostContainerObjects = 2000;
inline constexpr qsizetype largestContainerObject = 256 * 1024;

} // namespace sealbook
