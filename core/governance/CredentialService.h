// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/crypto/Secret.h"
#include "core/providers/ProviderSummary.h"
#include "core/records/CredentialRecord.h"

#include <QObject>

#include <map>

namespace sealbook {

class AuditLog;
class HttpTransport;
class ProviderCatalog;
struct RecipeSubject;
class Resolver;
class Store;
class Vault;

struct NewCredential
{
    QString name;
    QString provider;
    QString owner;
    QString purpose;
    QMap<QString, QString> fields;
    std::map<QString, Secret> secrets; // field id -> value
};

struct FieldProblem
{
    QString field; // a field's id, or "name", "owner", "purpose"
    QString problem; // plain English
    bool operator==(const FieldProblem &) const = default;
};

// Credentials as privileged identities: added only with owner and purpose, secrets straight into
// the keychain, every use audited. Owned by Services; main thread.
class CredentialService : public QObject
{
    Q_OBJECT

public:
    CredentialService(Store &store, Vault &vault, AuditLog &audit, const ProviderCatalog &catalog,
                      HttpTransport &transport, Resolver &resolver, QObject *parent = nullptr);

    // By name, the manual one last (traits.manual): it needs no credential and add() refuses it.
    [[nodiscard]] std::vector<ProviderSummary> providers() const;
    // The least-privilege recipe with the user's zone and name filled in (R11).
    [[nodiscard]] QStringList recipe(QString provider, RecipeSubject subject) const;
    // Checks without sending or storing anything (B24–B28, B34, R06). Empty = fine. Cleans what is
    // safely cleaned (B25) and says so in `notes`.
    [[nodiscard]] std::vector<FieldProblem> problems(NewCredential &wanted,
                                                     QStringList &notes) const;
    [[nodiscard]] Task<CredentialRecord> add(NewCredential wanted, std::stop_token stop);
    [[nodiscard]] Task<std::vector<CredentialRecord>> list();
    [[nodiscard]] Task<CredentialRecord> byName(QString name);
    // Deletes record and keychain items. Conflict while a running job needs it, and while records
    // that jobs left may be in DNS, unless those shall be left (its token may be dead already).
    [[nodiscard]] Task<> remove(QString name, std::stop_token stop);
    [[nodiscard]] Task<> remove(QString name, OpenRecords records, std::stop_token stop);
    // A provider ready to use; reads the secrets from the keychain, notes lastUsedAt, audits.
    // Name "" gives the manual provider.
    [[nodiscard]] Task<std::shared_ptr<DnsProvider>> use(QString name, QString purpose,
                                                         std::stop_token stop);
    // The zones it sees now, where the provider can tell; kept in the record.
    [[nodiscard]] Task<std::vector<DnsName>> reach(QString name, std::stop_token stop);
    // Names of certificates that were issued with it.
    [[nodiscard]] Task<QStringList> dependents(QString name);
    // Other credentials that hold the same secret (R22, B36).
    [[nodiscard]] Task<QStringList> reusedWith(QString name);

public:
    struct Private; // for the functions of the .cpp

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<Private>
        d; // shared with its running tasks, which may outlast a failed start-up
};

} // namespace sealbook
