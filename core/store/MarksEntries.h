// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/AuditEntry.h"
#include "core/records/CertificateMarks.h"

#include <vector>

namespace sealbook {

// What the audit log says of a change to the marks of certificates (R33): who looks after them,
// whether they are in use, in the trash or revoked, and tags, which policies may go by. Notes are
// nobody's business. One entry for a batch, or a few where it is very large. The two lists belong
// together item by item.
[[nodiscard]] std::vector<AuditEntry> entriesOf(const std::vector<CertificateMarks> &before,
                                                const std::vector<CertificateMarks> &after);

} // namespace sealbook
