// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"

namespace sealbook {

// Lets the next private key out of a profile with a passphrase: takes it from --passphrase-fd, or
// asks at the terminal. False where the profile has none, so that nothing was asked.
[[nodiscard]] Task<bool> openGate(CommandCall call, std::stop_token stop);
// Before long work: a usage error where openGate() would have nobody to ask.
[[nodiscard]] Task<> canOpenGate(CommandCall call);
[[nodiscard]] QCommandLineOption passphraseOption();

} // namespace sealbook
