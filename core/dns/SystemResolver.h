// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/DnsTransport.h"
#include "core/dns/Resolver.h"

namespace sealbook {

struct ResolverOptions
{
    QStringList servers; // "ADDR[:PORT]" each, as --resolver gives them; empty = resolvConf
    quint16 dnsPort = 53; // of servers learned from NS records
    QString resolvConf = QStringLiteral("/etc/resolv.conf");
    std::chrono::milliseconds limit{3000}; // for one recursive server
};

// The Resolver of the real world: asks over DnsTransport. Owned by Services; main thread. A port
// other than 53 for learned servers is refused (BadRequest) wherever the address is not loopback.
class SystemResolver final : public Resolver
{
public:
    explicit SystemResolver(ResolverOptions options = {});

    [[nodiscard]] Task<DnsReply> ask(DnsEndpoint server, DnsQuestion question,
                                     std::chrono::milliseconds limit,
                                     std::stop_token stop) override;
    [[nodiscard]] Task<DnsReply> resolve(DnsQuestion question, std::stop_token stop) override;
    [[nodiscard]] quint16 serverPort() const override { return m_options.dnsPort; }

    // Asks these recursive servers from now on; empty = resolvConf again.
    void use(const QStringList &servers);
    // The recursive servers in use; what could not be read is in problems().
    [[nodiscard]] const std::vector<DnsEndpoint> &recursives() const { return m_recursives; }
    [[nodiscard]] const QStringList &problems() const { return m_problems; }
    [[nodiscard]] DnsTransport &transport() { return m_transport; }

private:
    ResolverOptions m_options;
    DnsTransport m_transport;
    std::vector<DnsEndpoint> m_recursives;
    QStringList m_problems;
    std::size_t m_preferred = 0; // the recursive server that answered last
};

// Reads "192.0.2.1", "192.0.2.1:5353", "2001:db8::1" or "[2001:db8::1]:5353".
[[nodiscard]] Result<DnsEndpoint> endpointFromText(const QString &text, quint16 defaultPort = 53);

} // namespace sealbook
