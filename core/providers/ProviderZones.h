// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/DefinitionRunner.h"
#include "core/providers/Gate.h"

#include <map>

namespace sealbook {

// The zones of one credential: looks each up once, and tells which there are where one is missing.
// Owned by HttpApiProvider, with `runner` outliving it; MUST outlive its tasks; main thread.
class ProviderZones
{
public:
    using Item = TemplateVariables::Item;

    ProviderZones(const ProviderDefinition &definition, DefinitionRunner &runner)
        : m_definition(definition)
        , m_runner(runner)
    {
    }

    // What the provider calls a zone; empty where it wants no id.
    [[nodiscard]] Task<Item> find(DnsName zone, std::stop_token stop);
    // The handle of a record knows its zone's id, which saves a look-up after a restart.
    void learn(const DnsName &zone, const QJsonObject &handle);
    // What of `variables` is about the zone, for the handle of a record.
    [[nodiscard]] Item namesIn(const TemplateVariables &variables) const;
    [[nodiscard]] Task<std::vector<DnsName>> all(std::stop_token stop);
    // A "not found" that is really about the zone (B23): says which zones there are.
    [[nodiscard]] QCoro::Task<Error> explained(Error error, DnsName zone, std::stop_token stop);

private:
    [[nodiscard]] Task<Item> lookUp(DnsName zone, std::stop_token stop);

    const ProviderDefinition &m_definition;
    DefinitionRunner &m_runner;
    std::map<DnsName, Item> m_known;
    std::map<DnsName, Gate> m_gates;
};

} // namespace sealbook
