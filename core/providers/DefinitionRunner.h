// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/ApiClient.h"

#include <utility>

namespace sealbook {

// Runs what a ProviderDefinition describes: reads a list to its last page, carries steps out in
// order and keeps what their replies tell. It knows nothing of zones or values. Owned by
// HttpApiProvider; MUST outlive its tasks; main thread.
class DefinitionRunner
{
public:
    using Item = TemplateVariables::Item;
    struct Listing
    {
        bool exists = true;
        std::vector<std::pair<QString, Item>> items; // name of a zone, or plain value; captures
        Item set; // captures of the whole reply
    };

    DefinitionRunner(const ProviderDefinition &definition, std::unique_ptr<ApiClient> client)
        : m_definition(definition)
        , m_client(std::move(client))
    {
    }

    // What every template may ask for: the fields of the credential.
    [[nodiscard]] TemplateVariables variables() const { return m_client->variables(); }
    [[nodiscard]] Task<Listing> list(const ListDefinition *list, const RequestTemplate *request,
                                     TemplateVariables variables, std::stop_token stop);
    // The values at the record's name.
    [[nodiscard]] Task<Listing> values(TemplateVariables variables, std::stop_token stop);
    // Runs steps in order; what they captured comes back.
    [[nodiscard]] Task<Item> run(const std::vector<StepDefinition> *steps,
                                 TemplateVariables variables, std::stop_token stop);

private:
    [[nodiscard]] Result<> takePage(Listing &listing, const ListDefinition &list,
                                    const ApiReply &reply,
                                    const TemplateVariables &variables) const;
    [[nodiscard]] Task<ApiReply> settled(const StepDefinition *step, TemplateVariables variables,
                                         std::stop_token stop);

    const ProviderDefinition &m_definition;
    std::unique_ptr<ApiClient> m_client;
};

// A value as the members of a set are written.
[[nodiscard]] TemplateVariables::Item itemFor(const QString &value, const QJsonObject &defaults);
// B74: null, an empty text and an object are no ids. A path that ends where the id should stand may
// mean everything there is.
[[nodiscard]] bool isKnown(const QJsonValue &value);
// A domain name as the house writes it, however a provider does.
[[nodiscard]] QString withoutDot(QString name);

} // namespace sealbook
