// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/AcmeClient.h"
#include "core/crypto/Base64.h"
#include "core/http/CurlTransport.h"
#include "core/x509/Certificate.h"
#include "core/x509/Csr.h"
#include "tests/support/Await.h"
#include "tests/support/PebbleServer.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// Against a real ACME server that refuses one nonce in five.
class TstAcmeClientPebble : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsTheDirectory();
    void fetchesTheDirectoryOnceForAll();
    void opensAnAccountAndFindsItByItsKey();
    void saysThatAnAccountDoesNotExist();
    void updatesContactsAndDeactivates();
    void bindsAnExternalAccount();
    void refusesAWrongExternalAccount();
    void issues_data();
    void issues();
    void needsSevenRequestsWhenWarm();
    void needsTenRequestsFromNothing();
    void multiplexesOverOneConnection();
    void survivesACaThatRefusesMostNonces();
    void refusesTheAccountKeyInARequest();
    void givesUpAnAuthorization();
    void saysNotFoundForAForeignOrder();

private:
    [[nodiscard]] std::unique_ptr<CurlTransport> transportTo(const PebbleServer &server) const;

    std::unique_ptr<PebbleServer> m_pebble;
    std::unique_ptr<CurlTransport> m_transport;
};

// The result's value, or the end of the test with the error's text.
#define VALUE_OF(name, ...)                                                                        \
    auto name##Result = await(__VA_ARGS__);                                                        \
    QVERIFY2(name##Result.has_value(),                                                             \
             name##Result ? "" : qPrintable(describe(name##Result.error())));                      \
    [[maybe_unused]] auto &name = *name##Result

#define SUCCEED(...)                                                                               \
    do {                                                                                           \
        const auto done = await(__VA_ARGS__);                                                      \
        QVERIFY2(done.has_value(), done ? "" : qPrintable(describe(done.error())));                \
    } while (false)

static PrivateKey newKey(KeyType type = KeyType::Ec256)
{
    return std::move(PrivateKey::generate(type).value());
}

static NewAccount agreed()
{
    NewAccount account;
    account.contacts = {QStringLiteral("admin@example.org")};
    account.agreesToTerms = true;
    return account;
}

std::unique_ptr<CurlTransport> TstAcmeClientPebble::transportTo(const PebbleServer &server) const
{
    CurlTransportOptions options;
    options.caFile = server.caFile();
    return std::make_unique<CurlTransport>(options);
}

void TstAcmeClientPebble::initTestCase()
{
    m_pebble = std::make_unique<PebbleServer>();
    QVERIFY(m_pebble->isUp());
    m_transport = transportTo(*m_pebble);
}

void TstAcmeClientPebble::readsTheDirectory()
{
    AcmeClient client(*m_transport, m_pebble->directoryUrl(), newKey(), {});
    VALUE_OF(directory, client.directory({}));
    QVERIFY(directory.newOrder.path() == QLatin1String("/order-plz"));
    QVERIFY(directory.termsOfService.isEmpty()); // pebble's is a data: address, which is no link
    QVERIFY(!directory.externalAccountRequired);
    QVERIFY(client.clockSkew().has_value());
    QVERIFY(*client.clockSkew() < 10s);
}

void TstAcmeClientPebble::fetchesTheDirectoryOnceForAll()
{
    AcmeClient client(*m_transport, m_pebble->directoryUrl(), newKey(), {});
    const int before = m_transport->requestCount();
    std::vector<Task<Directory>> tasks;
    for (int i = 0; i < 3; ++i)
        tasks.push_back(client.directory({}));
    for (const Result<Directory> &result : QCoro::waitFor(all(std::move(tasks))))
        QVERIFY(result.has_value());
    QCOMPARE(m_transport->requestCount() - before, 1);
}

void TstAcmeClientPebble::opensAnAccountAndFindsItByItsKey()
{
    const Secret der = std::move(newKey().toPkcs8().value());
    AcmeClient first(*m_transport, m_pebble->directoryUrl(),
                     std::move(PrivateKey::fromPkcs8(der).value()), {});
    VALUE_OF(opened, first.newAccount(agreed(), {}));
    QCOMPARE(opened.status, QStringLiteral("valid"));
    QCOMPARE(opened.contacts, QStringList{QStringLiteral("mailto:admin@example.org")});
    QCOMPARE(first.accountUrl(), opened.url);

    AcmeClient second(*m_transport, m_pebble->directoryUrl(),
                      std::move(PrivateKey::fromPkcs8(der).value()), {});
    NewAccount existing;
    existing.onlyExisting = true;
    VALUE_OF(found, second.newAccount(std::move(existing), {}));
    QCOMPARE(found.url, opened.url);
}

void TstAcmeClientPebble::saysThatAnAccountDoesNotExist()
{
    AcmeClient client(*m_transport, m_pebble->directoryUrl(), newKey(), {});
    NewAccount existing;
    existing.onlyExisting = true;
    const auto found = await(client.newAccount(std::move(existing), {}));
    QVERIFY(!found.has_value());
    QCOMPARE(found.error().kind, Error::Kind::NotFound);
    QVERIFY(found.error().type.endsWith(QLatin1String(":accountDoesNotExist")));
    QVERIFY(client.accountUrl().isEmpty());
}

void TstAcmeClientPebble::updatesContactsAndDeactivates()
{
    AcmeClient client(*m_transport, m_pebble->directoryUrl(), newKey(), {});
    SUCCEED(client.newAccount(agreed(), {}));
    const QStringList contacts{QStringLiteral("mailto:other@example.org")};
    VALUE_OF(updated, client.updateContacts(contacts, {}));
    QCOMPARE(updated.contacts, contacts);
    SUCCEED(client.deactivateAccount({}));
    const QStringList names{QStringLiteral("example.org")};
    const auto order = await(client.newOrder(names, {}, {}));
    QVERIFY(!order.has_value()); // B84
    QCOMPARE(order.error().kind, Error::Kind::Unauthorized);
    QVERIFY(!order.error().advice.isEmpty());
}

void TstAcmeClientPebble::bindsAnExternalAccount()
{
    PebbleServer::Options options;
    options.externalAccountRequired = true;
    PebbleServer strict(options);
    QVERIFY(strict.isUp());
    const auto transport = transportTo(strict);
    AcmeClient client(*transport, strict.directoryUrl(), newKey(), {});
    VALUE_OF(directory, client.directory({}));
    QVERIFY(directory.externalAccountRequired);

    const auto without = await(client.newAccount(agreed(), {}));
    QVERIFY(!without.has_value());
    QCOMPARE(without.error().kind, Error::Kind::CaRefused);
    QVERIFY(without.error().type.endsWith(QLatin1String(":externalAccountRequired")));

    NewAccount bound = agreed();
    QByteArray macKey = fromBase64Url(PebbleServer::externalAccountKey()).value();
    bound.binding = ExternalAccount{QStringLiteral("kid-1"),
                                    std::move(Secret::take(std::move(macKey)).value())};
    VALUE_OF(account, client.newAccount(std::move(bound), {}));
    QCOMPARE(account.status, QStringLiteral("valid"));
}

void TstAcmeClientPebble::refusesAWrongExternalAccount()
{
    PebbleServer::Options options;
    options.externalAccountRequired = true;
    PebbleServer strict(options);
    QVERIFY(strict.isUp());
    const auto transport = transportTo(strict);
    AcmeClient client(*transport, strict.directoryUrl(), newKey(), {});
    NewAccount bound = agreed();
    bound.binding =
        ExternalAccount{QStringLiteral("kid-1"), std::move(Secret::take("not the key").value())};
    const auto account = await(client.newAccount(std::move(bound), {}));
    QVERIFY(!account.has_value());
    QVERIFY(client.accountUrl().isEmpty());
}

void TstAcmeClientPebble::issues_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<int>("accountKey");
    const QString one = QStringLiteral("www.example.org");
    const QString star = QStringLiteral("*.example.org");
    QTest::newRow("one name") << QStringList{one} << int(KeyType::Ec256);
    QTest::newRow("wildcard and name") << QStringList{star, one} << int(KeyType::Ec384);
    QTest::newRow("account with RSA") << QStringList{one} << int(KeyType::Rsa2048);
}

// Everything from the order to the chain; hands out what the CA sent.
[[nodiscard]] static Result<QByteArray> issue(AcmeClient &client, const QStringList &names,
                                              const PrivateKey &key)
{
    Result<Order> order = await(client.newOrder(names, {}, {}));
    if (!order)
        return fail(order.error());
    for (const QUrl &url : order->authorizations) {
        const Result<Authorization> authorization = await(client.authorization(url, {}));
        if (!authorization)
            return fail(authorization.error());
        for (const Challenge &challenge : authorization->challenges) {
            if (challenge.type != QLatin1String("dns-01"))
                continue;
            const Result<Challenge> answered = await(client.answerChallenge(challenge.url, {}));
            if (!answered)
                return fail(answered.error());
        }
    }
    order = await(client.pollOrder(order->url, 20s, {}));
    if (!order)
        return fail(order.error());
    const Result<Csr> csr = Csr::make(key, names);
    if (!csr)
        return fail(csr.error());
    const Result<Order> finalized = await(client.finalize(*order, csr->der, {}));
    if (!finalized)
        return fail(finalized.error());
    const Result<Order> valid = await(client.pollOrder(order->url, 20s, {}));
    if (!valid)
        return fail(valid.error());
    if (valid->status != QLatin1String("valid"))
        return fail(Error::Kind::Internal, valid->status);
    return await(client.certificate(valid->certificate, {}));
}

void TstAcmeClientPebble::issues()
{
    QFETCH(QStringList, names);
    QFETCH(int, accountKey);
    AcmeClient client(*m_transport, m_pebble->directoryUrl(), newKey(KeyType(accountKey)), {});
    SUCCEED(client.newAccount(agreed(), {}));
    const PrivateKey key = newKey();
    const Result<QByteArray> chain = issue(client, names, key);
    QVERIFY2(chain.has_value(), chain ? "" : qPrintable(describe(chain.error())));
    const auto certificates = certificatesFromPem(*chain, true);
    QVERIFY(certificates.has_value());
    QVERIFY(certificates->size() >= 2);
    QStringList issued = certificates->front().names();
    issued.sort();
    names.sort();
    QCOMPARE(issued, names);
    QCOMPARE(certificates->front().publicKeySha256(), key.publicKeySha256());

    SUCCEED(client.revoke(certificates->front().der(), 4, {}));
    const auto again = await(client.revoke(certificates->front().der(), 4, {}));
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().kind, Error::Kind::Conflict);
}

void TstAcmeClientPebble::needsSevenRequestsWhenWarm()
{
    PebbleServer::Options options;
    options.nonceReject = 0;
    PebbleServer calm(options);
    QVERIFY(calm.isUp());
    const auto transport = transportTo(calm);
    AcmeClient client(*transport, calm.directoryUrl(), newKey(), {});
    SUCCEED(client.newAccount(agreed(), {}));
    SUCCEED(client.warmNonce({}));
    const PrivateKey key = newKey();
    const int before = transport->requestCount();
    QElapsedTimer timer;
    timer.start();
    const auto chain = issue(client, {QStringLiteral("example.org")}, key);
    QVERIFY2(chain.has_value(), chain ? "" : qPrintable(describe(chain.error())));
    qInfo("warm issuance: %lld ms, %d requests", timer.elapsed(),
          transport->requestCount() - before);
    QVERIFY(transport->requestCount() - before <= 9); // 7, and polls of a busy machine
}

void TstAcmeClientPebble::needsTenRequestsFromNothing()
{
    PebbleServer::Options options;
    options.nonceReject = 0;
    PebbleServer calm(options);
    QVERIFY(calm.isUp());
    PrivateKey accountKey = newKey();
    const PrivateKey key = newKey();
    QElapsedTimer timer;
    timer.start();
    const auto transport = transportTo(calm);
    AcmeClient client(*transport, calm.directoryUrl(), std::move(accountKey), {});
    SUCCEED(client.newAccount(agreed(), {}));
    const auto chain = issue(client, {QStringLiteral("example.org")}, key);
    QVERIFY2(chain.has_value(), chain ? "" : qPrintable(describe(chain.error())));
    qInfo("cold issuance: %lld ms, %d requests", timer.elapsed(), transport->requestCount());
    QVERIFY(transport->requestCount() <= 12); // directory, nonce, account, and as above
}

// Established connections of this machine to that port, as the kernel counts them.
static int connectionsTo(int port)
{
    QFile table(QStringLiteral("/proc/net/tcp"));
    if (!table.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray remote = ":" + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    int count = 0;
    for (const QByteArray &line : table.readAll().split('\n')) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        count += fields.value(2).endsWith(remote) && fields.value(3) == "01";
    }
    return count;
}

void TstAcmeClientPebble::multiplexesOverOneConnection()
{
    const auto transport = transportTo(*m_pebble);
    const int port = m_pebble->directoryUrl().port();
    const int before = connectionsTo(port);
    QVERIFY(before >= 0);
    std::vector<Task<HttpResponse>> tasks;
    for (int i = 0; i < 30; ++i) {
        HttpRequest request;
        request.url = m_pebble->directoryUrl();
        tasks.push_back(transport->send(std::move(request), {}));
    }
    for (const Result<HttpResponse> &result : QCoro::waitFor(all(std::move(tasks))))
        QVERIFY(result.has_value());
    QCOMPARE(connectionsTo(port), before + 1);
}

void TstAcmeClientPebble::survivesACaThatRefusesMostNonces()
{
    PebbleServer::Options options;
    options.nonceReject = 90;
    PebbleServer moody(options);
    QVERIFY(moody.isUp());
    const auto transport = transportTo(moody);
    AcmeClient client(*transport, moody.directoryUrl(), newKey(), {});
    // Half of the tries end at the bound; each way it ends, and says what it was.
    for (int i = 0; i < 10; ++i) {
        const int before = transport->requestCount();
        const auto account = await(client.newAccount(agreed(), {}));
        if (!account)
            QVERIFY(account.error().type.endsWith(QLatin1String(":badNonce")));
        QVERIFY(transport->requestCount() - before <= 8);
    }
}

void TstAcmeClientPebble::refusesTheAccountKeyInARequest()
{
    const Secret der = std::move(newKey().toPkcs8().value());
    const PrivateKey same = std::move(PrivateKey::fromPkcs8(der).value());
    AcmeClient client(*m_transport, m_pebble->directoryUrl(),
                      std::move(PrivateKey::fromPkcs8(der).value()), {});
    SUCCEED(client.newAccount(agreed(), {}));
    const int before = m_transport->requestCount();
    const Result<Csr> csr = Csr::make(same, {QStringLiteral("example.org")});
    QVERIFY(csr.has_value());
    const auto finalized = await(client.finalize(Order(), csr->der, {}));
    QVERIFY(!finalized.has_value());
    QCOMPARE(finalized.error().kind, Error::Kind::BadRequest);
    QCOMPARE(m_transport->requestCount(), before);
}

void TstAcmeClientPebble::givesUpAnAuthorization()
{
    AcmeClient client(*m_transport, m_pebble->directoryUrl(), newKey(), {});
    SUCCEED(client.newAccount(agreed(), {}));
    const QStringList names{QStringLiteral("gone.example.org")};
    VALUE_OF(order, client.newOrder(names, {}, {}));
    QCOMPARE(order.status, QStringLiteral("pending"));
    QCOMPARE(order.names, names);
    QCOMPARE(order.authorizations.size(), size_t(1));
    SUCCEED(client.deactivateAuthorization(order.authorizations[0], {}));
    VALUE_OF(authorization, client.authorization(order.authorizations[0], {}));
    QCOMPARE(authorization.status, QStringLiteral("deactivated"));
}

void TstAcmeClientPebble::saysNotFoundForAForeignOrder()
{
    AcmeClient client(*m_transport, m_pebble->directoryUrl(), newKey(), {});
    SUCCEED(client.newAccount(agreed(), {}));
    const QUrl url = m_pebble->directoryUrl().resolved(QUrl(QStringLiteral("/my-order/none")));
    const auto order = await(client.order(url, {}));
    QVERIFY(!order.has_value());
    QCOMPARE(order.error().kind, Error::Kind::NotFound);
}

QTEST_GUILESS_MAIN(TstAcmeClientPebble)
#include "tst_acmeclient_pebble.moc"
