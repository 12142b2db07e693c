// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

#include <chrono>

namespace sealbook {

// How a secret reaches the terminal's commands: by a file descriptor, or by a prompt that shows
// nothing. Never by an argument or the environment. A final line end is cut. A pipe that nobody
// writes to for `silence` is given up.
[[nodiscard]] Result<Secret>
secretFromDescriptor(int descriptor, std::chrono::milliseconds silence = std::chrono::seconds(30));
[[nodiscard]] Result<Secret> secretFromPrompt(const QString &question);

// "FIELD=N" of --secret-fd.
struct SecretSource
{
    QString field;
    int descriptor = -1;
};
[[nodiscard]] Result<SecretSource> secretSource(const QString &argument);
[[nodiscard]] Result<int> descriptorFromText(const QString &text);

} // namespace sealbook
