// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"
#include "core/crypto/Secret.h"

#include <vector>

namespace sealbook {

// One function for each file of commands, gathered by Commands.cpp.
[[nodiscard]] std::vector<Command> issueCommands();
[[nodiscard]] std::vector<Command> jobCommands();
[[nodiscard]] std::vector<Command> inventoryCommands();
[[nodiscard]] std::vector<Command> certificateCommands();
[[nodiscard]] std::vector<Command> requestCommands();
[[nodiscard]] std::vector<Command> dnsCommands();
[[nodiscard]] std::vector<Command> credentialCommands();
[[nodiscard]] std::vector<Command> providerCommands();
[[nodiscard]] std::vector<Command> caCommands();
[[nodiscard]] std::vector<Command> accountCommands();
[[nodiscard]] std::vector<Command> auditCommands();
[[nodiscard]] std::vector<Command> backupCommands();
[[nodiscard]] std::vector<Command> practiceCommands();
[[nodiscard]] std::vector<Command> doctorCommands();
[[nodiscard]] std::vector<Command> watchCommands();
[[nodiscard]] std::vector<Command> reportCommands();
[[nodiscard]] std::vector<Command> passphraseCommands();
[[nodiscard]] std::vector<Command> revocationCommands();
[[nodiscard]] std::vector<Command> transparencyCommands();

[[nodiscard]] QCommandLineOption commandOption(const char *name, const char *description,
                                               const char *valueName = nullptr);

// The SHA-256 of the certificates that the arguments and --query name, each once.
[[nodiscard]] Task<QStringList> chosenCertificates(CommandCall call, std::stop_token stop);

// What --password-fd brings; empty without it.
[[nodiscard]] Result<Secret> passwordOf(const CommandCall &call);

} // namespace sealbook
