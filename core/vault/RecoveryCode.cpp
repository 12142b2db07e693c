// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/RecoveryCode.h"

#include "core/crypto/Aead.h"
#include "core/crypto/Kdf.h"
#include "core/crypto/Random.h"

#include <string_view>

namespace sealbook {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
constexpr std::size_t digits = 26;
constexpr std::size_t checked = digits + 1;
constexpr std::size_t groupSize = 5;
constexpr unsigned checkModulus = 37;
constexpr int saltSize = 16;
constexpr quint32 leastN = 1U << 17;
constexpr quint32 mostN = 1U << 20;

// The five bits that the digit at `index` stands for: 26 digits hold 130 bits, the first two are 0.
unsigned digitAt(std::span<const std::uint8_t> bytes, std::size_t index)
{
    unsigned value = 0;
    for (std::size_t bit = index * 5; bit < index * 5 + 5; ++bit) {
        value <<= 1;
        if (bit >= 2)
            value |= (bytes[(bit - 2) / 8] >> (7 - (bit - 2) % 8)) & 1U;
    }
    return value;
}

std::optional<unsigned> valueOf(std::uint8_t character)
{
    char c = static_cast<char>(character);
    if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    const std::size_t found = alphabet.find(c);
    if (found == std::string_view::npos)
        return std::nullopt;
    return static_cast<unsigned>(found);
}

tl::unexpected<Error> mistyped(const QString &detail)
{
    return fail(Error::Kind::BadRequest, detail,
                QStringLiteral("A recovery code has 27 characters: compare it with the one you "
                               "wrote down, group by group."));
}

QByteArray aadOf(const QString &vaultId, const RecoveryWrap &wrap)
{
    return QStringLiteral("sb1|recovery|%1|%2|%3|%4|%5")
        .arg(vaultId)
        .arg(wrap.epoch)
        .arg(wrap.n)
        .arg(wrap.r)
        .arg(wrap.p)
        .toUtf8();
}

} // namespace

Result<Secret> formatRecoveryCode(const Secret &bytes)
{
    if (bytes.size() != recoveryCodeBytes)
        return fail(Error::Kind::Internal, QStringLiteral("a recovery code has 16 bytes"));
    Result<Secret> text = Secret::ofSize(checked + (checked - 1) / groupSize);
    if (!text)
        return text;
    const std::span<std::uint8_t> out = text->writableBytes();
    std::size_t at = 0;
    unsigned check = 0;
    for (std::size_t i = 0; i < checked; ++i) {
        if (i > 0 && i % groupSize == 0)
            out[at++] = '-';
        const unsigned value = i < digits ? digitAt(bytes.bytes(), i) : check;
        check = (check * 32 + value) % checkModulus;
        out[at++] = static_cast<std::uint8_t>(alphabet[value]);
    }
    return text;
}

Result<Secret> parseRecoveryCode(const Secret &typed)
{
    Result<Secret> bytes = Secret::ofSize(recoveryCodeBytes);
    if (!bytes)
        return bytes;
    const std::span<std::uint8_t> out = bytes->writableBytes();
    std::size_t count = 0;
    unsigned check = 0;
    for (const std::uint8_t character : typed.bytes()) {
        if (character == ' ' || character == '-' || character == '\n' || character == '\r'
            || character == '\t')
            continue;
        const std::optional<unsigned> value = valueOf(character);
        if (!value || count >= checked || (count < digits && *value >= 32))
            return mistyped(QStringLiteral("this is not a recovery code"));
        if (count == digits) {
            if (*value != check)
                return mistyped(QStringLiteral("the recovery code has a typing error"));
        } else {
            check = (check * 32 + *value) % checkModulus;
            for (std::size_t bit = 0; bit < 5; ++bit) {
                const bool isSet = ((*value >> (4 - bit)) & 1U) != 0;
                const std::size_t position = count * 5 + bit;
                if (position < 2 && isSet)
                    return mistyped(QStringLiteral("the recovery code has a typing error"));
                if (position >= 2 && isSet)
                    out[(position - 2) / 8] |=
                        static_cast<std::uint8_t>(1U << (7 - (position - 2) % 8));
            }
        }
        ++count;
    }
    if (count != checked)
        return mistyped(
            QStringLiteral("the recovery code is %1 characters short").arg(checked - count));
    return bytes;
}

Result<RecoveryWrap> wrapKey(const Secret &code, const QString &vaultId, quint32 epoch,
                             const Secret &vaultKey)
{
    RecoveryWrap wrap;
    wrap.epoch = epoch;
    const Result<QByteArray> salt = randomBytes(saltSize);
    const Result<QByteArray> nonce = randomBytes(aesGcmNonceSize);
    if (!salt || !nonce)
        return fail(salt ? nonce.error() : salt.error());
    wrap.salt = *salt;
    wrap.nonce = *nonce;
    const Result<Secret> key = scrypt(code, wrap.salt, wrap.n, wrap.r, wrap.p, aesGcmKeySize);
    if (!key)
        return fail(key.error());
    const Result<QByteArray> sealed = aesGcmSeal(*key, wrap.nonce, aadOf(vaultId, wrap), vaultKey);
    if (!sealed)
        return fail(sealed.error());
    wrap.sealed = *sealed;
    return wrap;
}

Result<Secret> unwrapKey(const Secret &code, const QString &vaultId, const RecoveryWrap &wrap)
{
    if (wrap.n < leastN || wrap.n > mostN || wrap.r != 8 || wrap.p < 1 || wrap.p > 4
        || wrap.salt.size() != saltSize || wrap.nonce.size() != aesGcmNonceSize)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the recovery record has parameters that Sealbook never writes"),
                    QStringLiteral("Somebody changed the database; restore a backup."));
    const Result<Secret> key = scrypt(code, wrap.salt, wrap.n, wrap.r, wrap.p, aesGcmKeySize);
    if (!key)
        return fail(key.error());
    Result<Secret> vaultKey = aesGcmOpen(*key, wrap.nonce, aadOf(vaultId, wrap), wrap.sealed);
    if (!vaultKey && vaultKey.error().kind == Error::Kind::Corrupt)
        return fail(Error::Kind::Unauthorized,
                    QStringLiteral("this is not the recovery code of this profile"),
                    QStringLiteral("Look for a code that was written down for this profile."));
    return vaultKey;
}

QJsonObject toJson(const RecoveryWrap &wrap)
{
    return {{QStringLiteral("alg"), 1},
            {QStringLiteral("n"), static_cast<qint64>(wrap.n)},
            {QStringLiteral("r"), static_cast<qint64>(wrap.r)},
            {QStringLiteral("p"), static_cast<qint64>(wrap.p)},
            {QStringLiteral("epoch"), static_cast<qint64>(wrap.epoch)},
            {QStringLiteral("salt"), QString::fromLatin1(wrap.salt.toBase64())},
            {QStringLiteral("nonce"), QString::fromLatin1(wrap.nonce.toBase64())},
            {QStringLiteral("sealed"), QString::fromLatin1(wrap.sealed.toBase64())}};
}

Result<RecoveryWrap> recoveryWrapFromJson(const QJsonObject &object)
{
    if (object.value(QStringLiteral("alg")).toInt() != 1)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the recovery record has a format that this version does not "
                                   "know"),
                    QStringLiteral("Install the newer Sealbook that wrote it."));
    const auto number = [&object](const QString &name) {
        const qint64 value = object.value(name).toInteger(0);
        return value < 0 || value > std::numeric_limits<quint32>::max()
            ? 0U
            : static_cast<quint32>(value);
    };
    const auto bytes = [&object](const QString &name) {
        return QByteArray::fromBase64(object.value(name).toString().toLatin1());
    };
    RecoveryWrap wrap;
    wrap.n = number(QStringLiteral("n"));
    wrap.r = number(QStringLiteral("r"));
    wrap.p = number(QStringLiteral("p"));
    wrap.epoch = number(QStringLiteral("epoch"));
    wrap.salt = bytes(QStringLiteral("salt"));
    wrap.nonce = bytes(QStringLiteral("nonce"));
    wrap.sealed = bytes(QStringLiteral("sealed"));
    return wrap;
}

} // namespace sealbook
