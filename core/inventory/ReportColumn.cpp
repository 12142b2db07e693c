// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ReportColumn.h"

#include "core/inventory/RowJson.h"

#include <array>

namespace sealbook {

namespace {

struct ColumnInfo
{
    ReportColumn column;
    const char *name;
    const char *title;
};
constexpr std::array columns{ColumnInfo{ReportColumn::Names, "names", "Names"},
                             ColumnInfo{ReportColumn::Urgency, "urgency", "Urgency"},
                             ColumnInfo{ReportColumn::Days, "days", "Days left"},
                             ColumnInfo{ReportColumn::Expires, "expires", "Expires"},
                             ColumnInfo{ReportColumn::ValidFrom, "from", "Valid from"},
                             ColumnInfo{ReportColumn::Lifetime, "lifetime", "Lifetime"},
                             ColumnInfo{ReportColumn::Issuer, "issuer", "Issuer"},
                             ColumnInfo{ReportColumn::Key, "key", "Key"},
                             ColumnInfo{ReportColumn::Signature, "signature", "Signature"},
                             ColumnInfo{ReportColumn::Serial, "serial", "Serial"},
                             ColumnInfo{ReportColumn::Sha256, "sha256", "SHA-256"},
                             ColumnInfo{ReportColumn::Places, "places", "Places"},
                             ColumnInfo{ReportColumn::Tags, "tags", "Tags"},
                             ColumnInfo{ReportColumn::Owner, "owner", "Owner"},
                             ColumnInfo{ReportColumn::Note, "note", "Note"},
                             ColumnInfo{ReportColumn::Credential, "credential", "Credential"},
                             ColumnInfo{ReportColumn::Zone, "zone", "Zone"},
                             ColumnInfo{ReportColumn::NameCount, "count", "Name count"},
                             ColumnInfo{ReportColumn::FailedRenewals, "failed", "Failed renewals"},
                             ColumnInfo{ReportColumn::Added, "added", "Added"}};

constexpr qint64 dayMs = 86'400'000;

// Towards the past: one hour left is no day, one hour over is one too few.
QString wholeDays(qint64 ms)
{
    const qint64 days = ms / dayMs - (ms % dayMs < 0 ? 1 : 0);
    return QString::number(days);
}

QString zonesOf(const Inventory &inventory, std::size_t index)
{
    const ManyColumn &zones = inventory.columns().zones;
    QStringList names;
    for (quint32 i = zones.start[index]; i < zones.start[index + 1]; ++i)
        names << zones.values[zones.ids[i]];
    return names.join(QLatin1Char(' '));
}

} // namespace

QString reportColumnName(ReportColumn column)
{
    return QLatin1String(columns[static_cast<std::size_t>(column)].name);
}

QString reportColumnTitle(ReportColumn column)
{
    return QLatin1String(columns[static_cast<std::size_t>(column)].title);
}

std::optional<ReportColumn> reportColumnFromName(const QString &name)
{
    for (const ColumnInfo &info : columns) {
        if (name == QLatin1String(info.name))
            return info.column;
    }
    return std::nullopt;
}

QStringList reportColumnNames()
{
    QStringList names;
    for (const ColumnInfo &info : columns)
        names << QLatin1String(info.name);
    return names;
}

QString reportText(const Inventory &inventory, std::size_t index, ReportColumn column)
{
    const InventoryRow &row = inventory.row(index);
    // What waits for a certificate has no times of its own.
    if (!row.isCertificate()) {
        if (column == ReportColumn::Urgency)
            return rowKindName(row);
        if (column == ReportColumn::Days || column == ReportColumn::Expires
            || column == ReportColumn::ValidFrom || column == ReportColumn::Lifetime)
            return {};
    }
    switch (column) {
    case ReportColumn::Names:
        return row.names.isEmpty() ? row.subject() : row.nameList().join(QLatin1Char(' '));
    case ReportColumn::Urgency:
        return urgencyName(inventory.urgency(index));
    case ReportColumn::Days:
        return wholeDays(row.notAfter - inventory.now());
    case ReportColumn::Expires:
        return momentText(row.notAfter);
    case ReportColumn::ValidFrom:
        return momentText(row.notBefore);
    case ReportColumn::Lifetime:
        return wholeDays(row.notAfter - row.notBefore);
    case ReportColumn::Issuer:
        return row.issuer;
    case ReportColumn::Key:
        return row.keyAlgorithm;
    case ReportColumn::Signature:
        return row.signatureAlgorithm;
    case ReportColumn::Serial:
        return QString::fromLatin1(row.serial);
    case ReportColumn::Sha256:
        return row.sha256.hex();
    case ReportColumn::Places:
        return row.placeList().join(QLatin1Char(' '));
    case ReportColumn::Tags:
        return row.tags.join(QLatin1Char(' '));
    case ReportColumn::Owner:
        return row.owner;
    case ReportColumn::Note:
        return row.note;
    case ReportColumn::Credential:
        return row.credential;
    case ReportColumn::Zone:
        return zonesOf(inventory, index);
    case ReportColumn::NameCount:
        return QString::number(row.nameCount());
    case ReportColumn::FailedRenewals:
        return QString::number(row.failedRenewals);
    case ReportColumn::Added:
        return momentText(row.addedAt);
    }
    return {};
}

} // namespace sealbook
