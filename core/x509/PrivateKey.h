// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/KeyType.h"
#include "core/crypto/Secret.h"
#include "core/x509/OpensslHandles.h"

namespace sealbook {

// A private key in memory. Move-only; may be made and used on any thread, by one at a time.
class PrivateKey
{
public:
    // Blocks (RSA for seconds): call it through runBlocking.
    [[nodiscard]] static Result<PrivateKey> generate(KeyType type);
    [[nodiscard]] static Result<PrivateKey> fromPkcs8(const Secret &der);
    // PKCS#1 or SEC 1, DER.
    [[nodiscard]] static Result<PrivateKey> fromTraditionalDer(const Secret &der);
    // PEM of any common kind (PKCS#8, PKCS#1, SEC 1); `password` for encrypted ones.
    [[nodiscard]] static Result<PrivateKey> fromPem(const Secret &pem, const Secret &password);

    // An encrypted key: PEM of any common kind, or PKCS#8 DER. Refuses, before it begins, more than
    // ten million rounds of key derivation (B44). Blocks.
    [[nodiscard]] static Result<PrivateKey> fromEncrypted(std::span<const std::uint8_t> bytes,
                                                          const Secret &password);

    [[nodiscard]] Result<Secret> toPkcs8() const; // DER
    [[nodiscard]] Result<Secret> toPem() const; // PKCS#8
    [[nodiscard]] Result<Secret> toEncryptedPem(const Secret &password) const; // PBES2, AES-256

    [[nodiscard]] std::optional<KeyType> type() const; // nullopt: a kind that we do not make
    [[nodiscard]] QString algorithm() const; // "EC P-256", "RSA 2048"
    [[nodiscard]] QByteArray publicKeyDer() const; // SubjectPublicKeyInfo
    [[nodiscard]] QString publicKeySha256() const; // lower-case hex of the above's digest

    // JWS parts (RFC 7515, 7518, 7638).
    [[nodiscard]] QByteArray jwsAlgorithm() const; // "ES256", "ES384", "RS256"
    [[nodiscard]] QJsonObject publicJwk() const;
    [[nodiscard]] QByteArray jwkThumbprint() const; // base64url text, 43 characters
    // ECDSA as r||s of fixed width (RFC 7518 section 3.4), RSA as PKCS#1 v1.5 with SHA-256.
    [[nodiscard]] Result<QByteArray> signJws(const QByteArray &input) const;

    [[nodiscard]] EVP_PKEY *handle() const { return m_key.get(); }

private:
    explicit PrivateKey(EvpPkeyPtr key)
        : m_key(std::move(key))
    {
    }
    EvpPkeyPtr m_key;
};

} // namespace sealbook
