// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

#include <optional>
#include <vector>

namespace sealbook {

// What a report can say of each certificate. Their names are those of the table's columns, head the
// CSV and are what `report inventory --columns` takes.
enum class ReportColumn {
    Names,
    Urgency,
    Days, // left, whole ones
    Expires,
    ValidFrom,
    Lifetime,
    Issuer,
    Key,
    Signature,
    Serial,
    Sha256,
    Places,
    Tags,
    Owner,
    Note,
    Credential,
    Zone,
    NameCount,
    FailedRenewals,
    Added
};

[[nodiscard]] QString reportColumnName(ReportColumn column); // "expires"
[[nodiscard]] QString reportColumnTitle(ReportColumn column); // "Expires"
[[nodiscard]] std::optional<ReportColumn> reportColumnFromName(const QString &name);
[[nodiscard]] QStringList reportColumnNames();

// Of one certificate, for programs: times as RFC 3339, lists joined by a blank.
[[nodiscard]] QString reportText(const Inventory &inventory, std::size_t index,
                                 ReportColumn column);

} // namespace sealbook
