// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/PassphraseVerifier.h"

#include "core/crypto/Kdf.h"
#include "core/crypto/Random.h"

#include <algorithm>
#include <string_view>

namespace sealbook {

namespace {

constexpr std::string_view magic = "SBP1";
constexpr std::size_t saltAt = magic.size() + 1;
constexpr std::size_t saltSize = 16;
constexpr std::size_t hashAt = saltAt + saltSize;
constexpr std::size_t hashBytes = 32;
constexpr std::size_t verifierSize = hashAt + hashBytes;
constexpr std::uint8_t ourLogN = 17;
constexpr std::uint8_t mostLogN = 20;

Result<Secret> hashOf(const Secret &passphrase, const QByteArray &salt, std::uint8_t logN)
{
    return scrypt(passphrase, salt, std::uint64_t(1) << logN, 8, 1, hashBytes);
}

} // namespace

Result<Secret> makePassphraseVerifier(const Secret &passphrase)
{
    const Result<QByteArray> salt = randomBytes(saltSize);
    if (!salt)
        return fail(salt.error());
    const Result<Secret> hash = hashOf(passphrase, *salt, ourLogN);
    if (!hash)
        return fail(hash.error());
    Result<Secret> verifier = Secret::ofSize(verifierSize);
    if (!verifier)
        return verifier;
    auto out = verifier->writableBytes().begin();
    out = std::copy(magic.begin(), magic.end(), out);
    *out++ = ourLogN;
    out = std::copy(salt->begin(), salt->end(), out);
    std::copy(hash->bytes().begin(), hash->bytes().end(), out);
    return verifier;
}

Result<bool> fitsPassphrase(const Secret &passphrase, const Secret &verifier)
{
    const std::span<const std::uint8_t> bytes = verifier.bytes();
    const bool isOurs = bytes.size() == verifierSize && verifier.text().starts_with(magic)
        && bytes[magic.size()] >= ourLogN && bytes[magic.size()] <= mostLogN;
    if (!isOurs)
        return fail(
            Error::Kind::Corrupt,
            QStringLiteral("the kept passphrase has a form that this version does not know"),
            QStringLiteral("Install the newer Sealbook that wrote it."));
    const auto salt = bytes.subspan(saltAt, saltSize);
    const QByteArray saltBytes(reinterpret_cast<const char *>(salt.data()), saltSize);
    const Result<Secret> hash = hashOf(passphrase, saltBytes, bytes[magic.size()]);
    if (!hash)
        return fail(hash.error());
    const Result<Secret> kept = Secret::copyOf(bytes.subspan(hashAt, hashBytes));
    if (!kept)
        return fail(kept.error());
    return hash->equals(*kept);
}

} // namespace sealbook
