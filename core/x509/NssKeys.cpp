// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/NssKeys.h"

#include "core/crypto/Digest.h"
#include "core/x509/DerReader.h"
#include "core/x509/OpensslErrors.h"
#include "core/x509/PbeCost.h"

#include <openssl/objects.h>

#include <algorithm>
#include <vector>

namespace sealbook {

namespace {

using Bytes = std::span<const std::uint8_t>;
using Pbe2Ptr = std::unique_ptr<PBE2PARAM, OpensslFree<PBE2PARAM_free>>;
using Pbkdf2Ptr = std::unique_ptr<PBKDF2PARAM, OpensslFree<PBKDF2PARAM_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, OpensslFree<X509_ALGOR_free>>;
using CipherCtxPtr = std::unique_ptr<EVP_CIPHER_CTX, OpensslFree<EVP_CIPHER_CTX_free>>;

constexpr std::size_t keySize = 32;
constexpr std::size_t blockSize = 16;
constexpr long long mostRounds = 10'000'000; // B44; NSS itself takes 10,000
constexpr std::string_view checkText = "password-check";

tl::unexpected<Error> damaged()
{
    return fail(Error::Kind::BadRequest, QStringLiteral("a sealed value of NSS is damaged"));
}

tl::unexpected<Error> unknownSeal()
{
    return fail(Error::Kind::BadRequest,
                QStringLiteral("it is sealed in the old way of NSS (3DES), which is not read"),
                QStringLiteral("Export it from there as PKCS#12."));
}

// One element of DER after the other, in the arena.
class SecretDer
{
public:
    void add(std::uint8_t tag, Bytes body) { m_parts.push_back({tag, body}); }
    // An unsigned number, big-endian.
    void addNumber(Bytes number)
    {
        while (number.size() > 1 && number.front() == 0)
            number = number.subspan(1);
        m_parts.push_back(
            {DerReader::integer, number, !number.empty() && (number.front() & 0x80U) != 0});
    }
    // All of them as a SEQUENCE.
    [[nodiscard]] Result<Secret> sequence() const
    {
        std::size_t inner = 0;
        for (const Part &part : m_parts)
            inner += 1 + lengthSize(part.size()) + part.size();
        Result<Secret> der = Secret::ofSize(1 + lengthSize(inner) + inner);
        if (!der)
            return der;
        auto out = der->writableBytes();
        out = begin(out, DerReader::sequence, inner);
        for (const Part &part : m_parts) {
            out = begin(out, part.tag, part.size());
            if (part.isPadded)
                out = out.subspan(1); // it is zero already
            std::copy(part.body.begin(), part.body.end(), out.begin());
            out = out.subspan(part.body.size());
        }
        return der;
    }

private:
    struct Part
    {
        std::uint8_t tag = 0;
        Bytes body;
        bool isPadded = false; // by a zero, so that it is not negative
        [[nodiscard]] std::size_t size() const { return body.size() + (isPadded ? 1 : 0); }
    };
    static std::size_t lengthSize(std::size_t size)
    {
        return size < 0x80 ? 1 : size < 0x100 ? 2 : 3;
    }
    static std::span<std::uint8_t> begin(std::span<std::uint8_t> out, std::uint8_t tag,
                                         std::size_t size)
    {
        out[0] = tag;
        const std::size_t count = lengthSize(size);
        if (count == 1) {
            out[1] = static_cast<std::uint8_t>(size);
        } else {
            out[1] = static_cast<std::uint8_t>(0x80U + count - 1);
            out[count] = static_cast<std::uint8_t>(size);
            if (count == 3)
                out[2] = static_cast<std::uint8_t>(size >> 8U);
        }
        return out.subspan(1 + count);
    }
    std::vector<Part> m_parts;
};

// What PBES2's parameter says, as far as NSS uses it.
struct Seal
{
    Bytes salt;
    long long rounds = 0;
    Bytes iv; // with tag and length
};

Result<Secret> keyFor(const Seal &seal, const Secret &root)
{
    Result<Secret> key = Secret::ofSize(keySize);
    if (!key)
        return key;
    if (PKCS5_PBKDF2_HMAC(root.text().data(), static_cast<int>(root.size()), seal.salt.data(),
                          static_cast<int>(seal.salt.size()), static_cast<int>(seal.rounds),
                          EVP_sha256(), keySize, key->writableBytes().data())
        != 1)
        return opensslFail(Error::Kind::Internal, QStringLiteral("deriving a key of NSS"));
    return key;
}

Result<Secret> decrypted(const Secret &key, Bytes iv, Bytes sealed)
{
    const CipherCtxPtr context(EVP_CIPHER_CTX_new());
    Result<Secret> plain = Secret::ofSize(sealed.size());
    if (!plain)
        return plain;
    int size = 0;
    if (!context
        || EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key.bytes().data(),
                              iv.data())
            != 1
        || EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1
        || EVP_DecryptUpdate(context.get(), plain->writableBytes().data(), &size, sealed.data(),
                             static_cast<int>(sealed.size()))
            != 1
        || static_cast<std::size_t>(size) != sealed.size())
        return opensslFail(Error::Kind::Internal, QStringLiteral("opening a value of NSS"));
    // PKCS#7 padding; a wrong key shows here.
    const Bytes bytes = plain->bytes();
    const std::size_t padding = bytes.back();
    if (padding == 0 || padding > blockSize
        || std::any_of(bytes.end() - static_cast<std::ptrdiff_t>(padding), bytes.end(),
                       [padding](std::uint8_t byte) { return byte != padding; }))
        return damaged();
    return Secret::copyOf(bytes.first(bytes.size() - padding));
}

bool isOid(const ASN1_OBJECT *object, int nid)
{
    return OBJ_obj2nid(object) == nid;
}

} // namespace

Result<Secret> NssKeys::unseal(const QByteArray &sealed) const
{
    DerReader outer(bytesOf(sealed));
    const auto whole = outer.next(DerReader::sequence);
    if (!whole)
        return damaged();
    DerReader parts(whole->body);
    const auto head = parts.next(DerReader::sequence);
    const auto text = parts.next(DerReader::octetString);
    if (!head || !text || text->body.empty() || text->body.size() % blockSize != 0)
        return damaged();
    const unsigned char *in = head->whole.data();
    const AlgorithmPtr algorithm(
        d2i_X509_ALGOR(nullptr, &in, static_cast<long>(head->whole.size())));
    if (!algorithm)
        return damaged();
    if (!isOid(algorithm->algorithm, NID_pbes2) || algorithm->parameter == nullptr
        || algorithm->parameter->type != V_ASN1_SEQUENCE)
        return unknownSeal();
    in = ASN1_STRING_get0_data(algorithm->parameter->value.sequence);
    const Pbe2Ptr pbe(
        d2i_PBE2PARAM(nullptr, &in, ASN1_STRING_length(algorithm->parameter->value.sequence)));
    if (!pbe || !isOid(pbe->keyfunc->algorithm, NID_id_pbkdf2)
        || !isOid(pbe->encryption->algorithm, NID_aes_256_cbc) || pbe->keyfunc->parameter == nullptr
        || pbe->keyfunc->parameter->type != V_ASN1_SEQUENCE || pbe->encryption->parameter == nullptr
        || pbe->encryption->parameter->type != V_ASN1_OCTET_STRING)
        return unknownSeal();
    in = ASN1_STRING_get0_data(pbe->keyfunc->parameter->value.sequence);
    const Pbkdf2Ptr kdf(
        d2i_PBKDF2PARAM(nullptr, &in, ASN1_STRING_length(pbe->keyfunc->parameter->value.sequence)));
    if (!kdf || kdf->prf == nullptr || !isOid(kdf->prf->algorithm, NID_hmacWithSHA256)
        || kdf->salt->type != V_ASN1_OCTET_STRING)
        return unknownSeal();
    Seal seal;
    seal.rounds = pbeIterations(algorithm.get());
    if (seal.rounds > mostRounds)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the database asks for more than %1 rounds of key derivation")
                        .arg(mostRounds));
    const ASN1_OCTET_STRING *salt = kdf->salt->value.octet_string;
    seal.salt = {ASN1_STRING_get0_data(salt), static_cast<std::size_t>(ASN1_STRING_length(salt))};
    // NSS takes tag, length and the 14 bytes behind them as the IV.
    const ASN1_OCTET_STRING *rest = pbe->encryption->parameter->value.octet_string;
    std::array<std::uint8_t, blockSize> iv{};
    const auto restSize = static_cast<std::size_t>(ASN1_STRING_length(rest));
    if (restSize != blockSize && restSize != blockSize - 2)
        return unknownSeal();
    const std::size_t skipped = blockSize - restSize;
    iv[0] = DerReader::octetString;
    iv[1] = blockSize - 2;
    std::copy_n(ASN1_STRING_get0_data(rest), restSize,
                iv.begin() + static_cast<std::ptrdiff_t>(skipped));
    const Result<Secret> key = keyFor(seal, m_root);
    if (!key)
        return fail(key.error());
    return decrypted(*key, iv, text->body);
}

Result<NssKeys> NssKeys::open(const QByteArray &salt, const QByteArray &check,
                              const Secret &password)
{
    Result<Secret> root = Secret::ofSize(20);
    if (!root)
        return fail(root.error());
    const EvpMdCtxPtr digest(EVP_MD_CTX_new());
    if (!digest || EVP_DigestInit_ex(digest.get(), EVP_sha1(), nullptr) != 1
        || EVP_DigestUpdate(digest.get(), salt.constData(), static_cast<std::size_t>(salt.size()))
            != 1
        || EVP_DigestUpdate(digest.get(), password.text().data(), password.size()) != 1
        || EVP_DigestFinal_ex(digest.get(), root->writableBytes().data(), nullptr) != 1)
        return opensslFail(Error::Kind::Internal, QStringLiteral("deriving a key of NSS"));
    NssKeys keys(std::move(*root));
    const Result<Secret> text = keys.unseal(check);
    if (!text && !text.error().advice.isEmpty())
        return fail(text.error());
    if (!text || text->text() != checkText)
        return fail(Error::Kind::BadRequest,
                    password.isEmpty()
                        ? QStringLiteral("the database has a password")
                        : QStringLiteral("the password does not open the database of NSS"),
                    QStringLiteral("Give the database's password (Firefox: primary password)."));
    return keys;
}

Result<PrivateKey> NssKeys::key(const NssSealedKey &sealed) const
{
    return sealed.curve.isEmpty() ? rsaKey(sealed) : curveKey(sealed);
}

// RFC 5915 section 3
Result<PrivateKey> NssKeys::curveKey(const NssSealedKey &sealed) const
{
    const Result<Secret> scalar = unseal(sealed.value);
    if (!scalar)
        return fail(scalar.error());
    static constexpr std::array<std::uint8_t, 1> version{1};
    SecretDer der;
    der.add(DerReader::integer, version);
    der.add(DerReader::octetString, scalar->bytes());
    der.add(DerReader::context(0), bytesOf(sealed.curve));
    const Result<Secret> key = der.sequence();
    if (!key)
        return fail(key.error());
    return PrivateKey::fromTraditionalDer(*key);
}

// RFC 8017 appendix A.1.2
Result<PrivateKey> NssKeys::rsaKey(const NssSealedKey &sealed) const
{
    std::vector<Secret> numbers;
    for (const QByteArray &value : sealed.rsa) {
        Result<Secret> number = unseal(value);
        if (!number)
            return fail(number.error());
        numbers.push_back(std::move(*number));
    }
    static constexpr std::array<std::uint8_t, 1> version{0};
    SecretDer der;
    der.add(DerReader::integer, version);
    der.addNumber(bytesOf(sealed.modulus));
    der.addNumber(bytesOf(sealed.publicExponent));
    for (const Secret &number : numbers)
        der.addNumber(number.bytes());
    const Result<Secret> key = der.sequence();
    if (!key)
        return fail(key.error());
    return PrivateKey::fromTraditionalDer(*key);
}

} // namespace sealbook
