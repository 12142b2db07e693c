// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/JobRepository.h"

#include "core/base/LeaseHolder.h"
#include "core/store/Database.h"

namespace sealbook {

namespace {

// Two requests for the same set of names have the same key, in whatever order they were typed.
QString namesKeyOf(const IssuanceRequest &request)
{
    QStringList names = request.names;
    names.sort();
    names.removeDuplicates();
    return request.caId + QLatin1Char('\n') + names.join(QLatin1Char('\n'));
}

// Such a holder has nothing any more, so that a job can go on at once after a crash.
bool isDead(const QString &owner)
{
    const std::optional<LeaseHolder> holder = LeaseHolder::fromText(owner);
    return holder && holder->isDead();
}

QVariant errorValue(const std::optional<Error> &error)
{
    return error ? objectValue(toJson(*error)) : QVariant();
}

JobRecord jobFrom(const Rows &rows)
{
    JobRecord job;
    job.id = JobId::fromText(rows.text(0));
    job.state = jobStateFromName(rows.text(1));
    job.step = rows.text(2);
    job.request = issuanceRequestFromJson(rows.object(3));
    job.accountId = AccountId::fromText(rows.text(4));
    job.orderUrl = rows.text(5);
    job.keyId = KeyId::fromText(rows.text(6));
    job.csrDer = rows.blob(7);
    job.certificateSha256 = rows.text(8);
    if (!rows.text(9).isEmpty())
        job.error = errorFromJson(rows.object(9));
    job.owner = rows.text(10);
    job.leaseUntil = rows.time(11);
    job.createdAt = rows.time(12);
    job.updatedAt = rows.time(13);
    job.requests = static_cast<int>(rows.integer(14));
    return job;
}

} // namespace

Result<std::vector<JobRecord>> JobRepository::all()
{
    Result<Rows> rows = m_database.run(
        "SELECT id, state, step, request, account_id, order_url, key_id, csr_der, "
        "certificate_sha256, error, owner, lease_until, created_at, updated_at, requests FROM job "
        "ORDER BY created_at DESC, rowid DESC");
    if (!rows)
        return fail(rows.error(), "reading the jobs");
    std::vector<JobRecord> jobs;
    while (rows->next())
        jobs.push_back(jobFrom(*rows));
    return jobs;
}

Result<JobRecord> JobRepository::byId(JobId id)
{
    Result<Rows> rows = m_database.run(
        "SELECT id, state, step, request, account_id, order_url, key_id, csr_der, "
        "certificate_sha256, error, owner, lease_until, created_at, updated_at, requests FROM job "
        "WHERE id = ?",
        {idValue(id)});
    if (!rows)
        return fail(rows.error(), "reading a job");
    if (!rows->next())
        return fail(Error::Kind::NotFound, QStringLiteral("there is no job %1").arg(id.text()));
    return jobFrom(*rows);
}

Result<> JobRepository::save(const JobRecord &job)
{
    const Result<JobRecord> stored = byId(job.id);
    if (!stored && stored.error().kind != Error::Kind::NotFound)
        return fail(stored.error(), "saving a job");
    if (!stored)
        return insert(job);
    const bool isOver =
        stored->state == JobRecord::State::Done || stored->state == JobRecord::State::Cancelled;
    if (isOver && job.state != stored->state)
        return fail(Error::Kind::Conflict,
                    QStringLiteral("job %1 is %2 already and cannot become %3")
                        .arg(job.id.text(), jobStateName(stored->state), jobStateName(job.state)));
    return update(job);
}

Result<> JobRepository::insert(const JobRecord &job)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString namesKey = namesKeyOf(job.request);
    const bool isLeased = !job.owner.isEmpty() && job.leaseUntil > now;
    if (isLeased) {
        if (const Result<> free = refuseIfHeld(job.id, namesKey, job.owner); !free)
            return free;
    }
    const Result<int> done = m_database.change(
        "INSERT INTO job (id, state, step, names_key, request, account_id, order_url, key_id, "
        "csr_der, certificate_sha256, error, owner, lease_until, created_at, updated_at, requests) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {idValue(job.id), jobStateName(job.state), textValue(job.step), namesKey,
         objectValue(toJson(job.request)), idValue(job.accountId), textValue(job.orderUrl),
         idValue(job.keyId), blobValue(job.csrDer), textValue(job.certificateSha256),
         errorValue(job.error), textValue(job.owner), timeValue(job.leaseUntil),
         timeValue(job.createdAt.isValid() ? job.createdAt : now),
         timeValue(job.updatedAt.isValid() ? job.updatedAt : now), job.requests});
    if (!done)
        return fail(done.error(), "saving a job");
    return {};
}

Result<> JobRepository::update(const JobRecord &job)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Result<int> done = m_database.change(
        "UPDATE job SET state = ?, step = ?, names_key = ?, request = ?, account_id = ?, "
        "order_url = ?, key_id = ?, csr_der = ?, certificate_sha256 = ?, error = ?, "
        "updated_at = ?, requests = ? WHERE id = ?",
        {jobStateName(job.state), textValue(job.step), namesKeyOf(job.request),
         objectValue(toJson(job.request)), idValue(job.accountId), textValue(job.orderUrl),
         idValue(job.keyId), blobValue(job.csrDer), textValue(job.certificateSha256),
         errorValue(job.error), timeValue(job.updatedAt.isValid() ? job.updatedAt : now),
         job.requests, idValue(job.id)});
    if (!done)
        return fail(done.error(), "saving a job");
    return {};
}

Result<JobStep> JobRepository::addStep(const JobStep &step)
{
    JobStep stored = step;
    {
        Result<Rows> rows =
            m_database.run("SELECT coalesce(max(sequence), 0) FROM job_step WHERE job_id = ?",
                           {idValue(step.jobId)});
        if (!rows || !rows->next())
            return fail(rows ? Error() : rows.error(), "adding a step");
        stored.sequence = rows->integer(0) + 1;
    }
    if (!stored.at.isValid())
        stored.at = QDateTime::currentDateTimeUtc();
    const Result<int> done = m_database.change(
        "INSERT INTO job_step (job_id, sequence, step, state, detail, took_ms, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        {idValue(stored.jobId), stored.sequence, textValue(stored.step),
         jobStepStateName(stored.state), textValue(stored.detail),
         static_cast<qint64>(stored.took.count()), timeValue(stored.at)});
    if (!done)
        return fail(done.error(), "adding a step");
    return stored;
}

Result<std::vector<JobStep>> JobRepository::steps(JobId id)
{
    Result<Rows> rows = m_database.run("SELECT sequence, step, state, detail, took_ms, at "
                                       "FROM job_step WHERE job_id = ? ORDER BY sequence",
                                       {idValue(id)});
    if (!rows)
        return fail(rows.error(), "reading the steps of a job");
    std::vector<JobStep> steps;
    while (rows->next()) {
        JobStep step;
        step.jobId = id;
        step.sequence = rows->integer(0);
        step.step = rows->text(1);
        step.state = jobStepStateFromName(rows->text(2));
        step.detail = rows->text(3);
        step.took = std::chrono::milliseconds(rows->integer(4));
        step.at = rows->time(5);
        steps.push_back(std::move(step));
    }
    return steps;
}

Result<> JobRepository::refuseIfHeld(JobId id, const QString &namesKey, const QString &owner)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Result<Rows> rows = m_database.run(
        "SELECT id, owner, lease_until FROM job WHERE (id = ? OR names_key = ?) AND owner <> '' "
        "AND lease_until > ?",
        {idValue(id), namesKey, timeValue(now)});
    if (!rows)
        return fail(rows.error(), "looking for who holds the job");
    while (rows->next()) {
        const QString holder = rows->text(1);
        const bool isThisJob = rows->text(0) == id.text();
        if (isDead(holder) || (isThisJob && holder == owner))
            continue;
        Error error;
        error.kind = Error::Kind::Conflict;
        error.detail = isThisJob
            ? QStringLiteral("%1 is working on this job").arg(holderInWords(holder))
            : QStringLiteral("%1 is working on another job for the same names")
                  .arg(holderInWords(holder));
        error.advice = QStringLiteral("Wait until it has finished, or stop it there.");
        error.evidence = {{QStringLiteral("holder"), holder},
                          {QStringLiteral("job"), rows->text(0)},
                          {QStringLiteral("until"), rows->time(2).toString(Qt::ISODate)}};
        return fail(std::move(error));
    }
    return {};
}

Result<> JobRepository::lease(JobId id, const QString &owner, std::chrono::seconds duration)
{
    QString namesKey;
    {
        Result<Rows> rows = m_database.run("SELECT names_key FROM job WHERE id = ?", {idValue(id)});
        if (!rows)
            return fail(rows.error(), "leasing a job");
        if (!rows->next())
            return fail(Error::Kind::NotFound, QStringLiteral("there is no job %1").arg(id.text()));
        namesKey = rows->text(0);
    }
    if (const Result<> free = refuseIfHeld(id, namesKey, owner); !free)
        return free;
    const QDateTime until = QDateTime::currentDateTimeUtc().addSecs(duration.count());
    const Result<int> done =
        m_database.change("UPDATE job SET owner = ?, lease_until = ? WHERE id = ?",
                          {textValue(owner), timeValue(until), idValue(id)});
    if (!done)
        return fail(done.error(), "leasing a job");
    return {};
}

Result<> JobRepository::release(JobId id, const QString &owner)
{
    const Result<int> done = m_database.change("UPDATE job SET owner = '', lease_until = NULL "
                                               "WHERE id = ? AND owner = ?",
                                               {idValue(id), textValue(owner)});
    if (!done)
        return fail(done.error(), "releasing a job");
    return {};
}

Result<> JobRepository::endLease(JobId id)
{
    const Result<int> done = m_database.change(
        "UPDATE job SET owner = '', lease_until = NULL WHERE id = ?", {idValue(id)});
    if (!done)
        return fail(done.error(), "releasing a job");
    return {};
}

} // namespace sealbook
