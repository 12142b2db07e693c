// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/Await.h"
#include "tests/support/RecordedTransport.h"

#include <QTest>

using namespace sealbook;

class TstRecordedTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void playsAnExchangeReadFromJson();
    void refusesWhatDiffers_data();
    void refusesWhatDiffers();
    void reportsExchangesThatNobodyAskedFor();
    void playsAnError();
};

static QJsonArray parsed(const char *json)
{
    return QJsonDocument::fromJson(json).array();
}

static const char *const addRecord = R"([{
    "request": {"method": "POST", "url": "/v1/records?zone=example.org",
                "headers": {"Accept": "application/json"},
                "body": {"type": "TXT", "ttl": 60}},
    "reply": {"status": 201, "headers": {"X-Id": "7"}, "body": {"id": 7}}}])";

static HttpRequest addRequest()
{
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(QStringLiteral("https://api.example/v1/records?zone=example.org"));
    request.headers = {{"accept", "application/json"}};
    request.body = R"({"ttl": 60, "type": "TXT"})";
    return request;
}

void TstRecordedTransport::playsAnExchangeReadFromJson()
{
    RecordedTransport transport(RecordedExchange::listFromJson(parsed(addRecord)));
    Task<HttpResponse> task = transport.send(addRequest(), {});
    const auto response = await(std::move(task));
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 201);
    QCOMPARE(response->header("x-id"), QByteArray("7"));
    QCOMPARE(response->body, QByteArray(R"({"id":7})"));
    QVERIFY(transport.isExhausted());
    QCOMPARE(transport.requestCount(), 1);
}

void TstRecordedTransport::refusesWhatDiffers_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("method") << 0;
    QTest::newRow("query") << 1;
    QTest::newRow("header missing") << 2;
    QTest::newRow("header value") << 3;
    QTest::newRow("body") << 4;
}

void TstRecordedTransport::refusesWhatDiffers()
{
    QFETCH(int, what);
    QStringList reports;
    RecordedTransport transport(RecordedExchange::listFromJson(parsed(addRecord)));
    transport.setReporter([&reports](const QString &text) { reports.append(text); });
    HttpRequest request = addRequest();
    switch (what) {
    case 0:
        request.method = "PUT";
        break;
    case 1:
        request.url.setQuery(QStringLiteral("zone=example.com"));
        break;
    case 2:
        request.headers.clear();
        break;
    case 3:
        request.headers[0].value = "text/html";
        break;
    default:
        request.body = R"({"ttl": 61, "type": "TXT"})";
    }
    Task<HttpResponse> task = transport.send(std::move(request), {});
    const auto response = await(std::move(task));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Internal);
    QCOMPARE(reports.size(), 1);
}

void TstRecordedTransport::reportsExchangesThatNobodyAskedFor()
{
    QStringList reports;
    {
        RecordedTransport transport(RecordedExchange::listFromJson(parsed(addRecord)));
        transport.setReporter([&reports](const QString &text) { reports.append(text); });
    }
    QCOMPARE(reports.size(), 1);
    QVERIFY(reports.first().contains(QLatin1String("/v1/records")));
}

void TstRecordedTransport::playsAnError()
{
    RecordedTransport transport(RecordedExchange::listFromJson(parsed(
        R"([{"request": {"url": "/x"}, "error": {"kind": "Timeout", "detail": "too slow"}}])")));
    HttpRequest request;
    request.url = QUrl(QStringLiteral("https://api.example/x"));
    Task<HttpResponse> task = transport.send(std::move(request), {});
    const auto response = await(std::move(task));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Timeout);
}

QTEST_GUILESS_MAIN(TstRecordedTransport)
#include "tst_recordedtransport.moc"
