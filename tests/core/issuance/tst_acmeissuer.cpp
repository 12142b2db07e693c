// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/AcmeIssuer.h"
#include "core/issuance/ChainCheck.h"
#include "core/x509/Certificate.h"
#include "core/x509/Csr.h"
#include "tests/support/Await.h"
#include "tests/support/ScriptedCa.h"
#include "tests/support/SigningCa.h"

#include <QTest>

using namespace sealbook;

namespace {

// Takes its time, as a disk does.
Task<> writtenDown(QStringList *written, QString url, std::optional<Error> failure)
{
    const std::stop_token none;
    const auto slept = co_await sleepFor(std::chrono::milliseconds(30), none);
    Q_UNUSED(slept)
    if (failure)
        co_return fail(*failure);
    written->append(url);
    co_return Result<>();
}

// Publishes nothing, and remembers what it was asked for.
class NotingSolver final : public ChallengeSolver
{
public:
    std::vector<Dns01Challenge> presented;
    int presents = 0;
    int cleanUps = 0;
    std::optional<Error> failure;
    std::function<void()> onPresent;

    [[nodiscard]] Task<> present(std::vector<Dns01Challenge> challenges, std::stop_token) override
    {
        ++presents;
        if (onPresent)
            onPresent();
        presented = std::move(challenges);
        if (failure)
            co_return fail(*failure);
        co_return Result<>();
    }
    [[nodiscard]] Task<BoardState> waitUntilReady(std::chrono::seconds, BoardSink sink,
                                                  std::stop_token) override
    {
        BoardState board;
        board.phase = BoardState::Phase::Ready;
        sink(board);
        co_return board;
    }
    [[nodiscard]] Task<> cleanUp(std::stop_token) override
    {
        ++cleanUps;
        co_return Result<>();
    }
    void checkNow() override { }

    [[nodiscard]] QStringList recordNames() const
    {
        QStringList names;
        for (const Dns01Challenge &each : presented)
            names.append(each.recordName.text());
        names.sort();
        return names;
    }
};

QJsonObject dns(const QString &name)
{
    return {{QStringLiteral("type"), QStringLiteral("dns")}, {QStringLiteral("value"), name}};
}

// One order at a CA that plays by the rules, but for what a test changes.
struct Scene
{
    struct Name
    {
        QString identifier; // with star
        QString status = QStringLiteral("pending"); // of its authorization
        QStringList challenges{QStringLiteral("http-01"), QStringLiteral("dns-01")};
        QString failure; // what the CA says it saw
    };

    ScriptedCa ca;
    SigningCa root{"Test Root"};
    SigningCa middle{"Test Issuer", &root};
    PrivateKey leafKey = PrivateKey::generate(KeyType::Ec256).value();
    NotingSolver solver;
    std::vector<Name> names;
    QString status = QStringLiteral("pending");
    QByteArray chain; // what the CA hands out; made of leafKey and names when empty
    JobRecord job;
    QStringList steps;
    QStringList ordersWritten;
    std::optional<Error> diskFailure;
    QStringList boards;
    AcmeClient client{ca, ScriptedCa::url(QStringLiteral("/directory")),
                      PrivateKey::generate(KeyType::Ec256).value(),
                      ScriptedCa::url(QStringLiteral("/account/1"))};

    explicit Scene(const QStringList &wanted)
    {
        job.request.names = wanted;
        job.csrDer = Csr::make(leafKey, wanted).value().der;
        for (const QString &name : wanted)
            names.emplace_back().identifier = name;
        ca.on(QStringLiteral("/new-order"), [this](const CaRequest &) {
            return ScriptedCa::reply(201, order(), {{"location", "https://ca.example/order/1"}});
        });
        ca.on(QStringLiteral("/order/1"),
              [this](const CaRequest &) { return ScriptedCa::reply(200, order()); });
        for (int i = 0; i < 5; ++i) {
            ca.on(QStringLiteral("/authorization/%1").arg(i), [this, i](const CaRequest &) {
                return ScriptedCa::reply(200, authorization(i));
            });
            ca.on(QStringLiteral("/challenge/%1/dns-01").arg(i),
                  [this, i](const CaRequest &) { return answered(i); });
        }
        ca.on(QStringLiteral("/finalize/1"), [this](const CaRequest &) {
            status = QStringLiteral("valid");
            return ScriptedCa::reply(200, order());
        });
        ca.on(QStringLiteral("/certificate/1"), [this](const CaRequest &) {
            HttpResponse response;
            response.status = 200;
            response.headers = {{"content-type", "application/pem-certificate-chain"}};
            response.body = chain.isEmpty() ? goodChain() : chain;
            return response;
        });
    }

    [[nodiscard]] QByteArray goodChain() const
    {
        return middle.leafPem(leafKey.handle(), job.request.names) + middle.pem();
    }

    [[nodiscard]] QJsonObject order() const
    {
        QJsonArray identifiers;
        QJsonArray authorizations;
        for (std::size_t i = 0; i < names.size(); ++i) {
            identifiers.append(dns(names[i].identifier));
            authorizations.append(QStringLiteral("https://ca.example/authorization/%1").arg(i));
        }
        QJsonObject json{{QStringLiteral("status"), status},
                         {QStringLiteral("expires"), QStringLiteral("2036-12-01T10:00:00Z")},
                         {QStringLiteral("identifiers"), identifiers},
                         {QStringLiteral("authorizations"), authorizations},
                         {QStringLiteral("finalize"), ScriptedCa::text("/finalize/1")}};
        if (status == QLatin1String("valid"))
            json[QLatin1String("certificate")] = ScriptedCa::text("/certificate/1");
        return json;
    }

    [[nodiscard]] QJsonObject authorization(int index) const
    {
        const Name &name = names.at(static_cast<std::size_t>(index));
        const bool wildcard = name.identifier.startsWith(QLatin1String("*."));
        QJsonArray challenges;
        for (const QString &type : name.challenges) {
            QJsonObject json{
                {QStringLiteral("type"), type},
                {QStringLiteral("url"),
                 QStringLiteral("https://ca.example/challenge/%1/%2").arg(index).arg(type)},
                {QStringLiteral("status"),
                 type == QLatin1String("dns-01") ? name.status : QStringLiteral("pending")},
                {QStringLiteral("token"), QStringLiteral("token-%1-of-the-ca").arg(index)}};
            if (!name.failure.isEmpty() && type == QLatin1String("dns-01"))
                json[QLatin1String("error")] = QJsonObject{
                    {QStringLiteral("type"), QStringLiteral("urn:ietf:params:acme:error:dns")},
                    {QStringLiteral("detail"), name.failure}};
            challenges.append(json);
        }
        QJsonObject json{{QStringLiteral("identifier"),
                          dns(wildcard ? name.identifier.mid(2) : name.identifier)},
                         {QStringLiteral("status"), name.status},
                         {QStringLiteral("challenges"), challenges}};
        if (wildcard)
            json[QLatin1String("wildcard")] = true;
        return json;
    }

    HttpResponse answered(int index)
    {
        Name &name = names.at(static_cast<std::size_t>(index));
        const bool good = name.failure.isEmpty();
        name.status = good ? QStringLiteral("valid") : QStringLiteral("invalid");
        const auto isValid = [](const Name &each) { return each.status == QLatin1String("valid"); };
        if (!good)
            status = QStringLiteral("invalid");
        else if (std::all_of(names.begin(), names.end(), isValid))
            status = QStringLiteral("ready");
        const QJsonArray list = authorization(index).value(QStringLiteral("challenges")).toArray();
        return ScriptedCa::reply(200, list.last().toObject());
    }

    [[nodiscard]] Result<IssuedChain> obtain()
    {
        AcmeIssuer::Hooks hooks;
        hooks.orderMade = [this](const QString &url) {
            return writtenDown(&ordersWritten, url, diskFailure);
        };
        hooks.stepStarted = [this](const QString &step) { steps.append(step); };
        hooks.stepDone = [](const QString &) {};
        hooks.board = [this](const BoardState &board) {
            boards.append(QString::number(static_cast<int>(board.phase)));
        };
        AcmeIssuer issuer(client, solver, hooks);
        return await(issuer.obtain(job, {}));
    }
};

QStringList twoNames()
{
    return {QStringLiteral("example.org"), QStringLiteral("*.example.org")};
}

} // namespace

class TstAcmeIssuer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void provesEachNameAndBringsTheChain();
    void takesTheNamesInWhateverOrderTheCaSaysThem();
    void anOrderBornReadyNeedsNoRecord();
    void validAuthorizationsNeedNoRecord();
    void provesOnlyWhatIsNotProvedYet();
    void C4_writesTheOrderDownBeforeAnyRecord();
    void C4_publishesNothingThatIsNotWrittenDown();
    void aKnownOrderIsTakenUpWhereItStands();
    void whatTheCaStillLooksForIsPublishedAgain();
    void aDeadOrderIsMadeAnew_data();
    void aDeadOrderIsMadeAnew();
    void refusesAnOrderForOtherNames_data();
    void refusesAnOrderForOtherNames();
    void refusesACaWithoutDns01();
    void B82_tellsWhatTheCaSawForEachName();
    void answersNothingWhenPublishingFails();
    void B39_B85_refusesWhatTheCaSent_data();
    void B39_B85_refusesWhatTheCaSent();
    void B85_storesNothingOfARefusedChain();
    void acceptsEveryHonestChain_data();
    void acceptsEveryHonestChain();
    void acceptsTheWwwThatACaAdds_data();
    void acceptsTheWwwThatACaAdds();
};

void TstAcmeIssuer::provesEachNameAndBringsTheChain()
{
    Scene scene(twoNames());
    const auto chain = scene.obtain();
    QVERIFY2(chain, chain ? "" : qPrintable(describe(chain.error())));
    QCOMPARE(scene.solver.recordNames(),
             QStringList(2, QStringLiteral("_acme-challenge.example.org")));
    QStringList values;
    for (const Dns01Challenge &each : scene.solver.presented)
        values.append(each.value);
    QCOMPARE(values,
             QStringList({scene.client.dns01Value(QStringLiteral("token-0-of-the-ca")),
                          scene.client.dns01Value(QStringLiteral("token-1-of-the-ca"))}));
    QVERIFY(!scene.solver.presented[0].name.isWildcard());
    QVERIFY(scene.solver.presented[1].name.isWildcard());
    QCOMPARE(scene.solver.cleanUps, 1);
    QCOMPARE(scene.steps,
             QStringList({QStringLiteral("order"), QStringLiteral("authorizations"),
                          QStringLiteral("publish"), QStringLiteral("propagation"),
                          QStringLiteral("challenge"), QStringLiteral("finalize"),
                          QStringLiteral("certificate")}));
    QVERIFY(!scene.boards.isEmpty());
    const auto leaf = Certificate::fromDer(chain->leafDer);
    QVERIFY(leaf);
    QCOMPARE(leaf->publicKeySha256(), scene.leafKey.publicKeySha256());
    QCOMPARE(chain->chainPem, scene.middle.pem());
    QCOMPARE(scene.ca.violations(), QStringList());
    QCOMPARE(scene.ca.count(QStringLiteral("/challenge/0/http-01")), 0);
}

void TstAcmeIssuer::takesTheNamesInWhateverOrderTheCaSaysThem()
{
    Scene scene({QStringLiteral("c.example.org"), QStringLiteral("a.example.org"),
                 QStringLiteral("b.example.org")});
    std::reverse(scene.names.begin(), scene.names.end());
    scene.names[0].identifier = QStringLiteral("B.Example.ORG");
    const auto chain = scene.obtain();
    QVERIFY2(chain, chain ? "" : qPrintable(describe(chain.error())));
    // Each value stands at the name of its own token, not at that of its place in the request.
    for (const Dns01Challenge &each : scene.solver.presented) {
        const QString name = each.name.ascii();
        const int index = name.startsWith(u'b') ? 0 : name.startsWith(u'a') ? 1 : 2;
        QCOMPARE(each.value,
                 scene.client.dns01Value(QStringLiteral("token-%1-of-the-ca").arg(index)));
    }
}

void TstAcmeIssuer::anOrderBornReadyNeedsNoRecord()
{
    Scene scene(twoNames());
    scene.status = QStringLiteral("ready");
    for (Scene::Name &name : scene.names)
        name.status = QStringLiteral("valid");
    const auto chain = scene.obtain();
    QVERIFY2(chain, chain ? "" : qPrintable(describe(chain.error())));
    QCOMPARE(scene.solver.presents, 0);
    QCOMPARE(scene.ca.count(QStringLiteral("/authorization/0")), 0);
    QCOMPARE(scene.ca.count(QStringLiteral("/finalize/1")), 1);
}

void TstAcmeIssuer::validAuthorizationsNeedNoRecord()
{
    Scene scene(twoNames());
    for (Scene::Name &name : scene.names)
        name.status = QStringLiteral("valid");
    // The CA moves the order on when it is looked at.
    scene.ca.on(QStringLiteral("/order/1"), [&scene](const CaRequest &) {
        if (scene.status == QLatin1String("pending"))
            scene.status = QStringLiteral("ready");
        return ScriptedCa::reply(200, scene.order());
    });
    const auto chain = scene.obtain();
    QVERIFY2(chain, chain ? "" : qPrintable(describe(chain.error())));
    QCOMPARE(scene.solver.presents, 0);
    QCOMPARE(scene.ca.count(QStringLiteral("/challenge/0/dns-01")), 0);
}

void TstAcmeIssuer::provesOnlyWhatIsNotProvedYet()
{
    Scene scene({QStringLiteral("a.example.org"), QStringLiteral("b.example.org")});
    scene.names[0].status = QStringLiteral("valid");
    const auto chain = scene.obtain();
    QVERIFY2(chain, chain ? "" : qPrintable(describe(chain.error())));
    QCOMPARE(scene.solver.recordNames(),
             QStringList(QStringLiteral("_acme-challenge.b.example.org")));
    QCOMPARE(scene.ca.count(QStringLiteral("/challenge/0/dns-01")), 0);
    QCOMPARE(scene.ca.count(QStringLiteral("/challenge/1/dns-01")), 1);
}

void TstAcmeIssuer::C4_writesTheOrderDownBeforeAnyRecord()
{
    Scene scene(twoNames());
    QStringList before;
    scene.solver.onPresent = [&] { before = scene.ordersWritten; };
    QVERIFY(scene.obtain());
    QCOMPARE(before, QStringList(ScriptedCa::text("/order/1")));
}

void TstAcmeIssuer::C4_publishesNothingThatIsNotWrittenDown()
{
    Scene scene(twoNames());
    scene.diskFailure = fail(Error::Kind::Internal, QStringLiteral("the disk is full")).value();
    const auto chain = scene.obtain();
    QVERIFY(!chain);
    QVERIFY(chain.error().detail.contains(QStringLiteral("the disk is full")));
    QCOMPARE(scene.solver.presents, 0);
    QCOMPARE(scene.ca.count(QStringLiteral("/challenge/0/dns-01")), 0);
}

void TstAcmeIssuer::aKnownOrderIsTakenUpWhereItStands()
{
    Scene scene(twoNames());
    scene.job.orderUrl = ScriptedCa::text("/order/1");
    scene.status = QStringLiteral("valid");
    const auto chain = scene.obtain();
    QVERIFY2(chain, chain ? "" : qPrintable(describe(chain.error())));
    QCOMPARE(scene.ca.count(QStringLiteral("/new-order")), 0);
    QCOMPARE(scene.ca.count(QStringLiteral("/finalize/1")), 0); // I3: at most one finalize
    QCOMPARE(scene.solver.presents, 0);
}

// The clean-up of a job that was put aside took the record back, and the CA goes on looking
// (RFC 8555 section 8.2).
void TstAcmeIssuer::whatTheCaStillLooksForIsPublishedAgain()
{
    Scene scene({QStringLiteral("example.org")});
    scene.job.orderUrl = QStringLiteral("https://ca.example/order/1");
    scene.ca.on(QStringLiteral("/authorization/0"), [&scene](const CaRequest &) {
        QJsonObject json = scene.authorization(0);
        QJsonArray challenges = json.value(QStringLiteral("challenges")).toArray();
        QJsonObject dns01 = challenges.last().toObject();
        dns01[QLatin1String("status")] = QStringLiteral("processing");
        challenges.replace(challenges.size() - 1, dns01);
        json[QLatin1String("challenges")] = challenges;
        return ScriptedCa::reply(200, json);
    });
    // It finds the record when there is one.
    scene.ca.on(QStringLiteral("/order/1"), [&scene](const CaRequest &) {
        if (scene.solver.presents > 0 && scene.status == QLatin1String("pending"))
            scene.status = QStringLiteral("ready");
        else if (scene.ca.count(QStringLiteral("/order/1")) > 3)
            scene.status = QStringLiteral("invalid");
        return ScriptedCa::reply(200, scene.order());
    });
    const auto chain = scene.obtain();
    QVERIFY2(chain, chain ? "" : qPrintable(describe(chain.error())));
    QCOMPARE(scene.solver.recordNames(),
             QStringList{QStringLiteral("_acme-challenge.example.org")});
    QVERIFY(!scene.boards.isEmpty());
    // It was asked already.
    QCOMPARE(scene.ca.count(QStringLiteral("/challenge/0/dns-01")), 0);
}

void TstAcmeIssuer::aDeadOrderIsMadeAnew_data()
{
    QTest::addColumn<int>("status"); // of the reply
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("authorization"); // empty: the CA knows it no more
    const QString pending = QStringLiteral("pending");
    QTest::newRow("invalid") << 200 << QStringLiteral("invalid") << pending;
    QTest::newRow("gone") << 404 << QString() << pending;
    QTest::newRow("another account's") << 403 << QString() << pending;
    QTest::newRow("an authorization expired") << 200 << pending << QStringLiteral("expired");
    QTest::newRow("an authorization was given up")
        << 200 << pending << QStringLiteral("deactivated");
    QTest::newRow("an authorization was revoked") << 200 << pending << QStringLiteral("revoked");
    QTest::newRow("an authorization failed") << 200 << pending << QStringLiteral("invalid");
    QTest::newRow("an authorization is gone") << 200 << pending << QString();
}

void TstAcmeIssuer::aDeadOrderIsMadeAnew()
{
    QFETCH(int, status);
    QFETCH(QString, order);
    QFETCH(QString, authorization);
    Scene scene(twoNames());
    scene.job.orderUrl = ScriptedCa::text("/order/0");
    scene.ca.on(QStringLiteral("/order/0"), [&scene, status, order](const CaRequest &) {
        if (status != 200)
            return ScriptedCa::problem(status, status == 403 ? "unauthorized" : "malformed",
                                       QStringLiteral("no such order"));
        QJsonObject json = scene.order();
        json[QLatin1String("status")] = order;
        json[QLatin1String("authorizations")] =
            QJsonArray{ScriptedCa::text("/authorization/0"), ScriptedCa::text("/authorization/9")};
        return ScriptedCa::reply(200, json);
    });
    scene.ca.on(QStringLiteral("/authorization/9"), [&scene, authorization](const CaRequest &) {
        if (authorization.isEmpty())
            return ScriptedCa::problem(404, "malformed", QStringLiteral("Expired authorization"));
        QJsonObject json = scene.authorization(1);
        json[QLatin1String("status")] = authorization;
        return ScriptedCa::reply(200, json);
    });
    const auto chain = scene.obtain();
    QVERIFY2(chain, chain ? "" : qPrintable(describe(chain.error())));
    QCOMPARE(scene.ca.count(QStringLiteral("/new-order")), 1);
    QCOMPARE(scene.ordersWritten, QStringList(ScriptedCa::text("/order/1")));
}

void TstAcmeIssuer::refusesAnOrderForOtherNames_data()
{
    QTest::addColumn<QStringList>("made");
    QTest::newRow("another") << QStringList{QStringLiteral("example.org"),
                                            QStringLiteral("evil.example")};
    QTest::newRow("one less") << QStringList{QStringLiteral("example.org")};
    QTest::newRow("one more") << twoNames() + QStringList{QStringLiteral("evil.example")};
    QTest::newRow("no star") << QStringList{QStringLiteral("example.org"),
                                            QStringLiteral("www.example.org")};
}

void TstAcmeIssuer::refusesAnOrderForOtherNames()
{
    QFETCH(QStringList, made);
    Scene scene(twoNames());
    scene.names.clear();
    for (const QString &name : made)
        scene.names.emplace_back().identifier = name;
    const auto chain = scene.obtain();
    QVERIFY(!chain);
    QCOMPARE(chain.error().kind, Error::Kind::CaRefused);
    QVERIFY(chain.error().detail.contains(made.constLast()));
    QCOMPARE(scene.solver.presents, 0);
    QCOMPARE(scene.ca.count(QStringLiteral("/finalize/1")), 0);
}

void TstAcmeIssuer::refusesACaWithoutDns01()
{
    Scene scene(twoNames());
    scene.names[1].challenges = {QStringLiteral("http-01"), QStringLiteral("tls-alpn-01")};
    const auto chain = scene.obtain();
    QVERIFY(!chain);
    QCOMPARE(chain.error().kind, Error::Kind::CaRefused);
    QVERIFY2(chain.error().detail.contains(QStringLiteral("http-01, tls-alpn-01")),
             qPrintable(chain.error().detail));
    QVERIFY(!chain.error().advice.isEmpty());
    QCOMPARE(scene.solver.presents, 0);
    scene.names[1].challenges.clear();
    const auto none = scene.obtain();
    QVERIFY(!none);
    QVERIFY2(none.error().detail.contains(QStringLiteral("none")), qPrintable(none.error().detail));
}

void TstAcmeIssuer::B82_tellsWhatTheCaSawForEachName()
{
    Scene scene({QStringLiteral("a.example.org"), QStringLiteral("b.example.org")});
    scene.names[0].failure = QStringLiteral("No TXT record found at _acme-challenge.a");
    scene.names[1].failure = QStringLiteral("Incorrect TXT record found");
    const auto chain = scene.obtain();
    QVERIFY(!chain);
    QCOMPARE(chain.error().kind, Error::Kind::CaRefused);
    QCOMPARE(chain.error().type, QStringLiteral("urn:ietf:params:acme:error:dns"));
    QCOMPARE(chain.error().parts.size(), std::size_t(2));
    QCOMPARE(chain.error().parts[0].subject, QStringLiteral("a.example.org"));
    QCOMPARE(chain.error().parts[0].detail, scene.names[0].failure);
    QCOMPARE(chain.error().parts[1].subject, QStringLiteral("b.example.org"));
    QCOMPARE(chain.error().parts[1].detail, scene.names[1].failure);
    QCOMPARE(scene.ca.count(QStringLiteral("/finalize/1")), 0);
}

void TstAcmeIssuer::answersNothingWhenPublishingFails()
{
    Scene scene(twoNames());
    scene.solver.failure = fail(Error::Kind::ProviderRefused, QStringLiteral("no")).value();
    const auto chain = scene.obtain();
    QVERIFY(!chain);
    QCOMPARE(chain.error().kind, Error::Kind::ProviderRefused);
    QCOMPARE(scene.ca.count(QStringLiteral("/challenge/0/dns-01")), 0);
    QCOMPARE(scene.ca.count(QStringLiteral("/finalize/1")), 0);
}

void TstAcmeIssuer::B39_B85_refusesWhatTheCaSent_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<QString>("words");
    const Scene scene(twoNames());
    const PrivateKey other = PrivateKey::generate(KeyType::Ec256).value();
    const Secret otherPem = other.toPem().value();
    const QByteArray key(otherPem.text().data(), static_cast<qsizetype>(otherPem.size()));
    const QByteArray leaf = scene.middle.leafPem(scene.leafKey.handle(), twoNames());
    const auto leafFor = [&scene](const QStringList &names) {
        return scene.middle.leafPem(scene.leafKey.handle(), names) + scene.middle.pem();
    };
    QTest::newRow("B39 a private key behind")
        << leaf + scene.middle.pem() + key << QStringLiteral("PRIVATE KEY");
    QTest::newRow("B39 a private key in front")
        << key + leaf + scene.middle.pem() << QStringLiteral("PRIVATE KEY");
    QTest::newRow("B85 another key") << scene.middle.leafPem(other.handle(), twoNames())
            + scene.middle.pem() << QStringLiteral("for another key");
    QTest::newRow("B85 the issuer in front")
        << scene.middle.pem() + leaf << QStringLiteral("for another key");
    QTest::newRow("B85 other names")
        << leafFor({QStringLiteral("evil.example")}) << QStringLiteral("other names: evil.example");
    QTest::newRow("B85 a name less")
        << leafFor({QStringLiteral("example.org")}) << QStringLiteral("other names");
    QTest::newRow("B85 a name more")
        << leafFor(twoNames() + QStringList{QStringLiteral("evil.example")})
        << QStringLiteral("evil.example");
    QTest::newRow("B85 the www of a stranger")
        << leafFor(twoNames() + QStringList{QStringLiteral("www.evil.example")})
        << QStringLiteral("www.evil.example");
    QTest::newRow("B85 another label in front")
        << leafFor(twoNames() + QStringList{QStringLiteral("mail.example.org")})
        << QStringLiteral("mail.example.org");
    QTest::newRow("B85 the www instead of the name")
        << leafFor({QStringLiteral("*.example.org"), QStringLiteral("www.example.org")})
        << QStringLiteral("other names");
    QTest::newRow("B85 names in the common name only")
        << scene.middle.leafPem(scene.leafKey.handle(), {}) + scene.middle.pem()
        << QStringLiteral("other names");
    QTest::newRow("an issuer that did not sign")
        << leaf + SigningCa("Test Issuer", &scene.root).pem()
        << QStringLiteral("does not hold together at certificate 2");
    QTest::newRow("a gap") << leaf + scene.root.pem()
                           << QStringLiteral("does not hold together at certificate 2");
    QTest::newRow("a stranger at the end")
        << leaf + scene.middle.pem() + SigningCa("Stranger").pem()
        << QStringLiteral("does not hold together at certificate 3");
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("text") << QByteArray("<html>Welcome</html>") << QString();
    QTest::newRow("cut") << leaf.left(leaf.size() / 2) << QString();
}

void TstAcmeIssuer::B39_B85_refusesWhatTheCaSent()
{
    QFETCH(QByteArray, pem);
    QFETCH(QString, words);
    Scene scene(twoNames());
    // The data was made by another scene; only the names and the key count.
    const auto first = certificatesFromPem(pem, false);
    const QString wrongKey = scene.leafKey.publicKeySha256();
    const QString key = words == QLatin1String("for another key") || !first || first->empty()
        ? wrongKey
        : first->front().publicKeySha256();
    const auto issued = checkIssued(pem, twoNames(), key);
    QVERIFY(!issued);
    QVERIFY2(issued.error().detail.contains(words), qPrintable(issued.error().detail));
    for (const QByteArray &line : pem.split('\n'))
        QVERIFY(line.size() < 40 || !issued.error().detail.contains(QString::fromLatin1(line)));
}

void TstAcmeIssuer::B85_storesNothingOfARefusedChain()
{
    Scene scene(twoNames());
    const PrivateKey other = PrivateKey::generate(KeyType::Ec256).value();
    scene.chain = scene.middle.leafPem(other.handle(), twoNames()) + scene.middle.pem();
    const auto chain = scene.obtain();
    QVERIFY(!chain);
    QCOMPARE(chain.error().kind, Error::Kind::CaRefused);
    QVERIFY(!chain.error().advice.isEmpty());
    QCOMPARE(scene.solver.cleanUps, 1);
}

void TstAcmeIssuer::acceptsEveryHonestChain_data()
{
    QTest::addColumn<int>("shape");
    QTest::newRow("leaf alone") << 0;
    QTest::newRow("with its issuer") << 1;
    QTest::newRow("with the root") << 2;
    QTest::newRow("names in another order and case") << 3;
    QTest::newRow("with the root in front of the issuer") << 4;
}

void TstAcmeIssuer::acceptsEveryHonestChain()
{
    QFETCH(int, shape);
    const Scene scene(twoNames());
    const QStringList names = shape == 3
        ? QStringList{QStringLiteral("*.Example.org"), QStringLiteral("example.ORG")}
        : twoNames();
    QByteArray pem = scene.middle.leafPem(scene.leafKey.handle(), names);
    if (shape == 4)
        pem += scene.root.pem();
    if (shape > 0)
        pem += scene.middle.pem();
    if (shape == 2)
        pem += scene.root.pem();
    const auto issued = checkIssued(pem, twoNames(), scene.leafKey.publicKeySha256());
    QVERIFY2(issued, issued ? "" : qPrintable(describe(issued.error())));
    QByteArray wanted;
    if (shape > 0)
        wanted += scene.middle.pem();
    if (shape == 2 || shape == 4)
        wanted += scene.root.pem();
    QCOMPARE(issued->chainPem, wanted);
}

void TstAcmeIssuer::acceptsTheWwwThatACaAdds_data()
{
    QTest::addColumn<QString>("ordered");
    QTest::addColumn<QString>("added");
    const QString name = QStringLiteral("example.org");
    const QString www = QStringLiteral("www.example.org");
    QTest::newRow("the www of a name") << name << www;
    QTest::newRow("the name of a www") << www << name;
}

void TstAcmeIssuer::acceptsTheWwwThatACaAdds()
{
    QFETCH(QString, ordered);
    QFETCH(QString, added);
    Scene scene({ordered});
    scene.chain = scene.middle.leafPem(scene.leafKey.handle(), {ordered, added});
    const auto issued = scene.obtain();
    QVERIFY2(issued, issued ? "" : qPrintable(describe(issued.error())));
}

QTEST_GUILESS_MAIN(TstAcmeIssuer)
#include "tst_acmeissuer.moc"
