// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultItems.h"

#include "core/store/Store.h"

#include <QJsonObject>
#include <QUuid>

namespace sealbook {

namespace {
constexpr std::chrono::seconds writableLifetime{30};
const QString itemMember = QStringLiteral("item");
const QString epochMember = QStringLiteral("epoch");
const QString backendMember = QStringLiteral("backend");
} // namespace

QJsonValue toJson(const VaultKeyFacts &facts)
{
    return QJsonObject{{itemMember, facts.item},
                       {epochMember, static_cast<qint64>(facts.epoch)},
                       {backendMember, facts.backend}};
}

VaultItems::VaultItems(SecretStore &keychain, Store &store, bool allowPlainKeyring)
    : m_keychain(keychain)
    , m_store(store)
    , m_allowPlainKeyring(allowPlainKeyring)
{
}

QString VaultItems::nameOf(const QString &kind, const QString &id) const
{
    return QStringLiteral("sealbook/%1/%2/%3").arg(m_store.vaultId(), kind, id);
}

QString VaultItems::newName(const QString &kind) const
{
    return nameOf(kind, QUuid::createUuid().toString(QUuid::WithoutBraces));
}

Task<KeychainStatus> VaultItems::status(std::stop_token stop)
{
    Result<KeychainStatus> status = co_await m_keychain.status(stop);
    if (!status)
        co_return fail(status.error());
    if (m_backend.isEmpty()) {
        const auto known = co_await keyFacts();
        if (!known)
            co_return fail(known.error());
        if (*known)
            m_backend = (*known)->backend;
    }
    const bool answers =
        status->state == KeychainState::Ok || status->state == KeychainState::PlainKeyring;
    if (answers && !m_backend.isEmpty() && m_backend != status->backend) {
        status->state = KeychainState::ChangedBackend;
        status->detail = QStringLiteral("this profile's secrets are in %1, but %2 answers now")
                             .arg(m_backend, status->backend);
        status->advice = QStringLiteral("Start the keychain service that was used before, or move "
                                        "this profile to the new one with the recovery code.");
    }
    co_return status;
}

Task<> VaultItems::requireWritable(std::stop_token stop)
{
    const auto now = std::chrono::steady_clock::now();
    if (m_writableAt && now - *m_writableAt < writableLifetime)
        co_return {};
    const Result<KeychainStatus> seen = co_await status(stop);
    if (!seen)
        co_return fail(seen.error());
    const bool isGoodEnough = seen->state == KeychainState::Ok
        || (seen->state == KeychainState::PlainKeyring && m_allowPlainKeyring);
    if (!isGoodEnough)
        co_return fail(errorOf(*seen));
    if (m_backend.isEmpty())
        m_backend = seen->backend;
    m_writableAt = std::chrono::steady_clock::now();
    co_return {};
}

Task<> VaultItems::add(QString item, Secret value, QByteArray sealed, std::stop_token stop)
{
    const Result<> noted = co_await m_store.saveKeychainItem(item, sealed);
    if (!noted)
        co_return fail(noted.error());
    Task<> writing = replace(item, std::move(value), stop);
    co_return co_await std::move(writing);
}

Task<> VaultItems::replace(QString item, Secret value, std::stop_token stop)
{
    Task<> writing = m_keychain.write(item, std::move(value), stop);
    const Result<> written = co_await std::move(writing);
    if (!written)
        lookAgain();
    co_return written;
}

Task<Secret> VaultItems::read(QString item, std::stop_token stop)
{
    return m_keychain.read(std::move(item), std::move(stop));
}

Task<> VaultItems::remove(QString item, std::stop_token stop)
{
    const Result<> removed = co_await m_keychain.remove(item, stop);
    if (!removed)
        co_return fail(removed.error(), "removing a keychain item");
    const Result<> forgotten = co_await m_store.forgetKeychainItem(item);
    if (!forgotten)
        co_return fail(forgotten.error(), "removing a keychain item");
    co_return {};
}

Task<QStringList> VaultItems::names()
{
    return m_store.keychainItems();
}

Task<std::optional<VaultKeyFacts>> VaultItems::keyFacts()
{
    const Result<QJsonValue> known = co_await m_store.setting(vaultKeySetting);
    if (!known)
        co_return fail(known.error());
    std::optional<VaultKeyFacts> facts;
    if (known->isObject()) {
        const QJsonObject object = known->toObject();
        facts.emplace();
        facts->item = object.value(itemMember).toString();
        facts->epoch = static_cast<quint32>(object.value(epochMember).toInteger(facts->epoch));
        facts->backend = object.value(backendMember).toString();
    }
    co_return facts;
}

} // namespace sealbook
