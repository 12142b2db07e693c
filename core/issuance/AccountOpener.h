// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/acme/AcmeClient.h"
#include "core/issuance/IssuanceContext.h"
#include "core/records/AccountRecord.h"

#include <memory>

namespace sealbook {

// An account at a CA, ready to sign: its record, and a client with connections of its own. Owned by
// the job or service that opened it; the transport outlives the client.
struct AcmeSession
{
    CaRecord ca;
    AccountRecord account;
    std::unique_ptr<HttpTransport> transport;
    std::unique_ptr<AcmeClient> client;
};

// What is wanted where no account exists yet.
struct WantedAccount
{
    KeyType keyType = KeyType::Ec256;
    QStringList contacts;
    bool agreesToTerms = false;
    std::optional<ExternalAccount> binding;
    AccountId usedBefore; // an order belongs to the account that made it
};

// Finds the account of a CA, or makes one (RFC 8555 section 7.3). The key is in the vault before
// the CA hears of it, so that a lost reply costs nothing (C1, C2). A value; its context outlives
// it.
class AccountOpener
{
public:
    explicit AccountOpener(IssuanceContext context)
        : m_context(std::move(context))
    {
    }

    [[nodiscard]] Task<std::unique_ptr<AcmeSession>> open(CaRecord ca, WantedAccount wanted,
                                                          std::stop_token stop) const;
    // Only this one: NotFound where it is not valid.
    [[nodiscard]] Task<std::unique_ptr<AcmeSession>> openExisting(CaRecord ca, AccountId which,
                                                                  std::stop_token stop) const;

private:
    [[nodiscard]] Task<std::optional<AccountRecord>> stored(CaRecord ca,
                                                            AccountId usedBefore) const;
    [[nodiscard]] Task<std::unique_ptr<AcmeSession>> session(CaRecord ca, AccountRecord account,
                                                             std::stop_token stop) const;
    // Tells the CA of an account, and writes down what it answered.
    [[nodiscard]] Task<AccountRecord> registered(AcmeClient *client, CaRecord ca,
                                                 AccountRecord account, WantedAccount wanted,
                                                 bool keyIsOld, std::stop_token stop) const;
    [[nodiscard]] Task<AccountRecord> makeKey(CaRecord ca, WantedAccount wanted,
                                              std::stop_token stop) const;

    IssuanceContext m_context;
};

} // namespace sealbook
