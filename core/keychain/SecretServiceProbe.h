// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keychain/SecretStore.h"

namespace sealbook {

// Asks the session bus in what state the keychain is, without touching a secret and without ever
// causing a prompt: QtKeychain reports a locked keyring as "not found" and cannot tell a missing
// one from it. Answers within `limit`; everything that goes wrong is a state, never an error.
[[nodiscard]] Task<KeychainStatus> probeKeychain(std::chrono::milliseconds limit,
                                                 std::stop_token stop);

// The name in a Secret Service object path, decoded: "/.../collection/Default_5fkeyring" is
// "Default_keyring".
[[nodiscard]] QString collectionName(const QString &objectPath);

// True where gnome-keyring keeps this collection unencrypted: its file then begins with a readable
// "[keyring]" (it has an empty password, as after an automatic login).
[[nodiscard]] bool isPlainKeyring(const QString &collection);

} // namespace sealbook
