// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/Certificate.h"

namespace sealbook {

// Where a certificate says that one may ask whether it was revoked, in its own order and as it
// writes them: anybody may have written it, so an address here is a claim, not a leave to go there.
struct RevocationSources
{
    QStringList ocsp; // RFC 5280 section 4.2.2.1
    QStringList crls; // RFC 5280 section 4.2.1.13, of lists that its own issuer signs
    QStringList issuers; // where its issuer's certificate lies
    bool hasForeignCrls = false; // lists that somebody else signs
    bool isNeverRevoked = false; // its CA says that it will not tell (RFC 9608)
    bool operator==(const RevocationSources &) const = default;
};
[[nodiscard]] RevocationSources revocationSourcesOf(const Certificate &certificate);

// The reason of RFC 5280 section 5.3.1 by its name there, "keyCompromise"; "" where none is given.
[[nodiscard]] QString revocationReasonName(int code);

// The answer of an issuer about one certificate, out of a CRL or an OCSP response. A value.
struct RevocationAnswer
{
    enum class Status { Good, Revoked, Unknown };
    Status status = Status::Unknown;
    QDateTime revokedAt; // UTC; only when Revoked
    QString reason; // see revocationReasonName
    QDateTime thisUpdate; // UTC
    QDateTime nextUpdate; // UTC; invalid where an OCSP response does not say
    bool operator==(const RevocationAnswer &) const = default;
};

// How far clocks may be apart before an answer counts as one from the future.
inline constexpr int revocationClockSkewSeconds = 300;

} // namespace sealbook
