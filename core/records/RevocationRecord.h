// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"

#include <QDateTime>

namespace sealbook {

// What was found out last about whether a certificate was revoked, and when. A value; one for each
// certificate that was ever asked about.
struct RevocationRecord
{
    enum class State {
        Good, // its CA says that it is not revoked
        Revoked,
        Unknown, // the responder does not know the certificate
        NotOffered, // it names nobody whom one could ask
        Unanswered // nobody has ever given an answer that counts; see error
    };
    QString sha256; // 64 lower-case hex digits
    State state = State::Unanswered;
    QString source; // "ocsp" or "crl"; empty where nobody answered
    QString address; // whom it is from
    QString detail; // plain English: why it is not offered, or was not asked for
    QDateTime checkedAt; // UTC; of the state
    QDateTime thisUpdate; // UTC; what the answer says of itself
    QDateTime nextUpdate; // UTC; invalid where it does not say
    QDateTime revokedAt; // UTC; only when Revoked
    QString reason; // RFC 5280's name, "keyCompromise"; often empty
    // Of an attempt after that which got no answer: the state stays what it was.
    QDateTime failedAt; // UTC
    std::optional<Error> error;
    bool operator==(const RevocationRecord &) const = default;
};

[[nodiscard]] QString revocationStateName(RevocationRecord::State state); // "not_offered"
[[nodiscard]] std::optional<RevocationRecord::State> revocationStateFromName(QStringView name);

// Whether somebody who may say so has said something.
[[nodiscard]] bool isAnswer(RevocationRecord::State state);

// What stays of both: an attempt that failed takes away no answer that there was.
[[nodiscard]] RevocationRecord laterOf(const RevocationRecord &before,
                                       const RevocationRecord &after);

} // namespace sealbook
