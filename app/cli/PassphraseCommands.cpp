// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/KeyPassphrase.h"
#include "app/cli/SecretInput.h"
#include "core/vault/PassphraseGate.h"

#include <unistd.h>

namespace sealbook {

namespace {

// Both may come by one descriptor that is a pipe: each is read to its end, so they need two.
Result<Secret> secretOf(const CommandCall &call, const char *option, const QString &question)
{
    if (!call.isSet(option))
        return secretFromPrompt(question);
    const auto descriptor = descriptorFromText(call.value(option));
    if (!descriptor)
        return usageError(descriptor.error().detail);
    return secretFromDescriptor(*descriptor);
}

Result<Secret> currentOf(const CommandCall &call)
{
    return secretOf(call, "passphrase-fd", QStringLiteral("Passphrase of this profile"));
}

// Typed blindly, so typed twice.
Result<Secret> nextOf(const CommandCall &call)
{
    auto first = secretOf(call, "new-passphrase-fd", QStringLiteral("New passphrase"));
    if (!first || call.isSet("new-passphrase-fd"))
        return first;
    const auto again = secretFromPrompt(QStringLiteral("New passphrase, again"));
    if (!again)
        return fail(again.error());
    if (!again->equals(*first))
        return fail(Error::Kind::BadRequest, QStringLiteral("the two are not the same"));
    return first;
}

tl::unexpected<Error> noneInPractice()
{
    return fail(Error::Kind::PolicyDenied,
                QStringLiteral("a profile of practice has no passphrase"),
                QStringLiteral("No key in it is worth one."));
}

Task<QJsonObject> setPassphrase(CommandCall call, std::stop_token stop)
{
    PassphraseGate *const gate = call.services->gate();
    if (gate == nullptr)
        co_return noneInPractice();
    const auto isSet = co_await gate->isSet();
    if (!isSet)
        co_return fail(isSet.error());
    Result<Secret> current;
    if (*isSet)
        current = currentOf(call);
    if (!current)
        co_return fail(current.error());
    auto next = nextOf(call);
    if (!next)
        co_return fail(next.error());
    Task<> setting = gate->set(std::move(*current), std::move(*next), stop);
    const auto done = co_await std::move(setting);
    if (!done)
        co_return fail(done.error());
    call.output->say(QStringLiteral("From now on it is asked for before a private key leaves."));
    QJsonObject object{{QStringLiteral("changed"), *isSet}};
    co_return object;
}

Task<QJsonObject> removePassphrase(CommandCall call, std::stop_token stop)
{
    PassphraseGate *const gate = call.services->gate();
    if (gate == nullptr)
        co_return noneInPractice();
    if (call.isSet("recovery-code-fd") && call.isSet("passphrase-fd"))
        co_return usageError(QStringLiteral("either --passphrase-fd or --recovery-code-fd"));
    const bool isForgotten = call.isSet("recovery-code-fd");
    auto given = isForgotten ? secretOf(call, "recovery-code-fd", QStringLiteral("Recovery code"))
                             : currentOf(call);
    if (!given)
        co_return fail(given.error());
    Task<> removing = isForgotten ? gate->removeByRecoveryCode(std::move(*given), stop)
                                  : gate->remove(std::move(*given), stop);
    const auto done = co_await std::move(removing);
    if (!done)
        co_return fail(done.error());
    call.output->say(QStringLiteral("Private keys leave without it from now on."));
    co_return QJsonObject();
}

Task<QJsonObject> passphraseStatus(CommandCall call, std::stop_token)
{
    PassphraseGate *const gate = call.services->gate();
    bool isSet = false;
    if (gate != nullptr) {
        const auto found = co_await gate->isSet();
        if (!found)
            co_return fail(found.error());
        isSet = *found;
    }
    call.output->say(isSet ? QStringLiteral("This profile has a passphrase.")
                           : QStringLiteral("This profile has no passphrase."));
    QJsonObject object{{QStringLiteral("set"), isSet}};
    co_return object;
}

} // namespace

Task<bool> openGate(CommandCall call, std::stop_token stop)
{
    PassphraseGate *const gate = call.services->gate();
    if (gate == nullptr)
        co_return true;
    const auto isSet = co_await gate->isSet();
    if (!isSet || !*isSet)
        co_return isSet;
    auto typed = currentOf(call);
    if (!typed)
        co_return fail(typed.error());
    Task<> opening = gate->open(std::move(*typed), stop);
    const auto opened = co_await std::move(opening);
    if (!opened)
        co_return fail(opened.error());
    co_return true;
}

Task<> canOpenGate(CommandCall call)
{
    PassphraseGate *const gate = call.services->gate();
    if (gate == nullptr || call.isSet("passphrase-fd") || ::isatty(STDIN_FILENO) != 0)
        co_return Result<>();
    const auto isSet = co_await gate->isSet();
    if (!isSet)
        co_return fail(isSet.error());
    if (*isSet)
        co_return usageError(QStringLiteral("a private key is to be written, and this profile has "
                                            "a passphrase: give it by --passphrase-fd"));
    co_return Result<>();
}

QCommandLineOption passphraseOption()
{
    return commandOption("passphrase-fd", "File descriptor with the profile's passphrase.", "N");
}

std::vector<Command> passphraseCommands()
{
    Command set;
    set.words = QStringLiteral("passphrase set");
    set.summary = QStringLiteral("Ask for a passphrase before a private key leaves, or change it.");
    set.needs = CommandNeeds::Keychain;
    set.options = {passphraseOption(),
                   commandOption("new-passphrase-fd", "File descriptor with the new one.", "N")};
    set.run = setPassphrase;

    Command remove;
    remove.words = QStringLiteral("passphrase remove");
    remove.summary = QStringLiteral("Let private keys leave without one again.");
    remove.needs = CommandNeeds::Keychain;
    remove.options = {
        passphraseOption(),
        commandOption("recovery-code-fd", "The vault's recovery code instead: forgotten.", "N")};
    remove.run = removePassphrase;

    Command status;
    status.words = QStringLiteral("passphrase status");
    status.summary = QStringLiteral("Whether there is one.");
    status.run = passphraseStatus;
    return {set, remove, status};
}

} // namespace sealbook
