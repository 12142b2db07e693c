// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/RevocationRecord.h"

#include <QStringList>

#include <vector>

namespace sealbook {

class AuditNotes;
class Database;

// What was found out about revocation, one row for each certificate. Used on the store's thread,
// inside its transaction.
class RevocationRepository
{
public:
    explicit RevocationRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<std::optional<RevocationRecord>> of(const QString &sha256);
    [[nodiscard]] Result<std::vector<RevocationRecord>> all();
    // Keeps it as laterOf() says, and marks the certificate as revoked, or no longer where a hold
    // was lifted. Gives what stands there then; nothing for a certificate that is gone.
    [[nodiscard]] Result<std::optional<RevocationRecord>> keep(const RevocationRecord &record,
                                                               AuditNotes &notes);

private:
    [[nodiscard]] Result<> markCertificate(const std::optional<RevocationRecord> &before,
                                           const RevocationRecord &after, AuditNotes &notes);

    Database &m_database;
};

} // namespace sealbook
