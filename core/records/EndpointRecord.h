// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"
#include "core/base/Ids.h"
#include "core/records/CertificateRecord.h"
#include "core/records/EndpointAddress.h"

#include <QDateTime>
#include <QHash>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace sealbook {

// An endpoint that is watched: what to ask, how often, and whose it is.
struct EndpointRecord
{
    static constexpr std::chrono::seconds usualInterval = std::chrono::hours(6);

    EndpointId id;
    EndpointAddress address;
    QString serverName; // what SNI asks for and the certificate must name; empty = the host
    QString onlyAddress; // an IP address; empty = every address of the host
    std::chrono::seconds interval = usualInterval;
    QString owner;
    QStringList tags;
    bool notifies = true;
    QDateTime addedAt; // UTC
    QDateTime checkedAt; // UTC, of the newest checks; invalid = never
    QDateTime removedAt; // UTC; valid = taken out, and can still be brought back

    [[nodiscard]] QString expectedName() const
    {
        return serverName.isEmpty() ? address.host : serverName;
    }
    bool operator==(const EndpointRecord &) const = default;
};

// What one address answered, from `firstAt` to `lastAt`: checks in a row with the same answer are
// one span, so that the history is a list of changes. A failed one keeps what it had to say last.
struct EndpointCheck
{
    enum class Outcome {
        Served, // it showed a certificate
        NoTls, // it answered, but did not come to TLS
        NoAnswer // no address, no connection, silence
    };

    QString address; // an IP address; empty where the host has none
    QDateTime firstAt; // UTC
    QDateTime lastAt; // UTC
    int times = 1;
    Outcome outcome = Outcome::NoAnswer;
    QString sha256; // of the served certificate; this and the next four only when Served
    QString subject;
    QDateTime notBefore; // UTC
    QDateTime notAfter; // UTC
    bool nameMatches = false;
    bool isTrusted = false; // the chain leads to a root of this machine, leaving time aside
    QString trustReason; // in plain English, either way
    QString protocol; // "TLS 1.3"
    QString cipher;
    QString alpn;
    bool asksClientCertificate = false;
    bool hasStaple = false;
    QStringList notes; // what else a person should know, in plain English
    std::optional<Error> error; // unless Served
    std::chrono::milliseconds took{0};

    // The same answer as another check: it makes no new line of the history.
    [[nodiscard]] bool isLike(const EndpointCheck &other) const;
    bool operator==(const EndpointCheck &) const = default;
};
[[nodiscard]] QString endpointOutcomeName(EndpointCheck::Outcome outcome); // "no_answer"
[[nodiscard]] EndpointCheck::Outcome endpointOutcomeFromName(QStringView name);

// An endpoint with its newest checks, one for each address.
struct WatchedEndpoint
{
    EndpointRecord record;
    std::vector<EndpointCheck> checks;
};

// What a look at an endpoint brought: the checks, and the certificates that were served.
struct EndpointLook
{
    EndpointId id;
    QDateTime at; // UTC; the same for all of its checks
    std::vector<EndpointCheck> checks;
    std::vector<CertificateRecord> certificates;
};

// What a person should make of an endpoint. Worst first: of several that hold, the first counts.
enum class EndpointState {
    Expired, // it serves a certificate after its end, or before its begin
    WrongName, // it serves a certificate for other names
    NotTrusted, // its chain does not lead to a trusted root
    Unreachable, // no certificate twice in a row
    ActNow, // what it serves ends soon, by product.md's urgency
    Drift, // a newer certificate for the same names is stored
    Differs, // its addresses serve different certificates
    Soon,
    Unsure, // no certificate, once
    NotChecked,
    Fine
};
[[nodiscard]] QString endpointStateName(EndpointState state); // "not_trusted"
// True where a person should do something now: what an alert is for.
[[nodiscard]] bool needsAction(EndpointState state);

// An endpoint with its newest checks and what they mean.
struct EndpointStatus
{
    EndpointRecord record;
    std::vector<EndpointCheck> checks; // one for each address, as of record.checkedAt
    EndpointState state = EndpointState::NotChecked;
    QString reason; // one sentence in plain English
    QString newestSha256; // when Drift: what should be served
    QDateTime newestNotAfter;

    // The check that `state` speaks of (the worst address's), or nothing.
    [[nodiscard]] const EndpointCheck *worst() const;
    std::size_t worstIndex = 0;
    bool operator==(const EndpointStatus &) const = default;
};

// What the inventory knows about a served certificate.
struct NewerCertificate
{
    QString sha256;
    QDateTime notAfter;
    bool operator==(const NewerCertificate &) const = default;
};
// Decides. `newer` holds, by the SHA-256 of what is served, what replaces it.
[[nodiscard]] EndpointStatus endpointStatusOf(EndpointRecord record,
                                              std::vector<EndpointCheck> checks,
                                              const QHash<QString, NewerCertificate> &newer,
                                              const QDateTime &now);

} // namespace sealbook
