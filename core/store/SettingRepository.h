// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QJsonValue>

namespace sealbook {

class Database;

// Small facts by key, as JSON values. Used on the store's thread, inside its transaction.
class SettingRepository
{
public:
    explicit SettingRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<QJsonValue> value(const QString &key); // Undefined where there is none
    [[nodiscard]] Result<> save(const QString &key, const QJsonValue &value);
    // Saves only where there is none (or a null) yet; true where that was so.
    [[nodiscard]] Result<bool> claim(const QString &key, const QJsonValue &value);

private:
    Database &m_database;
};

} // namespace sealbook
