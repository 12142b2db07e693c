// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/x509/ContainerContent.h"

namespace sealbook {

// Which tokens a PKCS#11 URI (RFC 7512) fits: "pkcs11:" fits all. Their own URIs are the notes of
// the answer. The system's trusted authorities, which p11-kit offers as a token too, count only
// when they are named.
// Runs the makers' modules, so only the process that reads containers may call it.
[[nodiscard]] Result<ContainerContent> listTokens(const QByteArray &uri);

// The certificates of the first token that fits, and the names of the keys that it keeps. Nobody
// logs in: what the token shows to everybody is what is read, no try at a PIN is spent, and nothing
// is written. As above.
[[nodiscard]] Result<ContainerContent> readToken(const QByteArray &uri);

// "My token" of "pkcs11:token=My%20token;serial=1"; "" where it names none. Anywhere.
[[nodiscard]] QString tokenNameOf(const QString &uri);

} // namespace sealbook
