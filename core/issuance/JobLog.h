// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/issuance/IssuanceContext.h"
#include "core/records/JobRecord.h"

#include <QTimer>

#include <vector>

namespace sealbook {

class JobEvents;

// The log of one job. Every line is told at once. A started step is not stored: the line that ends
// it carries what matters. A stored line waits a little for the next row that has to be committed
// anyway, because a commit of its own would be another synced write. Owned by the JobRun that owns
// `job` too; main thread.
class JobLog
{
public:
    JobLog(const IssuanceContext &context, JobEvents &events, JobRecord &job);

    void started(const QString &step);
    void done(const QString &detail);
    void failed(const Error &why);
    void note(const QString &plainEnglish);

    // Hands the lines that wait to the store: to be called just before a row is written.
    void write();
    // Ends when all lines are stored.
    [[nodiscard]] Task<> flush();

private:
    void add(JobStep::State state, const QString &detail);

    Store &m_store;
    Clock &m_clock;
    JobEvents &m_events;
    JobRecord &m_job;
    std::chrono::milliseconds m_stepStartedAt{0}; // monotonic
    std::vector<JobStep> m_unwritten;
    QTimer m_patience; // ends the wait where no row comes
    std::vector<Task<JobStep>> m_writing; // on their way to the store
};

} // namespace sealbook
