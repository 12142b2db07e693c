// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"
#include "core/records/CertificateRecord.h"

#include <memory>

namespace sealbook {

// What the store makes of records, without a store.
[[nodiscard]] inline InventoryRow inventoryRowOf(const CertificateRecord &record)
{
    InventoryRow row;
    row.sha256 = Fingerprint::fromHex(record.sha256).value_or(Fingerprint());
    row.publicKey = Fingerprint::fromHex(record.publicKeySha256).value_or(Fingerprint());
    row.notBefore = record.notBefore.toMSecsSinceEpoch();
    row.notAfter = record.notAfter.toMSecsSinceEpoch();
    row.addedAt = record.addedAt.isValid() ? record.addedAt.toMSecsSinceEpoch() : 0;
    row.trashedAt = record.trashedAt.isValid() ? record.trashedAt.toMSecsSinceEpoch() : 0;
    row.commonName = record.subject == record.names.value(0) ? QString() : record.subject;
    row.issuer = record.issuer;
    row.keyAlgorithm = record.keyAlgorithm;
    row.signatureAlgorithm = record.signatureAlgorithm;
    row.owner = record.owner;
    row.credential = record.credential;
    row.tags = record.tags;
    row.note = record.note;
    row.names = record.names.join(QLatin1Char('\n')).toUtf8();
    row.serial = record.serial.toLatin1();
    const PlaceRecord place = placeOfOrigin(record.sha256, record.origin);
    row.places = placeKindName(place.kind).toUtf8();
    if (!place.location.isEmpty())
        row.places += ':' + place.location.toUtf8();
    row.placeKinds = static_cast<quint16>(1U << static_cast<unsigned>(place.kind));
    row.failedRenewals = static_cast<quint16>(record.failedRenewals);
    row.flags = static_cast<quint16>((record.keyId.isValid() ? InventoryRow::HasKey : 0)
                                     | (record.retired ? InventoryRow::Retired : 0));
    return row;
}

[[nodiscard]] inline std::shared_ptr<Inventory>
inventoryOf(const std::vector<CertificateRecord> &records, const QDateTime &now)
{
    std::vector<InventoryRow> rows;
    for (const CertificateRecord &record : records)
        rows.push_back(inventoryRowOf(record));
    return std::make_shared<Inventory>(Inventory::of(std::move(rows), now.toMSecsSinceEpoch()));
}

} // namespace sealbook
