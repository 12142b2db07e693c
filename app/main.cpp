// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Application.h"
#include "app/Hardening.h"
#include "core/inventory/ContainerServant.h"

#include <cstring>

int main(int argc, char **argv)
{
#ifdef SEALBOOK_SANITIZED
    constexpr bool isReadable = true;
#else
    constexpr bool isReadable = false;
#endif
    const unsigned umask = sealbook::hardenProcess(isReadable);
    if (argc >= 2 && std::strcmp(argv[1], sealbook::readContainerWord) == 0)
        return sealbook::serveContainer(sealbook::containerDutyOf(argc, argv));
    return sealbook::runApplication(argc, argv, umask);
}
