// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/GlobalOptions.h"
#include "app/cli/Output.h"
#include "core/base/Task.h"

#include <QCommandLineParser>
#include <QStringList>

#include <memory>
#include <vector>

namespace sealbook {

class Services;

// What a command is called with. Parser, services and output outlive its task.
struct CommandCall
{
    GlobalOptions global;
    QStringList arguments; // positional, without the command's own words
    const QCommandLineParser *parser = nullptr;
    Services *services = nullptr; // null where the command needs no profile
    Output *output = nullptr;

    [[nodiscard]] QString value(const char *option) const
    {
        return parser->value(QLatin1String(option));
    }
    [[nodiscard]] QStringList values(const char *option) const
    {
        return parser->values(QLatin1String(option));
    }
    [[nodiscard]] bool isSet(const char *option) const
    {
        return parser->isSet(QLatin1String(option));
    }
};

// What must be there before a command runs.
enum class CommandNeeds {
    Nothing,
    Network, // a resolver and transports; no profile is opened or made
    Profile, // the database, opened
    Keychain // the same, and a usable keychain before anything is written
};

// One command of the terminal. A value in the table of Commands.cpp; `run` is a free coroutine.
struct Command
{
    QString words; // "credential add"
    QString arguments; // "PROVIDER": what stands behind the words, for the usage line
    QString summary;
    CommandNeeds needs = CommandNeeds::Profile;
    bool isInternal = false; // not in the help
    int minimumArguments = 0;
    int maximumArguments = 0; // -1 = any number
    QList<QCommandLineOption> options;
    Task<QJsonObject> (*run)(CommandCall call, std::stop_token stop) = nullptr;
    // Where a command has exit codes of its own: gets the usual one.
    int (*exitCode)(const QCommandLineParser &parser, Output &output,
                    const Result<QJsonObject> &result, int usual) = nullptr;
};

[[nodiscard]] const std::vector<Command> &allCommands();

// A usage error: exit code 2.
[[nodiscard]] tl::unexpected<Error> usageError(const QString &detail);
[[nodiscard]] bool isUsageError(const Error &error);

} // namespace sealbook
