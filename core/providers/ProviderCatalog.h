// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/DnsName.h"
#include "core/crypto/Secret.h"
#include "core/providers/Gate.h"
#include "core/providers/ProviderSummary.h"

#include <QMap>

#include <map>
#include <memory>

namespace sealbook {

class HttpTransport;
class NameTurns;
class ProviderDefinition;
class Resolver;

// What a recipe of least privilege is written for.
struct RecipeSubject
{
    QString zone = QStringLiteral("example.org");
    QString name = QStringLiteral("_acme-challenge.www.example.org");
    QMap<QString, QString> fields; // what is known of the credential, such as the TSIG key's name
};

// Every provider that we can speak to: the definitions in resources/providers (compiled in), RFC
// 2136, and the manual one. Read once, immutable afterwards. Owned by Services; main thread.
class ProviderCatalog
{
public:
    // Reads every *.json of `folder`. A file that is not right is left out and stands in faults().
    explicit ProviderCatalog(const QString &folder = QStringLiteral(":/providers"));
    ~ProviderCatalog();
    ProviderCatalog(const ProviderCatalog &) = delete;
    ProviderCatalog &operator=(const ProviderCatalog &) = delete;

    [[nodiscard]] const std::vector<Error> &faults() const { return m_faults; }
    [[nodiscard]] std::vector<ProviderSummary> summaries() const; // by name, the manual one last
    [[nodiscard]] Result<ProviderSummary> summary(const QString &code) const;
    // The least-privilege recipe with zone, name and key name filled in (R11).
    [[nodiscard]] QStringList recipe(const QString &code, const RecipeSubject &subject) const;
    // Names the provider whose tokens start like this one, else "" (B34).
    [[nodiscard]] QString recognize(const Secret &token) const;
    // What is wrong with the value of one field, in plain English; empty = nothing.
    [[nodiscard]] QString problem(const QString &code, const QString &field,
                                  const QString &value) const;

    // A provider ready to use. `fields` and `secrets` by the definition's field ids; a required one
    // that is missing is a BadRequest. "manual" and "rfc2136" are codes too. The catalog, the
    // transport, the resolver and the clock outlive the provider.
    [[nodiscard]] Result<std::unique_ptr<DnsProvider>>
    make(const QString &code, QMap<QString, QString> fields, std::map<QString, Secret> secrets,
         HttpTransport &transport, Resolver &resolver) const;
    // The clock that signatures are dated by; the system's unless a test says otherwise.
    void setClock(const Clock *clock) { m_clock = clock; }
    // Turns with other processes, for providers that replace a whole set of values; without them
    // only the tasks of this process take turns. They outlive the providers.
    void setTurns(NameTurns *turns) { m_turns = turns; }

private:
    [[nodiscard]] const ProviderDefinition *definition(const QString &code) const;

    std::map<QString, std::unique_ptr<ProviderDefinition>> m_definitions; // by code
    std::vector<Error> m_faults;
    // Of all providers that were made: one change at a name at a time, whichever job wants it.
    std::unique_ptr<std::map<DnsName, Gate>> m_nameGates =
        std::make_unique<std::map<DnsName, Gate>>();
    SystemClock m_systemClock;
    const Clock *m_clock = &m_systemClock;
    NameTurns *m_turns = nullptr;
};

} // namespace sealbook
