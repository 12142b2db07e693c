// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Csr.h"

#include "core/crypto/Digest.h"
#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"
#include "core/x509/PemBlocks.h"
#include "core/x509/PublicKey.h"

namespace sealbook {

namespace {

struct FreeNames
{
    void operator()(GENERAL_NAMES *names) const { GENERAL_NAMES_free(names); }
};
struct FreeExtensions
{
    void operator()(STACK_OF(X509_EXTENSION) * stack) const
    {
        sk_X509_EXTENSION_pop_free(stack, X509_EXTENSION_free);
    }
};
using NamesPtr = std::unique_ptr<GENERAL_NAMES, FreeNames>;
using ExtensionsPtr = std::unique_ptr<STACK_OF(X509_EXTENSION), FreeExtensions>;

constexpr int longestCommonName = 64; // ub-common-name, RFC 5280 appendix A.1

bool addCommonName(X509_REQ *request, const QStringList &names)
{
    for (const QString &name : names) {
        if (name.size() > longestCommonName)
            continue;
        const QByteArray text = name.toLatin1();
        return X509_NAME_add_entry_by_NID(X509_REQ_get_subject_name(request), NID_commonName,
                                          MBSTRING_UTF8,
                                          reinterpret_cast<const unsigned char *>(text.constData()),
                                          static_cast<int>(text.size()), -1, 0)
            == 1;
    }
    return true; // RFC 5280 section 4.1.2.6: the names in the extension are enough
}

bool addNames(X509_REQ *request, const QStringList &names)
{
    const NamesPtr list(sk_GENERAL_NAME_new_null());
    for (const QString &name : names) {
        const QByteArray text = name.toLatin1();
        ASN1_IA5STRING *string = ASN1_IA5STRING_new();
        GENERAL_NAME *entry = GENERAL_NAME_new();
        if (!string || !entry
            || ASN1_STRING_set(string, text.constData(), static_cast<int>(text.size())) != 1) {
            ASN1_IA5STRING_free(string);
            GENERAL_NAME_free(entry);
            return false;
        }
        GENERAL_NAME_set0_value(entry, GEN_DNS, string);
        if (sk_GENERAL_NAME_push(list.get(), entry) == 0) {
            GENERAL_NAME_free(entry);
            return false;
        }
    }
    STACK_OF(X509_EXTENSION) *raw = nullptr;
    const bool made =
        X509V3_add1_i2d(&raw, NID_subject_alt_name, list.get(), 0, X509V3_ADD_DEFAULT) == 1;
    const ExtensionsPtr extensions(raw);
    return made && X509_REQ_add_extensions(request, extensions.get()) == 1;
}

QStringList namesOf(X509_REQ *request)
{
    QStringList names;
    const auto add = [&names](const QString &name) {
        if (!name.isEmpty() && !names.contains(name.toLower()))
            names.append(name.toLower());
    };
    const ExtensionsPtr extensions(X509_REQ_get_extensions(request));
    const NamesPtr list(static_cast<GENERAL_NAMES *>(
        X509V3_get_d2i(extensions.get(), NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; list && i < sk_GENERAL_NAME_num(list.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(list.get(), i);
        if (name->type == GEN_DNS)
            add(generalNameText(name));
    }
    add(attributeOf(X509_REQ_get_subject_name(request), NID_commonName));
    return names;
}

Result<Csr> describe(X509_REQ *request)
{
    EVP_PKEY *key = X509_REQ_get0_pubkey(request);
    if (!key)
        return opensslFail(Error::Kind::BadRequest,
                           QStringLiteral("the request's public key could not be read"));
    if (X509_REQ_verify(request, key) != 1)
        return opensslFail(Error::Kind::BadRequest,
                           QStringLiteral("the signature of the request is wrong"));
    Csr csr;
    const int size = i2d_X509_REQ(request, nullptr);
    csr.der = QByteArray(std::max(size, 0), '\0');
    auto *out = reinterpret_cast<unsigned char *>(csr.der.data());
    i2d_X509_REQ(request, &out);
    csr.subjectDn = rfc4514(X509_REQ_get_subject_name(request));
    csr.names = namesOf(request);
    csr.publicKeySha256 = sha256Hex(subjectPublicKeyInfo(key));
    csr.keyAlgorithm = keyAlgorithmName(key);
    return csr;
}

} // namespace

Result<Csr> Csr::make(const PrivateKey &key, const QStringList &names)
{
    if (names.isEmpty())
        return fail(Error::Kind::BadRequest, QStringLiteral("a request needs at least one name"));
    const X509ReqPtr request(X509_REQ_new());
    const EVP_MD *hash = key.type() == KeyType::Ec384 ? EVP_sha384() : EVP_sha256();
    if (!request || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1
        || !addCommonName(request.get(), names) || !addNames(request.get(), names)
        || X509_REQ_set_pubkey(request.get(), key.handle()) != 1
        || X509_REQ_sign(request.get(), key.handle(), hash) <= 0)
        return opensslFail(Error::Kind::Internal,
                           QStringLiteral("the certificate request could not be made"));
    return describe(request.get());
}

Result<Csr> Csr::read(const QByteArray &bytes)
{
    QByteArray der = bytes;
    if (looksLikePem(bytesOf(bytes))) {
        const Result<std::vector<PemBlock>> blocks = pemBlocks(bytesOf(bytes));
        if (!blocks)
            return fail(blocks.error(), "reading the certificate request");
        const auto found = std::find_if(blocks->begin(), blocks->end(), [](const PemBlock &b) {
            return b.label == "CERTIFICATE REQUEST" || b.label == "NEW CERTIFICATE REQUEST";
        });
        if (found == blocks->end())
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("there is no certificate request in it, only: %1")
                            .arg(QString::fromLatin1(blocks->front().label)));
        const Result<QByteArray> decoded = decodePemBody(*found);
        if (!decoded)
            return fail(decoded.error(), "reading the certificate request");
        der = *decoded;
    }
    const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
    const auto *end = in + der.size();
    const X509ReqPtr request(d2i_X509_REQ(nullptr, &in, der.size()));
    if (!request || in != end)
        return opensslFail(Error::Kind::BadRequest,
                           QStringLiteral("this is not a certificate request"));
    return describe(request.get());
}

} // namespace sealbook
