// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/records/BackupRecord.h"

#include <QString>

#include <functional>
#include <vector>

namespace sealbook {

// How the settings page comes to the backups; the application fills it from the service, tests from
// a list.
struct BackupAccess
{
    QString folder;
    std::function<Task<std::vector<BackupRecord>>()> list;
    std::function<Task<BackupRecord>(QString target)> create; // empty = into the folder
    std::function<Task<BackupRecord>(QString file)> verify;
    std::function<QString()> lastProblem; // of the daily ones; empty = none
};

} // namespace sealbook
