// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/Vault.h"

#include "core/crypto/Digest.h"
#include "core/store/Store.h"
#include "core/vault/DiskScan.h"
#include "core/vault/RecoveryCode.h"
#include "core/vault/SealedBlob.h"
#include "core/vault/TokenItem.h"

#include <QFileInfo>
#include <QJsonObject>

namespace sealbook {

namespace {

constexpr std::chrono::seconds writableLifetime{30};
constexpr std::chrono::minutes longestOpening{5};
constexpr std::size_t vaultKeySize = 32;
constexpr quint32 firstEpoch = 1;

const QString keySetting = QStringLiteral("vault.key");
const QString recoverySetting = QStringLiteral("vault.recovery");
const QString itemMember = QStringLiteral("item");
const QString epochMember = QStringLiteral("epoch");
const QString backendMember = QStringLiteral("backend");

SealedPlace placeOfKey(KeyId id)
{
    return {QStringLiteral("key_pair"), id.text(), QStringLiteral("sealed"), 1};
}

SealedPlace placeOfToken(const QString &item)
{
    return {QStringLiteral("keychain_item"), item, QStringLiteral("sealed"), 1};
}

QString newUuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
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
    Private(SecretStore &theKeychain, Store &theStore, bool plainIsAllowed)
        : keychain(theKeychain)
        , store(theStore)
        , allowPlainKeyring(plainIsAllowed)
    {
        context.vaultId = store.vaultId();
    }

    SecretStore &keychain;
    Store &store;
    const bool allowPlainKeyring;
    State state = State::Closed;
    Secret vaultKey;
    SealContext context;
    QString backend; // that holds the vault key; empty = not known
    bool hasRecovery = false;
    Secret pendingCode; // shown, not yet typed back
    bool isOpening = false;
    std::vector<Deferred<>> waiting; // for the opening that is under way
    std::optional<std::chrono::steady_clock::time_point> writableAt;

    // What happens to the vault itself is a privileged act (R33).
    [[nodiscard]] AuditEntry entryOf(const QString &action) const
    {
        return auditEntry(action, store.vaultId(), QStringLiteral("ok"),
                          {{QStringLiteral("backend"), backend}});
    }
    [[nodiscard]] QString itemName(const QString &kind, const QString &id) const
    {
        return QStringLiteral("sealbook/%1/%2/%3").arg(store.vaultId(), kind, id);
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
    Task<QJsonValue> keyTask = d->store.setting(keySetting);
    Task<QJsonValue> recoveryTask = d->store.setting(recoverySetting);
    Task<int> countTask = d->store.keyCount();
    const Result<QJsonValue> known = co_await std::move(keyTask);
    const Result<QJsonValue> recovery = co_await std::move(recoveryTask);
    const Result<int> keys = co_await std::move(countTask);
    if (!known)
        co_return fail(known.error());
    if (!recovery)
        co_return fail(recovery.error());
    if (!keys)
        co_return fail(keys.error());
    d->hasRecovery = recovery->isObject();
    if (known->isObject()) {
        const QJsonObject facts = known->toObject();
        co_return co_await readVaultKey(facts, stop);
    }
    if (*keys > 0) {
        setState(State::Locked);
        co_return fail(missingKey());
    }
    setState(State::NeverUsed);
    co_return co_await makeVaultKey(stop);
}

Task<> Vault::readVaultKey(QJsonObject known, std::stop_token stop)
{
    const QString item = known.value(itemMember).toString();
    d->context.epoch = static_cast<quint32>(known.value(epochMember).toInteger(firstEpoch));
    d->backend = known.value(backendMember).toString();
    Result<Secret> key = co_await d->keychain.read(item, stop);
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
    const Result<> writable = co_await requireWritable(stop);
    if (!writable)
        co_return fail(writable.error());
    Result<Secret> key = Secret::random(vaultKeySize);
    if (!key)
        co_return fail(key.error());
    Result<Secret> copy = key->clone();
    if (!copy)
        co_return fail(copy.error());
    const QString item = d->itemName(QStringLiteral("vk"), newUuid());
    Task<> writing = writeItem(item, std::move(*copy), stop);
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error());
    // Another process may have made one meanwhile: the database decides, so that nothing is ever
    // sealed under a key that is not kept.
    const QJsonObject facts{{itemMember, item},
                            {epochMember, static_cast<qint64>(firstEpoch)},
                            {backendMember, d->backend}};
    const QJsonValue value(facts);
    Task<bool> claiming =
        d->store.claimSetting(keySetting, value, d->entryOf(QStringLiteral("vault.create")));
    const Result<bool> claimed = co_await std::move(claiming);
    if (!claimed)
        co_return fail(claimed.error());
    if (*claimed) {
        d->context.epoch = firstEpoch;
        d->vaultKey = std::move(*key);
        setState(State::Open);
        co_return {};
    }
    const Result<> removed = co_await removeToken(item, stop);
    if (!removed)
        co_return fail(removed.error());
    const Result<QJsonValue> known = co_await d->store.setting(keySetting);
    if (!known)
        co_return fail(known.error());
    const QJsonObject theirs = known->toObject();
    co_return co_await readVaultKey(theirs, stop);
}

void Vault::lock()
{
    d->vaultKey = Secret();
    d->pendingCode = Secret();
    if (d->state == State::Open)
        setState(State::Closed);
}

// The one condition for everything that writes a secret: a keychain that is in order, and not a
// plain one unless this is practice.
Task<> Vault::requireWritable(std::stop_token stop)
{
    const auto now = std::chrono::steady_clock::now();
    if (d->writableAt && now - *d->writableAt < writableLifetime)
        co_return {};
    const Result<KeychainStatus> status = co_await keychainStatus(stop);
    if (!status)
        co_return fail(status.error());
    const bool isGoodEnough = status->state == KeychainState::Ok
        || (status->state == KeychainState::PlainKeyring && d->allowPlainKeyring);
    if (!isGoodEnough)
        co_return fail(errorOf(*status));
    if (d->backend.isEmpty())
        d->backend = status->backend;
    d->writableAt = std::chrono::steady_clock::now();
    co_return {};
}

// The name goes into the database first, so that no item is ever left behind unknown.
Task<> Vault::writeItem(QString item, Secret value, std::stop_token stop)
{
    const QByteArray nothingSealed;
    const Result<> noted = co_await d->store.saveKeychainItem(item, nothingSealed);
    if (!noted)
        co_return fail(noted.error());
    Task<> writing = d->keychain.write(item, std::move(value), stop);
    const Result<> written = co_await std::move(writing);
    if (!written) {
        d->writableAt.reset();
        co_return fail(written.error());
    }
    co_return {};
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
    const Result<> writable = co_await requireWritable(stop);
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
    const Result<> writable = co_await requireWritable(stop);
    if (!writable)
        co_return fail(writable.error(), "storing a token");
    const QString item = d->itemName(QStringLiteral("token"), newUuid());
    QByteArray sealedToken;
    Result<Secret> packed;
    if (token.size() <= largestTokenItem) {
        packed = packTokenItem(TokenForm::Direct, token);
    } else {
        const Result<Secret> key = Secret::random(vaultKeySize);
        if (!key)
            co_return fail(key.error(), "storing a token");
        // Under a key of its own, not under the vault key, so no epoch of that matters.
        const SealContext context{d->context.vaultId, firstEpoch};
        const Result<QByteArray> sealed = sealBlob(*key, context, placeOfToken(item), token);
        if (!sealed)
            co_return fail(sealed.error(), "storing a token");
        sealedToken = *sealed;
        packed = packTokenItem(TokenForm::KeyOfSealed, *key);
    }
    if (!packed)
        co_return fail(packed.error(), "storing a token");
    const Result<> noted = co_await d->store.saveKeychainItem(item, sealedToken);
    if (!noted)
        co_return fail(noted.error(), "storing a token");
    Task<> writing = d->keychain.write(item, std::move(*packed), stop);
    const Result<> written = co_await std::move(writing);
    if (!written) {
        d->writableAt.reset();
        co_return fail(written.error(), "storing a token");
    }
    co_return item;
}

Task<Secret> Vault::loadToken(QString item, std::stop_token stop)
{
    const Result<Secret> packed = co_await d->keychain.read(item, stop);
    if (!packed) {
        const Result<KeychainStatus> status = co_await keychainStatus(stop);
        if (status && status->state == KeychainState::ChangedBackend)
            co_return fail(errorOf(*status), "reading a token");
        co_return fail(packed.error(), "reading a token");
    }
    Result<TokenItem> token = unpackTokenItem(*packed);
    if (!token)
        co_return fail(token.error(), "reading a token");
    if (token->form == TokenForm::Direct)
        co_return std::move(token->value);
    const Result<QByteArray> sealed = co_await d->store.sealedOfKeychainItem(item);
    if (!sealed)
        co_return fail(sealed.error(), "reading a token");
    const SealContext context{d->context.vaultId, firstEpoch};
    Result<Secret> value = openBlob(token->value, context, placeOfToken(item), *sealed);
    if (!value)
        co_return fail(value.error(), "reading a token");
    co_return value;
}

Task<> Vault::removeToken(QString item, std::stop_token stop)
{
    const Result<> removed = co_await d->keychain.remove(item, stop);
    if (!removed)
        co_return fail(removed.error(), "removing a keychain item");
    const Result<> forgotten = co_await d->store.forgetKeychainItem(item);
    if (!forgotten)
        co_return fail(forgotten.error(), "removing a keychain item");
    co_return {};
}

Task<Secret> Vault::makeRecoveryCode(std::stop_token stop)
{
    const Result<> opened = co_await open(stop);
    if (!opened)
        co_return fail(opened.error(), "making a recovery code");
    Result<Secret> code = Secret::random(recoveryCodeBytes);
    if (!code)
        co_return fail(code.error(), "making a recovery code");
    Result<Secret> text = formatRecoveryCode(*code);
    if (!text)
        co_return fail(text.error(), "making a recovery code");
    d->pendingCode = std::move(*code);
    co_return text;
}

Task<> Vault::confirmRecoveryCode(Secret typed, std::stop_token stop)
{
    if (d->pendingCode.isEmpty() || d->state != State::Open)
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("there is no new recovery code to confirm"),
                       QStringLiteral("Make a recovery code first."));
    Result<Secret> code = parseRecoveryCode(typed);
    if (!code)
        co_return fail(code.error(), "confirming the recovery code");
    if (!code->equals(d->pendingCode))
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("this is not the code that was shown"),
                       QStringLiteral("Type the code that Sealbook showed just now."));
    Result<Secret> key = d->vaultKey.clone();
    if (!key)
        co_return fail(key.error(), "confirming the recovery code");
    // Shared, because std::function wants what it holds to be copyable.
    const auto sharedCode = std::make_shared<Secret>(std::move(*code));
    const auto sharedKey = std::make_shared<Secret>(std::move(*key));
    const SealContext context = d->context;
    std::function<Result<RecoveryWrap>()> work = [sharedCode, sharedKey, context] {
        return wrapKey(*sharedCode, context.vaultId, context.epoch, *sharedKey);
    };
    Task<RecoveryWrap> wrapping = runBlocking<RecoveryWrap>(stop, std::move(work));
    const Result<RecoveryWrap> wrap = co_await std::move(wrapping);
    if (!wrap)
        co_return fail(wrap.error(), "confirming the recovery code");
    const QJsonValue value(toJson(*wrap));
    Task<> saving = d->store.setSetting(recoverySetting, value,
                                        d->entryOf(QStringLiteral("vault.recovery_code")));
    const Result<> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "keeping the recovery record");
    d->pendingCode = Secret();
    d->hasRecovery = true;
    co_return {};
}

bool Vault::hasRecoveryCode() const
{
    return d->hasRecovery;
}

Task<> Vault::recover(Secret code, std::stop_token stop)
{
    const Result<QJsonValue> stored = co_await d->store.setting(recoverySetting);
    if (!stored)
        co_return fail(stored.error(), "recovering the vault");
    if (!stored->isObject())
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("no recovery code was ever made for this profile"));
    const Result<RecoveryWrap> wrap = recoveryWrapFromJson(stored->toObject());
    if (!wrap)
        co_return fail(wrap.error(), "recovering the vault");
    Result<Secret> bytes = parseRecoveryCode(code);
    if (!bytes)
        co_return fail(bytes.error(), "recovering the vault");
    const auto sharedCode = std::make_shared<Secret>(std::move(*bytes));
    const QString vaultId = d->context.vaultId;
    const RecoveryWrap record = *wrap;
    std::function<Result<Secret>()> work = [sharedCode, vaultId, record] {
        return unwrapKey(*sharedCode, vaultId, record);
    };
    Task<Secret> unwrapping = runBlocking<Secret>(stop, std::move(work));
    Result<Secret> key = co_await std::move(unwrapping);
    if (!key)
        co_return fail(key.error(), "recovering the vault");

    d->backend.clear(); // it goes into whatever keychain there is now
    d->writableAt.reset();
    const Result<> writable = co_await requireWritable(stop);
    if (!writable)
        co_return fail(writable.error(), "recovering the vault");
    Result<Secret> copy = key->clone();
    if (!copy)
        co_return fail(copy.error(), "recovering the vault");
    const QString item = d->itemName(QStringLiteral("vk"), newUuid());
    Task<> writing = writeItem(item, std::move(*copy), stop);
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error(), "recovering the vault");
    const QJsonObject facts{{itemMember, item},
                            {epochMember, static_cast<qint64>(record.epoch)},
                            {backendMember, d->backend}};
    const QJsonValue value(facts);
    Task<> saving =
        d->store.setSetting(keySetting, value, d->entryOf(QStringLiteral("vault.recover")));
    const Result<> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "recovering the vault");
    d->context.epoch = record.epoch;
    d->vaultKey = std::move(*key);
    d->hasRecovery = true;
    setState(State::Open);
    co_return {};
}

Task<> Vault::saveAnchor(QByteArray anchor, std::stop_token stop)
{
    const Result<> writable = co_await requireWritable(stop);
    if (!writable)
        co_return fail(writable.error(), "keeping the end of the audit log");
    Result<Secret> value = Secret::copyOf(bytesOf(anchor));
    if (!value)
        co_return fail(value.error(), "keeping the end of the audit log");
    const QString item = d->itemName(QStringLiteral("anchor"), QStringLiteral("1"));
    // Its name is noted once; each later pin then costs no commit.
    const Result<QStringList> items = co_await d->store.keychainItems();
    if (!items)
        co_return fail(items.error(), "keeping the end of the audit log");
    Task<> writing = items->contains(item) ? d->keychain.write(item, std::move(*value), stop)
                                           : writeItem(item, std::move(*value), stop);
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error(), "keeping the end of the audit log");
    co_return {};
}

Task<QByteArray> Vault::anchor(std::stop_token stop)
{
    const Result<QStringList> items = co_await d->store.keychainItems();
    if (!items)
        co_return fail(items.error());
    const Result<QJsonValue> known = co_await d->store.setting(keySetting);
    if (!known)
        co_return fail(known.error());
    // Only a profile that has nothing at all in the keychain is not asked: the list of items is in
    // the file that the anchor has to watch, so its word is not enough.
    if (items->isEmpty() && !known->isObject())
        co_return fail(Error::Kind::NotFound, QStringLiteral("the audit log was never pinned"));
    const QString item = d->itemName(QStringLiteral("anchor"), QStringLiteral("1"));
    const Result<Secret> value = co_await d->keychain.read(item, stop);
    if (!value)
        co_return fail(value.error(), "reading the end of the audit log");
    co_return QByteArray(value->text().data(), static_cast<qsizetype>(value->size()));
}

Task<KeychainStatus> Vault::keychainStatus(std::stop_token stop)
{
    Result<KeychainStatus> status = co_await d->keychain.status(stop);
    if (!status)
        co_return fail(status.error());
    if (d->backend.isEmpty()) {
        const Result<QJsonValue> known = co_await d->store.setting(keySetting);
        if (!known)
            co_return fail(known.error());
        d->backend = known->toObject().value(backendMember).toString();
    }
    const bool answers =
        status->state == KeychainState::Ok || status->state == KeychainState::PlainKeyring;
    if (answers && !d->backend.isEmpty() && d->backend != status->backend) {
        status->state = KeychainState::ChangedBackend;
        status->detail = QStringLiteral("this profile's secrets are in %1, but %2 answers now")
                             .arg(d->backend, status->backend);
        status->advice = QStringLiteral("Start the keychain service that was used before, or move "
                                        "this profile to the new one with the recovery code.");
    }
    co_return status;
}

// What must not be readable on disk.
Task<std::vector<Secret>> Vault::everySecret(std::stop_token stop)
{
    std::vector<Secret> secrets;
    if (d->state == State::Open) {
        Result<Secret> key = d->vaultKey.clone();
        if (!key)
            co_return fail(key.error());
        secrets.push_back(std::move(*key));
    }
    const Result<QStringList> items = co_await d->store.keychainItems();
    if (!items)
        co_return fail(items.error());
    const QString tokens = d->itemName(QStringLiteral("token"), QString());
    for (const QString &item : *items) {
        if (!item.startsWith(tokens))
            continue;
        Result<Secret> token = co_await loadToken(item, stop);
        if (!token && token.error().kind == Error::Kind::NotFound)
            continue; // written down first, and then not stored
        if (!token)
            co_return fail(token.error());
        secrets.push_back(std::move(*token));
    }
    co_return secrets;
}

Task<VaultProof> Vault::proof(std::stop_token stop)
{
    VaultProof proof;
    const Result<KeychainStatus> status = co_await keychainStatus(stop);
    if (!status)
        co_return fail(status.error());
    proof.keychain = *status;
    proof.vaultId = d->store.vaultId();
    proof.databaseFile = d->store.file();
    const Result<QStringList> items = co_await d->store.keychainItems();
    if (!items)
        co_return fail(items.error());
    proof.items = *items;
    const Result<int> keys = co_await d->store.keyCount();
    if (!keys)
        co_return fail(keys.error());
    proof.sealedRecords = *keys;
    if (status->state == KeychainState::PlainKeyring)
        proof.findings.append(status->detail);
    Result<std::vector<Secret>> secrets = co_await everySecret(stop);
    if (!secrets) {
        if (secrets.error().kind == Error::Kind::Cancelled)
            co_return fail(secrets.error());
        proof.findings.append(
            QStringLiteral("the secrets could not be read, so the disk was only searched for keys "
                           "in PEM form (%1)")
                .arg(secrets.error().detail));
        secrets = std::vector<Secret>();
    }
    // Shared, because std::function wants what it holds to be copyable.
    const auto shared = std::make_shared<std::vector<Secret>>(std::move(*secrets));
    const QString folder = QFileInfo(proof.databaseFile).path();
    std::function<Result<QStringList>()> work = [shared, folder] {
        return scanForSecrets(folder, *shared);
    };
    Task<QStringList> scanning = runBlocking<QStringList>(stop, std::move(work));
    const Result<QStringList> findings = co_await std::move(scanning);
    if (!findings)
        co_return fail(findings.error());
    proof.findings += *findings;
    co_return proof;
}

Task<> Vault::removeAllItems(std::stop_token stop)
{
    const Result<QStringList> noted = co_await d->store.keychainItems();
    if (!noted)
        co_return fail(noted.error(), "removing this profile's keychain items");
    QStringList items = *noted;
    if (!items.isEmpty()) {
        const AuditEntry entry = d->entryOf(QStringLiteral("vault.forget"));
        const Result<AuditEntry> told = co_await d->store.appendAudit(entry);
        if (!told)
            co_return fail(told.error(), "removing this profile's keychain items");
    }
    const QString sentinel = d->itemName(QStringLiteral("sentinel"), QStringLiteral("1"));
    if (!items.isEmpty())
        items.append(sentinel); // the keychain's own, last: "not found" is believed by it
    for (const QString &item : items) {
        const Result<> removed = co_await removeToken(item, stop);
        if (!removed)
            co_return fail(removed.error(), "removing this profile's keychain items");
    }
    const Result<int> keys = co_await d->store.keyCount();
    if (!keys)
        co_return fail(keys.error(), "removing this profile's keychain items");
    d->vaultKey = Secret();
    d->writableAt.reset();
    if (*keys > 0) {
        setState(State::Locked);
        co_return {};
    }
    const QJsonValue nothing(QJsonValue::Null);
    const Result<> cleared = co_await d->store.setSetting(keySetting, nothing);
    if (!cleared)
        co_return fail(cleared.error(), "removing this profile's keychain items");
    d->backend.clear();
    setState(State::NeverUsed);
    co_return {};
}

} // namespace sealbook
