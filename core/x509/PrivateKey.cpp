// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/PrivateKey.h"

#include "core/crypto/Base64.h"
#include "core/crypto/Digest.h"
#include "core/crypto/SecureArena.h"
#include "core/x509/OpensslErrors.h"
#include "core/x509/PbeCost.h"
#include "core/x509/PemBlocks.h"
#include "core/x509/PublicKey.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <openssl/core_names.h>
#include <openssl/encoder.h>
#include <openssl/pem.h>

#include <climits>
#include <cstring>

namespace sealbook {

namespace {

using EncoderPtr = std::unique_ptr<OSSL_ENCODER_CTX, OpensslFree<OSSL_ENCODER_CTX_free>>;
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, OpensslFree<PKCS8_PRIV_KEY_INFO_free>>;
using X509SigPtr = std::unique_ptr<X509_SIG, OpensslFree<X509_SIG_free>>;
using BignumPtr = std::unique_ptr<BIGNUM, OpensslFree<BN_free>>;
using EcdsaSigPtr = std::unique_ptr<ECDSA_SIG, OpensslFree<ECDSA_SIG_free>>;

// PBKDF2-HMAC-SHA256 rounds for a key file that leaves us; OpenSSL's own 2048 are too few.
constexpr int pemIterations = 600'000;
constexpr long long mostEncryptionRounds = 10'000'000; // as for PKCS#12

Result<Secret> contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return Secret::copyOf({reinterpret_cast<const std::uint8_t *>(data),
                           static_cast<std::size_t>(std::max(size, 0L))});
}

Result<Secret> encode(EVP_PKEY *key, const char *format)
{
    const BioPtr out(BIO_new(BIO_s_secmem()));
    const EncoderPtr encoder(OSSL_ENCODER_CTX_new_for_pkey(key, OSSL_KEYMGMT_SELECT_ALL, format,
                                                           "PrivateKeyInfo", nullptr));
    if (!out || !encoder || OSSL_ENCODER_to_bio(encoder.get(), out.get()) != 1)
        return opensslFail(Error::Kind::Internal,
                           QStringLiteral("the private key could not be encoded"));
    return contents(out.get());
}

// What OpenSSL asks when a PEM block is encrypted.
struct PasswordRequest
{
    const Secret &password;
    bool asked = false;
};

int answerPassword(char *buffer, int size, int, void *user)
{
    auto *request = static_cast<PasswordRequest *>(user);
    request->asked = true;
    const std::string_view password = request->password.text();
    if (password.empty() || password.size() > static_cast<std::size_t>(size))
        return -1;
    std::memcpy(buffer, password.data(), password.size());
    return static_cast<int>(password.size());
}

QByteArray bignumParameter(const EVP_PKEY *key, const char *name, int width)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        return {};
    const BignumPtr number(raw);
    const int size = width > 0 ? width : BN_num_bytes(number.get());
    QByteArray bytes(size, '\0');
    if (BN_bn2binpad(number.get(), reinterpret_cast<unsigned char *>(bytes.data()), size) < 0)
        return {};
    return bytes;
}

QString base64Text(const QByteArray &bytes)
{
    return QString::fromLatin1(toBase64Url(bytes));
}

int coordinateSize(KeyType type)
{
    return type == KeyType::Ec384 ? 48 : 32;
}

bool isEc(const std::optional<KeyType> &type)
{
    return type == KeyType::Ec256 || type == KeyType::Ec384;
}

// DER Ecdsa-Sig-Value to r || s of fixed width (RFC 7518 section 3.4).
Result<QByteArray> joseSignature(const QByteArray &der, int width)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
    const EcdsaSigPtr signature(d2i_ECDSA_SIG(nullptr, &in, der.size()));
    QByteArray out(2 * width, '\0');
    auto *bytes = reinterpret_cast<unsigned char *>(out.data());
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes, width) != width
        || BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes + width, width) != width)
        return opensslFail(Error::Kind::Internal,
                           QStringLiteral("the ECDSA signature has an unexpected form"));
    return out;
}

} // namespace

Result<PrivateKey> PrivateKey::generate(KeyType type)
{
    if (secureArena() == ArenaState::Absent)
        return fail(Error::Kind::Internal,
                    QStringLiteral("the secure memory arena could not be set up"));
    EvpPkeyPtr key;
    switch (type) {
    case KeyType::Ec256:
        key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
        break;
    case KeyType::Ec384:
        key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384"));
        break;
    case KeyType::Rsa2048:
        key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
        break;
    case KeyType::Rsa3072:
        key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{3072}));
        break;
    case KeyType::Rsa4096:
        key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{4096}));
        break;
    }
    if (!key)
        return opensslFail(
            Error::Kind::Internal,
            QStringLiteral("no %1 key could be made").arg(QLatin1String(keyTypeName(type))));
    return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::fromPkcs8(const Secret &der)
{
    (void)secureArena(); // OpenSSL puts the key's parts there
    const unsigned char *in = der.bytes().data();
    if (der.isEmpty() || der.size() > static_cast<std::size_t>(INT_MAX))
        return fail(Error::Kind::Corrupt, QStringLiteral("the private key is empty"));
    const unsigned char *end = in + der.size();
    const Pkcs8Ptr info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &in, static_cast<long>(der.size())));
    if (!info || in != end)
        return opensslFail(Error::Kind::Corrupt,
                           QStringLiteral("the private key is not PKCS#8 in DER"));
    EvpPkeyPtr key(EVP_PKCS82PKEY(info.get()));
    if (!key)
        return opensslFail(Error::Kind::Corrupt,
                           QStringLiteral("the private key could not be read"));
    return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::fromTraditionalDer(const Secret &der)
{
    (void)secureArena();
    const unsigned char *in = der.bytes().data();
    if (der.isEmpty() || der.size() > static_cast<std::size_t>(INT_MAX))
        return fail(Error::Kind::BadRequest, QStringLiteral("the private key is empty"));
    EvpPkeyPtr key(d2i_AutoPrivateKey(nullptr, &in, static_cast<long>(der.size())));
    if (!key)
        return opensslFail(Error::Kind::BadRequest,
                           QStringLiteral("the private key could not be read"));
    return PrivateKey(std::move(key));
}

Result<PrivateKey> PrivateKey::fromPem(const Secret &pem, const Secret &password)
{
    (void)secureArena();
    if (pem.isEmpty() || pem.size() > static_cast<std::size_t>(INT_MAX))
        return fail(Error::Kind::BadRequest, QStringLiteral("the private key is empty"));
    const BioPtr in(BIO_new_mem_buf(pem.bytes().data(), static_cast<int>(pem.size())));
    PasswordRequest request{password};
    EvpPkeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, answerPassword, &request));
    if (key)
        return PrivateKey(std::move(key));
    const QString reason = opensslReason();
    if (request.asked && password.isEmpty())
        return fail(Error::Kind::BadRequest, QStringLiteral("the private key is encrypted"),
                    QStringLiteral("Give the password of the key."));
    if (request.asked)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the password does not open the private key"),
                    QStringLiteral("Check the password and try again; nothing was changed."));
    return fail(Error::Kind::BadRequest,
                QStringLiteral("the private key could not be read (%1)").arg(reason));
}

Result<PrivateKey> PrivateKey::fromEncrypted(std::span<const std::uint8_t> bytes,
                                             const Secret &password)
{
    (void)secureArena();
    QByteArray der(reinterpret_cast<const char *>(bytes.data()),
                   static_cast<qsizetype>(bytes.size()));
    if (looksLikePem(bytes)) {
        const Result<std::vector<PemBlock>> blocks = pemBlocks(bytes);
        if (!blocks)
            return fail(blocks.error());
        if (blocks->front().label != "ENCRYPTED PRIVATE KEY") { // OpenSSL's old kind: MD5, once
            const Result<Secret> text = Secret::copyOf(blocks->front().text);
            if (!text)
                return fail(text.error());
            return fromPem(*text, password);
        }
        const Result<QByteArray> body = decodePemBody(blocks->front());
        if (!body)
            return fail(body.error());
        der = *body;
    }
    const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
    const X509SigPtr sealed(d2i_X509_SIG(nullptr, &in, static_cast<long>(der.size())));
    if (!sealed)
        return opensslFail(Error::Kind::BadRequest,
                           QStringLiteral("the encrypted private key is damaged"));
    if (password.isEmpty())
        return fail(Error::Kind::BadRequest, QStringLiteral("the private key is encrypted"),
                    QStringLiteral("Give the password of the key."));
    const X509_ALGOR *algorithm = nullptr;
    X509_SIG_get0(sealed.get(), &algorithm, nullptr);
    if (pbeIterations(algorithm) > mostEncryptionRounds)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the encrypted private key asks for more than %1 rounds of key "
                                   "derivation, which would take very long")
                        .arg(mostEncryptionRounds));
    const Pkcs8Ptr info(
        PKCS8_decrypt(sealed.get(), password.text().data(), static_cast<int>(password.size())));
    EvpPkeyPtr key(info ? EVP_PKCS82PKEY(info.get()) : nullptr);
    if (key)
        return PrivateKey(std::move(key));
    (void)opensslReason();
    return fail(Error::Kind::BadRequest,
                QStringLiteral("the password does not open the private key"),
                QStringLiteral("Check the password and try again; nothing was changed."));
}

Result<Secret> PrivateKey::toPkcs8() const
{
    return encode(m_key.get(), "DER");
}

Result<Secret> PrivateKey::toPem() const
{
    return encode(m_key.get(), "PEM");
}

Result<Secret> PrivateKey::toEncryptedPem(const Secret &password) const
{
    if (password.isEmpty())
        return fail(Error::Kind::BadRequest, QStringLiteral("the password is empty"));
    const auto cannot = [] {
        return opensslFail(Error::Kind::Internal,
                           QStringLiteral("the private key could not be encrypted"));
    };
    const Pkcs8Ptr info(EVP_PKEY2PKCS8(m_key.get()));
    X509_ALGOR *algorithm = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), pemIterations, nullptr, 16,
                                              nullptr, NID_hmacWithSHA256);
    if (!info || !algorithm) {
        X509_ALGOR_free(algorithm);
        return cannot();
    }
    const X509SigPtr sealed(PKCS8_set0_pbe(
        password.text().data(), static_cast<int>(password.size()), info.get(), algorithm));
    if (!sealed) { // else it owns the algorithm
        X509_ALGOR_free(algorithm);
        return cannot();
    }
    const BioPtr out(BIO_new(BIO_s_secmem()));
    if (!out || PEM_write_bio_PKCS8(out.get(), sealed.get()) != 1)
        return cannot();
    return contents(out.get());
}

std::optional<KeyType> PrivateKey::type() const
{
    const QString name = algorithm();
    for (const auto &[text, type] :
         {std::pair{"EC P-256", KeyType::Ec256}, std::pair{"EC P-384", KeyType::Ec384},
          std::pair{"RSA 2048", KeyType::Rsa2048}, std::pair{"RSA 3072", KeyType::Rsa3072},
          std::pair{"RSA 4096", KeyType::Rsa4096}}) {
        if (name == QLatin1String(text))
            return type;
    }
    return std::nullopt;
}

QString PrivateKey::algorithm() const
{
    return keyAlgorithmName(m_key.get());
}

QByteArray PrivateKey::publicKeyDer() const
{
    return subjectPublicKeyInfo(m_key.get());
}

QString PrivateKey::publicKeySha256() const
{
    return sha256Hex(publicKeyDer());
}

QByteArray PrivateKey::jwsAlgorithm() const
{
    const std::optional<KeyType> kind = type();
    if (kind == KeyType::Ec256)
        return QByteArrayLiteral("ES256");
    if (kind == KeyType::Ec384)
        return QByteArrayLiteral("ES384");
    return EVP_PKEY_is_a(m_key.get(), "RSA") == 1 ? QByteArrayLiteral("RS256") : QByteArray();
}

QJsonObject PrivateKey::publicJwk() const
{
    const std::optional<KeyType> kind = type();
    QJsonObject jwk;
    if (isEc(kind)) { // RFC 7518 section 6.2.1: coordinates of full width
        const int width = coordinateSize(*kind);
        jwk.insert(QStringLiteral("kty"), QStringLiteral("EC"));
        jwk.insert(QStringLiteral("crv"),
                   kind == KeyType::Ec384 ? QStringLiteral("P-384") : QStringLiteral("P-256"));
        jwk.insert(QStringLiteral("x"),
                   base64Text(bignumParameter(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_X, width)));
        jwk.insert(QStringLiteral("y"),
                   base64Text(bignumParameter(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_Y, width)));
    } else if (EVP_PKEY_is_a(m_key.get(), "RSA") == 1) { // section 6.3.1
        jwk.insert(QStringLiteral("kty"), QStringLiteral("RSA"));
        jwk.insert(QStringLiteral("n"),
                   base64Text(bignumParameter(m_key.get(), OSSL_PKEY_PARAM_RSA_N, 0)));
        jwk.insert(QStringLiteral("e"),
                   base64Text(bignumParameter(m_key.get(), OSSL_PKEY_PARAM_RSA_E, 0)));
    }
    return jwk;
}

QByteArray PrivateKey::jwkThumbprint() const
{
    // RFC 7638 section 3: the required members only, in lexicographic order, without blanks. A
    // QJsonObject keeps its members in that order, and publicJwk() holds the required ones only.
    const QByteArray canonical = QJsonDocument(publicJwk()).toJson(QJsonDocument::Compact);
    return toBase64Url(sha256(canonical));
}

Result<QByteArray> PrivateKey::signJws(const QByteArray &input) const
{
    const QByteArray algorithm = jwsAlgorithm();
    if (algorithm.isEmpty())
        return fail(
            Error::Kind::BadRequest,
            QStringLiteral("a key of the kind %1 cannot sign for ACME").arg(this->algorithm()));
    const char *hash = algorithm == "ES384" ? "SHA384" : "SHA256";
    const EvpMdCtxPtr context(EVP_MD_CTX_new());
    const std::span<const std::uint8_t> in = bytesOf(input);
    std::size_t size = 0;
    if (!context
        || EVP_DigestSignInit_ex(context.get(), nullptr, hash, nullptr, nullptr, m_key.get(),
                                 nullptr)
            != 1
        || EVP_DigestSign(context.get(), nullptr, &size, in.data(), in.size()) != 1)
        return opensslFail(Error::Kind::Internal, QStringLiteral("the signature failed"));
    QByteArray signature(static_cast<qsizetype>(size), '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                       in.data(), in.size())
        != 1)
        return opensslFail(Error::Kind::Internal, QStringLiteral("the signature failed"));
    signature.truncate(static_cast<qsizetype>(size));
    const std::optional<KeyType> kind = type();
    return isEc(kind) ? joseSignature(signature, coordinateSize(*kind)) : signature;
}

} // namespace sealbook
