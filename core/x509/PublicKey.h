// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/OpensslHandles.h"

#include <QByteArray>
#include <QString>

namespace sealbook {

// "EC P-256", "RSA 2048", "Ed25519": how people name a key.
[[nodiscard]] QString keyAlgorithmName(const EVP_PKEY *key);
// OpenSSL's name of an EC key's curve ("prime256v1"), "" for other keys.
[[nodiscard]] QString curveName(const EVP_PKEY *key);
[[nodiscard]] QByteArray subjectPublicKeyInfo(const EVP_PKEY *key); // DER

} // namespace sealbook
