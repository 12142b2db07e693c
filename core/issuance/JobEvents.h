// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/BoardRow.h"
#include "core/records/CertificateRecord.h"
#include "core/records/JobRecord.h"

#include <QObject>

namespace sealbook {

// Where the parts of issuance say what happens to a job. Owned by IssuanceService, which passes it
// on by its own signals; main thread; outlives every job.
class JobEvents : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void jobChanged(JobRecord job);
    void stepAdded(JobStep step);
    void boardChanged(JobId id, BoardState board);
    void issued(CertificateRecord certificate);
};

} // namespace sealbook
