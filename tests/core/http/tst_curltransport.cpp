// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/CurlTransport.h"
#include "tests/support/Await.h"
#include "tests/support/StubServer.h"

#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

class TstCurlTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsAndReceives();
    void sendsEachMethodAsAsked_data();
    void sendsEachMethodAsAsked();
    void sendsSecretHeaders();
    void refusesHeadersWithLineBreaks();
    void keepsItsConnectionWarm();
    void reconnectsWhenTheServerHungUp();
    void sendsAtTheSameTime();
    void givesA4xxAsAResponse();
    void doesNotFollowARedirect();
    void cancelsAtOnce();
    void isCancelledAlready();
    void endsWithCancelledWhenDestroyed();
    void doesNotBlockTheLoop();
    void timesOut();
};

static CurlTransportOptions trusting(const StubServer &server)
{
    CurlTransportOptions options;
    options.caFile = server.caFile();
    return options;
}

static HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

static StubReply text(const QByteArray &body)
{
    StubReply reply;
    reply.headers = {{"Content-Type", "text/plain"}};
    reply.body = body;
    return reply;
}

[[nodiscard]] static Result<HttpResponse> exchange(HttpTransport &transport, HttpRequest request)
{
    Task<HttpResponse> task = transport.send(std::move(request), {});
    return await(std::move(task));
}

void TstCurlTransport::sendsAndReceives()
{
    StubServer server([](const StubRequest &) { return text("hello"); });
    CurlTransport transport(trusting(server));
    HttpRequest request = get(server.url(QStringLiteral("/a?b=c")));
    request.headers = {{"Accept", "text/plain"}, {"X-Empty", ""}};
    const auto response = exchange(transport, std::move(request));
    QVERIFY2(response.has_value(), response ? "" : qPrintable(response.error().detail));
    QCOMPARE(response->status, 200);
    QCOMPARE(response->body, QByteArray("hello"));
    QCOMPARE(response->header("content-type"), QByteArray("text/plain"));
    QCOMPARE(transport.requestCount(), 1);
    const StubRequest seen = server.requests().at(0);
    QCOMPARE(seen.path, QByteArray("/a?b=c"));
    QCOMPARE(seen.header("accept"), QByteArray("text/plain"));
    QVERIFY(seen.header("user-agent").startsWith("Sealbook/"));
    QVERIFY(seen.header("cookie").isEmpty());
}

void TstCurlTransport::sendsEachMethodAsAsked_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("get") << QByteArray("GET") << QByteArray();
    QTest::newRow("head") << QByteArray("HEAD") << QByteArray();
    QTest::newRow("post") << QByteArray("POST") << QByteArray("{\"a\":1}");
    QTest::newRow("post nothing") << QByteArray("POST") << QByteArray();
    QTest::newRow("put") << QByteArray("PUT") << QByteArray("x");
    QTest::newRow("patch") << QByteArray("PATCH") << QByteArray("[]");
    QTest::newRow("delete") << QByteArray("DELETE") << QByteArray();
    QTest::newRow("delete with body") << QByteArray("DELETE") << QByteArray("{}");
}

void TstCurlTransport::sendsEachMethodAsAsked()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    StubServer server([](const StubRequest &) { return text("ok"); });
    CurlTransport transport(trusting(server));
    HttpRequest request = get(server.url(QStringLiteral("/")));
    request.method = method;
    request.body = body;
    const auto response = exchange(transport, std::move(request));
    QVERIFY2(response.has_value(), response ? "" : qPrintable(response.error().detail));
    QCOMPARE(server.requests().size(), size_t(1));
    QCOMPARE(server.requests()[0].method, method);
    QCOMPARE(server.requests()[0].body, body);
    QVERIFY(server.requests()[0].header("content-type").isEmpty());
}

void TstCurlTransport::sendsSecretHeaders()
{
    StubServer server([](const StubRequest &) { return text("ok"); });
    CurlTransport transport(trusting(server));
    HttpRequest request = get(server.url(QStringLiteral("/")));
    request.secretHeaders.push_back({"Authorization", Secret::take("Bearer abc").value()});
    QVERIFY(exchange(transport, std::move(request)).has_value());
    QCOMPARE(server.requests()[0].header("authorization"), QByteArray("Bearer abc"));
}

void TstCurlTransport::refusesHeadersWithLineBreaks()
{
    StubServer server([](const StubRequest &) { return text("ok"); });
    CurlTransport transport(trusting(server));
    HttpRequest request = get(server.url(QStringLiteral("/")));
    request.secretHeaders.push_back({"Authorization", Secret::take("a\r\nX: y").value()});
    const auto response = exchange(transport, std::move(request));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::BadRequest);
    QVERIFY(!response.error().detail.contains(QLatin1String("X: y")));
    QVERIFY(server.requests().empty());
}

void TstCurlTransport::keepsItsConnectionWarm()
{
    StubServer server([](const StubRequest &) { return text("ok"); });
    CurlTransport transport(trusting(server));
    for (int i = 0; i < 5; ++i)
        QVERIFY(exchange(transport, get(server.url(QStringLiteral("/")))).has_value());
    QCOMPARE(server.connectionCount(), 1);
}

void TstCurlTransport::reconnectsWhenTheServerHungUp()
{
    StubServer server([](const StubRequest &) {
        StubReply reply;
        reply.raw = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"; // then it closes
        return reply;
    });
    CurlTransport transport(trusting(server));
    for (int i = 0; i < 3; ++i) {
        HttpRequest request = get(server.url(QStringLiteral("/")));
        request.method = "POST";
        request.body = "x";
        const auto response = exchange(transport, std::move(request));
        QVERIFY2(response.has_value(), response ? "" : qPrintable(response.error().detail));
        QTRY_COMPARE(server.openConnections(), 0);
    }
    QCOMPARE(server.requests().size(), size_t(3));
    QCOMPARE(server.connectionCount(), 3);
}

void TstCurlTransport::sendsAtTheSameTime()
{
    StubServer server([](const StubRequest &request) { return text(request.path); });
    CurlTransport transport(trusting(server));
    std::vector<Task<HttpResponse>> tasks;
    for (int i = 0; i < 20; ++i)
        tasks.push_back(transport.send(get(server.url(QStringLiteral("/%1").arg(i))), {}));
    const auto results = QCoro::waitFor(all(std::move(tasks)));
    for (int i = 0; i < 20; ++i) {
        QVERIFY(results[size_t(i)].has_value());
        QCOMPARE(results[size_t(i)]->body, QByteArray("/" + QByteArray::number(i)));
    }
    QVERIFY(server.connectionCount() <= 4);
}

void TstCurlTransport::givesA4xxAsAResponse()
{
    StubServer server([](const StubRequest &) {
        StubReply reply = text("no");
        reply.status = 429;
        reply.headers.emplace_back("Retry-After", "7");
        return reply;
    });
    CurlTransport transport(trusting(server));
    const auto response = exchange(transport, get(server.url(QStringLiteral("/"))));
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 429);
    QCOMPARE(response->header("retry-after"), QByteArray("7"));
}

void TstCurlTransport::doesNotFollowARedirect()
{
    StubServer other([](const StubRequest &) { return text("stolen"); });
    StubServer server([&other](const StubRequest &) {
        StubReply reply;
        reply.status = 302;
        reply.headers = {{"Location", other.url(QStringLiteral("/")).toEncoded()}};
        return reply;
    });
    CurlTransport transport(trusting(server));
    const auto response = exchange(transport, get(server.url(QStringLiteral("/"))));
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 302);
    QCOMPARE(other.connectionCount(), 0);
}

void TstCurlTransport::cancelsAtOnce()
{
    StubServer server([](const StubRequest &) {
        StubReply reply;
        reply.silent = true;
        return reply;
    });
    CurlTransport transport(trusting(server));
    std::stop_source source;
    Task<HttpResponse> task =
        transport.send(get(server.url(QStringLiteral("/"))), source.get_token());
    QTRY_COMPARE(server.requests().size(), size_t(1));
    source.request_stop();
    const auto response = await(std::move(task));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0); // the transfer is gone, not merely ignored
}

void TstCurlTransport::isCancelledAlready()
{
    StubServer server([](const StubRequest &) { return text("ok"); });
    CurlTransport transport(trusting(server));
    std::stop_source source;
    source.request_stop();
    Task<HttpResponse> task =
        transport.send(get(server.url(QStringLiteral("/"))), source.get_token());
    QCOMPARE(await(std::move(task)).error().kind, Error::Kind::Cancelled);
    QCOMPARE(transport.requestCount(), 0);
}

void TstCurlTransport::endsWithCancelledWhenDestroyed()
{
    StubServer server([](const StubRequest &) {
        StubReply reply;
        reply.silent = true;
        return reply;
    });
    auto transport = std::make_unique<CurlTransport>(trusting(server));
    Task<HttpResponse> task = transport->send(get(server.url(QStringLiteral("/"))), {});
    QTRY_COMPARE(server.requests().size(), size_t(1));
    transport.reset();
    QCOMPARE(await(std::move(task)).error().kind, Error::Kind::Cancelled);
}

void TstCurlTransport::doesNotBlockTheLoop()
{
    StubServer server([](const StubRequest &) {
        StubReply reply;
        reply.silent = true;
        return reply;
    });
    CurlTransport transport(trusting(server));
    HttpRequest request = get(server.url(QStringLiteral("/")));
    request.timeout = 60s;
    // Ends when the loop has turned, however slow the machine is.
    std::stop_source source;
    int ticks = 0;
    QTimer ticker;
    ticker.callOnTimeout([&ticks, &source] {
        if (++ticks == 3)
            source.request_stop();
    });
    ticker.start(5);
    Task<HttpResponse> task = transport.send(std::move(request), source.get_token());
    QCOMPARE(await(std::move(task)).error().kind, Error::Kind::Cancelled);
}

void TstCurlTransport::timesOut()
{
    StubServer server([](const StubRequest &) {
        StubReply reply;
        reply.silent = true;
        return reply;
    });
    CurlTransport transport(trusting(server));
    HttpRequest request = get(server.url(QStringLiteral("/")));
    request.timeout = 100ms;
    const auto response = exchange(transport, std::move(request));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Timeout);
    QVERIFY(response.error().detail.contains(QLatin1String("localhost")));
    QVERIFY(!response.error().advice.isEmpty());
}

QTEST_GUILESS_MAIN(TstCurlTransport)
#include "tst_curltransport.moc"
