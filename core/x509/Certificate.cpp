// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Certificate.h"

#include "core/crypto/Digest.h"
#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"
#include "core/x509/PemBlocks.h"
#include "core/x509/PublicKey.h"

#include <QTimeZone>
#include <openssl/bn.h>

#include <ctime>

namespace sealbook {

namespace {

struct FreeNames
{
    void operator()(GENERAL_NAMES *names) const { GENERAL_NAMES_free(names); }
};

QDateTime timeOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), QTimeZone::utc())
        .toUTC();
}

} // namespace

Result<Certificate> Certificate::fromDer(const QByteArray &der)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
    const auto *end = in + der.size();
    X509Ptr parsed(d2i_X509(nullptr, &in, der.size()));
    if (!parsed)
        return opensslFail(Error::Kind::BadRequest, QStringLiteral("this is not a certificate"));
    if (in != end)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("%1 bytes that do not belong there follow the certificate")
                        .arg(end - in));
    Certificate certificate;
    certificate.m_x509 = std::move(parsed);
    certificate.m_der = der;
    return certificate;
}

QByteArray Certificate::pem() const
{
    return pemOfDer(m_der);
}

QString Certificate::sha256() const
{
    return sha256Hex(m_der);
}

QStringList Certificate::names() const
{
    const std::unique_ptr<GENERAL_NAMES, FreeNames> list(static_cast<GENERAL_NAMES *>(
        X509_get_ext_d2i(m_x509.get(), NID_subject_alt_name, nullptr, nullptr)));
    QStringList names;
    for (int i = 0; list && i < sk_GENERAL_NAME_num(list.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(list.get(), i);
        if (name->type == GEN_DNS || name->type == GEN_IPADD)
            names.append(generalNameText(name));
    }
    return names;
}

QString Certificate::subject() const
{
    return rfc4514(X509_get_subject_name(m_x509.get()));
}

QString Certificate::commonName() const
{
    return attributeOf(X509_get_subject_name(m_x509.get()), NID_commonName);
}

QString Certificate::issuer() const
{
    return rfc4514(X509_get_issuer_name(m_x509.get()));
}

QString Certificate::issuerShort() const
{
    const X509_NAME *name = X509_get_issuer_name(m_x509.get());
    for (const int nid : {NID_organizationName, NID_commonName}) {
        const QString text = attributeOf(name, nid);
        if (!text.isEmpty())
            return text;
    }
    return rfc4514(name);
}

QString Certificate::serial() const
{
    const ASN1_INTEGER *serial = X509_get0_serialNumber(m_x509.get());
    const QByteArray magnitude(reinterpret_cast<const char *>(ASN1_STRING_get0_data(serial)),
                               ASN1_STRING_length(serial));
    const bool negative = ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER;
    return (negative ? QStringLiteral("-") : QString()) + QString::fromLatin1(magnitude.toHex());
}

QDateTime Certificate::notBefore() const
{
    return timeOf(X509_get0_notBefore(m_x509.get()));
}

QDateTime Certificate::notAfter() const
{
    return timeOf(X509_get0_notAfter(m_x509.get()));
}

QString Certificate::keyAlgorithm() const
{
    if (const EVP_PKEY *key = X509_get0_pubkey(m_x509.get()))
        return keyAlgorithmName(key);
    (void)opensslReason();
    // A kind that OpenSSL cannot read: name it by what the certificate calls it.
    ASN1_OBJECT *algorithm = nullptr;
    if (X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr,
                               X509_get_X509_PUBKEY(m_x509.get()))
        != 1)
        return QStringLiteral("unknown");
    const int nid = OBJ_obj2nid(algorithm);
    return nid == NID_undef ? oidText(algorithm) : QString::fromLatin1(OBJ_nid2ln(nid));
}

QString Certificate::signatureAlgorithm() const
{
    const X509_ALGOR *algorithm = nullptr;
    X509_get0_signature(nullptr, &algorithm, m_x509.get());
    const ASN1_OBJECT *object = nullptr;
    X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
    const int nid = OBJ_obj2nid(object);
    return nid == NID_undef ? oidText(object) : QString::fromLatin1(OBJ_nid2ln(nid));
}

QString Certificate::publicKeySha256() const
{
    X509_PUBKEY *key = X509_get_X509_PUBKEY(m_x509.get());
    QByteArray der(std::max(i2d_X509_PUBKEY(key, nullptr), 0), '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_X509_PUBKEY(key, &out);
    return sha256Hex(der);
}

bool Certificate::isCa() const
{
    const int kind = X509_check_ca(m_x509.get());
    return kind == 1 || kind == 3; // by basic constraints, or a self-signed one of version 1
}

bool Certificate::isSelfIssued() const
{
    return X509_NAME_cmp(X509_get_subject_name(m_x509.get()), X509_get_issuer_name(m_x509.get()))
        == 0;
}

bool Certificate::isIssuedBy(const Certificate &issuer) const
{
    if (X509_NAME_cmp(X509_get_issuer_name(m_x509.get()),
                      X509_get_subject_name(issuer.m_x509.get()))
        != 0)
        return false;
    EVP_PKEY *key = X509_get0_pubkey(issuer.m_x509.get());
    const bool right = key && X509_verify(m_x509.get(), key) == 1;
    (void)opensslReason();
    return right;
}

Result<std::vector<Certificate>> certificatesFromPem(const QByteArray &pem, bool onlyCertificates)
{
    const Result<std::vector<PemBlock>> blocks = pemBlocks(bytesOf(pem));
    if (!blocks)
        return fail(blocks.error(), "reading the certificates");
    std::vector<Certificate> certificates;
    for (const PemBlock &block : *blocks) {
        if (!block.isCertificate()) {
            if (onlyCertificates) // RFC 8555 section 11.4: key replacement
                return fail(Error::Kind::BadRequest,
                            QStringLiteral("a %1 stands in line %2 where only certificates belong")
                                .arg(QString::fromLatin1(block.label))
                                .arg(block.line));
            continue;
        }
        const Result<QByteArray> der = decodePemBody(block);
        if (!der)
            return fail(der.error(), "reading the certificates");
        Result<Certificate> certificate = Certificate::fromDer(*der);
        if (!certificate) {
            Error error = certificate.error();
            error.detail = QStringLiteral("the CERTIFICATE that begins in line %1: %2")
                               .arg(block.line)
                               .arg(error.detail);
            return fail(std::move(error), "reading the certificates");
        }
        certificates.push_back(std::move(*certificate));
    }
    if (certificates.empty())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("there is no certificate in it, only: %1")
                        .arg(QString::fromLatin1(blocks->front().label)));
    return certificates;
}

} // namespace sealbook
