// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/AccountRecord.h"

#include <vector>

namespace sealbook {

class Database;

// ACME accounts. Used on the store's thread, inside its transaction.
class AccountRepository
{
public:
    explicit AccountRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<std::vector<AccountRecord>> all(); // oldest first
    [[nodiscard]] Result<> save(const AccountRecord &account);

private:
    Database &m_database;
};

} // namespace sealbook
