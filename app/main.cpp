// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Application.h"
#include "app/Hardening.h"

int main(int argc, char **argv)
{
#ifdef SEALBOOK_SANITIZED
    sealbook::hardenProcess(true);
#else
    sealbook::hardenProcess(false);
#endif
    return sealbook::runApplication(argc, argv);
}
