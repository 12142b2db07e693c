// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/CredentialRecord.h"

namespace sealbook {

class Database;

// Conflict where a running job uses the credential, or where journaled validation records may still
// be in DNS and only it could remove them; names jobs and records. Used on the store's thread,
// inside its transaction.
[[nodiscard]] Result<> refuseWhereNeeded(Database &database, const QString &credential,
                                         OpenRecords records);

} // namespace sealbook
