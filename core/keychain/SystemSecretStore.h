// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keychain/SecretStore.h"

#include <QSet>

#include <deque>

namespace sealbook {

// The OS keychain through QtKeychain: binary items only, no insecure fallback, one call at a time,
// each with a time limit of ours (QtKeychain has none). It believes nothing: each write is read
// back and compared, each removal looked after, and "not found" counts only on an unlocked keychain
// that shows our sentinel item. The state of the keychain is asked at most every 30 s while it is
// fine. Owned by Services; main thread.
class SystemSecretStore final : public SecretStore
{
public:
    struct Options
    {
        std::chrono::milliseconds limit{30'000}; // for one call to the keychain
        // With a person in front: a locked keyring may ask for its password, for this long.
        std::chrono::milliseconds promptLimit{0}; // 0 = never cause a prompt
    };

    SystemSecretStore();
    explicit SystemSecretStore(Options options);
    ~SystemSecretStore() override;

    [[nodiscard]] Task<KeychainStatus> status(std::stop_token stop) override;
    [[nodiscard]] Task<Secret> read(QString item, std::stop_token stop) override;
    [[nodiscard]] Task<> write(QString item, Secret value, std::stop_token stop) override;
    [[nodiscard]] Task<> remove(QString item, std::stop_token stop) override;

    // "sealbook/<vault id>/sentinel/1" for any item of that vault.
    [[nodiscard]] static QString sentinelOf(const QString &item);

private:
    class Turn;

    [[nodiscard]] Task<> waitForTurn(std::stop_token stop);
    void endTurn();
    [[nodiscard]] Task<> requireUsable(std::stop_token stop);
    [[nodiscard]] Task<KeychainStatus> freshStatus(std::stop_token stop);
    [[nodiscard]] Task<> ensureSentinel(QString item, std::stop_token stop);
    [[nodiscard]] Task<> writeAndCompare(QString item, Secret value, std::stop_token stop);
    [[nodiscard]] Task<Secret> believedAbsence(QString item, std::stop_token stop);
    // What QtKeychain says, unquestioned. NotFound here may mean anything.
    [[nodiscard]] Task<Secret> rawRead(QString item, std::stop_token stop);
    [[nodiscard]] Task<> rawWrite(QString item, Secret value, std::stop_token stop);
    [[nodiscard]] Task<> rawRemove(QString item, std::stop_token stop);
    [[nodiscard]] std::chrono::milliseconds callLimit() const;
    [[nodiscard]] Error noted(Error error);

    const Options m_options;
    std::optional<KeychainStatus> m_status;
    std::chrono::steady_clock::time_point m_statusAt;
    QSet<QString> m_sentinels; // seen or written by this process
    bool m_busy = false;
    std::deque<Deferred<>> m_waiting;
};

} // namespace sealbook
