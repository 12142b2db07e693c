// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DnsTransport.h"

#include "core/dns/DnsMessage.h"

#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QUdpSocket>

using namespace std::chrono_literals;

namespace sealbook {

namespace {

// More at once gain nothing and cost sockets: the rest waits its turn.
constexpr int maxPerServer = 32;
constexpr int maxDatagram = 0xffff;

tl::unexpected<Error> failure(const DnsEndpoint &server, const char *reason, const QString &detail)
{
    Error error;
    error.kind = QLatin1String(reason) == QLatin1String("timeout") ? Error::Kind::Timeout
                                                                   : Error::Kind::Network;
    error.detail = detail;
    error.evidence.insert(QStringLiteral("reason"), QString::fromLatin1(reason));
    error.evidence.insert(QStringLiteral("server"), server.text());
    return fail(std::move(error));
}

QString reasonOf(const Error &error)
{
    return error.evidence.value(QStringLiteral("reason")).toString();
}

const char *reasonOf(QAbstractSocket::SocketError error)
{
    return error == QAbstractSocket::ConnectionRefusedError
            || error == QAbstractSocket::RemoteHostClosedError
        ? "refused"
        : "no_route";
}

std::chrono::milliseconds rest(std::chrono::milliseconds limit, const QElapsedTimer &since)
{
    return std::max(1ms, limit - std::chrono::milliseconds(since.elapsed()));
}

} // namespace

struct DnsTransport::Shared
{
    struct Lane
    {
        int busy = 0;
        std::deque<Deferred<>> waiting;
    };
    QHash<QString, Lane> lanes;
    quint64 ignored = 0;

    // A place in a server's lane, given back when it dies.
    class Place
    {
    public:
        Place(std::shared_ptr<Shared> shared, QString key)
            : m_shared(std::move(shared))
            , m_key(std::move(key))
        {
        }
        ~Place() { m_shared->leave(m_key); }
        Place(const Place &) = delete;
        Place &operator=(const Place &) = delete;

    private:
        std::shared_ptr<Shared> m_shared;
        QString m_key;
    };

    // Settled when there is a place. Whoever takes a settled one owns the place.
    Deferred<> enter(const QString &key)
    {
        Deferred<> turn;
        Lane &lane = lanes[key];
        if (lane.busy < maxPerServer) {
            ++lane.busy;
            turn.settle({});
        } else {
            lane.waiting.push_back(turn);
        }
        return turn;
    }
    void leave(const QString &key)
    {
        Lane &lane = lanes[key];
        while (!lane.waiting.empty()) {
            const Deferred<> next = lane.waiting.front();
            lane.waiting.pop_front();
            if (!next.isSettled()) {
                next.settle({}); // the place goes on to the next one
                return;
            }
        }
        if (--lane.busy == 0)
            lanes.remove(key);
    }
};

namespace {

using Matcher = DnsTransport::Matcher;

tl::unexpected<Error> refused(const DnsEndpoint &server)
{
    return failure(
        server, "refused",
        QStringLiteral("%1 refused the datagram: nobody listens there").arg(server.text()));
}

Task<QByteArray> overUdp(DnsEndpoint server, QByteArray message, Matcher matches,
                         std::chrono::milliseconds limit, std::shared_ptr<quint64> ignored,
                         std::stop_token stop)
{
    QUdpSocket socket;
    socket.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    // Connecting draws a port from the system and makes it drop what comes from elsewhere; on UDP
    // it also says at once when there is no route.
    socket.connectToHost(server.address, server.port);
    if (socket.state() != QAbstractSocket::ConnectedState)
        co_return failure(
            server, "no_route",
            QStringLiteral("no route to %1: %2").arg(server.text(), socket.errorString()));

    const Deferred<QByteArray> reply;
    const auto onReadable = [&socket, reply, matches, server, ignored] {
        QByteArray buffer(maxDatagram, Qt::Uninitialized);
        // Bounded: a flood must not keep the loop from its other work.
        for (int i = 0; i < 64 && !reply.isSettled(); ++i) {
            QHostAddress from;
            quint16 port = 0;
            const qint64 size = socket.readDatagram(buffer.data(), buffer.size(), &from, &port);
            if (size < 0) {
                // Newer Qt peeks before it tells us, and the peek swallows ECONNREFUSED: readable
                // with nothing to read is all that is left of it. (Older Qt has called onError.)
                if (i == 0 && !reply.isSettled())
                    reply.settle(refused(server));
                break;
            }
            const QByteArray datagram = buffer.left(size);
            const bool sameSource = from.isEqual(server.address, QHostAddress::TolerantConversion)
                && port == server.port;
            if (sameSource && matches(datagram))
                reply.settle(datagram);
            else
                ++*ignored;
            if (!socket.hasPendingDatagrams())
                break;
        }
    };
    const auto onError = [&socket, reply, server](QAbstractSocket::SocketError error) {
        if (error == QAbstractSocket::ConnectionRefusedError)
            reply.settle(refused(server));
        else if (error == QAbstractSocket::NetworkError)
            reply.settle(failure(
                server, "no_route",
                QStringLiteral("no route to %1: %2").arg(server.text(), socket.errorString())));
    };
    QObject::connect(&socket, &QUdpSocket::readyRead, &socket, onReadable);
    QObject::connect(&socket, &QUdpSocket::errorOccurred, &socket, onError);

    if (socket.write(message) != message.size() && !reply.isSettled())
        reply.settle(failure(
            server, reasonOf(socket.error()),
            QStringLiteral("cannot send to %1: %2").arg(server.text(), socket.errorString())));
    QString what = QStringLiteral("no answer over UDP from %1").arg(server.text());
    Task<QByteArray> wait = within(reply, limit, std::move(what), stop);
    Result<QByteArray> result = co_await std::move(wait);
    socket.disconnect();
    co_return result;
}

Task<QByteArray> overTcp(DnsEndpoint server, QByteArray message, Matcher matches,
                         std::chrono::milliseconds limit, std::shared_ptr<quint64> ignored,
                         std::stop_token stop)
{
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    const Deferred<QByteArray> reply;
    QByteArray received;
    // RFC 1035 section 4.2.2: two octets of length in front; one write, so that it is one segment.
    QByteArray framed;
    framed.append(static_cast<char>(message.size() >> 8 & 0xff));
    framed.append(static_cast<char>(message.size() & 0xff));
    framed.append(message);

    const auto onReadable = [&socket, &received, reply, matches, ignored] {
        received.append(socket.readAll());
        while (received.size() >= 2 && !reply.isSettled()) {
            const auto length = static_cast<qsizetype>(static_cast<unsigned char>(received.at(0)))
                    << 8
                | static_cast<unsigned char>(received.at(1));
            if (received.size() < 2 + length)
                return;
            const QByteArray candidate = received.mid(2, length);
            received.remove(0, 2 + length);
            if (matches(candidate))
                reply.settle(candidate);
            else
                ++*ignored;
        }
    };
    const auto onError = [&socket, reply, server](QAbstractSocket::SocketError error) {
        const bool closed = error == QAbstractSocket::RemoteHostClosedError;
        reply.settle(failure(server, reasonOf(error),
                             closed ? QStringLiteral("%1 closed the TCP connection without an "
                                                     "answer")
                                          .arg(server.text())
                                    : QStringLiteral("no TCP connection to %1: %2")
                                          .arg(server.text(), socket.errorString())));
    };
    QObject::connect(&socket, &QTcpSocket::connected, &socket,
                     [&socket, framed] { socket.write(framed); });
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, onReadable);
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket, onError);
    socket.connectToHost(server.address, server.port);

    QString what = QStringLiteral("no answer over UDP or TCP from %1").arg(server.text());
    Task<QByteArray> wait = within(reply, limit, std::move(what), stop);
    Result<QByteArray> result = co_await std::move(wait);
    socket.disconnect();
    socket.abort();
    co_return result;
}

Error explain(Error error, const DnsEndpoint &server)
{
    if (error.kind == Error::Kind::Timeout && reasonOf(error).isEmpty()) {
        error.evidence.insert(QStringLiteral("reason"), QStringLiteral("timeout"));
        error.evidence.insert(QStringLiteral("server"), server.text());
    }
    return error;
}

// The better of two failures: what UDP said is told unless it was mere silence.
Error worse(Error udp, Error tcp, const DnsEndpoint &server)
{
    udp = explain(std::move(udp), server);
    tcp = explain(std::move(tcp), server);
    if (tcp.kind == Error::Kind::Cancelled)
        return tcp;
    if (udp.kind != Error::Kind::Timeout)
        return udp;
    if (tcp.kind != Error::Kind::Timeout)
        udp.detail += QStringLiteral("; over TCP: ") + tcp.detail;
    else
        udp.detail = tcp.detail;
    return udp;
}

} // namespace

DnsTransport::DnsTransport()
    : m_shared(std::make_shared<Shared>())
{
}

DnsTransport::~DnsTransport() = default;

quint64 DnsTransport::ignoredAnswers() const
{
    return m_shared->ignored;
}

Task<DnsTransport::Exchanged> DnsTransport::exchange(DnsEndpoint server, QByteArray message,
                                                     Matcher matches,
                                                     std::chrono::milliseconds limit,
                                                     std::stop_token stop)
{
    return run(m_shared, std::move(server), std::move(message), std::move(matches), limit,
               std::move(stop));
}

Task<DnsTransport::Exchanged> DnsTransport::run(std::shared_ptr<Shared> shared, DnsEndpoint server,
                                                QByteArray message, Matcher matches,
                                                std::chrono::milliseconds limit,
                                                std::stop_token stop)
{
    if (stop.stop_requested())
        co_return fail(cancelled());
    QElapsedTimer since;
    since.start();
    const QString lane = server.text();
    const Deferred<> turn = shared->enter(lane);
    if (!turn.isSettled()) {
        QString what = QStringLiteral("too many questions to %1 at once").arg(lane);
        Task<> wait = within(turn, limit, std::move(what), stop);
        const Result<> mine = co_await std::move(wait);
        if (!mine)
            co_return fail(explain(mine.error(), server));
    }
    const Shared::Place place(shared, lane);
    const std::shared_ptr<quint64> ignored(shared, &shared->ignored);

    // Half the time for UDP: silence there is often a filter that lets TCP pass.
    Task<QByteArray> udp = overUdp(server, message, matches, rest(limit, since) / 2, ignored, stop);
    Result<QByteArray> reply = co_await std::move(udp);
    Exchanged exchanged;
    if (!reply && reply.error().kind == Error::Kind::Cancelled)
        co_return fail(reply.error());
    if (!reply || isTruncated(*reply)) {
        QElapsedTimer tcpSince;
        tcpSince.start();
        Task<QByteArray> tcp = overTcp(server, message, matches, rest(limit, since), ignored, stop);
        Result<QByteArray> again = co_await std::move(tcp);
        if (!again && !reply)
            co_return fail(worse(reply.error(), again.error(), server));
        if (again) {
            reply = std::move(again);
            exchanged.overTcp = true;
            since = tcpSince;
        }
        // Else the truncated answer stands, with its TC bit.
    }
    exchanged.reply = *reply;
    exchanged.roundTrip = std::chrono::milliseconds(since.elapsed());
    co_return exchanged;
}

Task<DnsReply> DnsTransport::ask(DnsEndpoint server, DnsQuestion question,
                                 std::chrono::milliseconds limit, std::stop_token stop)
{
    return askOnce(m_shared, std::move(server), std::move(question), limit, std::move(stop));
}

Task<DnsReply> DnsTransport::askOnce(std::shared_ptr<Shared> shared, DnsEndpoint server,
                                     DnsQuestion question, std::chrono::milliseconds limit,
                                     std::stop_token stop)
{
    QElapsedTimer since;
    since.start();
    Task<DnsReply> task = askWith(shared, server, question, Edns::With, limit, stop);
    Result<DnsReply> reply = co_await std::move(task);
    const bool maybeEdns =
        reply && (reply->rcode == 1 || reply->rcode == 4); // FORMERR, NOTIMP: RFC 6891 section 7
    if (!maybeEdns || stop.stop_requested())
        co_return reply;
    Task<DnsReply> plain =
        askWith(shared, server, question, Edns::Without, rest(limit, since), stop);
    Result<DnsReply> again = co_await std::move(plain);
    if (!again && again.error().kind != Error::Kind::Cancelled)
        co_return reply;
    co_return again;
}

Task<DnsReply> DnsTransport::askWith(std::shared_ptr<Shared> shared, DnsEndpoint server,
                                     DnsQuestion question, Edns edns,
                                     std::chrono::milliseconds limit, std::stop_token stop)
{
    const QByteArray message = packQuestion(question, randomMessageId(), edns);
    Matcher matches = [message](const QByteArray &reply) { return isReplyTo(reply, message); };
    Task<Exchanged> task =
        run(std::move(shared), server, message, std::move(matches), limit, std::move(stop));
    const Result<Exchanged> exchanged = co_await std::move(task);
    if (!exchanged)
        co_return fail(exchanged.error());
    Result<DnsReply> reply = parseReply(exchanged->reply, question);
    if (!reply) {
        Error error = reply.error();
        error.evidence.insert(QStringLiteral("server"), server.text());
        co_return fail(std::move(error));
    }
    reply->roundTrip = exchanged->roundTrip;
    reply->overTcp = exchanged->overTcp;
    co_return reply;
}

} // namespace sealbook
