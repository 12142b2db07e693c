// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/ToolRun.h"

#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>

namespace sealbook {

namespace {

QString lastLine(const QByteArray &text)
{
    const QList<QByteArray> lines = text.trimmed().split('\n');
    return QString::fromUtf8(lines.last().trimmed().left(300));
}

} // namespace

Task<ToolOutput> runTool(ToolCall call, std::stop_token stop)
{
    const QString name = QFileInfo(call.program).fileName();
    const auto process = std::make_unique<QProcess>();
    Deferred<> ended;
    QObject::connect(process.get(), &QProcess::finished, process.get(),
                     [ended](int, QProcess::ExitStatus status) {
                         if (status == QProcess::NormalExit)
                             ended.settle({});
                         else
                             ended.settle(
                                 fail(Error::Kind::Internal, QStringLiteral("it crashed")));
                     });
    QObject::connect(process.get(), &QProcess::errorOccurred, process.get(),
                     [ended, raw = process.get()](QProcess::ProcessError error) {
                         if (error == QProcess::FailedToStart)
                             ended.settle(fail(Error::Kind::NotFound, raw->errorString()));
                     });
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    if (!call.libraryPath.isEmpty())
        environment.insert(QStringLiteral("LD_LIBRARY_PATH"), call.libraryPath);
    process->setProcessEnvironment(environment);
    if (!call.folder.isEmpty())
        process->setWorkingDirectory(call.folder);
    process->start(call.program, call.arguments);
    process->write(call.input);
    process->closeWriteChannel();

    const QString tooLong = QStringLiteral("it did not end in time");
    const auto end = co_await within(ended, call.limit, tooLong, stop);
    if (process->state() != QProcess::NotRunning) {
        process->kill();
        process->waitForFinished(2000); // it is dying; no more than a reap
    }
    if (!end) {
        Error error = end.error();
        error.detail = QStringLiteral("%1: %2").arg(name, error.detail);
        error.context.append(QStringLiteral("running %1").arg(name));
        co_return fail(error);
    }
    ToolOutput output;
    output.exitCode = process->exitCode();
    output.output = process->readAllStandardOutput();
    output.errors = process->readAllStandardError();
    co_return output;
}

Task<QByteArray> outputOf(ToolCall call, std::stop_token stop)
{
    const QString name = QFileInfo(call.program).fileName();
    Task<ToolOutput> task = runTool(std::move(call), stop);
    const auto run = co_await std::move(task);
    if (!run)
        co_return fail(run.error());
    if (run->exitCode != 0)
        co_return fail(Error::Kind::Internal,
                       QStringLiteral("%1 ended with %2: %3")
                           .arg(name, QString::number(run->exitCode), lastLine(run->errors)));
    co_return run->output;
}

} // namespace sealbook
