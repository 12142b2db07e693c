// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CommandLine.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace sealbook {

namespace {
QList<QCommandLineOption> globalOptions()
{
    const auto option = [](const char *name, const char *text, const char *value = nullptr) {
        return value == nullptr
            ? QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(text))
            : QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(text),
                                 QString::fromLatin1(value));
    };
    return {option("home", "Folder of the profile (or SEALBOOK_HOME).", "DIR"),
            option("practice", "Practice CA and name servers on this computer only."),
            option("json", "One JSON object a line on stdout."),
            option("ca-file", "Trust these PEM roots for the CA's own TLS too.", "FILE"),
            option("resolver", "Recursive resolver to ask.", "ADDR[:PORT]"),
            option("dns-port", "Port of name servers (other than 53 on loopback only).", "N"),
            option("log-level", "trace, debug, info, warn, error or off.", "LEVEL"),
            option("timeout", "Longest wait for name servers to agree.", "SECONDS"),
            QCommandLineOption({QStringLiteral("h"), QStringLiteral("help")},
                               QStringLiteral("This help.")),
            option("version", "The version, and nothing else.")};
}

// Where the command's first word stands; -1 without one.
qsizetype firstWord(const QStringList &words)
{
    static const QStringList valued{QStringLiteral("--home"),     QStringLiteral("--ca-file"),
                                    QStringLiteral("--resolver"), QStringLiteral("--dns-port"),
                                    QStringLiteral("--timeout"),  QStringLiteral("--log-level")};
    for (qsizetype i = 1; i < words.size(); ++i) {
        if (valued.contains(words.at(i)))
            ++i;
        else if (!words.at(i).startsWith(u'-'))
            return i;
    }
    return -1;
}

const Command *commandCalled(const QString &words)
{
    for (const Command &command : allCommands()) {
        if (command.words == words)
            return &command;
    }
    return nullptr;
}

QString commandHelp(const Command &command)
{
    QString text = QStringLiteral("Usage: sealbook %1 %2 [options]\n\n%3\n")
                       .arg(command.words, command.arguments, command.summary);
    const auto describeOption = [&text](const QCommandLineOption &option) {
        const QString name = option.valueName().isEmpty()
            ? option.names().constLast()
            : option.names().constLast() + u' ' + option.valueName();
        text += QStringLiteral("  --%1  %2\n").arg(name.leftJustified(28), option.description());
    };
    if (!command.options.isEmpty())
        text += QStringLiteral("\nOptions:\n");
    for (const QCommandLineOption &option : command.options)
        describeOption(option);
    text += QStringLiteral("\nGlobal options:\n");
    for (const QCommandLineOption &option : globalOptions())
        describeOption(option);
    return text;
}

void readGlobal(CommandLine &line)
{
    const QCommandLineParser &parser = *line.parser;
    GlobalOptions &global = line.global;
    const auto value = [&parser](const char *name) { return parser.value(QLatin1String(name)); };
    global.home = value("home").isEmpty() ? defaultHome() : QDir(value("home")).absolutePath();
    global.practice = parser.isSet(QStringLiteral("practice"));
    global.json = parser.isSet(QStringLiteral("json"));
    global.caFile = value("ca-file");
    global.resolver = value("resolver");
    if (parser.isSet(QStringLiteral("log-level"))) {
        static const QStringList levels{QStringLiteral("trace"), QStringLiteral("debug"),
                                        QStringLiteral("info"),  QStringLiteral("warn"),
                                        QStringLiteral("error"), QStringLiteral("off")};
        global.logLevel = value("log-level");
        if (!levels.contains(global.logLevel))
            line.problem = QStringLiteral("--log-level wants one of: %1").arg(levels.join(u", "));
    }
    bool isNumber = true;
    if (parser.isSet(QStringLiteral("dns-port"))) {
        global.dnsPort = value("dns-port").toUShort(&isNumber);
        if (!isNumber || global.dnsPort == 0)
            line.problem = QStringLiteral("--dns-port wants a number from 1 to 65535");
    }
    if (parser.isSet(QStringLiteral("timeout"))) {
        const int seconds = value("timeout").toInt(&isNumber);
        if (!isNumber || seconds <= 0)
            line.problem = QStringLiteral("--timeout wants a number of seconds");
        global.timeout = std::chrono::seconds(seconds);
    }
}
} // namespace

QString defaultHome()
{
    const QString fromEnvironment = qEnvironmentVariable("SEALBOOK_HOME");
    if (!fromEnvironment.isEmpty())
        return QDir(fromEnvironment).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/sealbook");
}

tl::unexpected<Error> usageError(const QString &detail)
{
    return fail(Error::Kind::BadRequest, detail, QStringLiteral("See: sealbook --help"));
}

bool isUsageError(const Error &error)
{
    return error.kind == Error::Kind::BadRequest
        && error.advice == QLatin1String("See: sealbook --help");
}

QString usage()
{
    QString text = QStringLiteral(
        "Usage: sealbook [global options]                the window\n"
        "       sealbook COMMAND [arguments] [options]   in the terminal\n\nCommands:\n");
    for (const Command &command : allCommands()) {
        if (command.isInternal)
            continue;
        const QString call = command.words + u' ' + command.arguments;
        text += QStringLiteral("  %1 %2\n").arg(call.leftJustified(34), command.summary);
    }
    text +=
        QStringLiteral("\nOptions of a command: sealbook COMMAND --help\n\n"
                       "Exit: 0 done, 1 failed, 2 usage, 3 approval needed, 4 keychain "
                       "unavailable or locked,\n5 DNS not ready in time, 6 the CA refused, 7 the "
                       "provider refused, 130 cancelled (cleaned up).\n");
    return text;
}

CommandLine CommandLine::parse(const QStringList &words)
{
    CommandLine line;
    line.parser = std::make_shared<QCommandLineParser>();
    line.parser->addOptions(globalOptions());
    QStringList rest = words;
    if (const qsizetype at = firstWord(words); at > 0) {
        const QString one = words.at(at);
        const QString two = at + 1 < words.size() ? one + u' ' + words.at(at + 1) : QString();
        line.command = commandCalled(two);
        if (line.command != nullptr)
            rest.removeAt(at + 1);
        else
            line.command = commandCalled(one);
        if (line.command == nullptr) {
            line.global.json = words.contains(QStringLiteral("--json"));
            line.problem = QStringLiteral("there is no command \"%1\"").arg(one);
            if (one == QLatin1String("help"))
                line.help = usage();
            return line;
        }
        rest.removeAt(at);
        line.parser->addOptions(line.command->options);
    }
    if (!line.parser->parse(rest))
        line.problem = line.parser->errorText();
    readGlobal(line);
    if (line.parser->isSet(QStringLiteral("help"))) {
        line.help = line.command != nullptr ? commandHelp(*line.command) : usage();
        return line;
    }
    if (line.parser->isSet(QStringLiteral("version"))) {
        line.help = QStringLiteral("sealbook %1\n").arg(QCoreApplication::applicationVersion());
        return line;
    }
    line.arguments = line.parser->positionalArguments();
    if (line.command == nullptr || !line.problem.isEmpty())
        return line;
    const auto count = static_cast<int>(line.arguments.size());
    const int most = line.command->maximumArguments;
    if (count < line.command->minimumArguments || (most >= 0 && count > most))
        line.problem = QStringLiteral("%1 takes: %2")
                           .arg(line.command->words,
                                line.command->arguments.isEmpty() ? QStringLiteral("no arguments")
                                                                  : line.command->arguments);
    return line;
}

} // namespace sealbook
