// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/Resolver.h"

#include <QUrl>

namespace sealbook {

class HttpTransport;

// Asks resolvers elsewhere over HTTPS (RFC 8484). One question is one POST: caches on the way keep
// no POST, and a stale "no" is the last thing that is wanted here. Owned by Services; main thread;
// the transport outlives it, and both outlive its tasks.
class DohClient
{
public:
    explicit DohClient(HttpTransport &transport)
        : m_transport(transport)
    {
    }
    // Any rcode is a reply. An Error is a Timeout, a Network failure (also: a status that is not
    // 200), Corrupt (no DNS message, or one that answers another question) or BadRequest (an
    // address that does not begin with https).
    [[nodiscard]] Task<DnsReply> ask(QUrl url, DnsQuestion question,
                                     std::chrono::milliseconds limit, std::stop_token stop);

private:
    HttpTransport &m_transport;
};

} // namespace sealbook
