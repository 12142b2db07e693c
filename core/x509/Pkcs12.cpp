// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Pkcs12.h"

#include "core/crypto/SecureArena.h"
#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"
#include "core/x509/PbeCost.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include <climits>
#include <cstring>
#include <memory>

namespace sealbook {

namespace {

struct FreeSafes
{
    void operator()(STACK_OF(PKCS7) * stack) const { sk_PKCS7_pop_free(stack, PKCS7_free); }
};
struct FreeBags
{
    void operator()(STACK_OF(PKCS12_SAFEBAG) * stack) const
    {
        sk_PKCS12_SAFEBAG_pop_free(stack, PKCS12_SAFEBAG_free);
    }
};
using SafesPtr = std::unique_ptr<STACK_OF(PKCS7), FreeSafes>;
using BagsPtr = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), FreeBags>;
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, OpensslFree<PKCS8_PRIV_KEY_INFO_free>>;
using StackPtr =
    std::unique_ptr<STACK_OF(X509), OpensslFree<[](STACK_OF(X509) * s) { sk_X509_free(s); }>>;

// PBKDF2-HMAC-SHA256 rounds for the files we write; the MAC's own function is slower.
constexpr int keyIterations = 600'000;
constexpr int macIterations = 100'000;
constexpr int deepestSafe = 4;

// A PKCS#12 password as OpenSSL wants it: ended by NUL. Null stands for "no password at all",
// which is not the same as an empty one (RFC 7292 appendix B.1).
Result<Secret> zeroEnded(const Secret &password)
{
    if (password.text().find('\0') != std::string_view::npos)
        return fail(Error::Kind::BadRequest, QStringLiteral("the password holds a NUL"));
    Result<Secret> out = Secret::ofSize(password.size() + 1);
    if (out && !password.isEmpty())
        std::memcpy(out->writableBytes().data(), password.bytes().data(), password.size());
    return out;
}

// Reads one file. Lives only inside readPkcs12().
class Reader
{
public:
    Reader(PKCS12 *file, const Secret &password)
        : m_file(file)
        , m_password(password.text().data())
        , m_length(static_cast<int>(password.size()) - 1)
    {
    }

    Result<Pkcs12Content> read()
    {
        if (const Result<> mac = checkMac(); !mac)
            return fail(mac.error());
        const SafesPtr safes(PKCS12_unpack_authsafes(m_file));
        if (!safes)
            return damaged();
        for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
            if (const Result<> safe = readSafe(sk_PKCS7_value(safes.get(), i)); !safe)
                return fail(safe.error());
        }
        return std::move(m_content);
    }

private:
    static tl::unexpected<Error> damaged()
    {
        return opensslFail(Error::Kind::BadRequest, QStringLiteral("the PKCS#12 file is damaged"));
    }

    static tl::unexpected<Error> wrongPassword()
    {
        (void)opensslReason();
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the password does not open the PKCS#12 file"),
                    QStringLiteral("Check the password and try again; nothing was changed."));
    }

    Result<> spend(long long iterations)
    {
        if (iterations > maxPkcs12Iterations - m_spent)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the PKCS#12 file asks for more than %1 rounds of key "
                                       "derivation, which would take very long")
                            .arg(maxPkcs12Iterations));
        m_spent += iterations;
        return {};
    }

    Result<> checkMac()
    {
        m_content.hasMac = PKCS12_mac_present(m_file) == 1;
        if (!m_content.hasMac)
            return {};
        const ASN1_INTEGER *iterations = nullptr;
        PKCS12_get0_mac(nullptr, nullptr, nullptr, &iterations, m_file);
        // An empty password is tried in both of its forms, and counts twice.
        const long long count = iterations ? iterationCount(iterations) : 1;
        if (const Result<> budget = spend(m_length == 0 ? 2 * count : count); !budget)
            return budget;
        if (PKCS12_verify_mac(m_file, m_password, m_length) == 1)
            return {};
        if (m_length == 0 && PKCS12_verify_mac(m_file, nullptr, 0) == 1) {
            m_password = nullptr;
            return {};
        }
        if (ERR_GET_REASON(ERR_peek_error()) == ERR_R_UNSUPPORTED
            || ERR_GET_REASON(ERR_peek_error()) == PKCS12_R_UNKNOWN_DIGEST_ALGORITHM)
            return unsupported();
        if (m_length == 0) {
            (void)opensslReason();
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the PKCS#12 file is protected by a password"),
                        QStringLiteral("Give the password of the file."));
        }
        return wrongPassword();
    }

    static tl::unexpected<Error> unsupported()
    {
        (void)opensslReason();
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the PKCS#12 file is protected by a cipher that is no longer "
                                   "supported, such as RC2-40"),
                    QStringLiteral("Export it again with AES-256, or convert it with \"openssl "
                                   "pkcs12 -legacy\"."));
    }

    // Why decrypting failed: with a good MAC it cannot be the password.
    tl::unexpected<Error> cannotDecrypt() const
    {
        const unsigned long code = ERR_peek_error();
        const bool cipherUnknown = ERR_GET_REASON(code) == ERR_R_UNSUPPORTED
            || (ERR_GET_LIB(code) == ERR_LIB_EVP
                && (ERR_GET_REASON(code) == EVP_R_UNSUPPORTED_CIPHER
                    || ERR_GET_REASON(code) == EVP_R_UNKNOWN_PBE_ALGORITHM
                    || ERR_GET_REASON(code) == EVP_R_UNKNOWN_CIPHER));
        if (cipherUnknown)
            return unsupported();
        if (!m_content.hasMac)
            return wrongPassword();
        return damaged();
    }

    Result<> readSafe(PKCS7 *safe)
    {
        BagsPtr bags;
        if (PKCS7_type_is_data(safe)) {
            bags.reset(PKCS12_unpack_p7data(safe));
            if (!bags)
                return damaged();
        } else if (PKCS7_type_is_encrypted(safe)) {
            const X509_ALGOR *algorithm = safe->d.encrypted->enc_data->algorithm;
            if (const Result<> budget = spend(pbeIterations(algorithm)); !budget)
                return budget;
            noteOldCipher(algorithm);
            bags.reset(PKCS12_unpack_p7encdata(safe, m_password, m_length));
            if (!bags)
                return cannotDecrypt();
        } else {
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the PKCS#12 file is protected by a public key instead "
                                       "of a password"));
        }
        return readBags(bags.get(), 0);
    }

    Result<> readBags(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth)
    {
        if (depth > deepestSafe)
            return damaged();
        for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); ++i) {
            if (const Result<> bag = readBag(sk_PKCS12_SAFEBAG_value(bags, i), depth); !bag)
                return bag;
        }
        return {};
    }

    Result<> readBag(const PKCS12_SAFEBAG *bag, int depth)
    {
        switch (PKCS12_SAFEBAG_get_nid(bag)) {
        case NID_keyBag:
            return takeKey(PKCS12_SAFEBAG_get0_p8inf(bag));
        case NID_pkcs8ShroudedKeyBag: {
            const X509_SIG *shrouded = PKCS12_SAFEBAG_get0_pkcs8(bag);
            const X509_ALGOR *algorithm = nullptr;
            X509_SIG_get0(shrouded, &algorithm, nullptr);
            if (const Result<> budget = spend(pbeIterations(algorithm)); !budget)
                return budget;
            noteOldCipher(algorithm);
            const Pkcs8Ptr info(PKCS8_decrypt(shrouded, m_password, m_length));
            if (!info)
                return cannotDecrypt();
            return takeKey(info.get());
        }
        case NID_certBag:
            return takeCertificate(bag);
        case NID_safeContentsBag:
            return readBags(PKCS12_SAFEBAG_get0_safes(bag), depth + 1);
        default: // CRLs and secrets: not ours
            return {};
        }
    }

    // Everything older than PBES2 (RFC 8018) is weak today.
    void noteOldCipher(const X509_ALGOR *algorithm)
    {
        const ASN1_OBJECT *object = nullptr;
        X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
        const int nid = OBJ_obj2nid(object);
        if (nid == NID_pbes2)
            return;
        const QString name = nid == NID_pbe_WithSHA1And40BitRC2_CBC ? QStringLiteral("RC2-40")
            : nid == NID_pbe_WithSHA1And128BitRC2_CBC               ? QStringLiteral("RC2-128")
            : nid == NID_pbe_WithSHA1And3_Key_TripleDES_CBC         ? QStringLiteral("Triple DES")
            : nid == NID_pbe_WithSHA1And128BitRC4                   ? QStringLiteral("RC4")
            : nid == NID_undef                                      ? oidText(object)
                               : QString::fromLatin1(OBJ_nid2ln(nid));
        if (!m_content.oldCiphers.contains(name))
            m_content.oldCiphers.append(name);
    }

    Result<> takeKey(const PKCS8_PRIV_KEY_INFO *info)
    {
        const int size = i2d_PKCS8_PRIV_KEY_INFO(info, nullptr);
        Result<Secret> der = Secret::ofSize(static_cast<std::size_t>(std::max(size, 0)));
        if (!der)
            return fail(der.error());
        if (size > 0) {
            unsigned char *out = der->writableBytes().data();
            i2d_PKCS8_PRIV_KEY_INFO(info, &out);
        }
        Result<PrivateKey> key = PrivateKey::fromPkcs8(*der);
        if (!key)
            return fail(Error::Kind::BadRequest, key.error().detail);
        if (!m_content.key) {
            m_content.key = std::move(*key);
            return {};
        }
        ++m_content.furtherKeys;
        m_content.furtherKeyList.push_back(std::move(*key));
        return {};
    }

    Result<> takeCertificate(const PKCS12_SAFEBAG *bag)
    {
        if (PKCS12_SAFEBAG_get_bag_nid(bag) != NID_x509Certificate)
            return {};
        const X509Ptr x509(PKCS12_SAFEBAG_get1_cert(bag));
        if (!x509)
            return damaged();
        QByteArray der(std::max(i2d_X509(x509.get(), nullptr), 0), '\0');
        auto *out = reinterpret_cast<unsigned char *>(der.data());
        i2d_X509(x509.get(), &out);
        Result<Certificate> certificate = Certificate::fromDer(der);
        if (!certificate)
            return fail(certificate.error());
        m_content.certificates.push_back(std::move(*certificate));
        return {};
    }

    PKCS12 *m_file;
    const char *m_password;
    int m_length;
    long long m_spent = 0;
    Pkcs12Content m_content;
};

Pkcs12Ptr parsed(std::span<const std::uint8_t> der)
{
    const unsigned char *in = der.data();
    if (der.empty() || der.size() > static_cast<std::size_t>(INT_MAX))
        return {};
    Pkcs12Ptr file(d2i_PKCS12(nullptr, &in, static_cast<long>(der.size())));
    return file;
}

} // namespace

void allowOldCiphers()
{
    // Loading one by name ends the implicit loading of the default one. Held until the process
    // ends; OpenSSL 3.5 loses memory where it cleans up with providers that somebody holds.
    struct Unload
    {
        void operator()(OSSL_PROVIDER *provider) const { (void)OSSL_PROVIDER_unload(provider); }
    };
    using Provider = std::unique_ptr<OSSL_PROVIDER, Unload>;
    static const Provider standard(OSSL_PROVIDER_load(nullptr, "default"));
    static const Provider old(OSSL_PROVIDER_load(nullptr, "legacy"));
    (void)opensslReason();
}

bool looksLikePkcs12(std::span<const std::uint8_t> der)
{
    const bool is = parsed(der) != nullptr;
    (void)opensslReason();
    return is;
}

Result<Pkcs12Content> readPkcs12(std::span<const std::uint8_t> der, const Secret &password)
{
    (void)secureArena();
    const Pkcs12Ptr file = parsed(der);
    if (!file)
        return opensslFail(Error::Kind::BadRequest, QStringLiteral("this is not a PKCS#12 file"));
    ERR_clear_error();
    const Result<Secret> ended = zeroEnded(password);
    if (!ended)
        return fail(ended.error(), "reading the PKCS#12 file");
    Result<Pkcs12Content> content = Reader(file.get(), *ended).read();
    if (!content)
        return fail(content.error(), "reading the PKCS#12 file");
    return content;
}

Result<QByteArray> makePkcs12(const PrivateKey &key, const Certificate &leaf,
                              const std::vector<Certificate> &chain, const QString &friendlyName,
                              const Secret &password, Pkcs12Ciphers ciphers)
{
    const Result<Secret> ended = zeroEnded(password);
    if (!ended)
        return fail(ended.error(), "making the PKCS#12 file");
    if (password.isEmpty())
        return fail(Error::Kind::BadRequest, QStringLiteral("a PKCS#12 file needs a password"));
    const StackPtr issuers(sk_X509_new_null());
    bool ready = issuers != nullptr;
    for (const Certificate &issuer : chain)
        ready = ready && sk_X509_push(issuers.get(), issuer.handle()) > 0;
    const char *secret = ended->text().data();
    const QByteArray name = friendlyName.toUtf8();
    const bool modern = ciphers == Pkcs12Ciphers::Modern;
    const int cipher = modern ? NID_aes_256_cbc : NID_pbe_WithSHA1And3_Key_TripleDES_CBC;
    const Pkcs12Ptr file(ready
                             ? PKCS12_create(secret, name.constData(), key.handle(), leaf.handle(),
                                             issuers.get(), cipher, cipher, keyIterations, -1, 0)
                             : nullptr);
    if (!file
        || PKCS12_set_mac(file.get(), secret, static_cast<int>(password.size()), nullptr, 0,
                          macIterations, modern ? EVP_sha256() : EVP_sha1())
            != 1)
        return opensslFail(Error::Kind::Internal,
                           QStringLiteral("the PKCS#12 file could not be made"));
    QByteArray der(std::max(i2d_PKCS12(file.get(), nullptr), 0), '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_PKCS12(file.get(), &out);
    return der;
}

} // namespace sealbook
