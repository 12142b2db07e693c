// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DnsName.h"
#include "core/records/Verdict.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace sealbook {

// One line of the board: what one address of one name server (or one public resolver) says about
// one validation record. A value; made by PropagationBoard, never changed by who shows it.
struct BoardRow
{
    DnsName recordName; // the effective name, after CNAMEs
    QString zone; // the zone that the server is authoritative for
    QString server; // "ns1.example.net", or a resolver's name
    QString address; // without port, as people read it: "192.0.2.53", "2001:db8::1"
    bool isResolver = false; // a hint only, never counted
    Verdict verdict = Verdict::NotAsked;
    QString reason; // why, in plain English: "no such name (NXDOMAIN)"
    QStringList valuesSeen; // each TXT value, its strings joined
    QString rcode; // "NOERROR", "NXDOMAIN", ...; empty without an answer
    bool authoritative = false; // the AA bit
    std::optional<int> ttl; // of the TXT set, or of the negative answer; seconds
    std::optional<quint32> serial; // of the zone's SOA at this server
    std::optional<std::chrono::milliseconds> roundTrip;
    int rounds = 0; // how often in a row it has said what it says now
    QDateTime askedAt; // UTC
    QDateTime since; // UTC, when this verdict was first seen
    bool operator==(const BoardRow &) const = default;
};

// The evidence of one row as the terminal prints it.
[[nodiscard]] QJsonObject toJson(const BoardRow &row);

// A record that must be visible before the CA is asked. Wildcard and apex share one name and then
// have two values.
struct ExpectedRecord
{
    DnsName name; // as the CA will ask: _acme-challenge.www.example.org
    DnsName effectiveName; // after CNAMEs; where it is published
    QStringList values; // sorted, unique
    QStringList forNames; // the certificate names it stands for, same order as values
    bool operator==(const ExpectedRecord &) const = default;
};

// The whole board of one job at one moment.
struct BoardState
{
    enum class Phase {
        Looking, // finding zones and servers
        Waiting, // somebody does not serve it yet
        Confirming, // all agree; asked once more
        Ready,
        ReadyWithWarning, // a server was dead for 30 s while all others agree
        ReadyByOutsideView, // port 53 is closed here; two DoH resolvers agree
        Stopped // time out or cancelled
    };
    Phase phase = Phase::Looking;
    std::vector<ExpectedRecord> records;
    std::vector<BoardRow> rows; // authoritative first, in the zone's order, resolvers last
    QDateTime startedAt; // UTC
    QDateTime nextCheckAt; // UTC, of a server that holds it up; invalid while asking
    QDateTime outsideAt; // UTC; valid where port 53 is closed: resolvers elsewhere are asked then
    QString headline; // plain English: "Waiting for 1 of 4 name servers"
    QStringList
        events; // what changed for the worse, newest last: "ns2 lost the record at 14:05:40"
    bool operator==(const BoardState &) const = default;
};

[[nodiscard]] QString phaseName(BoardState::Phase phase); // "ready_with_warning"
[[nodiscard]] constexpr bool isReady(BoardState::Phase phase)
{
    return phase == BoardState::Phase::Ready || phase == BoardState::Phase::ReadyWithWarning
        || phase == BoardState::Phase::ReadyByOutsideView;
}

} // namespace sealbook
