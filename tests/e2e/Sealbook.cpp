// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/Sealbook.h"

#include <QJsonDocument>

namespace sealbook {

namespace {
constexpr int runLimitMs = 180000; // sanitizers on two busy cores are slow
} // namespace

QString SealbookRun::errorKind() const
{
    return result()
        .value(QStringLiteral("error"))
        .toObject()
        .value(QStringLiteral("kind"))
        .toString();
}

QList<QJsonObject> SealbookRun::events(const QString &event) const
{
    QList<QJsonObject> found;
    for (const QJsonObject &line : lines) {
        if (line.value(QStringLiteral("event")).toString() == event)
            found.append(line);
    }
    return found;
}

QByteArray SealbookRun::story() const
{
    // How it ended comes first: QtTest cuts a long message at its end.
    QByteArray text = "exit " + QByteArray::number(exitCode) + (killed ? " (killed)\n" : "\n")
        + errors + '\n' + QJsonDocument(result()).toJson(QJsonDocument::Compact) + '\n';
    for (const QJsonObject &line : lines)
        text += QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    return text;
}

Sealbook::Sealbook(QStringList globals)
    : m_globals(std::move(globals))
    , m_environment(QProcessEnvironment::systemEnvironment())
{
    m_globals.append(QStringLiteral("--json"));
}

void Sealbook::clearEnvironment(const QStringList &kept)
{
    for (const QString &name : m_environment.keys()) {
        if (!kept.contains(name))
            m_environment.remove(name);
    }
}

std::unique_ptr<QProcess> Sealbook::start(const QStringList &arguments,
                                          const QString &failpoint) const
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = m_environment;
    if (!failpoint.isEmpty())
        environment.insert(QStringLiteral("SEALBOOK_FAIL"), failpoint);
    process->setProcessEnvironment(environment);
    QStringList words = m_wrapper + QStringList{QStringLiteral(SEALBOOK_BINARY)} + m_globals;
    words += arguments;
    process->start(words.takeFirst(), words);
    return process;
}

SealbookRun Sealbook::finish(QProcess &process)
{
    SealbookRun run;
    if (!process.waitForFinished(runLimitMs)) {
        process.kill();
        process.waitForFinished();
        run.errors = "the program did not end\n";
    }
    run.killed = process.exitStatus() == QProcess::CrashExit;
    run.exitCode = process.exitCode();
    run.errors += process.readAllStandardError();
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            run.lines.append(document.object());
        else
            run.errors += "no JSON on stdout: " + line + '\n';
    }
    return run;
}

SealbookRun Sealbook::run(const QStringList &arguments, const QByteArray &input)
{
    const auto process = start(arguments);
    process->write(input);
    process->closeWriteChannel();
    return finish(*process);
}

SealbookRun Sealbook::runFailing(const QString &failpoint, const QStringList &arguments)
{
    const auto process = start(arguments, failpoint);
    process->closeWriteChannel();
    return finish(*process);
}

} // namespace sealbook
