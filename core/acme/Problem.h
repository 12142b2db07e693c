// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/HttpTransport.h"

#include <QJsonObject>

namespace sealbook {

// A JSON object as a CA sent it. Refuses (Corrupt) what is no object or nests deeper than 32.
[[nodiscard]] Result<QJsonObject> acmeJson(const QByteArray &json);

// A problem document (RFC 7807, RFC 8555 section 6.7) inside an order or a challenge: the CA's own
// words as detail, its type, one part for each subproblem.
[[nodiscard]] Error errorFromProblem(const QJsonObject &problem);

// What a reply of status 400 and above says, or any other that cannot be an answer: problem
// documents, and the pages that proxies, portals and overloaded servers send instead.
[[nodiscard]] Error errorFromReply(const HttpResponse &response, const QUrl &url);

[[nodiscard]] bool isProblem(const Error &error, const char *name); // "badNonce"

} // namespace sealbook
