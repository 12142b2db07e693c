// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/Database.h"

namespace sealbook {

// Opens a profile's database, or makes a new one, on the calling thread. The file is 0600 and ours,
// never a symlink; a folder that is made for it is 0700. A new database is built under another name
// and put into place whole, so that an empty or half-made file is never ours: such a file is
// refused. In every refusal nothing has been written.
[[nodiscard]] Result<std::unique_ptr<Database>> openDatabaseFile(const QString &file,
                                                                 const Database::Options &options);

// A file name that a damaged database's message can offer: the newest one in the folder "backups"
// beside it; empty without any.
[[nodiscard]] QString newestBackupOf(const QString &file);

} // namespace sealbook
