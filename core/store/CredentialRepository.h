// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/CredentialRecord.h"

#include <vector>

namespace sealbook {

class Database;

// DNS credentials, without their secrets. Used on the store's thread, inside its transaction.
class CredentialRepository
{
public:
    explicit CredentialRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<std::vector<CredentialRecord>> all(); // by name
    [[nodiscard]] Result<CredentialRecord> byName(const QString &name);
    [[nodiscard]] Result<> save(const CredentialRecord &credential);
    [[nodiscard]] Result<> remove(CredentialId id);

private:
    Database &m_database;
};

} // namespace sealbook
