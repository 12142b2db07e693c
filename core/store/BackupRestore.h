// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/BackupRecord.h"

namespace sealbook {

// Puts the backup into the place of the profile's database, by one rename (C20): before it the old
// database is there, after it the new one, and whoever still has the old one open can write nothing
// more. What stood there is kept: as a backup of its own, or, when it is damaged, under another
// name. Refused, with nothing changed, are a damaged backup (B56), one of another profile or of a
// newer Sealbook (B57). The restored log gets an entry of what happened. Blocks; any thread.
[[nodiscard]] Result<RestoreReport> restoreBackup(const QString &backup,
                                                  const QString &databaseFile);

} // namespace sealbook
