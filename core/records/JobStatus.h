// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/JobRecord.h"

namespace sealbook {

// How a job stands, as window and terminal say it. The row of a job whose process was killed says
// "running" until somebody resumes it; nobody runs it, so people read "interrupted".
enum class JobStatus { Running, Interrupted, Paused, Done, Failed, Cancelled };

[[nodiscard]] JobStatus jobStatus(const JobRecord &job, const QDateTime &now);
[[nodiscard]] QString jobStatusName(JobStatus status);
// Nobody holds it: never leased, ended, or its holder is known to be dead.
[[nodiscard]] bool leaseIsOver(const JobRecord &job, const QDateTime &now);

} // namespace sealbook
