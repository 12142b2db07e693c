// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Application.h"

#include "app/Desktop.h"
#include "app/Interrupt.h"
#include "app/cli/RunCommand.h"
#include "core/base/Log.h"
#include "ui/widgets/HouseStyle.h"
#include "ui/widgets/PlainToolTips.h"
#include "ui/widgets/PluralTexts.h"

#include <QApplication>
#include <QStyleFactory>

#include <cstdio>

namespace sealbook {

namespace {
QStringList wordsOf(int argc, char **argv)
{
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    return words;
}

QCoro::Task<> runToEnd(CommandLine line, std::stop_token stop)
{
    const int code = co_await runCommand(line, stop);
    QCoreApplication::exit(code);
}

int runTerminal(int argc, char **argv, const CommandLine &line)
{
    QCoreApplication application(argc, argv);
    std::stop_source stop;
    const Interrupt interrupt(stop);
    // Queued, so that exit() always meets a running event loop.
    QTimer::singleShot(0, &application, [line, stop] { runToEnd(line, stop.get_token()); });
    return QCoreApplication::exec();
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

QCoro::Task<> closeAndExit(Desktop *desktop)
{
    const auto closed = co_await desktop->close();
    if (!closed)
        logWarning("closing: {}", describe(closed.error()));
    QCoreApplication::exit(closed ? 0 : 1);
}

int runWindow(int argc, char **argv, const CommandLine &line)
{
    if (!hasDisplay()) {
        Output output(line.global.json);
        output.note(QStringLiteral("sealbook: there is no display for the window.\n"
                                   "  Give a command, for example: sealbook --practice issue "
                                   "www.practice.test\n  All commands: sealbook --help"));
        return static_cast<int>(ExitCode::Usage);
    }
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setStyle(new HouseStyle(QStyleFactory::create(QApplication::style()->name())));
    PluralTexts plurals;
    QApplication::installTranslator(&plurals);
    PlainToolTips plainToolTips;
    application.installEventFilter(&plainToolTips);
    std::stop_source stop;
    const Interrupt interrupt(stop);
    Desktop desktop(line.global);
    if (!desktop.isFirst())
        return static_cast<int>(ExitCode::Done);
    // Once: the window may be closed and a signal come while the first is at it.
    bool isClosing = false;
    const auto close = [&desktop, &stop, &isClosing] {
        stop.request_stop();
        if (!std::exchange(isClosing, true))
            closeAndExit(&desktop);
    };
    QObject::connect(&desktop, &Desktop::closeWanted, &desktop, close, Qt::QueuedConnection);
    QObject::connect(&interrupt, &Interrupt::asked, &desktop, close);
    QTimer::singleShot(0, &desktop, [&desktop, &stop] { desktop.start(stop.get_token()); });
    return QApplication::exec();
}

int printAndEnd(const CommandLine &line)
{
    if (!line.help.isEmpty()) {
        std::fputs(line.help.toLocal8Bit().constData(), stdout);
        return static_cast<int>(ExitCode::Done);
    }
    Output output(line.global.json);
    const ExitCode code = output.finish(usageError(line.problem));
    Q_UNUSED(code)
    return static_cast<int>(ExitCode::Usage);
}
} // namespace

int runApplication(int argc, char **argv, unsigned umask)
{
    QCoreApplication::setApplicationName(QStringLiteral("sealbook"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEALBOOK_VERSION));
    CommandLine line = CommandLine::parse(wordsOf(argc, argv));
    line.global.umask = umask;
    if (!line.help.isEmpty() || !line.problem.isEmpty())
        return printAndEnd(line);
    setUpLog(line.global.logLevel);
    qAddPostRoutine(waitForThreadsToEnd);
    return line.command != nullptr ? runTerminal(argc, argv, line) : runWindow(argc, argv, line);
}

} // namespace sealbook
