// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/ApiClient.h"
#include "core/providers/DnsProvider.h"
#include "core/providers/NameTurns.h"

#include <map>

namespace sealbook {

// Edits TXT records as a ProviderDefinition says: looks the zone up once, adds a record or merges a
// value into a set (never two at once at the same name), removes by what the handle or the list
// tells. Values are compared as values, however the provider quotes them. Made by ProviderCatalog;
// MUST outlive its tasks; main thread.
class HttpApiProvider final : public DnsProvider
{
public:
    // `nameGates` is shared by the providers of all jobs: two of them must not replace one set of
    // values at the same time, or one loses its value. `turns` does the same between processes;
    // without it only this process's tasks take turns.
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
    struct Listing
    {
        bool exists = true;
        std::vector<std::pair<QString, Item>> items; // name of a zone, or plain value; captures
        Item set; // captures of the whole reply
    };

    [[nodiscard]] Task<Item> zoneOf(DnsName zone, std::stop_token stop);
    [[nodiscard]] Task<Item> lookUpZone(DnsName zone, std::stop_token stop);
    // Everything a template may ask for about this record.
    [[nodiscard]] Task<TemplateVariables> variablesFor(TxtRecord record, std::stop_token stop);
    [[nodiscard]] Task<Listing> list(const ListDefinition *list, const RequestTemplate *request,
                                     TemplateVariables variables, std::stop_token stop);
    [[nodiscard]] Result<> takePage(Listing &listing, const ListDefinition &list,
                                    const ApiReply &reply,
                                    const TemplateVariables &variables) const;
    // The values at the record's name.
    [[nodiscard]] Task<Listing> values(TemplateVariables variables, std::stop_token stop);
    // Runs steps in order; what they captured comes back.
    [[nodiscard]] Task<Item> run(const std::vector<StepDefinition> *steps,
                                 TemplateVariables variables, std::stop_token stop);
    [[nodiscard]] Task<ApiReply> settled(const StepDefinition *step, TemplateVariables variables,
                                         std::stop_token stop);
    enum class SetChange { Add, Remove };
    // Reads, merges, writes and reads back, while nobody else of ours is at the name.
    [[nodiscard]] Task<Item> changeSet(TxtRecord record, SetChange change,
                                       TemplateVariables variables, std::stop_token stop);
    [[nodiscard]] Task<Item> changeSetInTurn(TxtRecord record, SetChange change,
                                             TemplateVariables variables, std::stop_token stop);
    // The steps that make a set as `change` wants it, and what they ask for.
    [[nodiscard]] const std::vector<StepDefinition> *stepsFor(const TxtRecord &record,
                                                              SetChange change, const Listing &now,
                                                              TemplateVariables &variables) const;
    [[nodiscard]] Task<> removeRecords(TxtRecord record, TemplateVariables variables,
                                       std::stop_token stop);
    // A "not found" that is really about the zone (B23): says which zones there are.
    [[nodiscard]] QCoro::Task<Error> explained(Error error, DnsName zone, std::stop_token stop);
    [[nodiscard]] Result<> allowed(const TxtRecord &record) const;
    [[nodiscard]] QJsonObject handleFrom(const TemplateVariables &variables,
                                         const Item &captured) const;

    const ProviderDefinition &m_definition;
    std::unique_ptr<ApiClient> m_client;
    std::map<DnsName, Item> m_zones; // looked up already
    std::map<DnsName, Gate> m_zoneGates;
    std::map<DnsName, Gate> &m_nameGates;
    NameTurns *m_turns;
};

} // namespace sealbook
