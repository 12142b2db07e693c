// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/AccountService.h"

#include "core/acme/Problem.h"
#include "core/base/Log.h"
#include "core/crypto/Base64.h"
#include "core/governance/AuditLog.h"
#include "core/issuance/AccountOpener.h"
#include "core/issuance/CaCatalog.h"
#include "core/issuance/IssuanceContext.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

namespace sealbook {

namespace {
bool isDirectoryUrl(const QUrl &url)
{
    return url.isValid() && url.scheme() == QLatin1String("https") && !url.host().isEmpty()
        && url.userInfo().isEmpty();
}

// What was typed, for a message: a password in a URL stays out of it.
QString shown(const QString &typed)
{
    const QUrl url(typed);
    return url.userInfo().isEmpty() ? typed : url.toString(QUrl::RemoveUserInfo);
}

// Whether the account that a CA refuses has ended there: a CA may have lost its accounts, and an
// account may have been deactivated elsewhere or revoked (RFC 8555 section 7.1.6).
Task<bool> isGone(AcmeClient &client, Error refusal, std::stop_token stop)
{
    if (isProblem(refusal, "accountDoesNotExist"))
        co_return true;
    if (refusal.kind != Error::Kind::Unauthorized)
        co_return false;
    NewAccount question;
    question.onlyExisting = true;
    Task<Account> asking = client.newAccount(std::move(question), stop);
    const auto account = co_await std::move(asking);
    if (account)
        co_return account->status == QLatin1String("deactivated")
            || account->status == QLatin1String("revoked");
    co_return isProblem(account.error(), "accountDoesNotExist")
        || account.error().kind == Error::Kind::Unauthorized;
}
} // namespace

struct AccountService::Private
{
    explicit Private(IssuanceContext given)
        : context(given)
        , opener(std::move(given))
    {
    }
    IssuanceContext context;
    AccountOpener opener;
};

AccountService::AccountService(IssuanceContext context, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(context)))
{
}

AccountService::~AccountService() = default;

Task<std::vector<CaRecord>> AccountService::cas()
{
    std::vector<CaRecord> list;
    if (const auto practice = d->context.practiceCa())
        list.push_back(*practice);
    if (d->context.isPractice)
        co_return list;
    const auto added = co_await d->context.store.addedCas();
    if (!added)
        co_return fail(added.error(), "reading the CAs");
    for (const CaRecord &ca : builtInCas())
        list.push_back(ca);
    list.insert(list.end(), added->begin(), added->end());
    co_return list;
}

Task<CaRecord> AccountService::ca(QString idOrUrl)
{
    const auto known = co_await cas();
    if (!known)
        co_return fail(known.error());
    for (const CaRecord &ca : *known) {
        if (ca.id == idOrUrl || ca.directoryUrl == idOrUrl)
            co_return ca;
    }
    if (d->context.isPractice)
        co_return fail(
            Error::Kind::PolicyDenied,
            QStringLiteral("a practice profile never asks a real CA (%1)").arg(shown(idOrUrl)),
            QStringLiteral("Leave practice mode to issue for real."));
    const QUrl url(idOrUrl, QUrl::StrictMode);
    if (isDirectoryUrl(url))
        co_return caByUrl(idOrUrl);
    QStringList ids;
    for (const CaRecord &ca : *known)
        ids.append(ca.id);
    co_return fail(
        Error::Kind::NotFound, QStringLiteral("no CA is called \"%1\"").arg(shown(idOrUrl)),
        QStringLiteral("Known: %1. A directory URL (https://…) works too.").arg(ids.join(u", ")));
}

Task<> AccountService::addCa(CaRecord ca)
{
    const QUrl url(ca.directoryUrl, QUrl::StrictMode);
    if (!isDirectoryUrl(url))
        co_return fail(
            Error::Kind::BadRequest,
            QStringLiteral("\"%1\" is no https directory URL").arg(shown(ca.directoryUrl)),
            QStringLiteral("It starts with https:// and holds no user name or password."));
    if (ca.id.isEmpty() || ca.name.isEmpty())
        co_return fail(Error::Kind::BadRequest, QStringLiteral("a CA needs an id and a name"));
    const auto known = co_await cas();
    if (!known)
        co_return fail(known.error());
    for (const CaRecord &other : *known) {
        if (other.id == ca.id && other.builtIn)
            co_return fail(Error::Kind::Conflict,
                           QStringLiteral("\"%1\" is a built-in CA").arg(ca.id),
                           QStringLiteral("Choose another id."));
    }
    // Whom the profile trusts to sign (R33).
    AuditEntry entry = auditEntry(
        QStringLiteral("ca.add"), ca.id, QStringLiteral("ok"),
        {{QStringLiteral("directory"), ca.directoryUrl}, {QStringLiteral("ca_file"), ca.caFile}});
    Task<> saving = d->context.store.saveCa(ca, std::move(entry));
    const auto saved = co_await std::move(saving);
    if (saved)
        Q_EMIT changed();
    co_return saved;
}

Task<> AccountService::removeCa(QString id)
{
    for (const CaRecord &ca : builtInCas()) {
        if (ca.id == id)
            co_return fail(Error::Kind::BadRequest,
                           QStringLiteral("\"%1\" is built in and cannot be removed").arg(id));
    }
    const auto held = co_await accounts();
    if (!held)
        co_return fail(held.error());
    for (const AccountRecord &account : *held) {
        if (account.caId == id && account.status == AccountRecord::Status::Valid)
            co_return fail(Error::Kind::Conflict,
                           QStringLiteral("there is an account at \"%1\"").arg(id),
                           QStringLiteral("Deactivate it first: account deactivate %1")
                               .arg(account.id.text()));
    }
    AuditEntry entry = auditEntry(QStringLiteral("ca.remove"), id, QStringLiteral("ok"), {});
    Task<> removing = d->context.store.removeCa(id, std::move(entry));
    const auto removed = co_await std::move(removing);
    if (removed)
        Q_EMIT changed();
    co_return removed;
}

Task<CaFacts> AccountService::askCa(QString id, std::stop_token stop)
{
    const auto record = co_await ca(id);
    if (!record)
        co_return fail(record.error());
    // A directory is read without an account; the key only satisfies the client's constructor.
    auto key = PrivateKey::generate(KeyType::Ec256);
    if (!key)
        co_return fail(key.error());
    const auto transport = d->context.transportFor(*record);
    AcmeClient client(*transport, QUrl(record->directoryUrl), std::move(*key), QUrl());
    const auto directory = co_await client.directory(stop);
    if (!directory)
        co_return fail(directory.error(), "asking the CA for its directory");
    CaFacts facts;
    facts.termsOfService = directory->termsOfService.toString();
    facts.website = directory->website.toString();
    facts.caaIdentities = directory->caaIdentities;
    facts.externalAccountRequired = directory->externalAccountRequired;
    facts.profiles = directory->profiles;
    co_return facts;
}

Task<std::vector<AccountRecord>> AccountService::accounts()
{
    return d->context.store.accounts();
}

Task<AccountRecord> AccountService::registerAccount(Registration wanted, std::stop_token stop)
{
    const auto record = co_await ca(wanted.caId);
    if (!record)
        co_return fail(record.error());
    WantedAccount account;
    account.keyType = wanted.keyType;
    account.contacts = wanted.contacts;
    account.agreesToTerms = wanted.agreesToTerms;
    if (wanted.eabKid.isEmpty() != wanted.eabMacKey.isEmpty())
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("external account binding needs both key id and MAC key"));
    if (!wanted.eabKid.isEmpty()) {
        auto mac = decodeBase64(wanted.eabMacKey, Base64Alphabet::Url);
        if (!mac)
            co_return fail(mac.error(), "reading the MAC key of the external account");
        account.binding.emplace();
        account.binding->kid = wanted.eabKid;
        account.binding->macKey = std::move(*mac);
    }
    const auto opened = co_await d->context.vault.open(stop);
    if (!opened)
        co_return fail(opened.error(), "opening the vault");
    Task<std::unique_ptr<AcmeSession>> opening = d->opener.open(*record, std::move(account), stop);
    const auto session = co_await std::move(opening);
    if (!session)
        co_return fail(session.error());
    Q_EMIT changed();
    co_return (*session)->account;
}

Task<> AccountService::deactivate(AccountId id, std::stop_token stop)
{
    const auto list = co_await accounts();
    if (!list)
        co_return fail(list.error());
    const auto found = std::find_if(list->begin(), list->end(),
                                    [id](const AccountRecord &a) { return a.id == id; });
    if (found == list->end())
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("there is no account %1").arg(id.text()));
    AccountRecord account = *found;
    const QString action = QStringLiteral("account.deactivate");
    const QJsonObject details{{QStringLiteral("url"), account.url}};
    if (account.status == AccountRecord::Status::Valid) {
        const auto record = co_await ca(account.directoryUrl);
        if (!record)
            co_return fail(record.error());
        const auto opened = co_await d->context.vault.open(stop);
        if (!opened)
            co_return fail(opened.error(), "opening the vault");
        Task<std::unique_ptr<AcmeSession>> opening = d->opener.openExisting(*record, id, stop);
        const auto session = co_await std::move(opening);
        if (!session)
            co_return fail(session.error());
        // The CA takes it for good, so it is written down before it is asked.
        const QString begun = QStringLiteral("begun");
        const auto noted = co_await d->context.audit.record(action, account.caId, begun, details);
        if (!noted)
            co_return fail(noted.error(), "deactivating the account; the CA was not asked");
        const auto done = co_await (*session)->client->deactivateAccount(stop);
        if (!done) {
            Task<bool> asking = isGone(*(*session)->client, done.error(), stop);
            const auto gone = co_await std::move(asking);
            if (!gone || !*gone) {
                const QString result = kindName(done.error().kind);
                const auto told =
                    co_await d->context.audit.record(action, account.caId, result, details);
                if (!told)
                    logWarning("how a deactivation ended is not in the audit log: {}",
                               describe(told.error()));
                co_return fail(done.error(), "deactivating the account");
            }
        }
    }
    account.status = AccountRecord::Status::Deactivated;
    AuditEntry entry = auditEntry(action, account.caId, QStringLiteral("ok"), details);
    Task<> saving = d->context.store.saveAccount(account, std::move(entry));
    const auto saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "writing down the account");
    Q_EMIT changed();
    co_return Result<>();
}

} // namespace sealbook
