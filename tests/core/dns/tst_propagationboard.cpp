// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DohClient.h"
#include "core/dns/PropagationBoard.h"
#include "tests/support/Await.h"
#include "tests/support/FakeResolver.h"
#include "tests/support/ScriptedDoh.h"

#include <QJsonArray>
#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// The board's decisions, on a network that a test makes up. Times are shortened by options; no
// test measures time.
class TstPropagationBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isReadyWhenAllServeTwice();
    void waitsForTheSlowServer();
    void givesEachVerdict_data();
    void givesEachVerdict();
    void blocksOnlyOnAnswersAndFailures_data();
    void blocksOnlyOnAnswersAndFailures();
    void wantsEveryValueOfARecord();
    void isNotFooledByAFlappingServer();
    void tellsWhoFallsBack();
    void isReadyWithAWarningWhenAServerIsDead();
    void ignoresAGhostThatRefuses();
    void blocksOnAGhostThatSaysNo();
    void needsOneReachableAddressOfEachServer();
    void blamesNoServerForABrokenIpv6_data();
    void blamesNoServerForABrokenIpv6();
    void isReadyByOutsideViewOnlyWhenPort53IsClosed_data();
    void isReadyByOutsideViewOnlyWhenPort53IsClosed();
    void isNotReadyByOutsideView_data();
    void isNotReadyByOutsideView();
    void saysWhatThePolicyForbids();
    void isReadyByOutsideViewWhenSomebodyAnswersForTheServers_data();
    void isReadyByOutsideViewWhenSomebodyAnswersForTheServers();
    void saysThatAllServersAreLame_data();
    void saysThatAllServersAreLame();
    void doesNotAskOutsideWhilePort53IsOpen();
    void waitsForTheNegativeTtlBeforeAskingOutside();
    void saysThatTheTimeIsTooShortForTheOutside();
    void asksResolversOnlyWhenAllAgree();
    void asksResolversOverHttpsOnlyWhenAllAgree();
    void asksAResolverWhenAPersonWants();
    void showsNoInternalNameToAnybody_data();
    void showsNoInternalNameToAnybody();
    void tellsWhenThoseAreAskedThatHoldItUp();
    void namesTheSlip_data();
    void namesTheSlip();
    void findsTheValueAtTheDoubledName();
    void followsAZoneCutBelow();
    void seesThatTheCnameLeadsElsewhere();
    void takesTheCnameThatItExpects();
    void waitsForTheServerThatLacksTheCname();
    void needsTheRecordAndNotOnlyTheCname();
    void seesThatTheCnameIsCorrected();
    void neverFloodsAServer();
    void checksNowWhenAsked();
    void showsTheSerialOfEachServer();
    void findsTheServersAgainWhenTheResolverFailsFirst();
    void stopsWhenTold();
    void refusesToWatchForNothing();
    void outlivesTheBoard();

private:
    [[nodiscard]] static DnsName name(const QString &text) { return FakeResolver::name(text); }
    [[nodiscard]] static ExpectedRecord record(const QStringList &values = {QStringLiteral("ours")})
    {
        const DnsName owner = name(QStringLiteral("_acme-challenge.example.test"));
        return {owner, owner, values, {}};
    }
    [[nodiscard]] Result<BoardState> watch(std::chrono::milliseconds limit,
                                           std::vector<ExpectedRecord> records = {record()})
    {
        PropagationBoard board(*m_resolver, m_clock, m_options);
        const auto sink = [this](const BoardState &state) {
            m_states.append(state);
            if (onState)
                onState(state);
        };
        return await(board.watch(std::move(records), limit, sink, m_stop.get_token()));
    }
    // Ends when `seen` holds of the last state that was told; the limit only ends a test that
    // fails.
    void watchUntil(const std::function<bool()> &seen,
                    std::vector<ExpectedRecord> records = {record()})
    {
        const auto before = onState;
        onState = [&](const BoardState &state) {
            if (before)
                before(state);
            if (seen())
                m_stop.request_stop();
        };
        const auto state = watch(60s, std::move(records));
        onState = {};
        m_stop = {};
        QVERIFY(!state);
        QCOMPARE(state.error().kind, Error::Kind::Cancelled);
    }
    // Nobody can be asked from here: neither the zone's servers nor the root's.
    void closePort53(const char *how = "timeout")
    {
        for (int i = 1; i <= 3; ++i)
            m_resolver->makeDead(QStringLiteral("192.0.2.%1").arg(i), how);
        for (const char *root : {"192.5.5.241", "193.0.14.129", "199.7.83.42"})
            m_resolver->makeDead(QString::fromLatin1(root), how);
    }
    // A network that sends every question on port 53 to a resolver of its own.
    void intercept(int rcode)
    {
        for (const char *address : {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.5.5.241",
                                    "193.0.14.129", "199.7.83.42", "198.51.100.2"})
            m_resolver->makeRcode(QString::fromLatin1(address), rcode);
    }
    static Result<DnsReply> rootsAnswer(const DnsQuestion &)
    {
        DnsReply reply;
        reply.authoritative = true;
        return reply;
    }
    void setNegativeTtl(int seconds)
    {
        m_resolver->addZone(QStringLiteral("example.test"),
                            {{QStringLiteral("ns1.example.test"), {QStringLiteral("192.0.2.1")}}},
                            seconds);
    }
    void useOutside(const QStringList &hosts)
    {
        for (const QString &host : hosts)
            m_options.outside.append(QStringLiteral("https://%1/dns-query").arg(host));
        m_options.doh = &m_client;
    }
    [[nodiscard]] const BoardRow &row(const QString &address) const
    {
        for (const BoardRow &each : m_states.last().rows)
            if (each.address == address)
                return each;
        static const BoardRow none;
        return none;
    }

    static constexpr const char *owner = "_acme-challenge.example.test";
    const QString m_owner = QString::fromLatin1(owner);
    const QString m_ours = QStringLiteral("ours");
    const SystemClock m_clock;
    const QString m_one = QStringLiteral("one.example");
    const QString m_two = QStringLiteral("two.example");
    std::unique_ptr<FakeResolver> m_resolver;
    ScriptedDoh m_doh;
    DohClient m_client{m_doh};
    BoardOptions m_options;
    QList<BoardState> m_states;
    std::function<void(const BoardState &)> onState;
    std::stop_source m_stop;
};

void TstPropagationBoard::init()
{
    m_resolver = std::make_unique<FakeResolver>();
    m_resolver->addUsualZone(QStringLiteral("example.test"), 3);
    m_options = {};
    m_options.confirmAfter = 5ms;
    m_options.fastPhase = 60s;
    m_doh = ScriptedDoh();
    m_states.clear();
    onState = {};
    m_stop = std::stop_source();
}

void TstPropagationBoard::isReadyWhenAllServeTwice()
{
    m_resolver->addTxt(m_owner, m_ours);
    const auto state = watch(10s);
    QVERIFY2(state.has_value(), qPrintable(state ? QString() : describe(state.error())));
    QCOMPARE(state->phase, BoardState::Phase::Ready);
    QCOMPARE(state->rows.size(), 3U);
    QCOMPARE(state->headline, QStringLiteral("All 3 name servers serve the record"));
    for (const BoardRow &each : state->rows) {
        QCOMPARE(each.verdict, Verdict::Served);
        QVERIFY(each.rounds >= 2);
        QVERIFY(each.authoritative);
        QCOMPARE(each.valuesSeen, QStringList(m_ours));
        QCOMPARE(each.rcode, QStringLiteral("NOERROR"));
        QVERIFY(each.askedAt.isValid() && each.since.isValid());
    }
    QCOMPARE(m_states.first().phase, BoardState::Phase::Looking);
    const bool confirmed =
        std::any_of(m_states.begin(), m_states.end(), [](const BoardState &each) {
            return each.phase == BoardState::Phase::Confirming;
        });
    QVERIFY(confirmed);
    QVERIFY(state->events.isEmpty());
}

void TstPropagationBoard::waitsForTheSlowServer()
{
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.1"));
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.2"));
    bool added = false;
    onState = [&](const BoardState &state) {
        if (added || state.headline != QLatin1String("Waiting for 1 of 3 name servers"))
            return;
        added = true;
        m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.3"));
    };
    const auto state = watch(20s);
    QVERIFY(state.has_value());
    QVERIFY(added);
    QCOMPARE(state->phase, BoardState::Phase::Ready);
}

void TstPropagationBoard::givesEachVerdict_data()
{
    QTest::addColumn<QString>("situation");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *situation, Verdict verdict, const char *reason) {
        QTest::newRow(situation) << QString::fromLatin1(situation) << static_cast<int>(verdict)
                                 << QString::fromLatin1(reason);
    };
    row("served", Verdict::Served, "serves the value");
    row("nxdomain", Verdict::NotYet, "NXDOMAIN");
    row("nodata", Verdict::NotYet, "no TXT record");
    row("other", Verdict::OtherValue, "another value");
    row("cname", Verdict::WrongPlace, "elsewhere.test");
    row("servfail", Verdict::Failing, "SERVFAIL");
    row("refused", Verdict::Failing, "REFUSED");
    row("lame", Verdict::Failing, "lame");
    row("timeout", Verdict::Failing, "timeout");
    row("closed", Verdict::Failing, "refused");
    row("garbage", Verdict::Failing, "garbage");
    row("no_route", Verdict::CannotCheck, "no_route");
}

void TstPropagationBoard::givesEachVerdict()
{
    QFETCH(QString, situation);
    QFETCH(int, verdict);
    QFETCH(QString, reason);
    const QString third = QStringLiteral("192.0.2.3");
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.1"));
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.2"));
    if (situation == QLatin1String("served"))
        m_resolver->addTxt(m_owner, m_ours, third);
    else if (situation == QLatin1String("nodata"))
        m_resolver->add(m_owner, DnsType::A, QStringLiteral("203.0.113.9"), third);
    else if (situation == QLatin1String("other"))
        m_resolver->addTxt(m_owner, QStringLiteral("foreign"), third);
    else if (situation == QLatin1String("cname"))
        m_resolver->add(m_owner, DnsType::CNAME, QStringLiteral("elsewhere.test"), third);
    else if (situation == QLatin1String("servfail"))
        m_resolver->makeRcode(third, 2);
    else if (situation == QLatin1String("refused"))
        m_resolver->makeRcode(third, 5);
    else if (situation == QLatin1String("lame"))
        m_resolver->makeRcode(third, 0);
    else if (situation == QLatin1String("timeout"))
        m_resolver->makeDead(third);
    else if (situation == QLatin1String("closed"))
        m_resolver->makeDead(third, "refused");
    else if (situation == QLatin1String("garbage"))
        m_resolver->makeDead(third, "garbage");
    else if (situation == QLatin1String("no_route"))
        m_resolver->makeDead(third, "no_route");
    PropagationBoard board(*m_resolver, m_clock, m_options);
    const auto state = await(board.look({record()}, {}));
    QVERIFY(state.has_value());
    QCOMPARE(state->rows.size(), 3U);
    const BoardRow &third_ = state->rows[2];
    QCOMPARE(third_.address, third);
    QCOMPARE(static_cast<int>(third_.verdict), verdict);
    QVERIFY2(third_.reason.contains(reason), qPrintable(third_.reason));
    const bool isServed = third_.verdict == Verdict::Served;
    QCOMPARE(state->phase, isServed ? BoardState::Phase::Ready : BoardState::Phase::Waiting);
    if (third_.verdict == Verdict::NotYet) {
        QCOMPARE(third_.ttl, std::optional(60));
        QCOMPARE(third_.serial, std::optional(m_resolver->serial));
    }
}

void TstPropagationBoard::blocksOnlyOnAnswersAndFailures_data()
{
    QTest::addColumn<QString>("situation");
    QTest::newRow("not yet") << QStringLiteral("nxdomain");
    QTest::newRow("other value") << QStringLiteral("other");
    QTest::newRow("wrong place") << QStringLiteral("cname");
}

// Even when everybody else agrees and the time for dead servers is long over.
void TstPropagationBoard::blocksOnlyOnAnswersAndFailures()
{
    QFETCH(QString, situation);
    const QString third = QStringLiteral("192.0.2.3");
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.1"));
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.2"));
    if (situation == QLatin1String("other"))
        m_resolver->addTxt(m_owner, QStringLiteral("foreign"), third);
    if (situation == QLatin1String("cname"))
        m_resolver->add(m_owner, DnsType::CNAME, QStringLiteral("elsewhere.test"), third);
    m_options.deadAfter = 1ms;
    const auto state = watch(400ms);
    QVERIFY(!state);
    QCOMPARE(state.error().kind, Error::Kind::DnsNotReady);
    QCOMPARE(m_states.last().phase, BoardState::Phase::Stopped);
    const QJsonArray rows = state.error().evidence.value(QStringLiteral("rows")).toArray();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().toObject().value(QStringLiteral("address")).toString(), third);
    QCOMPARE(state.error().parts.size(), 1U);
    QVERIFY(!state.error().advice.isEmpty());
}

void TstPropagationBoard::wantsEveryValueOfARecord()
{
    m_resolver->addTxt(m_owner, QStringLiteral("apex"));
    m_resolver->addTxt(m_owner, QStringLiteral("wild"), QStringLiteral("192.0.2.1"));
    m_resolver->addTxt(m_owner, QStringLiteral("stale"));
    PropagationBoard board(*m_resolver, m_clock, m_options);
    const auto state =
        await(board.look({record({QStringLiteral("apex"), QStringLiteral("wild")})}, {}));
    QVERIFY(state.has_value());
    QCOMPARE(state->rows[0].verdict, Verdict::Served); // the stale one besides does no harm
    QCOMPARE(state->rows[1].verdict, Verdict::NotYet);
    QVERIFY(state->rows[1].reason.contains(QStringLiteral("1 of 2")));
}

void TstPropagationBoard::isNotFooledByAFlappingServer()
{
    m_resolver->addTxt(m_owner, m_ours);
    const QString flapping = QStringLiteral("192.0.2.2");
    int turn = 0;
    m_resolver->script(flapping, [&](const DnsQuestion &question) -> Result<DnsReply> {
        DnsReply reply = m_resolver->authoritativeReply(flapping, question);
        if (question.type == DnsType::TXT && turn++ % 2 == 1) {
            reply.answer.clear();
            reply.rcode = 3;
        }
        return reply;
    });
    const auto state = watch(900ms);
    QVERIFY(!state);
    QVERIFY(!m_states.last().events.isEmpty());
}

void TstPropagationBoard::tellsWhoFallsBack()
{
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.2"));
    bool removed = false;
    onState = [&](const BoardState &state) {
        if (removed || state.rows.size() != 3 || state.rows[1].verdict != Verdict::Served)
            return;
        removed = true;
        m_resolver->removeTxt(m_owner, m_ours, QStringLiteral("192.0.2.2"));
    };
    watchUntil([this] { return !m_states.last().events.isEmpty(); });
    QVERIFY(removed);
    QCOMPARE(m_states.last().events.size(), 1);
    QVERIFY2(m_states.last().events.first().startsWith(
                 QStringLiteral("ns2.example.test (192.0.2.2) lost the record at ")),
             qPrintable(m_states.last().events.first()));
}

void TstPropagationBoard::isReadyWithAWarningWhenAServerIsDead()
{
    m_resolver->addTxt(m_owner, m_ours);
    m_resolver->makeDead(QStringLiteral("192.0.2.3"));
    m_options.deadAfter = 300ms;
    const auto state = watch(20s);
    QVERIFY(state.has_value());
    QCOMPARE(state->phase, BoardState::Phase::ReadyWithWarning);
    QVERIFY2(state->headline.contains(QStringLiteral("ns3.example.test")),
             qPrintable(state->headline));
    const bool waited = std::any_of(m_states.begin(), m_states.end(), [](const BoardState &each) {
        return each.headline == QLatin1String("Waiting for 1 of 3 name servers");
    });
    QVERIFY(waited);
}

void TstPropagationBoard::ignoresAGhostThatRefuses()
{
    m_resolver->addTxt(m_owner, m_ours);
    m_resolver->makeRcode(QStringLiteral("192.0.2.3"), 5);
    const QString parent = QStringLiteral("198.51.100.2");
    m_resolver->script(parent, [&](const DnsQuestion &question) -> Result<DnsReply> {
        DnsReply reply = m_resolver->authoritativeReply(parent, question);
        std::erase_if(reply.authority, [](const DnsRecord &each) {
            return each.value == QLatin1String("ns3.example.test");
        });
        return reply;
    });
    const auto state = watch(10s);
    QVERIFY(state.has_value());
    QCOMPARE(state->phase, BoardState::Phase::Ready);
    QCOMPARE(state->rows.size(), 3U);
    QCOMPARE(state->rows[2].verdict, Verdict::Failing); // shown all the same
}

void TstPropagationBoard::blocksOnAGhostThatSaysNo()
{
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.1"));
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.2"));
    const QString parent = QStringLiteral("198.51.100.2");
    m_resolver->script(parent, [&](const DnsQuestion &question) -> Result<DnsReply> {
        DnsReply reply = m_resolver->authoritativeReply(parent, question);
        std::erase_if(reply.authority, [](const DnsRecord &each) {
            return each.value == QLatin1String("ns3.example.test");
        });
        return reply;
    });
    QVERIFY(!watch(300ms)); // resolvers that have seen the zone's own NS set ask it
}

void TstPropagationBoard::needsOneReachableAddressOfEachServer()
{
    m_resolver = std::make_unique<FakeResolver>();
    m_resolver->addUsualZone(QStringLiteral("unused.test"), 1);
    m_resolver->addZone(QStringLiteral("example.test"),
                        {{QStringLiteral("ns1.example.test"),
                          {QStringLiteral("192.0.2.1"), QStringLiteral("2001:db8::1")}},
                         {QStringLiteral("ns2.example.test"), {QStringLiteral("2001:db8::2")}}});
    m_resolver->addTxt(m_owner, m_ours);
    m_resolver->makeDead(QStringLiteral("2001:db8::1"), "no_route");
    m_options.deadAfter = 250ms;
    {
        const auto state = watch(10s); // ns2 over IPv6 works
        QVERIFY(state.has_value());
        QCOMPARE(state->phase, BoardState::Phase::Ready);
    }
    m_resolver->makeDead(QStringLiteral("2001:db8::2"), "no_route");
    const auto state = watch(10s);
    QVERIFY(state.has_value());
    QCOMPARE(state->phase, BoardState::Phase::ReadyWithWarning);
    QVERIFY(state->headline.contains(QStringLiteral("ns2.example.test")));
}

void TstPropagationBoard::blamesNoServerForABrokenIpv6_data()
{
    QTest::addColumn<QStringList>("silent");
    QTest::addColumn<BoardState::Phase>("phase");
    const QString one = QStringLiteral("2001:db8::1");
    const QString two = QStringLiteral("2001:db8::2");
    QTest::newRow("nobody answers over it") << QStringList{one, two} << BoardState::Phase::Ready;
    QTest::newRow("one server answers over it")
        << QStringList{one} << BoardState::Phase::ReadyWithWarning;
}

// The machine has a route for IPv6, and it leads nowhere.
void TstPropagationBoard::blamesNoServerForABrokenIpv6()
{
    QFETCH(QStringList, silent);
    QFETCH(BoardState::Phase, phase);
    m_resolver = std::make_unique<FakeResolver>();
    m_resolver->addUsualZone(QStringLiteral("unused.test"), 1);
    m_resolver->addZone(QStringLiteral("example.test"),
                        {{QStringLiteral("ns1.example.test"),
                          {QStringLiteral("192.0.2.1"), QStringLiteral("2001:db8::1")}},
                         {QStringLiteral("ns2.example.test"),
                          {QStringLiteral("192.0.2.2"), QStringLiteral("2001:db8::2")}}});
    for (const QString &address : silent)
        m_resolver->makeDead(address);
    const bool isBroken = phase == BoardState::Phase::Ready;
    m_options.deadAfter = isBroken ? 1h : 300ms;
    // The record comes when every address has been asked some times.
    const QString first = silent.first();
    int changes = 0; // of what is said about one of the addresses
    Verdict said = Verdict::NotAsked;
    bool isThere = false;
    onState = [&](const BoardState &) {
        const Verdict now = row(first).verdict;
        changes += now != said ? 1 : 0;
        said = now;
        if (m_resolver->countAsked(first) >= 4 && !std::exchange(isThere, true))
            m_resolver->addTxt(m_owner, m_ours);
    };
    const auto state = watch(60s);
    QVERIFY2(state.has_value(), qPrintable(state ? QString() : describe(state.error())));
    QCOMPARE(state->phase, phase);
    QCOMPARE(said, isBroken ? Verdict::CannotCheck : Verdict::Failing);
    QCOMPARE(changes, isBroken ? 2 : 1);
}

void TstPropagationBoard::isReadyByOutsideViewOnlyWhenPort53IsClosed_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::newRow("silence") << QByteArray("timeout");
    QTest::newRow("no route") << QByteArray("no_route");
    QTest::newRow("a refusing firewall") << QByteArray("refused");
}

void TstPropagationBoard::isReadyByOutsideViewOnlyWhenPort53IsClosed()
{
    QFETCH(QByteArray, how);
    closePort53(how.constData());
    setNegativeTtl(0);
    useOutside({m_one, m_two});
    for (const QString &host : {m_one, m_two})
        m_doh.serve(host, m_owner, {m_ours});
    const auto state = watch(20s);
    QVERIFY2(state.has_value(), qPrintable(state ? QString() : describe(state.error())));
    QCOMPARE(state->phase, BoardState::Phase::ReadyByOutsideView);
    for (const QString &host : {m_one, m_two}) {
        QCOMPARE(m_doh.count(host), 2); // they agree twice
        const auto shown =
            std::find_if(state->rows.begin(), state->rows.end(),
                         [&host](const BoardRow &each) { return each.address == host; });
        QVERIFY(shown != state->rows.end());
        QVERIFY(shown->isResolver);
        QCOMPARE(shown->verdict, Verdict::Served);
        QCOMPARE(shown->rounds, 2);
        QCOMPARE(shown->server, host + QStringLiteral(", DoH"));
    }
    QVERIFY(state->events.isEmpty()); // nothing got worse
    QCOMPARE(state->rows.front().verdict, Verdict::CannotCheck); // and no server is at fault
    QVERIFY(state->rows.front().reason.contains(QStringLiteral("port 53")));
    const bool isTold = std::any_of(m_states.cbegin(), m_states.cend(), [](const BoardState &each) {
        return each.headline.contains(QStringLiteral("Port 53 is closed"));
    });
    QVERIFY(isTold);
}

void TstPropagationBoard::isNotReadyByOutsideView_data()
{
    QTest::addColumn<int>("resolvers"); // that are asked
    QTest::addColumn<QString>("last"); // what the last of them says
    QTest::addColumn<bool>("accepts");
    QTest::newRow("one resolver alone") << 1 << m_ours << true;
    QTest::newRow("one of two says no") << 2 << QString() << true;
    QTest::newRow("one of three says no") << 3 << QString() << true;
    QTest::newRow("one of three sees another value") << 3 << QStringLiteral("theirs") << true;
    QTest::newRow("one of two does not answer") << 2 << QStringLiteral("dead") << true;
    QTest::newRow("nobody is asked") << 0 << QString() << true;
    QTest::newRow("the policy forbids it") << 2 << m_ours << false;
}

void TstPropagationBoard::isNotReadyByOutsideView()
{
    QFETCH(int, resolvers);
    QFETCH(QString, last);
    QFETCH(bool, accepts);
    closePort53();
    setNegativeTtl(0);
    QStringList hosts =
        QStringList{QStringLiteral("three.example"), m_one, m_two}.mid(0, resolvers);
    useOutside(hosts);
    for (const QString &host : hosts)
        m_doh.serve(host, m_owner, {m_ours});
    if (last == QLatin1String("dead"))
        m_doh.script(hosts.last(), [](const HttpRequest &) -> Result<HttpResponse> {
            return fail(Error::Kind::Network, QStringLiteral("no way there"));
        });
    else if (last != m_ours && !hosts.isEmpty())
        m_doh.serve(hosts.last(), m_owner, last.isEmpty() ? QStringList() : QStringList{last});
    m_options.acceptsLess = accepts;
    const auto state = watch(1500ms);
    QVERIFY(!state);
    QCOMPARE(state.error().kind, Error::Kind::DnsNotReady);
    QCOMPARE(m_doh.asked.empty(), resolvers == 0 || !accepts);
}

void TstPropagationBoard::saysWhatThePolicyForbids()
{
    m_resolver->addTxt(m_owner, m_ours);
    m_resolver->makeDead(QStringLiteral("192.0.2.3"));
    m_options.deadAfter = 100ms;
    m_options.acceptsLess = false;
    const auto state = watch(600ms);
    QVERIFY(!state);
    QCOMPARE(state.error().kind, Error::Kind::DnsNotReady);
    QVERIFY2(state.error().advice.contains(QStringLiteral("settings")),
             qPrintable(state.error().advice));
    m_options.acceptsLess = true;
    const auto accepted = watch(10s);
    QVERIFY(accepted);
    QCOMPARE(accepted->phase, BoardState::Phase::ReadyWithWarning);
}

void TstPropagationBoard::isReadyByOutsideViewWhenSomebodyAnswersForTheServers_data()
{
    QTest::addColumn<int>("rcode");
    QTest::newRow("it looks things up") << 0;
    QTest::newRow("it refuses what is not to be looked up") << 5;
    QTest::newRow("it fails") << 2;
}

void TstPropagationBoard::isReadyByOutsideViewWhenSomebodyAnswersForTheServers()
{
    QFETCH(int, rcode);
    intercept(rcode);
    setNegativeTtl(0);
    useOutside({m_one, m_two});
    for (const QString &host : {m_one, m_two})
        m_doh.serve(host, m_owner, {m_ours});
    const auto state = watch(20s);
    QVERIFY2(state.has_value(), qPrintable(state ? QString() : describe(state.error())));
    QCOMPARE(state->phase, BoardState::Phase::ReadyByOutsideView);
    QCOMPARE(state->rows.front().verdict, Verdict::CannotCheck);
    QVERIFY2(state->rows.front().reason.contains(QStringLiteral("answers instead")),
             qPrintable(state->rows.front().reason));
    QVERIFY2(state->headline.startsWith(QStringLiteral("Port 53 is intercepted")),
             qPrintable(state->headline));
}

void TstPropagationBoard::saysThatAllServersAreLame_data()
{
    QTest::addColumn<int>("rcode");
    QTest::addColumn<QString>("reason");
    QTest::newRow("without authority") << 0 << QStringLiteral("lame");
    QTest::newRow("refused") << 5 << QStringLiteral("REFUSED");
}

// Port 53 is open: then the zone's own servers are at fault, and nobody elsewhere is asked.
void TstPropagationBoard::saysThatAllServersAreLame()
{
    QFETCH(int, rcode);
    QFETCH(QString, reason);
    intercept(rcode);
    m_resolver->script(QStringLiteral("193.0.14.129"), rootsAnswer);
    setNegativeTtl(0);
    useOutside({m_one, m_two});
    const auto state = watch(400ms);
    QVERIFY(!state);
    QCOMPARE(state.error().kind, Error::Kind::DnsNotReady);
    QVERIFY2(state.error().detail.contains(reason), qPrintable(state.error().detail));
    QVERIFY2(state.error().detail.contains(QStringLiteral("still do not serve")),
             qPrintable(state.error().detail));
    QVERIFY(m_doh.asked.empty());
}

void TstPropagationBoard::doesNotAskOutsideWhilePort53IsOpen()
{
    for (int i = 1; i <= 3; ++i)
        m_resolver->makeDead(QStringLiteral("192.0.2.%1").arg(i));
    setNegativeTtl(0);
    m_resolver->script(QStringLiteral("192.5.5.241"), rootsAnswer);
    useOutside({m_one, m_two});
    const auto state = watch(400ms);
    QVERIFY(!state);
    QCOMPARE(state.error().kind, Error::Kind::DnsNotReady);
    QVERIFY(state.error().detail.contains(QStringLiteral("no name server could be reached")));
    QVERIFY(m_doh.asked.empty());
    QVERIFY(!m_states.last().outsideAt.isValid());
}

void TstPropagationBoard::waitsForTheNegativeTtlBeforeAskingOutside()
{
    closePort53("no_route");
    useOutside({m_one, m_two});
    QVERIFY(!watch(500ms)); // the zone's negative TTL is 60 s
    QVERIFY(m_doh.asked.empty());
    const qint64 wait = m_states.last().startedAt.secsTo(m_states.last().outsideAt);
    QVERIFY2(wait >= 59 && wait <= 61, qPrintable(QString::number(wait)));
}

void TstPropagationBoard::saysThatTheTimeIsTooShortForTheOutside()
{
    closePort53("no_route");
    useOutside({m_one, m_two});
    const auto state = watch(300ms);
    QVERIFY(!state);
    QVERIFY2(state.error().advice.contains(QStringLiteral("--timeout")),
             qPrintable(state.error().advice));
}

void TstPropagationBoard::asksResolversOnlyWhenAllAgree()
{
    const QString resolver = QStringLiteral("203.0.113.53");
    m_options.resolvers = {resolver};
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.1"));
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.2"));
    m_resolver->makeRcode(resolver, 3);
    QVERIFY(!watch(400ms));
    QCOMPARE(m_resolver->countAsked(resolver), 0);
    QCOMPARE(row(resolver).verdict, Verdict::NotAsked);

    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.3"));
    const auto state = watch(10s);
    QVERIFY(state.has_value());
    QCOMPARE(state->phase, BoardState::Phase::Ready); // a hint never counts
    QCOMPARE(m_resolver->countAsked(resolver), 1);
    const BoardRow &hint = state->rows.back();
    QVERIFY(hint.isResolver);
    QCOMPARE(hint.verdict, Verdict::NotYet);
}

void TstPropagationBoard::asksResolversOverHttpsOnlyWhenAllAgree()
{
    useOutside({m_one, m_two});
    m_doh.serve(m_one, m_owner, {m_ours});
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.1"));
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.2"));
    QVERIFY(!watch(400ms));
    QVERIFY(m_doh.asked.empty());
    QCOMPARE(row(m_one).verdict, Verdict::NotAsked);

    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.3"));
    const auto state = watch(10s);
    QVERIFY(state.has_value());
    QCOMPARE(state->phase, BoardState::Phase::Ready); // hints never count
    QCOMPARE(row(m_one).verdict, Verdict::Served);
    QCOMPARE(row(m_two).verdict, Verdict::NotYet);
    QCOMPARE(row(m_two).ttl.value_or(0), 60);
    QCOMPARE(m_doh.asked.size(), std::size_t(2));
}

void TstPropagationBoard::asksAResolverWhenAPersonWants()
{
    useOutside({m_one, m_two});
    PropagationBoard board(*m_resolver, m_clock, m_options);
    const QString shown = m_one + QStringLiteral(", DoH");
    int seen = 0;
    const auto sink = [&](const BoardState &state) {
        m_states.append(state);
        if (++seen == 2)
            board.askResolver(name(m_owner), shown);
        if (row(m_one).verdict == Verdict::NotYet)
            m_stop.request_stop();
    };
    const auto state = await(board.watch({record()}, 20s, sink, m_stop.get_token()));
    QVERIFY(!state);
    QCOMPARE(state.error().kind, Error::Kind::Cancelled);
    QCOMPARE(m_doh.count(m_one), 1);
    QCOMPARE(m_doh.count(m_two), 0);
}

void TstPropagationBoard::showsNoInternalNameToAnybody_data()
{
    QTest::addColumn<QString>("address");
    for (const char *address : {"10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "127.0.0.2",
                                "fd00::1", "fe80::1", "::1"})
        QTest::newRow(address) << QString::fromLatin1(address);
}

void TstPropagationBoard::showsNoInternalNameToAnybody()
{
    QFETCH(QString, address);
    m_resolver->addZone(QStringLiteral("example.test"),
                        {{QStringLiteral("ns1.example.test"), {QStringLiteral("192.0.2.1")}},
                         {QStringLiteral("ns2.example.test"), {address}}});
    m_resolver->addTxt(m_owner, m_ours);
    useOutside({m_one, m_two});
    const auto state = watch(10s);
    QVERIFY(state.has_value());
    QCOMPARE(state->phase, BoardState::Phase::Ready);
    QVERIFY(m_doh.asked.empty());
    QVERIFY(state->rows.back().reason.contains(QStringLiteral("private")));
}

void TstPropagationBoard::tellsWhenThoseAreAskedThatHoldItUp()
{
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.1"));
    m_resolver->addTxt(m_owner, m_ours, QStringLiteral("192.0.2.2"));
    m_options.fastPhase = 0ms;
    m_options.slowSpacing = 60s;
    QVERIFY(!watch(1500ms));
    bool isTold = false;
    for (const BoardState &state : std::as_const(m_states)) {
        if (state.phase != BoardState::Phase::Waiting || !state.nextCheckAt.isValid())
            continue;
        isTold = true;
        // A minute after the last question, whatever those do that serve it.
        const qint64 wait = state.startedAt.secsTo(state.nextCheckAt);
        QVERIFY2(wait >= 58 && wait <= 62, qPrintable(QString::number(wait)));
    }
    QVERIFY(isTold);
}

void TstPropagationBoard::namesTheSlip_data()
{
    QTest::addColumn<QString>("seen");
    QTest::addColumn<QString>("word");
    QTest::newRow("quotes inside")
        << QStringLiteral("\"ours-and-longer\"") << QStringLiteral("quotes");
    QTest::newRow("a blank behind")
        << QStringLiteral("ours-and-longer ") << QStringLiteral("blanks");
    QTest::newRow("cut") << QStringLiteral("ours-and-lo") << QStringLiteral("11 of 15");
    QTest::newRow("lowered") << QStringLiteral("OURS-and-longer") << QStringLiteral("lower case");
}

void TstPropagationBoard::namesTheSlip()
{
    QFETCH(QString, seen);
    QFETCH(QString, word);
    m_resolver->addTxt(m_owner, seen);
    PropagationBoard board(*m_resolver, m_clock, m_options);
    const auto state = await(board.look({record({QStringLiteral("ours-and-longer")})}, {}));
    QVERIFY(state.has_value());
    QCOMPARE(state->rows[0].verdict, Verdict::OtherValue);
    QVERIFY2(state->rows[0].reason.contains(word), qPrintable(state->rows[0].reason));
}

void TstPropagationBoard::findsTheValueAtTheDoubledName()
{
    m_resolver->addTxt(QStringLiteral("_acme-challenge.example.test.example.test"), m_ours);
    m_options.lookDeeperAfter = 20ms;
    m_options.fastPhase = 10ms;
    m_options.slowSpacing = 20ms;
    const auto reason = [this] { return row(QStringLiteral("192.0.2.1")).reason; };
    watchUntil([&] {
        return reason().contains(
            QStringLiteral("it stands at _acme-challenge.example.test.example.test instead"));
    });
}

void TstPropagationBoard::followsAZoneCutBelow()
{
    m_resolver->addZone(m_owner,
                        {{QStringLiteral("ns.acme.test"), {QStringLiteral("192.0.2.99")}}});
    m_resolver->addTxt(m_owner, m_ours);
    const auto state = watch(10s);
    QVERIFY(state.has_value());
    QCOMPARE(state->rows.size(), 1U);
    QCOMPARE(state->rows[0].zone, m_owner);
    QCOMPARE(state->rows[0].address, QStringLiteral("192.0.2.99"));
}

void TstPropagationBoard::seesThatTheCnameLeadsElsewhere()
{
    m_resolver->addZone(QStringLiteral("acme.test"),
                        {{QStringLiteral("ns.acme.test"), {QStringLiteral("192.0.2.50")}}});
    m_resolver->add(m_owner, DnsType::CNAME, QStringLiteral("old.acme.test"));
    m_resolver->addTxt(QStringLiteral("new.acme.test"), m_ours);
    ExpectedRecord expected = record();
    expected.effectiveName = name(QStringLiteral("new.acme.test"));
    watchUntil([this] { return row(QStringLiteral("192.0.2.50")).verdict == Verdict::WrongPlace; },
               {expected});
    const BoardRow &seen = row(QStringLiteral("192.0.2.50"));
    QVERIFY2(seen.reason.contains(QStringLiteral("old.acme.test")), qPrintable(seen.reason));
}

void TstPropagationBoard::takesTheCnameThatItExpects()
{
    m_resolver->addZone(QStringLiteral("acme.test"),
                        {{QStringLiteral("ns.acme.test"), {QStringLiteral("192.0.2.50")}}});
    m_resolver->add(m_owner, DnsType::CNAME, QStringLiteral("new.acme.test"));
    m_resolver->addTxt(QStringLiteral("new.acme.test"), m_ours);
    ExpectedRecord expected = record();
    expected.effectiveName = name(QStringLiteral("new.acme.test"));
    const auto state = watch(10s, {expected});
    QVERIFY(state.has_value());
    QCOMPARE(state->rows.front().recordName, expected.effectiveName);
}

// The CA's resolver may ask that very server where the CNAME leads.
void TstPropagationBoard::waitsForTheServerThatLacksTheCname()
{
    m_resolver->addZone(QStringLiteral("acme.test"),
                        {{QStringLiteral("ns.acme.test"), {QStringLiteral("192.0.2.50")}}});
    const QString late = QStringLiteral("192.0.2.3");
    for (const char *server : {"192.0.2.1", "192.0.2.2"})
        m_resolver->add(m_owner, DnsType::CNAME, QStringLiteral("new.acme.test"),
                        QString::fromLatin1(server));
    m_resolver->addTxt(QStringLiteral("new.acme.test"), m_ours);
    ExpectedRecord expected = record();
    expected.effectiveName = name(QStringLiteral("new.acme.test"));
    watchUntil(
        [&] {
            return row(QStringLiteral("192.0.2.50")).verdict == Verdict::Served
                && row(QStringLiteral("192.0.2.1")).verdict == Verdict::Served
                && row(late).verdict == Verdict::NotYet;
        },
        {expected});
    QCOMPARE(row(late).recordName, expected.name);
    QVERIFY2(row(late).reason.contains(QStringLiteral("no CNAME to new.acme.test")),
             qPrintable(row(late).reason));
    m_resolver->add(m_owner, DnsType::CNAME, QStringLiteral("new.acme.test"), late);
    const auto state = watch(10s, {expected});
    QVERIFY(state.has_value());
    QCOMPARE(state->rows.size(), 4U);
}

void TstPropagationBoard::needsTheRecordAndNotOnlyTheCname()
{
    m_options.deadAfter = 20ms;
    m_resolver->addZone(QStringLiteral("acme.test"),
                        {{QStringLiteral("ns.acme.test"), {QStringLiteral("192.0.2.50")}}});
    m_resolver->add(m_owner, DnsType::CNAME, QStringLiteral("new.acme.test"));
    m_resolver->makeDead(QStringLiteral("192.0.2.50"));
    ExpectedRecord expected = record();
    expected.effectiveName = name(QStringLiteral("new.acme.test"));
    QVERIFY(!watch(300ms, {expected}));
    QCOMPARE(row(QStringLiteral("192.0.2.1")).verdict, Verdict::Served);
}

void TstPropagationBoard::seesThatTheCnameIsCorrected()
{
    m_resolver->addZone(QStringLiteral("acme.test"),
                        {{QStringLiteral("ns.acme.test"), {QStringLiteral("192.0.2.50")}}});
    m_resolver->addTxt(QStringLiteral("new.acme.test"), m_ours);
    ExpectedRecord expected = record();
    expected.effectiveName = name(QStringLiteral("new.acme.test"));
    PropagationBoard board(*m_resolver, m_clock, m_options);
    bool wasWrong = false;
    const auto sink = [&](const BoardState &state) {
        if (wasWrong || state.rows.empty() || state.rows.front().verdict != Verdict::WrongPlace)
            return;
        wasWrong = true;
        m_resolver->add(m_owner, DnsType::CNAME, QStringLiteral("new.acme.test"));
    };
    const auto state = await(board.watch({expected}, 30s, sink, {}));
    QVERIFY(state.has_value());
    QVERIFY(wasWrong);
}

// After the fast phase a server hears at most one question each slowSpacing, however many names.
void TstPropagationBoard::neverFloodsAServer()
{
    m_options.fastPhase = 0ms;
    m_options.slowSpacing = 100ms;
    std::vector<ExpectedRecord> records;
    for (int i = 0; i < 20; ++i) {
        const DnsName each = name(QStringLiteral("_acme-challenge.w%1.example.test").arg(i));
        records.push_back({each, each, {m_ours}, {}});
    }
    QVERIFY(!watch(1050ms, records));
    // 20 at once to begin with, then one a turn.
    QVERIFY2(m_resolver->countAsked(QStringLiteral("192.0.2.1")) <= 20 + 11,
             qPrintable(QString::number(m_resolver->countAsked(QStringLiteral("192.0.2.1")))));
    QVERIFY(m_resolver->countAsked(QStringLiteral("192.0.2.1")) > 20);
}

void TstPropagationBoard::checksNowWhenAsked()
{
    m_options.fastPhase = 0ms;
    m_options.slowSpacing = 1h;
    PropagationBoard board(*m_resolver, m_clock, m_options);
    bool added = false;
    const auto sink = [&](const BoardState &state) {
        const bool answered = !state.rows.empty() && state.phase == BoardState::Phase::Waiting
            && state.rows.back().verdict == Verdict::NotYet;
        if (added || !answered)
            return;
        added = true;
        m_resolver->addTxt(m_owner, m_ours);
        QTimer::singleShot(5, this, [&board] { board.checkNow(); });
    };
    const auto state = await(board.watch({record()}, 30s, sink, {}));
    QVERIFY(state.has_value());
    QVERIFY(added);
}

void TstPropagationBoard::showsTheSerialOfEachServer()
{
    m_resolver->addTxt(m_owner, m_ours);
    const auto state = watch(10s);
    QVERIFY(state.has_value());
    for (const BoardRow &each : state->rows)
        QCOMPARE(each.serial, std::optional(m_resolver->serial));
}

void TstPropagationBoard::findsTheServersAgainWhenTheResolverFailsFirst()
{
    m_resolver->addTxt(m_owner, m_ours);
    m_resolver->scriptResolve(
        [](const DnsQuestion &) -> Result<DnsReply> { return FakeResolver::failure("timeout"); });
    QTimer::singleShot(200, this, [this] { m_resolver->scriptResolve({}); });
    const auto state = watch(20s);
    QVERIFY(state.has_value());

    m_resolver->scriptResolve(
        [](const DnsQuestion &) -> Result<DnsReply> { return FakeResolver::failure("timeout"); });
    const auto never = watch(100ms);
    QVERIFY(!never);
    QCOMPARE(never.error().kind, Error::Kind::DnsNotReady);
}

void TstPropagationBoard::stopsWhenTold()
{
    QTimer::singleShot(50, this, [this] { m_stop.request_stop(); });
    const auto state = watch(1h);
    QVERIFY(!state);
    QCOMPARE(state.error().kind, Error::Kind::Cancelled);
    QCOMPARE(m_states.last().phase, BoardState::Phase::Stopped);
}

void TstPropagationBoard::refusesToWatchForNothing()
{
    QCOMPARE(watch(1s, {}).error().kind, Error::Kind::BadRequest);
    QCOMPARE(watch(1s, {record({})}).error().kind, Error::Kind::BadRequest);
}

void TstPropagationBoard::outlivesTheBoard()
{
    auto board = std::make_unique<PropagationBoard>(*m_resolver, m_clock, m_options);
    Task<BoardState> task = board->watch({record()}, 1h, {}, m_stop.get_token());
    board.reset();
    QTimer::singleShot(20, this, [this] { m_stop.request_stop(); });
    QCOMPARE(await(std::move(task)).error().kind, Error::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TstPropagationBoard)
#include "tst_propagationboard.moc"
