// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DnsName.h"
#include "core/base/Task.h"

#include <QHostAddress>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace sealbook {

enum class DnsType : quint16 { A = 1, NS = 2, CNAME = 5, SOA = 6, TXT = 16, AAAA = 28, CAA = 257 };

struct DnsRecord
{
    DnsName owner;
    DnsType type = DnsType::TXT;
    int ttl = 0; // seconds
    // TXT: the strings joined. NS, CNAME: the target without its final dot. A, AAAA: the address.
    // SOA: the primary's name. CAA: "flags tag value".
    QString value;
    QList<QByteArray> strings; // TXT only: the strings as they came
    quint32 serial = 0; // SOA only
    int minimum = 0; // SOA only: the negative TTL's cap, seconds
    int refresh = 0; // SOA only, seconds
    bool operator==(const DnsRecord &) const = default;
};

// A reply whose id, question and source have been matched. Any rcode is a reply; an Error is a
// Timeout, a Network failure (no route, refused) or Corrupt (nothing that could be read).
struct DnsReply
{
    int rcode = 0; // RFC 1035 section 4.1.1 and later
    bool authoritative = false; // AA
    bool truncated = false; // TC, after TCP was tried
    std::vector<DnsRecord> answer;
    std::vector<DnsRecord> authority;
    std::vector<DnsRecord> additional;
    std::chrono::milliseconds roundTrip{0};
    bool overTcp = false;
};

[[nodiscard]] QString rcodeName(int rcode); // "NXDOMAIN"

struct DnsEndpoint
{
    QHostAddress address;
    quint16 port = 53;
    [[nodiscard]] QString text() const; // "192.0.2.1", with ":port" where it is not 53
    bool operator==(const DnsEndpoint &) const = default;
};

struct DnsQuestion
{
    DnsName name;
    DnsType type = DnsType::TXT;
    bool recursion = false; // RD
    bool operator==(const DnsQuestion &) const = default;
};

// Asks questions. The seam that tests replace by FakeResolver. Lives on the main thread; any number
// of questions at once.
class Resolver
{
public:
    virtual ~Resolver() = default;
    // One question to one address: UDP, then TCP when truncated or when UDP stays silent.
    [[nodiscard]] virtual Task<DnsReply> ask(DnsEndpoint server, DnsQuestion question,
                                             std::chrono::milliseconds limit,
                                             std::stop_token stop) = 0;
    // One question to the machine's (or the user's) recursive resolvers, in turn.
    [[nodiscard]] virtual Task<DnsReply> resolve(DnsQuestion question, std::stop_token stop) = 0;
    // The port of servers that are learned from NS records: 53, or what --dns-port says. Another
    // port than 53 is only used where every such address is loopback.
    [[nodiscard]] virtual quint16 serverPort() const = 0;
};

} // namespace sealbook
