// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <mutex>
#include <set>
#include <thread>

namespace sealbook {

// Reads what /proc shows of every process below this one, as long as it lives: environment and
// command line, some twenty times a second. The processes must be readable: in a build without
// sanitizers that takes root, because the program makes itself unreadable. Owned by a test.
class ProcessWatch
{
public:
    ProcessWatch();
    ~ProcessWatch();
    Q_DISABLE_COPY_MOVE(ProcessWatch)

    // Everything that was seen, each environment and each command line once. Ends the watch.
    [[nodiscard]] QByteArray seen();
    // Environments that were read so far; of which a watch that saw nothing proves nothing.
    [[nodiscard]] int environments();

private:
    void look();

    std::mutex m_mutex;
    std::set<QByteArray> m_environments;
    std::set<QByteArray> m_commands;
    std::jthread m_thread;
};

} // namespace sealbook
