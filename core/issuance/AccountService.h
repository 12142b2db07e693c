// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/KeyType.h"
#include "core/base/Task.h"
#include "core/crypto/Secret.h"
#include "core/records/AccountRecord.h"

#include <QObject>

#include <memory>

namespace sealbook {

struct IssuanceContext;

// What a CA says about itself when asked (its directory), for the CA card.
struct CaFacts
{
    QString termsOfService;
    QString website;
    QStringList caaIdentities;
    bool externalAccountRequired = false;
    QMap<QString, QString> profiles;
};

struct Registration
{
    QString caId;
    KeyType keyType = KeyType::Ec256;
    QStringList contacts;
    bool agreesToTerms = false;
    QString eabKid;
    Secret eabMacKey; // base64url text as the CA gives it; empty = none
};

// CAs and the ACME accounts at them. Owned by Services; main thread.
class AccountService : public QObject
{
    Q_OBJECT

public:
    explicit AccountService(IssuanceContext context, QObject *parent = nullptr);
    ~AccountService() override;

    [[nodiscard]] Task<std::vector<CaRecord>>
    cas(); // built in and added; practice first if running
    [[nodiscard]] Task<CaRecord>
    ca(QString idOrUrl); // a URL that is not known gives a record for it
    [[nodiscard]] Task<> addCa(CaRecord ca);
    [[nodiscard]] Task<> removeCa(QString id); // built-in: BadRequest; with accounts: Conflict
    [[nodiscard]] Task<CaFacts> askCa(QString id, std::stop_token stop);

    [[nodiscard]] Task<std::vector<AccountRecord>> accounts();
    // Finds the account of the stored key, or makes one (RFC 8555 section 7.3, 7.3.1).
    [[nodiscard]] Task<AccountRecord> registerAccount(Registration wanted, std::stop_token stop);
    [[nodiscard]] Task<> deactivate(AccountId id, std::stop_token stop);

Q_SIGNALS:
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sealbook
