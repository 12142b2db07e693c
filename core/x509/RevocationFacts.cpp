// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/RevocationFacts.h"

#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"

#include <openssl/x509v3.h>

namespace sealbook {

namespace {

constexpr int mostAddresses = 8; // of each kind: no honest certificate has more

void addAddress(QStringList &list, const GENERAL_NAME *name)
{
    if (name == nullptr || name->type != GEN_URI || list.size() >= mostAddresses)
        return;
    const QString text = textOf(name->d.uniformResourceIdentifier);
    if (!text.isEmpty() && !list.contains(text))
        list.append(text);
}

void readPoints(X509 *x509, RevocationSources &sources)
{
    const std::unique_ptr<CRL_DIST_POINTS, OpensslFree<CRL_DIST_POINTS_free>> points(
        static_cast<CRL_DIST_POINTS *>(
            X509_get_ext_d2i(x509, NID_crl_distribution_points, nullptr, nullptr)));
    for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
        const DIST_POINT *point = sk_DIST_POINT_value(points.get(), i);
        // RFC 5280 section 4.2.1.13: with cRLIssuer, another one than the issuer signs it.
        if (point->CRLissuer != nullptr) {
            sources.hasForeignCrls = true;
            continue;
        }
        if (point->distpoint == nullptr || point->distpoint->type != 0)
            continue;
        const GENERAL_NAMES *names = point->distpoint->name.fullname;
        for (int k = 0; k < sk_GENERAL_NAME_num(names); ++k)
            addAddress(sources.crls, sk_GENERAL_NAME_value(names, k));
    }
}

} // namespace

RevocationSources revocationSourcesOf(const Certificate &certificate)
{
    RevocationSources sources;
    X509 *x509 = certificate.handle();
    const std::unique_ptr<AUTHORITY_INFO_ACCESS, OpensslFree<AUTHORITY_INFO_ACCESS_free>> access(
        static_cast<AUTHORITY_INFO_ACCESS *>(
            X509_get_ext_d2i(x509, NID_info_access, nullptr, nullptr)));
    for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
        const ACCESS_DESCRIPTION *entry = sk_ACCESS_DESCRIPTION_value(access.get(), i);
        const int method = OBJ_obj2nid(entry->method);
        if (method == NID_ad_OCSP)
            addAddress(sources.ocsp, entry->location);
        else if (method == NID_ad_ca_issuers)
            addAddress(sources.issuers, entry->location);
    }
    readPoints(x509, sources);
    // id-ce-noRevAvail, which OpenSSL 3.0 has no number for as an extension of certificates.
    const std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>> never(
        OBJ_txt2obj("2.5.29.56", 1));
    sources.isNeverRevoked = never && X509_get_ext_by_OBJ(x509, never.get(), -1) >= 0;
    (void)opensslReason();
    return sources;
}

QString revocationReasonName(int code)
{
    switch (code) {
    case 1:
        return QStringLiteral("keyCompromise");
    case 2:
        return QStringLiteral("cACompromise");
    case 3:
        return QStringLiteral("affiliationChanged");
    case 4:
        return QStringLiteral("superseded");
    case 5:
        return QStringLiteral("cessationOfOperation");
    case 6:
        return QStringLiteral("certificateHold");
    case 8:
        return QStringLiteral("removeFromCRL");
    case 9:
        return QStringLiteral("privilegeWithdrawn");
    case 10:
        return QStringLiteral("aACompromise");
    default:
        return {}; // 0 is "unspecified": it says nothing
    }
}

} // namespace sealbook
