// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace sealbook {

const char *hashName(HashAlgorithm algorithm)
{
    switch (algorithm) {
    case HashAlgorithm::Md5:
        return "MD5";
    case HashAlgorithm::Sha1:
        return "SHA1";
    case HashAlgorithm::Sha256:
        return "SHA256";
    case HashAlgorithm::Sha384:
        return "SHA384";
    case HashAlgorithm::Sha512:
        return "SHA512";
    }
    Q_UNREACHABLE();
}

int hashSize(HashAlgorithm algorithm)
{
    switch (algorithm) {
    case HashAlgorithm::Md5:
        return 16;
    case HashAlgorithm::Sha1:
        return 20;
    case HashAlgorithm::Sha256:
        return 32;
    case HashAlgorithm::Sha384:
        return 48;
    case HashAlgorithm::Sha512:
        return 64;
    }
    Q_UNREACHABLE();
}

QByteArray digest(HashAlgorithm algorithm, std::span<const std::uint8_t> bytes)
{
    QByteArray out(hashSize(algorithm), '\0');
    std::size_t size = 0;
    if (EVP_Q_digest(nullptr, hashName(algorithm), nullptr, bytes.data(), bytes.size(),
                     reinterpret_cast<unsigned char *>(out.data()), &size)
        != 1)
        return {};
    out.truncate(static_cast<qsizetype>(size));
    return out;
}

QByteArray sha256(const QByteArray &bytes)
{
    return digest(HashAlgorithm::Sha256, bytesOf(bytes));
}

QString sha256Hex(const QByteArray &bytes)
{
    return QString::fromLatin1(sha256(bytes).toHex());
}

QString cryptoLibraryVersion()
{
    return QString::fromLatin1(OpenSSL_version(OPENSSL_VERSION_STRING));
}

} // namespace sealbook
