// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/EndpointAddress.h"

#include <QTest>

using namespace sealbook;

class TstEndpointAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeopleType_data();
    void readsWhatPeopleType();
    void refusesWithAReason_data();
    void refusesWithAReason();
    void everyKindHasANameAndReadsItsOwnText();
    void knowsAnIpAddress();
    void tellsAnEndpointFromAFile_data();
    void tellsAnEndpointFromAFile();
    void readsAList();
    void countsMoreProblemsThanItKeeps();
};

void TstEndpointAddress::readsWhatPeopleType_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *typed, const char *text) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(text);
    };
    row("www.example.org", "www.example.org:443");
    row("  WWW.Example.ORG.:8443 ", "www.example.org:8443");
    row("localhost:4433", "localhost:4433");
    row("db_1.internal:443", "db_1.internal:443");
    row("münchen.example:443", "xn--mnchen-3ya.example:443");
    row("192.0.2.7", "192.0.2.7:443");
    row("192.0.2.7:8443", "192.0.2.7:8443");
    row("2001:db8::1", "[2001:db8::1]:443");
    row("[2001:DB8::1]", "[2001:db8::1]:443");
    row("[2001:db8::1]:8443", "[2001:db8::1]:8443");
    row("[::ffff:192.0.2.1]:443", "[::ffff:192.0.2.1]:443");
    row("https://www.example.org", "www.example.org:443");
    row("https://www.example.org:8443/shop?x=1#top", "www.example.org:8443");
    row("HTTPS://[2001:db8::1]/", "[2001:db8::1]:443");
    row("smtp://mail.example.org", "smtp://mail.example.org:25");
    row("smtp://mail.example.org:587", "smtp://mail.example.org:587");
    row("submission://mail.example.org", "smtp://mail.example.org:587");
    row("smtps://mail.example.org", "mail.example.org:465");
    row("imap://mail.example.org", "imap://mail.example.org:143");
    row("imaps://mail.example.org", "mail.example.org:993");
    row("pop3://mail.example.org", "pop3://mail.example.org:110");
    row("pop3s://mail.example.org", "mail.example.org:995");
    row("ftp://files.example.org", "ftp://files.example.org:21");
    row("ldap://ldap.example.org", "ldap://ldap.example.org:389");
    row("ldaps://ldap.example.org", "ldap.example.org:636");
    row("xmpp://chat.example.org", "xmpp-client://chat.example.org:5222");
    row("xmpp-server://chat.example.org", "xmpp-server://chat.example.org:5269");
    row("postgresql://db.example.org", "postgres://db.example.org:5432");
    row("mysql://db.example.org", "mysql://db.example.org:3306");
    row("mail.example.org:25", "smtp://mail.example.org:25");
    row("mail.example.org:587", "smtp://mail.example.org:587");
    row("mail.example.org:143", "imap://mail.example.org:143");
    row("db.example.org:5432", "postgres://db.example.org:5432");
    row("tls://mail.example.org:25", "tls://mail.example.org:25");
}

void TstEndpointAddress::readsWhatPeopleType()
{
    QFETCH(QString, typed);
    QFETCH(QString, text);
    const Result<EndpointAddress> address = EndpointAddress::fromText(typed);
    QVERIFY2(address, qPrintable(address ? QString() : address.error().detail));
    QCOMPARE(address->text(), text);
    // What is shown reads back as the same.
    const Result<EndpointAddress> again = EndpointAddress::fromText(address->text());
    QVERIFY(again);
    QCOMPARE(*again, *address);
}

void TstEndpointAddress::refusesWithAReason_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("suggestion");
    const auto row = [](const char *typed, const char *part, const char *suggestion = "") {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(part)
                             << QString::fromUtf8(suggestion);
    };
    row("", "no host");
    row("   ", "no host");
    row(".", "no host");
    row(":443", "no host");
    row("https://", "no host");
    row("http://www.example.org/", "no TLS", "https://www.example.org");
    row("gopher://www.example.org", "not among the protocols");
    row("www.example.org:", "no port", "www.example.org");
    row("www.example.org:0", "no port");
    row("www.example.org:65536", "no port");
    row("www.example.org:https", "no port");
    row("www.example.org:000443", "no port");
    row("www.example.org:-1", "no port");
    row("a:b:c", "more than one colon");
    row("[2001:db8::1", "do not close");
    row("[2001:db8::1]8443", "do not close");
    row("[2001:db8::1]:", "no port");
    row("[2001:db8::1::2]", "no IPv6 address");
    row("[www.example.org]:443", "no IPv6 address");
    row("[fe80::1%eth0]:443", "network interface");
    row("256.1.1.1", "no IPv4 address");
    row("10.1.1", "no IPv4 address");
    row("user:secret@www.example.org", "names a user", "www.example.org");
    row("www.example.org/shop", "\"/\"", "www.example.org");
    row("*.example.org:443", "wildcard", "www.example.org");
    row("www..example.org", "empty label");
    row("a b.example.org", "no host name");
    row("www.example.org\\x", "no host name");
}

void TstEndpointAddress::refusesWithAReason()
{
    QFETCH(QString, typed);
    QFETCH(QString, part);
    QFETCH(QString, suggestion);
    const Result<EndpointAddress> address = EndpointAddress::fromText(typed);
    QVERIFY(!address);
    QCOMPARE(address.error().kind, Error::Kind::BadRequest);
    QVERIFY2(address.error().detail.contains(part), qPrintable(address.error().detail));
    QVERIFY(!address.error().detail.contains(QLatin1String("secret")));
    QCOMPARE(address.error().evidence.value(QStringLiteral("suggestion")).toString(), suggestion);
}

void TstEndpointAddress::everyKindHasANameAndReadsItsOwnText()
{
    for (int i = 0; i <= static_cast<int>(EndpointKind::Mysql); ++i) {
        const auto kind = static_cast<EndpointKind>(i);
        QCOMPARE(endpointKindFromName(endpointKindName(kind)), std::optional(kind));
        EndpointAddress address;
        address.host = QStringLiteral("a.example");
        address.port = 9999;
        address.kind = kind;
        const Result<EndpointAddress> again = EndpointAddress::fromText(address.text());
        QVERIFY(again);
        QCOMPARE(*again, address);
    }
    QVERIFY(!endpointKindFromName(u"gopher"));
}

void TstEndpointAddress::knowsAnIpAddress()
{
    EndpointAddress address;
    for (const char *ip : {"192.0.2.1", "2001:db8::1", "::"}) {
        address.host = QLatin1String(ip);
        QVERIFY(address.isIpAddress());
    }
    address.host = QStringLiteral("1.example");
    QVERIFY(!address.isIpAddress());
}

void TstEndpointAddress::tellsAnEndpointFromAFile_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isEndpoint");
    const auto row = [](const char *text, bool is) {
        QTest::newRow(text) << QString::fromLatin1(text) << is;
    };
    row("www.example.org:443", true);
    row("https://www.example.org", true);
    row("[2001:db8::1]:443", true);
    row("[2001:db8::1]", true);
    row("www.example.org", false);
    row("certs/www.pem", false);
    row("/etc/ssl/x:443", false);
    row("C:\\certs\\www.pem", false);
    row("www.pem", false);
}

void TstEndpointAddress::tellsAnEndpointFromAFile()
{
    QFETCH(QString, text);
    QFETCH(bool, isEndpoint);
    QCOMPARE(looksLikeEndpoint(text), isEndpoint);
}

void TstEndpointAddress::readsAList()
{
    const EndpointList list = EndpointList::parse(QStringLiteral(
        "www.example.org:443, WWW.example.org\r\n# the mail servers\nsmtp://mail.example.org # in "
        "house\n\nbad:port:x;imap://mail.example.org"));
    QCOMPARE(list.addresses.size(), std::size_t(3));
    QCOMPARE(list.addresses.at(2).text(), QStringLiteral("imap://mail.example.org:143"));
    QCOMPARE(list.repeated, 1);
    QCOMPARE(list.issueCount, 1);
    QCOMPARE(list.issues.at(0).line, 5);
    QCOMPARE(list.issues.at(0).typed, QStringLiteral("bad:port:x"));
}

void TstEndpointAddress::countsMoreProblemsThanItKeeps()
{
    QString text;
    for (int i = 0; i < 100; ++i)
        text += QStringLiteral("x:y%1 ").arg(i);
    const EndpointList list = EndpointList::parse(text);
    QCOMPARE(list.issueCount, 100);
    QCOMPARE(list.issues.size(), std::size_t(EndpointList::maxIssues));
    QVERIFY(list.addresses.empty());
}

QTEST_GUILESS_MAIN(TstEndpointAddress)
#include "tst_endpointaddress.moc"
