// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/AuditEntry.h"

#include <optional>
#include <vector>

namespace sealbook {

class Database;

// The rows of the audit chain. Used on the store's thread, inside its transaction.
class AuditRepository
{
public:
    explicit AuditRepository(Database &database)
        : m_database(database)
    {
    }

    // Fills in sequence, previous hash and hash.
    [[nodiscard]] Result<AuditEntry> append(const AuditEntry &entry);
    [[nodiscard]] Result<std::vector<AuditEntry>> entries(qint64 from, int limit);
    [[nodiscard]] Result<std::optional<AuditEntry>> newest();
    // Walks the whole chain; with an anchor, also finds entries that were cut off its end.
    [[nodiscard]] Result<AuditVerdict> verify(const std::optional<AuditEntry> &anchor);

private:
    Database &m_database;
};

} // namespace sealbook
