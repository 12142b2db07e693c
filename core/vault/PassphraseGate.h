// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Task.h"
#include "core/crypto/Secret.h"
#include "core/records/AuditFunction.h"

#include <QJsonObject>
#include <QObject>

#include <optional>

namespace sealbook {

class Store;
class Vault;

// The passphrase that a profile may have: who has it proves that they still are who opened the
// profile, each time before a private key leaves. It encrypts nothing; it holds up whoever sits
// down at an open computer. Kept as an scrypt verifier, sealed in the vault, so that the database
// alone does not tell which guess is right. A wrong one makes the next attempt wait, longer each
// time, for every process of this profile and over restarts. Every attempt and every change is in
// the audit log before it takes effect. Owned by Services; outlives its tasks; main thread.
class PassphraseGate : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t fewestBytes = 8;

    PassphraseGate(Store &store, Vault &vault, const Clock &clock, AuditFunction audit,
                   QObject *parent = nullptr);

    [[nodiscard]] Task<bool> isSet();
    // A first passphrase or another one; `current` counts where there is one.
    [[nodiscard]] Task<> set(Secret current, Secret next, std::stop_token stop);
    [[nodiscard]] Task<> remove(Secret current, std::stop_token stop);
    // For who forgot it: the recovery code of the vault opens more than the passphrase guards.
    [[nodiscard]] Task<> removeByRecoveryCode(Secret code, std::stop_token stop);

    // The right one lets one key pass, within a minute. Unauthorized for a wrong one; RateLimited,
    // without looking at it, while attempts have to wait.
    [[nodiscard]] Task<> open(Secret typed, std::stop_token stop);
    // For what leads a key out, right before it does: uses up what open() gave. Unauthorized where
    // a passphrase is set and was not given.
    [[nodiscard]] Task<> pass();
    // Takes back what open() gave; locking the vault does too.
    void close();

    // How long the next attempt waits after so many wrong ones in a row.
    [[nodiscard]] static std::chrono::seconds waitAfter(int failures);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] Task<> forget(QJsonObject details);
    [[nodiscard]] Task<> check(Secret typed, QJsonValue kept, std::stop_token stop);
    [[nodiscard]] Task<> takeTurn();
    [[nodiscard]] Task<> checkInTurn(Secret typed, QJsonValue kept, std::stop_token stop);
    [[nodiscard]] Task<> countAttempt();
    [[nodiscard]] Task<> compare(Secret typed, Secret verifier, std::stop_token stop);

    Store &m_store;
    Vault &m_vault;
    const Clock &m_clock;
    const AuditFunction m_audit;
    std::optional<std::chrono::milliseconds> m_openUntil; // monotonic
};

} // namespace sealbook
