// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/JobDns.h"

#include "core/challenges/Dns01Solver.h"
#include "core/governance/CredentialService.h"

namespace sealbook {

namespace {
Task<> takeBackWith(std::shared_ptr<JobRun> run, QString credential, std::stop_token stop)
{
    ChallengeSolver *solver = run->solver.get();
    std::unique_ptr<ChallengeSolver> made;
    if (solver == nullptr || credential != run->job.request.credential) {
        auto fresh = co_await solverFor(run, credential, stop);
        if (!fresh)
            co_return fail(fresh.error());
        made = std::move(*fresh);
        solver = made.get();
    }
    Task<> cleaning = solver->cleanUp(stop);
    co_return co_await std::move(cleaning);
}
} // namespace

Task<std::unique_ptr<ChallengeSolver>> solverFor(std::shared_ptr<JobRun> run, QString credential,
                                                 std::stop_token stop)
{
    const IssuanceContext &context = run->context;
    const QString purpose = QStringLiteral("issue ") + run->job.request.names.join(u", ");
    const auto provider = co_await context.credentials.use(credential, purpose, stop);
    if (!provider)
        co_return fail(provider.error(), "opening the DNS credential");
    Dns01Options options;
    if (context.boardOptions)
        options.board = context.boardOptions(run->job.request);
    std::unique_ptr<ChallengeSolver> solver =
        std::make_unique<Dns01Solver>(*provider, context.resolver, context.clock, run->journal,
                                      run->job.id, credential, std::move(options));
    co_return solver;
}

Task<> takeBack(std::shared_ptr<JobRun> run, bool byHandToo)
{
    // Not the job's own token: a cancel must not cancel its own clean-up.
    std::stop_source own;
    QTimer limit;
    limit.setSingleShot(true);
    limit.callOnTimeout([own]() mutable { own.request_stop(); });
    limit.start(cleanUpLimit);

    const auto open = co_await run->journal.open();
    if (!open)
        co_return fail(open.error(), "reading the open validation records");
    // A job that switched its provider may have records of each.
    QStringList credentials;
    for (const TxtIntent &intent : *open) {
        if (!credentials.contains(intent.credential) && (byHandToo || !intent.credential.isEmpty()))
            credentials.append(intent.credential);
    }
    Result<> outcome;
    for (const QString &credential : credentials) {
        Task<> taking = takeBackWith(run, credential, own.get_token());
        const auto taken = co_await std::move(taking);
        if (!taken && outcome)
            outcome = taken;
    }
    if (!outcome)
        co_return fail(outcome.error(), "taking the validation records back");
    co_return outcome;
}

} // namespace sealbook
