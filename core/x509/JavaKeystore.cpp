// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/JavaKeystore.h"

#include "core/crypto/Digest.h"
#include "core/x509/BigEndianReader.h"
#include "core/x509/DerReader.h"
#include "core/x509/JavaObject.h"
#include "core/x509/JavaPassword.h"
#include "core/x509/KeystoreParts.h"
#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"
#include "core/x509/OpensslHandles.h"

#include <openssl/crypto.h>

#include <array>
#include <cstring>

namespace sealbook {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint32_t jceksMagic = 0xcececece;
constexpr std::size_t digestSize = 20; // SHA-1

// 1.3.6.1.4.1.42.2.17.1.1 and 1.3.6.1.4.1.42.2.19.1
constexpr std::array<std::uint8_t, 10> jksCipher{0x2b, 0x06, 0x01, 0x04, 0x01,
                                                 0x2a, 0x02, 0x11, 0x01, 0x01};
constexpr std::array<std::uint8_t, 9> jceksCipher{0x2b, 0x06, 0x01, 0x04, 0x01,
                                                  0x2a, 0x02, 0x13, 0x01};

constexpr auto kind = "Java";

tl::unexpected<Error> damagedKey()
{
    return KeystoreParts(kind).damaged("a key");
}

bool equal(Bytes a, Bytes b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

// A hash over several pieces, one of which is secret; its result as well.
class Hash
{
public:
    explicit Hash(const EVP_MD *kind)
        : m_context(EVP_MD_CTX_new())
        , m_good(m_context && EVP_DigestInit_ex(m_context.get(), kind, nullptr) == 1)
    {
    }
    Hash &add(Bytes bytes)
    {
        m_good = m_good && EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()) == 1;
        return *this;
    }
    [[nodiscard]] bool finish(std::span<std::uint8_t> out)
    {
        return m_good && EVP_DigestFinal_ex(m_context.get(), out.data(), nullptr) == 1;
    }

private:
    EvpMdCtxPtr m_context;
    bool m_good;
};

Bytes bytesOfText(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

// Sun's key protector: the plain text XORed with a chain of SHA-1, and a digest behind it.
Result<Secret> openJksKey(Bytes sealed, const Secret &widePassword)
{
    if (sealed.size() < 2 * digestSize + 1)
        return damagedKey();
    const Bytes salt = sealed.first(digestSize);
    const Bytes text = sealed.subspan(digestSize, sealed.size() - 2 * digestSize);
    Result<Secret> plain = Secret::copyOf(text);
    Result<Secret> link = Secret::copyOf(salt);
    Result<Secret> check = Secret::ofSize(digestSize);
    if (!plain || !link || !check)
        return fail(Error::Kind::Internal, QStringLiteral("the secure memory arena is full"));
    for (std::size_t at = 0; at < text.size(); at += digestSize) {
        Hash hash(EVP_sha1());
        if (!hash.add(widePassword.bytes()).add(link->bytes()).finish(link->writableBytes()))
            return opensslFail(Error::Kind::Internal, QStringLiteral("SHA-1 failed"));
        const std::size_t count = std::min(digestSize, text.size() - at);
        for (std::size_t i = 0; i < count; ++i)
            plain->writableBytes()[at + i] ^= link->bytes()[i];
    }
    Hash hash(EVP_sha1());
    if (!hash.add(widePassword.bytes()).add(plain->bytes()).finish(check->writableBytes())
        || !equal(check->bytes(), sealed.last(digestSize)))
        return fail(Error::Kind::BadRequest, QStringLiteral("its password is another one"));
    return plain;
}

// Sun's PBEWithMD5AndTripleDES: each half of the salt makes half of the key material.
Result<Secret> openJceksKey(Bytes sealed, Bytes salt, std::uint32_t iterations,
                            const Secret &password)
{
    constexpr std::size_t half = 4;
    constexpr std::size_t md5Size = 16;
    constexpr std::size_t keySize = 24;
    if (salt.size() != 2 * half || sealed.empty() || sealed.size() % 8 != 0)
        return damagedKey();
    Result<Secret> material = Secret::ofSize(2 * md5Size);
    Result<Secret> link = Secret::ofSize(md5Size);
    if (!material || !link)
        return fail(Error::Kind::Internal, QStringLiteral("the secure memory arena is full"));
    for (std::size_t side = 0; side < 2; ++side) {
        Bytes input = salt.subspan(side * half, half);
        for (std::uint32_t round = 0; round < iterations; ++round) {
            Hash hash(EVP_md5());
            if (!hash.add(input).add(password.bytes()).finish(link->writableBytes()))
                return opensslFail(Error::Kind::Internal, QStringLiteral("MD5 failed"));
            input = link->bytes();
        }
        std::memcpy(material->writableBytes().data() + side * md5Size, link->bytes().data(),
                    md5Size);
    }
    return KeystoreParts::decryptTripleDes(sealed, material->bytes().first(keySize),
                                           material->bytes().subspan(keySize));
}

std::uint32_t smallNumber(const std::optional<DerReader::Element> &element)
{
    if (!element || element->body.empty() || element->body.size() > 4 || element->body[0] >= 0x80)
        return 0;
    std::uint32_t value = 0;
    for (const std::uint8_t byte : element->body)
        value = value << 8U | byte;
    return value;
}

// The key's own EncryptedPrivateKeyInfo, by one of Sun's two ciphers.
Result<Secret> openKey(Bytes info, const Secret &password, const Secret &widePassword)
{
    DerReader file(info);
    const auto outer = file.next(DerReader::sequence);
    if (!outer)
        return damagedKey();
    DerReader parts(outer->body);
    const auto algorithm = parts.next(DerReader::sequence);
    const auto sealed = parts.next(DerReader::octetString);
    if (!algorithm || !sealed)
        return damagedKey();
    DerReader kind(algorithm->body);
    const auto oid = kind.next(DerReader::oid);
    if (!oid)
        return damagedKey();
    if (equal(oid->body, jksCipher))
        return openJksKey(sealed->body, widePassword);
    const auto parameters = kind.next(DerReader::sequence);
    if (!equal(oid->body, jceksCipher) || !parameters)
        return fail(Error::Kind::BadRequest, QStringLiteral("its cipher is not known here"));
    DerReader values(parameters->body);
    const auto salt = values.next(DerReader::octetString);
    const std::uint32_t iterations = smallNumber(values.next(DerReader::integer));
    if (!salt || iterations == 0)
        return damagedKey();
    if (iterations > KeystoreParts::mostIterations)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("it asks for %1 rounds of key derivation").arg(iterations));
    return openJceksKey(sealed->body, salt->body, iterations, password);
}

// One reading of one file.
class Reader
{
public:
    Reader(Bytes bytes, const Secret &password, const Secret &widePassword)
        : m_bytes(bytes)
        , m_in(bytes)
        , m_password(password)
        , m_widePassword(widePassword)
    {
    }

    Result<ContainerContent> read()
    {
        m_isJceks = m_in.u32() == jceksMagic;
        m_version = m_in.u32();
        const std::uint32_t count = m_in.u32();
        if (m_in.failed() || m_version < 1 || m_version > 2)
            return m_parts.damaged("its head");
        if (count > mostContainerObjects)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the Java keystore says that it holds %1 entries; at most "
                                       "%2 are read")
                            .arg(count)
                            .arg(mostContainerObjects));
        for (std::uint32_t i = 0; i < count; ++i) {
            if (const Result<> entry = readEntry(); !entry)
                return fail(entry.error());
        }
        if (m_in.left() != digestSize)
            return m_parts.damaged("its end");
        if (const Result<> whole = checkDigest(); !whole)
            return fail(whole.error());
        return std::move(m_parts.content);
    }

private:
    Result<> readEntry()
    {
        const std::uint32_t kind = m_in.u32();
        const QString alias = KeystoreParts::textOf(m_in.text());
        m_in.u64(); // when it was made
        switch (m_in.failed() ? 0 : kind) {
        case 1:
            return readKey(alias);
        case 2:
            return readCertificate();
        case 3:
            return m_isJceks ? readSecretKey(alias) : Result<>(m_parts.damaged("an entry"));
        default:
            return m_parts.damaged("an entry");
        }
    }

    Result<> readKey(const QString &alias)
    {
        const Bytes info = m_in.block();
        const std::uint32_t chain = m_in.u32();
        if (m_in.failed() || chain > mostContainerObjects)
            return m_parts.damaged("a key");
        if (m_password.isEmpty()) {
            m_parts.close(alias, QStringLiteral("no password was given"));
        } else if (Result<Secret> key = openKey(info, m_password, m_widePassword); key) {
            m_parts.content.keys.push_back(std::move(*key));
        } else {
            m_parts.close(alias, key.error().detail);
        }
        for (std::uint32_t i = 0; i < chain; ++i) {
            if (const Result<> certificate = readCertificate(); !certificate)
                return certificate;
        }
        return {};
    }

    Result<> readCertificate()
    {
        if (m_version == 2)
            m_in.text(); // "X.509"
        const Bytes der = m_in.block();
        return m_in.failed() ? Result<>(m_parts.damaged("a certificate"))
                             : m_parts.addCertificate(der);
    }

    Result<> readSecretKey(const QString &alias)
    {
        const std::optional<std::size_t> size = javaObjectSize(m_bytes.subspan(m_in.position()));
        if (!size)
            return m_parts.damaged("a secret key");
        m_in.take(*size);
        m_parts.close(alias, QStringLiteral("it is a secret key, which belongs to no certificate"));
        return {};
    }

    // SHA-1 over the password, a salt that the format fixes, and the file.
    Result<> checkDigest()
    {
        if (m_password.isEmpty()) {
            m_parts.noteUnproved();
            return {};
        }
        std::array<std::uint8_t, digestSize> digest{};
        Hash hash(EVP_sha1());
        hash.add(m_widePassword.bytes()).add(bytesOfText("Mighty Aphrodite"));
        const bool done = hash.add(m_bytes.first(m_bytes.size() - digestSize)).finish(digest);
        if (done && equal(digest, m_bytes.last(digestSize)))
            return {};
        return m_parts.refused();
    }

    Bytes m_bytes;
    BigEndianReader m_in;
    const Secret &m_password;
    const Secret &m_widePassword;
    std::uint32_t m_version = 0;
    bool m_isJceks = false;
    KeystoreParts m_parts{kind};
};

} // namespace

Result<ContainerContent> readJavaKeystore(Bytes bytes, const Secret &password)
{
    const Result<Secret> wide = javaPassword(password, JavaPasswordEnd::None);
    if (!wide)
        return fail(wide.error(), "reading the Java keystore");
    Result<ContainerContent> content = Reader(bytes, password, *wide).read();
    if (!content)
        return fail(content.error(), "reading the Java keystore");
    return content;
}

} // namespace sealbook
