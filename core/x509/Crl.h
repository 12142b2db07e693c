// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/RevocationFacts.h"

#include <memory>

namespace sealbook {

// A certificate revocation list (RFC 5280 section 5) that its issuer signed, that is whole and that
// holds now. A shared, read-only value; reading and asking work on any thread.
class Crl
{
public:
    // DER, or PEM. Corrupt: no CRL, or not signed by `issuer`. BadRequest: a kind that is not read:
    // indirect, delta, for some reasons only, or with a critical extension that is not known here
    // (RFC 5280 section 5.2 forbids to use such a list). Conflict: it does not hold at `now`.
    [[nodiscard]] static Result<Crl> read(const QByteArray &bytes, const Certificate &issuer,
                                          const QDateTime &now);

    // What it says about `leaf`, which `issuer` of read() MUST have issued. BadRequest where it is
    // not about such certificates: the list of another part of the CA's certificates would call
    // everything good (RFC 5280 section 6.3.3 (b) (2)).
    [[nodiscard]] Result<RevocationAnswer> answerFor(const Certificate &leaf) const;

    [[nodiscard]] QDateTime thisUpdate() const { return m_thisUpdate; }
    [[nodiscard]] QDateTime nextUpdate() const { return m_nextUpdate; }
    [[nodiscard]] int revokedCount() const;
    [[nodiscard]] qint64 byteCount() const { return m_byteCount; } // as it came

private:
    std::shared_ptr<X509_CRL> m_crl; // shared: costly to copy, and never changed
    QDateTime m_thisUpdate;
    QDateTime m_nextUpdate;
    qint64 m_byteCount = 0;
    QStringList m_points; // that it is for; empty: all that its issuer issued
    bool m_onlyUsers = false;
    bool m_onlyCas = false;
};

} // namespace sealbook
