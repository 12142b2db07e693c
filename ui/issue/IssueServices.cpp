// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/IssueServices.h"

namespace sealbook {

IssueServices IssueServices::of(IssuanceService &issuance, AccountService &accounts,
                                CredentialService &credentials)
{
    IssueServices all;
    all.problems = [&issuance](const IssuanceRequest &request) {
        return issuance.problems(request);
    };
    all.issue = [&issuance](IssuanceRequest request, std::stop_token stop) {
        return issuance.issue(std::move(request), std::move(stop));
    };
    all.resume = [&issuance](JobId id, std::stop_token stop) {
        return issuance.resume(id, std::move(stop));
    };
    all.switchTo = [&issuance](JobId id, QString credential, std::stop_token stop) {
        const ResumeChange change{std::move(credential), false};
        return issuance.resumeWith(id, change, std::move(stop));
    };
    all.cancel = [&issuance](JobId id) { return issuance.cancel(id); };
    all.checkNow = [&issuance](JobId id) { issuance.checkNow(id); };
    all.askResolver = [&issuance](JobId id, const BoardRow &row) {
        issuance.askResolver(id, row.recordName, row.server);
    };
    all.jobs = [&issuance] { return issuance.jobs(); };
    all.interrupted = [&issuance] { return issuance.interrupted(); };
    all.board = [&issuance](JobId id) { return issuance.board(id); };
    all.cas = [&accounts] { return accounts.cas(); };
    all.askCa = [&accounts](QString id, std::stop_token stop) {
        return accounts.askCa(std::move(id), std::move(stop));
    };
    all.accounts = [&accounts] { return accounts.accounts(); };
    all.registerAccount = [&accounts](Registration wanted, std::stop_token stop) {
        return accounts.registerAccount(std::move(wanted), std::move(stop));
    };
    all.credentials = [&credentials] { return credentials.list(); };
    all.providerName = [&credentials](const QString &code) {
        for (const ProviderSummary &provider : credentials.providers()) {
            if (provider.code == code)
                return provider.name;
        }
        return code;
    };
    return all;
}

} // namespace sealbook
