// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/x509/OpensslHandles.h"

#include <QByteArray>
#include <QString>

namespace sealbook {

// "EC P-256", "RSA 2048", "Ed25519": how people name a key.
[[nodiscard]] QString keyAlgorithmName(const EVP_PKEY *key);
// OpenSSL's name of an EC key's curve ("prime256v1"), "" for other keys.
[[nodiscard]] QString curveName(const EVP_PKEY *key);
[[nodiscard]] QByteArray subjectPublicKeyInfo(const EVP_PKEY *key); // DER

// A public key by itself.
struct PublicKeyFacts
{
    QString sha256; // of its SubjectPublicKeyInfo
    QString algorithm;
};
[[nodiscard]] Result<PublicKeyFacts> publicKeyFacts(const QByteArray &der);
// SubjectPublicKeyInfo of what a token tells: numbers big-endian; an OID's and an octet string's
// DER. "" where it makes no key.
[[nodiscard]] QByteArray rsaPublicKeyInfo(const QByteArray &modulus, const QByteArray &exponent);
[[nodiscard]] QByteArray ecPublicKeyInfo(const QByteArray &curve, const QByteArray &point);

} // namespace sealbook
