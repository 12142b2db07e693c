// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/BoardVerdict.h"
#include "core/dns/PropagationBoard.h"
#include "core/dns/ZoneCut.h"

#include <QUrl>

#include <deque>
#include <set>

namespace sealbook {

// A CNAME on the way from the name that the CA asks for to the one where the record stands. Who
// does not serve it yet leads the CA nowhere, so it has rows of its own. Part of BoardRun.
struct BoardHop
{
    DnsName name;
    DnsName target;
    ZoneServers zone; // of `name`
    bool operator==(const BoardHop &) const = default;
};

// One row of the board with what is needed to ask for it. Part of BoardRun.
struct BoardSlot
{
    BoardRow row;
    std::size_t record = 0; // index of its ExpectedRecord
    std::optional<BoardHop> hop; // asks for this CNAME instead of the record's values
    DnsName zone;
    DnsEndpoint endpoint;
    bool counted = true; // false: a ghost that only the child's NS set names
    bool hasAddress = true;
    bool unreachable = false;
    bool foreign = false;
    std::chrono::milliseconds askedAt{-1}; // monotonic
    std::chrono::milliseconds since{0}; // monotonic, of the verdict
};

// The row of one resolver for one record. Part of BoardRun.
struct BoardHint
{
    BoardRow row;
    std::size_t record = 0;
    QUrl url; // asked over HTTPS; empty = asked at `endpoint`
    DnsEndpoint endpoint;
};

// A question beside the poll: where a slip may have put the value.
struct BoardClue
{
    std::size_t record = 0;
    DnsName name;
};

// Everything that is asked of one address, and when. Part of BoardRun.
struct BoardLane
{
    DnsEndpoint endpoint;
    std::vector<std::size_t> slots;
    std::set<DnsName> wantSerial; // zones whose SOA is worth asking for
    std::deque<BoardClue> clues;
    std::size_t cursor = 0;
    int turn = 0;
    std::chrono::milliseconds nextAt{0}; // monotonic
    Deferred<> wake;
};

// One watch of the board: its rows and what the lanes write into them. Shared by the coroutines of
// one watch (they may outlive the board by one suspension); main thread.
struct PropagationBoard::Run
{
    Resolver *resolver = nullptr;
    const Clock *clock = nullptr;
    BoardOptions options;
    PropagationBoard::Sink sink;
    BoardState state; // its rows are filled by publish()
    std::vector<BoardSlot> slots;
    std::vector<BoardHint> hints;
    std::set<std::size_t> wantedHints; // that a person wants to know now
    std::vector<BoardLane> lanes;
    std::map<std::size_t, DnsName> deeper; // by record, where a server refers to
    std::map<std::size_t, QString> misled; // by record, where the CNAMEs lead instead
    std::map<std::size_t, std::vector<BoardHop>> hops; // by record, the CNAMEs that lead there
    std::map<std::size_t, QString> slips; // by record, where the value stands instead
    std::map<std::size_t, int> negativeTtls; // by record, seconds
    std::chrono::milliseconds startedAt{0};
    std::chrono::milliseconds publishedAt{0};
    std::chrono::milliseconds lookedDeeperAt{-1};
    std::chrono::milliseconds chainsAt{0}; // when the CNAMEs were followed
    bool dirty = false;
    bool confirming = false;
    Deferred<> changed;

    [[nodiscard]] std::chrono::milliseconds now() const { return clock->monotonic(); }
    [[nodiscard]] std::chrono::milliseconds elapsed() const { return now() - startedAt; }
    [[nodiscard]] bool isFast() const { return elapsed() < options.fastPhase; }

    void buildSlots(const std::map<DnsName, ZoneServers> &zones);
    void addSlots(std::size_t record, const ZoneServers &zone, std::optional<BoardHop> hop);
    void apply(std::size_t slot, const Judgement &judgement);
    void noteSerial(const DnsEndpoint &endpoint, const DnsName &zone, quint32 serial);
    void wakeLanes();
    void hurry();
    void blameTheWay();
    void touch() // something that people want to see has changed
    {
        dirty = true;
        changed.settle({});
    }
    void publish(BoardState::Phase phase, const QString &headline);
    [[nodiscard]] QDateTime nextCheckAt() const;
};

// Whether the CA may be asked, by the rows alone (product.md "Ready").
struct BoardDecision
{
    enum class Outcome {
        Blocked, // somebody does not serve it, or has not been asked
        Agree,
        AgreeWithWarning, // all but servers that were dead long enough
        Unreachable // nothing could be asked from here at all, or nobody answers as its server
    };
    Outcome outcome = Outcome::Blocked;
    bool anyForeign = false; // somebody did answer, but not as a server of the zone
    QStringList dead; // the servers that the warning is about
    int servers = 0; // name servers that count
    int waiting = 0; // of them, those that hold it up
};
[[nodiscard]] BoardDecision decideBoard(const std::vector<BoardSlot> &slots, std::size_t records,
                                        std::chrono::milliseconds now,
                                        std::chrono::milliseconds deadAfter);

// Polls one address until it is stopped.
[[nodiscard]] Task<> pollLane(std::shared_ptr<PropagationBoard::Run> run, std::size_t lane,
                              std::stop_token stop);
// Asks for these rows once, and for serials that are wanted.
[[nodiscard]] Task<> askSlots(std::shared_ptr<PropagationBoard::Run> run,
                              std::vector<std::size_t> slots, std::stop_token stop);

} // namespace sealbook
