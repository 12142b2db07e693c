// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/SystemResolver.h"

#include <QFile>
#include <QRegularExpression>

namespace sealbook {

namespace {

constexpr int maxRecursives = 4;

QStringList serversOf(const QString &resolvConf)
{
    QFile file(resolvConf);
    QStringList servers;
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return servers;
    static const QRegularExpression line(QStringLiteral("^\\s*nameserver\\s+(\\S+)"));
    while (!file.atEnd() && servers.size() < maxRecursives) {
        const auto match = line.match(QString::fromUtf8(file.readLine(1024)));
        if (match.hasMatch())
            servers.append(match.captured(1));
    }
    return servers;
}

// Worth asking another recursive server (RFC 1035 section 7.2).
bool isUseless(const Result<DnsReply> &reply)
{
    return !reply || (reply->rcode != 0 && reply->rcode != 3);
}

} // namespace

Result<DnsEndpoint> endpointFromText(const QString &text, quint16 defaultPort)
{
    static const QRegularExpression bracketed(QStringLiteral("^\\[([^\\]]+)\\](?::(\\d+))?$"));
    static const QRegularExpression dotted(QStringLiteral("^([0-9.]+)(?::(\\d+))?$"));
    const QString plain = text.trimmed();
    QString host = plain;
    QString port;
    for (const QRegularExpression &form : {bracketed, dotted}) {
        const auto match = form.match(plain);
        if (!match.hasMatch())
            continue;
        host = match.captured(1);
        port = match.captured(2);
        break;
    }
    DnsEndpoint endpoint;
    endpoint.port = defaultPort;
    bool portOk = true;
    if (!port.isEmpty())
        endpoint.port = port.toUShort(&portOk);
    if (!endpoint.address.setAddress(host) || !portOk || endpoint.port == 0)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" is not an address of a DNS server").arg(text),
                    QStringLiteral("Write an IP address, with :PORT behind it where the port is "
                                   "not 53 (an IPv6 address in brackets then)."));
    return endpoint;
}

SystemResolver::SystemResolver(ResolverOptions options)
    : m_options(std::move(options))
{
    use(m_options.servers);
}

void SystemResolver::use(const QStringList &servers)
{
    const QStringList texts = servers.isEmpty() ? serversOf(m_options.resolvConf) : servers;
    m_recursives.clear();
    m_problems.clear();
    m_preferred = 0;
    for (const QString &text : texts) {
        const Result<DnsEndpoint> endpoint = endpointFromText(text);
        if (endpoint)
            m_recursives.push_back(*endpoint);
        else
            m_problems.append(endpoint.error().detail);
    }
    if (m_recursives.empty())
        m_problems.append(QStringLiteral("no DNS resolver is configured on this machine"));
}

Task<DnsReply> SystemResolver::ask(DnsEndpoint server, DnsQuestion question,
                                   std::chrono::milliseconds limit, std::stop_token stop)
{
    const bool isOurs =
        std::find(m_recursives.begin(), m_recursives.end(), server) != m_recursives.end();
    if (server.port != 53 && !server.address.isLoopback() && !isOurs)
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("port %1 is only used for name servers on this machine, and "
                                      "%2 is not one")
                           .arg(server.port)
                           .arg(server.address.toString()),
                       QStringLiteral("Leave out --dns-port for real zones."));
    Task<DnsReply> task = m_transport.ask(server, question, limit, stop);
    co_return co_await std::move(task);
}

Task<DnsReply> SystemResolver::resolve(DnsQuestion question, std::stop_token stop)
{
    question.recursion = true;
    if (m_recursives.empty())
        co_return fail(Error::Kind::Network, m_problems.join(QStringLiteral("; ")),
                       QStringLiteral("Name one with --resolver ADDRESS."));
    Result<DnsReply> last = fail(cancelled());
    const std::vector<DnsEndpoint> servers = m_recursives;
    const std::size_t first = m_preferred;
    for (std::size_t i = 0; i < servers.size(); ++i) {
        const std::size_t index = (first + i) % servers.size();
        const DnsEndpoint server = servers[index];
        Task<DnsReply> task = m_transport.ask(server, question, m_options.limit, stop);
        last = co_await std::move(task);
        if (!isUseless(last)) {
            m_preferred = index;
            co_return last;
        }
        if (!last && last.error().kind == Error::Kind::Cancelled)
            break;
    }
    co_return last;
}

} // namespace sealbook
