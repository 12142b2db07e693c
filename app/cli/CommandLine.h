// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/GlobalOptions.h"
#include "app/cli/Command.h"

#include <QStringList>

#include <memory>

namespace sealbook {

// The words of a command line, understood: global options, the command (null = the window), and its
// parser.
struct CommandLine
{
    GlobalOptions global;
    const Command *command = nullptr;
    std::shared_ptr<QCommandLineParser> parser; // shared with the call that reads it
    QStringList arguments;
    QString help; // not empty: print it and end
    QString problem; // not empty: a usage error

    [[nodiscard]] static CommandLine parse(const QStringList &words);
};

// The list of commands, or the help of one.
[[nodiscard]] QString usage();

} // namespace sealbook
