// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keychain/SecretStore.h"

#include <QJsonValue>

#include <optional>

namespace sealbook {

class Store;

// What the database knows of the vault key: the keychain item that holds it.
struct VaultKeyFacts
{
    QString item;
    quint32 epoch = 1;
    QString backend; // the keychain it was written to
};

inline const QString vaultKeySetting = QStringLiteral("vault.key");
[[nodiscard]] QJsonValue toJson(const VaultKeyFacts &facts);

// The items of one profile in the OS keychain. Each name stands in the database before the item is
// written, so that none is ever left behind unknown, and nothing is written unless the keychain is
// in order and the one that was used before. Owned by Vault; main thread; outlives its tasks.
class VaultItems
{
public:
    VaultItems(SecretStore &keychain, Store &store, bool allowPlainKeyring);

    [[nodiscard]] QString nameOf(const QString &kind, const QString &id) const;
    [[nodiscard]] QString newName(const QString &kind) const;

    // That holds this profile's items; empty = not known.
    [[nodiscard]] const QString &backend() const { return m_backend; }
    void setBackend(const QString &backend) { m_backend = backend; }
    // From here on items go into whatever keychain there is now.
    void forgetBackend() { m_backend.clear(); }
    // The next write looks at the keychain first, however short ago it was in order.
    void lookAgain() { m_writableAt.reset(); }

    // ChangedBackend where another keychain answers than the items were written to.
    [[nodiscard]] Task<KeychainStatus> status(std::stop_token stop);
    // The one condition for everything that writes a secret: a keychain that is in order, and not a
    // plain one unless this is practice.
    [[nodiscard]] Task<> requireWritable(std::stop_token stop);

    // `sealed` stays in the database beside the name; may be empty.
    [[nodiscard]] Task<> add(QString item, Secret value, QByteArray sealed, std::stop_token stop);
    // Another value for an item whose name is noted already.
    [[nodiscard]] Task<> replace(QString item, Secret value, std::stop_token stop);
    [[nodiscard]] Task<Secret> read(QString item, std::stop_token stop);
    [[nodiscard]] Task<> remove(QString item, std::stop_token stop);
    [[nodiscard]] Task<QStringList> names();
    [[nodiscard]] Task<std::optional<VaultKeyFacts>> keyFacts();

private:
    SecretStore &m_keychain;
    Store &m_store;
    const bool m_allowPlainKeyring;
    QString m_backend;
    std::optional<std::chrono::steady_clock::time_point> m_writableAt;
};

} // namespace sealbook
