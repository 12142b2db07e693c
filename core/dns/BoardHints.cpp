// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/BoardHints.h"

#include "core/dns/DohClient.h"
#include "core/dns/SystemResolver.h"
#include "core/records/OutsideResolvers.h"

using namespace std::chrono_literals;

namespace sealbook {

namespace {

using Run = PropagationBoard::Run;
using std::chrono::milliseconds;

constexpr int outsideNeeded = 2; // product.md: two resolvers agree

bool isPrivate(const QHostAddress &address)
{
    static const std::array ranges{QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")),
                                   QHostAddress::parseSubnet(QStringLiteral("172.16.0.0/12")),
                                   QHostAddress::parseSubnet(QStringLiteral("192.168.0.0/16")),
                                   QHostAddress::parseSubnet(QStringLiteral("100.64.0.0/10")),
                                   QHostAddress::parseSubnet(QStringLiteral("169.254.0.0/16")),
                                   QHostAddress::parseSubnet(QStringLiteral("fc00::/7")),
                                   QHostAddress::parseSubnet(QStringLiteral("fe80::/10"))};
    return address.isLoopback()
        || std::any_of(ranges.begin(), ranges.end(),
                       [&address](const auto &range) { return address.isInSubnet(range); });
}

bool isInternal(const Run &run, std::size_t record)
{
    return std::any_of(run.slots.begin(), run.slots.end(), [record](const BoardSlot &slot) {
        return slot.record == record && slot.hasAddress && isPrivate(slot.endpoint.address);
    });
}

void take(Run &run, std::size_t hint, const Judgement &judgement)
{
    BoardRow &row = run.hints[hint].row;
    const QDateTime today = run.clock->utcNow();
    if (row.verdict != judgement.verdict) {
        row.rounds = 0;
        row.since = today;
    }
    row.verdict = judgement.verdict;
    row.reason = judgement.reason;
    row.valuesSeen = judgement.values;
    row.rcode = judgement.rcode;
    row.ttl = judgement.ttl;
    row.roundTrip = judgement.roundTrip;
    row.askedAt = today;
    ++row.rounds;
    run.touch();
}

Task<DnsReply> askResolver(Run *run, BoardHint hint, DnsQuestion question, milliseconds limit,
                           std::stop_token stop)
{
    if (!hint.url.isEmpty())
        return run->options.doh->ask(hint.url, std::move(question), limit, std::move(stop));
    return run->resolver->ask(hint.endpoint, std::move(question), limit, std::move(stop));
}

Task<> askHint(std::shared_ptr<Run> run, std::size_t index, milliseconds limit,
               std::stop_token stop)
{
    const BoardHint hint = run->hints[index];
    const ExpectedRecord record = run->state.records[hint.record];
    if (isInternal(*run, hint.record)) {
        run->hints[index].row.reason =
            QStringLiteral("not asked: the zone is served from private addresses");
        co_return Result<>();
    }
    const DnsQuestion question{record.name, DnsType::TXT, true};
    Task<DnsReply> task = askResolver(run.get(), hint, question, limit, stop);
    const Result<DnsReply> reply = co_await std::move(task);
    if (!reply && reply.error().kind == Error::Kind::Cancelled)
        co_return fail(reply.error());
    take(*run, index, judgeHint(reply, record));
    co_return Result<>();
}

BoardHint hintFor(const Run &run, std::size_t record)
{
    BoardHint hint;
    hint.record = record;
    hint.row.recordName = run.state.records[record].effectiveName;
    hint.row.isResolver = true;
    hint.row.reason = QStringLiteral("asked when all name servers agree");
    return hint;
}

} // namespace

void addHintRows(Run &run)
{
    run.hints.clear();
    for (std::size_t record = 0; record < run.state.records.size(); ++record) {
        for (const QString &text : run.options.resolvers) {
            BoardHint hint = hintFor(run, record);
            const Result<DnsEndpoint> endpoint = endpointFromText(text);
            if (!endpoint)
                continue;
            hint.endpoint = *endpoint;
            hint.row.server = text;
            hint.row.address = text;
            run.hints.push_back(std::move(hint));
        }
        for (const QString &url : run.options.doh ? run.options.outside : QStringList()) {
            BoardHint hint = hintFor(run, record);
            hint.url = QUrl(url);
            hint.row.server = QStringLiteral("%1, DoH").arg(outsideName(url));
            hint.row.address = hint.url.host();
            run.hints.push_back(std::move(hint));
        }
    }
}

std::vector<std::size_t> allHints(const Run &run)
{
    std::vector<std::size_t> all(run.hints.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    return all;
}

Task<> askHints(std::shared_ptr<Run> run, std::vector<std::size_t> hints, milliseconds limit,
                std::stop_token stop)
{
    std::vector<Task<>> tasks;
    for (const std::size_t hint : hints)
        tasks.push_back(askHint(run, hint, limit, stop));
    auto together = all(std::move(tasks));
    const std::vector<Result<>> done = co_await std::move(together);
    if (stop.stop_requested())
        co_return fail(cancelled());
    co_return Result<>();
}

bool outsideAgrees(const Run &run)
{
    std::vector<int> served(run.state.records.size(), 0);
    for (const BoardHint &hint : run.hints) {
        if (hint.url.isEmpty() || hint.row.verdict == Verdict::Failing
            || hint.row.verdict == Verdict::CannotCheck)
            continue;
        if (hint.row.verdict != Verdict::Served)
            return false; // not asked, or a record known to be bad
        ++served[hint.record];
    }
    return std::all_of(served.begin(), served.end(),
                       [](int count) { return count >= outsideNeeded; });
}

} // namespace sealbook
