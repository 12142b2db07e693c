// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/SecretInput.h"
#include "core/issuance/AccountService.h"

#include <QJsonArray>

namespace sealbook {

namespace {
QJsonObject accountJson(const AccountRecord &account)
{
    return {{QStringLiteral("id"), account.id.text()},
            {QStringLiteral("ca"), account.caId},
            {QStringLiteral("url"), account.url},
            {QStringLiteral("status"), accountStatusName(account.status)},
            {QStringLiteral("key"), account.keyAlgorithm},
            {QStringLiteral("contacts"), QJsonArray::fromStringList(account.contacts)},
            {QStringLiteral("eab_kid"), account.eabKid},
            {QStringLiteral("created_at"), rfc3339(account.createdAt)}};
}

Task<QJsonObject> list(CommandCall call, std::stop_token)
{
    const auto accounts = co_await call.services->accounts().accounts();
    if (!accounts)
        co_return fail(accounts.error());
    for (const AccountRecord &account : *accounts) {
        call.output->item(accountJson(account),
                          QStringLiteral("%1  %2  %3  %4")
                              .arg(account.id.text(), account.caId,
                                   accountStatusName(account.status), account.url));
    }
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(accounts->size())}};
    co_return object;
}

Task<QJsonObject> registerAt(CommandCall call, std::stop_token stop)
{
    Registration wanted;
    wanted.caId = call.arguments.constFirst();
    for (const QString &mail : call.values("contact"))
        wanted.contacts.append(QStringLiteral("mailto:") + mail);
    wanted.agreesToTerms = call.isSet("agree-to-terms");
    if (call.isSet("key")) {
        const auto type = keyTypeFromName(call.value("key"));
        if (!type)
            co_return usageError(QStringLiteral("\"%1\" is no key type").arg(call.value("key")));
        wanted.keyType = *type;
    }
    wanted.eabKid = call.value("eab-kid");
    if (!wanted.eabKid.isEmpty()) {
        Result<Secret> mac = Secret();
        if (call.isSet("eab-key-fd")) {
            const auto descriptor = descriptorFromText(call.value("eab-key-fd"));
            if (!descriptor)
                co_return fail(descriptor.error());
            mac = secretFromDescriptor(*descriptor);
        } else {
            mac = secretFromPrompt(QStringLiteral("MAC key of the external account"));
        }
        if (!mac)
            co_return fail(mac.error());
        wanted.eabMacKey = std::move(*mac);
    }
    Task<AccountRecord> registering =
        call.services->accounts().registerAccount(std::move(wanted), stop);
    const auto account = co_await std::move(registering);
    if (!account)
        co_return fail(account.error());
    call.output->say(QStringLiteral("Account %1").arg(account->url));
    QJsonObject object{{QStringLiteral("account"), accountJson(*account)}};
    co_return object;
}

Task<QJsonObject> deactivate(CommandCall call, std::stop_token stop)
{
    const AccountId id = AccountId::fromText(call.arguments.constFirst());
    if (!id.isValid())
        co_return usageError(QStringLiteral("give the account's id (see: account list)"));
    const auto done = co_await call.services->accounts().deactivate(id, stop);
    if (!done)
        co_return fail(done.error());
    call.output->say(QStringLiteral("Deactivated %1. It cannot be used again.").arg(id.text()));
    QJsonObject object{{QStringLiteral("id"), id.text()}};
    co_return object;
}
} // namespace

std::vector<Command> accountCommands()
{
    Command all;
    all.words = QStringLiteral("account list");
    all.summary = QStringLiteral("List ACME accounts.");
    all.run = list;

    Command make;
    make.words = QStringLiteral("account register");
    make.arguments = QStringLiteral("CA");
    make.summary = QStringLiteral("Make an account at a CA, or find it again by its key.");
    make.needs = CommandNeeds::Keychain;
    make.minimumArguments = make.maximumArguments = 1;
    make.options = {commandOption("contact", "E-mail address for the CA.", "MAIL"),
                    commandOption("agree-to-terms", "You agree to the CA's terms of service."),
                    commandOption("key", "Type of the account key.", "TYPE"),
                    commandOption("eab-kid", "Key id of an external account.", "KID"),
                    commandOption("eab-key-fd", "File descriptor with its MAC key.", "N")};
    make.run = registerAt;

    Command gone;
    gone.words = QStringLiteral("account deactivate");
    gone.arguments = QStringLiteral("ID");
    gone.summary = QStringLiteral("Deactivate an account for good.");
    gone.needs = CommandNeeds::Keychain;
    gone.minimumArguments = gone.maximumArguments = 1;
    gone.run = deactivate;
    return {all, make, gone};
}

} // namespace sealbook
