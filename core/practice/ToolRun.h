// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QByteArray>
#include <QStringList>

namespace sealbook {

// One run of a short-lived program, such as openssl or apt-get. Nothing secret may stand in it:
// arguments can be read by everybody on the machine.
struct ToolCall
{
    QString program;
    QStringList arguments;
    QString folder; // where it runs; empty = here
    QByteArray input; // its standard input, which is closed afterwards
    QString libraryPath; // LD_LIBRARY_PATH; empty = as it is
    std::chrono::milliseconds limit = std::chrono::seconds(30);
};

struct ToolOutput
{
    int exitCode = 0;
    QByteArray output;
    QByteArray errors;
};

// Runs it to its end. An exit code other than 0 is a result, not an Error; not starting, crashing,
// the time limit and a stop request (which kill it) are Errors.
[[nodiscard]] Task<ToolOutput> runTool(ToolCall call, std::stop_token stop);

// The same, where another exit code than 0 is an Error with the program's last line as evidence.
[[nodiscard]] Task<QByteArray> outputOf(ToolCall call, std::stop_token stop);

} // namespace sealbook
