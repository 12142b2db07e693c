// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/CommandLine.h"

#include <stop_token>

namespace sealbook {

// Runs one command to its end: practice where it is asked for, services, the command, the last line
// of output. Returns the exit code. The parser of `line` lives as long as the task.
[[nodiscard]] QCoro::Task<int> runCommand(CommandLine line, std::stop_token stop);

} // namespace sealbook
