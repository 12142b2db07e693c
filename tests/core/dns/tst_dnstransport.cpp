// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DnsTransport.h"
#include "core/dns/SystemResolver.h"
#include "tests/support/Await.h"
#include "tests/support/StubDnsServer.h"

#include <QSet>
#include <QTemporaryFile>
#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

namespace {

const QByteArray truth = "the-truth";
const QByteArray forged = "forged";

DnsQuestion question()
{
    return {DnsName::fromText(QStringLiteral("_acme-challenge.www.example.test")).value(),
            DnsType::TXT, false};
}

QByteArray answer(const QByteArray &query, const QByteArray &value)
{
    return StubDnsServer::reply(query, StubDnsServer::txt(value), 1);
}

QByteArray withWrongId(QByteArray reply)
{
    reply[1] = static_cast<char>(reply.at(1) ^ 0x55);
    return reply;
}

QByteArray withOtherQuestion(const QByteArray &query)
{
    QByteArray other = query;
    other[14] = 'x'; // inside the first label
    return answer(other, forged);
}

} // namespace

class TstDnsTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAMatchingAnswer();
    void refusesSpoofedAnswers_data();
    void refusesSpoofedAnswers();
    void ignoresAnAnswerThatComesTooLate();
    void usesAFreshIdAndPortEachTime();
    void asksTcpWhenTruncated();
    void asksTcpWhenUdpIsSilent();
    void keepsTheTruncatedAnswerWhenTcpIsClosed();
    void asksWithoutEdnsWhereItIsNotUnderstood_data();
    void asksWithoutEdnsWhereItIsNotUnderstood();
    void readsAnAnswerOf64Kilobytes();
    void tellsRefusedFromSilent();
    void tellsThatThereIsNoRoute();
    void callsGarbageGarbage_data();
    void callsGarbageGarbage();
    void endsAtOnceWhenStopped();
    void doesNotBlockTheLoop();
    void asksManyAtOnce();
    void asksOverIPv6();
    void survivesAServerThatHangsUp();
    void refusesAnotherPortForRealServers();
    void triesTheNextRecursiveServer();
    void readsEndpoints_data();
    void readsEndpoints();
    void readsResolvConf();
    void saysThatNoResolverIsConfigured();

private:
    [[nodiscard]] Result<DnsReply> ask(const StubDnsServer &server,
                                       std::chrono::milliseconds limit = 5s)
    {
        const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), server.port()};
        return await(m_transport.ask(endpoint, question(), limit, {}));
    }
    DnsTransport m_transport;
};

void TstDnsTransport::takesAMatchingAnswer()
{
    StubDnsServer server;
    QVERIFY(server.isUp());
    server.onUdp = [](const QByteArray &query) { return QList{answer(query, truth)}; };
    const auto reply = ask(server);
    QVERIFY2(reply.has_value(), qPrintable(reply ? QString() : reply.error().detail));
    QCOMPARE(reply->rcode, 0);
    QVERIFY(reply->authoritative);
    QCOMPARE(reply->answer.size(), 1U);
    QCOMPARE(reply->answer.front().value, QString::fromLatin1(truth));
    QCOMPARE(reply->answer.front().owner, question().name);
    QCOMPARE(reply->answer.front().ttl, 60);
    QVERIFY(!reply->overTcp);
}

void TstDnsTransport::refusesSpoofedAnswers_data()
{
    QTest::addColumn<QString>("mode");
    QTest::newRow("wrong id") << QStringLiteral("id");
    QTest::newRow("another question") << QStringLiteral("question");
    QTest::newRow("another source") << QStringLiteral("source");
    QTest::newRow("a query, no reply") << QStringLiteral("qr");
    QTest::newRow("another opcode") << QStringLiteral("opcode");
    QTest::newRow("too short") << QStringLiteral("short");
}

// The forged answer always comes first; a resolver that trusts it loses.
void TstDnsTransport::refusesSpoofedAnswers()
{
    QFETCH(QString, mode);
    StubDnsServer server;
    QUdpSocket elsewhere;
    QVERIFY(elsewhere.bind(QHostAddress::LocalHost));
    server.onUdp = [&](const QByteArray &query) -> QList<QByteArray> {
        const QByteArray genuine = answer(query, truth);
        if (mode == QLatin1String("id"))
            return {withWrongId(answer(query, forged)), genuine};
        if (mode == QLatin1String("question"))
            return {withOtherQuestion(query), genuine};
        if (mode == QLatin1String("qr"))
            return {StubDnsServer::reply(query, StubDnsServer::txt(forged), 1, 0x0400), genuine};
        if (mode == QLatin1String("opcode"))
            return {StubDnsServer::reply(query, StubDnsServer::txt(forged), 1, 0xa400), genuine};
        if (mode == QLatin1String("short"))
            return {query.left(7), genuine};
        elsewhere.writeDatagram(answer(query, forged), server.lastSender, server.lastPort);
        return {genuine};
    };
    const quint64 before = m_transport.ignoredAnswers();
    const auto reply = ask(server);
    QVERIFY(reply.has_value());
    QCOMPARE(reply->answer.size(), 1U);
    QCOMPARE(reply->answer.front().value, QString::fromLatin1(truth));
    if (mode != QLatin1String("source")) // the system drops those before we see them
        QCOMPARE(m_transport.ignoredAnswers(), before + 1);
}

void TstDnsTransport::ignoresAnAnswerThatComesTooLate()
{
    StubDnsServer server;
    QList<QByteArray> held;
    server.onUdp = [&](const QByteArray &query) -> QList<QByteArray> {
        // The first question is answered only when the second has come, to the second's port.
        held.append(query);
        if (held.size() == 1)
            return {};
        return {answer(held.front(), forged), answer(query, truth)};
    };
    server.stopTcp();
    const auto first = ask(server, 100ms);
    QVERIFY(!first);
    const auto second = ask(server);
    QVERIFY(second.has_value());
    QCOMPARE(second->answer.front().value, QString::fromLatin1(truth));
}

void TstDnsTransport::usesAFreshIdAndPortEachTime()
{
    StubDnsServer server;
    server.onUdp = [](const QByteArray &query) { return QList{answer(query, truth)}; };
    QSet<QByteArray> ids;
    for (int i = 0; i < 12; ++i) {
        QVERIFY(ask(server).has_value());
        ids.insert(server.queries.last().left(2));
    }
    const QSet<quint16> ports(server.udpPorts.begin(), server.udpPorts.end());
    QVERIFY2(ids.size() >= 11, "ids repeat");
    QVERIFY2(ports.size() >= 10, "ports repeat");
}

void TstDnsTransport::asksTcpWhenTruncated()
{
    StubDnsServer server;
    server.onUdp = [](const QByteArray &query) {
        return QList{StubDnsServer::reply(query, {}, 0, 0x8600)};
    };
    server.onTcp = [](const QByteArray &query) { return QList{answer(query, truth)}; };
    const auto reply = ask(server);
    QVERIFY(reply.has_value());
    QVERIFY(reply->overTcp);
    QVERIFY(!reply->truncated);
    QCOMPARE(reply->answer.front().value, QString::fromLatin1(truth));
}

void TstDnsTransport::asksTcpWhenUdpIsSilent()
{
    StubDnsServer server;
    server.onTcp = [](const QByteArray &query) {
        return QList{withWrongId(answer(query, forged)), answer(query, truth)};
    };
    const auto reply = ask(server, 600ms);
    QVERIFY(reply.has_value());
    QVERIFY(reply->overTcp);
    QCOMPARE(reply->answer.front().value, QString::fromLatin1(truth));
}

void TstDnsTransport::keepsTheTruncatedAnswerWhenTcpIsClosed()
{
    StubDnsServer server;
    server.stopTcp();
    server.onUdp = [](const QByteArray &query) {
        return QList{StubDnsServer::reply(query, {}, 0, 0x8600)};
    };
    const auto reply = ask(server, 3s);
    QVERIFY(reply.has_value());
    QVERIFY(reply->truncated);
    QVERIFY(reply->answer.empty());
}

void TstDnsTransport::asksWithoutEdnsWhereItIsNotUnderstood_data()
{
    QTest::addColumn<int>("rcode");
    QTest::addColumn<bool>("always"); // also to a plain question
    QTest::newRow("FORMERR") << 1 << false;
    QTest::newRow("NOTIMP") << 4 << false;
    QTest::newRow("FORMERR for another reason") << 1 << true;
}

// RFC 6891 section 7: an old server, or a box on the way, knows no OPT record.
void TstDnsTransport::asksWithoutEdnsWhereItIsNotUnderstood()
{
    QFETCH(int, rcode);
    QFETCH(bool, always);
    StubDnsServer server;
    QVERIFY(server.isUp());
    server.onUdp = [rcode, always](const QByteArray &query) -> QList<QByteArray> {
        const bool hasOpt = query.at(11) != 0;
        if (hasOpt || always)
            return {StubDnsServer::reply(query, {}, 0, 0x8000 | rcode)};
        return {StubDnsServer::reply(query, StubDnsServer::txt("plain"), 1)};
    };
    DnsTransport transport;
    const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), server.port()};
    const auto reply = await(transport.ask(endpoint, question(), 5s, {}));
    QVERIFY2(reply.has_value(), qPrintable(reply ? QString() : describe(reply.error())));
    QCOMPARE(reply->rcode, always ? rcode : 0);
    QCOMPARE(reply->answer.size(), always ? 0U : 1U);
    QCOMPARE(server.udpQueries, 2);
}

void TstDnsTransport::readsAnAnswerOf64Kilobytes()
{
    StubDnsServer server;
    server.onUdp = [](const QByteArray &query) {
        return QList{StubDnsServer::reply(query, {}, 0, 0x8600)};
    };
    server.onTcp = [](const QByteArray &query) {
        QByteArray strings;
        while (strings.size() < 65000)
            strings += QByteArray(1, '\xff') + QByteArray(255, 'a');
        return QList{StubDnsServer::reply(query, StubDnsServer::record(16, strings), 1)};
    };
    const auto reply = ask(server);
    QVERIFY2(reply.has_value(), qPrintable(reply ? QString() : reply.error().detail));
    QCOMPARE(reply->answer.front().strings.size(), 254);
    QCOMPARE(reply->answer.front().value.size(), 254 * 255);
}

void TstDnsTransport::tellsRefusedFromSilent()
{
    quint16 freePort = 0;
    {
        const StubDnsServer gone;
        freePort = gone.port();
    }
    const DnsEndpoint closed{QHostAddress(QHostAddress::LocalHost), freePort};
    const auto refused = await(m_transport.ask(closed, question(), 2s, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().evidence.value(QStringLiteral("reason")).toString(),
             QStringLiteral("refused"));
    QCOMPARE(refused.error().kind, Error::Kind::Network);

    const StubDnsServer silent;
    const auto timedOut = ask(silent, 200ms);
    QVERIFY(!timedOut);
    QCOMPARE(timedOut.error().evidence.value(QStringLiteral("reason")).toString(),
             QStringLiteral("timeout"));
    QCOMPARE(timedOut.error().kind, Error::Kind::Timeout);
}

void TstDnsTransport::tellsThatThereIsNoRoute()
{
    // Link-local without a scope is refused by every system before anything is sent.
    const DnsEndpoint nowhere{QHostAddress(QStringLiteral("fe80::1")), 53};
    const auto reply = await(m_transport.ask(nowhere, question(), 2s, {}));
    QVERIFY(!reply);
    QCOMPARE(reply.error().evidence.value(QStringLiteral("reason")).toString(),
             QStringLiteral("no_route"));
}

void TstDnsTransport::callsGarbageGarbage_data()
{
    QTest::addColumn<QByteArray>("records");
    QTest::addColumn<int>("count");
    QTest::newRow("a record cut short") << StubDnsServer::txt("abc").chopped(2) << 1;
    QTest::newRow("more records claimed than there are") << StubDnsServer::txt("abc") << 9;
    QTest::newRow("a name that points at itself")
        << QByteArray("\xc0\x2f\x00\x10\x00\x01\x00\x00\x00\x3c\x00\x02\x01"
                      "a",
                      14)
        << 1;
    QByteArray loop;
    loop += QByteArray("\xc0\x41", 2) + QByteArray("\xc0\x3f", 2);
    QTest::newRow("names that point at each other") << loop.repeated(12) << 12;
    QTest::newRow("a TXT string longer than its record") << StubDnsServer::record(16,
                                                                                  QByteArray("\x40"
                                                                                             "abc",
                                                                                             4))
                                                         << 1;
    QTest::newRow("65535 records claimed") << QByteArray() << 0xffff;
    QByteArray many;
    for (int i = 0; i < 65; ++i)
        many += StubDnsServer::txt("v" + QByteArray::number(i));
    QTest::newRow("65 TXT records") << many << 65;
}

void TstDnsTransport::callsGarbageGarbage()
{
    QFETCH(QByteArray, records);
    QFETCH(int, count);
    StubDnsServer server;
    server.onUdp = [&](const QByteArray &query) {
        return QList{StubDnsServer::reply(query, records, count)};
    };
    const auto reply = ask(server);
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Corrupt);
    QCOMPARE(reply.error().evidence.value(QStringLiteral("reason")).toString(),
             QStringLiteral("garbage"));
}

void TstDnsTransport::endsAtOnceWhenStopped()
{
    const StubDnsServer silent;
    std::stop_source source;
    const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), silent.port()};
    QTimer::singleShot(20, this, [&source] { source.request_stop(); });
    const auto reply = await(m_transport.ask(endpoint, question(), 1h, source.get_token()));
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Cancelled);
}

void TstDnsTransport::doesNotBlockTheLoop()
{
    const StubDnsServer silent;
    // Ends when the loop has turned, however slow the machine is.
    std::stop_source source;
    int ticks = 0;
    QTimer ticker;
    ticker.callOnTimeout([&ticks, &source] {
        if (++ticks == 3)
            source.request_stop();
    });
    ticker.start(5);
    const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), silent.port()};
    const auto reply = await(m_transport.ask(endpoint, question(), 1h, source.get_token()));
    QCOMPARE(reply.error().kind, Error::Kind::Cancelled);
}

void TstDnsTransport::asksManyAtOnce()
{
    StubDnsServer server;
    server.onUdp = [](const QByteArray &query) { return QList{answer(query, truth)}; };
    const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), server.port()};
    std::vector<Task<DnsReply>> tasks;
    for (int i = 0; i < 200; ++i)
        tasks.push_back(m_transport.ask(endpoint, question(), 20s, {}));
    const auto replies = QCoro::waitFor(all(std::move(tasks)));
    QCOMPARE(std::count_if(replies.begin(), replies.end(),
                           [](const auto &reply) { return reply.has_value(); }),
             200);
}

void TstDnsTransport::asksOverIPv6()
{
    StubDnsServer server(QHostAddress(QHostAddress::LocalHostIPv6));
    server.onUdp = [](const QByteArray &query) { return QList{answer(query, truth)}; };
    const quint16 port = server.isUp() ? server.port() : quint16(53);
    const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHostIPv6), port};
    const auto reply = await(m_transport.ask(endpoint, question(), 5s, {}));
    if (server.isUp()) {
        QVERIFY(reply.has_value());
        QCOMPARE(reply->answer.front().value, QString::fromLatin1(truth));
    } else { // a machine without IPv6 has no route, and that must not look like a dead server
        QVERIFY(!reply);
        QCOMPARE(reply.error().evidence.value(QStringLiteral("reason")).toString(),
                 QStringLiteral("no_route"));
    }
}

void TstDnsTransport::survivesAServerThatHangsUp()
{
    QTcpServer tcp;
    QVERIFY(tcp.listen(QHostAddress::LocalHost));
    QUdpSocket udp;
    QVERIFY(udp.bind(QHostAddress::LocalHost, tcp.serverPort()));
    QObject::connect(&tcp, &QTcpServer::newConnection, this,
                     [&tcp] { tcp.nextPendingConnection()->close(); });
    const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), tcp.serverPort()};
    const auto reply = await(m_transport.ask(endpoint, question(), 400ms, {}));
    QVERIFY(!reply);
    QVERIFY(reply.error().detail.contains(QStringLiteral("closed the TCP connection")));
}

void TstDnsTransport::refusesAnotherPortForRealServers()
{
    ResolverOptions options;
    options.servers = {QStringLiteral("127.0.0.1:5300")};
    options.dnsPort = 5300;
    SystemResolver resolver(options);
    const DnsEndpoint real{QHostAddress(QStringLiteral("192.0.2.1")), resolver.serverPort()};
    const auto reply = await(resolver.ask(real, question(), 1s, {}));
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::BadRequest);
    QVERIFY(reply.error().detail.contains(QStringLiteral("192.0.2.1")));
}

void TstDnsTransport::triesTheNextRecursiveServer()
{
    StubDnsServer broken;
    broken.onUdp = [](const QByteArray &query) {
        return QList{StubDnsServer::reply(query, {}, 0, 0x8182)};
    };
    StubDnsServer good;
    good.onUdp = [](const QByteArray &query) { return QList{answer(query, truth)}; };
    ResolverOptions options;
    options.servers = {QStringLiteral("127.0.0.1:%1").arg(broken.port()),
                       QStringLiteral("127.0.0.1:%1").arg(good.port())};
    SystemResolver resolver(options);
    for (int i = 0; i < 3; ++i) {
        const auto reply = await(resolver.resolve(question(), {}));
        QVERIFY(reply.has_value());
        QCOMPARE(reply->answer.size(), 1U);
    }
    QCOMPARE(broken.udpQueries, 1); // the good one is asked first from then on
    QVERIFY((static_cast<unsigned char>(good.queries.last().at(2)) & 1) == 1); // RD
}

void TstDnsTransport::readsEndpoints_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result"); // empty = refused
    QTest::newRow("IPv4") << QStringLiteral("192.0.2.1") << QStringLiteral("192.0.2.1");
    QTest::newRow("IPv4 and port")
        << QStringLiteral(" 127.0.0.1:5353 ") << QStringLiteral("127.0.0.1:5353");
    QTest::newRow("IPv6") << QStringLiteral("2001:db8::1") << QStringLiteral("2001:db8::1");
    QTest::newRow("IPv6 and port")
        << QStringLiteral("[2001:db8::1]:5353") << QStringLiteral("[2001:db8::1]:5353");
    QTest::newRow("a name") << QStringLiteral("dns.example") << QString();
    QTest::newRow("port 0") << QStringLiteral("192.0.2.1:0") << QString();
    QTest::newRow("port 70000") << QStringLiteral("192.0.2.1:70000") << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void TstDnsTransport::readsEndpoints()
{
    QFETCH(QString, text);
    QFETCH(QString, result);
    const auto endpoint = endpointFromText(text);
    QCOMPARE(endpoint ? endpoint->text() : QString(), result);
}

void TstDnsTransport::readsResolvConf()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("# nameserver 9.9.9.9\nsearch example.test\nnameserver 192.0.2.7\n"
               "nameserver\tbad\noptions edns0\n nameserver 2001:db8::7\n");
    file.close();
    ResolverOptions options;
    options.resolvConf = file.fileName();
    const SystemResolver resolver(options);
    QCOMPARE(resolver.recursives().size(), 2U);
    QCOMPARE(resolver.recursives()[0].text(), QStringLiteral("192.0.2.7"));
    QCOMPARE(resolver.recursives()[1].text(), QStringLiteral("2001:db8::7"));
    QCOMPARE(resolver.problems().size(), 1);
}

void TstDnsTransport::saysThatNoResolverIsConfigured()
{
    ResolverOptions options;
    options.resolvConf = QStringLiteral("/nonexistent/resolv.conf");
    SystemResolver resolver(options);
    const auto reply = await(resolver.resolve(question(), {}));
    QVERIFY(!reply);
    QVERIFY(!reply.error().advice.isEmpty());
}

QTEST_GUILESS_MAIN(TstDnsTransport)
#include "tst_dnstransport.moc"
