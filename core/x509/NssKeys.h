// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/PrivateKey.h"

namespace sealbook {

// A private key as NSS keeps it in key4.db: what is public as it is, the rest sealed value by value
// under the database's password.
struct NssSealedKey
{
    QByteArray curve; // DER of its OID; empty for RSA
    QByteArray value; // sealed; of an elliptic curve
    QByteArray modulus;
    QByteArray publicExponent;
    std::array<QByteArray, 6> rsa; // sealed: private exponent, primes, exponents, coefficient
};

// Opens the private keys of one key4.db. A value is sealed by PBES2 (RFC 8018): PBKDF2 with
// HMAC-SHA256 over SHA-1 of the database's salt and password, then AES-256-CBC whose IV is the DER
// of the parameter itself. Made for the process that reads containers. Blocks.
class NssKeys
{
public:
    // `check` is the database's own test of a password. BadRequest where it is wrong (B43), where
    // it asks for too many rounds (B44), or where it is sealed in the old way, with 3DES.
    [[nodiscard]] static Result<NssKeys> open(const QByteArray &salt, const QByteArray &check,
                                              const Secret &password);
    [[nodiscard]] Result<PrivateKey> key(const NssSealedKey &sealed) const;

private:
    explicit NssKeys(Secret root)
        : m_root(std::move(root))
    {
    }
    [[nodiscard]] Result<Secret> unseal(const QByteArray &sealed) const;
    [[nodiscard]] Result<PrivateKey> curveKey(const NssSealedKey &sealed) const;
    [[nodiscard]] Result<PrivateKey> rsaKey(const NssSealedKey &sealed) const;

    Secret m_root; // SHA-1 of salt and password
};

} // namespace sealbook
