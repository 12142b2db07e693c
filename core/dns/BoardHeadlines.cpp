// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/BoardHeadlines.h"

#include <QJsonArray>

namespace sealbook {

namespace {

using Run = PropagationBoard::Run;
using Outcome = BoardDecision::Outcome;

// Why the servers cannot be asked from here, once that is known.
QString closedPort(const BoardDecision &decision)
{
    return decision.anyForeign ? QStringLiteral("Port 53 is intercepted here")
                               : QStringLiteral("Port 53 is closed from here");
}

// Where the board could have been content with less, and was not.
QString whyNoLess(const Run &run, const BoardDecision &decision)
{
    const bool isClosed = decision.outcome == Outcome::Unreachable
        && (!decision.anyForeign || run.state.outsideAt.isValid())
        && !run.options.outside.isEmpty();
    if (!run.options.acceptsLess && (isClosed || decision.outcome == Outcome::AgreeWithWarning))
        return QStringLiteral("The settings let no job that nobody watches go on without every "
                              "name server. Resume it in the window, or change the settings "
                              "(Resolvers).");
    if (!isClosed || !run.state.outsideAt.isValid() || run.state.outsideAt <= run.clock->utcNow())
        return {};
    return QStringLiteral(
               "%1. Resolvers elsewhere are asked over HTTPS no sooner than one negative "
               "TTL of the zone after the record was written, here at %2 UTC: give it "
               "more time (--timeout), or open port 53.")
        .arg(closedPort(decision), run.state.outsideAt.toString(QStringLiteral("hh:mm:ss")));
}

} // namespace

QString nameServers(int count)
{
    return count == 1 ? QStringLiteral("1 name server")
                      : QStringLiteral("%1 name servers").arg(count);
}

QString waitingHeadline(const Run &run, const BoardDecision &decision)
{
    if (decision.outcome == Outcome::Unreachable && run.state.outsideAt.isValid())
        return QStringLiteral("%1; resolvers elsewhere are asked at %2 UTC")
            .arg(closedPort(decision), run.state.outsideAt.toString(QStringLiteral("hh:mm:ss")));
    if (decision.outcome == Outcome::Unreachable && !decision.anyForeign)
        return QStringLiteral("No name server can be reached from here");
    if (decision.outcome == Outcome::AgreeWithWarning)
        return QStringLiteral(
                   "No answer from %1, which a job that nobody watches may not pass over")
            .arg(decision.dead.join(QStringLiteral(", ")));
    return QStringLiteral("Waiting for %1 of %2")
        .arg(std::max(1, decision.waiting))
        .arg(nameServers(std::max(1, decision.servers)));
}

QString readyHeadline(const BoardDecision &decision, std::size_t records)
{
    if (decision.outcome == Outcome::Unreachable)
        return closedPort(decision) + QStringLiteral("; resolvers elsewhere see it");
    const QString what =
        records == 1 ? QStringLiteral("the record") : QStringLiteral("all %1 records").arg(records);
    if (decision.outcome == Outcome::AgreeWithWarning)
        return QStringLiteral("Ready with a warning: no answer from %1, all others serve %2")
            .arg(decision.dead.join(QStringLiteral(", ")), what);
    return decision.servers == 1
        ? QStringLiteral("1 name server serves %1").arg(what)
        : QStringLiteral("All %1 name servers serve %2").arg(decision.servers).arg(what);
}

Error notReady(const Run &run, const BoardDecision &decision, std::chrono::milliseconds limit)
{
    Error error;
    error.kind = Error::Kind::DnsNotReady;
    QJsonArray rows;
    std::set<QString> seen;
    for (const BoardSlot &slot : run.slots) {
        const BoardRow &row = slot.row;
        if (row.verdict == Verdict::Served)
            continue;
        rows.append(toJson(row));
        if (seen.insert(row.server + row.recordName.text()).second)
            error.parts.push_back(
                {row.recordName.text(), verdictName(row.verdict),
                 QStringLiteral("%1 (%2): %3").arg(row.server, row.address, row.reason)});
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit).count();
    error.detail = QStringLiteral("after %1 seconds %2 of %3 still do not serve the record")
                       .arg(seconds)
                       .arg(std::max(1, decision.waiting))
                       .arg(nameServers(std::max(1, decision.servers)));
    if (decision.outcome == Outcome::Unreachable && !decision.anyForeign)
        error.detail =
            QStringLiteral("after %1 seconds no name server could be reached").arg(seconds);
    if (!error.parts.empty())
        error.detail += QStringLiteral(": ") + error.parts.front().detail;
    error.advice = QStringLiteral("The job can be resumed. Look at the servers listed: where the "
                                  "value is missing, wait for the provider or write it again; "
                                  "where a server does not answer, mend it or its delegation.");
    if (const QString advice = whyNoLess(run, decision); !advice.isEmpty())
        error.advice = advice;
    error.evidence = {{QStringLiteral("rows"), rows}};
    return error;
}

} // namespace sealbook
