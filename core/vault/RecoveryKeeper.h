// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/records/AuditEntry.h"
#include "core/vault/RecoveryCode.h"
#include "core/vault/SealedBlob.h"

namespace sealbook {

class Store;

// The recovery code of one vault. A new code waits here until it was typed back; only then the
// vault key wrapped under it is stored. Owned by Vault; main thread; outlives its tasks.
class RecoveryKeeper
{
public:
    struct Recovered
    {
        Secret vaultKey;
        quint32 epoch = 1;
    };

    explicit RecoveryKeeper(Store &store)
        : m_store(store)
    {
    }

    // Looks whether a code was kept.
    [[nodiscard]] Task<> look();
    [[nodiscard]] bool isKept() const { return m_isKept; }

    [[nodiscard]] Result<Secret> makeCode(); // as a person writes it down
    [[nodiscard]] bool isPending() const { return !m_pending.isEmpty(); }
    void forgetPending() { m_pending = Secret(); }
    // The code, where what was typed is the one that is pending.
    [[nodiscard]] Result<Secret> checked(const Secret &typed) const;
    [[nodiscard]] Task<> keep(Secret code, Secret vaultKey, SealContext context, AuditEntry entry,
                              std::stop_token stop);

    [[nodiscard]] Task<Recovered> recover(Secret typed, std::stop_token stop);

private:
    Store &m_store;
    bool m_isKept = false;
    Secret m_pending; // shown, not yet typed back
};

} // namespace sealbook
