// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/DnsTransport.h"
#include "core/dns/Tsig.h"

namespace sealbook {

// One TXT value to add or to remove. Values over 255 octets are split into strings.
struct TxtUpdate
{
    DnsName name;
    QString value;
    int ttl = 60; // for adding
    bool operator==(const TxtUpdate &) const = default;
};

// Edits TXT records at a primary server by RFC 2136, signed by TSIG (RFC 8945). Nothing but TXT is
// ever written (R32). Adding is idempotent (RFC 2136 section 3.4.2.2), removing takes only the
// given values (class NONE, section 2.5.4) and succeeds where they are gone already. The reply's
// signature is verified. Owned by a provider or a test; lives on the main thread; the transport
// MUST outlive it.
class DnsUpdate
{
public:
    DnsUpdate(DnsTransport &transport, DnsEndpoint server, TsigKey key);

    // All values in one message: the zone changes once.
    [[nodiscard]] Task<> add(DnsName zone, std::vector<TxtUpdate> values, std::stop_token stop);
    [[nodiscard]] Task<> remove(DnsName zone, std::vector<TxtUpdate> values, std::stop_token stop);
    // The TXT values at `name` as the primary serves them now (C6: is ours there already?).
    [[nodiscard]] Task<QStringList> find(DnsName name, std::stop_token stop);

    void setLimit(std::chrono::milliseconds limit) { m_limit = limit; }

private:
    [[nodiscard]] Task<> send(DnsName zone, QByteArray records, quint16 count,
                              std::stop_token stop);
    // Signs `plain`, and judges the reply's signature.
    struct Answer
    {
        QByteArray reply;
        TsigVerdict verdict;
    };
    [[nodiscard]] Task<Answer> exchangeSigned(QByteArray plain, std::stop_token stop);

    DnsTransport &m_transport;
    DnsEndpoint m_server;
    TsigKey m_key;
    std::chrono::milliseconds m_limit{5000};
};

} // namespace sealbook
