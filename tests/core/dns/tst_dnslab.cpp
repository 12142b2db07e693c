// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/CnameChain.h"
#include "core/dns/DnsUpdate.h"
#include "core/dns/PropagationBoard.h"
#include "core/dns/SystemResolver.h"
#include "tests/support/LabFixture.h"
#include "tests/support/TestSecret.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// The module against real name servers: three Knot servers (one of them slow) and BIND.
class TstDnsLab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void findsTheZoneAndItsServers();
    void findsNoLameServers();
    void addsAndRemovesOnlyOurValue();
    void turnsGreenServerByServer();
    void watchesThirtyNamesAtOnce();
    void C6_findsWhatIsThereAlready();
    void tellsAWrongKey_data();
    void tellsAWrongKey();
    void tellsAForeignZone();
    void askingTheBoardPlantsNoNoInTheResolver();

private:
    [[nodiscard]] std::unique_ptr<DnsUpdate>
    updater(const QString &name = QStringLiteral("practice"), const QByteArray &secret = {},
            const QString &algorithm = QStringLiteral("hmac-sha256"))
    {
        const Secret base64 = secret.isEmpty() ? m_lab.lab().tsigKey().value() : testSecret(secret);
        auto key = tsigKeyFromFields(name, algorithm, base64);
        const DnsEndpoint primary{QHostAddress(m_lab.facts().primary), m_lab.facts().dnsPort};
        return std::make_unique<DnsUpdate>(m_resolver->transport(), primary, std::move(*key));
    }
    [[nodiscard]] static DnsName name(const QString &text)
    {
        return DnsName::fromText(text).value();
    }
    [[nodiscard]] static ExpectedRecord expected(const QString &text, const QStringList &values)
    {
        return {name(text), name(text), values, {}};
    }
    const DnsName m_zone = name(QStringLiteral("practice.test"));
    const SystemClock m_clock;
    LabFixture m_lab;
    std::unique_ptr<SystemResolver> m_resolver;
};

void TstDnsLab::initTestCase()
{
    QVERIFY2(m_lab.start({}), m_lab.failure());
}

void TstDnsLab::init()
{
    ResolverOptions options;
    options.servers = {
        QStringLiteral("%1:%2").arg(m_lab.facts().resolver).arg(m_lab.facts().dnsPort)};
    options.dnsPort = m_lab.facts().dnsPort;
    m_resolver = std::make_unique<SystemResolver>(options);
}

void TstDnsLab::findsTheZoneAndItsServers()
{
    const ZoneCut cut(*m_resolver);
    for (const char *each : {"practice.test", "www.practice.test", "a.b.c.practice.test"}) {
        const auto zone = await(cut.find(name(QString::fromLatin1(each)), {}));
        QVERIFY2(zone.has_value(), qPrintable(zone ? QString() : describe(zone.error())));
        QCOMPARE(zone->zone, m_zone);
        QCOMPARE(zone->parentZone, name(QStringLiteral("test")));
        QCOMPARE(zone->servers.size(), 3U);
        for (const NameServer &server : zone->servers) {
            QVERIFY(server.inParent);
            QVERIFY(server.inChild);
            QCOMPARE(server.addresses.size(), 1U);
        }
        QVERIFY2(zone->notes.isEmpty(), qPrintable(zone->notes.join(QLatin1Char('|'))));
        QVERIFY(zone->negativeTtl > 0);
    }
}

void TstDnsLab::findsNoLameServers()
{
    ZoneCutOptions options;
    options.thorough = true;
    const auto zone = await(ZoneCut(*m_resolver, options).find(m_zone, {}));
    QVERIFY(zone.has_value());
    QVERIFY2(zone->notes.isEmpty(), qPrintable(zone->notes.join(QLatin1Char('|'))));
}

void TstDnsLab::addsAndRemovesOnlyOurValue()
{
    const auto update = updater();
    const DnsName owner = name(QStringLiteral("_acme-challenge.own.practice.test"));
    const QString other = QString(600, QLatin1Char('x'));
    for (int i = 0; i < 2; ++i) { // adding twice is adding once
        const auto added = await(
            update->add(m_zone, {{owner, QStringLiteral("ours"), 60}, {owner, other, 60}}, {}));
        QVERIFY2(added.has_value(), qPrintable(added ? QString() : describe(added.error())));
    }
    auto values = await(update->find(owner, {}));
    QVERIFY(values.has_value());
    values->sort();
    QCOMPARE(*values, QStringList({QStringLiteral("ours"), other}));
    for (int i = 0; i < 2; ++i) // removing what is gone is fine
        QVERIFY(await(update->remove(m_zone, {{owner, QStringLiteral("ours"), 60}}, {})));
    QCOMPARE(await(update->find(owner, {})).value(), QStringList(other));
    QVERIFY(await(update->remove(m_zone, {{owner, other, 60}}, {})));
    QCOMPARE(await(update->find(owner, {})).value(), QStringList());
}

void TstDnsLab::turnsGreenServerByServer()
{
    const auto update = updater();
    const QString text = QStringLiteral("_acme-challenge.green.practice.test");
    const DnsName owner = name(text);
    QVERIFY(await(update->add(m_zone, {{owner, QStringLiteral("apex"), 60}}, {})));
    QVERIFY(await(update->add(m_zone, {{owner, QStringLiteral("wild"), 60}}, {})));
    PropagationBoard board(*m_resolver, m_clock);
    bool sawMixed = false;
    BoardState::Phase last = BoardState::Phase::Looking;
    const auto sink = [&](const BoardState &state) {
        const auto served =
            std::count_if(state.rows.begin(), state.rows.end(),
                          [](const BoardRow &row) { return row.verdict == Verdict::Served; });
        sawMixed = sawMixed || (served > 0 && served < 3);
        last = state.phase;
    };
    const auto state = await(board.watch(
        {expected(text, {QStringLiteral("apex"), QStringLiteral("wild")})}, 60s, sink, {}));
    QVERIFY2(state.has_value(), qPrintable(state ? QString() : describe(state.error())));
    QCOMPARE(state->phase, BoardState::Phase::Ready);
    QCOMPARE(last, BoardState::Phase::Ready);
    QVERIFY2(sawMixed, "the slow server was never seen waiting");
    QCOMPARE(state->rows.size(), 3U);
    for (const BoardRow &row : state->rows) {
        QCOMPARE(row.verdict, Verdict::Served);
        QVERIFY(row.authoritative);
        QVERIFY(row.rounds >= 2);
        QCOMPARE(row.serial, state->rows.front().serial);
        QVERIFY(row.serial.has_value());
        QCOMPARE(row.valuesSeen, QStringList({QStringLiteral("apex"), QStringLiteral("wild")}));
        QCOMPARE(row.ttl, std::optional(60));
    }
    QVERIFY(await(update->remove(
        m_zone, {{owner, QStringLiteral("apex"), 60}, {owner, QStringLiteral("wild"), 60}}, {})));
}

void TstDnsLab::watchesThirtyNamesAtOnce()
{
    const auto update = updater();
    std::vector<TxtUpdate> values;
    std::vector<ExpectedRecord> records;
    for (int i = 0; i < 30; ++i) {
        const QString text = QStringLiteral("_acme-challenge.w%1.practice.test").arg(i);
        values.push_back({name(text), QStringLiteral("value-%1").arg(i), 60});
        records.push_back(expected(text, {QStringLiteral("value-%1").arg(i)}));
    }
    QVERIFY(await(update->add(m_zone, values, {})));
    PropagationBoard board(*m_resolver, m_clock);
    const auto state = await(board.watch(records, 60s, {}, {}));
    QVERIFY2(state.has_value(), qPrintable(state ? QString() : describe(state.error())));
    QCOMPARE(state->phase, BoardState::Phase::Ready);
    QCOMPARE(state->rows.size(), 90U);
    QVERIFY(await(update->remove(m_zone, values, {})));
}

void TstDnsLab::C6_findsWhatIsThereAlready()
{
    const auto update = updater();
    const DnsName owner = name(QStringLiteral("_acme-challenge.left.practice.test"));
    QCOMPARE(await(update->find(owner, {})).value(), QStringList());
    QVERIFY(await(update->add(m_zone, {{owner, QStringLiteral("left behind"), 60}}, {})));
    QCOMPARE(await(update->find(owner, {})).value(), QStringList(QStringLiteral("left behind")));
    QVERIFY(await(update->remove(m_zone, {{owner, QStringLiteral("left behind"), 60}}, {})));
}

void TstDnsLab::tellsAWrongKey_data()
{
    QTest::addColumn<QString>("keyName");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("algorithm");
    const QByteArray other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    QTest::newRow("another secret")
        << QStringLiteral("practice") << other << QStringLiteral("hmac-sha256");
    QTest::newRow("another name") << QStringLiteral("nobody") << other
                                  << QStringLiteral("hmac-sha256");
    QTest::newRow("another algorithm")
        << QStringLiteral("practice") << QByteArray() << QStringLiteral("hmac-sha512");
}

void TstDnsLab::tellsAWrongKey()
{
    QFETCH(QString, keyName);
    QFETCH(QByteArray, secret);
    QFETCH(QString, algorithm);
    const auto update = updater(keyName, secret, algorithm);
    const DnsName owner = name(QStringLiteral("_acme-challenge.no.practice.test"));
    const auto added = await(update->add(m_zone, {{owner, QStringLiteral("v"), 60}}, {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::Unauthorized);
    QVERIFY2(added.error().detail.contains(QStringLiteral("key")),
             qPrintable(added.error().detail));
    QVERIFY(!added.error().advice.isEmpty());
}

void TstDnsLab::tellsAForeignZone()
{
    const auto update = updater();
    const DnsName zone = name(QStringLiteral("other.test"));
    const DnsName owner = name(QStringLiteral("_acme-challenge.other.test"));
    const auto added = await(update->add(zone, {{owner, QStringLiteral("v"), 60}}, {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::Unauthorized);
    QVERIFY2(added.error().detail.contains(QStringLiteral("authoritative")),
             qPrintable(added.error().detail));
}

// The CA's resolver must not hear of the name before the record is there (RFC 2308).
void TstDnsLab::askingTheBoardPlantsNoNoInTheResolver()
{
    const QString text = QStringLiteral("_acme-challenge.fresh.practice.test");
    const auto plan = await(CnameChain(*m_resolver).follow(name(text), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Plain);
    QCOMPARE(plan->zone.zone, m_zone);
    PropagationBoard board(*m_resolver, m_clock);
    QVERIFY(await(board.look({expected(text, {QStringLiteral("v")})}, {})).has_value());
    const auto update = updater();
    QVERIFY(await(update->add(m_zone, {{name(text), QStringLiteral("v"), 60}}, {})));
    QVERIFY(await(board.watch({expected(text, {QStringLiteral("v")})}, 60s, {}, {})).has_value());
    const auto seen = await(m_resolver->resolve({name(text), DnsType::TXT, true}, {}));
    QVERIFY(seen.has_value());
    QCOMPARE(seen->answer.size(), 1U);
}

QTEST_GUILESS_MAIN(TstDnsLab)
#include "tst_dnslab.moc"
