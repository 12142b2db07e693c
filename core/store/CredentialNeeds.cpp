// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/CredentialNeeds.h"

#include "core/records/JobStatus.h"
#include "core/store/Database.h"
#include "core/store/IntentRepository.h"
#include "core/store/JobRepository.h"

#include <QJsonArray>

#include <algorithm>

namespace sealbook {

namespace {

QJsonObject jobEvidence(const JobRecord &job, JobStatus status, const QStringList &records)
{
    return {{QStringLiteral("job"), job.id.text()},
            {QStringLiteral("state"), jobStatusName(status)},
            {QStringLiteral("names"), QJsonArray::fromStringList(job.request.names)},
            {QStringLiteral("records"), QJsonArray::fromStringList(records)}};
}

} // namespace

Result<> refuseWhereNeeded(Database &database, const QString &credential, OpenRecords records)
{
    const Result<std::vector<JobRecord>> jobs = JobRepository(database).all();
    if (!jobs)
        return fail(jobs.error());
    const Result<std::vector<TxtIntent>> open = IntentRepository(database).open();
    if (!open)
        return fail(open.error());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList needs;
    QJsonArray evidence;
    bool runs = false;
    for (const JobRecord &job : *jobs) {
        QStringList names;
        for (const TxtIntent &intent : *open) {
            if (intent.jobId == job.id && intent.credential == credential)
                names.append(intent.recordName);
        }
        names.removeDuplicates();
        if (records == OpenRecords::Leave)
            names.clear();
        const bool isOpen =
            job.state == JobRecord::State::Running && job.request.credential == credential;
        if (!isOpen && names.isEmpty())
            continue;
        const JobStatus status = jobStatus(job, now);
        runs = runs || status == JobStatus::Running;
        QString need = QStringLiteral("the job for %1 (%2)")
                           .arg(job.request.names.join(u", "), jobStatusName(status));
        if (!names.isEmpty())
            need += QStringLiteral(" may have left %1 in DNS").arg(names.join(u", "));
        needs.append(need);
        evidence.append(jobEvidence(job, status, names));
    }
    if (needs.isEmpty())
        return {};
    Error error;
    error.kind = Error::Kind::Conflict;
    error.detail = QStringLiteral("the credential \"%1\" is still needed: %2")
                       .arg(credential, needs.join(u"; "));
    error.advice = runs
        ? QStringLiteral("Wait for the job that runs, or cancel it first.")
        : QStringLiteral("Cancel and clean up those jobs first; without the credential nobody here "
                         "could remove their records. What jobs that are over left is removed when "
                         "Sealbook starts, or by \"credential remove --clean-up\".");
    error.evidence = {{QStringLiteral("jobs"), evidence}};
    return fail(std::move(error));
}

} // namespace sealbook
