// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace sealbook {

unsigned hardenProcess(bool readable)
{
    const unsigned before = ::umask(077);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    if (!readable)
        ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    return before;
}

} // namespace sealbook
