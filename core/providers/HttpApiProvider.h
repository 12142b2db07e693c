// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/ProviderZones.h"
#include "core/providers/TxtSetWriter.h"

namespace sealbook {

// Edits TXT records as a ProviderDefinition says: adds a record or has a value merged into a set,
// removes by what the handle or the list tells. Values are compared as values, however the provider
// quotes them. Made by ProviderCatalog; MUST outlive its tasks; main thread.
class HttpApiProvider final : public DnsProvider
{
public:
    HttpApiProvider(const ProviderDefinition &definition, std::unique_ptr<ApiClient> client,
                    std::map<DnsName, Gate> &nameGates, NameTurns *turns);

    [[nodiscard]] ProviderTraits traits() const override;
    [[nodiscard]] Task<PublishedTxt> add(TxtRecord record, std::stop_token stop) override;
    [[nodiscard]] Task<> remove(TxtRecord record, QJsonObject handle,
                                std::stop_token stop) override;
    [[nodiscard]] Task<std::optional<PublishedTxt>> find(TxtRecord record,
                                                         std::stop_token stop) override;
    [[nodiscard]] Task<std::vector<DnsName>> zones(std::stop_token stop) override;

private:
    using Item = TemplateVariables::Item;

    // Everything a template may ask for about this record.
    [[nodiscard]] Task<TemplateVariables> variablesFor(TxtRecord record, std::stop_token stop);
    [[nodiscard]] Task<> removeRecords(TxtRecord record, TemplateVariables variables,
                                       std::stop_token stop);
    [[nodiscard]] Result<> allowed(const TxtRecord &record) const;
    [[nodiscard]] QJsonObject handleFrom(const TemplateVariables &variables,
                                         const Item &captured) const;

    const ProviderDefinition &m_definition;
    DefinitionRunner m_runner;
    ProviderZones m_zones;
    TxtSetWriter m_sets;
};

} // namespace sealbook
