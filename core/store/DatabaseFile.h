// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/Database.h"

namespace sealbook {

// Opens a profile's database, or makes a new one, on the calling thread. The file is 0600 and ours,
// never a symlink; a folder that is made for it is 0700. A new database is built under another name
// and put into place whole, so that an empty or half-made file is never ours: such a file is
// refused. In every refusal nothing has been written; where it is a damage, the newest backup that
// is whole is named, in the evidence too ("backup"). Before its format changes a backup is made.
[[nodiscard]] Result<std::unique_ptr<Database>> openDatabaseFile(const QString &file,
                                                                 const Database::Options &options);

} // namespace sealbook
