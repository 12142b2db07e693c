// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/BoardWords.h"

#include "ui/issue/BoardModel.h"
#include "ui/widgets/TimeText.h"

#include <QCoreApplication>

#include <set>

namespace sealbook {

namespace {

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(BoardWords)
};

std::vector<const BoardRow *> rowsThatSay(const BoardState &board, Verdict verdict)
{
    std::vector<const BoardRow *> rows;
    for (const BoardRow &row : board.rows) {
        if (!row.isResolver && row.verdict == verdict)
            rows.push_back(&row);
    }
    return rows;
}

QStringList serversOf(const std::vector<const BoardRow *> &rows)
{
    QStringList servers;
    for (const BoardRow *row : rows) {
        if (!servers.contains(row->server))
            servers.append(row->server);
    }
    return servers;
}

// A title must stay a title: three servers by name, then a number.
QString fewServers(const std::vector<const BoardRow *> &rows)
{
    const QStringList servers = serversOf(rows);
    if (servers.size() <= 3)
        return joinedNames(servers);
    return Say::tr("%1 and %n more", nullptr, static_cast<int>(servers.size()) - 2)
        .arg(servers.mid(0, 2).join(QStringLiteral(", ")));
}

std::optional<quint32> newestSerial(const BoardState &board, const QString &zone)
{
    std::optional<quint32> newest;
    for (const BoardRow &row : board.rows) {
        if (row.zone == zone && row.serial && !row.isResolver
            && (!newest || isOlderSerial(*newest, *row.serial)))
            newest = row.serial;
    }
    return newest;
}

void explainLag(const BoardState &board, const std::vector<const BoardRow *> &waiting,
                std::vector<Explanation> &all)
{
    std::vector<const BoardRow *> others;
    for (const BoardRow *row : waiting) {
        const auto newest = newestSerial(board, row->zone);
        if (!row->serial || !newest || !isOlderSerial(*row->serial, *newest)) {
            others.push_back(row);
            continue;
        }
        Explanation why;
        why.style = styleOf(Verdict::NotYet);
        why.title = Say::tr("%1 still serves the old zone").arg(row->server);
        why.facts = {{Say::tr("Serial, others"), QString::number(*newest)},
                     {Say::tr("Serial, %1").arg(row->server.section(QLatin1Char('.'), 0, 0)),
                      QString::number(*row->serial)}};
        why.text =
            Say::tr("The zone has changed, and this server has not fetched the change. Wait, "
                    "or tell the secondary, on the primary:");
        why.command = QStringLiteral("rndc notify %1").arg(row->zone);
        all.push_back(std::move(why));
    }
    if (others.empty())
        return;
    Explanation why;
    why.style = styleOf(Verdict::NotYet);
    why.title = Say::tr("%1: same zone, no record").arg(fewServers(others));
    why.text = Say::tr("It has the newest zone, or does not tell its serial, but not the record. "
                       "The provider may still be distributing it, or the server answers from "
                       "another view.");
    const QString reason = others.front()->reason;
    if (!reason.isEmpty())
        why.facts = {{Say::tr("It says"), reason}};
    all.push_back(std::move(why));
}

void explainWaiting(const BoardState &board, bool byHand, std::vector<Explanation> &all)
{
    const auto waiting = rowsThatSay(board, Verdict::NotYet);
    if (waiting.empty())
        return;
    if (!rowsThatSay(board, Verdict::Served).empty()) {
        explainLag(board, waiting, all);
        return;
    }
    Explanation why;
    why.style = styleOf(Verdict::NotYet);
    why.title = Say::tr("No name server has the record yet");
    if (!waiting.front()->reason.isEmpty())
        why.facts = {{Say::tr("They say"), waiting.front()->reason}};
    why.text = byHand
        ? Say::tr("Publish the record with the value above, then check now. The name is the whole "
                  "name: many panels add the zone's name by themselves.")
        : Say::tr("The provider took the record and has not given it to its servers. That can take "
                  "from seconds to some minutes.");
    all.push_back(std::move(why));
}

void explainForeign(const BoardState &board, std::vector<Explanation> &all)
{
    const auto foreign = rowsThatSay(board, Verdict::OtherValue);
    if (!foreign.empty()) {
        Explanation why;
        why.style = styleOf(Verdict::OtherValue);
        why.title = Say::tr("%1: another value is there").arg(fewServers(foreign));
        QStringList values;
        const QString letters = lettersSeen(board, *foreign.front(), &values);
        if (!values.isEmpty())
            why.facts.emplace_back(Say::tr("Seen"), values.mid(0, 3).join(QLatin1Char('\n')));
        if (!letters.isEmpty())
            why.facts.emplace_back(Say::tr("Of ours"), letters);
        if (!foreign.front()->reason.isEmpty())
            why.facts.emplace_back(Say::tr("Meaning"), foreign.front()->reason);
        why.text = Say::tr("Another client works at this name, or an old value was left. Ours has "
                           "to stand beside it: add it, do not replace the other one unless it is "
                           "yours.");
        all.push_back(std::move(why));
    }
    const auto lost = rowsThatSay(board, Verdict::WrongPlace);
    if (!lost.empty()) {
        Explanation why;
        why.style = styleOf(Verdict::WrongPlace);
        why.title = Say::tr("%1: the name leads elsewhere").arg(fewServers(lost));
        why.facts = {{Say::tr("It says"), lost.front()->reason}};
        why.text = Say::tr("A CNAME or a zone cut takes the CA to another place than the one that "
                           "was written to. Waiting does not help: the delegation has to change, "
                           "or the record has to be published there.");
        all.push_back(std::move(why));
    }
}

void explainFailing(const BoardState &board, std::vector<Explanation> &all)
{
    const auto failing = rowsThatSay(board, Verdict::Failing);
    if (failing.empty())
        return;
    Explanation why;
    why.style = styleOf(Verdict::Failing);
    why.title = Say::tr("%1: no usable answer").arg(fewServers(failing));
    for (const BoardRow *row : failing) {
        if (why.facts.size() < 4)
            why.facts.emplace_back(row->address, row->reason);
    }
    why.text = Say::tr("A server whose every address fails for 30 s is passed over when all others "
                       "serve the record twice. The CA may still meet it.");
    all.push_back(std::move(why));
}

void explainUnreachable(const BoardState &board, std::vector<Explanation> &all)
{
    std::vector<const BoardRow *> six;
    std::vector<const BoardRow *> four;
    for (const BoardRow *row : rowsThatSay(board, Verdict::CannotCheck))
        (row->address.contains(QLatin1Char(':')) ? six : four).push_back(row);
    if (!four.empty()) {
        Explanation why;
        why.style = styleOf(Verdict::CannotCheck);
        why.title = Say::tr("%1 cannot be asked from here").arg(fewServers(four));
        if (!four.front()->reason.isEmpty())
            why.facts = {{Say::tr("Reason"), four.front()->reason}};
        why.text =
            Say::tr("A firewall or the network here stands between. That says nothing about "
                    "the server. Where port 53 is closed altogether, two resolvers are asked "
                    "over HTTPS instead.");
        all.push_back(std::move(why));
    }
    if (!six.empty()) {
        Explanation why;
        why.style = styleOf(Verdict::CannotCheck);
        why.title = Say::tr("IPv6 cannot be checked from here");
        why.text = Say::tr("This computer has no IPv6 route; the CA may use IPv6. These addresses "
                           "hold nothing up as long as each server is seen over IPv4.");
        all.push_back(std::move(why));
    }
}

void explainHints(const BoardState &board, std::vector<Explanation> &all)
{
    std::vector<const BoardRow *> remembering;
    for (const BoardRow &row : board.rows) {
        if (row.isResolver && row.verdict == Verdict::NotYet)
            remembering.push_back(&row);
    }
    if (!remembering.empty()) {
        Explanation why;
        why.style = styleOf(Verdict::NotYet);
        why.title = Say::tr("%1 remembers a “no”").arg(fewServers(remembering));
        why.text =
            Say::tr("It was asked before the record was everywhere. The CA does not use it.");
        all.push_back(std::move(why));
    }
}

// A server that cannot be asked gives no answer: where one came, somebody else gave it.
bool isIntercepted(const BoardState &board)
{
    const auto cannotCheck = rowsThatSay(board, Verdict::CannotCheck);
    return std::any_of(cannotCheck.begin(), cannotCheck.end(),
                       [](const BoardRow *row) { return !row->rcode.isEmpty(); });
}

QString closedPort(const BoardState &board)
{
    return isIntercepted(board) ? Say::tr("Port 53 is intercepted here")
                                : Say::tr("Port 53 is closed from here");
}

// Port 53 leads to no name server at all: then none of them is at fault.
void explainClosed(const BoardState &board, std::vector<Explanation> &all)
{
    Explanation why;
    why.style = styleOf(Verdict::CannotCheck);
    why.title = closedPort(board);
    why.facts = {{Say::tr("Asked elsewhere"), TimeText::precise(board.outsideAt, false)}};
    why.text = isIntercepted(board)
        ? Say::tr("Whatever is asked there, somebody on the way answers instead of the name "
                  "servers, even of the root.")
        : Say::tr("Not even the root servers answer, so a firewall stands between.");
    why.text += QLatin1Char(' ')
        + Say::tr("Two resolvers elsewhere are asked over HTTPS instead, not before every cached "
                  "“no” has run out, and have to see the record twice. Settings, Resolvers, says "
                  "which.");
    all.push_back(std::move(why));
    Explanation risk;
    risk.style = styleOf(Verdict::OtherValue);
    risk.style.glyph = Glyph::Soon;
    risk.title = Say::tr("What is risky about it");
    risk.text = Say::tr("They see some of the name servers, not each. If one of the others lacks "
                        "the record, the CA refuses, and the attempt is lost. Cancel to avoid it.");
    all.push_back(std::move(risk));
}

Explanation calm(const BoardState &board)
{
    Explanation why;
    why.style = styleOf(Verdict::Served);
    switch (board.phase) {
    case BoardState::Phase::Looking:
        why.style = styleOf(Verdict::NotYet);
        why.title = Say::tr("The name servers are being found");
        why.text = Say::tr("From the root down, without a resolver's cache in between.");
        break;
    case BoardState::Phase::Waiting:
        why.style = styleOf(Verdict::NotYet);
        why.title = Say::tr("The first answers are on their way");
        why.text = Say::tr("Each address of each name server is asked by itself.");
        break;
    case BoardState::Phase::Confirming:
        why.title = Say::tr("All agree; they are asked once more");
        why.text =
            Say::tr("Servers behind one address can differ. The CA is asked after the second "
                    "round.");
        break;
    case BoardState::Phase::ReadyWithWarning:
    case BoardState::Phase::ReadyByOutsideView:
        why.style = styleOf(Verdict::OtherValue);
        why.style.glyph = Glyph::Soon;
        why.title = Say::tr("Ready, with a risk");
        why.text = riskOf(board);
        break;
    case BoardState::Phase::Ready:
        why.title = Say::tr("Nothing holds it up");
        why.text = Say::tr("The CA looks for itself now.");
        break;
    case BoardState::Phase::Stopped:
        why.style = styleOf(Verdict::NotAsked);
        why.title = Say::tr("The board has stopped");
        why.text = Say::tr("The CA was not asked. The job can be resumed.");
        break;
    }
    return why;
}

} // namespace

QString joinedNames(const QStringList &names)
{
    if (names.size() < 2)
        return names.value(0);
    return Say::tr("%1 and %2", "list")
        .arg(names.mid(0, names.size() - 1).join(QStringLiteral(", ")), names.last());
}

bool isOlderSerial(quint32 serial, quint32 other)
{
    const quint32 distance = other - serial;
    return distance != 0 && distance < 0x80000000U;
}

QString rowAsText(const BoardState &board, const BoardRow &row)
{
    QStringList parts{
        QStringLiteral("%1 %2 %3: %4")
            .arg(row.server, row.address, row.recordName.text(), styleOf(row.verdict).word)};
    if (!row.reason.isEmpty())
        parts.append(row.reason);
    QStringList foreign;
    const QString letters = lettersSeen(board, row, &foreign);
    if (!letters.isEmpty())
        parts.append(Say::tr("sees %1").arg(letters));
    for (const QString &value : foreign)
        parts.append(QStringLiteral("\"%1\"").arg(value));
    if (row.ttl)
        parts.append(QStringLiteral("TTL %1").arg(*row.ttl));
    if (row.serial)
        parts.append(Say::tr("serial %1").arg(*row.serial));
    if (row.roundTrip)
        parts.append(Say::tr("%1 ms").arg(row.roundTrip->count()));
    if (row.askedAt.isValid())
        parts.append(TimeText::precise(row.askedAt, false));
    return parts.join(QStringLiteral(", "));
}

BoardCounts countsOf(const BoardState &board)
{
    BoardCounts counts;
    std::map<Verdict, int> numbers;
    for (const BoardRow &row : board.rows) {
        if (row.isResolver)
            continue;
        ++numbers[row.verdict];
        counts.reachable += row.verdict == Verdict::CannotCheck ? 0 : 1;
        counts.served += row.verdict == Verdict::Served ? 1 : 0;
    }
    // What everybody waits for stands first; "not asked" last.
    for (const Verdict verdict :
         {Verdict::Served, Verdict::NotYet, Verdict::OtherValue, Verdict::WrongPlace,
          Verdict::Failing, Verdict::CannotCheck, Verdict::NotAsked}) {
        if (const auto found = numbers.find(verdict); found != numbers.end())
            counts.byVerdict.emplace_back(verdict, found->second);
    }
    return counts;
}

QString headlineOf(const BoardState &board)
{
    const BoardCounts counts = countsOf(board);
    switch (board.phase) {
    case BoardState::Phase::Looking:
        return Say::tr("Finding the name servers");
    case BoardState::Phase::Waiting:
        if (board.outsideAt.isValid())
            return closedPort(board);
        if (counts.reachable == 0)
            return Say::tr("No name server can be reached from here");
        if (counts.served == counts.reachable)
            return Say::tr("All name servers agree");
        return Say::tr("Waiting for %1 of %2 name servers")
            .arg(counts.reachable - counts.served)
            .arg(counts.reachable);
    case BoardState::Phase::Confirming:
        return Say::tr("All agree, confirming");
    case BoardState::Phase::Ready:
        return Say::tr("All %n name servers agree", nullptr, counts.reachable);
    case BoardState::Phase::ReadyWithWarning:
        return Say::tr("Ready, although one server does not answer");
    case BoardState::Phase::ReadyByOutsideView:
        return Say::tr("Ready, as seen from outside");
    case BoardState::Phase::Stopped:
        return Say::tr("Stopped at %1 of %2 name servers").arg(counts.served).arg(counts.reachable);
    }
    Q_UNREACHABLE();
}

QString promiseOf(const BoardState &board)
{
    if (isReady(board.phase))
        return Say::tr("The CA is being asked.");
    if (board.phase == BoardState::Phase::Stopped)
        return Say::tr("The CA was not asked.");
    if (board.outsideAt.isValid())
        return Say::tr("The CA is asked when two resolvers elsewhere see it, twice in a row.");
    return Say::tr("The CA is asked the moment all agree, twice in a row.");
}

QString riskOf(const BoardState &board)
{
    if (board.phase == BoardState::Phase::ReadyByOutsideView)
        return Say::tr("%1, so no name server was asked. Resolvers elsewhere saw the record twice. "
                       "A name server that they did not ask may lack it. This stands in the audit "
                       "log.")
            .arg(closedPort(board));
    if (board.phase == BoardState::Phase::ReadyWithWarning)
        return Say::tr("A name server failed for a while and was passed over; all others serve "
                       "the record. If the CA asks that one, it refuses. This stands in the audit "
                       "log.");
    return {};
}

std::vector<Explanation> explain(const BoardState &board, bool byHand)
{
    std::vector<Explanation> all;
    if (!board.events.isEmpty()) {
        Explanation lost;
        lost.style = styleOf(Verdict::OtherValue);
        lost.style.glyph = Glyph::Soon;
        lost.title = Say::tr("The record did not stay");
        lost.text = board.events.last();
        all.push_back(std::move(lost));
    }
    const bool isLessThanReady = isReady(board.phase) && board.phase != BoardState::Phase::Ready;
    if (isLessThanReady)
        all.push_back(calm(board));
    explainForeign(board, all);
    explainWaiting(board, byHand, all);
    if (board.outsideAt.isValid()) {
        if (!isLessThanReady)
            explainClosed(board, all);
    } else {
        explainFailing(board, all);
        explainUnreachable(board, all);
    }
    explainHints(board, all);
    const BoardCounts counts = countsOf(board);
    if (all.empty()
        || (!isLessThanReady && counts.reachable > 0 && counts.served == counts.reachable))
        all.insert(all.begin(), calm(board));
    return all;
}

QString recordsAsText(const BoardState &board)
{
    QStringList lines;
    for (const ExpectedRecord &record : board.records) {
        for (const QString &value : record.values)
            lines.append(
                QStringLiteral("%1 60 IN TXT \"%2\"").arg(record.effectiveName.absolute(), value));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString handOverSheet(const BoardState &board, const QStringList &names, const QString &caName,
                      const QDateTime &now)
{
    QStringList lines;
    lines.append(Say::tr("DNS records wanted for a certificate from %1").arg(caName));
    lines.append(Say::tr("Names: %1").arg(names.join(QStringLiteral(", "))));
    lines.append(Say::tr("As of %1").arg(TimeText::precise(now, false)));
    lines.append(QString());
    lines.append(Say::tr("Please publish each line as a TXT record of its own. Keep other values "
                         "at the same name. They can be removed once the certificate is there."));
    lines.append(QString());
    int index = 0;
    for (const ExpectedRecord &record : board.records) {
        lines.append(Say::tr("Name:  %1").arg(record.effectiveName.text()));
        if (record.effectiveName != record.name)
            lines.append(Say::tr("       (reached by CNAME from %1)").arg(record.name.text()));
        for (qsizetype i = 0; i < record.values.size(); ++i, ++index) {
            lines.append(Say::tr("TXT %1: %2").arg(recordLetter(index), record.values.at(i)));
            if (!record.forNames.value(i).isEmpty())
                lines.append(Say::tr("       (proves %1)").arg(record.forNames.value(i)));
        }
        lines.append(QString());
    }
    lines.append(Say::tr("The same as a zone file has it:"));
    lines.append(recordsAsText(board));
    lines.append(Say::tr("What the name servers say now:"));
    for (const BoardRow &row : board.rows) {
        if (!row.isResolver)
            lines.append(rowAsText(board, row));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace sealbook
