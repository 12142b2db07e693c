// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/TokenKeeper.h"
#include "core/vault/Vault.h"

namespace sealbook {

// Says where the secrets of a profile are, and looks through every file of its folder for one that
// can be read there. Owned by Vault; main thread; outlives its tasks.
class ProfileProof
{
public:
    ProfileProof(VaultItems &items, TokenKeeper &tokens, Store &store)
        : m_items(items)
        , m_tokens(tokens)
        , m_store(store)
    {
    }

    // `vaultKey` is looked for too; empty where the vault is not open.
    [[nodiscard]] Task<VaultProof> take(Secret vaultKey, std::stop_token stop);

private:
    [[nodiscard]] Task<QStringList> search(std::vector<Secret> secrets, std::stop_token stop);

    VaultItems &m_items;
    TokenKeeper &m_tokens;
    Store &m_store;
};

} // namespace sealbook
