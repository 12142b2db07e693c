// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QStringList>

namespace sealbook {

class Database;

// What this profile put into the OS keychain: names, never values; and, sealed, what was too large
// for an item there. Used on the store's thread, inside its transaction.
class KeychainItemRepository
{
public:
    explicit KeychainItemRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<QStringList> names(); // oldest first
    [[nodiscard]] Result<> save(const QString &name, const QByteArray &sealed);
    [[nodiscard]] Result<QByteArray> sealed(const QString &name);
    [[nodiscard]] Result<> forget(const QString &name);

private:
    Database &m_database;
};

} // namespace sealbook
