// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"

namespace sealbook {

const std::vector<Command> &allCommands()
{
    static const std::vector<Command> commands = [] {
        std::vector<Command> all;
        for (const auto &make :
             {issueCommands, jobCommands, inventoryCommands, certificateCommands, requestCommands,
              dnsCommands, credentialCommands, providerCommands, caCommands, accountCommands,
              auditCommands, backupCommands, practiceCommands, doctorCommands, watchCommands,
              reportCommands, passphraseCommands, revocationCommands, transparencyCommands}) {
            for (Command &command : make())
                all.push_back(std::move(command));
        }
        return all;
    }();
    return commands;
}

QCommandLineOption commandOption(const char *name, const char *description, const char *valueName)
{
    if (valueName == nullptr)
        return {QString::fromLatin1(name), QString::fromLatin1(description)};
    return {QString::fromLatin1(name), QString::fromLatin1(description),
            QString::fromLatin1(valueName)};
}

} // namespace sealbook
