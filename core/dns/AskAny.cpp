// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/AskAny.h"

namespace sealbook {

namespace {

constexpr std::size_t atOnce = 3;
constexpr std::size_t atMost = 9;

using Good = std::function<bool(const DnsReply &)>;

Task<DnsReply> askOne(Resolver *resolver, DnsEndpoint server, DnsQuestion question,
                      std::chrono::milliseconds limit, Good good, std::stop_source race)
{
    Task<DnsReply> task = resolver->ask(server, question, limit, race.get_token());
    Result<DnsReply> reply = co_await std::move(task);
    if (!reply)
        co_return fail(reply.error());
    if (good(*reply)) {
        race.request_stop();
        co_return reply;
    }
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
            tasks.push_back(askOne(resolver, servers[i], question, limit, good, race));
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

} // namespace sealbook
