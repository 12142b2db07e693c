// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealbook {

// The program: with a command it runs that without a display, else it opens the window (or raises
// the one that is open on the same profile). Returns the exit code of product.md.
// `umask` is the one that the person had set.
[[nodiscard]] int runApplication(int argc, char **argv, unsigned umask);

} // namespace sealbook
