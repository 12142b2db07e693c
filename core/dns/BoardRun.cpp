// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/BoardRun.h"

#include "core/base/Log.h"

namespace sealbook {

namespace {

bool isAnswer(Verdict verdict)
{
    return verdict == Verdict::NotYet || verdict == Verdict::OtherValue
        || verdict == Verdict::WrongPlace;
}

bool isIpv6(const BoardSlot &slot)
{
    return slot.hasAddress && slot.endpoint.address.protocol() == QAbstractSocket::IPv6Protocol;
}

// No address over IPv6 answers, whoever's it is: then the way there is broken, and not a server.
bool ipv6LeadsNowhere(const std::vector<BoardSlot> &slots)
{
    std::set<QString> silent;
    for (const BoardSlot &slot : slots) {
        if (!isIpv6(slot))
            continue;
        const bool isSure = slot.row.verdict == Verdict::CannotCheck || slot.row.rounds >= 2;
        if (!slot.unreachable || !isSure)
            return false;
        silent.insert(slot.row.server);
    }
    return silent.size() >= 2;
}

// What an answer means, given what else is known.
Judgement inContext(const PropagationBoard::Run &run, const BoardSlot &slot, Judgement judgement)
{
    if (const auto wrong = run.misled.find(slot.record);
        wrong != run.misled.end() && !slot.hop && judgement.verdict != Verdict::CannotCheck) {
        judgement.verdict = Verdict::WrongPlace;
        judgement.reason = wrong->second;
    }
    // Once it is known that nobody can be asked from here, no server is at fault.
    if ((judgement.unreachable || judgement.foreign) && run.state.outsideAt.isValid()) {
        judgement.verdict = Verdict::CannotCheck;
        judgement.reason = judgement.foreign
            ? QStringLiteral("port 53 is intercepted here: somebody on the way answers instead")
            : QStringLiteral("port 53 is closed from here");
    }
    if (judgement.unreachable && slot.row.verdict == Verdict::CannotCheck && isIpv6(slot)
        && ipv6LeadsNowhere(run.slots)) {
        judgement.verdict = Verdict::CannotCheck; // still
        judgement.reason = slot.row.reason;
    }
    const auto slip = run.slips.find(slot.record);
    if (slip != run.slips.end() && !slot.hop
        && (judgement.verdict == Verdict::NotYet || judgement.verdict == Verdict::OtherValue))
        judgement.reason += QStringLiteral("; ") + slip->second;
    return judgement;
}

// What the addresses of one server say together.
struct ServerTally
{
    int served = 0;
    bool blocks = false; // says no, or has not been asked
    bool troubled = false; // an address that fails and is not dead yet
    bool dead = false; // an address that failed long enough
    bool hidden = false; // an address that cannot be checked from here
    bool hiddenLong = true;

    void add(Verdict verdict, bool isLong)
    {
        if (verdict == Verdict::Served) {
            ++served;
        } else if (verdict == Verdict::Failing) {
            (isLong ? dead : troubled) = true;
        } else if (verdict == Verdict::CannotCheck) {
            hidden = true;
            hiddenLong = hiddenLong && isLong;
        } else {
            blocks = true;
        }
    }
    // One address that cannot be checked says nothing while another one serves.
    [[nodiscard]] bool isOnlyHidden() const { return hidden && served == 0; }
    [[nodiscard]] bool holdsUp() const
    {
        return blocks || troubled || (isOnlyHidden() && !hiddenLong);
    }
};

QString eventText(const BoardRow &row, Verdict now, const QDateTime &when)
{
    const QString what =
        isAnswer(now) ? QStringLiteral("lost the record") : QStringLiteral("stopped answering");
    return QStringLiteral("%1 (%2) %3 at %4 UTC")
        .arg(row.server, row.address, what, when.toString(QStringLiteral("hh:mm:ss")));
}

} // namespace

void PropagationBoard::Run::buildSlots(const std::map<DnsName, ZoneServers> &zones)
{
    slots.clear();
    lanes.clear();
    for (std::size_t record = 0; record < state.records.size(); ++record) {
        const ZoneServers &zone = zones.at(state.records[record].effectiveName);
        negativeTtls[record] = zone.negativeTtl;
        addSlots(record, zone, std::nullopt);
    }
    for (const auto &[record, way] : hops)
        for (const BoardHop &hop : way)
            addSlots(record, hop.zone, hop);
    std::map<QString, std::size_t> laneOf;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (!slots[i].hasAddress)
            continue;
        const auto [lane, isNew] = laneOf.emplace(slots[i].row.address, lanes.size());
        if (isNew)
            lanes.push_back({slots[i].endpoint, {}, {}, {}, 0, 0, {}, {}});
        lanes[lane->second].slots.push_back(i);
    }
}

// The rows of one name: each address of each server of its zone.
void PropagationBoard::Run::addSlots(std::size_t record, const ZoneServers &zone,
                                     std::optional<BoardHop> hop)
{
    for (const NameServer &server : zone.servers) {
        BoardSlot slot;
        slot.record = record;
        slot.hop = hop;
        slot.zone = zone.zone;
        slot.counted = server.inParent;
        slot.since = now();
        slot.row.recordName = hop ? hop->name : state.records[record].effectiveName;
        slot.row.zone = zone.zone.text();
        slot.row.server = server.name.text();
        slot.row.since = clock->utcNow();
        if (server.addresses.empty()) {
            slot.hasAddress = false;
            slot.row.verdict = Verdict::Failing;
            slot.row.reason = QStringLiteral("the name server's name has no address");
            slots.push_back(slot);
        }
        for (const QHostAddress &address : server.addresses) {
            slot.endpoint = {address, resolver->serverPort()};
            slot.row.address = address.toString();
            slots.push_back(slot);
        }
    }
}

void PropagationBoard::Run::apply(std::size_t index, const Judgement &given)
{
    BoardSlot &slot = slots[index];
    BoardRow &row = slot.row;
    const Judgement judgement = inContext(*this, slot, given);
    if (judgement.deeperZone && !deeper.contains(slot.record))
        deeper.emplace(slot.record, *judgement.deeperZone);

    const QDateTime today = clock->utcNow();
    const bool isNews = row.verdict != judgement.verdict || row.reason != judgement.reason
        || row.valuesSeen != judgement.values;
    if (row.verdict != judgement.verdict) {
        if (row.verdict == Verdict::Served) {
            const QString event = eventText(row, judgement.verdict, today);
            state.events.append(event);
            logWarning("{}", event);
        }
        row.rounds = 0;
        row.since = today;
        slot.since = now();
    }
    slot.unreachable = judgement.unreachable;
    slot.foreign = judgement.foreign;
    slot.askedAt = now();
    row.askedAt = today;
    ++row.rounds;
    row.verdict = judgement.verdict;
    row.reason = judgement.reason;
    row.valuesSeen = judgement.values;
    row.rcode = judgement.rcode;
    row.authoritative = judgement.authoritative;
    row.ttl = judgement.ttl;
    row.roundTrip = judgement.roundTrip;
    if (judgement.serial)
        row.serial = judgement.serial;
    else if (isNews && !judgement.values.isEmpty())
        for (BoardLane &lane : lanes)
            if (lane.endpoint == slot.endpoint)
                lane.wantSerial.insert(slot.zone);
    if (isNews)
        touch();
    if (isNews && judgement.verdict == Verdict::Served && isFast())
        hurry();
    if (slot.unreachable && ipv6LeadsNowhere(slots))
        blameTheWay();
}

// "No IPv6 route" of another kind: packets leave and nothing comes back.
void PropagationBoard::Run::blameTheWay()
{
    for (BoardSlot &slot : slots) {
        if (!isIpv6(slot) || slot.row.verdict != Verdict::Failing)
            continue;
        slot.row.verdict = Verdict::CannotCheck;
        slot.row.reason = QStringLiteral("no server answers over IPv6 from here");
        slot.row.since = clock->utcNow();
        slot.since = now();
        touch();
    }
}

// Where one server has it, the others are about to: on loopback they are looked at at once.
void PropagationBoard::Run::hurry()
{
    for (BoardLane &lane : lanes) {
        if (!lane.endpoint.address.isLoopback() || lane.nextAt <= now())
            continue;
        lane.turn = 0;
        lane.wake.settle({});
    }
}

void PropagationBoard::Run::noteSerial(const DnsEndpoint &endpoint, const DnsName &zone,
                                       quint32 serial)
{
    for (BoardSlot &slot : slots) {
        if (!(slot.endpoint == endpoint) || !(slot.zone == zone) || slot.row.serial == serial)
            continue;
        slot.row.serial = serial;
        touch();
    }
}

void PropagationBoard::Run::wakeLanes()
{
    for (BoardLane &lane : lanes) {
        lane.turn = 0;
        for (const std::size_t slot : lane.slots)
            slots[slot].askedAt = std::chrono::milliseconds(-1);
        lane.wake.settle({});
    }
}

void PropagationBoard::Run::publish(BoardState::Phase phase, const QString &headline)
{
    state.phase = phase;
    state.headline = headline;
    state.rows.clear();
    state.rows.reserve(slots.size() + hints.size());
    for (const BoardSlot &slot : slots)
        state.rows.push_back(slot.row);
    for (const BoardHint &hint : hints)
        state.rows.push_back(hint.row);
    state.nextCheckAt = phase == BoardState::Phase::Waiting ? nextCheckAt() : QDateTime();
    dirty = false;
    publishedAt = now();
    if (sink)
        sink(state);
}

// Of those that hold it up: when those that serve it are looked at again is nobody's question.
QDateTime PropagationBoard::Run::nextCheckAt() const
{
    auto next = std::chrono::milliseconds::max();
    for (const BoardLane &lane : lanes) {
        const bool isWaitedFor =
            std::any_of(lane.slots.begin(), lane.slots.end(), [this](std::size_t slot) {
                return slots[slot].row.verdict != Verdict::Served;
            });
        if (isWaitedFor && lane.nextAt > now())
            next = std::min(next, lane.nextAt - now());
    }
    return next == std::chrono::milliseconds::max() ? QDateTime()
                                                    : clock->utcNow().addMSecs(next.count());
}

BoardDecision decideBoard(const std::vector<BoardSlot> &slots, std::size_t records,
                          std::chrono::milliseconds now, std::chrono::milliseconds deadAfter)
{
    // By record, whether it is about a CNAME on the way to it, and the server's name.
    std::map<std::tuple<std::size_t, bool, QString>, ServerTally> servers;
    BoardDecision decision;
    std::vector<int> servedBy(records, 0);
    bool allUnreachable = !slots.empty();
    for (const BoardSlot &slot : slots) {
        const Verdict verdict = slot.row.verdict;
        const bool isLong = now - slot.since >= deadAfter;
        if (!slot.counted && !isAnswer(verdict) && verdict != Verdict::Served)
            continue; // a ghost that answers nobody holds nobody up
        servers[{slot.record, slot.hop.has_value(), slot.row.server}].add(verdict, isLong);
        allUnreachable = allUnreachable && (slot.unreachable || slot.foreign);
        decision.anyForeign = decision.anyForeign || slot.foreign;
        servedBy[slot.record] += verdict == Verdict::Served && !slot.hop ? 1 : 0;
    }

    std::map<QString, bool> waitsFor; // by server name, over all records
    std::set<QString> dead;
    for (const auto &[key, server] : servers) {
        const QString &name = std::get<QString>(key);
        waitsFor[name] = waitsFor[name] || server.holdsUp();
        if (!server.holdsUp() && (server.dead || server.isOnlyHidden()))
            dead.insert(name);
    }
    decision.servers = static_cast<int>(waitsFor.size());
    for (const auto &[name, waits] : waitsFor)
        decision.waiting += waits ? 1 : 0;
    const bool everyRecordServed =
        std::all_of(servedBy.begin(), servedBy.end(), [](int count) { return count > 0; });
    if (allUnreachable)
        decision.outcome = BoardDecision::Outcome::Unreachable;
    else if (decision.waiting > 0 || !everyRecordServed || servers.empty())
        decision.outcome = BoardDecision::Outcome::Blocked;
    else
        decision.outcome =
            dead.empty() ? BoardDecision::Outcome::Agree : BoardDecision::Outcome::AgreeWithWarning;
    decision.dead = QStringList(dead.begin(), dead.end());
    return decision;
}

} // namespace sealbook
