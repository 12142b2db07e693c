// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/Vault.h"

#include "core/store/Store.h"
#include "core/vault/AuditPin.h"
#include "core/vault/ProfileProof.h"
#include "core/vault/RecoveryKeeper.h"

namespace sealbook {

namespace {

constexpr std::chrono::minutes longestOpening{5};
constexpr std::size_t vaultKeySize = 32;

const QString vaultKeyKind = QStringLiteral("vk");

SealedPlace placeOfKey(KeyId id)
{
    return {QStringLiteral("key_pair"), id.text(), QStringLiteral("sealed"), 1};
}

Error missingKey()
{
    Error error;
    error.kind = Error::Kind::KeychainDenied;
    error.detail = QStringLiteral("the vault is locked: its key is not in the keychain, but sealed "
                                  "private keys are in the database");
    error.advice = QStringLiteral("Unlock the keyring that was used before, or enter the recovery "
                                  "code. Sealbook never makes a new key over old secrets.");
    return error;
}

Error closedVault()
{
    Error error;
    error.kind = Error::Kind::KeychainDenied;
    error.detail = QStringLiteral("the vault is not open");
    error.advice = QStringLiteral("Open the vault first.");
    return error;
}

} // namespace

struct Vault::Private
{
    Private(SecretStore &keychain, Store &theStore, bool allowPlainKeyring)
        : store(theStore)
        , items(keychain, store, allowPlainKeyring)
        , tokens(items, store)
        , recovery(store)
        , pin(items)
        , proof(items, tokens, store)
    {
        context.vaultId = store.vaultId();
    }

    Store &store;
    VaultItems items;
    TokenKeeper tokens;
    RecoveryKeeper recovery;
    AuditPin pin;
    ProfileProof proof;
    State state = State::Closed;
    Secret vaultKey;
    SealContext context;
    bool isOpening = false;
    std::vector<Deferred<>> waiting; // for the opening that is under way

    // What happens to the vault itself is a privileged act (R33).
    [[nodiscard]] AuditEntry entryOf(const QString &action) const
    {
        return auditEntry(action, store.vaultId(), QStringLiteral("ok"),
                          {{QStringLiteral("backend"), items.backend()}});
    }
};

Vault::Vault(SecretStore &keychain, Store &store, bool allowPlainKeyring, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(keychain, store, allowPlainKeyring))
{
}

Vault::~Vault() = default;

Vault::State Vault::state() const
{
    return d->state;
}

void Vault::setState(State state)
{
    if (std::exchange(d->state, state) != state)
        Q_EMIT stateChanged(state);
}

Task<> Vault::open(std::stop_token stop)
{
    while (d->isOpening) {
        Deferred<> deferred;
        d->waiting.push_back(deferred);
        const QString late = QStringLiteral("the vault is still being opened");
        Task<> wait = within<void>(deferred, longestOpening, late, stop);
        const Result<> theirs = co_await std::move(wait);
        // Who opened it may have been cancelled; that is no answer for the others.
        const bool isOurs =
            theirs || theirs.error().kind != Error::Kind::Cancelled || stop.stop_requested();
        if (isOurs && !theirs)
            co_return fail(theirs.error());
    }
    if (d->state == State::Open)
        co_return {};
    d->isOpening = true;
    const Result<> opened = co_await openNow(stop);
    d->isOpening = false;
    for (const Deferred<> &waiter : std::exchange(d->waiting, {}))
        waiter.settle(opened);
    if (!opened)
        co_return fail(opened.error(), "opening the vault");
    co_return {};
}

Task<> Vault::openNow(std::stop_token stop)
{
    // Asked together, answered together.
    Task<std::optional<VaultKeyFacts>> keyTask = d->items.keyFacts();
    Task<> recoveryTask = d->recovery.look();
    Task<int> countTask = d->store.keyCount();
    const auto known = co_await std::move(keyTask);
    const Result<> recovery = co_await std::move(recoveryTask);
    const Result<int> keys = co_await std::move(countTask);
    if (!known)
        co_return fail(known.error());
    if (!recovery)
        co_return fail(recovery.error());
    if (!keys)
        co_return fail(keys.error());
    if (*known) {
        Task<> reading = readVaultKey(**known, stop);
        co_return co_await std::move(reading);
    }
    if (*keys > 0) {
        setState(State::Locked);
        co_return fail(missingKey());
    }
    setState(State::NeverUsed);
    co_return co_await makeVaultKey(stop);
}

Task<> Vault::readVaultKey(VaultKeyFacts known, std::stop_token stop)
{
    d->context.epoch = known.epoch;
    d->items.setBackend(known.backend);
    Result<Secret> key = co_await d->items.read(known.item, stop);
    if (key && key->size() != vaultKeySize)
        key = fail(Error::Kind::NotFound, QStringLiteral("the item is not a vault key"));
    if (key) {
        d->vaultKey = std::move(*key);
        setState(State::Open);
        co_return {};
    }
    Error error = key.error();
    if (error.kind == Error::Kind::Cancelled)
        co_return fail(std::move(error));
    setState(State::Locked);
    // Not there, or no keychain as it was: say first when it is another one than before.
    const Result<KeychainStatus> status = co_await keychainStatus(stop);
    if (status && status->state == KeychainState::ChangedBackend)
        co_return fail(errorOf(*status));
    if (error.kind == Error::Kind::NotFound)
        co_return fail(missingKey());
    co_return fail(std::move(error));
}

Task<> Vault::makeVaultKey(std::stop_token stop)
{
    Result<Secret> key = Secret::random(vaultKeySize);
    if (!key)
        co_return fail(key.error());
    Result<Secret> copy = key->clone();
    if (!copy)
        co_return fail(copy.error());
    const quint32 epoch = 1;
    Task<VaultKeyFacts> keeping = keepVaultKey(std::move(*copy), epoch, stop);
    const auto facts = co_await std::move(keeping);
    if (!facts)
        co_return fail(facts.error());
    // Another process may have made one meanwhile: the database decides, so that nothing is ever
    // sealed under a key that is not kept.
    Task<bool> claiming = d->store.claimSetting(vaultKeySetting, toJson(*facts),
                                                d->entryOf(QStringLiteral("vault.create")));
    const Result<bool> claimed = co_await std::move(claiming);
    if (!claimed)
        co_return fail(claimed.error());
    if (*claimed) {
        d->context.epoch = epoch;
        d->vaultKey = std::move(*key);
        setState(State::Open);
        co_return {};
    }
    const Result<> removed = co_await d->items.remove(facts->item, stop);
    if (!removed)
        co_return fail(removed.error());
    const auto theirs = co_await d->items.keyFacts();
    if (!theirs)
        co_return fail(theirs.error());
    Task<> reading = readVaultKey(theirs->value_or(VaultKeyFacts()), stop);
    co_return co_await std::move(reading);
}

// Puts a vault key into the keychain, as a new item.
Task<VaultKeyFacts> Vault::keepVaultKey(Secret key, quint32 epoch, std::stop_token stop)
{
    const Result<> writable = co_await d->items.requireWritable(stop);
    if (!writable)
        co_return fail(writable.error());
    VaultKeyFacts facts;
    facts.item = d->items.newName(vaultKeyKind);
    facts.epoch = epoch;
    facts.backend = d->items.backend();
    const QByteArray nothingSealed;
    Task<> writing = d->items.add(facts.item, std::move(key), nothingSealed, stop);
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error());
    co_return facts;
}

void Vault::lock()
{
    d->vaultKey = Secret();
    d->recovery.forgetPending();
    if (d->state == State::Open)
        setState(State::Closed);
}

Result<QByteArray> Vault::seal(const SealedPlace &place, const Secret &plain) const
{
    if (d->state != State::Open)
        return fail(closedVault());
    return sealBlob(d->vaultKey, d->context, place, plain);
}

Result<Secret> Vault::unseal(const SealedPlace &place, const QByteArray &blob) const
{
    if (d->state != State::Open)
        return fail(closedVault());
    return openBlob(d->vaultKey, d->context, place, blob);
}

Task<KeyRecord> Vault::storeKey(Secret pkcs8, QString purpose, QString algorithm,
                                QString publicKeySha256, std::stop_token stop)
{
    const Result<> opened = co_await open(stop);
    if (!opened)
        co_return fail(opened.error(), "storing a private key");
    const Result<> writable = co_await d->items.requireWritable(stop);
    if (!writable)
        co_return fail(writable.error(), "storing a private key");
    KeyRecord record;
    record.id = KeyId::make();
    record.purpose = purpose;
    record.algorithm = algorithm;
    record.publicKeySha256 = publicKeySha256;
    record.createdAt = QDateTime::currentDateTimeUtc();
    const Result<QByteArray> sealed = seal(placeOfKey(record.id), pkcs8);
    if (!sealed)
        co_return fail(sealed.error(), "storing a private key");
    record.sealed = *sealed;
    AuditEntry entry = auditEntry(
        QStringLiteral("key.store"), publicKeySha256, QStringLiteral("ok"),
        {{QStringLiteral("algorithm"), algorithm}, {QStringLiteral("purpose"), purpose}});
    Task<> saving = d->store.saveKey(record, std::move(entry));
    const Result<> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "storing a private key");
    co_return record;
}

Task<Secret> Vault::loadKey(KeyId id, std::stop_token stop)
{
    const Result<> opened = co_await open(stop);
    if (!opened)
        co_return fail(opened.error(), "reading a private key");
    const Result<KeyRecord> record = co_await d->store.key(id);
    if (!record)
        co_return fail(record.error(), "reading a private key");
    Result<Secret> key = unseal(placeOfKey(id), record->sealed);
    if (!key)
        co_return fail(key.error(), "reading a private key");
    co_return key;
}

Task<QString> Vault::storeToken(Secret token, std::stop_token stop)
{
    return d->tokens.keep(std::move(token), std::move(stop));
}

Task<Secret> Vault::loadToken(QString item, std::stop_token stop)
{
    return d->tokens.load(std::move(item), std::move(stop));
}

Task<> Vault::removeToken(QString item, std::stop_token stop)
{
    return d->items.remove(std::move(item), std::move(stop));
}

Task<Secret> Vault::makeRecoveryCode(std::stop_token stop)
{
    const Result<> opened = co_await open(stop);
    if (!opened)
        co_return fail(opened.error(), "making a recovery code");
    Result<Secret> text = d->recovery.makeCode();
    if (!text)
        co_return fail(text.error(), "making a recovery code");
    co_return text;
}

Task<> Vault::confirmRecoveryCode(Secret typed, std::stop_token stop)
{
    if (!d->recovery.isPending() || d->state != State::Open)
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("there is no new recovery code to confirm"),
                       QStringLiteral("Make a recovery code first."));
    Result<Secret> code = d->recovery.checked(typed);
    if (!code)
        co_return fail(code.error(), "confirming the recovery code");
    Result<Secret> key = d->vaultKey.clone();
    if (!key)
        co_return fail(key.error(), "confirming the recovery code");
    Task<> keeping = d->recovery.keep(std::move(*code), std::move(*key), d->context,
                                      d->entryOf(QStringLiteral("vault.recovery_code")), stop);
    co_return co_await std::move(keeping);
}

bool Vault::hasRecoveryCode() const
{
    return d->recovery.isKept();
}

Task<bool> Vault::findRecoveryCode()
{
    const Result<> looked = co_await d->recovery.look();
    if (!looked)
        co_return fail(looked.error());
    co_return d->recovery.isKept();
}

Task<> Vault::recover(Secret code, std::stop_token stop)
{
    Task<RecoveryKeeper::Recovered> recovering = d->recovery.recover(std::move(code), stop);
    auto recovered = co_await std::move(recovering);
    if (!recovered)
        co_return fail(recovered.error(), "recovering the vault");
    Result<Secret> copy = recovered->vaultKey.clone();
    if (!copy)
        co_return fail(copy.error(), "recovering the vault");
    d->items.forgetBackend(); // it goes into whatever keychain there is now
    d->items.lookAgain();
    Task<VaultKeyFacts> keeping = keepVaultKey(std::move(*copy), recovered->epoch, stop);
    const auto facts = co_await std::move(keeping);
    if (!facts)
        co_return fail(facts.error(), "recovering the vault");
    Task<> saving = d->store.setSetting(vaultKeySetting, toJson(*facts),
                                        d->entryOf(QStringLiteral("vault.recover")));
    const Result<> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "recovering the vault");
    d->context.epoch = facts->epoch;
    d->vaultKey = std::move(recovered->vaultKey);
    setState(State::Open);
    co_return {};
}

Task<> Vault::saveAnchor(QByteArray anchor, std::stop_token stop)
{
    return d->pin.save(std::move(anchor), std::move(stop));
}

Task<QByteArray> Vault::anchor(std::stop_token stop)
{
    return d->pin.read(std::move(stop));
}

Task<KeychainStatus> Vault::keychainStatus(std::stop_token stop)
{
    return d->items.status(std::move(stop));
}

Task<VaultProof> Vault::proof(std::stop_token stop)
{
    Result<Secret> key;
    if (d->state == State::Open)
        key = d->vaultKey.clone();
    if (!key)
        co_return fail(key.error());
    Task<VaultProof> taking = d->proof.take(std::move(*key), stop);
    co_return co_await std::move(taking);
}

Task<> Vault::removeAllItems(std::stop_token stop)
{
    const Result<QStringList> noted = co_await d->items.names();
    if (!noted)
        co_return fail(noted.error(), "removing this profile's keychain items");
    QStringList items = *noted;
    if (!items.isEmpty()) {
        const AuditEntry entry = d->entryOf(QStringLiteral("vault.forget"));
        const Result<AuditEntry> told = co_await d->store.appendAudit(entry);
        if (!told)
            co_return fail(told.error(), "removing this profile's keychain items");
    }
    const QString sentinel = d->items.nameOf(QStringLiteral("sentinel"), QStringLiteral("1"));
    if (!items.isEmpty())
        items.append(sentinel); // the keychain's own, last: "not found" is believed by it
    for (const QString &item : items) {
        const Result<> removed = co_await d->items.remove(item, stop);
        if (!removed)
            co_return fail(removed.error(), "removing this profile's keychain items");
    }
    const Result<int> keys = co_await d->store.keyCount();
    if (!keys)
        co_return fail(keys.error(), "removing this profile's keychain items");
    d->vaultKey = Secret();
    d->items.lookAgain();
    if (*keys > 0) {
        setState(State::Locked);
        co_return {};
    }
    const QJsonValue nothing(QJsonValue::Null);
    const Result<> cleared = co_await d->store.setSetting(vaultKeySetting, nothing);
    if (!cleared)
        co_return fail(cleared.error(), "removing this profile's keychain items");
    d->items.forgetBackend();
    setState(State::NeverUsed);
    co_return {};
}

} // namespace sealbook
