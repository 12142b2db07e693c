// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/PracticeSession.h"
#include "app/Services.h"
#include "app/SingleInstance.h"
#include "app/cli/Commands.h"
#include "core/issuance/AccountService.h"
#include "core/issuance/MachineCheck.h"

#include <QJsonArray>

namespace sealbook {

namespace {
QString mark(MachineFinding::State state)
{
    switch (state) {
    case MachineFinding::State::Ok:
        return QStringLiteral("ok      ");
    case MachineFinding::State::Warning:
        return QStringLiteral("warning ");
    case MachineFinding::State::Stop:
        return QStringLiteral("STOP    ");
    case MachineFinding::State::NotChecked:
        return QStringLiteral("-       ");
    }
    Q_UNREACHABLE();
}

void print(Output &output, const MachineFinding &finding)
{
    QJsonObject object{{QStringLiteral("id"), finding.id},
                       {QStringLiteral("state"), findingStateName(finding.state)},
                       {QStringLiteral("title"), finding.title},
                       {QStringLiteral("detail"), finding.detail},
                       {QStringLiteral("advice"), finding.advice}};
    output.item(object, mark(finding.state) + finding.title);
    if (output.isJson())
        return;
    if (!finding.detail.isEmpty())
        output.say(QStringLiteral("        ") + finding.detail);
    if (!finding.advice.isEmpty())
        output.say(QStringLiteral("        -> ") + finding.advice);
}

Task<QJsonObject> doctor(CommandCall call, std::stop_token stop)
{
    MachineCheckOptions options;
    options.contactCa = !call.isSet("offline");
    const QString id = call.isSet("ca") ? call.value("ca")
        : call.services->isPractice()   ? QStringLiteral("practice")
                                        : QStringLiteral("letsencrypt");
    const auto ca = co_await call.services->accounts().ca(id);
    if (!ca)
        co_return fail(ca.error());
    options.caDirectoryUrl = ca->directoryUrl;
    options.missingPracticePackages = PracticeSession::missingPackages(call.global.home);
    Output *output = call.output;
    std::function<void(MachineFinding)> sink = [output](const MachineFinding &finding) {
        print(*output, finding);
    };
    Task<std::vector<MachineFinding>> checking = call.services->machine().run(options, sink, stop);
    const auto findings = co_await std::move(checking);
    if (!findings)
        co_return fail(findings.error());
    QStringList stops;
    for (const MachineFinding &finding : *findings) {
        if (finding.state == MachineFinding::State::Stop)
            stops.append(finding.id);
    }
    if (stops.isEmpty())
        call.output->say(QStringLiteral("Nothing here would stop an issuance."));
    else
        call.output->say(QStringLiteral("%1 would stop an issuance.").arg(stops.join(u", ")));
    QJsonObject object{{QStringLiteral("ready"), stops.isEmpty()},
                       {QStringLiteral("stops"), QJsonArray::fromStringList(stops)}};
    co_return object;
}

Task<QJsonObject> lock(CommandCall call, std::stop_token)
{
    SingleInstance window(call.global.home);
    const bool reached = window.send(QByteArrayLiteral("lock"));
    call.output->say(reached ? QStringLiteral("The window's vault is locked.")
                             : QStringLiteral("No window is open on this profile; the terminal "
                                              "keeps nothing unlocked."));
    QJsonObject object{{QStringLiteral("window"), reached}};
    co_return object;
}
} // namespace

std::vector<Command> doctorCommands()
{
    Command check;
    check.words = QStringLiteral("doctor");
    check.summary = QStringLiteral("Say what on this computer would stop an issuance.");
    check.options = {commandOption("ca", "The CA to reach.", "ID|URL"),
                     commandOption("offline", "Contact no CA.")};
    check.run = doctor;

    Command close;
    close.words = QStringLiteral("lock");
    close.summary = QStringLiteral("Lock the vault of the open window.");
    close.needs = CommandNeeds::Nothing;
    close.run = lock;
    return {check, close};
}

} // namespace sealbook
