// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/DnsProvider.h"

namespace sealbook {

// A person edits the zone: add() and remove() only say what has to be done. Made by
// ProviderCatalog; main thread.
class ManualProvider final : public DnsProvider
{
public:
    [[nodiscard]] ProviderTraits traits() const override;
    [[nodiscard]] Task<PublishedTxt> add(TxtRecord record, std::stop_token stop) override;
    [[nodiscard]] Task<> remove(TxtRecord record, QJsonObject handle,
                                std::stop_token stop) override;
    [[nodiscard]] Task<std::optional<PublishedTxt>> find(TxtRecord record,
                                                         std::stop_token stop) override;
    [[nodiscard]] Task<std::vector<DnsName>> zones(std::stop_token stop) override;
};

} // namespace sealbook
