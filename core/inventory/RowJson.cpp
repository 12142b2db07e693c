// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/RowJson.h"

#include <QJsonArray>
#include <QTimeZone>

namespace sealbook {

QString momentText(qint64 moment)
{
    return moment == 0 || moment == InventoryRow::noEnd
        ? QString()
        : QDateTime::fromMSecsSinceEpoch(moment, QTimeZone::utc()).toUTC().toString(Qt::ISODate);
}

QString rowKindName(const InventoryRow &row)
{
    return row.is(InventoryRow::IsRequest) ? QStringLiteral("request")
        : row.is(InventoryRow::IsKey)      ? QStringLiteral("key")
                                           : QStringLiteral("certificate");
}

QJsonObject rowJson(const Inventory &inventory, std::size_t index)
{
    const InventoryRow &row = inventory.row(index);
    if (!row.isCertificate())
        return {{QStringLiteral("kind"), rowKindName(row)},
                {QStringLiteral("sha256"), row.sha256.hex()},
                {QStringLiteral("public_key_sha256"), row.publicKey.hex()},
                {QStringLiteral("subject"), row.subject()},
                {QStringLiteral("names"), QJsonArray::fromStringList(row.nameList())},
                {QStringLiteral("key_algorithm"), row.keyAlgorithm},
                {QStringLiteral("has_key"), row.is(InventoryRow::HasKey)},
                {QStringLiteral("origin"), row.placeList().value(0)},
                {QStringLiteral("waiting_since"), momentText(row.addedAt)},
                {QStringLiteral("urgency"), urgencyName(inventory.urgency(index))},
                {QStringLiteral("owner"), row.owner},
                {QStringLiteral("note"), row.note},
                {QStringLiteral("tags"), QJsonArray::fromStringList(row.tags)},
                {QStringLiteral("trashed_at"), momentText(row.trashedAt)},
                {QStringLiteral("added_at"), momentText(row.addedAt)}};
    return {{QStringLiteral("kind"), rowKindName(row)},
            {QStringLiteral("sha256"), row.sha256.hex()},
            {QStringLiteral("serial"), QString::fromLatin1(row.serial)},
            {QStringLiteral("subject"), row.subject()},
            {QStringLiteral("names"), QJsonArray::fromStringList(row.nameList())},
            {QStringLiteral("issuer"), row.issuer},
            {QStringLiteral("not_before"), momentText(row.notBefore)},
            {QStringLiteral("not_after"), momentText(row.notAfter)},
            {QStringLiteral("key_algorithm"), row.keyAlgorithm},
            {QStringLiteral("signature_algorithm"), row.signatureAlgorithm},
            {QStringLiteral("has_key"), row.is(InventoryRow::HasKey)},
            {QStringLiteral("origin"), row.placeList().value(0)},
            {QStringLiteral("places"), QJsonArray::fromStringList(row.placeList())},
            {QStringLiteral("urgency"), urgencyName(inventory.urgency(index))},
            {QStringLiteral("credential"), row.credential},
            {QStringLiteral("owner"), row.owner},
            {QStringLiteral("note"), row.note},
            {QStringLiteral("tags"), QJsonArray::fromStringList(row.tags)},
            {QStringLiteral("is_ca"), row.is(InventoryRow::IsCa)},
            {QStringLiteral("superseded"), inventory.isSuperseded(index)},
            {QStringLiteral("served"), row.is(InventoryRow::Served)},
            {QStringLiteral("drift"), inventory.isDrift(index)},
            {QStringLiteral("last_seen"), momentText(row.seenAt)},
            {QStringLiteral("retired"), row.is(InventoryRow::Retired)},
            {QStringLiteral("revoked_at"), momentText(row.revokedAt)},
            {QStringLiteral("trashed_at"), momentText(row.trashedAt)},
            {QStringLiteral("added_at"), momentText(row.addedAt)}};
}

} // namespace sealbook
