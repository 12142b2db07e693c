// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/EndpointAddress.h"

#include "core/base/DnsName.h"
#include "core/base/DomainName.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

namespace sealbook {

namespace {

constexpr std::array kindNames{"tls",  "smtp",        "imap",        "pop3",     "ftp",
                               "ldap", "xmpp-client", "xmpp-server", "postgres", "mysql"};
static_assert(kindNames.size() == static_cast<std::size_t>(EndpointKind::Mysql) + 1);

struct Scheme
{
    const char *name;
    EndpointKind kind;
    quint16 port;
};

constexpr std::array schemes{
    Scheme{"tls", EndpointKind::Tls, 443},
    Scheme{"https", EndpointKind::Tls, 443},
    Scheme{"wss", EndpointKind::Tls, 443},
    Scheme{"smtps", EndpointKind::Tls, 465},
    Scheme{"submissions", EndpointKind::Tls, 465},
    Scheme{"imaps", EndpointKind::Tls, 993},
    Scheme{"pop3s", EndpointKind::Tls, 995},
    Scheme{"ftps", EndpointKind::Tls, 990},
    Scheme{"ldaps", EndpointKind::Tls, 636},
    Scheme{"xmpps", EndpointKind::Tls, 5223},
    Scheme{"smtp", EndpointKind::Smtp, 25},
    Scheme{"submission", EndpointKind::Smtp, 587},
    Scheme{"imap", EndpointKind::Imap, 143},
    Scheme{"pop3", EndpointKind::Pop3, 110},
    Scheme{"ftp", EndpointKind::Ftp, 21},
    Scheme{"ldap", EndpointKind::Ldap, 389},
    Scheme{"xmpp", EndpointKind::XmppClient, 5222},
    Scheme{"xmpp-client", EndpointKind::XmppClient, 5222},
    Scheme{"xmpp-server", EndpointKind::XmppServer, 5269},
    Scheme{"postgres", EndpointKind::Postgres, 5432},
    Scheme{"postgresql", EndpointKind::Postgres, 5432},
    Scheme{"mysql", EndpointKind::Mysql, 3306},
    Scheme{"mariadb", EndpointKind::Mysql, 3306},
};

constexpr quint16 submissionPort = 587;
constexpr qsizetype longestInput = 1024;

QString shown(const QString &text)
{
    QString out;
    for (const QChar c : text.left(80))
        out += c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
            ? QChar(QChar::ReplacementCharacter)
            : c;
    return text.size() > 80 ? out + QStringLiteral("...") : out;
}

tl::unexpected<Error> refuse(const QString &detail, const QString &suggestion = {})
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    error.detail = detail;
    error.advice = QStringLiteral("Give host and port, as in www.example.org:443 or "
                                  "smtp://mail.example.org:587.");
    if (!suggestion.isEmpty())
        error.evidence.insert(QStringLiteral("suggestion"), suggestion);
    return fail(std::move(error));
}

// The kind of a port that never speaks TLS at once.
EndpointKind kindOfPort(quint16 port)
{
    if (port == submissionPort)
        return EndpointKind::Smtp;
    for (const Scheme &scheme : schemes) {
        if (scheme.port == port && scheme.kind != EndpointKind::Tls)
            return scheme.kind;
    }
    return EndpointKind::Tls;
}

bool isIpv4(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('.'));
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](const QString &part) {
               bool isNumber = false;
               const uint value = part.toUInt(&isNumber);
               return isNumber && value <= 255 && part == QString::number(value);
           });
}

bool isHexGroup(const QString &group)
{
    return !group.isEmpty() && group.size() <= 4
        && std::all_of(group.begin(), group.end(), [](QChar c) {
               return c.unicode() < 0x80 && std::isxdigit(static_cast<int>(c.unicode())) != 0;
           });
}

// How many groups a part without "::" has, or -1.
int groupsIn(const QString &part)
{
    if (part.isEmpty())
        return 0;
    QStringList groups = part.split(QLatin1Char(':'));
    int count = 0;
    if (groups.last().contains(QLatin1Char('.'))) {
        if (!isIpv4(groups.takeLast()))
            return -1;
        count = 2;
    }
    return std::all_of(groups.begin(), groups.end(), isHexGroup)
        ? count + static_cast<int>(groups.size())
        : -1;
}

// RFC 4291 section 2.2. (QHostAddress is QtNetwork's, which records do without.)
bool isIpv6(const QString &text)
{
    const qsizetype gap = text.indexOf(QLatin1String("::"));
    if (gap < 0)
        return groupsIn(text) == 8;
    if (text.indexOf(QLatin1String("::"), gap + 1) >= 0)
        return false;
    const int before = groupsIn(text.left(gap));
    const int after = groupsIn(text.mid(gap + 2));
    return before >= 0 && after >= 0 && before + after <= 7;
}

Result<QString> hostFrom(const QString &typed)
{
    const bool isAscii =
        std::all_of(typed.begin(), typed.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (!isAscii) {
        const Result<DomainName> name = DomainName::fromUserInput(typed);
        if (!name)
            return fail(name.error());
        return name->ascii();
    }
    // More than a certificate may hold is fine: "intranet", "db_1.example".
    const bool isName = std::all_of(typed.begin(), typed.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == QLatin1Char('-') || c == QLatin1Char('_')
            || c == QLatin1Char('.');
    });
    if (typed.isEmpty() || typed == QLatin1String("."))
        return refuse(QStringLiteral("there is no host"));
    if (typed.contains(QLatin1Char('*')))
        return refuse(
            QStringLiteral("\"%1\" is a wildcard: name a host that serves it").arg(shown(typed)),
            QStringLiteral("www") + typed.mid(typed.indexOf(QLatin1Char('*')) + 1));
    if (!isName)
        return refuse(QStringLiteral("\"%1\" is no host name and no IP address").arg(shown(typed)));
    static const QRegularExpression dottedNumber(QStringLiteral("^[0-9.]+$"));
    if (dottedNumber.match(typed).hasMatch() && !isIpv4(typed))
        return refuse(QStringLiteral("\"%1\" is no IPv4 address").arg(shown(typed)));
    const Result<DnsName> name = DnsName::fromText(typed);
    if (!name)
        return refuse(name.error().detail);
    return name->text();
}

Result<quint16> portFrom(const QString &text)
{
    bool isNumber = false;
    const uint port = text.toUInt(&isNumber);
    if (!isNumber || port == 0 || port > 65535 || text.size() > 5)
        return refuse(
            QStringLiteral("\"%1\" is no port: a number from 1 to 65535").arg(shown(text)));
    return static_cast<quint16>(port);
}

struct Split
{
    QString host;
    QString port; // empty: none was given
    bool isLiteral = false;
};

Result<Split> splitPort(const QString &text)
{
    if (text.startsWith(QLatin1Char('['))) {
        const qsizetype end = text.indexOf(QLatin1Char(']'));
        const QString behind = text.mid(end + 1);
        if (end < 0 || (!behind.isEmpty() && !behind.startsWith(QLatin1Char(':'))))
            return refuse(QStringLiteral("in \"%1\" the brackets around the address do not close")
                              .arg(shown(text)));
        const QString inside = text.mid(1, end - 1).toLower();
        if (inside.contains(QLatin1Char('%')))
            return refuse(QStringLiteral("\"%1\" names a network interface, which another computer "
                                         "would not know")
                              .arg(shown(text)));
        if (!isIpv6(inside))
            return refuse(QStringLiteral("\"%1\" is no IPv6 address").arg(shown(inside)));
        if (behind == QLatin1String(":"))
            return refuse(QStringLiteral("there is no port behind \"%1\"").arg(shown(text)));
        return Split{inside, behind.mid(1), true};
    }
    const qsizetype colons = text.count(QLatin1Char(':'));
    if (colons > 1) {
        if (isIpv6(text.toLower()))
            return Split{text.toLower(), {}, true};
        return refuse(QStringLiteral("\"%1\" has more than one colon").arg(shown(text)));
    }
    if (colons == 0)
        return Split{text, {}, isIpv4(text)};
    const QString host = text.section(QLatin1Char(':'), 0, 0);
    const QString port = text.section(QLatin1Char(':'), 1);
    if (port.isEmpty())
        return refuse(QStringLiteral("there is no port behind \"%1\"").arg(shown(text)), host);
    return Split{host, port, isIpv4(host)};
}

QString allSchemes()
{
    QStringList names;
    for (const Scheme &scheme : schemes)
        names.append(QLatin1String(scheme.name));
    return names.join(QStringLiteral(", "));
}

} // namespace

QString endpointKindName(EndpointKind kind)
{
    return QLatin1String(kindNames.at(static_cast<std::size_t>(kind)));
}

std::optional<EndpointKind> endpointKindFromName(QStringView name)
{
    for (std::size_t i = 0; i < kindNames.size(); ++i) {
        if (name == QLatin1String(kindNames.at(i)))
            return static_cast<EndpointKind>(i);
    }
    return std::nullopt;
}

Result<EndpointAddress> EndpointAddress::fromText(const QString &typed)
{
    QString text = typed.trimmed();
    if (text.isEmpty())
        return refuse(QStringLiteral("there is no host"));
    if (text.size() > longestInput)
        return refuse(QStringLiteral("\"%1\" is too long for an endpoint").arg(shown(text)));

    const Scheme *scheme = nullptr;
    if (const qsizetype end = text.indexOf(QLatin1String("://")); end >= 0) {
        const QString name = text.left(end).toLower();
        text = text.mid(end + 3);
        const auto found = std::find_if(schemes.begin(), schemes.end(), [&name](const Scheme &s) {
            return name == QLatin1String(s.name);
        });
        if (found == schemes.end()) {
            if (name == QLatin1String("http") || name == QLatin1String("ws"))
                return refuse(
                    QStringLiteral("%1:// has no TLS and so no certificate").arg(name),
                    QStringLiteral("https://")
                        + text.section(QLatin1Char('/'), 0, 0).section(QLatin1Char(':'), 0, 0));
            return refuse(QStringLiteral("\"%1\" is not among the protocols that are known: %2")
                              .arg(shown(name), allSchemes()));
        }
        scheme = &*found;
        for (const char end2 : {'/', '?', '#'}) // a page's address is as good as its host's
            text = text.section(QLatin1Char(end2), 0, 0);
    }
    if (text.contains(QLatin1Char('@')))
        return refuse(QStringLiteral("\"%1\" names a user; only host and port are needed")
                          .arg(shown(text.section(QLatin1Char('@'), -1))),
                      text.section(QLatin1Char('@'), -1));
    if (text.contains(QLatin1Char('/')))
        return refuse(QStringLiteral("\"%1\" holds a \"/\"").arg(shown(text)),
                      text.section(QLatin1Char('/'), 0, 0));

    const Result<Split> split = splitPort(text);
    if (!split)
        return fail(split.error());
    EndpointAddress address;
    if (scheme != nullptr) {
        address.kind = scheme->kind;
        address.port = scheme->port;
    }
    if (!split->port.isEmpty()) {
        const Result<quint16> port = portFrom(split->port);
        if (!port)
            return fail(port.error());
        address.port = *port;
        if (scheme == nullptr)
            address.kind = kindOfPort(*port);
    }
    if (split->isLiteral) {
        address.host = split->host;
        return address;
    }
    const Result<QString> host = hostFrom(split->host);
    if (!host)
        return fail(host.error());
    address.host = *host;
    return address;
}

QString EndpointAddress::text() const
{
    const QString where =
        (host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
            .arg(host)
            .arg(port);
    if (kind != EndpointKind::Tls)
        return endpointKindName(kind) + QStringLiteral("://") + where;
    // Without the scheme such a port would be read as the plain protocol's.
    return kindOfPort(port) == EndpointKind::Tls ? where : QStringLiteral("tls://") + where;
}

bool EndpointAddress::isIpAddress() const
{
    return host.contains(QLatin1Char(':')) || isIpv4(host);
}

bool looksLikeEndpoint(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^([a-z][a-z0-9-]*://.+|\\[[0-9a-f:.]+\\](:\\d+)?|[^/\\\\:]+:\\d{1,5})$"),
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(text.trimmed()).hasMatch();
}

EndpointList EndpointList::parse(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
    EndpointList list;
    QSet<EndpointAddress> seen;
    int line = 0;
    for (const QString &row : text.split(QLatin1Char('\n'))) {
        ++line;
        for (const QString &typed : row.split(separators, Qt::SkipEmptyParts)) {
            if (typed.startsWith(QLatin1Char('#')))
                break;
            const Result<EndpointAddress> address = EndpointAddress::fromText(typed);
            if (!address) {
                ++list.issueCount;
                if (list.issues.size() < static_cast<std::size_t>(maxIssues))
                    list.issues.push_back({line, typed, address.error()});
            } else if (seen.contains(*address)) {
                ++list.repeated;
            } else {
                seen.insert(*address);
                list.addresses.push_back(*address);
            }
        }
    }
    return list;
}

} // namespace sealbook
