// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/SealedBlob.h"

#include "core/crypto/Aead.h"
#include "core/crypto/Digest.h"
#include "core/crypto/Kdf.h"
#include "core/crypto/Random.h"

#include <QtEndian>

namespace sealbook {

namespace {

constexpr char magic[] = "SBV1";
constexpr int magicSize = 4;
constexpr char aes256Gcm = 1;
constexpr int saltSize = 32;
constexpr int commitmentSize = 32;
constexpr int epochAt = magicSize + 1;
constexpr int saltAt = epochAt + 4;
constexpr int nonceAt = saltAt + saltSize;
constexpr int commitmentAt = nonceAt + aesGcmNonceSize;
constexpr int sealedAt = commitmentAt + commitmentSize;

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray aadOf(const SealContext &context, const SealedPlace &place)
{
    QByteArray aad;
    for (const QByteArray &field :
         {QByteArray(magic), QByteArray("1"), QByteArray::number(aes256Gcm),
          context.vaultId.toUtf8(), QByteArray::number(context.epoch), place.table.toUtf8(),
          place.row.toUtf8(), place.field.toUtf8(), QByteArray::number(place.version)}) {
        aad += bigEndian(static_cast<quint32>(field.size()));
        aad += field;
    }
    return aad;
}

struct RecordKeys
{
    Secret key;
    Secret commitment;
};

Result<RecordKeys> deriveKeys(const Secret &vaultKey, const QByteArray &salt, const QByteArray &aad)
{
    const QByteArray hash = sha256(aad);
    Result<Secret> key = hkdfSha256(vaultKey, salt, QByteArray("sb1|rec|") + hash, aesGcmKeySize);
    if (!key)
        return fail(key.error());
    Result<Secret> commitment =
        hkdfSha256(vaultKey, salt, QByteArray("sb1|commit|") + hash, commitmentSize);
    if (!commitment)
        return fail(commitment.error());
    return RecordKeys{std::move(*key), std::move(*commitment)};
}

tl::unexpected<Error> damaged()
{
    return fail(Error::Kind::Corrupt,
                QStringLiteral("this sealed record is damaged, or belongs elsewhere"),
                QStringLiteral("Restore it from a backup, or make it anew."));
}

} // namespace

Result<QByteArray> sealBlobWith(const QByteArray &salt, const QByteArray &nonce,
                                const Secret &vaultKey, const SealContext &context,
                                const SealedPlace &place, const Secret &plain)
{
    const QByteArray aad = aadOf(context, place);
    const Result<RecordKeys> keys = deriveKeys(vaultKey, salt, aad);
    if (!keys)
        return fail(keys.error(), "sealing a record");
    const Result<QByteArray> sealed = aesGcmSeal(keys->key, nonce, aad, plain);
    if (!sealed)
        return fail(sealed.error(), "sealing a record");
    const QByteArray commitment(reinterpret_cast<const char *>(keys->commitment.bytes().data()),
                                commitmentSize);
    return QByteArray(magic) + aes256Gcm + bigEndian(context.epoch) + salt + nonce + commitment
        + *sealed;
}

Result<QByteArray> sealBlob(const Secret &vaultKey, const SealContext &context,
                            const SealedPlace &place, const Secret &plain)
{
    const Result<QByteArray> salt = randomBytes(saltSize);
    const Result<QByteArray> nonce = randomBytes(aesGcmNonceSize);
    if (!salt || !nonce)
        return fail(salt ? nonce.error() : salt.error(), "sealing a record");
    return sealBlobWith(*salt, *nonce, vaultKey, context, place, plain);
}

Result<Secret> openBlob(const Secret &vaultKey, const SealContext &context,
                        const SealedPlace &place, const QByteArray &blob)
{
    if (blob.size() > magicSize
        && ((blob.startsWith("SBV") && !blob.startsWith(magic))
            || (blob.startsWith(magic) && blob.at(magicSize) != aes256Gcm)))
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("this record is sealed in a format that this version does not "
                                   "know"),
                    QStringLiteral("Install the newer Sealbook that wrote it."));
    if (blob.size() < sealedAt + aesGcmTagSize || !blob.startsWith(magic))
        return damaged();
    SealContext asWritten = context;
    asWritten.epoch = qFromBigEndian<quint32>(blob.constData() + epochAt);
    if (asWritten.epoch != context.epoch)
        return damaged();
    const QByteArray aad = aadOf(asWritten, place);
    const Result<RecordKeys> keys = deriveKeys(vaultKey, blob.mid(saltAt, saltSize), aad);
    if (!keys)
        return fail(keys.error(), "opening a sealed record");
    const Result<Secret> claimed =
        Secret::copyOf(bytesOf(blob).subspan(commitmentAt, commitmentSize));
    if (!claimed)
        return fail(claimed.error(), "opening a sealed record");
    if (!keys->commitment.equals(*claimed))
        return damaged();
    Result<Secret> plain =
        aesGcmOpen(keys->key, blob.mid(nonceAt, aesGcmNonceSize), aad, blob.mid(sealedAt));
    if (!plain && plain.error().kind == Error::Kind::Corrupt)
        return damaged();
    return plain;
}

} // namespace sealbook
