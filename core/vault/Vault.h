// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Ids.h"
#include "core/base/Task.h"
#include "core/keychain/SecretStore.h"
#include "core/records/CertificateRecord.h"

#include <QObject>

#include <memory>

namespace sealbook {

class Store;
struct VaultKeyFacts;

// Names one sealed field, so that a ciphertext moved to another row does not open
// (security.md 4.4).
struct SealedPlace
{
    QString table;
    QString row; // the row's uuid
    QString field;
    int version = 1;
};

// Where secrets are and what is on disk, for the proof page.
struct VaultProof
{
    KeychainStatus keychain;
    QString vaultId;
    QStringList items; // names of the keychain items of this profile
    QString databaseFile;
    int sealedRecords = 0;
    QStringList findings; // what was looked for on disk and found; empty = nothing readable
};

// Private keys and other secrets of one profile. Keys are sealed in the database (AES-256-GCM under
// a key derived for each record from the vault key); the vault key and the provider tokens are
// items in the OS keychain. A usable keychain is the condition for everything that writes a secret:
// without one the call fails (KeychainAbsent or KeychainDenied) and nothing is written. A missing
// vault key over existing ciphertext is a locked vault and never made anew (B70). Owned by
// Services; outlives its tasks; main thread.
class Vault : public QObject
{
    Q_OBJECT

public:
    enum class State { Closed, Open, Locked, NeverUsed };

    Vault(SecretStore &keychain, Store &store, bool allowPlainKeyring, QObject *parent = nullptr);
    ~Vault() override;

    [[nodiscard]] State state() const;
    // Makes sure that the vault key is there: reads it, or makes it on first use (written, read
    // back, compared). Cheap when it is open already.
    [[nodiscard]] Task<> open(std::stop_token stop);
    // Wipes the vault key from memory.
    void lock();

    [[nodiscard]] Result<QByteArray> seal(const SealedPlace &place, const Secret &plain) const;
    [[nodiscard]] Result<Secret> unseal(const SealedPlace &place, const QByteArray &blob) const;

    // Private keys: PKCS#8 DER in, a row in the key table out; and back.
    [[nodiscard]] Task<KeyRecord> storeKey(Secret pkcs8, QString purpose, QString algorithm,
                                           QString publicKeySha256, std::stop_token stop);
    [[nodiscard]] Task<Secret> loadKey(KeyId id, std::stop_token stop);

    // Provider tokens: an item of their own in the keychain (padded; a large one sealed in the
    // database under a key in the keychain). The name that comes back is what the record keeps.
    [[nodiscard]] Task<QString> storeToken(Secret token, std::stop_token stop);
    [[nodiscard]] Task<Secret> loadToken(QString item, std::stop_token stop);
    [[nodiscard]] Task<> removeToken(QString item, std::stop_token stop);

    // The recovery code: 128 bits as 26 Crockford base32 characters and a check, wraps the vault
    // key by scrypt. Shown once; confirmRecoveryCode checks what was typed back and only then keeps
    // it.
    [[nodiscard]] Task<Secret> makeRecoveryCode(std::stop_token stop);
    [[nodiscard]] Task<> confirmRecoveryCode(Secret typed, std::stop_token stop);
    [[nodiscard]] bool hasRecoveryCode() const; // known once the vault was opened
    [[nodiscard]] Task<bool> findRecoveryCode(); // the same from the database
    // Puts the vault key back into the keychain from the recovery code.
    [[nodiscard]] Task<> recover(Secret code, std::stop_token stop);

    // The newest end of the audit log, kept in the keychain. No secret, but out of reach for who
    // has only the file. NotFound before the first one.
    [[nodiscard]] Task<> saveAnchor(QByteArray anchor, std::stop_token stop);
    [[nodiscard]] Task<QByteArray> anchor(std::stop_token stop);

    // ChangedBackend where this profile's items were written to another keychain than the one that
    // answers now.
    [[nodiscard]] Task<KeychainStatus> keychainStatus(std::stop_token stop);
    // Also looks through every file of the profile's folder for the vault key, for each token and
    // for private keys in the clear.
    [[nodiscard]] Task<VaultProof> proof(std::stop_token stop);
    // Removes every item of this profile from the keychain (practice; "forget this profile"). The
    // vault is NeverUsed then, or Locked where sealed keys remain.
    [[nodiscard]] Task<> removeAllItems(std::stop_token stop);

Q_SIGNALS:
    void stateChanged(Vault::State state);

private:
    [[nodiscard]] Task<> openNow(std::stop_token stop);
    [[nodiscard]] Task<> readVaultKey(VaultKeyFacts known, std::stop_token stop);
    [[nodiscard]] Task<> makeVaultKey(std::stop_token stop);
    [[nodiscard]] Task<VaultKeyFacts> keepVaultKey(Secret key, quint32 epoch, std::stop_token stop);
    void setState(State state);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sealbook
