// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/issue/IssueServices.h"

#include <QTimer>

namespace sealbook {

// Services of the issue page as a script: what comes back is set by the test, what was asked is
// kept. Each answer comes through the event loop, as the real ones do.
struct FakeIssueServices
{
    std::vector<CaRecord> cas;
    std::vector<AccountRecord> accounts;
    std::vector<CredentialRecord> credentials;
    std::vector<JobRecord> jobs;
    std::vector<JobRecord> interruptedJobs;
    std::vector<Error> requestProblems;
    std::map<QString, CaFacts> facts;
    std::optional<Error> askError;
    std::optional<Error> registerError;
    std::optional<BoardState> board;

    QStringList asked; // ids of CAs
    std::vector<IssuanceRequest> issued;
    std::vector<JobId> resumed;
    std::vector<JobId> cancelled;
    std::vector<JobId> checked;
    QStringList registeredKeys; // what came as EAB key; test data only
    Deferred<IssuanceResult> outcome; // settles the running job
    Deferred<IssuanceResult> switchOutcome;
    Deferred<> cancelOutcome;
    QList<QPair<JobId, QString>> switched;
    QStringList hintsAsked;

    [[nodiscard]] IssueServices bind()
    {
        IssueServices all;
        all.problems = [this](const IssuanceRequest &) { return requestProblems; };
        all.issue = [this](IssuanceRequest request, std::stop_token) {
            issued.push_back(request);
            return waitFor(outcome);
        };
        all.resume = [this](JobId id, std::stop_token) {
            resumed.push_back(id);
            return waitFor(outcome);
        };
        all.switchTo = [this](JobId id, QString credential, std::stop_token) {
            switched.append({id, credential});
            return waitFor(switchOutcome);
        };
        all.askResolver = [this](JobId, const BoardRow &row) { hintsAsked.append(row.server); };
        all.cancel = [this](JobId id) {
            cancelled.push_back(id);
            return waitFor(cancelOutcome);
        };
        all.checkNow = [this](JobId id) { checked.push_back(id); };
        all.jobs = [this] { return later<std::vector<JobRecord>>(jobs); };
        all.interrupted = [this] { return later<std::vector<JobRecord>>(interruptedJobs); };
        all.board = [this](JobId) { return board; };
        all.cas = [this] { return later<std::vector<CaRecord>>(cas); };
        all.askCa = [this](QString id, std::stop_token) {
            asked.append(id);
            Result<CaFacts> result = facts[id];
            if (askError)
                result = fail(*askError);
            return later<CaFacts>(std::move(result));
        };
        all.accounts = [this] { return later<std::vector<AccountRecord>>(accounts); };
        all.registerAccount = [this](Registration wanted, std::stop_token) {
            registeredKeys.append(QString::fromUtf8(
                wanted.eabMacKey.text().data(), static_cast<qsizetype>(wanted.eabMacKey.size())));
            AccountRecord account;
            account.id = AccountId::make();
            account.caId = wanted.caId;
            account.status = AccountRecord::Status::Valid;
            Result<AccountRecord> result = account;
            if (registerError)
                result = fail(*registerError);
            return later<AccountRecord>(std::move(result));
        };
        all.credentials = [this] { return later<std::vector<CredentialRecord>>(credentials); };
        all.providerName = [](const QString &code) { return code.toUpper(); };
        return all;
    }

    template <typename T>
    [[nodiscard]] static Task<T> waitFor(Deferred<T> deferred)
    {
        co_return co_await deferred;
    }

    template <typename T>
    [[nodiscard]] static Task<T> later(Result<T> result)
    {
        Deferred<T> deferred;
        QTimer::singleShot(0, qApp, [deferred, result = std::move(result)]() mutable {
            deferred.settle(std::move(result));
        });
        return waitFor(deferred);
    }
};

} // namespace sealbook
