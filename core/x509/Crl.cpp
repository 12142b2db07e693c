// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Crl.h"

#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"

#include <QTimeZone>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>

namespace sealbook {

namespace {

using PointPtr = std::unique_ptr<ISSUING_DIST_POINT, OpensslFree<ISSUING_DIST_POINT_free>>;

tl::unexpected<Error> notRead(const QString &detail)
{
    return fail(Error::Kind::BadRequest, detail,
                QStringLiteral("Such lists are not read here: ask the CA for another way."));
}

std::shared_ptr<X509_CRL> parsed(const QByteArray &bytes)
{
    const auto *at = reinterpret_cast<const unsigned char *>(bytes.constData());
    const auto *end = at + bytes.size();
    X509_CRL *crl = d2i_X509_CRL(nullptr, &at, static_cast<long>(bytes.size()));
    if (crl != nullptr && at != end) { // bytes behind it: not what was signed
        X509_CRL_free(crl);
        crl = nullptr;
    }
    if (crl == nullptr && bytes.contains("-----BEGIN X509 CRL-----")) {
        const BioPtr in(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
        crl = in ? PEM_read_bio_X509_CRL(in.get(), nullptr, nullptr, nullptr) : nullptr;
    }
    return {crl, X509_CRL_free};
}

QDateTime timeOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
            QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), QTimeZone::utc()};
}

bool hasBrokenDigest(const X509_CRL *crl)
{
    int digest = NID_undef;
    (void)OBJ_find_sigid_algs(X509_CRL_get_signature_nid(crl), &digest, nullptr);
    return digest == NID_md5 || digest == NID_md4 || digest == NID_md2;
}

Result<> checkSignature(X509_CRL *crl, const Certificate &issuer)
{
    if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer.handle())) != 0)
        return notRead(QStringLiteral("the revocation list is \"%1\"'s, and not the issuer's own")
                           .arg(rfc4514(X509_CRL_get_issuer(crl))));
    // RFC 5280 section 6.3.3 (f): where there is a key usage, it must allow this.
    if ((X509_get_extension_flags(issuer.handle()) & EXFLAG_KUSAGE) != 0
        && (X509_get_key_usage(issuer.handle()) & KU_CRL_SIGN) == 0)
        return fail(
            Error::Kind::Corrupt,
            QStringLiteral("\"%1\" may not sign revocation lists").arg(issuer.commonName()));
    if (hasBrokenDigest(crl) || X509_CRL_verify(crl, X509_get0_pubkey(issuer.handle())) != 1) {
        (void)opensslReason();
        return fail(
            Error::Kind::Corrupt,
            QStringLiteral("the revocation list is not signed by \"%1\"").arg(issuer.commonName()),
            QStringLiteral("Somebody changed it on the way, or the address leads to the "
                           "list of another CA."));
    }
    return {};
}

Result<> checkExtensions(X509_CRL *crl)
{
    for (int i = 0; i < X509_CRL_get_ext_count(crl); ++i) {
        X509_EXTENSION *extension = X509_CRL_get_ext(crl, i);
        const ASN1_OBJECT *object = X509_EXTENSION_get_object(extension);
        const int nid = OBJ_obj2nid(object);
        if (nid == NID_delta_crl)
            return notRead(QStringLiteral("the revocation list only says what changed since "
                                          "another one (a delta CRL)"));
        const bool isKnown = nid == NID_issuing_distribution_point || nid == NID_crl_number
            || nid == NID_authority_key_identifier;
        if (!isKnown && X509_EXTENSION_get_critical(extension) == 1)
            return notRead(QStringLiteral("the revocation list has a critical extension that is "
                                          "not known here: %1")
                               .arg(oidText(object)));
    }
    // RFC 5280 section 5.3: a critical extension of any entry counts against the whole list.
    STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED(crl);
    for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
        const X509_REVOKED *entry = sk_X509_REVOKED_value(entries, i);
        const int at = X509_REVOKED_get_ext_by_critical(entry, 1, -1);
        if (at < 0)
            continue;
        const ASN1_OBJECT *object = X509_EXTENSION_get_object(X509_REVOKED_get_ext(entry, at));
        if (OBJ_obj2nid(object) == NID_certificate_issuer)
            return notRead(QStringLiteral("the revocation list is an indirect one: it speaks of "
                                          "the certificates of several CAs"));
        return notRead(QStringLiteral("an entry of the revocation list has a critical extension "
                                      "that is not known here: %1")
                           .arg(oidText(object)));
    }
    return {};
}

Result<QStringList> pointsOf(const ISSUING_DIST_POINT &point)
{
    QStringList points;
    if (point.distpoint == nullptr)
        return points;
    if (point.distpoint->type != 0)
        return notRead(QStringLiteral("the revocation list says by a relative name what it is "
                                      "for"));
    const GENERAL_NAMES *names = point.distpoint->name.fullname;
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
        if (name->type == GEN_URI)
            points.append(textOf(name->d.uniformResourceIdentifier));
    }
    if (points.isEmpty())
        return notRead(QStringLiteral("the revocation list does not say by an address what it is "
                                      "for"));
    return points;
}

int reasonOf(const X509_REVOKED *entry)
{
    const std::unique_ptr<ASN1_ENUMERATED, OpensslFree<ASN1_ENUMERATED_free>> reason(
        static_cast<ASN1_ENUMERATED *>(
            X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nullptr, nullptr)));
    return reason ? static_cast<int>(ASN1_ENUMERATED_get(reason.get())) : 0;
}

} // namespace

Result<Crl> Crl::read(const QByteArray &bytes, const Certificate &issuer, const QDateTime &now)
{
    Crl crl;
    crl.m_crl = parsed(bytes);
    crl.m_byteCount = bytes.size();
    (void)opensslReason();
    if (!crl.m_crl)
        return fail(Error::Kind::Corrupt, QStringLiteral("what came is no revocation list"));
    if (const Result<> done = checkSignature(crl.m_crl.get(), issuer); !done)
        return fail(done.error());
    if (const Result<> done = checkExtensions(crl.m_crl.get()); !done)
        return fail(done.error());

    int critical = 0;
    const PointPtr point(static_cast<ISSUING_DIST_POINT *>(
        X509_CRL_get_ext_d2i(crl.m_crl.get(), NID_issuing_distribution_point, &critical, nullptr)));
    (void)opensslReason();
    if (!point && critical != -1) // -1: there is none
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the revocation list does not say readably what it is for"));
    if (point) {
        if (point->indirectCRL > 0)
            return notRead(QStringLiteral("the revocation list is an indirect one: it speaks of "
                                          "the certificates of several CAs"));
        if (point->onlyattr > 0 || point->onlysomereasons != nullptr)
            return notRead(QStringLiteral("the revocation list leaves out some reasons or is about "
                                          "attribute certificates"));
        Result<QStringList> points = pointsOf(*point);
        if (!points)
            return fail(points.error());
        crl.m_points = std::move(*points);
        crl.m_onlyUsers = point->onlyuser > 0;
        crl.m_onlyCas = point->onlyCA > 0;
    }

    crl.m_thisUpdate = timeOf(X509_CRL_get0_lastUpdate(crl.m_crl.get()));
    crl.m_nextUpdate = timeOf(X509_CRL_get0_nextUpdate(crl.m_crl.get()));
    if (!crl.m_thisUpdate.isValid() || !crl.m_nextUpdate.isValid())
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("the revocation list does not say until when it holds"));
    if (crl.m_thisUpdate > now.addSecs(revocationClockSkewSeconds))
        return fail(Error::Kind::Conflict,
                    QStringLiteral("the revocation list is of %1, which is still to come")
                        .arg(crl.m_thisUpdate.toString(Qt::ISODate)),
                    QStringLiteral("Check this machine's clock."));
    if (crl.m_nextUpdate < now)
        return fail(Error::Kind::Conflict,
                    QStringLiteral("the revocation list ended on %1, and the CA has put up no "
                                   "newer one")
                        .arg(crl.m_nextUpdate.toString(Qt::ISODate)),
                    QStringLiteral("Tell the CA. Strict clients refuse its certificates "
                                   "meanwhile."));
    return crl;
}

int Crl::revokedCount() const
{
    return std::max(0, sk_X509_REVOKED_num(X509_CRL_get_REVOKED(m_crl.get())));
}

Result<RevocationAnswer> Crl::answerFor(const Certificate &leaf) const
{
    if ((m_onlyUsers && leaf.isCa()) || (m_onlyCas && !leaf.isCa()))
        return notRead(leaf.isCa()
                           ? QStringLiteral("the revocation list leaves out CA certificates")
                           : QStringLiteral("the revocation list is about CA certificates only"));
    if (!m_points.isEmpty()) {
        const QStringList own = revocationSourcesOf(leaf).crls;
        const bool isForIt = std::any_of(own.begin(), own.end(), [this](const QString &address) {
            return m_points.contains(address);
        });
        if (!isForIt)
            return notRead(QStringLiteral("the revocation list is about another part of the CA's "
                                          "certificates (%1)")
                               .arg(m_points.first()));
    }
    RevocationAnswer answer;
    answer.status = RevocationAnswer::Status::Good;
    answer.thisUpdate = m_thisUpdate;
    answer.nextUpdate = m_nextUpdate;
    X509_REVOKED *entry = nullptr;
    const int found = X509_CRL_get0_by_cert(m_crl.get(), &entry, leaf.handle());
    // 2: it is there to say that it no longer is (removeFromCRL).
    if (found == 1 && entry != nullptr) {
        answer.status = RevocationAnswer::Status::Revoked;
        answer.revokedAt = timeOf(X509_REVOKED_get0_revocationDate(entry));
        answer.reason = revocationReasonName(reasonOf(entry));
    }
    (void)opensslReason();
    return answer;
}

} // namespace sealbook
