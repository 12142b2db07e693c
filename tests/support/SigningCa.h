// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/OpensslHandles.h"

#include <QByteArray>
#include <QStringList>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace sealbook {

// A CA that signs whatever public key a test gives it: a root, or one below another. Owned by a
// test.
class SigningCa
{
public:
    explicit SigningCa(const QByteArray &name, const SigningCa *issuer = nullptr)
        : m_key(EVP_EC_gen("P-256"))
    {
        m_certificate = make(name, {}, m_key.get(), issuer == nullptr ? *this : *issuer, true);
    }

    [[nodiscard]] QByteArray pem() const { return pemOf(m_certificate.get()); }
    // A leaf for `names` and the public half of `key`; the first name is the common name.
    [[nodiscard]] QByteArray leafPem(EVP_PKEY *key, const QStringList &names) const
    {
        return pemOf(make(names.value(0).toLatin1(), names, key, *this, false).get());
    }

private:
    static X509Ptr make(const QByteArray &name, const QStringList &names, EVP_PKEY *key,
                        const SigningCa &issuer, bool isCa)
    {
        X509Ptr made(X509_new());
        X509 *x509 = made.get();
        X509_set_version(x509, X509_VERSION_3);
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), ++serials());
        X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
        X509_gmtime_adj(X509_getm_notAfter(x509), 86400L * 90);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char *>(name.constData()), -1,
                                   -1, 0);
        X509 *const above = issuer.m_certificate ? issuer.m_certificate.get() : x509;
        X509_set_issuer_name(x509, X509_get_subject_name(above));
        X509_set_pubkey(x509, key);
        QByteArrayList list;
        for (const QString &each : names)
            list << "DNS:" + each.toLatin1();
        if (!list.isEmpty())
            addExtension(x509, NID_subject_alt_name, list.join(','));
        addExtension(x509, NID_basic_constraints, isCa ? "critical,CA:TRUE" : "critical,CA:FALSE");
        X509_sign(x509, issuer.m_key.get(), EVP_sha256());
        return made;
    }

    static std::uint64_t &serials()
    {
        static std::uint64_t last = 0x100;
        return last;
    }

    static void addExtension(X509 *x509, int nid, const QByteArray &value)
    {
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.constData());
        X509_add_ext(x509, extension, -1);
        X509_EXTENSION_free(extension);
    }

    static QByteArray pemOf(X509 *x509)
    {
        const BioPtr bio(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(bio.get(), x509);
        char *data = nullptr;
        const long size = BIO_get_mem_data(bio.get(), &data);
        return QByteArray(data, size);
    }

    EvpPkeyPtr m_key;
    X509Ptr m_certificate;
};

} // namespace sealbook
