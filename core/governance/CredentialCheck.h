// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/CredentialService.h"

namespace sealbook {

// What a person typed or pasted for a new credential, checked and cleaned before anything is stored
// or sent (R06, B24–B28, B34). Used by CredentialService; holds nothing.
class CredentialCheck
{
public:
    explicit CredentialCheck(const ProviderCatalog &catalog)
        : m_catalog(catalog)
    {
    }
    [[nodiscard]] std::vector<FieldProblem> problems(NewCredential &wanted,
                                                     QStringList &notes) const;

private:
    void checkWords(NewCredential &wanted, std::vector<FieldProblem> &problems) const;
    void checkFields(NewCredential &wanted, const ProviderSummary &provider,
                     std::vector<FieldProblem> &problems) const;
    [[nodiscard]] QString secretProblem(const QString &provider, const ProviderField &field,
                                        const Secret &secret) const;

    const ProviderCatalog &m_catalog;
};

} // namespace sealbook
