// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/DefinitionRunner.h"
#include "core/providers/DnsProvider.h"
#include "core/providers/Gate.h"
#include "core/providers/NameTurns.h"

#include <map>

namespace sealbook {

// Puts a value into a set of TXT values, or takes it out, at providers that only replace the whole
// set: reads, merges, writes and reads back, while nobody else of ours is at the name. Owned by
// HttpApiProvider, with `runner` outliving it; MUST outlive its tasks; main thread.
class TxtSetWriter
{
public:
    using Item = TemplateVariables::Item;
    enum class Change { Add, Remove };

    // `gates` is shared by the providers of all jobs: two of them must not replace one set of
    // values at the same time, or one loses its value. `turns` does the same between processes;
    // without it only this process's tasks take turns.
    TxtSetWriter(const ProviderDefinition &definition, DefinitionRunner &runner,
                 std::map<DnsName, Gate> &gates, NameTurns *turns)
        : m_definition(definition)
        , m_runner(runner)
        , m_gates(gates)
        , m_turns(turns)
    {
    }

    // What the steps captured comes back.
    [[nodiscard]] Task<Item> change(TxtRecord record, Change change, TemplateVariables variables,
                                    std::stop_token stop);

private:
    [[nodiscard]] Task<Item> changeInTurn(TxtRecord record, Change change,
                                          TemplateVariables variables, std::stop_token stop);
    // The steps that make a set as `change` wants it, and what they ask for.
    [[nodiscard]] const std::vector<StepDefinition> *stepsFor(const TxtRecord &record,
                                                              Change change,
                                                              const DefinitionRunner::Listing &now,
                                                              TemplateVariables &variables) const;

    const ProviderDefinition &m_definition;
    DefinitionRunner &m_runner;
    std::map<DnsName, Gate> &m_gates;
    NameTurns *m_turns;
};

} // namespace sealbook
