// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/CaaLookup.h"
#include "tests/support/Await.h"
#include "tests/support/FakeResolver.h"

#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// RFC 8659 and RFC 8657, row by row.
class TstCaaLookup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void climbsToTheClosestSet();
    void findsNothingWhereThereIsNone();
    void failsWhereACaWouldRefuse();
    void decides_data();
    void decides();
};

void TstCaaLookup::climbsToTheClosestSet()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.add(QStringLiteral("example.test"), DnsType::CAA, QStringLiteral("0 issue far.test"));
    resolver.add(QStringLiteral("b.example.test"), DnsType::CAA,
                 QStringLiteral("128 Issue near.test; accounturi=https://ca/1; "
                                "validationmethods=dns-01"));
    const auto set =
        await(CaaLookup(resolver).find(FakeResolver::name(QStringLiteral("a.b.example.test")), {}));
    QVERIFY(set.has_value());
    QCOMPARE(set->foundAt.text(), QStringLiteral("b.example.test"));
    QCOMPARE(set->properties.size(), 1U);
    const CaaProperty &property = set->properties.front();
    QVERIFY(property.critical);
    QCOMPARE(property.tag, QStringLiteral("issue"));
    QCOMPARE(property.issuer, QStringLiteral("near.test"));
    QCOMPARE(property.parameters.size(), 2U);
    QCOMPARE(property.parameters[0].second, QStringLiteral("https://ca/1"));
}

void TstCaaLookup::findsNothingWhereThereIsNone()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    const auto set =
        await(CaaLookup(resolver).find(FakeResolver::name(QStringLiteral("w.example.test")), {}));
    QVERIFY(set.has_value());
    QVERIFY(set->isEmpty());
    QVERIFY(
        decideCaa(*set, false, {QStringLiteral("ca.test")}, QStringLiteral("dns-01"), {}).allowed);
}

void TstCaaLookup::failsWhereACaWouldRefuse()
{
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    resolver.scriptResolve([](const DnsQuestion &) -> Result<DnsReply> {
        DnsReply reply;
        reply.rcode = 2;
        return reply;
    });
    const auto set =
        await(CaaLookup(resolver).find(FakeResolver::name(QStringLiteral("example.test")), {}));
    QVERIFY(!set);
    QCOMPARE(set.error().kind, Error::Kind::DnsNotReady);
}

void TstCaaLookup::decides_data()
{
    QTest::addColumn<QStringList>("records");
    QTest::addColumn<bool>("wildcard");
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *what, const QStringList &records, bool wildcard, bool allowed,
                        const char *says) {
        QTest::newRow(what) << records << wildcard << allowed << QString::fromLatin1(says);
    };
    row("ours", {QStringLiteral("0 issue ca.test")}, false, true, "allows ca.test");
    row("ours in other case", {QStringLiteral("0 issue CA.TEST")}, false, true, "allows");
    row("another's", {QStringLiteral("0 issue rival.test")}, false, false, "only lets rival.test");
    row("nobody", {QStringLiteral("0 issue ;")}, false, false, "lets no CA");
    row("one of two", {QStringLiteral("0 issue rival.test"), QStringLiteral("0 issue ca.test")},
        false, true, "allows");
    row("iodef only", {QStringLiteral("0 iodef mailto:a@b")}, false, true, "does not restrict");
    row("a critical unknown", {QStringLiteral("128 future x"), QStringLiteral("0 issue ca.test")},
        false, false, "future");
    row("an unknown that is not critical",
        {QStringLiteral("0 future x"), QStringLiteral("0 issue ca.test")}, false, true, "allows");
    row("issuewild for a wildcard",
        {QStringLiteral("0 issue ca.test"), QStringLiteral("0 issuewild ;")}, true, false,
        "lets no CA");
    row("issuewild not for a plain name",
        {QStringLiteral("0 issue ca.test"), QStringLiteral("0 issuewild ;")}, false, true,
        "allows");
    row("issue for a wildcard", {QStringLiteral("0 issue ca.test")}, true, true, "allows");
    row("our account", {QStringLiteral("0 issue ca.test; accounturi=https://ca/7")}, false, true,
        "allows");
    row("another account", {QStringLiteral("0 issue ca.test; accounturi=https://ca/8")}, false,
        false, "bound to the account https://ca/8");
    row("another method", {QStringLiteral("0 issue ca.test; validationmethods=http-01")}, false,
        false, "http-01");
    row("our method among two",
        {QStringLiteral("0 issue ca.test; validationmethods=http-01,dns-01")}, false, true,
        "allows");
    row("no space before the tag's value", {QStringLiteral("0 issue ")}, false, false,
        "lets no CA");
}

void TstCaaLookup::decides()
{
    QFETCH(QStringList, records);
    QFETCH(bool, wildcard);
    QFETCH(bool, allowed);
    QFETCH(QString, says);
    FakeResolver resolver;
    resolver.addUsualZone(QStringLiteral("example.test"), 1);
    for (const QString &record : std::as_const(records))
        resolver.add(QStringLiteral("example.test"), DnsType::CAA, record);
    const auto set =
        await(CaaLookup(resolver).find(FakeResolver::name(QStringLiteral("example.test")), {}));
    QVERIFY(set.has_value());
    const CaaDecision decision =
        decideCaa(*set, wildcard, {QStringLiteral("ca.test")}, QStringLiteral("dns-01"),
                  QStringLiteral("https://ca/7"));
    QCOMPARE(decision.allowed, allowed);
    QVERIFY2(decision.reason.contains(says), qPrintable(decision.reason));
}

QTEST_GUILESS_MAIN(TstCaaLookup)
#include "tst_caalookup.moc"
