// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/MachineCheck.h"

#include "core/crypto/SecureArena.h"
#include "core/dns/Resolver.h"
#include "core/http/HttpTransport.h"
#include "core/http/RetryAfter.h"
#include "core/vault/Vault.h"

namespace sealbook {

namespace {
using State = MachineFinding::State;

// a.root-servers.net: one harmless question to it shows whether port 53 is open from here.
const QString rootIpv4 = QStringLiteral("198.41.0.4");
const QString rootIpv6 = QStringLiteral("2001:503:ba3e::2:30");
constexpr std::chrono::seconds dnsLimit{3};
constexpr qint64 tolerableSkewSeconds = 300;

MachineFinding finding(const char *id, State state, QString title, QString detail,
                       QString advice = {})
{
    return {QString::fromLatin1(id), state, std::move(title), std::move(detail), std::move(advice)};
}

Task<DnsReply> askRoot(Resolver &resolver, QString address, std::stop_token stop)
{
    DnsEndpoint server;
    server.address = QHostAddress(address);
    DnsQuestion question;
    question.type = DnsType::SOA;
    Task<DnsReply> asking = resolver.ask(server, question, dnsLimit, stop);
    co_return co_await std::move(asking);
}

MachineFinding keychainFinding(const Result<KeychainStatus> &status)
{
    if (!status)
        return finding("keychain", State::Stop, QStringLiteral("The keychain cannot be asked"),
                       status.error().detail, status.error().advice);
    if (status->state == KeychainState::Ok)
        return finding("keychain", State::Ok, QStringLiteral("Keychain works"),
                       QStringLiteral("%1, unlocked. Tokens and the vault key go there, never into "
                                      "a file.")
                           .arg(status->backend));
    return finding(
        "keychain", State::Stop,
        QStringLiteral("Keychain: %1").arg(keychainStateName(status->state).replace(u'_', u' ')),
        status->detail, status->advice);
}

MachineFinding dnsFinding(const Result<DnsReply> &reply)
{
    if (reply && !reply->authoritative)
        return finding(
            "dns_udp", State::Warning, QStringLiteral("Name servers cannot be asked"),
            QStringLiteral("Something on this network answers in a root server's place (%1, "
                           "without authority).")
                .arg(rcodeName(reply->rcode)),
            QStringLiteral("Ask for port 53 to be let through for this computer, without a "
                           "resolver in between; the board cannot see name servers without it."));
    if (reply)
        return finding("dns_udp", State::Ok, QStringLiteral("Name servers can be asked"),
                       QStringLiteral("Port 53 answers over %1. One query, to the root.")
                           .arg(reply->overTcp ? QStringLiteral("TCP") : QStringLiteral("UDP")));
    return finding(
        "dns_udp", State::Warning, QStringLiteral("Name servers cannot be asked"),
        QStringLiteral("A root server did not answer on port 53: %1").arg(reply.error().detail),
        QStringLiteral("Ask for UDP and TCP port 53 to be opened for this computer; the "
                       "board cannot see name servers without it."));
}

MachineFinding ipv6Finding(const Result<DnsReply> &reply)
{
    if (reply)
        return finding("ipv6", State::Ok, QStringLiteral("IPv6 works"),
                       QStringLiteral("A root server answered over IPv6."));
    return finding("ipv6", State::Warning, QStringLiteral("No IPv6 route: cannot check IPv6"),
                   QStringLiteral("Addresses over IPv6 will be marked cannot check. That is not a "
                                  "failure."));
}

MachineFinding memoryFinding()
{
    switch (secureArena()) {
    case ArenaState::Locked:
        return finding("memory_lock", State::Ok, QStringLiteral("Secrets stay out of swap"),
                       QStringLiteral("Their memory is locked."));
    case ArenaState::Unlocked:
        return finding("memory_lock", State::Warning,
                       QStringLiteral("Memory for secrets is not locked"),
                       QStringLiteral("The limit on locked memory is too low, so it may be swapped "
                                      "out."),
                       QStringLiteral("Raise RLIMIT_MEMLOCK to 8 MiB (ulimit -l 8192)."));
    case ArenaState::Absent:
        break;
    }
    return finding("memory_lock", State::Stop, QStringLiteral("No memory for secrets"),
                   QStringLiteral("OpenSSL's secure arena could not be made."));
}

MachineFinding clockFinding(const HttpResponse &response)
{
    const QDateTime theirs = httpDate(response.header("date"));
    if (!theirs.isValid())
        return finding("clock", State::NotChecked, QStringLiteral("Clock not checked"),
                       QStringLiteral("The CA gave no date."));
    const qint64 skew = theirs.secsTo(QDateTime::currentDateTimeUtc());
    if (std::abs(skew) <= tolerableSkewSeconds)
        return finding("clock", State::Ok, QStringLiteral("Clock agrees with the CA"),
                       QStringLiteral("They differ by %1 s.").arg(skew));
    return finding("clock", State::Warning, QStringLiteral("Clock is off"),
                   QStringLiteral("This computer and the CA differ by %1 minutes.").arg(skew / 60),
                   QStringLiteral("Set the clock, or switch on time synchronization."));
}
} // namespace

QString findingStateName(MachineFinding::State state)
{
    switch (state) {
    case State::Ok:
        return QStringLiteral("ok");
    case State::Warning:
        return QStringLiteral("warning");
    case State::Stop:
        return QStringLiteral("stop");
    case State::NotChecked:
        return QStringLiteral("not_checked");
    }
    Q_UNREACHABLE();
}

MachineCheck::MachineCheck(Vault &vault, Resolver &resolver, HttpTransport &transport)
    : m_vault(vault)
    , m_resolver(resolver)
    , m_transport(transport)
{
}

Task<std::vector<MachineFinding>> MachineCheck::run(MachineCheckOptions options,
                                                    std::function<void(MachineFinding)> sink,
                                                    std::stop_token stop)
{
    std::vector<MachineFinding> findings;
    const auto tell = [&findings, &sink](MachineFinding found) {
        if (sink)
            sink(found);
        findings.push_back(std::move(found));
    };
    Task<DnsReply> askingIpv4 = askRoot(m_resolver, rootIpv4, stop);
    Task<DnsReply> askingIpv6 = askRoot(m_resolver, rootIpv6, stop);

    const auto status = co_await m_vault.keychainStatus(stop);
    tell(keychainFinding(status));
    tell(memoryFinding());
    const auto ipv4 = co_await std::move(askingIpv4);
    tell(dnsFinding(ipv4));
    const auto ipv6 = co_await std::move(askingIpv6);
    tell(ipv6Finding(ipv6));

    if (options.contactCa && !options.caDirectoryUrl.isEmpty()) {
        HttpRequest request;
        request.url = QUrl(options.caDirectoryUrl);
        Task<HttpResponse> sending = m_transport.send(std::move(request), stop);
        const auto response = co_await std::move(sending);
        if (response && response->status == 200) {
            tell(finding("ca", State::Ok, QStringLiteral("The CA can be reached"),
                         options.caDirectoryUrl));
            tell(clockFinding(*response));
        } else {
            tell(finding("ca", State::Stop, QStringLiteral("The CA cannot be reached"),
                         response
                             ? QStringLiteral("It answered with status %1.").arg(response->status)
                             : response.error().detail,
                         QStringLiteral("Check the network, a proxy, or the CA's status page.")));
        }
    } else {
        tell(finding("ca", State::NotChecked, QStringLiteral("CAs: not asked yet"),
                     QStringLiteral("First contact is when you start to issue.")));
    }
    if (options.missingPracticePackages.isEmpty())
        tell(finding("practice", State::Ok, QStringLiteral("Practice is possible"),
                     QStringLiteral("The practice CA and its name servers are there or can be "
                                    "fetched.")));
    else
        tell(finding("practice", State::Warning,
                     QStringLiteral("Practice packages are not installed"),
                     QStringLiteral("Only needed to practise."),
                     QStringLiteral("sudo apt-get install %1")
                         .arg(options.missingPracticePackages.join(u' '))));
    if (stop.stop_requested())
        co_return fail(cancelled());
    co_return findings;
}

} // namespace sealbook
