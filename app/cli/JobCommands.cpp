// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/CertificateFiles.h"
#include "app/cli/Commands.h"
#include "app/cli/JobProgress.h"
#include "app/cli/KeyPassphrase.h"
#include "core/issuance/IssuanceService.h"
#include "core/records/JobStatus.h"

#include <QJsonArray>

#include <unistd.h>

namespace sealbook {

namespace {
QJsonObject jobJson(const JobRecord &job, JobStatus status)
{
    QJsonObject object{{QStringLiteral("id"), job.id.text()},
                       {QStringLiteral("state"), jobStatusName(status)},
                       {QStringLiteral("step"), job.step},
                       {QStringLiteral("names"), QJsonArray::fromStringList(job.request.names)},
                       {QStringLiteral("ca"), job.request.caId},
                       {QStringLiteral("credential"), job.request.credential},
                       {QStringLiteral("order"), job.orderUrl},
                       {QStringLiteral("certificate"), job.certificateSha256},
                       {QStringLiteral("requests"), job.requests},
                       {QStringLiteral("created_at"), rfc3339(job.createdAt)},
                       {QStringLiteral("updated_at"), rfc3339(job.updatedAt)}};
    if (job.error)
        object.insert(QStringLiteral("error"), toJson(*job.error));
    return object;
}

Task<QJsonObject> listJobs(CommandCall call, std::stop_token)
{
    const auto jobs = co_await call.services->issuance().jobs();
    if (!jobs)
        co_return fail(jobs.error());
    const QDateTime now = call.services->clock().utcNow();
    for (const JobRecord &job : *jobs) {
        const JobStatus status = jobStatus(job, now);
        call.output->item(jobJson(job, status),
                          QStringLiteral("%1  %2  %3  %4")
                              .arg(job.id.text(), jobStatusName(status), job.step,
                                   job.request.names.join(u", ")));
    }
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(jobs->size())}};
    co_return object;
}

// Without a job's id: the one job that can be resumed.
Task<JobId> wantedJob(CommandCall call)
{
    IssuanceService &issuance = call.services->issuance();
    const auto jobs = co_await issuance.jobs();
    if (!jobs)
        co_return fail(jobs.error());
    std::vector<JobRecord> found;
    const QString wanted = call.arguments.value(0);
    const QDateTime now = call.services->clock().utcNow();
    for (const JobRecord &job : *jobs) {
        const JobStatus status = jobStatus(job, now);
        const bool open = status == JobStatus::Interrupted || status == JobStatus::Paused
            || status == JobStatus::Failed;
        if (wanted.isEmpty() ? open : job.id.text().startsWith(wanted))
            found.push_back(job);
    }
    if (found.empty())
        co_return fail(Error::Kind::NotFound,
                       wanted.isEmpty() ? QStringLiteral("there is no job to go on with")
                                        : QStringLiteral("there is no job %1").arg(wanted));
    if (found.size() > 1)
        co_return usageError(
            QStringLiteral("%1 jobs can be resumed: say which (see: jobs)").arg(found.size()));
    co_return found.front().id;
}

Task<QJsonObject> resume(CommandCall call, std::stop_token stop)
{
    const auto id = co_await wantedJob(call);
    if (!id)
        co_return fail(id.error());
    IssuanceService &issuance = call.services->issuance();
    if (call.isSet("cancel")) {
        const auto ended = co_await issuance.cancel(*id);
        if (!ended)
            co_return fail(ended.error());
        call.output->say(QStringLiteral("Cancelled and cleaned up: %1").arg(id->text()));
        QJsonObject object{{QStringLiteral("job"), id->text()},
                           {QStringLiteral("state"), QStringLiteral("cancelled")}};
        co_return object;
    }
    if (call.isSet("credential") && call.isSet("manual"))
        co_return usageError(QStringLiteral("either --credential or --manual"));
    ResumeChange change;
    change.unattended = ::isatty(STDIN_FILENO) == 0;
    if (call.isSet("credential") || call.isSet("manual"))
        change.credential = call.value("credential");
    if (call.isSet("out")) {
        const auto canWrite = co_await canOpenGate(call);
        if (!canWrite)
            co_return fail(canWrite.error());
    }
    const JobProgress progress(issuance, *call.output);
    Task<IssuanceResult> resuming = issuance.resumeWith(*id, change, stop);
    const auto result = co_await std::move(resuming);
    if (!result)
        co_return fail(result.error());
    Task<QJsonObject> ending = reportIssued(call, *result, stop);
    co_return co_await std::move(ending);
}
} // namespace

std::vector<Command> jobCommands()
{
    Command jobs;
    jobs.words = QStringLiteral("jobs");
    jobs.summary = QStringLiteral("List jobs, the newest first.");
    jobs.run = listJobs;

    Command again;
    again.words = QStringLiteral("resume");
    again.arguments = QStringLiteral("[JOB]");
    again.summary = QStringLiteral("Go on with a job, or end it cleanly with --cancel.");
    again.needs = CommandNeeds::Keychain;
    again.maximumArguments = 1;
    again.options = {
        commandOption("cancel", "Remove what the job published and end it."),
        commandOption("credential", "Go on with another DNS credential.", "NAME"),
        commandOption("manual", "Go on with a person who edits DNS."),
        commandOption("out", "Write certificate, chain and key there as PEM files.", "DIR"),
        passphraseOption()};
    again.run = resume;
    return {jobs, again};
}

} // namespace sealbook
