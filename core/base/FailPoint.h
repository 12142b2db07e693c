// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealbook {

// A named place where a test may make the process die, fail or hang: SEALBOOK_FAIL=C6:kill. The
// names are the crash points of the security plan. Several may be given, separated by commas.
// `kill` ends the process at once (SIGKILL), `hang` blocks it, `err` makes failPoint() return true
// so that the caller can fail as if the effect's reply had been lost. In release builds it is a
// constant false.
#ifdef SEALBOOK_FAILPOINTS
[[nodiscard]] bool failPoint(const char *name);
#else
[[nodiscard]] constexpr bool failPoint(const char *)
{
    return false;
}
#endif

} // namespace sealbook
