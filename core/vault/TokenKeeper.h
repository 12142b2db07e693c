// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/VaultItems.h"

namespace sealbook {

// Provider tokens: each an item of its own in the keychain, and one that is too large for an item
// sealed in the database under a key in the keychain. Owned by Vault; main thread; outlives its
// tasks.
class TokenKeeper
{
public:
    TokenKeeper(VaultItems &items, Store &store)
        : m_items(items)
        , m_store(store)
    {
    }

    // Gives the name of the item.
    [[nodiscard]] Task<QString> keep(Secret token, std::stop_token stop);
    [[nodiscard]] Task<Secret> load(QString item, std::stop_token stop);
    // Of all tokens that can be read.
    [[nodiscard]] Task<std::vector<Secret>> all(std::stop_token stop);

private:
    VaultItems &m_items;
    Store &m_store;
};

} // namespace sealbook
