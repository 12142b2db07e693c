// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/EndpointWords.h"

#include "ui/widgets/TimeText.h"

#include <array>

namespace sealbook {

namespace {
constexpr int longestLink = 28;
} // namespace

StateStyle EndpointWords::styleOf(EndpointState state)
{
    switch (state) {
    case EndpointState::Expired:
        return {StateRole::Crit, Glyph::Overdue, tr("expired")};
    case EndpointState::WrongName:
        return {StateRole::Crit, Glyph::WrongPlace, tr("wrong name")};
    case EndpointState::NotTrusted:
        return {StateRole::Crit, Glyph::Broad, tr("not trusted")};
    case EndpointState::Unreachable:
        return {StateRole::Crit, Glyph::Failing, tr("unreachable")};
    case EndpointState::ActNow:
        return {StateRole::Act, Glyph::ActNow, tr("act now")};
    case EndpointState::Drift:
        return {StateRole::Warn, Glyph::Drift, tr("drift")};
    case EndpointState::Differs:
        return {StateRole::Warn, Glyph::OtherValue, tr("differs")};
    case EndpointState::Soon:
        return {StateRole::Warn, Glyph::Soon, tr("soon")};
    case EndpointState::Unsure:
        return {StateRole::Wait, Glyph::NotYet, tr("no answer yet")};
    case EndpointState::NotChecked:
        return {StateRole::Off, Glyph::NotAsked, tr("not checked")};
    case EndpointState::Fine:
        return {StateRole::Ok, Glyph::Fine, tr("fine")};
    }
    Q_UNREACHABLE();
}

QString EndpointWords::summary(const EndpointStatus &status)
{
    const EndpointCheck *worst = status.worst();
    if (worst == nullptr)
        return tr("Nobody has looked yet.");
    const QString ends = TimeText::date(worst->notAfter, false);
    switch (status.state) {
    case EndpointState::Expired:
        return worst->notBefore > status.record.checkedAt
            ? tr("It serves a certificate that is not valid yet. Clients refuse it.")
            : tr("It serves a certificate that ended on %1. Clients refuse it.").arg(ends);
    case EndpointState::WrongName:
        return tr("It serves a certificate for %1, but clients ask for %2 and refuse it.")
            .arg(worst->subject, status.record.expectedName());
    case EndpointState::NotTrusted:
        return tr("Clients refuse it: %1.").arg(worst->trustReason);
    case EndpointState::Unreachable:
    case EndpointState::Unsure:
        return worst->error ? worst->error->detail.left(1).toUpper() + worst->error->detail.mid(1)
                + QLatin1Char('.')
                            : QString();
    case EndpointState::ActNow:
    case EndpointState::Soon:
        return status.newestSha256.isEmpty() ? tr("What it serves ends on %1.").arg(ends)
                                             : tr("What it serves ends on %1. A newer one for the "
                                                  "same names is stored and has to be "
                                                  "installed there.")
                                                   .arg(ends);
    case EndpointState::Drift:
        return tr("It serves an old certificate. A newer one for the same names, valid until %1, "
                  "is stored and has to be installed there.")
            .arg(TimeText::date(status.newestNotAfter, false));
    case EndpointState::Differs:
        return tr("Its addresses serve different certificates.");
    case EndpointState::NotChecked:
        break;
    case EndpointState::Fine:
        return tr("Clients accept it until %1.").arg(ends);
    }
    return {};
}

QString EndpointWords::answer(const EndpointCheck &check)
{
    if (check.outcome == EndpointCheck::Outcome::Served)
        return check.subject;
    return check.error ? check.error->detail : tr("no certificate");
}

QString EndpointWords::shortened(const QString &text)
{
    if (text.size() <= longestLink)
        return text;
    return text.left(longestLink / 2) + QChar(0x2026) + text.right(longestLink / 2 - 1);
}

QString EndpointWords::kind(EndpointKind kind)
{
    switch (kind) {
    case EndpointKind::Tls:
        return QStringLiteral("TLS");
    case EndpointKind::Smtp:
        return QStringLiteral("SMTP");
    case EndpointKind::Imap:
        return QStringLiteral("IMAP");
    case EndpointKind::Pop3:
        return QStringLiteral("POP3");
    case EndpointKind::Ftp:
        return QStringLiteral("FTP");
    case EndpointKind::Ldap:
        return QStringLiteral("LDAP");
    case EndpointKind::XmppClient:
        return QStringLiteral("XMPP");
    case EndpointKind::XmppServer:
        return QStringLiteral("XMPP server");
    case EndpointKind::Postgres:
        return QStringLiteral("PostgreSQL");
    case EndpointKind::Mysql:
        return QStringLiteral("MySQL");
    }
    Q_UNREACHABLE();
}

std::span<const std::chrono::seconds> EndpointWords::intervals()
{
    static constexpr std::array<std::chrono::seconds, 5> offered{
        std::chrono::minutes(5), std::chrono::minutes(30), std::chrono::hours(1),
        EndpointRecord::usualInterval, std::chrono::hours(24)};
    return offered;
}

QString EndpointWords::interval(std::chrono::seconds interval)
{
    return tr("every %1").arg(TimeText::span(interval.count()));
}

} // namespace sealbook
