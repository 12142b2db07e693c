// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/AuditEntry.h"

#include <optional>

namespace sealbook {

// The hash chain of the audit log (R34).
//
//     hash(n) = SHA-256( hash(n-1) || canonical(n) )      hash(0) = 32 zero bytes
//
// canonical(n) is one line of JSON in UTF-8 without blanks, its members sorted by name at every
// depth: {"action","actor","at","details","result","sequence","subject"}. `at` is RFC 3339 in UTC
// with three digits of milliseconds ("2026-11-25T14:06:00.000Z"), `sequence` a number, `details` an
// object, the rest are strings. A verifier in any language needs no more than that.
//
// The chain alone shows an edit, a removal and a change of order. That its end was cut off, or that
// the whole file is an older one, shows only against an anchor kept elsewhere. A forger who can
// also write the anchor is not detected.
[[nodiscard]] QByteArray auditGenesis();
[[nodiscard]] QByteArray canonicalForm(const AuditEntry &entry);
[[nodiscard]] QByteArray auditHash(const AuditEntry &entry); // over previousHash and the fields

// Takes the entries in order and says what does not hold. A value of one walk.
class AuditWalk
{
public:
    explicit AuditWalk(std::optional<AuditEntry> anchor);

    // False once something was wrong: the rest proves nothing.
    bool take(const AuditEntry &entry);
    [[nodiscard]] AuditVerdict finish();

private:
    bool refuse(qint64 sequence, const QString &reason);

    std::optional<AuditEntry> m_anchor;
    QByteArray m_previous;
    AuditVerdict m_verdict;
};

} // namespace sealbook
