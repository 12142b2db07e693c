// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QJsonObject>
#include <QUrl>

namespace sealbook {

class PrivateKey;
class Secret;

// What the protected header of an ACME request says (RFC 8555 section 6.2). `kid` is empty where
// the key itself is sent: newAccount.
struct JwsHead
{
    QUrl url; // MUST equal the address that the request goes to
    QByteArray nonce;
    QUrl kid;
};

// A request's body in the flattened JSON serialization (RFC 7515 section 7.2.2). An empty payload
// makes a POST-as-GET. The algorithm follows from the key and from nothing that a server says
// (RFC 8555 section 10.1).
[[nodiscard]] Result<QByteArray> signedJws(const PrivateKey &key, const JwsHead &head,
                                           const QByteArray &payload);

// The inner JWS that binds `key` to an account of the CA's own world (section 7.3.4), HS256.
[[nodiscard]] Result<QJsonObject> externalBinding(const PrivateKey &key, const QString &kid,
                                                  const Secret &macKey, const QUrl &newAccount);

} // namespace sealbook
