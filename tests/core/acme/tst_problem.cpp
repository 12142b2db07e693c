// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/NoncePool.h"
#include "core/acme/Problem.h"
#include "core/http/RetryAfter.h"

#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// What CAs say when they say no: problem documents, Retry-After, nonces.
class TstProblem : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRetryAfter_data();
    void readsRetryAfter();
    void countsAPastDateAsNow();
    void boundsTheWaitBetweenPolls();
    void mapsTypesToKinds_data();
    void mapsTypesToKinds();
    void keepsSubproblems();
    void survivesNonsense_data();
    void survivesNonsense();
    void explainsWhatIsNoProblemDocument_data();
    void explainsWhatIsNoProblemDocument();
    void B81_readsTheMomentFromBouldersText();
    void refusesDeepJson();
    void countsDepthOutsideStringsOnly();
    void keepsAtMostThirtyTwoNonces();
    void takesTheNewestNonceFirst();
    void dropsInvalidNonces_data();
    void dropsInvalidNonces();
};

static HttpResponse response(int status, const QByteArray &body,
                             std::vector<HttpHeader> headers = {})
{
    HttpResponse reply;
    reply.status = status;
    reply.body = body;
    reply.headers = std::move(headers);
    return reply;
}

static const QUrl target(QStringLiteral("https://ca.example/new-order"));

void TstProblem::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("seconds"); // -1: none
    const qint64 month = 30 * 86400;
    QTest::newRow("seconds") << QByteArray("120") << qint64(120);
    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("ten years") << QByteArray("315360000") << month;
    QTest::newRow("beyond numbers") << QByteArray("99999999999999999999999") << month;
    QTest::newRow("negative") << QByteArray("-5") << qint64(-1);
    QTest::newRow("nothing") << QByteArray() << qint64(-1);
    QTest::newRow("words") << QByteArray("soon enough for you") << qint64(-1);
    QTest::newRow("IMF-fixdate") << QByteArray("Sun, 06 Nov 1994 08:50:37 GMT") << qint64(60);
    QTest::newRow("RFC 850") << QByteArray("Sunday, 06-Nov-94 08:50:37 GMT") << qint64(60);
    QTest::newRow("asctime") << QByteArray("Sun Nov  6 08:50:37 1994") << qint64(60);
    QTest::newRow("three days") << QByteArray("Wed, 09 Nov 1994 08:49:37 GMT") << qint64(3 * 86400);
    QTest::newRow("past date") << QByteArray("Sat, 05 Nov 1994 08:49:37 GMT") << qint64(0);
    QTest::newRow("date in ten years") << QByteArray("Sat, 06 Nov 2004 08:49:37 GMT") << month;
    QTest::newRow("no such day") << QByteArray("Sun, 36 Nov 1994 08:50:37 GMT") << qint64(-1);
}

void TstProblem::readsRetryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, seconds);
    const auto asked = retryAfter(
        response(429, {}, {{"date", "Sun, 06 Nov 1994 08:49:37 GMT"}, {"retry-after", value}}));
    QCOMPARE(asked ? qint64(asked->count()) : -1, seconds);
}

void TstProblem::countsAPastDateAsNow()
{
    const QByteArray past = "Sun, 06 Nov 1994 08:50:37 GMT";
    const auto asked = retryAfter(response(429, {}, {{"retry-after", past}}));
    QCOMPARE(asked, std::optional<std::chrono::seconds>(0s));
}

void TstProblem::boundsTheWaitBetweenPolls()
{
    QCOMPARE(politeWait(0s), 1s);
    QCOMPARE(politeWait(7s), 7s);
    QCOMPARE(politeWait(24h), std::chrono::seconds(1h));
}

void TstProblem::mapsTypesToKinds_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("kind");
    const auto row = [](int status, const char *type, Error::Kind kind) {
        QTest::addRow("%d %s", status, type) << status << QString::fromLatin1(type) << int(kind);
    };
    row(429, "rateLimited", Error::Kind::RateLimited);
    row(400, "accountDoesNotExist", Error::Kind::NotFound);
    row(403, "unauthorized", Error::Kind::Unauthorized);
    row(403, "userActionRequired", Error::Kind::CaRefused);
    row(400, "badCSR", Error::Kind::BadRequest);
    row(400, "malformed", Error::Kind::BadRequest);
    row(404, "malformed", Error::Kind::NotFound);
    row(409, "alreadyReplaced", Error::Kind::Conflict);
    row(403, "caa", Error::Kind::CaRefused);
    row(400, "rejectedIdentifier", Error::Kind::CaRefused);
    row(400, "badSignatureAlgorithm", Error::Kind::CaRefused);
    row(500, "serverInternal", Error::Kind::Network);
    row(400, "somethingNew", Error::Kind::CaRefused);
    row(409, "somethingNew", Error::Kind::Conflict);
}

void TstProblem::mapsTypesToKinds()
{
    QFETCH(int, status);
    QFETCH(QString, type);
    QFETCH(int, kind);
    const QByteArray body = R"({"type":"urn:ietf:params:acme:error:)" + type.toLatin1()
        + R"(","detail":"the CA's own words"})";
    const Error error = errorFromReply(response(status, body), target);
    QCOMPARE(int(error.kind), kind);
    QCOMPARE(error.detail, QStringLiteral("the CA's own words"));
    QVERIFY(error.type.endsWith(type));
    QCOMPARE(error.evidence[QLatin1String("status")].toInt(), status);
}

void TstProblem::keepsSubproblems()
{
    // The example of RFC 8555 section 6.7.1.
    const QByteArray body = R"({"type": "urn:ietf:params:acme:error:malformed",
        "detail": "Some of the identifiers requested were rejected",
        "subproblems": [
            {"type": "urn:ietf:params:acme:error:malformed",
             "detail": "Invalid underscore in DNS name \"_example.org\"",
             "identifier": {"type": "dns", "value": "_example.org"}},
            {"type": "urn:ietf:params:acme:error:rejectedIdentifier",
             "detail": "This CA will not issue for \"example.net\"",
             "identifier": {"type": "dns", "value": "example.net"}}]})";
    const Error error = errorFromReply(response(403, body), target);
    QCOMPARE(error.parts.size(), size_t(2));
    QCOMPARE(error.parts[0].subject, QStringLiteral("_example.org"));
    QCOMPARE(error.parts[1].type, QStringLiteral("urn:ietf:params:acme:error:rejectedIdentifier"));
    QVERIFY(error.parts[1].detail.contains(QLatin1String("example.net")));
}

void TstProblem::survivesNonsense_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("type is a number") << QByteArray(R"({"type":7,"detail":[]})");
    QTest::newRow("subproblems are text")
        << QByteArray(R"({"type":"x","detail":"y","subproblems":"z"})");
    QTest::newRow("subproblems of numbers")
        << QByteArray(R"({"type":"x","detail":"y","subproblems":[1,null,[]]})");
    QTest::newRow("control characters")
        << QByteArray(R"({"type":"x","detail":"a\u0000\u001b[31m"})");
    QTest::newRow("a long story") << R"({"type":"x","detail":")" + QByteArray(100000, 'a')
            + R"("})";
    QTest::newRow("half a document") << QByteArray(R"({"type":"urn:ietf:par)");
    QTest::newRow("not UTF-8") << QByteArray("{\"type\":\"x\",\"detail\":\"\xff\xfe\"}");
}

void TstProblem::survivesNonsense()
{
    QFETCH(QByteArray, body);
    const Error error = errorFromReply(response(400, body), target);
    QVERIFY(!error.detail.isEmpty());
    QVERIFY(error.detail.size() <= 2000);
    for (const QChar c : error.detail)
        QVERIFY(c.category() != QChar::Other_Control);
}

void TstProblem::explainsWhatIsNoProblemDocument_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("word");
    const QByteArray html = "<html>Sign in</html>";
    QTest::newRow("redirect") << 302 << html << int(Error::Kind::Network)
                              << QStringLiteral("redirect");
    QTest::newRow("bad gateway") << 502 << html << int(Error::Kind::Network)
                                 << QStringLiteral("502");
    QTest::newRow("too many") << 429 << html << int(Error::Kind::RateLimited)
                              << QStringLiteral("429");
    QTest::newRow("not found") << 404 << html << int(Error::Kind::NotFound)
                               << QStringLiteral("404");
    QTest::newRow("nothing") << 500 << QByteArray() << int(Error::Kind::Network)
                             << QStringLiteral("text/html");
}

void TstProblem::explainsWhatIsNoProblemDocument()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    QFETCH(QString, word);
    const Error error =
        errorFromReply(response(status, body, {{"content-type", "text/html"}}), target);
    QCOMPARE(int(error.kind), kind);
    QVERIFY2(error.detail.contains(word), qPrintable(error.detail));
    QVERIFY(error.detail.contains(QLatin1String("ca.example")));
    QVERIFY(!error.advice.isEmpty());
    QVERIFY(!error.detail.contains(QLatin1String("Sign in")));
}

void TstProblem::B81_readsTheMomentFromBouldersText()
{
    const QDateTime until = QDateTime::currentDateTimeUtc().addDays(3);
    const QByteArray body =
        R"({"type":"urn:ietf:params:acme:error:rateLimited","detail":"too many, retry after )"
        + until.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")).toLatin1() + R"( UTC: see docs"})";
    const Error error = errorFromReply(response(429, body), target);
    QVERIFY(error.retryAfter.has_value());
    QVERIFY(qAbs(error.retryAfter->count() - 3 * 86400) <= 60);
}

void TstProblem::refusesDeepJson()
{
    const auto nested = [](int depth) {
        return "{\"a\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + "}";
    };
    QVERIFY(acmeJson(nested(32)).has_value());
    const auto refused = acmeJson(nested(33));
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, Error::Kind::Corrupt);
    QVERIFY(!acmeJson(nested(200000)).has_value());
}

void TstProblem::countsDepthOutsideStringsOnly()
{
    const QByteArray json = "{\"a\":\"\\\"" + QByteArray(100, '[') + "\"}";
    QVERIFY(acmeJson(json).has_value());
}

void TstProblem::keepsAtMostThirtyTwoNonces()
{
    NoncePool pool;
    for (int i = 0; i < 100; ++i)
        pool.add(QByteArray::number(i));
    QCOMPARE(pool.size(), size_t(32));
}

void TstProblem::takesTheNewestNonceFirst()
{
    NoncePool pool;
    QVERIFY(!pool.take().has_value());
    pool.add("old");
    pool.add("new");
    QCOMPARE(pool.take().value(), QByteArray("new"));
    QCOMPARE(pool.take().value(), QByteArray("old"));
    QVERIFY(pool.isEmpty());
}

void TstProblem::dropsInvalidNonces_data()
{
    QTest::addColumn<QByteArray>("nonce");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank") << QByteArray("a b");
    QTest::newRow("padding") << QByteArray("YQ==");
    QTest::newRow("quote") << QByteArray("a\"b");
    QTest::newRow("endless") << QByteArray(2000, 'a');
}

void TstProblem::dropsInvalidNonces()
{
    QFETCH(QByteArray, nonce);
    NoncePool pool;
    pool.add(nonce);
    QVERIFY(pool.isEmpty());
}

QTEST_GUILESS_MAIN(TstProblem)
#include "tst_problem.moc"
