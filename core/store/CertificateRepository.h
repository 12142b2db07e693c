// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/CertificateRecord.h"
#include "core/records/PlaceRecord.h"

#include <QSet>

#include <vector>

namespace sealbook {

class Database;

// Certificates, each stored once by its SHA-256, with the places where they were seen. Used on the
// store's thread, inside its transaction.
class CertificateRepository
{
public:
    explicit CertificateRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<std::vector<CertificateRecord>> all(); // oldest first
    [[nodiscard]] Result<CertificateRecord> bySha256(const QString &sha256OrPrefix);
    [[nodiscard]] Result<std::vector<CertificateRecord>> named(const QString &name); // see Store
    // In DER, those that end last first; of these a few.
    [[nodiscard]] Result<std::vector<QByteArray>> authoritiesNamed(const QString &subjectDn);
    // Inserts, or merges into what is known: see Store::saveCertificate. True when it is new.
    [[nodiscard]] Result<bool> save(const CertificateRecord &certificate);
    [[nodiscard]] Result<SavedCounts> saveMany(const std::vector<CertificateRecord> &certificates,
                                               const std::vector<PlaceRecord> &places);
    [[nodiscard]] Result<> remove(const QString &sha256);
    // Reads from each certificate again what stands in itself: after a migration that added columns
    // for it.
    [[nodiscard]] Result<> completeFacts();

private:
    [[nodiscard]] Result<bool> insert(const CertificateRecord &certificate); // false: is known
    [[nodiscard]] Result<> update(const CertificateRecord &certificate);
    [[nodiscard]] Result<QString> keepChain(const QByteArray &pem); // its id; null for none
    [[nodiscard]] Result<> savePlace(const PlaceRecord &place);

    Database &m_database;
    QSet<QString> m_chains; // that are known to be there
};

} // namespace sealbook
