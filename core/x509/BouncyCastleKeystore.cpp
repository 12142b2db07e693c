// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/BouncyCastleKeystore.h"

#include "core/crypto/Digest.h"
#include "core/x509/BigEndianReader.h"
#include "core/x509/JavaPassword.h"
#include "core/x509/KeystoreParts.h"
#include "core/x509/OpensslErrors.h"

#include <nettle/cbc.h>
#include <nettle/twofish.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/pkcs12.h>

#include <algorithm>
#include <array>
#include <new>
#include <optional>

namespace sealbook {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t macSize = 20; // SHA-1
constexpr auto kindName = "Bouncy Castle";

enum EntryKind : std::uint8_t {
    End = 0,
    CertificateEntry = 1,
    PlainKey = 2,
    Secrets = 3,
    Sealed = 4
};

// PKCS#12's key derivation (RFC 7292 appendix B); `use` is 1 for a key, 2 for an IV, 3 for a MAC.
Result<Secret> derive(const Secret &password, Bytes salt, std::uint32_t iterations, int use,
                      std::size_t size)
{
    Result<Secret> out = Secret::ofSize(size);
    if (!out)
        return out;
    // OpenSSL takes both as pointers to what it may write, and does not write.
    Result<Secret> ended = javaPassword(password, JavaPasswordEnd::Zero);
    if (!ended)
        return fail(ended.error());
    QByteArray saltCopy(reinterpret_cast<const char *>(salt.data()),
                        static_cast<qsizetype>(salt.size()));
    if (PKCS12_key_gen_uni(ended->writableBytes().data(), static_cast<int>(ended->size()),
                           reinterpret_cast<unsigned char *>(saltCopy.data()),
                           static_cast<int>(saltCopy.size()), use, static_cast<int>(iterations),
                           static_cast<int>(size), out->writableBytes().data(), EVP_sha1())
        != 1)
        return opensslFail(Error::Kind::Internal, QStringLiteral("the key derivation failed"));
    return out;
}

// With padding of PKCS#7 (RFC 5652 section 6.3).
Result<Secret> decryptTwofish(Bytes sealed, const Secret &key, const Secret &iv)
{
    Result<Secret> plain = Secret::ofSize(sealed.size());
    Result<Secret> chain = Secret::copyOf(iv.bytes());
    Result<Secret> schedule = Secret::ofSize(sizeof(twofish_ctx));
    for (const Result<Secret> *part : {&plain, &chain, &schedule}) {
        if (!*part)
            return fail(part->error());
    }
    auto *cipher = new (schedule->writableBytes().data()) twofish_ctx;
    twofish256_set_key(cipher, key.bytes().data());
    const auto decrypt = [](const void *with, std::size_t size, std::uint8_t *to,
                            const std::uint8_t *from) {
        twofish_decrypt(static_cast<const twofish_ctx *>(with), size, to, from);
    };
    cbc_decrypt(cipher, decrypt, TWOFISH_BLOCK_SIZE, chain->writableBytes().data(), sealed.size(),
                plain->writableBytes().data(), sealed.data());
    const Bytes text = plain->bytes();
    const std::size_t padding = text.back();
    if (padding < 1 || padding > TWOFISH_BLOCK_SIZE
        || std::any_of(text.end() - static_cast<std::ptrdiff_t>(padding), text.end(),
                       [padding](std::uint8_t byte) { return byte != padding; }))
        return fail(Error::Kind::BadRequest, QStringLiteral("its password is another one"));
    return Secret::copyOf(text.first(text.size() - padding));
}

// One reading of one file.
class Reader
{
public:
    Reader(Bytes bytes, const Secret &password)
        : m_bytes(bytes)
        , m_in(bytes)
        , m_password(password)
    {
    }

    Result<ContainerContent> read()
    {
        m_version = m_in.u32();
        m_salt = m_in.block();
        m_iterations = m_in.u32();
        if (m_in.failed() || m_version < 1 || m_version > 2)
            return m_parts.damaged("its head");
        const std::size_t start = m_in.position();
        if (const Result<> read = readEntries(); !read)
            return fail(read.error());
        const Bytes entries = m_bytes.subspan(start, m_in.position() - start);
        if (m_in.left() != macSize)
            return m_parts.damaged("its end");
        if (const Result<> whole = checkMac(entries); !whole)
            return fail(whole.error());
        return std::move(m_parts.content);
    }

    // What UBER sealed: the entries, and their SHA-1.
    Result<ContainerContent> readUnsealed()
    {
        if (const Result<> read = readEntries(); !read)
            return fail(read.error());
        const QByteArray wanted = digest(HashAlgorithm::Sha1, m_bytes.first(m_in.position()));
        if (m_in.left() != macSize
            || CRYPTO_memcmp(wanted.constData(), m_bytes.last(macSize).data(), macSize) != 0)
            return m_parts.damaged("its end");
        return std::move(m_parts.content);
    }

private:
    Result<> readEntries()
    {
        for (;;) {
            const std::uint8_t kind = m_in.u8();
            if (m_in.failed())
                return m_parts.damaged("its end");
            if (kind == End)
                return {};
            if (++m_entries > mostContainerObjects)
                return m_parts.tooMany("entries");
            if (const Result<> entry = readEntry(kind); !entry)
                return entry;
        }
    }

    Result<> readEntry(std::uint8_t kind)
    {
        const QString alias = KeystoreParts::textOf(m_in.text());
        m_in.u64(); // when it was made
        const std::uint32_t chain = m_in.u32();
        if (m_in.failed() || chain > mostContainerObjects)
            return m_parts.damaged("an entry");
        for (std::uint32_t i = 0; i < chain; ++i) {
            if (const Result<> certificate = readCertificate(); !certificate)
                return certificate;
        }
        switch (kind) {
        case CertificateEntry:
            return readCertificate();
        case PlainKey:
            return readKey(m_in, alias);
        case Secrets:
            m_in.block();
            m_parts.close(alias, QStringLiteral("it is a secret, which belongs to no certificate"));
            return m_in.failed() ? Result<>(m_parts.damaged("a secret")) : Result<>();
        case Sealed:
            return readSealed(alias);
        default:
            return m_parts.damaged("an entry");
        }
    }

    Result<> readCertificate()
    {
        m_in.text(); // "X.509"
        const Bytes der = m_in.block();
        return m_in.failed() ? Result<>(m_parts.damaged("a certificate"))
                             : m_parts.addCertificate(der);
    }

    // Kind, format ("PKCS#8"), algorithm, and the key.
    Result<> readKey(BigEndianReader &in, const QString &alias)
    {
        constexpr std::uint8_t isPrivate = 0;
        const std::uint8_t kind = in.u8();
        const QString format = KeystoreParts::textOf(in.text());
        in.text();
        const Bytes key = in.block();
        if (in.failed())
            return m_parts.damaged("a key");
        if (kind != isPrivate || format != QLatin1String("PKCS#8")) {
            m_parts.close(alias, QStringLiteral("it is no private key in PKCS#8"));
            return {};
        }
        Result<Secret> kept = Secret::copyOf(key);
        if (!kept)
            return fail(kept.error());
        m_parts.content.keys.push_back(std::move(*kept));
        return {};
    }

    Result<> readSealed(const QString &alias)
    {
        const Bytes sealed = m_in.block();
        if (m_in.failed())
            return m_parts.damaged("a key");
        const auto close = [&](const QString &why) {
            m_parts.close(alias, why);
            return Result<>();
        };
        if (m_password.isEmpty())
            return close(QStringLiteral("no password was given"));
        BigEndianReader in(sealed);
        const Bytes salt = in.block();
        const std::uint32_t iterations = in.u32();
        const Bytes text = in.take(in.left());
        if (in.failed() || text.empty())
            return m_parts.damaged("a key");
        if (!spend(iterations))
            return close(QStringLiteral("it asks for too many rounds of key derivation"));
        const Result<Secret> key = derive(m_password, salt, iterations, PKCS12_KEY_ID, 24);
        const Result<Secret> iv = derive(m_password, salt, iterations, PKCS12_IV_ID, 8);
        if (!key || !iv)
            return fail(key ? iv.error() : key.error());
        const Result<Secret> plain =
            KeystoreParts::decryptTripleDes(text, key->bytes(), iv->bytes());
        if (!plain)
            return close(plain.error().detail);
        BigEndianReader inner(plain->bytes());
        const Result<> read = readKey(inner, alias);
        return read ? read : close(QStringLiteral("its password is another one"));
    }

    bool spend(std::uint32_t iterations)
    {
        if (iterations == 0 || iterations > KeystoreParts::mostIterations - m_spent)
            return false;
        m_spent += iterations;
        return true;
    }

    Result<> checkMac(Bytes entries)
    {
        if (m_password.isEmpty()) {
            m_parts.noteUnproved();
            return {};
        }
        if (!spend(m_iterations))
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the keystore asks for %1 rounds of key derivation")
                            .arg(m_iterations));
        // Version 1 took bits for bytes: its MAC key has 20 bits' worth of bytes.
        const std::size_t keySize = m_version == 1 ? macSize / 8 : macSize;
        const Result<Secret> key = derive(m_password, m_salt, m_iterations, PKCS12_MAC_ID, keySize);
        if (!key)
            return fail(key.error());
        std::array<std::uint8_t, macSize> mac{};
        unsigned int size = 0;
        const bool done = HMAC(EVP_sha1(), key->bytes().data(), static_cast<int>(key->size()),
                               entries.data(), entries.size(), mac.data(), &size)
            != nullptr;
        const Bytes wanted = m_bytes.last(macSize);
        if (done && CRYPTO_memcmp(mac.data(), wanted.data(), macSize) == 0)
            return {};
        return m_parts.refused();
    }

    Bytes m_bytes;
    BigEndianReader m_in;
    const Secret &m_password;
    std::uint32_t m_version = 0;
    Bytes m_salt;
    std::uint32_t m_iterations = 0;
    std::uint32_t m_spent = 0;
    std::size_t m_entries = 0;
    KeystoreParts m_parts{kindName};
};

// UBER is version, salt and rounds, and then whole blocks of a cipher. A BKS file is hardly ever so
// long by chance, and is tried as such before.
std::optional<Result<ContainerContent>> readUber(Bytes bytes, const Secret &password)
{
    BigEndianReader in(bytes);
    const std::uint32_t version = in.u32();
    const Bytes salt = in.block();
    const std::uint32_t iterations = in.u32();
    const Bytes sealed = in.take(in.left());
    if (in.failed() || version != 1 || sealed.empty() || sealed.size() % TWOFISH_BLOCK_SIZE != 0)
        return std::nullopt;
    if (password.isEmpty())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("this looks like a Bouncy Castle keystore of the kind UBER, in "
                                   "which everything is protected by a password"),
                    QStringLiteral("Give the password of the file."));
    if (iterations == 0 || iterations > KeystoreParts::mostIterations)
        return fail(
            Error::Kind::BadRequest,
            QStringLiteral("the keystore asks for %1 rounds of key derivation").arg(iterations));
    const Result<Secret> key =
        derive(password, salt, iterations, PKCS12_KEY_ID, TWOFISH256_KEY_SIZE);
    const Result<Secret> iv = derive(password, salt, iterations, PKCS12_IV_ID, TWOFISH_BLOCK_SIZE);
    if (!key || !iv)
        return fail(key ? iv.error() : key.error());
    const Result<Secret> plain = decryptTwofish(sealed, *key, *iv);
    Result<ContainerContent> content = plain ? Reader(plain->bytes(), password).readUnsealed()
                                             : Result<ContainerContent>(fail(plain.error()));
    // A wrong key gives noise, which rarely has the right padding and never the right digest.
    if (!content)
        return KeystoreParts(kindName).refused();
    return content;
}

} // namespace

Result<ContainerContent> readBouncyCastleKeystore(Bytes bytes, const Secret &password)
{
    Result<ContainerContent> content = Reader(bytes, password).read();
    if (content)
        return content;
    if (content.error().detail.contains(QLatin1String("damaged"))) {
        if (std::optional<Result<ContainerContent>> sealed = readUber(bytes, password))
            content = std::move(*sealed);
    }
    if (!content)
        return fail(content.error(), "reading the Bouncy Castle keystore");
    return content;
}

} // namespace sealbook
