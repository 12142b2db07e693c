// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace sealbook {

// The options that every command and the window take (product.md, "Command line").
struct GlobalOptions
{
    QString home; // the profile's folder; never empty after parsing
    bool practice = false;
    bool json = false;
    QString caFile;
    QString resolver;
    quint16 dnsPort = 53;
    QString logLevel = QStringLiteral("warn");
    std::optional<std::chrono::seconds> timeout;
    unsigned umask = 022; // the person's own, from before the process was hardened
};

// Where the platform keeps a program's data, or SEALBOOK_HOME.
[[nodiscard]] QString defaultHome();

} // namespace sealbook
