// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/TlsEndpoint.h"

#include <openssl/ocsp.h>

namespace sealbook {

// An OCSP response in DER about `leaf`, signed by `signer` in the name of `issuer`. `status` is a
// V_OCSP_CERTSTATUS_...; the times are days from now.
inline QByteArray ocspAnswer(const EndpointIdentity &leaf, const EndpointIdentity &issuer,
                             const EndpointIdentity &signer, int status, int revokedDay = -3)
{
    const auto day = [](int days) { return X509_gmtime_adj(nullptr, days * 86400L); };
    OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
    OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha256(), leaf.x509.get(), issuer.x509.get());
    ASN1_TIME *revoked = status == V_OCSP_CERTSTATUS_REVOKED ? day(revokedDay) : nullptr;
    ASN1_TIME *from = day(-1);
    ASN1_TIME *to = day(6);
    OCSP_basic_add1_status(basic, id, status, OCSP_REVOKED_STATUS_KEYCOMPROMISE, revoked, from, to);
    OCSP_basic_sign(basic, signer.x509.get(), signer.key.get(), EVP_sha256(), nullptr, 0);
    OCSP_RESPONSE *response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
    QByteArray der(i2d_OCSP_RESPONSE(response, nullptr), '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_OCSP_RESPONSE(response, &out);
    OCSP_RESPONSE_free(response);
    OCSP_BASICRESP_free(basic);
    OCSP_CERTID_free(id);
    ASN1_TIME_free(revoked);
    ASN1_TIME_free(from);
    ASN1_TIME_free(to);
    return der;
}

} // namespace sealbook
