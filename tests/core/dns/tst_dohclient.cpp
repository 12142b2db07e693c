// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DohClient.h"
#include "core/records/OutsideResolvers.h"
#include "tests/support/Await.h"
#include "tests/support/ScriptedDoh.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// DNS over HTTPS (RFC 8484) against scripted resolvers: what is sent, and that nothing is believed
// that does not answer the question.
class TstDohClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_doh = std::make_unique<ScriptedDoh>(); }
    void sendsOneMessageAsRfc8484Wants();
    void readsTheAnswer();
    void readsANo();
    void believesNothingElse_data();
    void believesNothingElse();
    void passesOnWhatTheTransportSays();
    void asksOverHttpsOnly();
    void stopsWhenTold();
    void takesAddresses_data();
    void takesAddresses();
    void keepsSettings();
    void survivesSettingsThatNobodyWrote();

private:
    [[nodiscard]] Result<DnsReply> ask(const char *url = "https://doh.example/dns-query",
                                       std::stop_token stop = {})
    {
        DohClient client(*m_doh);
        const DnsQuestion question{m_name, DnsType::TXT, true};
        return await(client.ask(QUrl(QString::fromLatin1(url)), question, 2s, stop));
    }

    const DnsName m_name = *DnsName::fromText(QStringLiteral("_acme-challenge.example.test"));
    const QString m_host = QStringLiteral("doh.example");
    std::unique_ptr<ScriptedDoh> m_doh;
};

void TstDohClient::sendsOneMessageAsRfc8484Wants()
{
    QVERIFY(ask());
    QCOMPARE(m_doh->asked.size(), std::size_t(1));
    const ScriptedDoh::Asked &sent = m_doh->asked.front();
    QCOMPARE(sent.method, QByteArray("POST"));
    QCOMPARE(sent.contentType, QByteArray("application/dns-message"));
    QCOMPARE(sent.id, 0U);
    QCOMPARE(sent.type, 16U);
    QCOMPARE(sent.name, m_name);
}

void TstDohClient::readsTheAnswer()
{
    m_doh->serve(m_host, m_name.text(), {QStringLiteral("ours"), QStringLiteral("another")});
    const auto reply = ask();
    QVERIFY2(reply.has_value(), qPrintable(reply ? QString() : describe(reply.error())));
    QCOMPARE(reply->rcode, 0);
    QCOMPARE(reply->answer.size(), std::size_t(2));
    QCOMPARE(reply->answer[0].value, QStringLiteral("ours"));
    QCOMPARE(reply->answer[0].ttl, 60);
}

void TstDohClient::readsANo()
{
    const auto reply = ask();
    QVERIFY2(reply.has_value(), qPrintable(reply ? QString() : describe(reply.error())));
    QCOMPARE(reply->rcode, 3);
    QVERIFY(reply->answer.empty());
    QCOMPARE(reply->authority.size(), std::size_t(1));
    QCOMPARE(reply->authority[0].minimum, 60);
}

void TstDohClient::believesNothingElse_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("change"); // of the right reply
    QTest::addColumn<int>("kind");
    const QByteArray right("application/dns-message");
    const auto corrupt = static_cast<int>(Error::Kind::Corrupt);
    const auto network = static_cast<int>(Error::Kind::Network);
    QTest::newRow("a redirect") << 302 << right << QString() << network;
    QTest::newRow("an error page") << 503 << QByteArray("text/html") << QString() << network;
    QTest::newRow("no such path") << 404 << right << QString() << network;
    QTest::newRow("a portal's page") << 200 << QByteArray("text/html") << QString() << corrupt;
    QTest::newRow("no type") << 200 << QByteArray() << QString() << corrupt;
    QTest::newRow("JSON") << 200 << QByteArray("application/dns-json") << QString() << corrupt;
    QTest::newRow("nothing") << 200 << right << QStringLiteral("empty") << corrupt;
    QTest::newRow("cut") << 200 << right << QStringLiteral("cut") << corrupt;
    QTest::newRow("another id") << 200 << right << QStringLiteral("id") << corrupt;
    QTest::newRow("a query") << 200 << right << QStringLiteral("query") << corrupt;
    QTest::newRow("another name") << 200 << right << QStringLiteral("name") << corrupt;
    QTest::newRow("noise") << 200 << right << QStringLiteral("noise") << corrupt;
}

void TstDohClient::believesNothingElse()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QString, change);
    QFETCH(int, kind);
    m_doh->script(m_host, [&](const HttpRequest &request) -> Result<HttpResponse> {
        QByteArray body = ScriptedDoh::reply(request.body, {QStringLiteral("ours")});
        if (change == QLatin1String("empty"))
            body.clear();
        else if (change == QLatin1String("cut"))
            body.chop(3);
        else if (change == QLatin1String("id"))
            body[1] = 7;
        else if (change == QLatin1String("query"))
            body[2] = 1;
        else if (change == QLatin1String("name"))
            body[14] = 'x';
        else if (change == QLatin1String("noise"))
            body = QByteArray(600, '\xc0');
        return HttpResponse{status, {{"content-type", type}}, body};
    });
    const auto reply = ask();
    QVERIFY(!reply);
    QCOMPARE(static_cast<int>(reply.error().kind), kind);
    QVERIFY(reply.error().detail.contains(m_host) || kind == int(Error::Kind::Corrupt));
}

void TstDohClient::passesOnWhatTheTransportSays()
{
    m_doh->script(m_host, [](const HttpRequest &) -> Result<HttpResponse> {
        return fail(Error::Kind::Timeout, QStringLiteral("too late"));
    });
    const auto reply = ask();
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Timeout);
}

void TstDohClient::asksOverHttpsOnly()
{
    const auto reply = ask("http://doh.example/dns-query");
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::BadRequest);
    QVERIFY(m_doh->asked.empty());
}

void TstDohClient::stopsWhenTold()
{
    std::stop_source stop;
    stop.request_stop();
    const auto reply = ask("https://doh.example/dns-query", stop.get_token());
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Cancelled);
}

void TstDohClient::takesAddresses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("kept"); // empty = refused
    const auto row = [](const char *name, const char *typed, const char *kept) {
        QTest::newRow(name) << QString::fromUtf8(typed) << QString::fromUtf8(kept);
    };
    row("as it is written", "https://dns.quad9.net/dns-query", "https://dns.quad9.net/dns-query");
    row("blanks around", " https://dns.google/dns-query ", "https://dns.google/dns-query");
    row("a template", "https://dns.google/dns-query{?dns}", "https://dns.google/dns-query");
    row("a port", "https://doh.example:8443/q", "https://doh.example:8443/q");
    row("an address", "https://[2001:db8::1]/dns-query", "https://[2001:db8::1]/dns-query");
    row("plain http", "http://doh.example/dns-query", "");
    row("no scheme", "doh.example/dns-query", "");
    row("no host", "https:///dns-query", "");
    row("a password", "https://me:secret@doh.example/dns-query", "");
    row("a query", "https://doh.example/dns-query?who=me", "");
    row("a fragment", "https://doh.example/dns-query#me", "");
    row("nothing", "", "");
    row("noise", "https://doh exa mple/", "");
}

void TstDohClient::takesAddresses()
{
    QFETCH(QString, typed);
    QFETCH(QString, kept);
    const auto url = outsideUrlFromText(typed);
    QCOMPARE(url.has_value(), !kept.isEmpty());
    if (url)
        QCOMPARE(*url, kept);
    else
        QVERIFY(!url.error().detail.contains(QStringLiteral("secret")));
}

void TstDohClient::keepsSettings()
{
    OutsideResolvers wanted;
    wanted.use = false;
    wanted.unattended = false;
    wanted.urls = {QStringLiteral("https://doh.example/dns-query")};
    QCOMPARE(OutsideResolvers::fromJson(wanted.toJson()), wanted);
    QCOMPARE(OutsideResolvers::fromJson({}), OutsideResolvers());
    QCOMPARE(OutsideResolvers().urls.size(), 2);
    QCOMPARE(outsideName(OutsideResolvers().urls[0]), QStringLiteral("Quad9"));
    QCOMPARE(outsideName(wanted.urls[0]), m_host);
}

void TstDohClient::survivesSettingsThatNobodyWrote()
{
    QJsonArray urls{QStringLiteral("http://plain.example/"), 7,
                    QStringLiteral("https://doh.example/q"),
                    QStringLiteral("https://doh.example/q")};
    for (int i = 0; i < 20; ++i)
        urls.append(QStringLiteral("https://r%1.example/").arg(i));
    const auto read = OutsideResolvers::fromJson(
        QJsonObject{{QStringLiteral("urls"), urls}, {QStringLiteral("use"), 3}});
    QCOMPARE(read.urls.size(), OutsideResolvers::most);
    QCOMPARE(read.urls[0], QStringLiteral("https://doh.example/q"));
    QVERIFY(read.use);
}

QTEST_GUILESS_MAIN(TstDohClient)
#include "tst_dohclient.moc"
