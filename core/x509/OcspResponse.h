// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/Certificate.h"
#include "core/x509/RevocationFacts.h"

#include <optional>

namespace sealbook {

// What an OCSP answer (RFC 6960) says about one certificate. A value.
struct OcspVerdict
{
    enum class Status { Good, Revoked, Unknown };
    Status status = Status::Unknown;
    QDateTime revokedAt; // UTC; only when Revoked
    QString reason; // see revocationReasonName
    QDateTime thisUpdate; // UTC
    QDateTime nextUpdate; // UTC; invalid where the answer does not say
    bool operator==(const OcspVerdict &) const = default;
};

// Reads a response in DER. Nothing where it cannot be read, does not speak of `leaf`, or is not
// signed by whom `leaf` was issued by or by whom that one delegated, up to one of `anchors` (RFC
// 6960 section 4.2.2.2): such an answer proves nothing. Old answers are read too; see nextUpdate.
[[nodiscard]] std::optional<OcspVerdict> readOcspResponse(const QByteArray &der,
                                                          const Certificate &leaf,
                                                          const std::vector<Certificate> &issuers,
                                                          const TrustAnchors &anchors);

// A question about `leaf` in DER, with a nonce of 32 bytes, so that no old answer can be played
// back (RFC 9654). The certificate is named by SHA-1 digests: RFC 5019 section 2.1.1 asks for it,
// and many responders know nothing else. Nothing is proved by that digest.
[[nodiscard]] Result<QByteArray> makeOcspQuestion(const Certificate &leaf,
                                                  const Certificate &issuer);

// The answer to it, which holds at `now` and is signed by `issuer`, or by whom `issuer` itself gave
// a certificate for that (RFC 6960 section 4.2.2.2). Whoever signs otherwise: Corrupt. An answer
// that is too old or is of the future, or that carries another nonce: Conflict. A responder that
// refuses: RateLimited where it asks for patience, else NotFound.
[[nodiscard]] Result<RevocationAnswer>
readOcspAnswer(const QByteArray &der, const QByteArray &question, const Certificate &leaf,
               const Certificate &issuer, const QDateTime &now);

} // namespace sealbook
