// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/CredentialService.h"

#include <QCoreApplication>

#include <set>

namespace sealbook {

// What was filled into the form of a new credential, without the secrets themselves: only which
// ones were given. problems() finds what is missing; what core finds comes on top. A value.
struct CredentialForm
{
    Q_DECLARE_TR_FUNCTIONS(CredentialForm)

public:
    ProviderSummary provider; // by value: its fields decide what is required
    QString name;
    QString owner;
    QString purpose;
    QMap<QString, QString> fields;
    std::set<QString> secretsGiven; // field ids

    [[nodiscard]] std::vector<FieldProblem> problems() const;
};

} // namespace sealbook
