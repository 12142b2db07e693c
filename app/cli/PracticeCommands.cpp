// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/PracticeSession.h"
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "core/base/Clock.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>

namespace sealbook {

namespace {
constexpr std::chrono::seconds startLimit{120};
constexpr std::chrono::seconds stopLimit{30};
constexpr std::chrono::milliseconds look{100};

QJsonObject runningJson(const PracticeSession::Running &running)
{
    const PracticeFacts &facts = running.facts;
    return {{QStringLiteral("running"), true},
            {QStringLiteral("pid"), running.pid},
            {QStringLiteral("directory"), facts.directoryUrl},
            {QStringLiteral("zone"), facts.zone},
            {QStringLiteral("resolver"),
             QStringLiteral("%1:%2").arg(facts.resolver).arg(facts.dnsPort)},
            {QStringLiteral("dns_port"), facts.dnsPort},
            {QStringLiteral("ca_file"), facts.caFile},
            {QStringLiteral("root_file"), facts.rootFile}};
}

void sayRunning(Output &output, const PracticeFacts &facts)
{
    output.say(QStringLiteral("PRACTICE: CA %1, zone %2, name servers on port %3 of this computer.")
                   .arg(facts.directoryUrl, facts.zone)
                   .arg(facts.dnsPort));
    output.say(QStringLiteral("Try: sealbook --practice issue www.%1").arg(facts.zone));
}

// The process that keeps the lab: `practice start` leaves it running in the background.
Task<QJsonObject> keep(CommandCall call, std::stop_token stop)
{
    PracticeSession session(call.global.home);
    Output *output = call.output;
    ProgressSink progress = [output](const Progress &step) { output->note(step.text); };
    Task<> beginning = session.begin(progress, stop);
    const auto begun = co_await std::move(beginning);
    if (!begun)
        co_return fail(begun.error());
    if (session.isAttached())
        co_return fail(Error::Kind::Conflict, QStringLiteral("a practice lab is running already"));
    const GlobalOptions options = session.options(call.global);
    Task<std::unique_ptr<Services>> opening =
        Services::open(options, ServiceLevel::Keychain, session.facts(), stop);
    auto services = co_await std::move(opening);
    Result<> ready = services ? Result<>() : Result<>(fail(services.error()));
    if (ready)
        ready = co_await session.prepare(**services, stop);
    if (ready)
        ready = session.publish();
    if (ready) {
        const auto slept = co_await sleepFor(std::chrono::hours(24 * 365), stop);
        Q_UNUSED(slept)
    }
    const auto ended = co_await session.end(services ? services->get() : nullptr);
    if (!ready)
        co_return fail(ready.error());
    if (!ended)
        co_return fail(ended.error());
    QJsonObject object{{QStringLiteral("running"), false}};
    co_return object;
}

Task<QJsonObject> start(CommandCall call, std::stop_token stop)
{
    const SystemClock clock;
    auto running = PracticeSession::running(call.global.home);
    if (!running) {
        // The keeper would find it out too, but only after the servers are up, and into a log.
        const bool isPractice = true;
        const auto usable = co_await Services::checkKeychain(isPractice, stop);
        if (!usable)
            co_return fail(usable.error(), "starting practice");
        QDir().mkpath(call.global.home);
        QProcess keeper;
        keeper.setProgram(QCoreApplication::applicationFilePath());
        keeper.setArguments({QStringLiteral("--home"), call.global.home, QStringLiteral("practice"),
                             QStringLiteral("keep")});
        keeper.setStandardInputFile(QProcess::nullDevice());
        keeper.setStandardOutputFile(QProcess::nullDevice());
        const QString log = call.global.home + QStringLiteral("/practice-start.log");
        keeper.setStandardErrorFile(log);
        qint64 pid = 0;
        if (!keeper.startDetached(&pid))
            co_return fail(Error::Kind::Internal, keeper.errorString());
        const auto deadline = clock.monotonic() + startLimit;
        while (!running) {
            const bool died = ::kill(static_cast<pid_t>(pid), 0) != 0;
            if (died || clock.monotonic() > deadline) {
                QFile file(log);
                const QString words = file.open(QIODevice::ReadOnly)
                    ? QString::fromUtf8(file.readAll().right(2000)).trimmed()
                    : QString();
                co_return fail(Error::Kind::Internal,
                               QStringLiteral("the practice lab did not start: %1").arg(words));
            }
            const auto slept = co_await sleepFor(look, stop);
            if (!slept) {
                ::kill(static_cast<pid_t>(pid), SIGTERM);
                co_return fail(slept.error());
            }
            running = PracticeSession::running(call.global.home);
        }
        QFile::remove(log);
    }
    sayRunning(*call.output, running->facts);
    co_return runningJson(*running);
}

Task<QJsonObject> stopLab(CommandCall call, std::stop_token stop)
{
    const SystemClock clock;
    const auto running = PracticeSession::running(call.global.home);
    if (!running)
        co_return fail(running.error());
    const auto pid = static_cast<pid_t>(running->pid);
    if (::kill(pid, SIGTERM) != 0)
        co_return fail(Error::Kind::Internal,
                       QStringLiteral("process %1 cannot be stopped").arg(running->pid));
    const auto deadline = clock.monotonic() + stopLimit;
    while (::kill(pid, 0) == 0) {
        if (clock.monotonic() > deadline)
            co_return fail(Error::Kind::Timeout,
                           QStringLiteral("process %1 does not end").arg(running->pid));
        const auto slept = co_await sleepFor(look, stop);
        if (!slept)
            co_return fail(slept.error());
    }
    call.output->say(QStringLiteral("Practice has ended; its profile and its items in the keychain "
                                    "are gone."));
    QJsonObject object{{QStringLiteral("running"), false}};
    co_return object;
}

Task<QJsonObject> status(CommandCall call, std::stop_token)
{
    const auto running = PracticeSession::running(call.global.home);
    if (running) {
        sayRunning(*call.output, running->facts);
        co_return runningJson(*running);
    }
    call.output->say(QStringLiteral("No practice lab is running."));
    QJsonObject object{{QStringLiteral("running"), false}};
    co_return object;
}
} // namespace

std::vector<Command> practiceCommands()
{
    const auto command = [](const char *words, const char *summary,
                            Task<QJsonObject> (*run)(CommandCall, std::stop_token)) {
        Command made;
        made.words = QString::fromLatin1(words);
        made.summary = QString::fromLatin1(summary);
        made.needs = CommandNeeds::Nothing;
        made.run = run;
        return made;
    };
    Command begin = command("practice start", "Start the practice CA and its name servers.", start);
    Command end = command("practice stop", "Stop them and forget the practice profile.", stopLab);
    Command state = command("practice status", "Say whether they run, and where.", status);
    Command inner = command("practice keep", "What `practice start` leaves running.", keep);
    inner.isInternal = true;
    return {begin, end, state, inner};
}

} // namespace sealbook
