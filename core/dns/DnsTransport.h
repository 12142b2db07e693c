// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/DnsMessage.h"

#include <QByteArray>
#include <QHash>

#include <deque>
#include <functional>
#include <memory>

namespace sealbook {

// Carries DNS messages over sockets of our own: one connected UDP socket with a port of its own for
// each message, then TCP when the answer is truncated or UDP stays silent. What does not match (id,
// QR, opcode, question, source) is counted and ignored, so a forger has to win against id and port
// together and cannot end the wait. Errors say in evidence["reason"] why: "no_route" (nothing left
// this machine), "refused", "timeout" or "garbage". Owned by its resolver or provider, outlives
// every question; main thread.
class DnsTransport
{
public:
    DnsTransport();
    ~DnsTransport();
    DnsTransport(const DnsTransport &) = delete;
    DnsTransport &operator=(const DnsTransport &) = delete;

    [[nodiscard]] Task<DnsReply> ask(DnsEndpoint server, DnsQuestion question,
                                     std::chrono::milliseconds limit, std::stop_token stop);

    // True for bytes that are the reply; anything else is ignored and counted.
    using Matcher = std::function<bool(const QByteArray &)>;
    struct Exchanged
    {
        QByteArray reply;
        std::chrono::milliseconds roundTrip{0};
        bool overTcp = false;
    };
    // Sends a finished message. MUST have a fresh random id.
    [[nodiscard]] Task<Exchanged> exchange(DnsEndpoint server, QByteArray message, Matcher matches,
                                           std::chrono::milliseconds limit, std::stop_token stop);

    // How many datagrams were ignored because they matched nothing we had asked.
    [[nodiscard]] quint64 ignoredAnswers() const;

private:
    struct Shared; // shared with the questions under way, so that they may outlive this object
    [[nodiscard]] static Task<Exchanged> run(std::shared_ptr<Shared> shared, DnsEndpoint server,
                                             QByteArray message, Matcher matches,
                                             std::chrono::milliseconds limit, std::stop_token stop);
    [[nodiscard]] static Task<DnsReply> askOnce(std::shared_ptr<Shared> shared, DnsEndpoint server,
                                                DnsQuestion question,
                                                std::chrono::milliseconds limit,
                                                std::stop_token stop);
    [[nodiscard]] static Task<DnsReply> askWith(std::shared_ptr<Shared> shared, DnsEndpoint server,
                                                DnsQuestion question, Edns edns,
                                                std::chrono::milliseconds limit,
                                                std::stop_token stop);
    std::shared_ptr<Shared> m_shared;
};

} // namespace sealbook
