// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealbook {

// What the process forbids itself before it holds a secret (security.md section 3): core dumps,
// being traced or read through /proc by others of the same user, and files for others (umask 077).
// `readable` keeps /proc/self readable, which sanitizers and a debugger need.
void hardenProcess(bool readable);

} // namespace sealbook
