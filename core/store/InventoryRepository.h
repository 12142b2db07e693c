// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/CertificateMarks.h"
#include "core/records/InventoryRow.h"

#include <vector>

namespace sealbook {

class Database;

// The inventory's side of the certificates: light rows, places, and the marks that people set. Used
// on the store's thread, inside its transaction.
class InventoryRepository
{
public:
    explicit InventoryRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<bool> hasRows();
    [[nodiscard]] Result<std::vector<InventoryRow>> rows();
    [[nodiscard]] Result<std::vector<InventoryRow>> rows(const QStringList &sha256);
    // Requests that no certificate answers, and keys that no certificate, request, account or job
    // that may go on has; oldest first.
    [[nodiscard]] Result<std::vector<InventoryRow>> waitingRows();
    [[nodiscard]] Result<std::vector<PlaceRecord>> places(const QString &sha256);
    // See Store::editCertificates.
    [[nodiscard]] Result<std::vector<CertificateMarks>> edit(const QStringList &sha256,
                                                             const CertificateEdit &edit);
    [[nodiscard]] Result<std::vector<CertificateMarks>>
    restore(const std::vector<CertificateMarks> &marks);

private:
    [[nodiscard]] Result<CertificateMarks> marksOf(const QString &sha256);
    [[nodiscard]] Result<std::optional<CertificateMarks>> marksOfWaiting(const QString &sha256);
    [[nodiscard]] Result<> save(const CertificateMarks &marks);

    Database &m_database;
};

} // namespace sealbook
