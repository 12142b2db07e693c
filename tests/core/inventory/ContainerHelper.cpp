// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ContainerServant.h"

// What the program is with readContainerWord, for tests that do not have the program.
int main(int argc, char **argv)
{
    return sealbook::serveContainer(sealbook::containerDutyOf(argc, argv));
}
