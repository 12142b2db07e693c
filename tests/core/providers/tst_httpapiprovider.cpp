// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/HttpTransport.h"
#include "core/providers/DnsProvider.h"
#include "core/providers/NameTurns.h"
#include "core/providers/ProviderCatalog.h"
#include "tests/support/Await.h"
#include "tests/support/FakeResolver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <functional>

using namespace sealbook;

namespace {

// A provider's server that answers as the test says.
class ScriptedApi final : public HttpTransport
{
public:
    struct Asked
    {
        QByteArray method;
        QString path;
        QByteArray body;
    };
    std::vector<Asked> asked;
    std::function<HttpResponse(const Asked &, const QString &query)> answer;

    [[nodiscard]] Task<HttpResponse> send(HttpRequest request, std::stop_token) override
    {
        const Asked now{request.method, request.url.path(), request.body};
        asked.push_back(now);
        HttpResponse response = answer(now, request.url.query());
        co_return response;
    }
    [[nodiscard]] int requestCount() const override { return static_cast<int>(asked.size()); }
    [[nodiscard]] QStringList sent(const QByteArray &method) const
    {
        QStringList paths;
        for (const Asked &each : asked) {
            if (each.method == method)
                paths.append(each.path);
        }
        return paths;
    }
};

HttpResponse reply(int status, const QByteArray &body)
{
    HttpResponse response;
    response.status = status;
    response.headers = {{"content-type", "application/json"}};
    response.body = body;
    return response;
}

QByteArray zone(const char *id, const char *name)
{
    return QByteArray(R"({"id":")") + id + R"(","name":")" + name + R"("})";
}

QByteArray result(const QByteArray &value)
{
    return R"({"success":true,"result":)" + value + "}";
}

TxtRecord record(const char *zoneName = "example.org")
{
    TxtRecord wanted;
    wanted.zone = DnsName::fromText(QLatin1String(zoneName)).value();
    wanted.name =
        DnsName::fromText(QStringLiteral("_acme-challenge.") + QLatin1String(zoneName)).value();
    wanted.value = QStringLiteral("value-of-43-characters-as-the-authorization");
    wanted.ttl = 120;
    return wanted;
}

// A set of values at Gandi, as its API reads and writes it.
class SetApi
{
public:
    QStringList values;
    std::function<void(SetApi &)> afterWrite = [](SetApi &) {}; // what another program does
    int writes = 0;

    [[nodiscard]] HttpResponse answer(const ScriptedApi::Asked &asked)
    {
        if (asked.method == "GET" && values.isEmpty())
            return reply(404, R"({"code":404,"message":"not there"})");
        if (asked.method == "GET") {
            QJsonArray quoted;
            for (const QString &value : values)
                quoted.append(QLatin1Char('"') + value + QLatin1Char('"'));
            const QJsonObject set{{QStringLiteral("rrset_ttl"), 300},
                                  {QStringLiteral("rrset_values"), quoted}};
            return reply(200, QJsonDocument(set).toJson());
        }
        ++writes;
        values.clear();
        const QJsonArray written = QJsonDocument::fromJson(asked.body)
                                       .object()
                                       .value(QLatin1String("rrset_values"))
                                       .toArray();
        for (const QJsonValue &value : written)
            values.append(value.toString().remove(QLatin1Char('"')));
        afterWrite(*this);
        return reply(asked.method == "DELETE" ? 204 : 201, "{}");
    }
};

// Turns that are written down, or refused, or lost while they are held.
class ScriptedTurns final : public NameTurns
{
public:
    QStringList log;
    bool refuses = false;
    int loses = 0; // so many of the next ones
    std::function<void()> whenLost = [] {};

    [[nodiscard]] Task<> take(DnsName name, std::stop_token) override
    {
        log.append(QStringLiteral("take ") + name.text());
        if (refuses)
            co_return fail(Error::Kind::Timeout, QStringLiteral("somebody else's turn"));
        co_return {};
    }
    [[nodiscard]] Task<> renew(DnsName) override
    {
        if (loses == 0)
            co_return {};
        --loses;
        whenLost();
        Error error;
        error.kind = Error::Kind::Conflict;
        error.evidence = {{QStringLiteral("turn_lost"), true}};
        co_return fail(std::move(error));
    }
    [[nodiscard]] QCoro::Task<> giveBack(DnsName name) override
    {
        log.append(QStringLiteral("give back ") + name.text());
        co_return;
    }
};

struct SetProvider
{
    SetApi set;
    ScriptedTurns turns;
    ProviderCatalog catalog;
    FakeResolver resolver;
    ScriptedApi api;
    std::unique_ptr<DnsProvider> provider;

    SetProvider()
    {
        api.answer = [this](const ScriptedApi::Asked &asked, const QString &) {
            turns.log.append(QString::fromLatin1(asked.method));
            return set.answer(asked);
        };
        catalog.setTurns(&turns);
        std::map<QString, Secret> secrets;
        secrets.emplace(QStringLiteral("token"), Secret::take("a-token").value());
        provider = std::move(
            *catalog.make(QStringLiteral("gandi"), {}, std::move(secrets), api, resolver));
    }
};

} // namespace

// What providers answer that they should not. One definition stands for all: the engine is the
// same, only the data differ.
class TestHttpApiProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void B30_forbiddenInOneZoneIsToldAndTheOtherWorks();
    void aProviderThatIsDownMayBeTriedAgain_data();
    void aProviderThatIsDownMayBeTriedAgain();
    void readsAgainAfterAGatewayStumbled();
    void waitsByTheProvidersOwnClock();
    void B73_aZoneListedTwiceIsNotGuessed();
    void B74_anIdOfAnyKindIsUsedAsItIs_data();
    void B74_anIdOfAnyKindIsUsedAsItIs();
    void B74_withoutAnIdTheRecordIsLookedUp_data();
    void B74_withoutAnIdTheRecordIsLookedUp();
    void B74_neverRemovesWithoutAnId();
    void B76_whatIsGoneIsRemoved();
    void B77_pagesThatNeverEndAreCutOff();
    void B78_tooLowATtlIsRaisedAndTold();
    void B78_aTtlThatIsHighEnoughStays();
    void B79_writesBackWhatOthersWroteAsItWas();
    void writesAgainWhatAnotherProgramReplaced();
    void givesUpAgainstAProgramThatNeverStops();
    void takesTheTurnAroundEachChange();
    void writesNothingOutOfTurn();
    void aLostTurnIsTakenAgainAndTheSetReadAnew();
    void turnsThatAreAlwaysLostEndTheChange();

private:
    [[nodiscard]] QByteArray records() const;

    ProviderCatalog m_catalog;
    FakeResolver m_resolver;
    std::unique_ptr<ScriptedApi> m_api;
    std::unique_ptr<DnsProvider> m_provider;
    QByteArray m_zones; // of the reply
    QByteArray m_newId; // as JSON
    QByteArray m_listedId;
};

QByteArray TestHttpApiProvider::records() const
{
    if (m_listedId.isEmpty())
        return "[]";
    return R"([{"type":"TXT","name":"_acme-challenge.example.org","id":)" + m_listedId
        + R"(,"content":"\")" + record().value.toLatin1() + R"(\""}])";
}

void TestHttpApiProvider::init()
{
    m_api = std::make_unique<ScriptedApi>();
    m_zones = "[" + zone("z1", "example.org") + "]";
    m_newId = R"("r1")";
    m_listedId.clear();
    m_api->answer = [this](const ScriptedApi::Asked &asked, const QString &) {
        if (asked.path.endsWith(QLatin1String("/zones")))
            return reply(200, result(m_zones));
        if (asked.method == "POST")
            return reply(200, result(R"({"id":)" + m_newId + "}"));
        if (asked.method == "DELETE")
            return reply(200, result("{}"));
        return reply(200, result(records()));
    };
    std::map<QString, Secret> secrets;
    secrets.emplace(QStringLiteral("token"),
                    Secret::take(QByteArray("cfut_aaaabbbbccccdddd")).value());
    auto made =
        m_catalog.make(QStringLiteral("cloudflare"), {}, std::move(secrets), *m_api, m_resolver);
    QVERIFY(made);
    m_provider = std::move(*made);
}

void TestHttpApiProvider::B30_forbiddenInOneZoneIsToldAndTheOtherWorks()
{
    m_api->answer = [](const ScriptedApi::Asked &asked, const QString &query) {
        if (asked.path.endsWith(QLatin1String("/zones")))
            return reply(
                200,
                result("["
                       + (query.contains(QLatin1String("other")) ? zone("z2", "other.example")
                                                                 : zone("z1", "example.org"))
                       + "]"));
        if (asked.path.contains(QLatin1String("z2")))
            return reply(403, R"({"success":false,"errors":[{"code":10000,
                                  "message":"Authentication error"}]})");
        return reply(200, result(R"({"id":"r1"})"));
    };
    const auto refused = await(m_provider->add(record("other.example"), {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Unauthorized);
    QVERIFY(refused.error().detail.contains(QStringLiteral("Authentication error")));
    QVERIFY(refused.error().advice.contains(QStringLiteral("not allowed")));
    QCOMPARE(refused.error().evidence.value(QLatin1String("status")).toInt(), 403);
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY2(added, added ? "" : qPrintable(describe(added.error())));
}

void TestHttpApiProvider::aProviderThatIsDownMayBeTriedAgain_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {500, 502, 503, 504})
        QTest::newRow(QByteArray::number(status).constData()) << status;
}

// It has refused nothing: the job is put aside, and not ended as failed. A write is sent once.
void TestHttpApiProvider::aProviderThatIsDownMayBeTriedAgain()
{
    QFETCH(int, status);
    m_api->answer = [this, status](const ScriptedApi::Asked &asked, const QString &) {
        if (asked.path.endsWith(QLatin1String("/zones")))
            return reply(200, result(m_zones));
        return reply(status, "<html>upstream is away</html>");
    };
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::Network);
    QCOMPARE(added.error().evidence.value(QLatin1String("status")).toInt(), status);
    QCOMPARE(m_api->sent("POST").size(), 1);
}

void TestHttpApiProvider::readsAgainAfterAGatewayStumbled()
{
    int asked = 0;
    const auto usual = m_api->answer;
    m_api->answer = [&asked, usual](const ScriptedApi::Asked &request, const QString &query) {
        return ++asked == 1 ? reply(502, "<html>bad gateway</html>") : usual(request, query);
    };
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY2(added, added ? "" : qPrintable(describe(added.error())));
    QCOMPARE(m_api->sent("POST").size(), 1);
}

// This machine's clock may be years off: what counts is how far the two dates are apart.
void TestHttpApiProvider::waitsByTheProvidersOwnClock()
{
    int asked = 0;
    const auto usual = m_api->answer;
    m_api->answer = [&asked, usual](const ScriptedApi::Asked &request, const QString &query) {
        if (++asked > 1)
            return usual(request, query);
        HttpResponse busy = reply(429, "{}");
        busy.headers.push_back({"date", "Sat, 25 Nov 2090 14:06:00 GMT"});
        busy.headers.push_back({"retry-after", "Sat, 25 Nov 2090 14:06:01 GMT"});
        return busy;
    };
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY2(added, added ? "" : qPrintable(describe(added.error())));
}

void TestHttpApiProvider::B73_aZoneListedTwiceIsNotGuessed()
{
    m_zones = "[" + zone("public", "example.org") + "," + zone("private", "Example.ORG.") + "]";
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::Conflict);
    QVERIFY2(added.error().detail.contains(QStringLiteral("public, private")),
             qPrintable(added.error().detail));
    QVERIFY(!added.error().advice.isEmpty());
    QCOMPARE(m_api->sent("POST"), QStringList());
}

void TestHttpApiProvider::B74_anIdOfAnyKindIsUsedAsItIs_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("last");
    QTest::newRow("text") << QByteArray(R"("r-1")") << QStringLiteral("r-1");
    QTest::newRow("number") << QByteArray("1234567") << QStringLiteral("1234567");
    QTest::newRow("a number past doubles")
        << QByteArray("9007199254740993") << QStringLiteral("9007199254740993");
    QTest::newRow("zero") << QByteArray("0") << QStringLiteral("0");
    // What a URL would understand is no part of one.
    QTest::newRow("hostile") << QByteArray(R"("a/../../zones?x=1#y")")
                             << QStringLiteral("a/../../zones?x=1#y");
}

void TestHttpApiProvider::B74_anIdOfAnyKindIsUsedAsItIs()
{
    QFETCH(QByteArray, id);
    QFETCH(QString, last);
    m_newId = id;
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY2(added, added ? "" : qPrintable(describe(added.error())));
    // Through the database, as after a crash.
    const QJsonObject handle =
        QJsonDocument::fromJson(QJsonDocument(added->handle).toJson()).object();
    const auto removed = await(m_provider->remove(record(), handle, {}));
    QVERIFY2(removed, removed ? "" : qPrintable(describe(removed.error())));
    QCOMPARE(m_api->sent("DELETE"),
             QStringList(QStringLiteral("/client/v4/zones/z1/dns_records/") + last));
}

void TestHttpApiProvider::B74_withoutAnIdTheRecordIsLookedUp_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("empty text") << QByteArray(R"("")");
    QTest::newRow("an object") << QByteArray("{}");
}

void TestHttpApiProvider::B74_withoutAnIdTheRecordIsLookedUp()
{
    QFETCH(QByteArray, id);
    m_newId = id;
    m_listedId = "77";
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY2(added, added ? "" : qPrintable(describe(added.error())));
    const auto removed = await(m_provider->remove(record(), added->handle, {}));
    QVERIFY2(removed, removed ? "" : qPrintable(describe(removed.error())));
    QCOMPARE(m_api->sent("DELETE"),
             QStringList(QStringLiteral("/client/v4/zones/z1/dns_records/77")));
}

void TestHttpApiProvider::B74_neverRemovesWithoutAnId()
{
    // A DELETE without the last part of its path might mean all records of the zone.
    m_newId = "null";
    m_listedId = "null";
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY(added);
    const auto removed = await(m_provider->remove(record(), added->handle, {}));
    QVERIFY(!removed);
    QCOMPARE(m_api->sent("DELETE"), QStringList());
}

void TestHttpApiProvider::B76_whatIsGoneIsRemoved()
{
    const auto answer = m_api->answer;
    m_api->answer = [answer](const ScriptedApi::Asked &asked, const QString &query) {
        if (asked.method == "DELETE")
            return reply(404, R"({"success":false,"errors":[{"message":"Record not found"}]})");
        return answer(asked, query);
    };
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY(added);
    const auto removed = await(m_provider->remove(record(), added->handle, {}));
    QVERIFY2(removed, removed ? "" : qPrintable(describe(removed.error())));
    QCOMPARE(m_api->sent("DELETE").size(), qsizetype(1));
    // Nothing to find either, and that is no error.
    const auto again = await(m_provider->remove(record(), {}, {}));
    QVERIFY2(again, again ? "" : qPrintable(describe(again.error())));
}

void TestHttpApiProvider::B77_pagesThatNeverEndAreCutOff()
{
    m_api->answer = [](const ScriptedApi::Asked &, const QString &) {
        return reply(200,
                     R"({"success":true,"result_info":{"total_pages":999999},"result":[)"
                         + zone("z9", "unrelated.example") + "]}");
    };
    const auto zones = await(m_provider->zones({}));
    QVERIFY(!zones);
    QCOMPARE(zones.error().kind, Error::Kind::Corrupt);
    QVERIFY(zones.error().detail.contains(QStringLiteral("does not come to an end")));
    QVERIFY2(m_api->requestCount() <= 200, qPrintable(QString::number(m_api->requestCount())));
}

void TestHttpApiProvider::B78_tooLowATtlIsRaisedAndTold()
{
    TxtRecord wanted = record();
    wanted.ttl = 5;
    const auto added = await(m_provider->add(wanted, {}));
    QVERIFY2(added, added ? "" : qPrintable(describe(added.error())));
    QCOMPARE(added->notes.size(), qsizetype(1));
    QVERIFY2(added->notes.constFirst().contains(QStringLiteral("60 s")),
             qPrintable(added->notes.constFirst()));
    QCOMPARE(QJsonDocument::fromJson(m_api->asked.back().body)
                 .object()
                 .value(QStringLiteral("ttl"))
                 .toInt(),
             60);
}

void TestHttpApiProvider::B78_aTtlThatIsHighEnoughStays()
{
    const auto added = await(m_provider->add(record(), {}));
    QVERIFY2(added, added ? "" : qPrintable(describe(added.error())));
    QCOMPARE(added->notes, QStringList());
    QCOMPARE(QJsonDocument::fromJson(m_api->asked.back().body)
                 .object()
                 .value(QStringLiteral("ttl"))
                 .toInt(),
             120);
}

// Escaped by the provider's own rules, octal at Route 53, and not UTF-8.
void TestHttpApiProvider::B79_writesBackWhatOthersWroteAsItWas()
{
    SetProvider it;
    const QString theirs = QStringLiteral("b\\374cher und \\303\\244pfel");
    it.set.values = {theirs};
    QVERIFY(await(it.provider->add(record(), {})));
    QCOMPARE(it.set.values, (QStringList{theirs, record().value}));
    QVERIFY(await(it.provider->remove(record(), {}, {})));
    QCOMPARE(it.set.values, QStringList{theirs});
}

void TestHttpApiProvider::writesAgainWhatAnotherProgramReplaced()
{
    SetProvider it;
    it.set.values = {QStringLiteral("theirs")};
    it.set.afterWrite = [](SetApi &set) {
        if (set.writes == 1)
            set.values = {QStringLiteral("theirs"), QStringLiteral("theirs too")};
    };
    const auto added = await(it.provider->add(record(), {}));
    QVERIFY2(added, added ? "" : qPrintable(describe(added.error())));
    QCOMPARE(it.set.writes, 2);
    QCOMPARE(it.set.values,
             (QStringList{QStringLiteral("theirs"), QStringLiteral("theirs too"), record().value}));
    // The same while it removes.
    it.set.writes = 0;
    it.set.afterWrite = [](SetApi &set) {
        if (set.writes == 1)
            set.values.append(record().value);
    };
    QVERIFY(await(it.provider->remove(record(), {}, {})));
    QCOMPARE(it.set.values, (QStringList{QStringLiteral("theirs"), QStringLiteral("theirs too")}));
}

void TestHttpApiProvider::givesUpAgainstAProgramThatNeverStops()
{
    SetProvider it;
    it.set.afterWrite = [](SetApi &set) { set.values = {QStringLiteral("theirs")}; };
    const auto added = await(it.provider->add(record(), {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::Conflict);
    QVERIFY2(added.error().detail.contains(record().name.text()), qPrintable(added.error().detail));
    QCOMPARE(it.set.writes, 3);
    QCOMPARE(it.turns.log.last(), QStringLiteral("give back ") + record().name.text());
}

void TestHttpApiProvider::takesTheTurnAroundEachChange()
{
    SetProvider it;
    const QString name = record().name.text();
    QVERIFY(await(it.provider->add(record(), {})));
    QCOMPARE(
        it.turns.log,
        (QStringList{QStringLiteral("take ") + name, QStringLiteral("GET"), QStringLiteral("PUT"),
                     QStringLiteral("GET"), QStringLiteral("give back ") + name}));
    it.turns.log.clear();
    QVERIFY(await(it.provider->remove(record(), {}, {})));
    QCOMPARE(it.turns.log.first(), QStringLiteral("take ") + name);
    QCOMPARE(it.turns.log.last(), QStringLiteral("give back ") + name);
    // Cancelled in the middle, the turn is given back all the same, and nothing is written.
    it.turns.log.clear();
    it.set.writes = 0;
    std::stop_source stop;
    it.api.answer = [&](const ScriptedApi::Asked &asked, const QString &) {
        stop.request_stop();
        return it.set.answer(asked);
    };
    QCOMPARE(await(it.provider->add(record(), stop.get_token())).error().kind,
             Error::Kind::Cancelled);
    QCOMPARE(it.set.writes, 0);
    QCOMPARE(it.turns.log.last(), QStringLiteral("give back ") + name);
}

void TestHttpApiProvider::writesNothingOutOfTurn()
{
    SetProvider it;
    it.turns.refuses = true;
    QCOMPARE(await(it.provider->add(record(), {})).error().kind, Error::Kind::Timeout);
    QCOMPARE(it.turns.log, QStringList(QStringLiteral("take ") + record().name.text()));
}

void TestHttpApiProvider::aLostTurnIsTakenAgainAndTheSetReadAnew()
{
    SetProvider it;
    it.turns.loses = 1;
    // While we slept, somebody else had the turn and wrote.
    it.turns.whenLost = [&it] { it.set.values.append(QStringLiteral("theirs")); };
    QVERIFY(await(it.provider->add(record(), {})));
    QCOMPARE(it.set.values, (QStringList{QStringLiteral("theirs"), record().value}));
    QCOMPARE(it.set.writes, 1);
    QCOMPARE(it.turns.log.count(QStringLiteral("take ") + record().name.text()), 2);
    QCOMPARE(it.turns.log.count(QStringLiteral("give back ") + record().name.text()), 2);
}

void TestHttpApiProvider::turnsThatAreAlwaysLostEndTheChange()
{
    SetProvider it;
    it.turns.loses = 100;
    QCOMPARE(await(it.provider->add(record(), {})).error().kind, Error::Kind::Conflict);
    QCOMPARE(it.set.writes, 0);
    QCOMPARE(it.turns.loses, 97);
}

QTEST_GUILESS_MAIN(TestHttpApiProvider)
#include "tst_httpapiprovider.moc"
