// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/CertificateRecord.h"

namespace sealbook {

class Database;

// The sealed private keys. Used on the store's thread, inside its transaction.
class KeyRepository
{
public:
    explicit KeyRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<> save(const KeyRecord &key);
    [[nodiscard]] Result<KeyRecord> byId(KeyId id);
    [[nodiscard]] Result<KeyRecord> byPublicKey(const QString &publicKeySha256); // the newest
    [[nodiscard]] Result<> setOrigin(KeyId id, const QString &origin);
    // Keys on tokens; one that is there already is left as it is.
    [[nodiscard]] Result<> saveTokenKeys(const std::vector<TokenKeyRecord> &keys);
    [[nodiscard]] Result<> removeTokenKey(const QString &publicKeySha256);
    [[nodiscard]] Result<int> count();
    // Removes a key that no certificate, no account and no job that may go on needs; true if it
    // did.
    [[nodiscard]] Result<bool> removeUnneeded(KeyId id);

private:
    Database &m_database;
};

} // namespace sealbook
