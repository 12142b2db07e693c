// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/VaultItems.h"

namespace sealbook {

// The newest end of the audit log, as an item of the keychain: no secret, but out of reach for who
// has only the file. Owned by Vault; main thread; outlives its tasks.
class AuditPin
{
public:
    explicit AuditPin(VaultItems &items)
        : m_items(items)
    {
    }

    [[nodiscard]] Task<> save(QByteArray end, std::stop_token stop);
    [[nodiscard]] Task<QByteArray> read(std::stop_token stop); // NotFound before the first one

private:
    [[nodiscard]] QString item() const
    {
        return m_items.nameOf(QStringLiteral("anchor"), QStringLiteral("1"));
    }

    VaultItems &m_items;
};

} // namespace sealbook
