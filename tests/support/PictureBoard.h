// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/BoardRow.h"

namespace sealbook {

// The board of the design's picture: apex and wildcard at one name, three servers served, one
// behind, one that cannot be asked, a resolver asked too early.
[[nodiscard]] inline BoardState pictureBoard(const QDateTime &now)
{
    using namespace std::chrono_literals;
    BoardState board;
    board.phase = BoardState::Phase::Waiting;
    board.startedAt = now.addSecs(-167);
    board.nextCheckAt = now.addSecs(3);
    ExpectedRecord record;
    record.name = *DnsName::fromText(QStringLiteral("_acme-challenge.example.org"));
    record.effectiveName = record.name;
    record.values = QStringList{QStringLiteral("LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo"),
                                QStringLiteral("gDT6Z3hF0kqV8a-9yRMxjW1cUeS5bLnO2tQp4iKzXrE")};
    record.forNames = QStringList{QStringLiteral("example.org"), QStringLiteral("*.example.org")};
    board.records.push_back(record);

    const auto row = [&](const char *server, const char *address, Verdict verdict, int age) {
        BoardRow made;
        made.recordName = record.effectiveName;
        made.zone = QStringLiteral("example.org");
        made.server = QString::fromLatin1(server);
        made.address = QString::fromLatin1(address);
        made.verdict = verdict;
        made.askedAt = now.addSecs(-2);
        made.since = now.addSecs(-age);
        return made;
    };
    const auto served = [&](const char *server, const char *address, int age, int trip) {
        BoardRow made = row(server, address, Verdict::Served, age);
        made.valuesSeen = record.values;
        made.authoritative = true;
        made.rcode = QStringLiteral("NOERROR");
        made.ttl = 60;
        made.serial = 2026112504U;
        made.roundTrip = std::chrono::milliseconds(trip);
        made.rounds = 2;
        return made;
    };
    board.rows.push_back(served("ns1.example.net", "192.0.2.53", 151, 4));
    BoardRow six = row("ns1.example.net", "2001:db8:0:53::1", Verdict::CannotCheck, 167);
    six.reason = QStringLiteral("no IPv6 route from here");
    board.rows.push_back(six);
    board.rows.push_back(served("ns2.example.net", "198.51.100.53", 132, 31));
    board.rows.push_back(served("ns3.example.net", "203.0.113.53", 68, 18));
    BoardRow late = row("ns4.dns.example", "203.0.113.153", Verdict::NotYet, 167);
    late.reason = QStringLiteral("no such name (NXDOMAIN)");
    late.rcode = QStringLiteral("NXDOMAIN");
    late.ttl = 300;
    late.serial = 2026112503U;
    late.roundTrip = 96ms;
    board.rows.push_back(late);
    BoardRow quad = row("Quad9", "9.9.9.9", Verdict::NotYet, 79);
    quad.isResolver = true;
    quad.reason = QStringLiteral("no such name, from its cache");
    quad.ttl = 223;
    quad.roundTrip = 12ms;
    board.rows.push_back(quad);
    for (const auto &[server, address] :
         {std::pair("Cloudflare, DoH", "1.1.1.1"), std::pair("Google", "8.8.8.8")}) {
        BoardRow unasked = row(server, address, Verdict::NotAsked, 0);
        unasked.isResolver = true;
        unasked.since = {};
        board.rows.push_back(unasked);
    }
    return board;
}

// The same job where port 53 is closed: nobody answers, two resolvers elsewhere are asked later, or
// have been.
[[nodiscard]] inline BoardState closedBoard(const QDateTime &now, bool isSeen)
{
    using namespace std::chrono_literals;
    BoardState board = pictureBoard(now);
    std::erase_if(board.rows, [](const BoardRow &row) { return row.isResolver; });
    for (BoardRow &row : board.rows) {
        const BoardRow before = std::exchange(row, BoardRow());
        row.recordName = before.recordName;
        row.zone = before.zone;
        row.server = before.server;
        row.address = before.address;
        row.verdict = Verdict::CannotCheck;
        row.reason = QStringLiteral("port 53 is closed from here");
        row.askedAt = now.addSecs(-1);
        row.since = now.addSecs(-167);
    }
    for (const auto &[server, host] : {std::pair("Quad9, DoH", "dns.quad9.net"),
                                       std::pair("Cloudflare, DoH", "cloudflare-dns.com")}) {
        BoardRow row;
        row.recordName = board.records.front().effectiveName;
        row.server = QString::fromLatin1(server);
        row.address = QString::fromLatin1(host);
        row.isResolver = true;
        if (isSeen) {
            row.verdict = Verdict::Served;
            row.valuesSeen = board.records.front().values;
            row.reason = QStringLiteral("serves all 2 values");
            row.ttl = 60;
            row.rounds = 2;
            row.roundTrip = 38ms;
            row.since = now.addSecs(-1);
            row.askedAt = now;
        }
        board.rows.push_back(row);
    }
    board.outsideAt = isSeen ? now : now.addSecs(133);
    if (isSeen)
        board.phase = BoardState::Phase::ReadyByOutsideView;
    return board;
}

} // namespace sealbook
