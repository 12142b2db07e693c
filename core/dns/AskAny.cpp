// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/AskAny.h"

namespace sealbook {

namespace {

constexpr std::size_t atOnce = 3;
constexpr std::size_t atMost = 9;

using Good = std::function<bool(const DnsReply &)>;

Task<DnsReply> askOne(Resolver *resolver, DnsEndpoint server, DnsQuestion question,
                      std::chrono::milliseconds limit, Good good, std::stop_token stop)
{
    Task<DnsReply> task = resolver->ask(server, question, limit, stop);
    Result<DnsReply> reply = co_await std::move(task);
    if (!reply)
        co_return fail(reply.error());
    if (good(*reply))
        co_return reply;
    Error error;
    error.kind = Error::Kind::Network;
    error.detail =
        QStringLiteral("%1 answered %2%3")
            .arg(server.text(), rcodeName(reply->rcode),
                 reply->authoritative ? QString() : QStringLiteral(" without authority"));
    error.evidence.insert(QStringLiteral("reason"), QStringLiteral("lame"));
    error.evidence.insert(QStringLiteral("server"), server.text());
    co_return fail(std::move(error));
}

Task<DnsReply> askFirst(Resolver *resolver, DnsEndpoint server, DnsQuestion question,
                        std::chrono::milliseconds limit, Good good, std::stop_source race)
{
    Task<DnsReply> task =
        askOne(resolver, server, question, limit, std::move(good), race.get_token());
    Result<DnsReply> reply = co_await std::move(task);
    if (reply)
        race.request_stop();
    co_return reply;
}

Task<DnsReply> askAndTell(Resolver *resolver, DnsEndpoint server, DnsQuestion question,
                          std::chrono::milliseconds limit, Good good, Deferred<> first,
                          std::stop_token stop)
{
    Task<DnsReply> task = askOne(resolver, server, question, limit, std::move(good), stop);
    Result<DnsReply> reply = co_await std::move(task);
    if (reply)
        first.settle({});
    co_return reply;
}

// Stops the race when `grace` has passed since the first good reply.
QCoro::Task<> endAfter(Deferred<> first, std::chrono::milliseconds limit,
                       std::chrono::milliseconds grace, std::stop_source race)
{
    Task<> wait = within(first, limit, QString(), race.get_token());
    const Result<> came = co_await std::move(wait);
    if (!came)
        co_return;
    Task<> sleep = sleepFor(grace, race.get_token());
    const Result<> slept = co_await std::move(sleep);
    Q_UNUSED(slept)
    race.request_stop();
}

} // namespace

Task<DnsReply> askAny(Resolver *resolver, std::vector<DnsEndpoint> servers, DnsQuestion question,
                      std::chrono::milliseconds limit, Good good, std::stop_token stop)
{
    Error last;
    last.kind = Error::Kind::Network;
    last.detail = QStringLiteral("no server to ask for %1").arg(question.name.absolute());
    const std::size_t count = std::min(servers.size(), atMost);
    for (std::size_t from = 0; from < count; from += atOnce) {
        if (stop.stop_requested())
            co_return fail(cancelled());
        std::stop_source race;
        const std::stop_callback onStop(stop, [race]() mutable { race.request_stop(); });
        std::vector<Task<DnsReply>> tasks;
        for (std::size_t i = from; i < std::min(count, from + atOnce); ++i)
            tasks.push_back(askFirst(resolver, servers[i], question, limit, good, race));
        auto together = all(std::move(tasks));
        const std::vector<Result<DnsReply>> replies = co_await std::move(together);
        for (const Result<DnsReply> &reply : replies) {
            if (reply) {
                DnsReply found = *reply;
                co_return found;
            }
            if (reply.error().kind != Error::Kind::Cancelled)
                last = reply.error();
        }
    }
    if (stop.stop_requested())
        co_return fail(cancelled());
    co_return fail(std::move(last));
}

Task<std::vector<DnsHeard>> askEach(Resolver *resolver, std::vector<DnsEndpoint> servers,
                                    DnsQuestion question, std::chrono::milliseconds limit,
                                    std::chrono::milliseconds grace, Good good,
                                    std::stop_token stop)
{
    if (servers.size() > atMost)
        servers.resize(atMost);
    std::stop_source race;
    const std::stop_callback onStop(stop, [race]() mutable { race.request_stop(); });
    const Deferred<> first;
    std::vector<Task<DnsReply>> tasks;
    for (const DnsEndpoint &server : servers)
        tasks.push_back(
            askAndTell(resolver, server, question, limit, good, first, race.get_token()));
    QCoro::Task<> ending = endAfter(first, limit, grace, race);
    auto together = all(std::move(tasks));
    std::vector<Result<DnsReply>> replies = co_await std::move(together);
    race.request_stop();
    co_await std::move(ending);
    if (stop.stop_requested())
        co_return fail(cancelled());

    Error last;
    last.kind = Error::Kind::Network;
    last.detail = QStringLiteral("no server to ask for %1").arg(question.name.absolute());
    std::vector<DnsHeard> heard;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        if (replies[i])
            heard.push_back({servers[i], std::move(*replies[i])});
        else if (replies[i].error().kind != Error::Kind::Cancelled)
            last = replies[i].error();
    }
    if (heard.empty())
        co_return fail(std::move(last));
    co_return heard;
}

} // namespace sealbook
