// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/StarttlsTalk.h"

#include <QTest>

using namespace sealbook;

namespace {

const QByteArray xmppHead("<?xml version='1.0'?><stream:stream from='a' id='1' version='1.0' "
                          "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>");
const QByteArray xmppOffer("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'>"
                           "<required/></starttls></stream:features>");
const QByteArray xmppProceed("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
const QByteArray ldapSuccess("\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00", 14);

QByteArray mysqlGreeting(bool withTls)
{
    QByteArray payload("\x0a"
                       "8.0.36");
    payload.append('\0');
    payload.append("\x01\x00\x00\x00"
                   "saltsalt",
                   12);
    payload.append('\0');
    payload.append('\xff');
    payload.append(withTls ? '\xff' : '\xf7');
    payload.append(30, '\0');
    QByteArray packet(4, '\0');
    packet[0] = static_cast<char>(payload.size());
    return packet + payload;
}

// Feeds everything at once, or byte by byte, and gives all that was said; or the error.
struct Talk
{
    QByteArray sent;
    std::optional<Error> error;
    bool isReady = false;
};

Talk talk(EndpointKind kind, const QByteArrayList &server, bool byteByByte)
{
    StarttlsTalk starttls(kind, QStringLiteral("chat.example"));
    Talk result;
    result.sent = starttls.opening();
    for (const QByteArray &part : server) {
        const qsizetype step = byteByByte ? 1 : std::max(part.size(), qsizetype(1));
        for (qsizetype at = 0; at < part.size(); at += step) {
            const Result<QByteArray> answer = starttls.feed(part.mid(at, step));
            if (!answer) {
                result.error = answer.error();
                return result;
            }
            result.sent += *answer;
        }
    }
    result.isReady = starttls.isReady();
    return result;
}

} // namespace

class TstStarttlsTalk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForTls_data();
    void asksForTls();
    void saysWhyThereIsNoTls_data();
    void saysWhyThereIsNoTls();
    void refusesWordsBehindTheAgreement_data();
    void refusesWordsBehindTheAgreement();
    void neverReadsWithoutEnd_data();
    void neverReadsWithoutEnd();
    void survivesAnyBytes();
    void guessesWhatElseAnswers_data();
    void guessesWhatElseAnswers();
    void quotesWordsOnOneLine();
};

void TstStarttlsTalk::asksForTls_data()
{
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<QByteArrayList>("server");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("tls") << EndpointKind::Tls << QByteArrayList() << QByteArray();
    QTest::newRow("smtp") << EndpointKind::Smtp
                          << QByteArrayList{"220-mail.example\r\n220 ESMTP ready\r\n",
                                            "250-mail.example\r\n250-SIZE 1\r\n250-starttls\r\n250 "
                                            "HELP\r\n",
                                            "220 go ahead\r\n"}
                          << QByteArray("EHLO sealbook.invalid\r\nSTARTTLS\r\n");
    QTest::newRow("smtp, tls last")
        << EndpointKind::Smtp << QByteArrayList{"220 x\n", "250-x\n250 STARTTLS\n", "220\n"}
        << QByteArray("EHLO sealbook.invalid\r\nSTARTTLS\r\n");
    QTest::newRow("imap") << EndpointKind::Imap
                          << QByteArrayList{"* OK [CAPABILITY IMAP4rev1] ready\r\n",
                                            "* CAPABILITY IMAP4rev1\r\n", "s1 OK begin\r\n"}
                          << QByteArray("s1 STARTTLS\r\n");
    QTest::newRow("pop3") << EndpointKind::Pop3 << QByteArrayList{"+OK hi\r\n", "+OK go\r\n"}
                          << QByteArray("STLS\r\n");
    QTest::newRow("ftp") << EndpointKind::Ftp
                         << QByteArrayList{"220-Welcome\r\nto us\r\n 220 not the end\r\n220 "
                                           "done\r\n",
                                           "234 AUTH TLS OK.\r\n"}
                         << QByteArray("AUTH TLS\r\n");
    QTest::newRow("ldap") << EndpointKind::Ldap << QByteArrayList{ldapSuccess}
                          << QByteArray("\x30\x1d\x02\x01\x01\x77\x18\x80\x16"
                                        "1.3.6.1.4.1.1466.20037",
                                        31);
    QTest::newRow("ldap, long form")
        << EndpointKind::Ldap
        << QByteArrayList{QByteArray("\x30\x84\x00\x00\x00\x0c\x02\x01\x01\x78\x07\x0a\x01"
                                     "\x00\x04\x00\x04\x00",
                                     18)
                              .replace(QByteArray("\x84\x00", 2), QByteArray("\x83", 1))}
        << QByteArray("\x30\x1d\x02\x01\x01\x77\x18\x80\x16"
                      "1.3.6.1.4.1.1466.20037",
                      31);
    const QByteArray streamTo =
        "<?xml version='1.0'?><stream:stream to='chat.example' xmlns='jabber:";
    const QByteArray streamEnd = "' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
                                 "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    QTest::newRow("xmpp client") << EndpointKind::XmppClient
                                 << QByteArrayList{xmppHead, xmppOffer, xmppProceed}
                                 << streamTo + "client" + streamEnd;
    QTest::newRow("xmpp server") << EndpointKind::XmppServer
                                 << QByteArrayList{xmppHead + xmppOffer,
                                                   "<proceed "
                                                   "xmlns='urn:ietf:params:xml:ns:xmpp-tls'>"
                                                   "</proceed>\n"}
                                 << streamTo + "server" + streamEnd;
    QTest::newRow("postgres") << EndpointKind::Postgres << QByteArrayList{"S"}
                              << QByteArray("\x00\x00\x00\x08\x04\xd2\x16\x2f", 8);
    QByteArray sslRequest("\x20\x00\x00\x01\x00\x8a\x00\x00\x00\x00\x00\x01\x21", 13);
    sslRequest.append(23, '\0');
    QTest::newRow("mysql") << EndpointKind::Mysql << QByteArrayList{mysqlGreeting(true)}
                           << sslRequest;
}

void TstStarttlsTalk::asksForTls()
{
    QFETCH(EndpointKind, kind);
    QFETCH(QByteArrayList, server);
    QFETCH(QByteArray, sent);
    for (const bool byteByByte : {false, true}) {
        const Talk result = talk(kind, server, byteByByte);
        QVERIFY2(!result.error, qPrintable(result.error ? result.error->detail : QString()));
        QVERIFY(result.isReady);
        QCOMPARE(result.sent, sent);
    }
}

void TstStarttlsTalk::saysWhyThereIsNoTls_data()
{
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<QByteArrayList>("server");
    QTest::addColumn<Error::Kind>("error");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, EndpointKind kind, const QByteArrayList &server,
                        Error::Kind error, const char *part) {
        QTest::newRow(name) << kind << server << error << QString::fromLatin1(part);
    };
    constexpr auto none = Error::Kind::NotFound;
    constexpr auto bad = Error::Kind::Network;
    row("smtp without", EndpointKind::Smtp, {"220 x\r\n", "250-x\r\n250 SIZE\r\n"}, none,
        "does not offer TLS");
    row("smtp STARTTLSX", EndpointKind::Smtp, {"220 x\r\n", "250 STARTTLSX\r\n"}, none, "offer");
    row("smtp busy", EndpointKind::Smtp, {"554 no service for you\r\n"}, bad, "no service for you");
    row("smtp no ehlo", EndpointKind::Smtp, {"220 x\r\n", "502 what\r\n"}, bad, "refuses EHLO");
    row("smtp later", EndpointKind::Smtp,
        {"220 x\r\n", "250 STARTTLS\r\n", "454 TLS not available\r\n"}, bad, "454 TLS not");
    row("smtp is ssh", EndpointKind::Smtp, {"SSH-2.0-OpenSSH\r\n"}, bad, "not SMTP");
    row("imap bye", EndpointKind::Imap, {"* BYE overloaded\r\n"}, bad, "overloaded");
    row("imap preauth", EndpointKind::Imap, {"* PREAUTH hi\r\n"}, bad, "without TLS");
    row("imap bad", EndpointKind::Imap, {"* OK x\r\n", "s1 BAD unknown\r\n"}, none, "unknown");
    row("imap no", EndpointKind::Imap, {"* OK x\r\n", "s1 NO broken\r\n"}, bad, "broken");
    row("imap other", EndpointKind::Imap, {"+OK x\r\n"}, bad, "not IMAP");
    row("pop3 without", EndpointKind::Pop3, {"+OK x\r\n", "-ERR unknown\r\n"}, none, "unknown");
    row("pop3 away", EndpointKind::Pop3, {"-ERR busy\r\n"}, bad, "busy");
    row("ftp without", EndpointKind::Ftp, {"220 x\r\n", "530 log in first\r\n"}, none, "log in");
    row("ftp later", EndpointKind::Ftp, {"220 x\r\n", "431 resource\r\n"}, bad, "431");
    row("ftp away", EndpointKind::Ftp, {"421 too many\r\n"}, bad, "too many");
    row("ldap unknown", EndpointKind::Ldap,
        {QByteArray("\x30\x10\x02\x01\x01\x78\x0b\x0a\x01\x02\x04\x00\x04\x04nope", 18)}, none,
        "nope");
    row("ldap unavailable", EndpointKind::Ldap,
        {QByteArray("\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x34\x04\x00\x04\x00", 14)}, bad,
        "result 52");
    row("ldap nonsense", EndpointKind::Ldap, {"HTTP/1.1 400 Bad\r\n"}, bad, "not LDAP");
    row("xmpp without", EndpointKind::XmppClient,
        {xmppHead, "<stream:features><auth/></stream:features>"}, none, "offer");
    row("xmpp empty", EndpointKind::XmppClient, {xmppHead, "<stream:features/>"}, none, "offer");
    row("xmpp failure", EndpointKind::XmppClient,
        {xmppHead + xmppOffer, "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"}, bad,
        "refuses");
    row("xmpp unknown host", EndpointKind::XmppClient,
        {xmppHead + "<stream:error><host-unknown/></stream:error>"}, bad, "host-unknown");
    row("xmpp bomb", EndpointKind::XmppClient, {"<!DOCTYPE a [<!ENTITY b 'c'>]>"}, bad, "not XMPP");
    row("postgres without", EndpointKind::Postgres, {"N"}, none, "offer");
    row("postgres error", EndpointKind::Postgres,
        {QByteArray("E\x00\x00\x00\x10SFATAL\0Mnope\0\0", 18)}, bad, "nope");
    row("postgres other", EndpointKind::Postgres, {"HTTP/1.1"}, bad, "not PostgreSQL");
    row("mysql without", EndpointKind::Mysql, {mysqlGreeting(false)}, none, "offer");
    row("mysql blocked", EndpointKind::Mysql,
        {QByteArray("\x18\x00\x00\x00\xff\x69\x04Host is blocked by us", 28)}, bad, "blocked");
    row("mysql other", EndpointKind::Mysql, {"SSH-2.0-OpenSSH\r\n"}, bad, "not MySQL");
}

void TstStarttlsTalk::saysWhyThereIsNoTls()
{
    QFETCH(EndpointKind, kind);
    QFETCH(QByteArrayList, server);
    QFETCH(Error::Kind, error);
    QFETCH(QString, part);
    for (const bool byteByByte : {false, true}) {
        const Talk result = talk(kind, server, byteByByte);
        QVERIFY(result.error);
        QCOMPARE(result.error->kind, error);
        // Byte by byte a nonsense is told as soon as it shows, before the rest of its words.
        if (!byteByByte)
            QVERIFY2(result.error->detail.contains(part), qPrintable(result.error->detail));
    }
}

void TstStarttlsTalk::refusesWordsBehindTheAgreement_data()
{
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<QByteArrayList>("server");
    QTest::newRow("smtp") << EndpointKind::Smtp
                          << QByteArrayList{"220 x\r\n", "250 STARTTLS\r\n", "220 go\r\n250 x\r\n"};
    QTest::newRow("imap") << EndpointKind::Imap
                          << QByteArrayList{"* OK x\r\n", "s1 OK go\r\n* BYE\r\n"};
    QTest::newRow("pop3") << EndpointKind::Pop3 << QByteArrayList{"+OK x\r\n", "+OK go\r\nx"};
    QTest::newRow("ftp") << EndpointKind::Ftp << QByteArrayList{"220 x\r\n", "234 go\r\n220 y\r\n"};
    QTest::newRow("ldap") << EndpointKind::Ldap << QByteArrayList{ldapSuccess + "x"};
    QTest::newRow("xmpp") << EndpointKind::XmppClient
                          << QByteArrayList{xmppHead + xmppOffer, xmppProceed + "<x/>"};
    QTest::newRow("postgres") << EndpointKind::Postgres << QByteArrayList{"SS"};
}

void TstStarttlsTalk::refusesWordsBehindTheAgreement()
{
    QFETCH(EndpointKind, kind);
    QFETCH(QByteArrayList, server);
    const Talk result = talk(kind, server, false);
    QVERIFY(result.error);
    QVERIFY2(result.error->detail.contains(QLatin1String("in the clear")),
             qPrintable(result.error->detail));
}

void TstStarttlsTalk::neverReadsWithoutEnd_data()
{
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<QByteArray>("unit");
    QTest::newRow("smtp lines") << EndpointKind::Smtp << QByteArray("220-hello\r\n");
    QTest::newRow("smtp one line") << EndpointKind::Smtp << QByteArray("220-aaaaaaaa");
    QTest::newRow("imap") << EndpointKind::Imap << QByteArray("* OK x\r\n");
    QTest::newRow("pop3") << EndpointKind::Pop3 << QByteArray("+OKaaaaaaaaa");
    QTest::newRow("ftp") << EndpointKind::Ftp << QByteArray("220-a\r\n");
    QTest::newRow("xmpp") << EndpointKind::XmppClient << QByteArray("<a>");
}

void TstStarttlsTalk::neverReadsWithoutEnd()
{
    QFETCH(EndpointKind, kind);
    QFETCH(QByteArray, unit);
    StarttlsTalk starttls(kind, QStringLiteral("a.example"));
    (void)starttls.opening();
    qsizetype fed = 0;
    while (fed < 1024 * 1024) {
        const Result<QByteArray> answer = starttls.feed(unit);
        fed += unit.size();
        if (!answer)
            break;
    }
    QVERIFY(fed <= StarttlsTalk::maxBytes + unit.size());
    QVERIFY(!starttls.isReady());
}

// Nonsense of every kind ends in an error or in more waiting, never in TLS or a crash.
void TstStarttlsTalk::survivesAnyBytes()
{
    quint32 seed = 12345;
    const auto random = [&seed] { return (seed = seed * 1664525U + 1013904223U) >> 16; };
    for (int round = 0; round < 2000; ++round) {
        const auto kind = static_cast<EndpointKind>(1 + random() % 9);
        StarttlsTalk starttls(kind, QStringLiteral("a.example"));
        (void)starttls.opening();
        QByteArray bytes;
        for (quint32 i = random() % 64; i > 0; --i)
            bytes.append(static_cast<char>(random()));
        if (kind == EndpointKind::Ldap && round % 2 == 0)
            bytes.prepend('\x30');
        if (kind == EndpointKind::Mysql && bytes.size() > 5) {
            bytes[3] = 0;
            bytes[4] = 10;
        }
        const Result<QByteArray> answer = starttls.feed(bytes);
        if (answer && starttls.isReady())
            QVERIFY(kind == EndpointKind::Postgres || kind == EndpointKind::Mysql
                    || kind == EndpointKind::Ldap);
    }
}

void TstStarttlsTalk::guessesWhatElseAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("protocol");
    QTest::newRow("ssh") << QByteArray("SSH-2.0-x\r\n") << QStringLiteral("SSH");
    QTest::newRow("http") << QByteArray("HTTP/1.1 400 Bad Request\r\n")
                          << QStringLiteral("HTTP without TLS");
    QTest::newRow("smtp") << QByteArray("220 mail\r\n") << QStringLiteral("SMTP or FTP");
    QTest::newRow("imap") << QByteArray("* OK x") << QStringLiteral("IMAP");
    QTest::newRow("pop3") << QByteArray("+OK x") << QStringLiteral("POP3");
    QTest::newRow("mysql") << mysqlGreeting(true) << QStringLiteral("MySQL");
    QTest::newRow("unknown") << QByteArray("xyz") << QString();
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TstStarttlsTalk::guessesWhatElseAnswers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, protocol);
    QCOMPARE(protocolOfBytes(bytes), protocol);
}

void TstStarttlsTalk::quotesWordsOnOneLine()
{
    QCOMPARE(quotedWords("  a\r\n\tb\x1b[31m \0c"), QStringLiteral("a b [31m"));
    QVERIFY(quotedWords(QByteArray(5000, 'x')).size() < 200);
}

QTEST_GUILESS_MAIN(TstStarttlsTalk)
#include "tst_starttlstalk.moc"
