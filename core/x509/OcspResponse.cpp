// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/OcspResponse.h"

#include "core/x509/OpensslErrors.h"

#include <QTimeZone>

#include <openssl/ocsp.h>

#include <ctime>

namespace sealbook {

namespace {

using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, OpensslFree<OCSP_RESPONSE_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, OpensslFree<OCSP_BASICRESP_free>>;
using CertIdPtr = std::unique_ptr<OCSP_CERTID, OpensslFree<OCSP_CERTID_free>>;

// Holds its certificates by reference only.
struct FreeStack
{
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};

QDateTime timeOf(const ASN1_GENERALIZEDTIME *time)
{
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
            QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), QTimeZone::utc()};
}

const Certificate *issuerOf(const Certificate &leaf, const std::vector<Certificate> &issuers)
{
    for (const Certificate &issuer : issuers) {
        if (leaf.isIssuedBy(issuer))
            return &issuer;
    }
    return nullptr;
}

// Whether `id`, by the digest that it was made with, names `leaf`.
bool isAbout(const OCSP_CERTID *id, const Certificate &leaf, const Certificate &issuer)
{
    ASN1_OBJECT *algorithm = nullptr;
    auto *given = const_cast<OCSP_CERTID *>(id); // only read, but OpenSSL's signature says no such
    if (OCSP_id_get0_info(nullptr, &algorithm, nullptr, nullptr, given) != 1)
        return false;
    const EVP_MD *digest = EVP_get_digestbyobj(algorithm);
    if (digest == nullptr)
        return false;
    const CertIdPtr own(OCSP_cert_to_id(digest, leaf.handle(), issuer.handle()));
    return own && OCSP_id_cmp(own.get(), id) == 0;
}

std::optional<OcspVerdict> verdictOf(OCSP_BASICRESP *basic, const Certificate &leaf,
                                     const Certificate &issuer)
{
    for (int i = 0; i < OCSP_resp_count(basic); ++i) {
        OCSP_SINGLERESP *single = OCSP_resp_get0(basic, i);
        if (!isAbout(OCSP_SINGLERESP_get0_id(single), leaf, issuer))
            continue;
        ASN1_GENERALIZEDTIME *revoked = nullptr;
        ASN1_GENERALIZEDTIME *from = nullptr;
        ASN1_GENERALIZEDTIME *to = nullptr;
        OcspVerdict verdict;
        switch (OCSP_single_get0_status(single, nullptr, &revoked, &from, &to)) {
        case V_OCSP_CERTSTATUS_GOOD:
            verdict.status = OcspVerdict::Status::Good;
            break;
        case V_OCSP_CERTSTATUS_REVOKED:
            verdict.status = OcspVerdict::Status::Revoked;
            verdict.revokedAt = timeOf(revoked);
            break;
        default:
            break;
        }
        verdict.thisUpdate = timeOf(from);
        verdict.nextUpdate = timeOf(to);
        return verdict;
    }
    return std::nullopt;
}

} // namespace

std::optional<OcspVerdict> readOcspResponse(const QByteArray &der, const Certificate &leaf,
                                            const std::vector<Certificate> &issuers,
                                            const TrustAnchors &anchors)
{
    std::optional<OcspVerdict> verdict;
    const Certificate *issuer = issuerOf(leaf, issuers);
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &bytes, static_cast<long>(der.size())));
    const std::unique_ptr<STACK_OF(X509), FreeStack> others(sk_X509_new_null());
    bool ready = issuer != nullptr && response && others && anchors.handle()
        && OCSP_response_status(response.get()) == OCSP_RESPONSE_STATUS_SUCCESSFUL;
    for (const Certificate &one : issuers)
        ready = ready && sk_X509_push(others.get(), one.handle()) > 0;
    if (ready) {
        const BasicPtr basic(OCSP_response_get1_basic(response.get()));
        if (basic && OCSP_basic_verify(basic.get(), others.get(), anchors.handle(), 0) == 1)
            verdict = verdictOf(basic.get(), leaf, *issuer);
    }
    (void)opensslReason(); // nothing of this may look like a fault of what follows
    return verdict;
}

} // namespace sealbook
