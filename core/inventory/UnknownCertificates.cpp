// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/UnknownCertificates.h"

#include "core/base/DomainName.h"

#include <QHash>
#include <QSet>

namespace sealbook {

namespace {

QList<QByteArray> domainsOf(const InventoryRow &row)
{
    QList<QByteArray> domains;
    const QByteArray names = row.names.isEmpty() ? row.subject().toUtf8() : row.names;
    for (const QByteArray &name : names.split('\n')) {
        const QByteArray domain =
            registrableDomainOf(name.startsWith("*.") ? name.mid(2) : name).toLower();
        if (!domains.contains(domain))
            domains.append(domain);
    }
    return domains;
}

bool isOpen(const Inventory &inventory, std::size_t index)
{
    const InventoryRow &row = inventory.row(index);
    // Not by its urgency: a certificate of ours that came later answers for nothing.
    return isOnlyLogged(row) && !row.is(InventoryRow::Retired) && row.revokedAt == 0
        && row.trashedAt == 0 && row.notAfter > inventory.now() && row.owner.isEmpty()
        && row.tags.isEmpty();
}

} // namespace

bool isOnlyLogged(const InventoryRow &row)
{
    return row.placeKinds == (1U << static_cast<unsigned>(PlaceRecord::Kind::Log));
}

std::vector<quint32> unknownCertificates(const Inventory &inventory)
{
    std::vector<quint32> open;
    QHash<QByteArray, QSet<QString>> issuers; // that are used, by domain
    for (std::size_t i = 0; i < inventory.size(); ++i) {
        if (!isOpen(inventory, i))
            continue;
        open.push_back(static_cast<quint32>(i));
        for (const QByteArray &domain : domainsOf(inventory.row(i)))
            issuers.insert(domain, {});
    }
    if (open.empty())
        return open;
    for (const InventoryRow &row : inventory.rows()) {
        if (isOnlyLogged(row) || row.trashedAt != 0)
            continue;
        for (const QByteArray &domain : domainsOf(row)) {
            if (const auto found = issuers.find(domain); found != issuers.end())
                found->insert(row.issuer);
        }
    }
    std::erase_if(open, [&](quint32 index) {
        const InventoryRow &row = inventory.row(index);
        const QList<QByteArray> domains = domainsOf(row);
        return std::all_of(domains.begin(), domains.end(), [&](const QByteArray &domain) {
            return issuers.value(domain).contains(row.issuer);
        });
    });
    return open;
}

} // namespace sealbook
