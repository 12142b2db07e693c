// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/SecretInput.h"
#include "core/governance/CredentialService.h"
#include "core/issuance/IssuanceService.h"

#include <QJsonArray>

namespace sealbook {

namespace {
QJsonObject credentialJson(const CredentialRecord &credential)
{
    QJsonObject fields;
    for (auto it = credential.fields.begin(); it != credential.fields.end(); ++it)
        fields.insert(it.key(), it.value());
    return {{QStringLiteral("name"), credential.name},
            {QStringLiteral("provider"), credential.provider},
            {QStringLiteral("owner"), credential.owner},
            {QStringLiteral("purpose"), credential.purpose},
            {QStringLiteral("state"), credentialStateName(credential.state)},
            {QStringLiteral("fields"), fields},
            {QStringLiteral("secret_fields"),
             QJsonArray::fromStringList(credential.secretItems.keys())},
            {QStringLiteral("keychain"), credential.keychainBackend},
            {QStringLiteral("reach"), QJsonArray::fromStringList(credential.reach)},
            {QStringLiteral("created_at"), rfc3339(credential.createdAt)},
            {QStringLiteral("last_used_at"), rfc3339(credential.lastUsedAt)}};
}

Result<ProviderSummary> providerCalled(const CredentialService &service, const QString &code)
{
    QStringList codes;
    for (const ProviderSummary &provider : service.providers()) {
        if (provider.code == code)
            return provider;
        codes.append(provider.code);
    }
    return fail(Error::Kind::NotFound, QStringLiteral("there is no provider \"%1\"").arg(code),
                QStringLiteral("Known: %1.").arg(codes.join(u", ")));
}

Result<> readFields(const CommandCall &call, NewCredential &wanted)
{
    for (const QString &pair : call.values("field")) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals <= 0)
            return usageError(QStringLiteral("--field wants K=V, not \"%1\"").arg(pair));
        wanted.fields.insert(pair.left(equals), pair.mid(equals + 1));
    }
    for (const QString &argument : call.values("secret-fd")) {
        const auto source = secretSource(argument);
        if (!source)
            return fail(source.error());
        auto secret = secretFromDescriptor(source->descriptor);
        if (!secret)
            return fail(secret.error());
        wanted.secrets.insert_or_assign(source->field, std::move(*secret));
    }
    return {};
}

Result<> askMissing(const ProviderSummary &provider, NewCredential &wanted)
{
    for (const ProviderField &field : provider.fields) {
        if (!field.secret || !field.required || wanted.secrets.contains(field.id))
            continue;
        auto secret = secretFromPrompt(field.label);
        if (!secret)
            return fail(secret.error());
        wanted.secrets.emplace(field.id, std::move(*secret));
    }
    return {};
}

Error problemsError(const std::vector<FieldProblem> &problems)
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    error.detail = QStringLiteral("%1: %2").arg(problems.front().field, problems.front().problem);
    for (const FieldProblem &problem : problems)
        error.parts.push_back({problem.field, QString(), problem.problem});
    return error;
}

Task<QJsonObject> add(CommandCall call, std::stop_token stop)
{
    CredentialService &service = call.services->credentials();
    const auto provider = providerCalled(service, call.arguments.constFirst());
    if (!provider)
        co_return fail(provider.error());
    NewCredential wanted;
    wanted.provider = provider->code;
    wanted.name = call.value("name");
    wanted.owner = call.value("owner");
    wanted.purpose = call.value("purpose");
    const auto read = readFields(call, wanted);
    if (!read)
        co_return fail(read.error());
    const auto asked = askMissing(*provider, wanted);
    if (!asked)
        co_return fail(asked.error());
    QStringList notes;
    const std::vector<FieldProblem> problems = service.problems(wanted, notes);
    for (const QString &note : notes)
        call.output->note(note);
    if (!problems.empty())
        co_return fail(problemsError(problems));
    Task<CredentialRecord> adding = service.add(std::move(wanted), stop);
    const auto added = co_await std::move(adding);
    if (!added)
        co_return fail(added.error());
    call.output->say(
        QStringLiteral("Added %1; its secret is in %2.").arg(added->name, added->keychainBackend));
    QJsonObject object{{QStringLiteral("credential"), credentialJson(*added)}};
    co_return object;
}

Task<QJsonObject> list(CommandCall call, std::stop_token)
{
    const auto credentials = co_await call.services->credentials().list();
    if (!credentials)
        co_return fail(credentials.error());
    for (const CredentialRecord &credential : *credentials) {
        call.output->item(credentialJson(credential),
                          QStringLiteral("%1  %2  %3  %4  %5")
                              .arg(credential.name, credential.provider,
                                   credentialStateName(credential.state), credential.owner,
                                   credential.purpose));
    }
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(credentials->size())}};
    co_return object;
}

Task<QJsonObject> show(CommandCall call, std::stop_token)
{
    CredentialService &service = call.services->credentials();
    const QString name = call.arguments.constFirst();
    const auto credential = co_await service.byName(name);
    if (!credential)
        co_return fail(credential.error());
    const auto dependents = co_await service.dependents(name);
    if (!dependents)
        co_return fail(dependents.error());
    QJsonObject object = credentialJson(*credential);
    object.insert(QStringLiteral("dependents"), QJsonArray::fromStringList(*dependents));
    if (!call.output->isJson()) {
        const auto line = [&call](const char *label, const QString &value) {
            call.output->say(QString::fromLatin1(label).leftJustified(14) + value);
        };
        line("Name", credential->name);
        line("Provider", credential->provider);
        line("Owner", credential->owner);
        line("Purpose", credential->purpose);
        line("State", credentialStateName(credential->state));
        for (auto it = credential->fields.begin(); it != credential->fields.end(); ++it)
            call.output->say(it.key().leftJustified(14) + it.value());
        line("Secret", QStringLiteral("in the keychain (%1)").arg(credential->keychainBackend));
        line("Reach",
             credential->reach.isEmpty() ? QStringLiteral("not known")
                                         : credential->reach.join(u", "));
        line("Created", rfc3339(credential->createdAt));
        line("Last used",
             credential->lastUsedAt.isValid() ? rfc3339(credential->lastUsedAt)
                                              : QStringLiteral("never"));
        line("Used by",
             dependents->isEmpty() ? QStringLiteral("no certificate yet")
                                   : dependents->join(u", "));
    }
    QJsonObject result{{QStringLiteral("credential"), object}};
    co_return result;
}

Task<QJsonObject> remove(CommandCall call, std::stop_token stop)
{
    const QString name = call.arguments.constFirst();
    if (call.isSet("clean-up")) {
        const auto swept = co_await call.services->issuance().sweep(stop);
        if (!swept)
            co_return fail(swept.error(), "cleaning up");
    }
    const OpenRecords records =
        call.isSet("leave-records") ? OpenRecords::Leave : OpenRecords::Refuse;
    const auto removed = co_await call.services->credentials().remove(name, records, stop);
    if (!removed)
        co_return fail(removed.error());
    call.output->say(QStringLiteral("Removed %1 and its items in the keychain. The token itself is "
                                    "still valid at the provider: revoke it there.")
                         .arg(name));
    QJsonObject object{{QStringLiteral("name"), name}};
    co_return object;
}
} // namespace

std::vector<Command> credentialCommands()
{
    Command make;
    make.words = QStringLiteral("credential add");
    make.arguments = QStringLiteral("PROVIDER");
    make.summary = QStringLiteral("Add what can edit DNS; its secret goes into the keychain.");
    make.needs = CommandNeeds::Keychain;
    make.minimumArguments = make.maximumArguments = 1;
    make.options = {commandOption("name", "A name of your choice.", "N"),
                    commandOption("owner", "The person who answers for it.", "O"),
                    commandOption("purpose", "What it is for.", "P"),
                    commandOption("field", "A field of the provider's form.", "K=V"),
                    commandOption("secret-fd", "A secret field, from a file descriptor.", "K=N")};
    make.run = add;

    Command all;
    all.words = QStringLiteral("credential list");
    all.summary = QStringLiteral("List credentials.");
    all.run = list;

    Command one;
    one.words = QStringLiteral("credential show");
    one.arguments = QStringLiteral("NAME");
    one.summary = QStringLiteral("Show a credential (never its secret).");
    one.minimumArguments = one.maximumArguments = 1;
    one.run = show;

    Command gone;
    gone.words = QStringLiteral("credential remove");
    gone.arguments = QStringLiteral("NAME");
    gone.summary = QStringLiteral("Remove a credential and its items in the keychain.");
    gone.needs = CommandNeeds::Keychain;
    gone.minimumArguments = gone.maximumArguments = 1;
    gone.options = {
        commandOption("clean-up", "First remove the validation records that jobs left in DNS."),
        commandOption("leave-records", "Remove it although records that jobs left stay in DNS.")};
    gone.run = remove;
    return {make, all, one, gone};
}

} // namespace sealbook
