// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/CnameChain.h"
#include "core/dns/ZoneCut.h"
#include "tests/support/Await.h"
#include "tests/support/FakeResolver.h"

#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// Where a name's zone begins, who serves it, and where its CNAMEs lead.
class TstZoneCut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheZoneByItsSoa_data();
    void findsTheZoneByItsSoa();
    void readsBothSidesOfTheCut();
    void reportsGhostsAndUnlistedServers();
    void takesGlueFromTheDelegation();
    void listsIPv6AddressesAfterIPv4();
    void saysThatTheParentDoesNotDelegate();
    void goesOnWhenTheParentIsSilent();
    void reportsLameServersWhenThorough();
    void looksAZoneUpOnceForManyNames();
    void neverAsksAResolverForTheRecordItself();
    void followsADelegationOfTheRecordsOwnName();
    void saysThatNoZoneWasFound();
    void failsWhenAResolverFailsNearTheName();
    void goesOnWhereOnlyTheTargetOfACnameIsBroken();
    void failsWhereTheResolverHidesAZone_data();
    void failsWhereTheResolverHidesAZone();
    void stopsWhenTold();
    void takesAPlainNameAsItIs();
    void followsADelegationByCname();
    void followsSeveralHops();
    void stopsAtALoop();
    void stopsAfterTenHops();
    void tellsADanglingTarget_data();
    void tellsADanglingTarget();
    void followsIntoALocalTopLevelDomain();
    void writesBesideAWildcard();
    void keepsAnExplicitCnameBesideAnotherWildcard();
    void followsACnameThatOneServerHasAlready();
    void forgetsACnameThatTheNewestServerLacks();
    void goesOnWhenTheServersAreSilent();
    void takesTheResolversWordWhenTheServersAreSilent_data();
    void takesTheResolversWordWhenTheServersAreSilent();

private:
    [[nodiscard]] static DnsName name(const QString &text) { return FakeResolver::name(text); }
    [[nodiscard]] static QString both(const Error &error) { return describe(error); }
};

void TstZoneCut::findsTheZoneByItsSoa_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("parent");
    const QString example = QStringLiteral("example.test");
    const QString deep = QStringLiteral("a.b.example.test");
    const QString test = QStringLiteral("test");
    QTest::newRow("the apex") << example << example << test;
    QTest::newRow("a name that exists") << QStringLiteral("www.example.test") << example << test;
    QTest::newRow("a name that does not") << QStringLiteral("x.y.example.test") << example << test;
    QTest::newRow("a zone two labels below")
        << QStringLiteral("w.a.b.example.test") << deep << example;
    QTest::newRow("between the two zones") << QStringLiteral("b.example.test") << example << test;
    QTest::newRow("behind a CNAME") << QStringLiteral("alias.example.test") << example << test;
    QTest::newRow("a top-level domain") << test << test << QString();
    QTest::newRow("the root") << QString() << QString() << QString();
}

void TstZoneCut::findsTheZoneByItsSoa()
{
    QFETCH(QString, asked);
    QFETCH(QString, zone);
    QFETCH(QString, parent);
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"));
    resolver.addUsualZone(QStringLiteral("other.test"), 1);
    resolver.addZone(QStringLiteral("a.b.example.test"),
                     {{QStringLiteral("ns.sub.test"), {QStringLiteral("192.0.2.77")}}});
    resolver.add(QStringLiteral("www.example.test"), DnsType::A, QStringLiteral("203.0.113.1"));
    resolver.add(QStringLiteral("alias.example.test"), DnsType::CNAME,
                 QStringLiteral("host.other.test"));
    const auto found = await(ZoneCut(resolver).find(name(asked), {}));
    QVERIFY2(found.has_value(), qPrintable(found ? QString() : both(found.error())));
    QCOMPARE(found->zone.text(), zone);
    QCOMPARE(found->parentZone.text(), parent);
    QVERIFY(!found->servers.empty());
    QVERIFY2(found->notes.isEmpty(), qPrintable(found->notes.join(QLatin1Char('|'))));
}

void TstZoneCut::readsBothSidesOfTheCut()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 3);
    const auto zone = await(ZoneCut(resolver).find(name(QStringLiteral("example.test")), {}));
    QVERIFY(zone.has_value());
    QCOMPARE(zone->servers.size(), 3U);
    QVERIFY(resolver.countAsked(QStringLiteral("198.51.100.2"), DnsType::NS) == 1); // the parent
    for (const NameServer &server : zone->servers) {
        QVERIFY(server.inParent && server.inChild);
        QCOMPARE(server.addresses.size(), 1U);
    }
    QCOMPARE(zone->primary, name(QStringLiteral("ns1.example.test")));
    QCOMPARE(zone->negativeTtl, 60);
}

void TstZoneCut::reportsGhostsAndUnlistedServers()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    const QString parent = QStringLiteral("198.51.100.2");
    resolver.script(parent, [&](const DnsQuestion &question) -> Result<DnsReply> {
        DnsReply reply = resolver.authoritativeReply(parent, question);
        for (DnsRecord &record : reply.authority)
            if (record.value == QLatin1String("ns2.example.test"))
                record.value = QStringLiteral("old.other.test");
        return reply;
    });
    const auto zone = await(ZoneCut(resolver).find(name(QStringLiteral("example.test")), {}));
    QVERIFY(zone.has_value());
    QCOMPARE(zone->servers.size(), 3U);
    QCOMPARE(zone->servers[1].name, name(QStringLiteral("old.other.test")));
    QVERIFY(zone->servers[1].inParent && !zone->servers[1].inChild);
    QCOMPARE(zone->servers[2].name, name(QStringLiteral("ns2.example.test")));
    QVERIFY(!zone->servers[2].inParent && zone->servers[2].inChild);
    const QString notes = zone->notes.join(QLatin1Char('|'));
    QVERIFY2(notes.contains(QStringLiteral("Only the zone itself names ns2.example.test")),
             qPrintable(notes));
    QVERIFY2(notes.contains(QStringLiteral("Only the delegation names old.other.test")),
             qPrintable(notes));
    QVERIFY2(notes.contains(QStringLiteral("old.other.test has no address")), qPrintable(notes));
}

void TstZoneCut::takesGlueFromTheDelegation()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    const QString parent = QStringLiteral("198.51.100.2");
    resolver.script(parent, [&](const DnsQuestion &question) -> Result<DnsReply> {
        DnsReply reply = resolver.authoritativeReply(parent, question);
        DnsRecord glue;
        glue.owner = name(QStringLiteral("ns1.example.test"));
        glue.type = DnsType::AAAA;
        glue.value = QStringLiteral("2001:db8::1");
        reply.additional.push_back(glue);
        return reply;
    });
    const auto zone = await(ZoneCut(resolver).find(name(QStringLiteral("example.test")), {}));
    QVERIFY(zone.has_value());
    QCOMPARE(zone->servers.front().addresses.size(), 2U);
    QCOMPARE(zone->servers.front().addresses.back(), QHostAddress(QStringLiteral("2001:db8::1")));
}

void TstZoneCut::listsIPv6AddressesAfterIPv4()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.addZone(QStringLiteral("six.test"),
                     {{QStringLiteral("ns.six.test"),
                       {QStringLiteral("2001:db8::6"), QStringLiteral("192.0.2.66")}}});
    const auto zone = await(ZoneCut(resolver).find(name(QStringLiteral("six.test")), {}));
    QVERIFY(zone.has_value());
    QCOMPARE(zone->servers.front().addresses.front(), QHostAddress(QStringLiteral("192.0.2.66")));
    const auto endpoints = endpointsOf(zone->servers, 53);
    QCOMPARE(endpoints.size(), 2U);
}

void TstZoneCut::saysThatTheParentDoesNotDelegate()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.script(QStringLiteral("198.51.100.2"), [](const DnsQuestion &) -> Result<DnsReply> {
        DnsReply reply;
        reply.rcode = 3;
        reply.authoritative = true;
        return reply;
    });
    const auto zone = await(ZoneCut(resolver).find(name(QStringLiteral("example.test")), {}));
    QVERIFY(zone.has_value());
    QCOMPARE(zone->servers.size(), 1U);
    QVERIFY(zone->notes.join(QLatin1Char('|')).contains(QStringLiteral("does not delegate")));
}

void TstZoneCut::goesOnWhenTheParentIsSilent()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    resolver.makeDead(QStringLiteral("198.51.100.2"));
    const auto zone = await(ZoneCut(resolver).find(name(QStringLiteral("example.test")), {}));
    QVERIFY(zone.has_value());
    QCOMPARE(zone->servers.size(), 2U);
    QVERIFY(zone->servers.front().inParent); // not known, so nobody is called a ghost
    QVERIFY(zone->notes.join(QLatin1Char('|')).contains(QStringLiteral("could not be confirmed")));
}

void TstZoneCut::reportsLameServersWhenThorough()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 4);
    resolver.makeRcode(QStringLiteral("192.0.2.2"), 5);
    resolver.makeDead(QStringLiteral("192.0.2.3"));
    resolver.makeRcode(QStringLiteral("192.0.2.4"), 0); // answers, but without authority
    ZoneCutOptions options;
    options.thorough = true;
    const auto zone =
        await(ZoneCut(resolver, options).find(name(QStringLiteral("example.test")), {}));
    QVERIFY(zone.has_value());
    QCOMPARE(zone->notes.size(), 3);
    QVERIFY(zone->notes[0].contains(QStringLiteral("REFUSED")));
    QVERIFY(zone->notes[1].contains(QStringLiteral("cannot be asked")));
    QVERIFY(zone->notes[2].contains(QStringLiteral("with authority")));
}

void TstZoneCut::looksAZoneUpOnceForManyNames()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 3);
    std::vector<DnsName> names;
    for (int i = 0; i < 30; ++i)
        names.push_back(name(QStringLiteral("w%1.example.test").arg(i)));
    const auto zones = await(ZoneCut(resolver).findMany(names, {}));
    QVERIFY(zones.has_value());
    QCOMPARE(zones->size(), 30U);
    const auto nsQuestions =
        std::count_if(resolver.asked.begin(), resolver.asked.end(), [](const auto &asked) {
            return asked.server.isEmpty() && asked.question.type == DnsType::NS;
        });
    QCOMPARE(nsQuestions, 2); // the zone and its parent
}

void TstZoneCut::neverAsksAResolverForTheRecordItself()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    const DnsName record = name(QStringLiteral("_acme-challenge.www.example.test"));
    QVERIFY(await(ZoneCut(resolver).findForRecord(record, {})).has_value());
    QVERIFY(await(CnameChain(resolver).follow(record, {})).has_value());
    for (const auto &asked : resolver.asked)
        QVERIFY(!asked.server.isEmpty() || !(asked.question.name == record));
}

void TstZoneCut::followsADelegationOfTheRecordsOwnName()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    const QString own = QStringLiteral("_acme-challenge.www.example.test");
    resolver.addZone(own, {{QStringLiteral("ns.acme.test"), {QStringLiteral("192.0.2.99")}}});
    const auto zone = await(ZoneCut(resolver).findForRecord(name(own), {}));
    QVERIFY(zone.has_value());
    QCOMPARE(zone->zone.text(), own);
    QCOMPARE(zone->servers.front().name, name(QStringLiteral("ns.acme.test")));
}

void TstZoneCut::saysThatNoZoneWasFound()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.scriptResolve([](const DnsQuestion &) -> Result<DnsReply> { return DnsReply(); });
    const auto zone = await(ZoneCut(resolver).find(name(QStringLiteral("x.example.test")), {}));
    QVERIFY(!zone);
    QCOMPARE(zone.error().kind, Error::Kind::NotFound);
    QVERIFY(!zone.error().advice.isEmpty());
}

void TstZoneCut::failsWhenAResolverFailsNearTheName()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.scriptResolve([](const DnsQuestion &) -> Result<DnsReply> {
        DnsReply reply;
        reply.rcode = 2;
        return reply;
    });
    const auto zone = await(ZoneCut(resolver).find(name(QStringLiteral("example.test")), {}));
    QVERIFY(!zone);
    QCOMPARE(zone.error().kind, Error::Kind::Network);
    QVERIFY(zone.error().detail.contains(QStringLiteral("SERVFAIL")));
}

// www is a CNAME to a name whose zone is broken: the CA asks for _acme-challenge.www only, and that
// lies in a zone that is well.
void TstZoneCut::goesOnWhereOnlyTheTargetOfACnameIsBroken()
{
    const QString www = QStringLiteral("www.example.test");
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    resolver.add(www, DnsType::CNAME, QStringLiteral("gone.broken.test"));
    resolver.failToResolve(www);
    const DnsName record = name(QStringLiteral("_acme-challenge.www.example.test"));
    const auto plan = await(CnameChain(resolver).follow(record, {}));
    QVERIFY2(plan.has_value(), qPrintable(plan ? QString() : both(plan.error())));
    QCOMPARE(plan->end, NamePlan::End::Plain);
    QCOMPARE(plan->effective, record);
    QCOMPARE(plan->zone.zone.text(), QStringLiteral("example.test"));
}

void TstZoneCut::failsWhereTheResolverHidesAZone_data()
{
    QTest::addColumn<QString>("server"); // of the zone below
    QTest::addColumn<bool>("isSilent");
    QTest::newRow("a zone on other servers") << QStringLiteral("192.0.2.77") << false;
    QTest::newRow("a zone on the same server") << QStringLiteral("192.0.2.1") << false;
    QTest::newRow("nobody tells") << QStringLiteral("192.0.2.77") << true;
}

void TstZoneCut::failsWhereTheResolverHidesAZone()
{
    QFETCH(QString, server);
    QFETCH(bool, isSilent);
    const QString below = QStringLiteral("www.example.test");
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.addZone(below, {{QStringLiteral("ns.www.example.test"), {server}}});
    resolver.failToResolve(below);
    if (isSilent)
        resolver.makeDead(QStringLiteral("192.0.2.1"));
    const auto zone = await(ZoneCut(resolver).find(name(below), {}));
    QVERIFY(!zone);
    QCOMPARE(zone.error().kind, Error::Kind::Network);
    QVERIFY2(zone.error().detail.contains(QStringLiteral("SERVFAIL for www.example.test")),
             qPrintable(both(zone.error())));
}

void TstZoneCut::stopsWhenTold()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.delay = 1h;
    std::stop_source source;
    QTimer::singleShot(5, this, [&source] { source.request_stop(); });
    const auto zone =
        await(ZoneCut(resolver).find(name(QStringLiteral("example.test")), source.get_token()));
    QVERIFY(!zone);
    QCOMPARE(zone.error().kind, Error::Kind::Cancelled);
}

void TstZoneCut::takesAPlainNameAsItIs()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    const DnsName record = name(QStringLiteral("_acme-challenge.www.example.test"));
    const auto plan = await(CnameChain(resolver).follow(record, {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Plain);
    QCOMPARE(plan->effective, record);
    QVERIFY(plan->hops.empty() && plan->notes.isEmpty() && plan->canWork());
}

void TstZoneCut::followsADelegationByCname()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.addZone(QStringLiteral("acme.test"),
                     {{QStringLiteral("ns.acme.test"), {QStringLiteral("192.0.2.50")}}});
    resolver.add(QStringLiteral("_acme-challenge.example.test"), DnsType::CNAME,
                 QStringLiteral("abc.acme.test"));
    const auto plan = await(
        CnameChain(resolver).follow(name(QStringLiteral("_acme-challenge.example.test")), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Delegated);
    QCOMPARE(plan->effective, name(QStringLiteral("abc.acme.test")));
    QCOMPARE(plan->zone.zone, name(QStringLiteral("acme.test")));
    QCOMPARE(plan->hops.size(), 1U);
}

void TstZoneCut::followsSeveralHops()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    for (int i = 0; i < CnameChain::maxHops; ++i)
        resolver.add(i == 0 ? QStringLiteral("_acme-challenge.example.test")
                            : QStringLiteral("hop%1.example.test").arg(i),
                     DnsType::CNAME, QStringLiteral("hop%1.example.test").arg(i + 1));
    const auto plan = await(
        CnameChain(resolver).follow(name(QStringLiteral("_acme-challenge.example.test")), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Delegated);
    QCOMPARE(plan->hops.size(), 10U);
    QCOMPARE(plan->effective, name(QStringLiteral("hop10.example.test")));
}

void TstZoneCut::stopsAtALoop()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.add(QStringLiteral("_acme-challenge.example.test"), DnsType::CNAME,
                 QStringLiteral("a.example.test"));
    resolver.add(QStringLiteral("a.example.test"), DnsType::CNAME,
                 QStringLiteral("b.example.test"));
    resolver.add(QStringLiteral("b.example.test"), DnsType::CNAME,
                 QStringLiteral("a.example.test"));
    const auto plan = await(
        CnameChain(resolver).follow(name(QStringLiteral("_acme-challenge.example.test")), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Loop);
    QVERIFY(!plan->canWork());
    QVERIFY(plan->notes.back().contains(QStringLiteral("leads back to a.example.test")));
}

void TstZoneCut::stopsAfterTenHops()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    for (int i = 0; i < 30; ++i)
        resolver.add(i == 0 ? QStringLiteral("_acme-challenge.example.test")
                            : QStringLiteral("hop%1.example.test").arg(i),
                     DnsType::CNAME, QStringLiteral("hop%1.example.test").arg(i + 1));
    const auto plan = await(
        CnameChain(resolver).follow(name(QStringLiteral("_acme-challenge.example.test")), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::TooLong);
}

void TstZoneCut::tellsADanglingTarget_data()
{
    QTest::addColumn<QString>("target");
    QTest::newRow("an unregistered domain") << QStringLiteral("abc.gone.org");
    QTest::newRow("a top-level domain that is none") << QStringLiteral("abc.gone.nowhere");
}

void TstZoneCut::tellsADanglingTarget()
{
    QFETCH(QString, target);
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.addZone(QStringLiteral("org"),
                     {{QStringLiteral("a.nic.org"), {QStringLiteral("198.51.100.3")}}});
    resolver.add(QStringLiteral("_acme-challenge.example.test"), DnsType::CNAME, target);
    const auto plan = await(
        CnameChain(resolver).follow(name(QStringLiteral("_acme-challenge.example.test")), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Dangling);
    QVERIFY(!plan->canWork());
    QVERIFY(!plan->notes.isEmpty());
}

// A top-level domain that only the own network knows is as good a zone as any other.
void TstZoneCut::followsIntoALocalTopLevelDomain()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.addZone(QStringLiteral("corp"),
                     {{QStringLiteral("ns1.corp"), {QStringLiteral("198.51.100.3")}}});
    const QString target = QStringLiteral("_acme-challenge.web.corp");
    resolver.add(QStringLiteral("_acme-challenge.example.test"), DnsType::CNAME, target);
    const auto plan = await(
        CnameChain(resolver).follow(name(QStringLiteral("_acme-challenge.example.test")), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Delegated);
    QCOMPARE(plan->effective, name(target));
    QCOMPARE(plan->zone.zone, name(QStringLiteral("corp")));
}

void TstZoneCut::writesBesideAWildcard()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    resolver.addUsualZone(QStringLiteral("cdn.test"), 1);
    resolver.add(QStringLiteral("*.example.test"), DnsType::CNAME, QStringLiteral("edge.cdn.test"));
    const DnsName record = name(QStringLiteral("_acme-challenge.example.test"));
    const auto plan = await(CnameChain(resolver).follow(record, {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Wildcard);
    QCOMPARE(plan->effective, record);
    QVERIFY(plan->canWork());
    QVERIFY(plan->notes.front().contains(QStringLiteral("edge.cdn.test")));
}

void TstZoneCut::keepsAnExplicitCnameBesideAnotherWildcard()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    resolver.addUsualZone(QStringLiteral("acme.test"), 1);
    resolver.add(QStringLiteral("*.example.test"), DnsType::CNAME, QStringLiteral("edge.test"));
    resolver.add(QStringLiteral("_acme-challenge.example.test"), DnsType::CNAME,
                 QStringLiteral("abc.acme.test"));
    const auto plan = await(
        CnameChain(resolver).follow(name(QStringLiteral("_acme-challenge.example.test")), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Delegated);
    QCOMPARE(plan->effective, name(QStringLiteral("abc.acme.test")));
}

// The others answer first, and say that there is none.
void TstZoneCut::followsACnameThatOneServerHasAlready()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 3);
    resolver.addUsualZone(QStringLiteral("acme.test"), 1);
    resolver.add(QStringLiteral("_acme-challenge.example.test"), DnsType::CNAME,
                 QStringLiteral("abc.acme.test"), QStringLiteral("192.0.2.2"));
    resolver.setDelay(QStringLiteral("192.0.2.2"), 30ms);
    const auto plan = await(
        CnameChain(resolver).follow(name(QStringLiteral("_acme-challenge.example.test")), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Delegated);
    QCOMPARE(plan->effective, name(QStringLiteral("abc.acme.test")));
    QCOMPARE(plan->hopZones.size(), 1U);
    QCOMPARE(plan->hopZones.front().zone, name(QStringLiteral("example.test")));
}

void TstZoneCut::forgetsACnameThatTheNewestServerLacks()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 3);
    resolver.addUsualZone(QStringLiteral("acme.test"), 1);
    for (const char *stale : {"192.0.2.1", "192.0.2.3"})
        resolver.add(QStringLiteral("_acme-challenge.example.test"), DnsType::CNAME,
                     QStringLiteral("abc.acme.test"), QString::fromLatin1(stale));
    // One change ahead of the others, over the end of the circle.
    resolver.serial = 0xffffffffU;
    const QString newest = QStringLiteral("192.0.2.2");
    resolver.script(newest, [&](const DnsQuestion &question) -> Result<DnsReply> {
        DnsReply reply = resolver.authoritativeReply(newest, question);
        for (auto *section : {&reply.answer, &reply.authority})
            for (DnsRecord &record : *section)
                record.serial += 2;
        return reply;
    });
    const DnsName record = name(QStringLiteral("_acme-challenge.example.test"));
    const auto plan = await(CnameChain(resolver).follow(record, {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Plain);
    QCOMPARE(plan->effective, record);
}

void TstZoneCut::goesOnWhenTheServersAreSilent()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    resolver.makeDead(QStringLiteral("192.0.2.1"));
    resolver.makeDead(QStringLiteral("192.0.2.2"));
    const auto plan = await(
        CnameChain(resolver).follow(name(QStringLiteral("_acme-challenge.example.test")), {}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->end, NamePlan::End::Plain);
    QVERIFY(plan->notes.front().contains(QStringLiteral("could not be checked")));
}

void TstZoneCut::takesTheResolversWordWhenTheServersAreSilent_data()
{
    QTest::addColumn<QString>("owner");
    QTest::addColumn<NamePlan::End>("end");
    QTest::newRow("a CNAME of its own")
        << QStringLiteral("_acme-challenge.example.test") << NamePlan::End::Delegated;
    QTest::newRow("a wildcard's") << QStringLiteral("*.example.test") << NamePlan::End::Wildcard;
}

// Port 53 is closed from here, and the name is delegated by a CNAME: written beside it, the record
// would be refused or never be seen.
void TstZoneCut::takesTheResolversWordWhenTheServersAreSilent()
{
    QFETCH(QString, owner);
    QFETCH(NamePlan::End, end);
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 2);
    resolver.addZone(QStringLiteral("other.test"),
                     {{QStringLiteral("ns.other.test"), {QStringLiteral("192.0.2.9")}}});
    const QString target = QStringLiteral("here.other.test");
    resolver.add(owner, DnsType::CNAME, target);
    for (const char *address : {"192.0.2.1", "192.0.2.2", "192.0.2.9", "198.51.100.2"})
        resolver.makeDead(QString::fromLatin1(address));
    const DnsName record = name(QStringLiteral("_acme-challenge.example.test"));
    const auto plan = await(CnameChain(resolver).follow(record, {}));
    QVERIFY2(plan.has_value(), qPrintable(plan ? QString() : both(plan.error())));
    QCOMPARE(plan->end, end);
    const bool isDelegated = end == NamePlan::End::Delegated;
    QCOMPARE(plan->effective, isDelegated ? name(target) : record);
    QCOMPARE(plan->zone.zone.text(),
             isDelegated ? QStringLiteral("other.test") : QStringLiteral("example.test"));
}

QTEST_GUILESS_MAIN(TstZoneCut)
#include "tst_zonecut.moc"
