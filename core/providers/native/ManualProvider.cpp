// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/native/ManualProvider.h"

namespace sealbook {

ProviderTraits ManualProvider::traits() const
{
    ProviderTraits traits;
    traits.manual = true;
    traits.canDelete = false;
    return traits;
}

Task<PublishedTxt> ManualProvider::add(TxtRecord record, std::stop_token)
{
    PublishedTxt published;
    published.notes.append(
        QStringLiteral("In the zone %1, add the TXT record %2 with the value %3 (TTL %4). Leave "
                       "other TXT values at that name as they are.")
            .arg(record.zone.text(), record.name.text(), record.value)
            .arg(record.ttl));
    co_return published;
}

Task<> ManualProvider::remove(TxtRecord, QJsonObject, std::stop_token)
{
    co_return {};
}

Task<std::optional<PublishedTxt>> ManualProvider::find(TxtRecord, std::stop_token)
{
    std::optional<PublishedTxt> unknown;
    co_return unknown;
}

Task<std::vector<DnsName>> ManualProvider::zones(std::stop_token)
{
    std::vector<DnsName> unknown;
    co_return unknown;
}

} // namespace sealbook
