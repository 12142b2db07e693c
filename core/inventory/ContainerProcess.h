// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/ContainerReader.h"

#include <stop_token>

namespace sealbook {

// The one argument that makes the program read a container and do nothing else.
inline constexpr char readContainerWord[] = "--read-container";

// How to start the process that reads containers: a program with its arguments, whose main() is
// serveContainer(). With an empty program there is none, and containers are refused.
struct ImportHelper
{
    QString program;
    QStringList arguments;
};

// Reads one container in a child process that may use 10 s of processor and 256 MiB of memory,
// writes no file and dies with `stop`: whoever made the file gets no more than that (security.md
// section 3). Bytes and password go through its standard input, what it found comes back through
// its standard output and is parsed again here. Blocks; on any thread.
[[nodiscard]] Result<ContainerContent> readInProcess(const ImportHelper &helper,
                                                     ImportFormat format,
                                                     std::span<const std::uint8_t> bytes,
                                                     const Secret &password, std::stop_token stop);

// The child's side: one request from `in`, one answer to `out`. Returns main()'s exit code. With
// `limited` it first takes from itself what it does not need; sanitizers cannot live with that.
[[nodiscard]] int serveContainer(int in, int out, bool limited);

} // namespace sealbook
