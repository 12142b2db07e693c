// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/PublicKey.h"

#include "core/crypto/Digest.h"
#include "core/x509/DerReader.h"
#include "core/x509/OpensslErrors.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
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

Result<PublicKeyFacts> publicKeyFacts(const QByteArray &der)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
    const EvpPkeyPtr key(d2i_PUBKEY(nullptr, &in, static_cast<long>(der.size())));
    if (!key)
        return opensslFail(Error::Kind::BadRequest,
                           QStringLiteral("a public key could not be read"));
    return PublicKeyFacts{sha256Hex(subjectPublicKeyInfo(key.get())), keyAlgorithmName(key.get())};
}

QByteArray rsaPublicKeyInfo(const QByteArray &modulus, const QByteArray &exponent)
{
    using NumberPtr = std::unique_ptr<BIGNUM, OpensslFree<BN_free>>;
    using BuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, OpensslFree<OSSL_PARAM_BLD_free>>;
    using ParamsPtr = std::unique_ptr<OSSL_PARAM, OpensslFree<OSSL_PARAM_free>>;
    const auto number = [](const QByteArray &bytes) {
        return NumberPtr(BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.constData()),
                                   static_cast<int>(bytes.size()), nullptr));
    };
    const NumberPtr n = number(modulus);
    const NumberPtr e = number(exponent);
    const BuilderPtr builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return {};
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
    const EvpPkeyCtxPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY *made = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return {};
    const EvpPkeyPtr key(made);
    return subjectPublicKeyInfo(key.get());
}

// RFC 5480 section 2; DER is put together by hand, and read again by whoever uses it.
QByteArray ecPublicKeyInfo(const QByteArray &curve, const QByteArray &point)
{
    constexpr qsizetype longest = 200;
    DerReader reader(bytesOf(point));
    const auto inner = reader.next(DerReader::octetString);
    if (!inner || !reader.atEnd() || curve.size() > longest
        || inner->body.size() > static_cast<std::size_t>(longest))
        return {};
    const auto element = [](char tag, const QByteArray &body) {
        QByteArray der(1, tag);
        if (body.size() >= 0x80)
            der += char(0x81 + (body.size() >= 0x100 ? 1 : 0));
        if (body.size() >= 0x100)
            der += static_cast<char>(body.size() >> 8);
        der += static_cast<char>(body.size() & 0xff);
        return der + body;
    };
    const QByteArray algorithm = QByteArray::fromHex("06072a8648ce3d0201") + curve;
    QByteArray bits(1, '\0');
    bits.append(reinterpret_cast<const char *>(inner->body.data()),
                static_cast<qsizetype>(inner->body.size()));
    return element(0x30, element(0x30, algorithm) + element(0x03, bits));
}

} // namespace sealbook
