// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Aead.h"

#include "core/crypto/Digest.h"

#include <openssl/evp.h>

#include <memory>

namespace sealbook {

namespace {

struct FreeCipher
{
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherPtr = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

constexpr qsizetype largest = 1 << 30; // OpenSSL counts in int

// A context with key, nonce and additional data fed in; null when OpenSSL refuses.
CipherPtr begin(const Secret &key, const QByteArray &nonce, const QByteArray &aad, bool encrypt)
{
    if (key.size() != aesGcmKeySize || nonce.size() != aesGcmNonceSize || aad.size() > largest)
        return {};
    CipherPtr context(EVP_CIPHER_CTX_new());
    int size = 0;
    if (!context
        || EVP_CipherInit_ex2(context.get(), EVP_aes_256_gcm(), key.bytes().data(),
                              bytesOf(nonce).data(), encrypt ? 1 : 0, nullptr)
            != 1)
        return {};
    if (!aad.isEmpty()
        && EVP_CipherUpdate(context.get(), nullptr, &size, bytesOf(aad).data(),
                            static_cast<int>(aad.size()))
            != 1)
        return {};
    return context;
}

} // namespace

Result<QByteArray> aesGcmSeal(const Secret &key, const QByteArray &nonce, const QByteArray &aad,
                              const Secret &plain)
{
    const CipherPtr context = begin(key, nonce, aad, true);
    if (!context || plain.size() > static_cast<std::size_t>(largest))
        return fail(Error::Kind::Internal,
                    QStringLiteral("AES-256-GCM was given a key or nonce of the wrong size"));
    const auto plainSize = static_cast<int>(plain.size());
    QByteArray sealed(plainSize + aesGcmTagSize, '\0');
    auto *out = reinterpret_cast<unsigned char *>(sealed.data());
    int size = 0;
    int rest = 0;
    if ((plainSize > 0
         && EVP_CipherUpdate(context.get(), out, &size, plain.bytes().data(), plainSize) != 1)
        || EVP_CipherFinal_ex(context.get(), out + size, &rest) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, aesGcmTagSize, out + plainSize)
            != 1)
        return fail(Error::Kind::Internal, QStringLiteral("OpenSSL could not encrypt"));
    return sealed;
}

Result<Secret> aesGcmOpen(const Secret &key, const QByteArray &nonce, const QByteArray &aad,
                          const QByteArray &sealed)
{
    const auto damaged = [] {
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the sealed data is damaged or belongs elsewhere"));
    };
    if (sealed.size() < aesGcmTagSize || sealed.size() > largest)
        return damaged();
    const CipherPtr context = begin(key, nonce, aad, false);
    if (!context)
        return damaged();
    const auto plainSize = static_cast<int>(sealed.size()) - aesGcmTagSize;
    Result<Secret> plain = Secret::ofSize(static_cast<std::size_t>(plainSize));
    if (!plain)
        return fail(plain.error(), "opening sealed data");
    QByteArray tag = sealed.right(aesGcmTagSize);
    unsigned char none = 0;
    unsigned char *out = plainSize > 0 ? plain->writableBytes().data() : &none;
    int size = 0;
    int rest = 0;
    if ((plainSize > 0
         && EVP_CipherUpdate(context.get(), out, &size, bytesOf(sealed).data(), plainSize) != 1)
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, aesGcmTagSize, tag.data()) != 1
        || EVP_CipherFinal_ex(context.get(), out + size, &rest) != 1)
        return damaged();
    return plain;
}

} // namespace sealbook
