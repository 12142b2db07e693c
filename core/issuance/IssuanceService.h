// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/records/AccountRecord.h"
#include "core/records/BoardRow.h"
#include "core/records/CertificateRecord.h"
#include "core/records/JobRecord.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sealbook {

struct IssuanceContext;

struct IssuanceResult
{
    JobId jobId;
    CertificateRecord certificate;
    int requests = 0; // HTTPS requests of this run
    std::chrono::milliseconds elapsed{0};
    QStringList notes; // what went wrong besides, in plain English; the certificate is stored
};

// How a job goes on otherwise than it began.
struct ResumeChange
{
    std::optional<QString> credential; // who writes DNS from now on; "" = by hand
    bool unattended = false;
};

// The story of an issuance, readable aloud in issue(): decide, take the names, write down the
// order, make the key, ask the issuer, save, audit, tell. Everything that happens is written down
// before it happens, so resume() can go on from any point. Owned by Services; main thread; outlives
// its tasks.
class IssuanceService : public QObject
{
    Q_OBJECT

public:
    explicit IssuanceService(IssuanceContext context, QObject *parent = nullptr);
    ~IssuanceService() override;

    // What is wrong with a request before anything is sent; empty = fine.
    [[nodiscard]] std::vector<Error> problems(const IssuanceRequest &request) const;
    // Writes the job down and starts it; progress comes by the signals. The task ends with the job.
    [[nodiscard]] Task<IssuanceResult> issue(IssuanceRequest request, std::stop_token stop);
    // The same for a job that was left by a crash, a pause or a failure that can be tried again.
    [[nodiscard]] Task<IssuanceResult> resume(JobId id, std::stop_token stop);
    // The same, with another way into DNS or another watcher; the order stays (R05). A job that
    // runs here is put aside first. Conflict once the CA has been asked to validate.
    [[nodiscard]] Task<IssuanceResult> resumeWith(JobId id, ResumeChange change,
                                                  std::stop_token stop);
    // Stops a job, running here or not, and removes what it published.
    [[nodiscard]] Task<> cancel(JobId id);
    // Before the program ends: stops what runs here, takes its records back, and leaves the jobs
    // to be resumed. What is not done after `limit` is left to a resume or to sweep().
    [[nodiscard]] Task<> pauseAll(std::chrono::milliseconds limit);
    // Asks the name servers of a running job now.
    void checkNow(JobId id);
    // Asks one public resolver of its board now, although it may remember a "no".
    void askResolver(JobId id, const DnsName &recordName, const QString &server);

    [[nodiscard]] Task<std::vector<JobRecord>> jobs();
    [[nodiscard]] Task<std::vector<JobStep>> steps(JobId id);
    [[nodiscard]] std::vector<JobId> running() const; // in this process
    [[nodiscard]] std::optional<BoardState> board(JobId id) const; // of a running job
    [[nodiscard]] Task<std::vector<CaRecord>> cas(); // for their names
    // Jobs that a crash left behind (running by their row, with a lease that has ended), and those
    // that were paused because the program was closed.
    [[nodiscard]] Task<std::vector<JobRecord>> interrupted();
    // Removes validation records that were journaled and never removed, of jobs that are over
    // (R29).
    [[nodiscard]] Task<int> sweep(std::stop_token stop);

Q_SIGNALS:
    void jobChanged(JobRecord job);
    void stepAdded(JobStep step);
    void boardChanged(JobId id, BoardState board);
    void issued(CertificateRecord certificate);
    // Something in the profile changed, perhaps a job of another process: read jobs() again.
    void storeChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sealbook
