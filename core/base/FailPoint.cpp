// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/FailPoint.h"

#ifdef SEALBOOK_FAILPOINTS

#include <QByteArray>
#include <QByteArrayList>

#include <csignal>
#include <thread>

namespace sealbook {

bool failPoint(const char *name)
{
    static const QByteArrayList armed = qgetenv("SEALBOOK_FAIL").split(',');
    const QByteArray prefix = QByteArray(name) + ':';
    for (const QByteArray &entry : armed) {
        if (!entry.startsWith(prefix))
            continue;
        const QByteArray action = entry.mid(prefix.size());
        if (action == "kill")
            std::raise(SIGKILL);
        while (action == "hang")
            std::this_thread::sleep_for(std::chrono::hours(1));
        return action == "err";
    }
    return false;
}

} // namespace sealbook

#endif
