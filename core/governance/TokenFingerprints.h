// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Ids.h"
#include "core/base/Task.h"
#include "core/crypto/Secret.h"
#include "core/records/CredentialRecord.h"

#include <QJsonObject>

namespace sealbook {

class Store;
class Vault;

// Tells whether two credentials hold the same secret without keeping it (R22, B36): an HMAC of each
// under a key of this profile, which is sealed by the vault. Worth nothing to who has the database
// alone. Owned by CredentialService; main thread.
class TokenFingerprints
{
public:
    TokenFingerprints(Store &store, Vault &vault)
        : m_store(store)
        , m_vault(vault)
    {
    }
    [[nodiscard]] Task<QJsonObject> of(std::shared_ptr<std::map<QString, Secret>> secrets);
    [[nodiscard]] Task<> keep(CredentialId id, QJsonObject fingerprints);
    [[nodiscard]] Task<> forget(CredentialId id);
    // Names of the records that share a secret with `id`.
    [[nodiscard]] Task<QStringList> sharing(CredentialId id, std::vector<CredentialRecord> all);

private:
    [[nodiscard]] Task<Secret> key();
    [[nodiscard]] static QString place(CredentialId id);

    Store &m_store;
    Vault &m_vault;
};

} // namespace sealbook
