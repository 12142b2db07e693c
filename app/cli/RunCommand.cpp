// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/RunCommand.h"

#include "app/PracticeSession.h"
#include "app/Services.h"
#include "core/base/FailPoint.h"

namespace sealbook {

namespace {
ServiceLevel levelOf(CommandNeeds needs)
{
    switch (needs) {
    case CommandNeeds::Keychain:
        return ServiceLevel::Keychain;
    case CommandNeeds::Profile:
        return ServiceLevel::Profile;
    default:
        return ServiceLevel::Network;
    }
}

Task<QJsonObject> runWithServices(CommandLine line, Output *output, GlobalOptions options,
                                  PracticeSession *practice, std::stop_token stop)
{
    CommandCall call;
    call.global = options;
    call.arguments = line.arguments;
    call.parser = line.parser.get();
    call.output = output;
    if (line.command->needs == CommandNeeds::Nothing) {
        Task<QJsonObject> running = line.command->run(call, stop);
        co_return co_await std::move(running);
    }
    std::optional<PracticeFacts> facts;
    if (practice != nullptr)
        facts = practice->facts();
    Task<std::unique_ptr<Services>> opening =
        Services::open(options, levelOf(line.command->needs), facts, stop);
    const auto services = co_await std::move(opening);
    if (!services)
        co_return fail(services.error());
    call.services = services->get();

    Result<QJsonObject> result;
    if (practice != nullptr && line.command->needs != CommandNeeds::Network) {
        const auto prepared = co_await practice->prepare(**services, stop);
        if (!prepared)
            result = fail(prepared.error(), "preparing practice");
    }
    if (result) {
        Task<QJsonObject> running = line.command->run(call, stop);
        result = co_await std::move(running);
    }
    const auto closed = co_await (*services)->close();
    if (result && !closed)
        result = fail(closed.error());
    if (practice != nullptr) {
        const auto ended = co_await practice->end(services->get());
        if (!ended)
            output->note(QStringLiteral("ending practice: ") + describe(ended.error()));
    }
    co_return result;
}

Task<QJsonObject> runInPractice(CommandLine line, Output *output, std::stop_token stop)
{
    PracticeSession practice(line.global.home);
    ProgressSink progress = [output](const Progress &step) { output->note(step.text); };
    Task<> beginning = practice.begin(progress, stop);
    const auto begun = co_await std::move(beginning);
    if (!begun)
        co_return fail(begun.error());
    output->note(QStringLiteral("PRACTICE: a CA and name servers on this computer only."));
    const GlobalOptions options = practice.options(line.global);
    Task<QJsonObject> running = runWithServices(line, output, options, &practice, stop);
    auto result = co_await std::move(running);
    if (!result) {
        // Services may not have opened; the lab must not stay for that.
        const auto ended = co_await practice.end(nullptr);
        if (!ended)
            output->note(QStringLiteral("ending practice: ") + describe(ended.error()));
    }
    co_return result;
}
} // namespace

QCoro::Task<int> runCommand(CommandLine line, std::stop_token stop)
{
    Output output(line.global.json);
    const bool practice = line.global.practice && line.command->needs != CommandNeeds::Nothing;
    Task<QJsonObject> running = practice
        ? runInPractice(line, &output, stop)
        : runWithServices(line, &output, line.global, nullptr, stop);
    const auto result = co_await std::move(running);
    const ExitCode code = output.finish(result);
    // Here nothing of the run is needed any more: a test looks through the memory.
    const bool looked = failPoint("done");
    Q_UNUSED(looked)
    const bool isUsage = !result && isUsageError(result.error());
    const int usual = static_cast<int>(isUsage ? ExitCode::Usage : code);
    if (line.command->exitCode != nullptr)
        co_return line.command->exitCode(*line.parser, output, result, usual);
    co_return usual;
}

} // namespace sealbook
