// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Vault.h"
#include "ui/widgets/StateStyle.h"

#include <QCoreApplication>

namespace sealbook {

// What the settings page says about the keychain and the proof. Only pure functions.
class KeychainWords
{
    Q_DECLARE_TR_FUNCTIONS(KeychainWords)

public:
    [[nodiscard]] static StateStyle styleOf(KeychainState state);
    // One sentence on what stands in the way, or that nothing does.
    [[nodiscard]] static QString sentence(const KeychainStatus &status);
    [[nodiscard]] static QString place(const KeychainStatus &status); // "Secret Service, “login”"
    [[nodiscard]] static StateStyle diskStyle(const VaultProof &proof);
    // The proof as text, to be handed to whoever asks for it. Names of items only, no secret.
    [[nodiscard]] static QString report(const VaultProof &proof);
};

} // namespace sealbook
