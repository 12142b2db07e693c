// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/CertificateRecord.h"

#include <vector>

namespace sealbook {

class Database;

// Certificates, each stored once by its SHA-256. Used on the store's thread, inside its
// transaction.
class CertificateRepository
{
public:
    explicit CertificateRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<std::vector<CertificateRecord>> all(); // oldest first
    [[nodiscard]] Result<CertificateRecord> bySha256(const QString &sha256OrPrefix);
    // Inserts, or merges into what is known: see Store::saveCertificate. True when it is new.
    [[nodiscard]] Result<bool> save(const CertificateRecord &certificate);
    [[nodiscard]] Result<> remove(const QString &sha256);

private:
    [[nodiscard]] Result<> insert(const CertificateRecord &certificate);
    [[nodiscard]] Result<> update(const CertificateRecord &certificate);

    Database &m_database;
};

} // namespace sealbook
