// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/PublicKey.h"

#include <openssl/core_names.h>
#include <openssl/x509.h>

#include <array>

namespace sealbook {

QString curveName(const EVP_PKEY *key)
{
    std::array<char, 64> name{};
    std::size_t size = 0;
    if (!key || EVP_PKEY_is_a(key, "EC") != 1
        || EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(),
                                          &size)
            != 1)
        return {};
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(size));
}

QString keyAlgorithmName(const EVP_PKEY *key)
{
    if (!key)
        return QStringLiteral("unknown");
    if (EVP_PKEY_is_a(key, "RSA") == 1)
        return QStringLiteral("RSA %1").arg(EVP_PKEY_get_bits(key));
    if (EVP_PKEY_is_a(key, "RSA-PSS") == 1)
        return QStringLiteral("RSA-PSS %1").arg(EVP_PKEY_get_bits(key));
    if (EVP_PKEY_is_a(key, "EC") == 1) {
        const QString curve = curveName(key);
        if (curve == QLatin1String("prime256v1"))
            return QStringLiteral("EC P-256");
        if (curve == QLatin1String("secp384r1"))
            return QStringLiteral("EC P-384");
        if (curve == QLatin1String("secp521r1"))
            return QStringLiteral("EC P-521");
        return curve.isEmpty() ? QStringLiteral("EC") : QStringLiteral("EC ") + curve;
    }
    if (EVP_PKEY_is_a(key, "ED25519") == 1)
        return QStringLiteral("Ed25519");
    if (EVP_PKEY_is_a(key, "ED448") == 1)
        return QStringLiteral("Ed448");
    const char *name = EVP_PKEY_get0_type_name(key);
    return name ? QString::fromUtf8(name) : QStringLiteral("unknown");
}

QByteArray subjectPublicKeyInfo(const EVP_PKEY *key)
{
    const int size = i2d_PUBKEY(key, nullptr);
    if (size <= 0)
        return {};
    QByteArray der(size, '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_PUBKEY(key, &out);
    return der;
}

} // namespace sealbook
