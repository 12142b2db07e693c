// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Pkcs7.h"

#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"
#include "core/x509/OpensslHandles.h"

#include <openssl/pkcs7.h>

#include <climits>
#include <ctime>

namespace sealbook {

namespace {

using Pkcs7Ptr = std::unique_ptr<PKCS7, OpensslFree<PKCS7_free>>;
using CrlPtr = std::unique_ptr<X509_CRL, OpensslFree<X509_CRL_free>>;

QByteArray derOf(X509 *x509)
{
    QByteArray der(std::max(i2d_X509(x509, nullptr), 0), '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_X509(x509, &out);
    return der;
}

QString day(const ASN1_TIME *time)
{
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
        return QStringLiteral("an unreadable date");
    return QStringLiteral("%1-%2-%3")
        .arg(parts.tm_year + 1900)
        .arg(parts.tm_mon + 1, 2, 10, QLatin1Char('0'))
        .arg(parts.tm_mday, 2, 10, QLatin1Char('0'));
}

} // namespace

Result<ContainerContent> readPkcs7(std::span<const std::uint8_t> der)
{
    const unsigned char *in = der.data();
    if (der.empty() || der.size() > static_cast<std::size_t>(INT_MAX))
        return fail(Error::Kind::BadRequest, QStringLiteral("the PKCS#7 file is empty"));
    const Pkcs7Ptr file(d2i_PKCS7(nullptr, &in, static_cast<long>(der.size())));
    if (!file)
        return opensslFail(Error::Kind::BadRequest, QStringLiteral("the PKCS#7 file is damaged"));
    const STACK_OF(X509) *certificates = nullptr;
    const STACK_OF(X509_CRL) *lists = nullptr;
    if (PKCS7_type_is_signed(file.get()) && file->d.sign != nullptr) {
        certificates = file->d.sign->cert;
        lists = file->d.sign->crl;
    } else if (PKCS7_type_is_signedAndEnveloped(file.get())
               && file->d.signed_and_enveloped != nullptr) {
        certificates = file->d.signed_and_enveloped->cert;
    } else {
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the PKCS#7 file holds a message instead of certificates"));
    }
    const int count = sk_X509_num(certificates);
    if (count <= 0)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("there is no certificate in the PKCS#7 file"));
    if (static_cast<std::size_t>(count) > mostContainerObjects)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the PKCS#7 file holds %1 certificates; at most %2 are read")
                        .arg(count)
                        .arg(mostContainerObjects),
                    QStringLiteral("Convert it to PEM, which has no such limit."));
    ContainerContent content;
    for (int i = 0; i < count; ++i)
        content.certificates.push_back(derOf(sk_X509_value(certificates, i)));
    if (const int others = sk_X509_CRL_num(lists); others > 0)
        content.notes.append(QStringLiteral("Left out: %1 revocation list(s)").arg(others));
    return content;
}

Result<QString> describeRevocationList(std::span<const std::uint8_t> der)
{
    const unsigned char *in = der.data();
    if (der.empty() || der.size() > static_cast<std::size_t>(INT_MAX))
        return fail(Error::Kind::BadRequest, QStringLiteral("the revocation list is empty"));
    const CrlPtr list(d2i_X509_CRL(nullptr, &in, static_cast<long>(der.size())));
    if (!list)
        return opensslFail(Error::Kind::BadRequest,
                           QStringLiteral("the revocation list is damaged"));
    const X509_NAME *name = X509_CRL_get_issuer(list.get());
    QString issuer = attributeOf(name, NID_commonName);
    if (issuer.isEmpty())
        issuer = rfc4514(name);
    const int count = sk_X509_REVOKED_num(X509_CRL_get_REVOKED(list.get()));
    const ASN1_TIME *next = X509_CRL_get0_nextUpdate(list.get());
    return QStringLiteral("a revocation list of \"%1\" from %2 with %3 entries%4")
        .arg(issuer, day(X509_CRL_get0_lastUpdate(list.get())))
        .arg(std::max(count, 0))
        .arg(next == nullptr ? QString() : QStringLiteral(", to be renewed by ") + day(next));
}

} // namespace sealbook
