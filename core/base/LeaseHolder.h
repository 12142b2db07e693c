// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace sealbook {

// Which process holds something of a shared profile. A process id alone says little: two containers
// may share host name and home, and ids are used again. So a holder carries the boot and the pid
// namespace in which its id means something, and when that process started. A value; as text
// "host:pid:boot:namespace:start", in which the last three are empty where the system cannot tell.
struct LeaseHolder
{
    QString host;
    qint64 pid = 0;
    QString boot;
    QString pidNamespace;
    QString startedAt; // in the kernel's ticks since its boot
    bool operator==(const LeaseHolder &) const = default;

    [[nodiscard]] static LeaseHolder ofThisProcess();
    // Nothing for a text that names no process. "host:pid" alone is read too.
    [[nodiscard]] static std::optional<LeaseHolder> fromText(const QString &text);
    [[nodiscard]] QString text() const;
    // True only where this process can know it: same host, boot and pid namespace, and no process
    // of that id that started then. Everything else has to wait until its lease ends.
    [[nodiscard]] bool isDead() const;
};

// How a holder is called in a message: "process 4711 on desk"; a text of another form as it is.
[[nodiscard]] QString holderInWords(const QString &holder);

} // namespace sealbook
