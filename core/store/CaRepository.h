// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/AccountRecord.h"

#include <vector>

namespace sealbook {

class Database;

// The certificate authorities that the user added. Used on the store's thread, inside its
// transaction.
class CaRepository
{
public:
    explicit CaRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<std::vector<CaRecord>> all();
    [[nodiscard]] Result<> save(const CaRecord &ca);
    [[nodiscard]] Result<> remove(const QString &id);

private:
    Database &m_database;
};

} // namespace sealbook
