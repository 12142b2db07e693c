// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/JobRecord.h"

#include <vector>

namespace sealbook {

class Database;

// The TXT records that may stand in a real zone (security.md 5.1). Used on the store's thread,
// inside its transaction.
class IntentRepository
{
public:
    explicit IntentRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<> save(const std::vector<TxtIntent> &intents);
    [[nodiscard]] Result<std::vector<TxtIntent>> open(); // not yet removed, of all jobs
    [[nodiscard]] Result<std::vector<TxtIntent>> ofJob(JobId id);

private:
    Database &m_database;
};

} // namespace sealbook
