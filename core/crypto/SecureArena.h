// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealbook {

// OpenSSL's secure arena: 4 MiB, set up once, by whoever needs it first, on any thread. Secrets and
// the private parts of keys lie in it. Where the limit on locked memory is low it works unlocked:
// it may then be swapped out, which `doctor` reports.
enum class ArenaState {
    Locked, // cannot be swapped out, not in a core dump
    Unlocked, // in use, but the system refused to lock it
    Absent // no arena: no Secret can be made
};

// Sets the arena up if need be and says how it went.
[[nodiscard]] ArenaState secureArena();
[[nodiscard]] bool arenaIsLocked();
// How many bytes are in use: what tests and `doctor` look at.
[[nodiscard]] unsigned long arenaBytesInUse();

} // namespace sealbook
