// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/OpensslHandles.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QSslCertificate>
#include <QSslKey>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace sealbook {

// A self-signed TLS certificate with its P-256 key, made when a test asks for it. Validity is given
// in seconds from now, names in OpenSSL's form ("DNS:localhost,IP:127.0.0.1"). A value.
struct StubCertificate
{
    QByteArray certificatePem;
    QByteArray keyPem;

    static StubCertificate make(const QByteArray &names = "DNS:localhost,IP:127.0.0.1",
                                long notBefore = -3600, long notAfter = 86400)
    {
        const EvpPkeyPtr key(EVP_EC_gen("P-256"));
        const X509Ptr certificate(X509_new());
        X509 *x509 = certificate.get();
        X509_set_version(x509, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509), notBefore);
        X509_gmtime_adj(X509_getm_notAfter(x509), notAfter);
        // Roots are looked up by name: two stubs must not share one.
        const QByteArray name =
            "stub " + QByteArray::number(QRandomGenerator::global()->generate());
        X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char *>(name.constData()), -1,
                                   -1, 0);
        X509_set_issuer_name(x509, X509_get_subject_name(x509));
        X509_set_pubkey(x509, key.get());
        addExtension(x509, NID_subject_alt_name, names);
        addExtension(x509, NID_basic_constraints, "critical,CA:TRUE");
        X509_sign(x509, key.get(), EVP_sha256());

        const BioPtr certificateBio(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(certificateBio.get(), x509);
        const BioPtr keyBio(BIO_new(BIO_s_mem()));
        PEM_write_bio_PrivateKey(keyBio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        return {contentOf(certificateBio.get()), contentOf(keyBio.get())};
    }

private:
    static void addExtension(X509 *x509, int nid, const QByteArray &value)
    {
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.constData());
        X509_add_ext(x509, extension, -1);
        X509_EXTENSION_free(extension);
    }

    static QByteArray contentOf(BIO *bio)
    {
        char *data = nullptr;
        const long size = BIO_get_mem_data(bio, &data);
        return QByteArray(data, size);
    }
};

} // namespace sealbook
