// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

#include <QStringList>

#include <vector>

namespace sealbook {

// Looks through the files of `folder` (not below it) for private keys in PEM form and for each of
// `secrets`: as it is, as UTF-16, as hex and as base64. Gives one sentence a finding; none when
// nothing readable lies there. Blocks: call it on a thread.
[[nodiscard]] Result<QStringList> scanForSecrets(const QString &folder,
                                                 const std::vector<Secret> &secrets);

} // namespace sealbook
