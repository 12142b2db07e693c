// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/issuance/Issuer.h"

namespace sealbook {

// Checks what a CA sent (RFC 8555 section 11.4, B39, B85): nothing but certificates, the leaf for
// `publicKeySha256` and for `names` (a www beside a name, or the name beside a www, may have been
// added), and the rest puts itself in order, each certificate signed by the next.
[[nodiscard]] Result<IssuedChain> checkIssued(const QByteArray &pem, const QStringList &names,
                                              const QString &publicKeySha256);
// Names as two lists of them are compared.
[[nodiscard]] QStringList comparable(QStringList names);
// The error of an answer of the CA that is not used.
[[nodiscard]] Error refusedByUs(const QString &detail);

} // namespace sealbook
