// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Task.h"
#include "core/inventory/TlsHandshake.h"
#include "core/records/EndpointRecord.h"
#include "core/x509/Certificate.h"

#include <QHostAddress>

#include <memory>
#include <vector>

namespace sealbook {

// What to ask.
struct EndpointTarget
{
    EndpointAddress address;
    QString serverName; // empty = the host, unless that is an IP address
    QString onlyAddress; // empty = every address of the host
};
[[nodiscard]] EndpointTarget targetOf(const EndpointRecord &record);

// What one address showed.
struct EndpointSight
{
    EndpointCheck check;
    std::vector<Certificate> chain; // as served, the leaf first; what cannot be read is left out
    QDateTime revokedAt; // UTC; invalid unless a stapled OCSP answer says so
};

// Looks at what endpoints serve: connects, says the words before TLS, does the handshake, takes the
// chain and hangs up. It sends nothing beyond the handshake and accepts every certificate; whether
// a browser would is part of the answer. Runs on the event loop of the main thread, many at once.
// Every look is bounded in time and bytes. Outlives its tasks.
class EndpointProbe
{
public:
    struct Options
    {
        std::chrono::milliseconds limit = std::chrono::seconds(10); // for one address
        int parallel = 64; // connections at once
        qsizetype maxBytes = 256L * 1024; // from one server
        std::vector<Certificate> extraRoots;
    };
    static constexpr int maxAddresses = 16; // of one host

    EndpointProbe(const Clock &clock, Options options);
    ~EndpointProbe();
    EndpointProbe(const EndpointProbe &) = delete;
    EndpointProbe &operator=(const EndpointProbe &) = delete;

    // One sight for each address, in the resolver's order; one without an address where the name
    // has none. Fails only with Cancelled or Internal.
    [[nodiscard]] Task<std::vector<EndpointSight>> look(EndpointTarget target,
                                                        std::stop_token stop);

private:
    struct Turns;
    [[nodiscard]] Task<EndpointSight> lookAt(EndpointTarget target, QHostAddress address,
                                             std::stop_token stop);
    [[nodiscard]] Task<EndpointSight> visit(EndpointTarget target, QHostAddress address,
                                            std::stop_token stop);
    ChainVerdict judge(const EndpointTarget &target, EndpointSight &sight);
    void heedStaple(EndpointSight &sight, const QByteArray &staple,
                    const std::vector<Certificate> &path);
    [[nodiscard]] const TrustAnchors &anchors();

    const Clock &m_clock;
    const Options m_options;
    SslCtxPtr m_context;
    std::optional<TrustAnchors> m_anchors;
    std::chrono::milliseconds m_anchorsReadAt{0}; // monotonic
    std::shared_ptr<Turns> m_turns; // shared with waiting coroutines, which may end later
};

} // namespace sealbook
