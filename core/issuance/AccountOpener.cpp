// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/AccountOpener.h"

#include "core/base/FailPoint.h"
#include "core/base/Log.h"
#include "core/governance/AuditLog.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

namespace sealbook {

Task<std::optional<AccountRecord>> AccountOpener::stored(CaRecord ca, AccountId usedBefore) const
{
    const auto accounts = co_await m_context.store.accounts();
    if (!accounts)
        co_return fail(accounts.error(), "reading the accounts");
    std::optional<AccountRecord> found;
    for (const AccountRecord &account : *accounts) {
        if (account.directoryUrl != ca.directoryUrl
            || account.status == AccountRecord::Status::Deactivated)
            continue;
        if (!found || account.status == AccountRecord::Status::Valid)
            found = account;
        // Two first jobs at one time may have made two.
        if (account.id == usedBefore)
            break;
    }
    co_return found;
}

Task<AccountRecord> AccountOpener::makeKey(CaRecord ca, WantedAccount wanted,
                                           std::stop_token stop) const
{
    std::function<Result<PrivateKey>()> generate = [type = wanted.keyType] {
        return PrivateKey::generate(type);
    };
    Task<PrivateKey> generating = runBlocking<PrivateKey>(stop, generate);
    const auto key = co_await std::move(generating);
    if (!key)
        co_return fail(key.error(), "making the account key");
    if (failPoint("C1"))
        co_return fail(Error::Kind::Internal, QStringLiteral("failpoint C1"));

    auto pkcs8 = key->toPkcs8();
    if (!pkcs8)
        co_return fail(pkcs8.error(), "encoding the account key");
    Task<KeyRecord> storing = m_context.vault.storeKey(
        std::move(*pkcs8), QStringLiteral("account"),
        QString::fromLatin1(keyTypeName(wanted.keyType)), key->publicKeySha256(), stop);
    const auto stored = co_await std::move(storing);
    if (!stored)
        co_return fail(stored.error(), "storing the account key");

    AccountRecord account;
    account.id = AccountId::make();
    account.caId = ca.id;
    account.directoryUrl = ca.directoryUrl;
    account.keyId = stored->id;
    account.keyAlgorithm = stored->algorithm;
    account.contacts = wanted.contacts;
    account.termsAgreed = wanted.agreesToTerms;
    account.createdAt = m_context.clock.utcNow();
    const auto saved = co_await m_context.store.saveAccount(account);
    if (!saved)
        co_return fail(saved.error(), "writing down the account");
    co_return account;
}

Task<std::unique_ptr<AcmeSession>> AccountOpener::session(CaRecord ca, AccountRecord account,
                                                          std::stop_token stop) const
{
    const auto pkcs8 = co_await m_context.vault.loadKey(account.keyId, stop);
    if (!pkcs8)
        co_return fail(pkcs8.error(), "reading the account key");
    auto key = PrivateKey::fromPkcs8(*pkcs8);
    if (!key)
        co_return fail(key.error(), "reading the account key");
    auto session = std::make_unique<AcmeSession>();
    session->ca = ca;
    session->account = account;
    session->transport = m_context.transportFor(ca);
    session->client = std::make_unique<AcmeClient>(*session->transport, QUrl(ca.directoryUrl),
                                                   std::move(*key), QUrl(account.url));
    co_return session;
}

Task<std::unique_ptr<AcmeSession>> AccountOpener::openExisting(CaRecord ca, AccountId which,
                                                               std::stop_token stop) const
{
    Task<std::optional<AccountRecord>> looking = stored(ca, which);
    const auto account = co_await std::move(looking);
    if (!account)
        co_return fail(account.error());
    if (!*account || (*account)->id != which || (*account)->status != AccountRecord::Status::Valid)
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("there is no account at %1").arg(ca.name),
                       QStringLiteral("Register one first."));
    Task<std::unique_ptr<AcmeSession>> opening = session(ca, **account, stop);
    co_return co_await std::move(opening);
}

Task<std::unique_ptr<AcmeSession>> AccountOpener::open(CaRecord ca, WantedAccount wanted,
                                                       std::stop_token stop) const
{
    Task<std::optional<AccountRecord>> looking = stored(ca, wanted.usedBefore);
    const auto found = co_await std::move(looking);
    if (!found)
        co_return fail(found.error());
    const bool keyIsOld = found->has_value();
    if (!keyIsOld && ca.needsEab && !wanted.binding)
        co_return fail(
            Error::Kind::BadRequest,
            QStringLiteral("%1 needs an external account key before the first order").arg(ca.name),
            QStringLiteral("Get key id and MAC key from your account at the CA and "
                           "register with them once."));

    AccountRecord account;
    if (keyIsOld) {
        account = **found;
    } else {
        WantedAccount kept;
        kept.keyType = wanted.keyType;
        kept.contacts = wanted.contacts;
        kept.agreesToTerms = wanted.agreesToTerms;
        Task<AccountRecord> making = makeKey(ca, std::move(kept), stop);
        const auto made = co_await std::move(making);
        if (!made)
            co_return fail(made.error());
        account = *made;
    }

    Task<std::unique_ptr<AcmeSession>> opening = session(ca, account, stop);
    auto session = co_await std::move(opening);
    if (!session || account.status == AccountRecord::Status::Valid)
        co_return session;
    Task<AccountRecord> registering =
        registered((*session)->client.get(), ca, account, std::move(wanted), keyIsOld, stop);
    const auto told = co_await std::move(registering);
    if (!told)
        co_return fail(told.error());
    (*session)->account = *told;
    co_return session;
}

Task<AccountRecord> AccountOpener::registered(AcmeClient *client, CaRecord ca,
                                              AccountRecord account, WantedAccount wanted,
                                              bool keyIsOld, std::stop_token stop) const
{
    NewAccount request;
    request.contacts = wanted.contacts;
    request.agreesToTerms = wanted.agreesToTerms;
    const QString eabKid = wanted.binding ? wanted.binding->kid : QString();
    // A key that was stored by an earlier run may have an account already: ask before making one.
    request.onlyExisting = keyIsOld;
    if (!keyIsOld)
        request.binding = std::move(wanted.binding);
    Task<Account> registering = client->newAccount(std::move(request), stop);
    auto told = co_await std::move(registering);
    if (!told && keyIsOld && told.error().kind == Error::Kind::NotFound) {
        NewAccount again;
        again.contacts = wanted.contacts;
        again.agreesToTerms = wanted.agreesToTerms;
        again.binding = std::move(wanted.binding);
        Task<Account> retrying = client->newAccount(std::move(again), stop);
        told = co_await std::move(retrying);
    }
    if (failPoint("C2"))
        co_return fail(Error::Kind::Network, QStringLiteral("failpoint C2"));
    if (!told) {
        const QString action = QStringLiteral("account.register");
        const QString result = kindName(told.error().kind);
        const QJsonObject details{{QStringLiteral("directory"), ca.directoryUrl}};
        const auto noted = co_await m_context.audit.record(action, ca.name, result, details);
        if (!noted)
            logWarning("a refused registration is not in the audit log: {}",
                       describe(noted.error()));
        co_return fail(told.error(), "registering the account");
    }

    account.url = told->url.toString();
    account.contacts = told->contacts.isEmpty() ? wanted.contacts : told->contacts;
    account.termsAgreed = account.termsAgreed || wanted.agreesToTerms;
    if (!eabKid.isEmpty())
        account.eabKid = eabKid;
    account.status = AccountRecord::Status::Valid;
    AuditEntry entry = auditEntry(QStringLiteral("account.register"), ca.name, QStringLiteral("ok"),
                                  {{QStringLiteral("url"), account.url}});
    Task<> saving = m_context.store.saveAccount(account, std::move(entry));
    const auto saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "writing down the account");
    co_return account;
}

} // namespace sealbook
