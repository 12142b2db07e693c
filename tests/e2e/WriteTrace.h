// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <map>

namespace sealbook {

// Everything that a program and its children wrote, by strace: files that are gone again, pipes,
// sockets, and what they were started with. What goes to a local socket is left out: that is the
// way to the keychain. A value.
class WriteTrace
{
public:
    // The words to put before a program's own, so that `file` gets its trace.
    [[nodiscard]] static QStringList command(const QString &file);
    // By "what was written to": the bytes in their order. Empty where nothing could be read.
    [[nodiscard]] static std::map<QByteArray, QByteArray> read(const QString &file);
};

} // namespace sealbook
