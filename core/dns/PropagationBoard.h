// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/dns/Resolver.h"
#include "core/records/BoardRow.h"

#include <functional>
#include <memory>

namespace sealbook {

class DohClient;

struct BoardOptions
{
    // Hints: public resolvers as "ADDR[:PORT]", asked only when all authoritative rows agree.
    QStringList resolvers;
    // The same over HTTPS, as URLs. Where port 53 is closed from here they are the outside view:
    // ready when at least two see every value, twice. Needs `doh`, which outlives the board.
    QStringList outside;
    DohClient *doh = nullptr;
    std::chrono::milliseconds hintWait{1000}; // how long the hints may hold up readiness
    std::chrono::milliseconds outsideLimit{5000}; // for one question over HTTPS
    // Whether ReadyWithWarning and ReadyByOutsideView will do; else only Ready does.
    bool acceptsLess = true;

    std::chrono::milliseconds queryLimit{2500}; // for one question to one server
    std::chrono::milliseconds fastPhase{5000}; // polls quickly that long
    std::chrono::milliseconds slowSpacing{1000}; // afterwards at most one query a server in this
    std::chrono::milliseconds deadAfter{30000}; // a server that only failed that long is dead
    std::chrono::milliseconds lookDeeperAfter{5000}; // then looks for the usual slips
    std::chrono::milliseconds confirmAfter{50}; // or one round trip, if that is longer
    std::vector<DnsEndpoint> rootServers; // who is asked whether port 53 is open; empty = the usual
};

// The live board: asks every address of every authoritative server of each record's zone until all
// serve every value in two rounds (product.md "Ready"), and decides that in this one place. One
// watch at a time. Owned by a challenge solver; main thread. A watch survives the board's death
// only to be stopped: request the token's stop and await the task. `sink` is called on each change,
// never after the task has ended.
class PropagationBoard
{
public:
    using Sink = std::function<void(const BoardState &)>;

    PropagationBoard(Resolver &resolver, const Clock &clock, BoardOptions options = {});
    ~PropagationBoard();

    // Ends with a state that isReady(), with DnsNotReady when `limit` runs out (evidence["rows"]
    // holds the rows that block), or Cancelled. An empty effectiveName stands for the name itself.
    [[nodiscard]] Task<BoardState> watch(std::vector<ExpectedRecord> records,
                                         std::chrono::milliseconds limit, Sink sink,
                                         std::stop_token stop);
    // One round, without waiting for anything to change: `dns check`.
    [[nodiscard]] Task<BoardState> look(std::vector<ExpectedRecord> records, std::stop_token stop);
    // Asks now instead of at the next turn.
    void checkNow();
    // Asks this resolver (by its row) now, although it would remember a "no".
    void askResolver(const DnsName &recordName, const QString &server);

    struct Run; // one watch; used by the parts of the implementation

private:
    [[nodiscard]] std::shared_ptr<Run> makeRun(std::vector<ExpectedRecord> records, Sink sink);

    Resolver &m_resolver;
    const Clock &m_clock;
    BoardOptions m_options;
    std::shared_ptr<Run> m_run; // shared with the questions under way
};

} // namespace sealbook
