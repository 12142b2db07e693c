// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/AcmeClient.h"
#include "core/crypto/Digest.h"
#include "core/x509/Csr.h"
#include "tests/support/Await.h"
#include "tests/support/ScriptedCa.h"

#include <QTest>
#include <QTimeZone>

using namespace sealbook;
using namespace std::chrono_literals;

// The client against a CA that says what the test wants.
class TstAcmeClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void usesPooledNoncesBeforeItAsksForOne();
    void sharesNoncesAmongParallelRequests();
    void manyRequestsAtOnceAskForFewNonces();
    void whoWaitsForATurnCanBeCancelled();
    void B89_boundsTheRetriesOfBadNonce();
    void B89_retriesWithTheNonceOfTheErrorReply();
    void neverWeakensItsAlgorithm();
    void B81_keepsAnAppointmentInThreeDays();
    void asksAgainWhereTheCaIsBusyForAMoment_data();
    void asksAgainWhereTheCaIsBusyForAMoment();
    void B82_hasATextForEachName();
    void B83_saysWhereTheNewTermsAre();
    void refusesAHostileDirectory_data();
    void refusesAHostileDirectory();
    void refusesAHostileOrder_data();
    void refusesAHostileOrder();
    void B54_aRequestByTheAccountKeyIsNotSent();
    void refusesAHostileAuthorization_data();
    void refusesAHostileAuthorization();
    void passesOverAChallengeThatItCannotRead();
    void readsTheMetaOfADirectory();
    void asksForTheProfile();
    void needsTheLocationOfANewOrder();
    void takesARelativeLocation();
    void keepsTheUrlOfTheOrder();
    void knowsAnOrderThatIsBornReady();
    void readsAnAuthorizationThatIsValidAlready();
    void keepsChallengesOfOtherTypes();
    void pollsUntilTheOrderIsReady();
    void givesUpOnEndlessProcessing();
    void doesNotPollEarlierThanAsked();
    void waitsAsLongAsTheReplyToFinalizeAsked();
    void survivesALostPoll();
    void givesUpAfterThreeLostPolls();
    void stopsPollingWhenCancelled();
    void passesTheChainThrough();
    void refusesWhatIsNoChain();
    void limitsWhatItReads();
    void retriesTheDirectoryAfterAFailure();
    void anotherCallerTakesOverACancelledDirectory();
    void isCancelledAlready();
    void computesTheRecordsValue();
    void noticesTheClock();
    void needsAnAccount();

private:
    [[nodiscard]] AcmeClient
    client(const QUrl &account = ScriptedCa::url(QStringLiteral("/account/1"))) const;
    [[nodiscard]] QJsonObject order(const QString &status) const;

    std::unique_ptr<ScriptedCa> m_ca;
};

static const QString newOrderPath = QStringLiteral("/new-order");
static const QString orderPath = QStringLiteral("/order/1");
static const QString authorizationPath = QStringLiteral("/authorization/1");

static QStringList oneName()
{
    return {QStringLiteral("example.org")};
}

static QJsonObject dnsIdentifier(const QString &name)
{
    return {{QStringLiteral("type"), QStringLiteral("dns")}, {QStringLiteral("value"), name}};
}

static QJsonObject challenge(const char *type, const QString &token)
{
    return {{QStringLiteral("type"), QLatin1String(type)},
            {QStringLiteral("url"), ScriptedCa::text("/challenge/1")},
            {QStringLiteral("status"), QStringLiteral("pending")},
            {QStringLiteral("token"), token}};
}

static QJsonObject authorization(const QString &status, const QJsonArray &challenges)
{
    return {{QStringLiteral("identifier"), dnsIdentifier(QStringLiteral("example.org"))},
            {QStringLiteral("status"), status},
            {QStringLiteral("expires"), QStringLiteral("2026-12-01T10:00:00Z")},
            {QStringLiteral("challenges"), challenges}};
}

void TstAcmeClient::init()
{
    m_ca = std::make_unique<ScriptedCa>();
}

void TstAcmeClient::cleanup()
{
    QCOMPARE(m_ca->violations(), QStringList());
    m_ca.reset();
}

AcmeClient TstAcmeClient::client(const QUrl &account) const
{
    return AcmeClient(*m_ca, ScriptedCa::url(QStringLiteral("/directory")),
                      std::move(PrivateKey::generate(KeyType::Ec256).value()), account);
}

QJsonObject TstAcmeClient::order(const QString &status) const
{
    QJsonObject json{
        {QStringLiteral("status"), status},
        {QStringLiteral("expires"), QStringLiteral("2026-12-01T10:00:00.5Z")},
        {QStringLiteral("identifiers"), QJsonArray{dnsIdentifier(QStringLiteral("example.org"))}},
        {QStringLiteral("authorizations"), QJsonArray{ScriptedCa::text("/authorization/1")}},
        {QStringLiteral("finalize"), ScriptedCa::text("/finalize/1")}};
    if (status == QLatin1String("valid"))
        json[QLatin1String("certificate")] = ScriptedCa::text("/certificate/1");
    return json;
}

static std::vector<HttpHeader> located()
{
    return {{"location", "https://ca.example/order/1"}};
}

void TstAcmeClient::usesPooledNoncesBeforeItAsksForOne()
{
    m_ca->on(authorizationPath, [](const CaRequest &) {
        return ScriptedCa::reply(200, authorization(QStringLiteral("pending"), {}));
    });
    AcmeClient acme = client();
    for (int i = 0; i < 5; ++i)
        QVERIFY(await(acme.authorization(ScriptedCa::url(authorizationPath), {})).has_value());
    // The directory's reply brought the first one.
    QCOMPARE(m_ca->count(QStringLiteral("/new-nonce")), 0);
    QCOMPARE(m_ca->requestCount(), 6);
}

void TstAcmeClient::sharesNoncesAmongParallelRequests()
{
    m_ca->on(authorizationPath, [](const CaRequest &) {
        return ScriptedCa::reply(200, authorization(QStringLiteral("pending"), {}));
    });
    AcmeClient acme = client();
    std::vector<Task<Authorization>> tasks;
    for (int i = 0; i < 8; ++i)
        tasks.push_back(acme.authorization(ScriptedCa::url(authorizationPath), {}));
    for (const Result<Authorization> &result : QCoro::waitFor(all(std::move(tasks))))
        QVERIFY2(result.has_value(), result ? "" : qPrintable(describe(result.error())));
    QCOMPARE(m_ca->count(QStringLiteral("/directory")), 1);
    QCOMPARE(m_ca->count(authorizationPath), 8);
}

// Let's Encrypt takes a burst of ten requests for nonces and answers the eleventh with 503.
void TstAcmeClient::manyRequestsAtOnceAskForFewNonces()
{
    m_ca->on(authorizationPath, [](const CaRequest &) {
        return ScriptedCa::reply(200, authorization(QStringLiteral("pending"), {}));
    });
    AcmeClient acme = client();
    std::vector<Task<Authorization>> tasks;
    for (int i = 0; i < 100; ++i)
        tasks.push_back(acme.authorization(ScriptedCa::url(authorizationPath), {}));
    for (const Result<Authorization> &result : QCoro::waitFor(all(std::move(tasks))))
        QVERIFY2(result.has_value(), result ? "" : qPrintable(describe(result.error())));
    QCOMPARE(m_ca->count(authorizationPath), 100);
    const int asked = m_ca->count(QStringLiteral("/new-nonce"));
    QVERIFY2(asked <= 8, qPrintable(QString::number(asked)));
}

void TstAcmeClient::whoWaitsForATurnCanBeCancelled()
{
    m_ca->on(authorizationPath, [](const CaRequest &) {
        return ScriptedCa::reply(200, authorization(QStringLiteral("pending"), {}));
    });
    AcmeClient acme = client();
    QVERIFY(await(acme.directory({})).has_value());
    std::stop_source stop;
    std::vector<Task<Authorization>> tasks;
    for (int i = 0; i < 40; ++i)
        tasks.push_back(acme.authorization(ScriptedCa::url(authorizationPath),
                                           i % 2 == 0 ? std::stop_token() : stop.get_token()));
    stop.request_stop();
    int good = 0;
    for (const Result<Authorization> &result : QCoro::waitFor(all(std::move(tasks)))) {
        good += result.has_value() ? 1 : 0;
        QVERIFY(result || result.error().kind == Error::Kind::Cancelled);
    }
    QCOMPARE(good, 20);
    QVERIFY(await(acme.authorization(ScriptedCa::url(authorizationPath), {})).has_value());
}

void TstAcmeClient::B89_boundsTheRetriesOfBadNonce()
{
    m_ca->on(newOrderPath, [](const CaRequest &) {
        return ScriptedCa::problem(400, "badNonce", QStringLiteral("stale"));
    });
    AcmeClient acme = client();
    const auto order = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(!order.has_value());
    QCOMPARE(order.error().kind, Error::Kind::CaRefused);
    QVERIFY(order.error().type.endsWith(QLatin1String(":badNonce")));
    QVERIFY(!order.error().advice.isEmpty());
    QCOMPARE(m_ca->count(newOrderPath), 6);
}

void TstAcmeClient::B89_retriesWithTheNonceOfTheErrorReply()
{
    QByteArrayList used;
    QByteArrayList given;
    m_ca->on(newOrderPath, [&](const CaRequest &request) {
        used.append(request.head[QLatin1String("nonce")].toString().toLatin1());
        if (used.size() > 5)
            return ScriptedCa::reply(201, order(QStringLiteral("pending")), located());
        return ScriptedCa::problem(400, "badNonce", QStringLiteral("stale"));
    });
    AcmeClient acme = client();
    QVERIFY(await(acme.newOrder(oneName(), {}, {})).has_value());
    // The CA numbers its nonces: each retry carries the one right after.
    for (qsizetype i = 1; i < used.size(); ++i)
        QCOMPARE(used[i].mid(6).toInt(), used[i - 1].mid(6).toInt() + 1);
    QCOMPARE(used.size(), 6);
}

void TstAcmeClient::neverWeakensItsAlgorithm()
{
    m_ca->on(newOrderPath, [](const CaRequest &) {
        QJsonObject json{{QStringLiteral("type"),
                          QStringLiteral("urn:ietf:params:acme:error:badSignatureAlgorithm")},
                         {QStringLiteral("detail"), QStringLiteral("use HS256")},
                         {QStringLiteral("algorithms"),
                          QJsonArray{QStringLiteral("HS256"), QStringLiteral("none")}}};
        return ScriptedCa::reply(400, json);
    });
    AcmeClient acme = client();
    const auto order = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(!order.has_value());
    QCOMPARE(order.error().kind, Error::Kind::CaRefused);
    QCOMPARE(m_ca->count(newOrderPath), 1);
    for (const CaRequest &request : m_ca->requests()) {
        if (request.method == "POST")
            QCOMPARE(request.head[QLatin1String("alg")].toString(), QStringLiteral("ES256"));
    }
}

void TstAcmeClient::B81_keepsAnAppointmentInThreeDays()
{
    m_ca->on(newOrderPath, [](const CaRequest &) {
        return ScriptedCa::problem(429, "rateLimited", QStringLiteral("too many certificates"),
                                   {{"date", "Wed, 25 Nov 2026 14:06:00 GMT"},
                                    {"retry-after", "Sat, 28 Nov 2026 14:06:00 GMT"}});
    });
    AcmeClient acme = client();
    const auto order = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(!order.has_value());
    QCOMPARE(order.error().kind, Error::Kind::RateLimited);
    QCOMPARE(order.error().detail, QStringLiteral("too many certificates"));
    QCOMPARE(order.error().retryAfter, std::optional<std::chrono::seconds>(72h));
    QVERIFY(!order.error().evidence[QLatin1String("retryAt")].toString().isEmpty());
    QCOMPARE(m_ca->count(newOrderPath), 1);
}

void TstAcmeClient::asksAgainWhereTheCaIsBusyForAMoment_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("wait");
    QTest::addColumn<int>("busy"); // how often
    QTest::addColumn<int>("asked");
    QTest::newRow("once") << 503 << QByteArray("0") << 1 << 2;
    QTest::newRow("for ever") << 503 << QByteArray("0") << 100 << 3;
    QTest::newRow("for an hour") << 503 << QByteArray("3600") << 1 << 1;
    QTest::newRow("without a word") << 503 << QByteArray() << 1 << 1;
    QTest::newRow("a limit of ours is reached") << 429 << QByteArray("1") << 1 << 1;
}

// Its front end sheds load: the request was not looked at.
void TstAcmeClient::asksAgainWhereTheCaIsBusyForAMoment()
{
    QFETCH(int, status);
    QFETCH(QByteArray, wait);
    QFETCH(int, busy);
    QFETCH(int, asked);
    m_ca->on(newOrderPath, [this, status, wait, busy](const CaRequest &) {
        if (m_ca->count(newOrderPath) > busy)
            return ScriptedCa::reply(201, order(QStringLiteral("pending")), located());
        std::vector<HttpHeader> headers;
        if (!wait.isEmpty())
            headers.push_back({"retry-after", wait});
        return ScriptedCa::problem(status, "rateLimited", QStringLiteral("Service busy"),
                                   std::move(headers));
    });
    AcmeClient acme = client();
    const auto made = await(acme.newOrder(oneName(), {}, {}));
    QCOMPARE(made.has_value(), asked > busy);
    QVERIFY(made || made.error().kind == Error::Kind::RateLimited);
    QCOMPARE(m_ca->count(newOrderPath), asked);
    QCOMPARE(m_ca->violations(), QStringList());
}

void TstAcmeClient::B82_hasATextForEachName()
{
    m_ca->on(orderPath, [this](const CaRequest &) {
        QJsonObject json = order(QStringLiteral("invalid"));
        const auto part = [](const char *name, const char *text) {
            return QJsonObject{
                {QStringLiteral("type"), QStringLiteral("urn:ietf:params:acme:error:dns")},
                {QStringLiteral("detail"), QLatin1String(text)},
                {QStringLiteral("identifier"), dnsIdentifier(QLatin1String(name))}};
        };
        json[QLatin1String("error")] = QJsonObject{
            {QStringLiteral("type"), QStringLiteral("urn:ietf:params:acme:error:compound")},
            {QStringLiteral("detail"), QStringLiteral("2 names failed")},
            {QStringLiteral("subproblems"),
             QJsonArray{part("a.example.org", "No TXT record found"),
                        part("b.example.org", "Incorrect TXT record")}}};
        return ScriptedCa::reply(200, json);
    });
    AcmeClient acme = client();
    const auto polled = await(acme.pollOrder(ScriptedCa::url(orderPath), 5s, {}));
    QVERIFY(polled.has_value()); // what to make of it is the issuer's story
    QCOMPARE(polled->status, QStringLiteral("invalid"));
    QVERIFY(polled->error.has_value());
    QCOMPARE(polled->error->kind, Error::Kind::CaRefused);
    QCOMPARE(polled->error->parts.size(), size_t(2));
    QCOMPARE(polled->error->parts[0].subject, QStringLiteral("a.example.org"));
    QCOMPARE(polled->error->parts[1].detail, QStringLiteral("Incorrect TXT record"));
}

void TstAcmeClient::B83_saysWhereTheNewTermsAre()
{
    m_ca->on(newOrderPath, [](const CaRequest &) {
        HttpResponse reply = ScriptedCa::problem(
            403, "userActionRequired", QStringLiteral("Terms of service have changed"),
            {{"link", "<https://ca.example/index>;rel=\"index\""},
             {"link", "<https://ca.example/terms-2>;rel=\"terms-of-service\""}});
        reply.body.chop(1);
        reply.body += R"(,"instance":"https://ca.example/agree/7"})";
        return reply;
    });
    AcmeClient acme = client();
    const auto order = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(!order.has_value());
    QCOMPARE(order.error().kind, Error::Kind::CaRefused);
    QVERIFY(order.error().type.endsWith(QLatin1String(":userActionRequired")));
    QVERIFY(!order.error().advice.isEmpty());
    QCOMPARE(order.error().evidence[QLatin1String("termsOfService")].toString(),
             QStringLiteral("https://ca.example/terms-2"));
    QCOMPARE(order.error().evidence[QLatin1String("instance")].toString(),
             QStringLiteral("https://ca.example/agree/7"));
}

void TstAcmeClient::refusesAHostileDirectory_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray rest =
        R"("newAccount":"https://ca.example/a","newOrder":"https://ca.example/o")";
    const auto with = [&rest](const char *nonce) {
        return R"({"newNonce":)" + QByteArray(nonce) + "," + rest + "}";
    };
    QTest::newRow("http") << with(R"("http://ca.example/n")");
    QTest::newRow("file") << with(R"("file:///etc/passwd")");
    QTest::newRow("javascript") << with("\"javascript:alert(1)\"");
    QTest::newRow("relative") << with(R"("/new-nonce")");
    QTest::newRow("user information") << with(R"("https://you@ca.example/n")");
    QTest::newRow("number") << with("7");
    QTest::newRow("null") << with("null");
    QTest::newRow("no host") << with(R"("https:///n")");
    QTest::newRow("missing") << QByteArray("{" + rest + "}");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("html") << QByteArray("<html>Welcome</html>");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut off") << QByteArray("{\"newNonce\":\"https://ca.ex");
    QTest::newRow("deep") << QByteArray(100000, '[');
}

void TstAcmeClient::refusesAHostileDirectory()
{
    QFETCH(QByteArray, body);
    m_ca->on(QStringLiteral("/directory"), [&body](const CaRequest &) {
        HttpResponse reply;
        reply.status = 200;
        reply.body = body;
        return reply;
    });
    AcmeClient acme = client();
    const auto directory = await(acme.directory({}));
    QVERIFY(!directory.has_value());
    QCOMPARE(directory.error().kind, Error::Kind::Corrupt);
    QVERIFY(!directory.error().detail.isEmpty());
    QVERIFY(!await(acme.newOrder(oneName(), {}, {})).has_value());
    QCOMPARE(m_ca->count(newOrderPath), 0);
}

void TstAcmeClient::refusesAHostileOrder_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    const QString foreign = QStringLiteral("https://evil.example/x");
    QTest::newRow("foreign finalize") << QStringLiteral("finalize") << QJsonValue(foreign);
    QTest::newRow("foreign authorization")
        << QStringLiteral("authorizations")
        << QJsonValue(QJsonArray{ScriptedCa::text("/authorization/1"), foreign});
    QTest::newRow("foreign certificate") << QStringLiteral("certificate") << QJsonValue(foreign);
    QTest::newRow("plain http") << QStringLiteral("finalize")
                                << QJsonValue(QStringLiteral("http://ca.example/f"));
    QTest::newRow("name in front of the host")
        << QStringLiteral("finalize")
        << QJsonValue(QStringLiteral("https://ca.example@evil.example/f"));
    QTest::newRow("host with a tail")
        << QStringLiteral("finalize")
        << QJsonValue(QStringLiteral("https://ca.example.evil.example/f"));
    QTest::newRow("no finalize") << QStringLiteral("finalize") << QJsonValue(QJsonValue::Null);
    QTest::newRow("unknown status")
        << QStringLiteral("status") << QJsonValue(QStringLiteral("wonderful"));
    QTest::newRow("no status") << QStringLiteral("status") << QJsonValue(7);
    QTest::newRow("valid without a certificate")
        << QStringLiteral("certificate") << QJsonValue(QJsonValue::Null);
}

void TstAcmeClient::refusesAHostileOrder()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    m_ca->on(newOrderPath, [&, this](const CaRequest &) {
        QJsonObject json = order(QStringLiteral("valid"));
        json[field] = value;
        return ScriptedCa::reply(201, json, located());
    });
    AcmeClient acme = client();
    const auto order = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(!order.has_value());
    QCOMPARE(order.error().kind, Error::Kind::Corrupt);
}

// RFC 8555 section 11.1.
void TstAcmeClient::B54_aRequestByTheAccountKeyIsNotSent()
{
    int sent = 0;
    m_ca->on(newOrderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(201, order(QStringLiteral("ready")), located());
    });
    m_ca->on(QStringLiteral("/finalize/1"), [&, this](const CaRequest &) {
        ++sent;
        return ScriptedCa::reply(200, order(QStringLiteral("processing")), located());
    });
    PrivateKey key = PrivateKey::generate(KeyType::Ec256).value();
    const Csr ours = Csr::make(key, oneName()).value();
    const Csr other = Csr::make(PrivateKey::generate(KeyType::Ec256).value(), oneName()).value();
    AcmeClient acme(*m_ca, ScriptedCa::url(QStringLiteral("/directory")), std::move(key),
                    ScriptedCa::url(QStringLiteral("/account/1")));
    const auto made = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(made.has_value());
    const auto refused = await(acme.finalize(*made, ours.der, {}));
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, Error::Kind::BadRequest);
    QVERIFY(refused.error().detail.contains(QStringLiteral("account")));
    QCOMPARE(sent, 0);
    QVERIFY(await(acme.finalize(*made, other.der, {})).has_value());
    QCOMPARE(sent, 1);
}

void TstAcmeClient::refusesAHostileAuthorization_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("foreign challenge")
        << QStringLiteral("url") << QJsonValue(QStringLiteral("https://evil.example/c"));
    QTest::newRow("no token") << QStringLiteral("token") << QJsonValue(QJsonValue::Null);
    QTest::newRow("token that is more")
        << QStringLiteral("token") << QJsonValue(QStringLiteral("abc\"; drop"));
    QTest::newRow("unknown status")
        << QStringLiteral("status") << QJsonValue(QStringLiteral("maybe"));
}

void TstAcmeClient::refusesAHostileAuthorization()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    m_ca->on(authorizationPath, [&](const CaRequest &) {
        QJsonObject one = challenge("dns-01", QStringLiteral("abc-_123"));
        one[field] = value;
        return ScriptedCa::reply(200, authorization(QStringLiteral("pending"), QJsonArray{one}));
    });
    AcmeClient acme = client();
    const auto read = await(acme.authorization(ScriptedCa::url(authorizationPath), {}));
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().kind, Error::Kind::Corrupt);
}

// A kind of challenge that is not ours may look as it likes, and is never asked for.
void TstAcmeClient::passesOverAChallengeThatItCannotRead()
{
    m_ca->on(authorizationPath, [](const CaRequest &) {
        const QJsonObject strange{{QStringLiteral("type"), QStringLiteral("dns-persist-01")},
                                  {QStringLiteral("status"), QStringLiteral("standing")}};
        const QJsonObject ours = challenge("dns-01", QStringLiteral("abc-_123"));
        return ScriptedCa::reply(
            200, authorization(QStringLiteral("pending"), QJsonArray{strange, ours}));
    });
    AcmeClient acme = client();
    const auto read = await(acme.authorization(ScriptedCa::url(authorizationPath), {}));
    QVERIFY2(read.has_value(), qPrintable(read ? QString() : describe(read.error())));
    QCOMPARE(read->challenges.size(), std::size_t(1));
    QCOMPARE(read->challenges.front().type, QStringLiteral("dns-01"));
}

void TstAcmeClient::readsTheMetaOfADirectory()
{
    AcmeClient acme = client();
    const auto directory = await(acme.directory({}));
    QVERIFY(directory.has_value());
    QCOMPARE(directory->termsOfService, ScriptedCa::url(QStringLiteral("/terms")));
    QCOMPARE(directory->caaIdentities, QStringList{QStringLiteral("ca.example")});
    QCOMPARE(directory->profiles.value(QStringLiteral("classic")), QStringLiteral("the usual one"));
    QVERIFY(directory->renewalInfo.isEmpty());
}

void TstAcmeClient::asksForTheProfile()
{
    m_ca->on(newOrderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(201, order(QStringLiteral("pending")), located());
    });
    AcmeClient acme = client();
    QVERIFY(await(acme.newOrder(oneName(), QStringLiteral("classic"), {})).has_value());
    QCOMPARE(m_ca->requests().back().json()[QLatin1String("profile")].toString(),
             QStringLiteral("classic"));
    QVERIFY(await(acme.newOrder(oneName(), QString(), {})).has_value());
    QVERIFY(!m_ca->requests().back().json().contains(QLatin1String("profile")));
}

void TstAcmeClient::needsTheLocationOfANewOrder()
{
    m_ca->on(newOrderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(201, order(QStringLiteral("pending")));
    });
    AcmeClient acme = client();
    const auto order = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(!order.has_value());
    QCOMPARE(order.error().kind, Error::Kind::Corrupt);
    QVERIFY(order.error().detail.contains(QLatin1String("Location")));
}

void TstAcmeClient::takesARelativeLocation()
{
    m_ca->on(newOrderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(201, order(QStringLiteral("pending")), {{"location", "/order/1"}});
    });
    AcmeClient acme = client();
    const auto order = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(order.has_value());
    QCOMPARE(order->url, ScriptedCa::url(orderPath));
}

void TstAcmeClient::keepsTheUrlOfTheOrder()
{
    m_ca->on(newOrderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(201, order(QStringLiteral("pending")), located());
    });
    m_ca->on(orderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(200, order(QStringLiteral("ready")));
    });
    AcmeClient acme = client();
    const auto created = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(created.has_value());
    const auto read = await(acme.order(created->url, {}));
    QVERIFY(read.has_value());
    QCOMPARE(read->url, created->url);
    QCOMPARE(read->names, oneName());
    QCOMPARE(read->expires,
             QDateTime(QDate(2026, 12, 1), QTime(10, 0, 0, 500), QTimeZone::utc()).toUTC());
}

void TstAcmeClient::knowsAnOrderThatIsBornReady()
{
    m_ca->on(newOrderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(201, order(QStringLiteral("ready")), located());
    });
    AcmeClient acme = client();
    const auto order = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(order.has_value());
    QCOMPARE(order->status, QStringLiteral("ready"));
    QVERIFY(order->certificate.isEmpty());
}

void TstAcmeClient::readsAnAuthorizationThatIsValidAlready()
{
    m_ca->on(authorizationPath, [](const CaRequest &) {
        QJsonObject json = authorization(QStringLiteral("valid"), {});
        json[QLatin1String("wildcard")] = true;
        return ScriptedCa::reply(200, json, {{"retry-after", "3"}});
    });
    AcmeClient acme = client();
    const auto read = await(acme.authorization(ScriptedCa::url(authorizationPath), {}));
    QVERIFY(read.has_value());
    QCOMPARE(read->status, QStringLiteral("valid"));
    QVERIFY(read->wildcard);
    QCOMPARE(read->name, QStringLiteral("example.org"));
    QCOMPARE(read->retryAfter, std::optional<std::chrono::seconds>(3s));
}

void TstAcmeClient::keepsChallengesOfOtherTypes()
{
    m_ca->on(authorizationPath, [](const CaRequest &) {
        const QJsonArray challenges{challenge("http-01", QStringLiteral("abc")),
                                    challenge("dns-persist-01", QString()),
                                    challenge("smoke-signal-07", QStringLiteral("???"))};
        return ScriptedCa::reply(200, authorization(QStringLiteral("pending"), challenges));
    });
    AcmeClient acme = client();
    const auto read = await(acme.authorization(ScriptedCa::url(authorizationPath), {}));
    QVERIFY2(read.has_value(), read ? "" : qPrintable(describe(read.error())));
    QCOMPARE(read->challenges.size(), size_t(3));
    QCOMPARE(read->challenges[2].type, QStringLiteral("smoke-signal-07"));
}

void TstAcmeClient::pollsUntilTheOrderIsReady()
{
    m_ca->on(orderPath, [this](const CaRequest &) {
        const bool done = m_ca->count(orderPath) >= 4;
        return ScriptedCa::reply(200,
                                 order(done ? QStringLiteral("ready") : QStringLiteral("pending")));
    });
    AcmeClient acme = client();
    const auto polled = await(acme.pollOrder(ScriptedCa::url(orderPath), 10s, {}));
    QVERIFY(polled.has_value());
    QCOMPARE(polled->status, QStringLiteral("ready"));
    QCOMPARE(m_ca->count(orderPath), 4);
}

void TstAcmeClient::givesUpOnEndlessProcessing()
{
    m_ca->on(orderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(200, order(QStringLiteral("processing")));
    });
    AcmeClient acme = client();
    const auto polled = await(acme.pollOrder(ScriptedCa::url(orderPath), 1s, {}));
    QVERIFY(!polled.has_value());
    QCOMPARE(polled.error().kind, Error::Kind::Timeout);
    QVERIFY(polled.error().detail.contains(QLatin1String("processing")));
    QVERIFY(m_ca->count(orderPath) >= 2);
    QVERIFY(m_ca->count(orderPath) <= 6);
}

void TstAcmeClient::doesNotPollEarlierThanAsked()
{
    m_ca->on(orderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(200, order(QStringLiteral("processing")),
                                 {{"retry-after", "600"}});
    });
    AcmeClient acme = client();
    const auto polled = await(acme.pollOrder(ScriptedCa::url(orderPath), 20s, {}));
    QVERIFY(!polled.has_value());
    QCOMPARE(polled.error().kind, Error::Kind::Timeout);
    QCOMPARE(polled.error().retryAfter, std::optional<std::chrono::seconds>(600s));
    QCOMPARE(m_ca->count(orderPath), 1);
}

// RFC 8555 section 7.4: the reply to finalize says when to look at the order.
void TstAcmeClient::waitsAsLongAsTheReplyToFinalizeAsked()
{
    m_ca->on(QStringLiteral("/finalize/1"), [this](const CaRequest &) {
        return ScriptedCa::reply(200, order(QStringLiteral("processing")),
                                 {{"retry-after", "600"}});
    });
    m_ca->on(orderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(200, order(QStringLiteral("valid")));
    });
    AcmeClient acme = client();
    Order ready;
    ready.url = ScriptedCa::url(orderPath);
    ready.finalize = ScriptedCa::url(QStringLiteral("/finalize/1"));
    const auto key = PrivateKey::generate(KeyType::Ec256);
    const auto finalized = await(acme.finalize(ready, Csr::make(*key, oneName())->der, {}));
    QVERIFY(finalized.has_value());
    const auto polled = await(acme.pollOrder(*finalized, 20s, {}));
    QVERIFY(!polled.has_value());
    QCOMPARE(polled.error().kind, Error::Kind::Timeout);
    QCOMPARE(polled.error().retryAfter, std::optional<std::chrono::seconds>(600s));
    QCOMPARE(m_ca->count(orderPath), 0);
}

static Error lost()
{
    Error error;
    error.kind = Error::Kind::Network;
    error.detail = QStringLiteral("the cable is out");
    return error;
}

void TstAcmeClient::survivesALostPoll()
{
    m_ca->on(orderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(200, order(QStringLiteral("ready")));
    });
    AcmeClient acme = client();
    QVERIFY(await(acme.directory({})).has_value());
    m_ca->loseNext(lost());
    const auto polled = await(acme.pollOrder(ScriptedCa::url(orderPath), 10s, {}));
    QVERIFY2(polled.has_value(), polled ? "" : qPrintable(describe(polled.error())));
    QCOMPARE(m_ca->count(QStringLiteral("/new-nonce")), 1); // the pooled one was lost as well
}

void TstAcmeClient::givesUpAfterThreeLostPolls()
{
    AcmeClient acme = client();
    QVERIFY(await(acme.directory({})).has_value());
    for (int i = 0; i < 3; ++i)
        m_ca->loseNext(lost());
    const auto polled = await(acme.pollOrder(ScriptedCa::url(orderPath), 30s, {}));
    QVERIFY(!polled.has_value());
    QCOMPARE(polled.error().kind, Error::Kind::Network);
    QCOMPARE(polled.error().detail, QStringLiteral("the cable is out"));
}

void TstAcmeClient::stopsPollingWhenCancelled()
{
    m_ca->on(orderPath, [this](const CaRequest &) {
        return ScriptedCa::reply(200, order(QStringLiteral("processing")));
    });
    AcmeClient acme = client();
    std::stop_source source;
    Task<Order> task = acme.pollOrder(ScriptedCa::url(orderPath), 1h, source.get_token());
    QTRY_VERIFY(m_ca->count(orderPath) >= 2);
    source.request_stop();
    const auto polled = await(std::move(task));
    QVERIFY(!polled.has_value());
    QCOMPARE(polled.error().kind, Error::Kind::Cancelled);
}

void TstAcmeClient::passesTheChainThrough()
{
    const QByteArray chain = "-----BEGIN CERTIFICATE-----\r\nAAAA\n-----END CERTIFICATE-----\n\n";
    m_ca->on(QStringLiteral("/certificate/1"), [&chain](const CaRequest &) {
        HttpResponse reply;
        reply.status = 200;
        reply.headers = {{"content-type", "application/pem-certificate-chain; charset=utf-8"}};
        reply.body = chain;
        return reply;
    });
    AcmeClient acme = client();
    const auto fetched =
        await(acme.certificate(ScriptedCa::url(QStringLiteral("/certificate/1")), {}));
    QVERIFY(fetched.has_value());
    QCOMPARE(*fetched, chain);
    QCOMPARE(m_ca->requests().back().payload, QByteArray()); // POST-as-GET
}

void TstAcmeClient::refusesWhatIsNoChain()
{
    m_ca->on(QStringLiteral("/certificate/1"), [](const CaRequest &) {
        HttpResponse reply;
        reply.status = 200;
        reply.headers = {{"content-type", "text/html"}};
        reply.body = "<html>Sign in</html>";
        return reply;
    });
    AcmeClient acme = client();
    const auto fetched =
        await(acme.certificate(ScriptedCa::url(QStringLiteral("/certificate/1")), {}));
    QVERIFY(!fetched.has_value());
    QCOMPARE(fetched.error().kind, Error::Kind::Corrupt);
    QVERIFY(fetched.error().detail.contains(QLatin1String("text/html")));
}

void TstAcmeClient::limitsWhatItReads()
{
    AcmeClient acme = client();
    const QUrl url = ScriptedCa::url(QStringLiteral("/certificate/1"));
    QVERIFY(!await(acme.certificate(url, {})).has_value());
    QCOMPARE(m_ca->requests().back().bodyLimit, qint64(1024 * 1024));
    QVERIFY(!await(acme.authorization(url, {})).has_value());
    QCOMPARE(m_ca->requests().back().bodyLimit, qint64(256 * 1024));
    QCOMPARE(m_ca->requests().front().bodyLimit, qint64(256 * 1024));
}

void TstAcmeClient::retriesTheDirectoryAfterAFailure()
{
    AcmeClient acme = client();
    m_ca->loseNext(lost());
    const auto failed = await(acme.directory({}));
    QVERIFY(!failed.has_value());
    QCOMPARE(failed.error().kind, Error::Kind::Network);
    QVERIFY(await(acme.directory({})).has_value());
}

void TstAcmeClient::anotherCallerTakesOverACancelledDirectory()
{
    AcmeClient acme = client();
    std::stop_source source;
    Task<Directory> first = acme.directory(source.get_token());
    Task<> second = acme.warmNonce({});
    source.request_stop();
    QCOMPARE(await(std::move(first)).error().kind, Error::Kind::Cancelled);
    QVERIFY(await(std::move(second)).has_value());
}

void TstAcmeClient::isCancelledAlready()
{
    AcmeClient acme = client();
    std::stop_source source;
    source.request_stop();
    const auto order = await(acme.newOrder(oneName(), {}, source.get_token()));
    QVERIFY(!order.has_value());
    QCOMPARE(order.error().kind, Error::Kind::Cancelled);
    QCOMPARE(m_ca->count(newOrderPath), 0);
}

void TstAcmeClient::computesTheRecordsValue()
{
    PrivateKey key = std::move(PrivateKey::generate(KeyType::Ec256).value());
    const QByteArray thumbprint = key.jwkThumbprint();
    const AcmeClient acme(*m_ca, ScriptedCa::url(QStringLiteral("/directory")), std::move(key), {});
    const QString value =
        acme.dns01Value(QStringLiteral("evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA"));
    QCOMPARE(value.size(), 43);
    QCOMPARE(value.toLatin1(),
             toBase64Url(sha256("evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA." + thumbprint)));
}

void TstAcmeClient::noticesTheClock()
{
    m_ca->on(QStringLiteral("/directory"), [this](const CaRequest &) {
        const QDateTime ahead = QDateTime::currentDateTimeUtc().addDays(2);
        const QString date =
            QLocale::c().toString(ahead, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
        return ScriptedCa::reply(200, m_ca->directory(), {{"date", date.toLatin1()}});
    });
    AcmeClient acme = client();
    QVERIFY(!acme.clockSkew().has_value());
    QVERIFY(await(acme.directory({})).has_value());
    QVERIFY(acme.clockSkew().has_value());
    QVERIFY(qAbs(acme.clockSkew()->count() - 2 * 86400) < 60);
}

void TstAcmeClient::needsAnAccount()
{
    AcmeClient acme = client(QUrl());
    const auto order = await(acme.newOrder(oneName(), {}, {}));
    QVERIFY(!order.has_value());
    QCOMPARE(order.error().kind, Error::Kind::Internal);
    QCOMPARE(m_ca->count(newOrderPath), 0);
}

QTEST_GUILESS_MAIN(TstAcmeClient)
#include "tst_acmeclient.moc"
