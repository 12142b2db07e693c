// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

namespace sealbook {

class Database;

// The schema's versions. Each step is one SQL file of resources/schema, compiled in. All steps that
// a file needs run in one transaction with the new version number (PRAGMA user_version): a crash or
// a fault leaves the old schema or the newest one, never something between (C19).
inline constexpr int newestSchemaVersion = 7;

// Brings the database from `version` to the newest one.
[[nodiscard]] Result<> migrate(Database &database, int version);
// The same up to `target` only: how a test makes a file of an older Sealbook.
[[nodiscard]] Result<> migrate(Database &database, int version, int target);

// Compares every table, index, trigger and view with what the migrations up to `version` make.
// Corrupt, and names the stranger, where somebody planted or removed one (B69).
[[nodiscard]] Result<> checkSchema(Database &database, int version);

} // namespace sealbook
