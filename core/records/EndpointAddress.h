// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QHashFunctions>
#include <QString>

#include <optional>
#include <vector>

namespace sealbook {

// How an endpoint comes to TLS: at once, or after it was asked in its own protocol.
enum class EndpointKind {
    Tls, // at once
    Smtp, // RFC 3207
    Imap, // RFC 9051 section 6.2.1
    Pop3, // RFC 2595 section 4
    Ftp, // RFC 4217
    Ldap, // RFC 4511 section 4.14
    XmppClient, // RFC 6120 section 5
    XmppServer,
    Postgres,
    Mysql
};
[[nodiscard]] QString endpointKindName(EndpointKind kind); // "smtp", "xmpp-server"; also its scheme
[[nodiscard]] std::optional<EndpointKind> endpointKindFromName(QStringView name);

// Where a certificate is served: host, port, and the way to TLS. A value; text() is its identity.
struct EndpointAddress
{
    QString host; // A-labels or an IP address, lower case, without brackets
    quint16 port = 443;
    EndpointKind kind = EndpointKind::Tls;

    // Reads what people type or paste: "www.example.org", "host:8443", "[2001:db8::1]:443",
    // "smtp://mail.example.org:587", "https://www.example.org/page". Without a scheme the port says
    // the kind where it is one that never speaks TLS at once (25, 587, 143, ...). BadRequest with a
    // sentence, and evidence["suggestion"] where one is likely.
    [[nodiscard]] static Result<EndpointAddress> fromText(const QString &typed);

    [[nodiscard]] QString text() const; // "www.example.org:443", "smtp://mail.example.org:587"
    [[nodiscard]] bool isIpAddress() const; // then no SNI is sent (RFC 6066 section 3)
    bool operator==(const EndpointAddress &) const = default;
    friend size_t qHash(const EndpointAddress &address, size_t seed = 0)
    {
        return qHashMulti(seed, address.host, address.port, static_cast<int>(address.kind));
    }
};

// True for what can only be meant as an endpoint: it has a scheme or a port. ("www.example.org"
// may be a file.)
[[nodiscard]] bool looksLikeEndpoint(const QString &text);

// A pasted list: one a line, or separated by commas, semicolons or blanks; what stands behind a "#"
// at the start of a word is a remark. Repeated ones are kept once. Never fails as a whole.
struct EndpointList
{
    struct Issue
    {
        int line = 0; // from 1
        QString typed;
        Error error;
        bool operator==(const Issue &) const = default;
    };
    std::vector<EndpointAddress> addresses;
    std::vector<Issue> issues; // at most maxIssues, the first ones
    int issueCount = 0; // all of them
    int repeated = 0;

    static constexpr int maxIssues = 20;

    [[nodiscard]] static EndpointList parse(const QString &text);
};

} // namespace sealbook
