// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/EndpointOutput.h"

#include <QJsonArray>

#include <array>
#include <limits>

namespace sealbook {

namespace {

constexpr std::array monitoringWords{"OK", "WARNING", "CRITICAL", "UNKNOWN"};
constexpr int namedInLine = 3;

int severityOf(EndpointState state)
{
    switch (state) {
    case EndpointState::Expired:
    case EndpointState::WrongName:
    case EndpointState::NotTrusted:
    case EndpointState::Unreachable:
        return 2;
    case EndpointState::ActNow:
    case EndpointState::Drift:
    case EndpointState::Differs:
    case EndpointState::Unsure:
        return 1;
    case EndpointState::NotChecked:
        return monitoringUnknown;
    case EndpointState::Soon:
    case EndpointState::Fine:
        break;
    }
    return 0;
}

QString wordOf(EndpointState state)
{
    return endpointStateName(state).replace(QLatin1Char('_'), QLatin1Char(' '));
}

// Nothing of a server's may end the line or look like performance data.
QString plain(QString text)
{
    return text.replace(QLatin1Char('\n'), QLatin1Char(' ')).remove(QLatin1Char('|'));
}

} // namespace

QJsonObject endpointCheckJson(const EndpointCheck &check)
{
    QJsonObject object{{QStringLiteral("address"), check.address},
                       {QStringLiteral("outcome"), endpointOutcomeName(check.outcome)},
                       {QStringLiteral("first_at"), rfc3339(check.firstAt)},
                       {QStringLiteral("last_at"), rfc3339(check.lastAt)},
                       {QStringLiteral("times"), check.times},
                       {QStringLiteral("ms"), static_cast<qint64>(check.took.count())},
                       {QStringLiteral("notes"), QJsonArray::fromStringList(check.notes)}};
    if (check.outcome != EndpointCheck::Outcome::Served) {
        object.insert(QStringLiteral("error"), toJson(check.error.value_or(Error())));
        return object;
    }
    object.insert(QStringLiteral("sha256"), check.sha256);
    object.insert(QStringLiteral("subject"), check.subject);
    object.insert(QStringLiteral("not_before"), rfc3339(check.notBefore));
    object.insert(QStringLiteral("not_after"), rfc3339(check.notAfter));
    object.insert(QStringLiteral("name_matches"), check.nameMatches);
    object.insert(QStringLiteral("trusted"), check.isTrusted);
    object.insert(QStringLiteral("trust_reason"), check.trustReason);
    object.insert(QStringLiteral("protocol"), check.protocol);
    object.insert(QStringLiteral("cipher"), check.cipher);
    object.insert(QStringLiteral("alpn"), check.alpn);
    object.insert(QStringLiteral("asks_client_certificate"), check.asksClientCertificate);
    object.insert(QStringLiteral("ocsp_staple"), check.hasStaple);
    return object;
}

QJsonObject endpointJson(const EndpointStatus &status)
{
    const EndpointRecord &record = status.record;
    QJsonArray addresses;
    for (const EndpointCheck &check : status.checks)
        addresses.append(endpointCheckJson(check));
    return {{QStringLiteral("id"), record.id.text()},
            {QStringLiteral("endpoint"), record.address.text()},
            {QStringLiteral("host"), record.address.host},
            {QStringLiteral("port"), static_cast<int>(record.address.port)},
            {QStringLiteral("kind"), endpointKindName(record.address.kind)},
            {QStringLiteral("server_name"), record.serverName},
            {QStringLiteral("only_address"), record.onlyAddress},
            {QStringLiteral("interval_seconds"), static_cast<qint64>(record.interval.count())},
            {QStringLiteral("owner"), record.owner},
            {QStringLiteral("tags"), QJsonArray::fromStringList(record.tags)},
            {QStringLiteral("checked_at"), rfc3339(record.checkedAt)},
            {QStringLiteral("state"), endpointStateName(status.state)},
            {QStringLiteral("needs_action"), needsAction(status.state)},
            {QStringLiteral("reason"), status.reason},
            {QStringLiteral("newest_sha256"), status.newestSha256},
            {QStringLiteral("addresses"), addresses}};
}

QString endpointLine(const EndpointStatus &status)
{
    return QStringLiteral("%1  %2  %3")
        .arg(wordOf(status.state).leftJustified(11), status.record.address.text(), status.reason);
}

void sayEndpoint(Output &output, const EndpointStatus &status,
                 const std::vector<EndpointCheck> &history)
{
    const auto line = [&output](const QString &label, const QString &value) {
        output.say(label.leftJustified(14) + oneLine(value));
    };
    line(QStringLiteral("Endpoint"), status.record.address.text());
    line(QStringLiteral("State"), wordOf(status.state) + QStringLiteral(": ") + status.reason);
    if (!status.newestSha256.isEmpty())
        line(QStringLiteral("Newest"), status.newestSha256);
    for (const EndpointCheck &check : status.checks) {
        output.say(QString());
        line(QStringLiteral("Address"), check.address);
        if (check.outcome != EndpointCheck::Outcome::Served) {
            line(QStringLiteral("Error"), check.error ? check.error->detail : QString());
            continue;
        }
        line(QStringLiteral("Certificate"),
             QStringLiteral("%1, %2 to %3")
                 .arg(check.subject, rfc3339(check.notBefore), rfc3339(check.notAfter)));
        line(QStringLiteral("SHA-256"), check.sha256);
        line(QStringLiteral("Name"),
             check.nameMatches ? QStringLiteral("matches") : QStringLiteral("does not match"));
        line(QStringLiteral("Trust"), check.trustReason);
        line(QStringLiteral("TLS"),
             QStringLiteral("%1, %2%3")
                 .arg(check.protocol, check.cipher,
                      check.alpn.isEmpty() ? QString() : QStringLiteral(", ") + check.alpn));
        if (check.asksClientCertificate)
            line(QStringLiteral("Client"), QStringLiteral("a certificate is asked for"));
        for (const QString &note : check.notes)
            line(QStringLiteral("Note"), note);
    }
    output.say(QString());
    for (const EndpointCheck &check : history)
        line(rfc3339(check.firstAt) + QStringLiteral("  "),
             QStringLiteral("%1  %2  %3 times")
                 .arg(check.address,
                      check.outcome == EndpointCheck::Outcome::Served
                          ? check.sha256.left(16)
                          : (check.error ? check.error->detail : QString()))
                 .arg(check.times));
}

MonitoringSummary monitoringSummary(const std::vector<EndpointStatus> &statuses)
{
    MonitoringSummary summary;
    if (statuses.empty()) {
        summary.line = QStringLiteral("SEALBOOK UNKNOWN - no endpoint is watched");
        return summary;
    }
    std::array<int, 4> counts{};
    QStringList named;
    qint64 days = std::numeric_limits<qint64>::max();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    // The worst first; UNKNOWN only where nothing is worse.
    for (const int severity : {2, 1, monitoringUnknown}) {
        for (const EndpointStatus &status : statuses) {
            if (severityOf(status.state) != severity)
                continue;
            ++counts.at(static_cast<std::size_t>(severity));
            if (named.size() < namedInLine)
                named.append(QStringLiteral("%1 %2").arg(status.record.address.text(),
                                                         wordOf(status.state)));
        }
    }
    for (const EndpointStatus &status : statuses) {
        for (const EndpointCheck &check : status.checks) {
            if (check.outcome == EndpointCheck::Outcome::Served)
                days = std::min(days, now.daysTo(check.notAfter));
        }
    }
    const auto count = static_cast<int>(statuses.size());
    const int bad = counts[1] + counts[2] + counts[3];
    summary.exitCode = counts[2] > 0 ? 2 : counts[1] > 0 ? 1 : counts[3] > 0 ? 3 : 0;
    QString text = bad == 0 ? (count == 1 ? QStringLiteral("1 endpoint is in order")
                                          : QStringLiteral("%1 endpoints are in order").arg(count))
                            : QStringLiteral("%1 of %2 endpoints: %3")
                                  .arg(bad)
                                  .arg(count)
                                  .arg(named.join(QStringLiteral(", ")));
    if (bad > named.size())
        text += QStringLiteral(" and %1 more").arg(bad - named.size());
    summary.line =
        QStringLiteral("SEALBOOK %1 - %2 | endpoints=%3;;;0 critical=%4;;0;0 warning=%5;0;;0")
            .arg(QLatin1String(monitoringWords.at(static_cast<std::size_t>(summary.exitCode))),
                 plain(text))
            .arg(count)
            .arg(counts[2])
            .arg(counts[1]);
    if (days != std::numeric_limits<qint64>::max())
        summary.line += QStringLiteral(" days_left=%1").arg(days);
    return summary;
}

} // namespace sealbook
