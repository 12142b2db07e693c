// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealbook {

// What the process forbids itself before it holds a secret (security.md section 3): core dumps,
// being traced or read through /proc by others of the same user, and files for others (umask 077).
// `readable` keeps /proc/self readable, which sanitizers and a debugger need. Returns the umask
// that the person had set, which is right for files that hold no secret and are theirs.
[[nodiscard]] unsigned hardenProcess(bool readable);

} // namespace sealbook
