// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <chrono>

namespace sealbook {

class Database;

// Who may change the TXT set at a name now: one row for each name that somebody holds. Used on the
// store's thread, inside its transaction.
class TurnRepository
{
public:
    explicit TurnRepository(Database &database)
        : m_database(database)
    {
    }

    // See Store::takeTurn.
    [[nodiscard]] Result<> take(const QString &name, const QString &holder,
                                std::chrono::seconds duration);
    [[nodiscard]] Result<> renew(const QString &name, const QString &holder,
                                 std::chrono::seconds duration);
    [[nodiscard]] Result<> giveBack(const QString &name, const QString &holder);

private:
    Database &m_database;
};

} // namespace sealbook
