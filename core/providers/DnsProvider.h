// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DnsName.h"
#include "core/base/Task.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace sealbook {

// One value of one TXT record set. `name` lies at or below `zone`.
struct TxtRecord
{
    DnsName zone;
    DnsName name;
    QString value;
    int ttl = 60; // wanted; a provider with a higher minimum uses that and says so
    bool operator==(const TxtRecord &) const = default;
};

// What a provider needs to find the record again. Opaque to everyone else; stored before waiting.
struct PublishedTxt
{
    QJsonObject handle;
    QStringList notes; // plain English, e.g. "TTL raised to 3600, the least of this zone"
};

// What a person has to know before trusting a provider with a zone; fields of its definition.
struct ProviderTraits
{
    int valuesPerName = 0; // 0 = any number
    bool canDelete = true;
    bool wholeZone = false; // can only write a whole zone
    bool manual = false; // a person does it
    int minTtl = 0;
};

// One configured way to edit TXT records at one provider (R32: nothing else is ever written).
// MUST add without touching other values at the same name; MUST remove only the given value;
// removal of what is not there is success (C16, B76). Errors: ProviderRefused, Unauthorized,
// RateLimited, Network, Timeout, NotFound (no such zone for this credential; evidence["zones"]
// lists those it sees). Owned by who made it (ProviderCatalog::make); lives on the main thread.
class DnsProvider
{
public:
    virtual ~DnsProvider() = default;
    [[nodiscard]] virtual ProviderTraits traits() const = 0;
    [[nodiscard]] virtual Task<PublishedTxt> add(TxtRecord record, std::stop_token stop) = 0;
    [[nodiscard]] virtual Task<> remove(TxtRecord record, QJsonObject handle,
                                        std::stop_token stop) = 0;
    // Looks whether the value is there already (C6): its handle, or nullopt. A provider that cannot
    // look answers nullopt; add() must then be safe to repeat.
    [[nodiscard]] virtual Task<std::optional<PublishedTxt>> find(TxtRecord record,
                                                                 std::stop_token stop) = 0;
    // The zones that this credential can see; empty where the provider cannot tell.
    [[nodiscard]] virtual Task<std::vector<DnsName>> zones(std::stop_token stop) = 0;
};

} // namespace sealbook
