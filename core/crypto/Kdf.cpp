// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Kdf.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <memory>

namespace sealbook {

namespace {

struct FreeKdf
{
    void operator()(EVP_KDF *kdf) const { EVP_KDF_free(kdf); }
    void operator()(EVP_KDF_CTX *context) const { EVP_KDF_CTX_free(context); }
};

OSSL_PARAM octets(const char *key, std::span<const std::uint8_t> bytes)
{
    // OSSL_PARAM's data pointer is not const, but what is given is only read.
    return OSSL_PARAM_construct_octet_string(key, const_cast<std::uint8_t *>(bytes.data()),
                                             bytes.size());
}

OSSL_PARAM octets(const char *key, const QByteArray &bytes)
{
    return octets(key,
                  {reinterpret_cast<const std::uint8_t *>(bytes.constData()),
                   static_cast<std::size_t>(bytes.size())});
}

Result<Secret> derive(const char *name, const OSSL_PARAM *parameters, int size)
{
    Result<Secret> out = Secret::ofSize(static_cast<std::size_t>(size));
    if (!out)
        return fail(out.error(), "deriving a key");
    const std::unique_ptr<EVP_KDF, FreeKdf> kdf(EVP_KDF_fetch(nullptr, name, nullptr));
    const std::unique_ptr<EVP_KDF_CTX, FreeKdf> context(EVP_KDF_CTX_new(kdf.get()));
    if (!context
        || EVP_KDF_derive(context.get(), out->writableBytes().data(), out->size(), parameters) != 1)
        return fail(
            Error::Kind::Internal,
            QStringLiteral("OpenSSL could not derive a key with %1").arg(QLatin1String(name)));
    return out;
}

constexpr std::uint64_t scryptMemory = 160ull * 1024 * 1024;

} // namespace

Result<Secret> hkdfSha256(const Secret &ikm, const QByteArray &salt, const QByteArray &info,
                          int size)
{
    if (ikm.isEmpty())
        return fail(Error::Kind::BadRequest, QStringLiteral("the key to derive from is empty"));
    if (size <= 0 || size > 255 * 32) // RFC 5869 section 2.3
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("HKDF-SHA256 cannot give %1 bytes").arg(size));
    char hash[] = "SHA256";
    const std::array<OSSL_PARAM, 5> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash, 0),
        octets(OSSL_KDF_PARAM_KEY, ikm.bytes()), octets(OSSL_KDF_PARAM_SALT, salt),
        octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
    return derive("HKDF", parameters.data(), size);
}

Result<Secret> scrypt(const Secret &password, const QByteArray &salt, std::uint64_t n,
                      std::uint32_t r, std::uint32_t p, int size)
{
    const bool powerOfTwo = n > 1 && (n & (n - 1)) == 0;
    if (!powerOfTwo || r == 0 || p == 0 || r > 1024 || p > 1024 || size <= 0
        || n > scryptMemory / 128 / r)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("scrypt parameters N=%1 r=%2 p=%3 are out of range")
                        .arg(n)
                        .arg(r)
                        .arg(p));
    std::uint64_t memory = scryptMemory;
    const std::array<OSSL_PARAM, 7> parameters{
        octets(OSSL_KDF_PARAM_PASSWORD, password.bytes()),
        octets(OSSL_KDF_PARAM_SALT, salt),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end()};
    return derive("SCRYPT", parameters.data(), size);
}

} // namespace sealbook
