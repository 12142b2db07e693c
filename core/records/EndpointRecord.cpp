// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/EndpointRecord.h"

#include "core/records/Urgency.h"

#include <array>

namespace sealbook {

namespace {

constexpr std::array outcomeNames{"served", "no_tls", "no_answer"};
constexpr std::array stateNames{"expired", "wrong_name",  "not_trusted", "unreachable",
                                "act_now", "drift",       "differs",     "soon",
                                "unsure",  "not_checked", "fine"};
static_assert(stateNames.size() == static_cast<std::size_t>(EndpointState::Fine) + 1);

QString day(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd"));
}

struct Finding
{
    EndpointState state = EndpointState::Fine;
    QString reason;
};

Finding findingOf(const EndpointRecord &record, const EndpointCheck &check,
                  const QHash<QString, NewerCertificate> &newer, const QDateTime &now)
{
    if (check.outcome != EndpointCheck::Outcome::Served) {
        QString detail = check.error ? check.error->detail : QString();
        if (!detail.isEmpty())
            detail = detail.left(1).toUpper() + detail.mid(1) + QLatin1Char('.');
        // Once may be a restart; product.md wants two in a row before it is an alarm.
        return {check.times < 2 ? EndpointState::Unsure : EndpointState::Unreachable, detail};
    }
    if (check.notAfter < now)
        return {
            EndpointState::Expired,
            QStringLiteral("It serves a certificate that ended on %1.").arg(day(check.notAfter))};
    if (check.notBefore > now)
        return {
            EndpointState::Expired,
            QStringLiteral("It serves a certificate that begins on %1.").arg(day(check.notBefore))};
    if (!check.nameMatches)
        return {EndpointState::WrongName,
                QStringLiteral("It serves a certificate for \"%1\", not for %2.")
                    .arg(check.subject, record.expectedName())};
    if (!check.isTrusted)
        return {EndpointState::NotTrusted,
                QStringLiteral("A browser would refuse it: %1.").arg(check.trustReason)};
    UrgencyInput input;
    input.notBefore = check.notBefore;
    input.notAfter = check.notAfter;
    const Urgency urgency = urgencyOf(input, now);
    const auto newest = newer.constFind(check.sha256);
    const QString drift = newest == newer.cend()
        ? QString()
        : QStringLiteral("A newer certificate for these names is stored, valid until %1, and is "
                         "not served.")
              .arg(day(newest->notAfter));
    const QString ends = QStringLiteral("What it serves ends on %1.").arg(day(check.notAfter));
    if (urgency == Urgency::ActNow || urgency == Urgency::Overdue)
        return {EndpointState::ActNow, drift.isEmpty() ? ends : ends + QLatin1Char(' ') + drift};
    if (!drift.isEmpty())
        return {EndpointState::Drift, drift};
    if (urgency == Urgency::Soon)
        return {EndpointState::Soon, ends};
    return {EndpointState::Fine,
            QStringLiteral("Valid until %1; %2.").arg(day(check.notAfter), check.trustReason)};
}

} // namespace

bool EndpointCheck::isLike(const EndpointCheck &other) const
{
    if (address != other.address || outcome != other.outcome)
        return false;
    if (outcome != Outcome::Served)
        return true;
    return sha256 == other.sha256 && nameMatches == other.nameMatches
        && isTrusted == other.isTrusted && protocol == other.protocol
        && asksClientCertificate == other.asksClientCertificate;
}

QString endpointOutcomeName(EndpointCheck::Outcome outcome)
{
    return QLatin1String(outcomeNames.at(static_cast<std::size_t>(outcome)));
}

EndpointCheck::Outcome endpointOutcomeFromName(QStringView name)
{
    for (std::size_t i = 0; i < outcomeNames.size(); ++i) {
        if (name == QLatin1String(outcomeNames.at(i)))
            return static_cast<EndpointCheck::Outcome>(i);
    }
    return EndpointCheck::Outcome::NoAnswer;
}

QString endpointStateName(EndpointState state)
{
    return QLatin1String(stateNames.at(static_cast<std::size_t>(state)));
}

bool needsAction(EndpointState state)
{
    return state <= EndpointState::Differs;
}

const EndpointCheck *EndpointStatus::worst() const
{
    return worstIndex < checks.size() ? &checks[worstIndex] : nullptr;
}

EndpointStatus endpointStatusOf(EndpointRecord record, std::vector<EndpointCheck> checks,
                                const QHash<QString, NewerCertificate> &newer, const QDateTime &now)
{
    EndpointStatus status;
    status.record = std::move(record);
    status.checks = std::move(checks);
    if (status.checks.empty()) {
        status.reason = QStringLiteral("It has not been checked yet.");
        return status;
    }
    status.state = EndpointState::Fine;
    QString served;
    bool differs = false;
    for (std::size_t i = 0; i < status.checks.size(); ++i) {
        const EndpointCheck &check = status.checks[i];
        Finding finding = findingOf(status.record, check, newer, now);
        if (status.reason.isEmpty() || finding.state < status.state) {
            status.state = finding.state;
            status.reason = std::move(finding.reason);
            status.worstIndex = i;
        }
        if (check.outcome != EndpointCheck::Outcome::Served)
            continue;
        differs = differs || (!served.isEmpty() && served != check.sha256);
        served = check.sha256;
    }
    const EndpointCheck &worst = status.checks[status.worstIndex];
    if (differs && status.state > EndpointState::Differs) {
        status.state = EndpointState::Differs;
        status.reason = QStringLiteral("Its addresses serve different certificates.");
    } else if (status.checks.size() > 1 && status.state != EndpointState::Fine
               && !worst.address.isEmpty()) {
        status.reason = QStringLiteral("%1: %2").arg(worst.address, status.reason);
    }
    if (const auto newest = newer.constFind(worst.sha256);
        newest != newer.cend() && worst.outcome == EndpointCheck::Outcome::Served) {
        status.newestSha256 = newest->sha256;
        status.newestNotAfter = newest->notAfter;
    }
    return status;
}

} // namespace sealbook
