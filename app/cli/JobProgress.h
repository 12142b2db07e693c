// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Output.h"
#include "core/issuance/IssuanceService.h"

#include <QObject>

namespace sealbook {

// Prints what a job in the terminal does, from the service's signals, while it lives.
class JobProgress : public QObject
{
public:
    JobProgress(IssuanceService &issuance, Output &output)
    {
        connect(&issuance, &IssuanceService::stepAdded, this,
                [&output](const JobStep &step) { output.step(step); });
        connect(&issuance, &IssuanceService::boardChanged, this,
                [&output](JobId, const BoardState &board) { output.board(board); });
    }
};

} // namespace sealbook
