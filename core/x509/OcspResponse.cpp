// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/OcspResponse.h"

#include "core/crypto/Random.h"
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
        int reason = 0;
        switch (OCSP_single_get0_status(single, &reason, &revoked, &from, &to)) {
        case V_OCSP_CERTSTATUS_GOOD:
            verdict.status = OcspVerdict::Status::Good;
            break;
        case V_OCSP_CERTSTATUS_REVOKED:
            verdict.status = OcspVerdict::Status::Revoked;
            verdict.revokedAt = timeOf(revoked);
            verdict.reason = revocationReasonName(reason);
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

namespace {

using RequestPtr = std::unique_ptr<OCSP_REQUEST, OpensslFree<OCSP_REQUEST_free>>;
using StorePtr = std::unique_ptr<X509_STORE, OpensslFree<X509_STORE_free>>;

constexpr int nonceBytes = 32; // RFC 9654: at least; RFC 8954: at most
// An answer without an end holds for so long: "newer information is available all the time" (RFC
// 6960 section 2.4), and responders that keep none often sign once a day.
constexpr qint64 endlessAnswerSeconds = 48LL * 3600;

RequestPtr requestFrom(const QByteArray &der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    return RequestPtr(d2i_OCSP_REQUEST(nullptr, &bytes, static_cast<long>(der.size())));
}

// RFC 6960 section 4.2.1.
Error refusal(int status)
{
    Error error;
    error.kind = Error::Kind::NotFound;
    switch (status) {
    case OCSP_RESPONSE_STATUS_TRYLATER:
        error.kind = Error::Kind::RateLimited;
        error.detail = QStringLiteral("the OCSP responder says: try again later");
        break;
    case OCSP_RESPONSE_STATUS_UNAUTHORIZED:
        error.detail = QStringLiteral("the OCSP responder is not responsible for this certificate");
        break;
    case OCSP_RESPONSE_STATUS_SIGREQUIRED:
        error.detail = QStringLiteral("the OCSP responder answers signed requests only");
        break;
    default:
        error.detail =
            QStringLiteral("the OCSP responder refuses: %1")
                .arg(QString::fromLatin1(OCSP_response_status_str(static_cast<long>(status))));
        break;
    }
    return error;
}

// The issuer is the anchor here, whoever stands above it: an answer counts where the issuer itself
// signed it, or gave the signer a certificate for that.
bool isSignedFor(OCSP_BASICRESP *basic, const Certificate &issuer, const QDateTime &now)
{
    const StorePtr store(X509_STORE_new());
    const std::unique_ptr<STACK_OF(X509), FreeStack> known(sk_X509_new_null());
    if (!store || !known || sk_X509_push(known.get(), issuer.handle()) <= 0
        || X509_STORE_add_cert(store.get(), issuer.handle()) != 1)
        return false;
    X509_VERIFY_PARAM *parameters = X509_STORE_get0_param(store.get());
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(parameters, now.toSecsSinceEpoch());
    return OCSP_basic_verify(basic, known.get(), store.get(), OCSP_NOEXPLICIT) == 1;
}

Result<> checkTimes(const RevocationAnswer &answer, const QDateTime &now)
{
    if (!answer.thisUpdate.isValid() || answer.thisUpdate > now.addSecs(revocationClockSkewSeconds))
        return fail(Error::Kind::Conflict,
                    QStringLiteral("the OCSP answer is of %1, which is still to come")
                        .arg(answer.thisUpdate.toString(Qt::ISODate)),
                    QStringLiteral("Check this machine's clock."));
    const QDateTime end = answer.nextUpdate.isValid()
        ? answer.nextUpdate
        : answer.thisUpdate.addSecs(endlessAnswerSeconds);
    if (end.addSecs(revocationClockSkewSeconds) < now)
        return fail(Error::Kind::Conflict,
                    QStringLiteral("the OCSP answer is too old: it was made on %1 and held until "
                                   "%2")
                        .arg(answer.thisUpdate.toString(Qt::ISODate), end.toString(Qt::ISODate)),
                    QStringLiteral("The responder gives old answers, or somebody plays them back. "
                                   "Tell the CA."));
    return {};
}

} // namespace

Result<QByteArray> makeOcspQuestion(const Certificate &leaf, const Certificate &issuer)
{
    Result<QByteArray> nonce = randomBytes(nonceBytes);
    if (!nonce)
        return fail(nonce.error(), "making an OCSP request");
    const RequestPtr request(OCSP_REQUEST_new());
    CertIdPtr id(OCSP_cert_to_id(EVP_sha1(), leaf.handle(), issuer.handle()));
    if (!request || !id || OCSP_request_add0_id(request.get(), id.get()) == nullptr)
        return opensslFail(Error::Kind::Internal, QStringLiteral("making an OCSP request"));
    (void)id.release(); // the request's now
    auto *bytes = reinterpret_cast<unsigned char *>(nonce->data());
    const int size = OCSP_request_add1_nonce(request.get(), bytes, nonceBytes) == 1
        ? i2d_OCSP_REQUEST(request.get(), nullptr)
        : 0;
    if (size <= 0)
        return opensslFail(Error::Kind::Internal, QStringLiteral("making an OCSP request"));
    QByteArray der(size, '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_OCSP_REQUEST(request.get(), &out);
    return der;
}

Result<RevocationAnswer> readOcspAnswer(const QByteArray &der, const QByteArray &question,
                                        const Certificate &leaf, const Certificate &issuer,
                                        const QDateTime &now)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &bytes, static_cast<long>(der.size())));
    const RequestPtr request = requestFrom(question);
    (void)opensslReason();
    if (!response || !request)
        return fail(Error::Kind::Corrupt, QStringLiteral("what came is no OCSP response"));
    const int status = OCSP_response_status(response.get());
    if (status != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return fail(refusal(status));
    const BasicPtr basic(OCSP_response_get1_basic(response.get()));
    const bool isSigned = basic && isSignedFor(basic.get(), issuer, now);
    (void)opensslReason();
    if (!isSigned)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the OCSP answer is not signed by \"%1\", nor by whom that one "
                                   "allowed to")
                        .arg(issuer.commonName()),
                    QStringLiteral("Somebody changed it on the way, or the address leads to the "
                                   "responder of another CA."));
    // Many responders know no nonces and keep answers ready (RFC 5019 section 4): one without is
    // judged by its times alone.
    if (OCSP_check_nonce(request.get(), basic.get()) == 0)
        return fail(Error::Kind::Conflict,
                    QStringLiteral("the OCSP answer belongs to another request: its nonce is "
                                   "another"),
                    QStringLiteral("Somebody may play back an old answer."));
    const std::optional<OcspVerdict> verdict = verdictOf(basic.get(), leaf, issuer);
    (void)opensslReason();
    if (!verdict)
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the OCSP answer is about another certificate"));
    RevocationAnswer answer;
    answer.status = verdict->status == OcspVerdict::Status::Good ? RevocationAnswer::Status::Good
        : verdict->status == OcspVerdict::Status::Revoked        ? RevocationAnswer::Status::Revoked
                                                          : RevocationAnswer::Status::Unknown;
    answer.revokedAt = verdict->revokedAt;
    answer.reason = verdict->reason;
    answer.thisUpdate = verdict->thisUpdate;
    answer.nextUpdate = verdict->nextUpdate;
    if (const Result<> done = checkTimes(answer, now); !done)
        return fail(done.error());
    return answer;
}

} // namespace sealbook
