// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/CertificateRecord.h"
#include "core/records/RequestRecord.h"

#include <vector>

namespace sealbook {

class Database;

// Certificate requests. Used on the store's thread, inside its transaction.
class RequestRepository
{
public:
    explicit RequestRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<std::vector<RequestRecord>> all(); // oldest first
    // One that is there already is left as it is.
    [[nodiscard]] Result<SavedCounts> save(const std::vector<RequestRecord> &requests);
    [[nodiscard]] Result<RequestRecord> bySha256(const QString &sha256);
    [[nodiscard]] Result<> remove(const QString &sha256);

private:
    Database &m_database;
};

} // namespace sealbook
