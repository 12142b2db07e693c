// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/BackupRecord.h"

namespace sealbook {

class Database;

// A profile's database in one file that tells of itself and of every changed bit:
//
//     Sealbook backup 1 <SHA-256 of all that follows, in hex>\n
//     {"taken_at":...}\n                                what is in it, as JSON
//     SQLite format 3...                                the database
//
// What the database seals stays sealed: without the keychain or the recovery code nobody reads a
// key from it (security.md 4.7). Everything here blocks; any thread.

// Checks the database whole, copies it, checks the copy, and puts the file into its place in one
// step: it is there and whole, or not at all (C20). Conflict where the name is taken. No
// transaction may be open.
[[nodiscard]] Result<BackupRecord> writeBackup(Database &database, const QString &target,
                                               BackupReason reason);

// What the head says, believed.
[[nodiscard]] Result<BackupRecord> readBackupHead(const QString &file);

// Reads the whole file. Corrupt for what is none, and for one flipped bit (B56); BadRequest where a
// newer Sealbook wrote it (B57).
[[nodiscard]] Result<BackupRecord> verifyBackup(const QString &file);

// The same, and writes the database to `into`, which is worth nothing when this fails.
[[nodiscard]] Result<BackupRecord> extractBackup(const QString &file, const QString &into);

} // namespace sealbook
