// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Hmac.h"

#include <openssl/evp.h>

namespace sealbook {

Result<Secret> hmacToSecret(HashAlgorithm algorithm, const Secret &key, const QByteArray &data)
{
    if (key.isEmpty())
        return fail(Error::Kind::BadRequest, QStringLiteral("the HMAC key is empty"));
    Result<Secret> mac = Secret::ofSize(static_cast<std::size_t>(hashSize(algorithm)));
    if (!mac)
        return fail(mac.error(), "computing an HMAC");
    std::size_t size = 0;
    const std::span<const std::uint8_t> input = bytesOf(data);
    if (!EVP_Q_mac(nullptr, "HMAC", nullptr, hashName(algorithm), nullptr, key.bytes().data(),
                   key.size(), input.data(), input.size(), mac->writableBytes().data(), mac->size(),
                   &size)
        || size != mac->size())
        return fail(Error::Kind::Internal,
                    QStringLiteral("OpenSSL could not compute an HMAC with %1")
                        .arg(QLatin1String(hashName(algorithm))));
    return mac;
}

Result<QByteArray> hmac(HashAlgorithm algorithm, const Secret &key, const QByteArray &data)
{
    const Result<Secret> mac = hmacToSecret(algorithm, key, data);
    if (!mac)
        return fail(mac.error());
    return QByteArray(mac->text().data(), static_cast<qsizetype>(mac->size()));
}

} // namespace sealbook
