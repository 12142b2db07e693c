// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/HttpTransport.h"

#include <QDateTime>

namespace sealbook {

struct SigV4Credential
{
    QByteArray accessKey;
    const Secret *secret = nullptr; // MUST be set
    const Secret *session = nullptr; // of temporary credentials
    QByteArray region;
    QByteArray service;
};

// Signs `request` by AWS Signature Version 4 with headers host and x-amz-date (and the session's
// token), as of `now` (UTC). The key itself never leaves the arena.
[[nodiscard]] Result<> signSigV4(HttpRequest &request, const SigV4Credential &credential,
                                 const QDateTime &now);

} // namespace sealbook
