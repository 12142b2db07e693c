// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/CertificateRecord.h"

#include <vector>

namespace sealbook {

// Which certificate a person means who types a name. Anybody can write any name into a certificate,
// and importing a folder brings all sorts along, so a name alone must not lead to a stranger's:
// - Its alternative names count; its common name only where it has none (RFC 6125 section 6.4.4).
// - What is in use counts before what was retired, and that before what lies in the trash.
// - What was issued here or has its key here counts before what does not. If it is one lineage
//   (the same set of names), its newest is meant, unless that one came in from outside beside one
//   that was issued here, or from another CA.
// - Strangers' are one lineage where names and issuer are the same.
// Everything else is refused with Conflict and the list of those that it could be. `candidates` are
// those that have the name in any way; `now` sets apart what has expired, which does not count
// beside what has not.
[[nodiscard]] Result<CertificateRecord> certificateOfName(const QString &name,
                                                          std::vector<CertificateRecord> candidates,
                                                          const QDateTime &now);

} // namespace sealbook
