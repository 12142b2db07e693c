// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ContainerProcess.h"

// What the program is with --read-container, for tests that do not have the program.
int main()
{
#ifdef SEALBOOK_SANITIZED
    constexpr bool limited = false;
#else
    constexpr bool limited = true;
#endif
    return sealbook::serveContainer(0, 1, limited);
}
