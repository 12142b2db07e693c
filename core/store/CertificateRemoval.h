// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/store/Store.h"

namespace sealbook {

class AuditNotes;
class Database;

// Deletes certificates for good, as Store::removeCertificates says: all of them are checked before
// the first one goes. On the store's thread, inside its transaction.
[[nodiscard]] Result<RemovedCounts> removeCertificates(Database &database, AuditNotes &notes,
                                                       const QStringList &sha256, RemoveFrom from);
// PolicyDenied where it does not.
[[nodiscard]] Result<> requireInTrash(const CertificateRecord &record);
[[nodiscard]] Result<> requireInTrash(const InventoryRow &row); // of what waits for one

} // namespace sealbook
