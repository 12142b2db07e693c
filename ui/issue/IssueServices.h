// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/CredentialService.h"
#include "core/issuance/AccountService.h"
#include "core/issuance/IssuanceService.h"

#include <functional>

namespace sealbook {

// What the issue page asks of the services, as functions: of() binds the real ones, tests bind
// their own. The services outlive the page.
struct IssueServices
{
    [[nodiscard]] static IssueServices of(IssuanceService &issuance, AccountService &accounts,
                                          CredentialService &credentials);

    std::function<std::vector<Error>(const IssuanceRequest &)> problems;
    std::function<Task<IssuanceResult>(IssuanceRequest, std::stop_token)> issue;
    std::function<Task<IssuanceResult>(JobId, std::stop_token)> resume;
    // Goes on with the same order and another credential; "" = by hand.
    std::function<Task<IssuanceResult>(JobId, QString, std::stop_token)> switchTo;
    std::function<Task<>(JobId)> cancel;
    std::function<void(JobId)> checkNow;
    std::function<void(JobId, const BoardRow &)> askResolver;
    std::function<Task<std::vector<JobRecord>>()> jobs;
    std::function<Task<std::vector<JobRecord>>()> interrupted;
    std::function<std::optional<BoardState>(JobId)> board;

    std::function<Task<std::vector<CaRecord>>()> cas;
    std::function<Task<CaFacts>(QString, std::stop_token)> askCa;
    std::function<Task<std::vector<AccountRecord>>()> accounts;
    std::function<Task<AccountRecord>(Registration, std::stop_token)> registerAccount;

    std::function<Task<std::vector<CredentialRecord>>()> credentials;
    std::function<QString(const QString &)> providerName; // by its code
};

} // namespace sealbook
