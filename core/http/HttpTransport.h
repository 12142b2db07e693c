// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/crypto/Secret.h"

#include <QByteArray>
#include <QUrl>

#include <chrono>
#include <utility>
#include <vector>

namespace sealbook {

struct HttpHeader
{
    QByteArray name;
    QByteArray value;
    bool operator==(const HttpHeader &) const = default;
};

// A header whose value is a secret, such as an Authorization line. Built in the arena.
struct SecretHeader
{
    QByteArray name;
    Secret value;
};

// One HTTPS request. Move-only, for what is secret in it.
struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    std::vector<HttpHeader> headers;
    std::vector<SecretHeader> secretHeaders;
    QByteArray body;
    qint64 bodyLimit = qint64(256) * 1024; // bytes of a reply that we accept, after decoding
    std::chrono::milliseconds timeout{30000}; // for the whole exchange
};

// A reply. Redirects are not followed: a 3xx arrives here as it is.
struct HttpResponse
{
    int status = 0;
    std::vector<HttpHeader> headers; // names in lower case
    QByteArray body;
    // The first header of that (lower-case) name, else empty.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

// Bytes to a server and back: the seam that tests replace by RecordedTransport. A status of 400 and
// above is a response, not an error; an Error is Network, Timeout or Cancelled, with the host and
// what failed (TLS, connection, size) in plain words. Lives on the main thread; outlives every
// task.
class HttpTransport
{
public:
    virtual ~HttpTransport() = default;
    [[nodiscard]] virtual Task<HttpResponse> send(HttpRequest request, std::stop_token stop) = 0;
    // Requests sent since it was made, retries counted.
    [[nodiscard]] virtual int requestCount() const = 0;
};

} // namespace sealbook
