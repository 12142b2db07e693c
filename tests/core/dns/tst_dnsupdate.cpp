// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DnsUpdate.h"
#include "core/dns/Wire.h"
#include "tests/support/Await.h"
#include "tests/support/StubDnsServer.h"
#include "tests/support/TestSecret.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// RFC 2136 updates and their TSIG against a server that a test makes up; real servers are in
// tst_dnslab.
class TstDnsUpdate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsLikeOpensslAndBind_data();
    void signsLikeOpensslAndBind();
    void readsAlgorithms_data();
    void readsAlgorithms();
    void refusesKeysThatAreNone_data();
    void refusesKeysThatAreNone();
    void R32_writesOnlyTxtOfOurValues();
    void splitsLongValues();
    void acceptsASignedReply();
    void refusesAForgedReply_data();
    void refusesAForgedReply();
    void putsRefusalsIntoWords_data();
    void putsRefusalsIntoWords();
    void refusesWhatMakesNoSense_data();
    void refusesWhatMakesNoSense();
    void readsHostileTsigs_data();
    void readsHostileTsigs();

private:
    [[nodiscard]] static DnsName name(const char *text)
    {
        return DnsName::fromText(QString::fromLatin1(text)).value();
    }
    [[nodiscard]] static TsigKey key(const QString &algorithm = QStringLiteral("hmac-sha256"))
    {
        return tsigKeyFromFields(QStringLiteral("practice"), algorithm,
                                 testSecret("c2VjcmV0LXNlY3JldC1zZWNyZXQ="))
            .value();
    }
    // A reply of the server's to `query`, signed by `key` over the query's MAC.
    [[nodiscard]] static QByteArray signedReply(const QByteArray &query, int rcode,
                                                const QByteArray &secret, qint64 offset = 0);
    [[nodiscard]] Result<> add(StubDnsServer &server)
    {
        const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), server.port()};
        DnsUpdate update(m_transport, endpoint, key());
        update.setLimit(2s);
        return await(update.add(name("example.test"),
                                {{name("_acme-challenge.example.test"), QStringLiteral("v"), 60}},
                                {}));
    }
    DnsTransport m_transport;
};

namespace {

// The MAC inside the TSIG at the end of a query with hmac-sha256 of the key "practice".
QByteArray macOf(const QByteArray &query)
{
    const QByteArray rest = query.right(32 + 6); // MAC, original id, error, other length
    return rest.left(32);
}

QByteArray withCount(QByteArray message, int count)
{
    message[10] = static_cast<char>(count >> 8);
    message[11] = static_cast<char>(count & 0xff);
    return message;
}

// Computed by hand, apart from the code under test (RFC 8945 section 4.3).
QByteArray tsigRecord(const QByteArray &mac, quint64 time, unsigned id, unsigned error)
{
    const auto keyName = DnsName::fromText(QStringLiteral("practice")).value();
    const auto algorithm = DnsName::fromText(QStringLiteral("hmac-sha256")).value();
    WireWriter rdata;
    rdata.name(algorithm);
    rdata.u48(time);
    rdata.u16(300);
    rdata.u16(static_cast<unsigned>(mac.size()));
    rdata.raw(mac);
    rdata.u16(id);
    rdata.u16(error);
    rdata.u16(0);
    WireWriter record;
    record.name(keyName);
    record.u16(250);
    record.u16(255);
    record.u32(0);
    record.u16(static_cast<unsigned>(rdata.bytes().size()));
    record.raw(rdata.bytes());
    return record.bytes();
}

QByteArray variablesOf(quint64 time)
{
    WireWriter writer;
    writer.name(DnsName::fromText(QStringLiteral("practice")).value());
    writer.u16(255);
    writer.u32(0);
    writer.name(DnsName::fromText(QStringLiteral("hmac-sha256")).value());
    writer.u48(time);
    writer.u16(300);
    writer.u16(0);
    writer.u16(0);
    return writer.bytes();
}

const QByteArray rightSecret = "secret-secret-secret";

} // namespace

QByteArray TstDnsUpdate::signedReply(const QByteArray &query, int rcode, const QByteArray &secret,
                                     qint64 offset)
{
    QByteArray reply = StubDnsServer::reply(query, {}, 0, 0xa800 | rcode);
    const QByteArray requestMac = macOf(query);
    const auto time = static_cast<quint64>(QDateTime::currentSecsSinceEpoch() + offset);
    WireWriter digested;
    digested.u16(static_cast<unsigned>(requestMac.size()));
    digested.raw(requestMac);
    digested.raw(reply);
    digested.raw(variablesOf(time));
    const QByteArray mac =
        QMessageAuthenticationCode::hash(digested.bytes(), secret, QCryptographicHash::Sha256);
    const unsigned id =
        static_cast<unsigned char>(query.at(0)) << 8 | static_cast<unsigned char>(query.at(1));
    return withCount(reply, 1) + tsigRecord(mac, time, id, 0);
}

void TstDnsUpdate::signsLikeOpensslAndBind_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<int>("hash");
    QTest::addColumn<QString>("wireName");
    QTest::newRow("md5") << QStringLiteral("hmac-md5") << int(QCryptographicHash::Md5)
                         << QStringLiteral("hmac-md5.sig-alg.reg.int");
    QTest::newRow("sha1") << QStringLiteral("HMAC-SHA1") << int(QCryptographicHash::Sha1)
                          << QStringLiteral("hmac-sha1");
    QTest::newRow("sha256") << QStringLiteral("hmac-sha256.") << int(QCryptographicHash::Sha256)
                            << QStringLiteral("hmac-sha256");
    QTest::newRow("sha384") << QStringLiteral("hmac-sha384") << int(QCryptographicHash::Sha384)
                            << QStringLiteral("hmac-sha384");
    QTest::newRow("sha512") << QStringLiteral("hmac-sha512") << int(QCryptographicHash::Sha512)
                            << QStringLiteral("hmac-sha512");
}

void TstDnsUpdate::signsLikeOpensslAndBind()
{
    QFETCH(QString, algorithm);
    QFETCH(int, hash);
    QFETCH(QString, wireName);
    const QByteArray message =
        QByteArray::fromHex("1234280000010000000000000765786d61706c65047465737400000600"
                            "01");
    const auto made = tsigSign(message, key(algorithm), 1700000000);
    QVERIFY(made.has_value());
    WireWriter variables;
    variables.name(name("practice"));
    variables.u16(255);
    variables.u32(0);
    variables.name(DnsName::fromText(wireName).value());
    variables.u48(1700000000);
    variables.u16(300);
    variables.u32(0);
    const QByteArray mac = QMessageAuthenticationCode::hash(
        message + variables.bytes(), rightSecret, static_cast<QCryptographicHash::Algorithm>(hash));
    QCOMPARE(made->mac.toHex(), mac.toHex());
    QVERIFY(made->message.contains(mac));
    QCOMPARE(made->message.at(11), '\x01'); // one additional record
    QVERIFY(made->message.startsWith(message.left(10)));
}

void TstDnsUpdate::readsAlgorithms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wire"); // empty = refused
    QTest::newRow("plain") << QStringLiteral("hmac-sha256") << QStringLiteral("hmac-sha256");
    QTest::newRow("upper case and dot")
        << QStringLiteral(" HMAC-SHA512. ") << QStringLiteral("hmac-sha512");
    QTest::newRow("the long name of md5")
        << QStringLiteral("hmac-md5.sig-alg.reg.int") << QStringLiteral("hmac-md5.sig-alg.reg.int");
    QTest::newRow("no algorithm") << QString() << QString();
    QTest::newRow("gss-tsig") << QStringLiteral("gss-tsig") << QString();
}

void TstDnsUpdate::readsAlgorithms()
{
    QFETCH(QString, text);
    QFETCH(QString, wire);
    const auto algorithm = tsigAlgorithmFromText(text);
    QCOMPARE(algorithm ? tsigAlgorithmName(*algorithm) : QString(), wire);
}

void TstDnsUpdate::refusesKeysThatAreNone_data()
{
    QTest::addColumn<QString>("keyName");
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("no name") << QString() << QByteArray("c2VjcmV0");
    QTest::newRow("a name with an empty label") << QStringLiteral("a..b") << QByteArray("c2VjcmV0");
    QTest::newRow("not base64") << QStringLiteral("practice") << QByteArray("not base64!");
    QTest::newRow("quotes around it") << QStringLiteral("practice") << QByteArray("\"c2VjcmV0\"");
    QTest::newRow("empty") << QStringLiteral("practice") << QByteArray(" ");
}

void TstDnsUpdate::refusesKeysThatAreNone()
{
    QFETCH(QString, keyName);
    QFETCH(QByteArray, secret);
    const QByteArray copy = secret;
    const auto made =
        tsigKeyFromFields(keyName, QStringLiteral("hmac-sha256"), testSecret(QByteArray(copy)));
    QVERIFY(!made);
    QCOMPARE(made.error().kind, Error::Kind::BadRequest);
    QVERIFY(!made.error().detail.contains(QString::fromLatin1("c2VjcmV0")));
}

void TstDnsUpdate::R32_writesOnlyTxtOfOurValues()
{
    StubDnsServer server;
    server.onUdp = [](const QByteArray &query) {
        return QList{signedReply(query, 0, rightSecret)};
    };
    const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), server.port()};
    DnsUpdate update(m_transport, endpoint, key());
    const DnsName owner = name("_acme-challenge.example.test");
    QVERIFY(await(update.add(name("example.test"), {{owner, QStringLiteral("v"), 77}}, {})));
    QVERIFY(await(update.remove(name("example.test"), {{owner, QStringLiteral("v"), 77}}, {})));
    QCOMPARE(server.queries.size(), 2);
    WireWriter adding;
    adding.name(owner);
    adding.u16(16);
    adding.u16(1); // class IN
    adding.u32(77);
    adding.u16(2);
    adding.raw("\x01v");
    WireWriter removing;
    removing.name(owner);
    removing.u16(16);
    removing.u16(254); // class NONE: this value and no other
    removing.u32(0);
    removing.u16(2);
    removing.raw("\x01v");
    QVERIFY(server.queries[0].contains(adding.bytes()));
    QVERIFY(server.queries[1].contains(removing.bytes()));
    for (const QByteArray &query : std::as_const(server.queries)) {
        WireReader header(query);
        header.u16();
        QCOMPARE(header.u16(), 0x2800U); // opcode UPDATE
        QCOMPARE(header.u16(), 1U);
        QCOMPARE(header.u16(), 0U);
        QCOMPARE(header.u16(), 1U);
        QCOMPARE(header.u16(), 1U);
    }
}

void TstDnsUpdate::splitsLongValues()
{
    StubDnsServer server;
    server.onUdp = [](const QByteArray &query) {
        return QList{signedReply(query, 0, rightSecret)};
    };
    const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), server.port()};
    DnsUpdate update(m_transport, endpoint, key());
    const QString value(300, QLatin1Char('a'));
    QVERIFY(await(update.add(name("example.test"), {{name("x.example.test"), value, 60}}, {})));
    const QByteArray rdata =
        QByteArray(1, '\xff') + QByteArray(255, 'a') + QByteArray(1, 45) + QByteArray(45, 'a');
    QVERIFY(server.queries.first().contains(rdata));
}

void TstDnsUpdate::acceptsASignedReply()
{
    StubDnsServer server;
    server.onUdp = [](const QByteArray &query) {
        return QList{signedReply(query, 0, rightSecret)};
    };
    const auto added = add(server);
    QVERIFY2(added.has_value(), qPrintable(added ? QString() : describe(added.error())));
}

void TstDnsUpdate::refusesAForgedReply_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("says");
    QTest::newRow("no signature") << QStringLiteral("none") << QStringLiteral("not signed");
    QTest::newRow("another secret") << QStringLiteral("secret") << QStringLiteral("wrong");
    QTest::newRow("an hour ago") << QStringLiteral("old") << QStringLiteral("clock");
    QTest::newRow("changed on the way") << QStringLiteral("changed") << QStringLiteral("wrong");
}

void TstDnsUpdate::refusesAForgedReply()
{
    QFETCH(QString, how);
    QFETCH(QString, says);
    StubDnsServer server;
    server.onUdp = [how](const QByteArray &query) -> QList<QByteArray> {
        if (how == QLatin1String("none"))
            return {StubDnsServer::reply(query, {}, 0, 0xa800)};
        if (how == QLatin1String("secret"))
            return {signedReply(query, 0, "another secret")};
        if (how == QLatin1String("old"))
            return {signedReply(query, 0, rightSecret, -3600)};
        QByteArray reply = signedReply(query, 5, rightSecret); // "refused" turned into "done"
        reply[3] = 0;
        return {reply};
    };
    const auto added = add(server);
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::Corrupt);
    QVERIFY2(added.error().detail.contains(says), qPrintable(added.error().detail));
}

void TstDnsUpdate::putsRefusalsIntoWords_data()
{
    QTest::addColumn<int>("rcode");
    QTest::addColumn<int>("tsigError");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    const int unauthorized = static_cast<int>(Error::Kind::Unauthorized);
    const int refused = static_cast<int>(Error::Kind::ProviderRefused);
    QTest::newRow("BADKEY") << 9 << 17 << unauthorized << QStringLiteral("not allowed this");
    QTest::newRow("BADSIG") << 9 << 16 << unauthorized << QStringLiteral("secret is wrong");
    QTest::newRow("BADTIME") << 9 << 18 << unauthorized << QStringLiteral("clocks");
    QTest::newRow("NOTAUTH") << 9 << 0 << unauthorized << QStringLiteral("not authoritative");
    QTest::newRow("REFUSED") << 5 << 0 << unauthorized << QStringLiteral("not allowed");
    QTest::newRow("NOTZONE") << 10 << 0 << refused << QStringLiteral("does not lie in the zone");
    QTest::newRow("SERVFAIL") << 2 << 0 << refused << QStringLiteral("could not carry");
    QTest::newRow("something else") << 8 << 0 << refused << QStringLiteral("NXRRSET");
}

void TstDnsUpdate::putsRefusalsIntoWords()
{
    QFETCH(int, rcode);
    QFETCH(int, tsigError);
    QFETCH(int, kind);
    QFETCH(QString, says);
    StubDnsServer server;
    server.onUdp = [=](const QByteArray &query) -> QList<QByteArray> {
        const QByteArray reply = StubDnsServer::reply(query, {}, 0, 0xa800 | rcode);
        if (tsigError == 0)
            return {reply};
        return {withCount(reply, 1)
                + tsigRecord({}, static_cast<quint64>(QDateTime::currentSecsSinceEpoch()), 1,
                             static_cast<unsigned>(tsigError))};
    };
    const auto added = add(server);
    QVERIFY(!added);
    QCOMPARE(static_cast<int>(added.error().kind), kind);
    QVERIFY2(added.error().detail.contains(says), qPrintable(added.error().detail));
}

void TstDnsUpdate::refusesWhatMakesNoSense_data()
{
    QTest::addColumn<QString>("owner");
    QTest::addColumn<QString>("value");
    QTest::newRow("outside the zone") << QStringLiteral("x.other.test") << QStringLiteral("v");
    QTest::newRow("no value") << QStringLiteral("x.example.test") << QString();
    QTest::newRow("a line break") << QStringLiteral("x.example.test") << QStringLiteral("a\nb");
    QTest::newRow("not ASCII") << QStringLiteral("x.example.test") << QStringLiteral("m\u00fc");
    QTest::newRow("too long") << QStringLiteral("x.example.test")
                              << QString(5000, QLatin1Char('a'));
}

void TstDnsUpdate::refusesWhatMakesNoSense()
{
    QFETCH(QString, owner);
    QFETCH(QString, value);
    const StubDnsServer server;
    const DnsEndpoint endpoint{QHostAddress(QHostAddress::LocalHost), server.port()};
    DnsUpdate update(m_transport, endpoint, key());
    const auto added = await(
        update.add(name("example.test"), {{DnsName::fromText(owner).value(), value, 60}}, {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::BadRequest);
    QCOMPARE(server.udpQueries, 0);
}

void TstDnsUpdate::readsHostileTsigs_data()
{
    QTest::addColumn<int>("cut");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("value");
    for (int cut = 1; cut <= 60; cut += 7)
        QTest::addRow("cut by %d", cut) << cut << 0 << 0;
    for (int at = 4; at < 100; at += 3)
        QTest::addRow("byte %d turned over", at) << 0 << at << 255;
    for (int at = 12; at < 90; at += 5)
        QTest::addRow("byte %d with the pointer bits turned", at) << 0 << at << 0xc0;
}

// Whatever comes is told from a valid signature, and nothing reads past the end.
void TstDnsUpdate::readsHostileTsigs()
{
    QFETCH(int, cut);
    QFETCH(int, at);
    QFETCH(int, value);
    const QByteArray question =
        QByteArray::fromHex("123428000001000000000000076578616d706c650474657374000006"
                            "0001");
    const auto query = tsigSign(question, key(), 1700000000);
    QVERIFY(query.has_value());
    QByteArray reply = signedReply(query->message, 0, rightSecret).chopped(cut);
    if (at > 0)
        reply[at] = static_cast<char>(static_cast<unsigned char>(reply.at(at)) ^ value);
    const auto now = static_cast<quint64>(QDateTime::currentSecsSinceEpoch());
    const auto verdict = tsigVerify(reply, query->mac, key(), now);
    QVERIFY(!verdict || !verdict->valid);
}

QTEST_GUILESS_MAIN(TstDnsUpdate)
#include "tst_dnsupdate.moc"
