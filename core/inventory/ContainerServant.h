// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sealbook {

// What a process that reads containers reads: files, or tokens and nothing else.
enum class ContainerDuty { Files, Tokens };

// The whole life of the process that reads one container: limits itself (256 MiB more memory than
// it was born with, 10 s of CPU, no new file, socket or process, no core dump, nobody may look into
// it), reads the question from descriptor 0, answers it to descriptor 1, and ends. Gives the exit
// code. The modules of tokens open files and services of their own, so for those that limit is left
// out.
// It is started by ContainerProcess only; no application object is needed. Under sanitizers, which
// reserve memory in terabytes, memory is not limited.
[[nodiscard]] int serveContainer(ContainerDuty duty);
// By what stands behind readContainerWord on the command line.
[[nodiscard]] ContainerDuty containerDutyOf(int count, const char *const *words);

// What must stand first on the command line for that.
inline constexpr char readContainerWord[] = "--read-container";
inline constexpr char readTokenWord[] = "--tokens"; // last

} // namespace sealbook
