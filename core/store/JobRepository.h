// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/JobRecord.h"

#include <vector>

namespace sealbook {

class Database;

// Jobs, their steps and their leases. A lease says who runs a job and until when; it is what keeps
// the window and the terminal, which share the file, from issuing the same thing twice. Used on the
// store's thread, inside its transaction.
class JobRepository
{
public:
    explicit JobRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<std::vector<JobRecord>> all(); // newest first
    [[nodiscard]] Result<JobRecord> byId(JobId id);
    // See Store::saveJob.
    [[nodiscard]] Result<> save(const JobRecord &job);
    [[nodiscard]] Result<JobStep> addStep(const JobStep &step);
    [[nodiscard]] Result<std::vector<JobStep>> steps(JobId id);
    [[nodiscard]] Result<> lease(JobId id, const QString &owner, std::chrono::seconds duration);
    [[nodiscard]] Result<> release(JobId id, const QString &owner);
    [[nodiscard]] Result<> endLease(JobId id);

private:
    [[nodiscard]] Result<> insert(const JobRecord &job);
    [[nodiscard]] Result<> update(const JobRecord &job);
    [[nodiscard]] Result<> refuseIfHeld(JobId id, const QString &namesKey, const QString &owner);

    Database &m_database;
};

} // namespace sealbook
