// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/EndpointProbe.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/OcspAnswer.h"
#include "tests/support/TlsEndpoint.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sealbook;

namespace {

const QByteArray xmppHead("<?xml version='1.0'?><stream:stream id='1' version='1.0'>");
const QByteArray xmppOffer("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
                           "</stream:features>");
const QByteArray xmppProceed("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");

QByteArray mysqlGreeting()
{
    QByteArray payload("\x0a"
                       "8.0.36");
    payload.append('\0');
    payload.append("\x01\x00\x00\x00"
                   "saltsalt",
                   12);
    payload.append('\0');
    payload.append("\xff\xff", 2);
    payload.append(30, '\0');
    QByteArray packet(4, '\0');
    packet[0] = static_cast<char>(payload.size());
    return packet + payload;
}

} // namespace

// Real `openssl s_server` processes, front ends that say scripted words, and servers that mean no
// good.
class TstEndpointProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void seesWhatIsServed();
    void seesEachVersion_data();
    void seesEachVersion();
    void seesARequestForAClientCertificate_data();
    void seesARequestForAClientCertificate();
    void tellsAnExpiredCertificateFromAnUntrustedOne();
    void heedsAStapledRevocation();
    void tellsAWrongName();
    void matchesAnIpAddress();
    void agreesOnAnAlpnProtocolOrNone();
    void looksWithoutTheNameWhereTheServerDoesNotKnowIt();
    void looksWithoutTls13WhereTheServerStumblesOverIt();
    void asksForTlsInEachProtocol_data();
    void asksForTlsInEachProtocol();
    void sendsNothingBeyondTheHandshake();
    void saysWhenNobodyListens();
    void saysWhenTheNameHasNoAddress();
    void looksAtEveryAddress();
    void saysWhatElseAnswers();
    void givesUpInTime_data();
    void givesUpInTime();
    void boundsWhatItReads();
    void survivesGarbageAndHangUps_data();
    void survivesGarbageAndHangUps();
    void refusesAHugeChain();
    void endsWhenItIsStopped();
    void opensFewAtOnce();
    void keepsTheLoopTicking();

private:
    [[nodiscard]] EndpointProbe::Options options() const;
    [[nodiscard]] EndpointSight look(quint16 port, EndpointKind kind = EndpointKind::Tls,
                                     const QString &name = QStringLiteral("www.example.org"),
                                     std::chrono::milliseconds limit = std::chrono::seconds(10));

    SystemClock m_clock;
    EndpointIdentity m_ca = EndpointIdentity::make("Test Root");
    EndpointIdentity m_www = EndpointIdentity::make("www.example.org", &m_ca);
};

EndpointProbe::Options TstEndpointProbe::options() const
{
    EndpointProbe::Options options;
    options.extraRoots = *certificatesFromPem(m_ca.certificatePem, true);
    return options;
}

EndpointSight TstEndpointProbe::look(quint16 port, EndpointKind kind, const QString &name,
                                     std::chrono::milliseconds limit)
{
    EndpointProbe::Options wanted = options();
    wanted.limit = limit;
    EndpointProbe probe(m_clock, wanted);
    EndpointTarget target;
    target.address.host = QStringLiteral("127.0.0.1");
    target.address.port = port;
    target.address.kind = kind;
    target.serverName = name;
    const auto sights = await(probe.look(target, {}));
    if (!sights || sights->size() != 1)
        qFatal("the look failed as a whole");
    return sights->front();
}

void TstEndpointProbe::initTestCase()
{
    qputenv("SSL_CERT_FILE", "/dev/null"); // this machine's roots have no say here
    qputenv("SSL_CERT_DIR", "/nonexistent");
}

void TstEndpointProbe::seesWhatIsServed()
{
    OpensslServer server(m_www, {}, m_ca.certificatePem);
    const EndpointSight sight = look(server.port());
    const EndpointCheck &check = sight.check;
    QVERIFY2(!check.error, qPrintable(check.error ? check.error->detail : QString()));
    QCOMPARE(check.outcome, EndpointCheck::Outcome::Served);
    QCOMPARE(check.protocol, QStringLiteral("TLS 1.3"));
    QVERIFY(check.cipher.startsWith(QLatin1String("TLS_")));
    QCOMPARE(check.subject, QStringLiteral("www.example.org"));
    QCOMPARE(check.address, QStringLiteral("127.0.0.1"));
    QCOMPARE(sight.chain.size(), std::size_t(2));
    QCOMPARE(sight.chain.front().sha256(), check.sha256);
    QVERIFY(check.nameMatches);
    QVERIFY2(check.isTrusted, qPrintable(check.trustReason));
    QVERIFY(!check.asksClientCertificate);
    QVERIFY(!check.hasStaple);
    QVERIFY(check.notes.isEmpty());
}

void TstEndpointProbe::seesEachVersion_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<bool>("isOld");
    const QString weak = QStringLiteral("ALL:@SECLEVEL=0");
    QTest::newRow("1.3 only") << QStringList{QStringLiteral("-tls1_3")} << QStringLiteral("TLS 1.3")
                              << false;
    QTest::newRow("1.2 only") << QStringList{QStringLiteral("-tls1_2")} << QStringLiteral("TLS 1.2")
                              << false;
    QTest::newRow("1.1 only") << QStringList{QStringLiteral("-tls1_1"), QStringLiteral("-cipher"),
                                             weak}
                              << QStringLiteral("TLS 1.1") << true;
    QTest::newRow("1.0 only") << QStringList{QStringLiteral("-tls1"), QStringLiteral("-cipher"),
                                             weak}
                              << QStringLiteral("TLS 1.0") << true;
}

void TstEndpointProbe::seesEachVersion()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, protocol);
    QFETCH(bool, isOld);
    OpensslServer server(m_www, arguments, m_ca.certificatePem);
    const EndpointSight sight = look(server.port());
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::Served);
    QCOMPARE(sight.check.protocol, protocol);
    QCOMPARE(sight.check.notes.join(QLatin1Char(' '))
                 .contains(QStringLiteral("nothing newer than %1").arg(protocol)),
             isOld);
}

void TstEndpointProbe::seesARequestForAClientCertificate_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("asked for, 1.3") << QStringList{QStringLiteral("-verify"), QStringLiteral("2")};
    QTest::newRow("asked for, 1.2")
        << QStringList{QStringLiteral("-verify"), QStringLiteral("2"), QStringLiteral("-tls1_2")};
    QTest::newRow("required, 1.3") << QStringList{QStringLiteral("-Verify"), QStringLiteral("2")};
    // Here the server refuses the handshake; the certificate was shown before.
    QTest::newRow("required, 1.2")
        << QStringList{QStringLiteral("-Verify"), QStringLiteral("2"), QStringLiteral("-tls1_2")};
}

void TstEndpointProbe::seesARequestForAClientCertificate()
{
    QFETCH(QStringList, arguments);
    OpensslServer server(m_www, arguments);
    const EndpointSight sight = look(server.port());
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::Served);
    QVERIFY(sight.check.asksClientCertificate);
    QVERIFY(!sight.check.cipher.isEmpty());
    QCOMPARE(sight.check.subject, QStringLiteral("www.example.org"));
}

void TstEndpointProbe::tellsAnExpiredCertificateFromAnUntrustedOne()
{
    const EndpointIdentity expired = EndpointIdentity::make("www.example.org", &m_ca, -100, -10);
    OpensslServer server(expired, {});
    const EndpointSight old = look(server.port());
    QCOMPARE(old.check.outcome, EndpointCheck::Outcome::Served);
    QVERIFY(old.check.notAfter < m_clock.utcNow());
    // The root of this test begins later than the leaf, so trust has no say in it.
    const EndpointIdentity other = EndpointIdentity::make("Other Root");
    const EndpointIdentity foreign = EndpointIdentity::make("www.example.org", &other);
    OpensslServer second(foreign, {});
    const EndpointSight untrusted = look(second.port());
    QCOMPARE(untrusted.check.outcome, EndpointCheck::Outcome::Served);
    QVERIFY(!untrusted.check.isTrusted);
    QVERIFY2(untrusted.check.trustReason.contains(QLatin1String("Other Root")),
             qPrintable(untrusted.check.trustReason));
    QVERIFY(untrusted.check.nameMatches);
    QVERIFY(untrusted.check.notes.join(QLatin1Char(' '))
                .contains(QLatin1String("no issuing certificate")));
}

void TstEndpointProbe::heedsAStapledRevocation()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("ocsp.der"));
    const auto sightWith = [&](int status) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)
            || file.write(ocspAnswer(m_www, m_ca, m_ca, status)) < 0)
            qFatal("cannot write the OCSP answer");
        file.close();
        OpensslServer server(m_www, {QStringLiteral("-status_file"), path});
        return look(server.port());
    };
    const EndpointSight revoked = sightWith(V_OCSP_CERTSTATUS_REVOKED);
    QVERIFY(revoked.check.hasStaple);
    QVERIFY(!revoked.check.isTrusted);
    QVERIFY2(revoked.check.trustReason.contains(QLatin1String("revoked on")),
             qPrintable(revoked.check.trustReason));
    QVERIFY(revoked.revokedAt.isValid());
    const EndpointSight good = sightWith(V_OCSP_CERTSTATUS_GOOD);
    QVERIFY(good.check.hasStaple && good.check.isTrusted && !good.revokedAt.isValid());
}

void TstEndpointProbe::tellsAWrongName()
{
    OpensslServer server(m_www, {});
    const EndpointSight sight =
        look(server.port(), EndpointKind::Tls, QStringLiteral("shop.example.org"));
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::Served);
    QVERIFY(!sight.check.nameMatches);
}

void TstEndpointProbe::matchesAnIpAddress()
{
    const EndpointIdentity ip = EndpointIdentity::make("127.0.0.1", &m_ca);
    OpensslServer server(ip, {});
    const EndpointSight sight = look(server.port(), EndpointKind::Tls, QString());
    QVERIFY(sight.check.nameMatches);
}

void TstEndpointProbe::agreesOnAnAlpnProtocolOrNone()
{
    OpensslServer h2(m_www, {QStringLiteral("-alpn"), QStringLiteral("h2")});
    QCOMPARE(look(h2.port()).check.alpn, QStringLiteral("h2"));
    // A strict server answers an offer that it shares nothing of with an alert.
    OpensslServer imap(m_www, {QStringLiteral("-alpn"), QStringLiteral("imap")});
    const EndpointSight sight = look(imap.port());
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::Served);
    QVERIFY(sight.check.alpn.isEmpty());
}

void TstEndpointProbe::looksWithoutTheNameWhereTheServerDoesNotKnowIt()
{
    OpensslServer server(m_www,
                         {QStringLiteral("-servername"), QStringLiteral("other.example.org"),
                          QStringLiteral("-servername_fatal"), QStringLiteral("-cert2"),
                          QStringLiteral("{cert.pem}"), QStringLiteral("-key2"),
                          QStringLiteral("{key.pem}")});
    const EndpointSight sight = look(server.port());
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::Served);
    QVERIFY(sight.check.notes.join(QLatin1Char(' '))
                .contains(QLatin1String("does not know the name www.example.org")));
}

void TstEndpointProbe::looksWithoutTls13WhereTheServerStumblesOverIt()
{
    // Closes on any hello with the extension "supported_versions" (43), as some old boxes do.
    WordsServer server({}, &m_www);
    server.onConnection = [this](QSslSocket *socket) {
        QObject::connect(socket, &QSslSocket::readyRead, socket, [this, socket] {
            if (socket->isEncrypted() || socket->mode() != QSslSocket::UnencryptedMode)
                return;
            const QByteArray hello = socket->peek(4096);
            if (hello.contains(QByteArray("\x00\x2b\x00", 3))) {
                socket->disconnectFromHost();
                return;
            }
            QSslConfiguration configuration = socket->sslConfiguration();
            configuration.setLocalCertificate(QSslCertificate(m_www.certificatePem));
            configuration.setPrivateKey(QSslKey(m_www.keyPem, QSsl::Ec));
            configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
            socket->setSslConfiguration(configuration);
            socket->startServerEncryption();
        });
    };
    const EndpointSight sight = look(server.serverPort());
    QVERIFY2(!sight.check.error,
             qPrintable(sight.check.error ? sight.check.error->detail : QString()));
    QCOMPARE(sight.check.protocol, QStringLiteral("TLS 1.2"));
    QVERIFY(sight.check.notes.join(QLatin1Char(' ')).contains(QLatin1String("TLS 1.3 is offered")));
}

void TstEndpointProbe::asksForTlsInEachProtocol_data()
{
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<std::vector<WordsServer::Line>>("script");
    using Script = std::vector<WordsServer::Line>;
    QTest::newRow("smtp") << EndpointKind::Smtp
                          << Script{{"", "220-mail\r\n220 ready\r\n"},
                                    {"\r\n", "250-mail\r\n250 STARTTLS\r\n"},
                                    {"STARTTLS\r\n", "220 go\r\n"}};
    QTest::newRow("imap") << EndpointKind::Imap
                          << Script{{"", "* OK hi\r\n"}, {"STARTTLS\r\n", "s1 OK go\r\n"}};
    QTest::newRow("pop3") << EndpointKind::Pop3
                          << Script{{"", "+OK hi\r\n"}, {"STLS\r\n", "+OK go\r\n"}};
    QTest::newRow("ftp") << EndpointKind::Ftp
                         << Script{{"", "220 hi\r\n"}, {"AUTH TLS\r\n", "234 go\r\n"}};
    QTest::newRow("ldap") << EndpointKind::Ldap
                          << Script{{"1466.20037",
                                     QByteArray("\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00"
                                                "\x04\x00",
                                                14)}};
    QTest::newRow("xmpp client") << EndpointKind::XmppClient
                                 << Script{{">", xmppHead + xmppOffer}, {"/>", xmppProceed}};
    QTest::newRow("xmpp server") << EndpointKind::XmppServer
                                 << Script{{">", xmppHead + xmppOffer}, {"/>", xmppProceed}};
    QTest::newRow("postgres") << EndpointKind::Postgres
                              << Script{{QByteArray("\x04\xd2\x16\x2f", 4), "S"}};
    QTest::newRow("mysql") << EndpointKind::Mysql
                           << Script{{"", mysqlGreeting()}, {QByteArray(23, '\0'), ""}};
}

void TstEndpointProbe::asksForTlsInEachProtocol()
{
    QFETCH(EndpointKind, kind);
    QFETCH(std::vector<WordsServer::Line>, script);
    OpensslServer behind(m_www, {});
    WordsServer server(script, nullptr);
    server.upstream = behind.port();
    const EndpointSight sight = look(server.serverPort(), kind);
    QVERIFY2(!sight.check.error,
             qPrintable(sight.check.error ? sight.check.error->detail : QString()));
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::Served);
    QCOMPARE(sight.check.subject, QStringLiteral("www.example.org"));
    QCOMPARE(server.connections, 1);
}

void TstEndpointProbe::sendsNothingBeyondTheHandshake()
{
    WordsServer server({{"", ""}}, &m_www);
    const EndpointSight sight = look(server.serverPort());
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::Served);
    QTRY_COMPARE(server.encrypted, 1);
    QTRY_COMPARE(server.openNow, 0); // hung up
    QVERIFY(server.heardInTls.isEmpty());
}

void TstEndpointProbe::saysWhenNobodyListens()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    const quint16 port = taken.serverPort();
    taken.close();
    const EndpointSight sight = look(port);
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::NoAnswer);
    QVERIFY2(sight.check.error->detail.contains(
                 QStringLiteral("nobody listens on 127.0.0.1:%1").arg(port)),
             qPrintable(sight.check.error->detail));
}

void TstEndpointProbe::saysWhenTheNameHasNoAddress()
{
    EndpointProbe probe(m_clock, options());
    EndpointTarget target;
    target.address.host = QStringLiteral("no-such-host.invalid");
    const auto sights = await(probe.look(target, {}));
    QVERIFY(sights);
    QCOMPARE(sights->size(), std::size_t(1));
    QCOMPARE(sights->front().check.outcome, EndpointCheck::Outcome::NoAnswer);
    QVERIFY(sights->front().check.address.isEmpty());
    QVERIFY2(sights->front().check.error->detail.contains(QLatin1String("no-such-host.invalid")),
             qPrintable(sights->front().check.error->detail));
}

void TstEndpointProbe::looksAtEveryAddress()
{
    WordsServer server({{"", ""}}, &m_www);
    EndpointProbe probe(m_clock, options());
    EndpointTarget target;
    target.address.host = QStringLiteral("localhost");
    target.address.port = server.serverPort();
    const auto sights = await(probe.look(target, {}));
    QVERIFY(sights);
    // Debian's localhost is 127.0.0.1 and, where the machine has IPv6, ::1, on which nobody
    // listens here.
    int served = 0;
    for (const EndpointSight &sight : *sights) {
        QVERIFY(!sight.check.address.isEmpty());
        served += sight.check.outcome == EndpointCheck::Outcome::Served ? 1 : 0;
    }
    QCOMPARE(served, 1);
    target.onlyAddress = QStringLiteral("127.0.0.1");
    const auto one = await(probe.look(target, {}));
    QVERIFY(one);
    QCOMPARE(one->size(), std::size_t(1));
}

void TstEndpointProbe::saysWhatElseAnswers()
{
    WordsServer server({{"", "SSH-2.0-OpenSSH_9.2\r\n"}}, nullptr);
    const EndpointSight sight = look(server.serverPort());
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::NoTls);
    QVERIFY2(sight.check.error->detail.contains(QLatin1String("looks like SSH")),
             qPrintable(sight.check.error->detail));
    QVERIFY(sight.check.error->evidence.value(QStringLiteral("offered"))
                .toString()
                .startsWith(QLatin1String("TLS 1.0 to TLS 1.3")));
    QCOMPARE(server.connections, 1); // no second try for what is no TLS
}

void TstEndpointProbe::givesUpInTime_data()
{
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<QByteArray>("drip");
    QTest::addColumn<QString>("part");
    QTest::newRow("silent") << EndpointKind::Tls << QByteArray()
                            << QStringLiteral("the server's part of the TLS handshake");
    QTest::newRow("silent smtp") << EndpointKind::Smtp << QByteArray()
                                 << QStringLiteral("the server's greeting");
    QTest::newRow("drips a greeting")
        << EndpointKind::Smtp << QByteArray("220-") << QStringLiteral("the server's greeting");
    QTest::newRow("drips a record") << EndpointKind::Tls << QByteArray("\x16\x03\x03\x3f\xff", 5)
                                    << QStringLiteral("the server's part of the TLS handshake");
}

void TstEndpointProbe::givesUpInTime()
{
    QFETCH(EndpointKind, kind);
    QFETCH(QByteArray, drip);
    QFETCH(QString, part);
    WordsServer server({}, nullptr);
    server.onConnection = [drip](QSslSocket *socket) {
        auto *timer = new QTimer(socket);
        QObject::connect(timer, &QTimer::timeout, socket, [socket, drip, at = 0]() mutable {
            if (!drip.isEmpty())
                socket->write(at < drip.size() ? drip.mid(at, 1) : QByteArray(1, 'a'));
            ++at;
        });
        timer->start(10);
    };
    const EndpointSight sight = look(server.serverPort(), kind, QStringLiteral("www.example.org"),
                                     std::chrono::milliseconds(300));
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::NoTls);
    QCOMPARE(sight.check.error->kind, Error::Kind::Timeout);
    QVERIFY2(sight.check.error->detail.contains(part), qPrintable(sight.check.error->detail));
    QTRY_COMPARE(server.openNow, 0);
}

void TstEndpointProbe::boundsWhatItReads()
{
    for (const EndpointKind kind : {EndpointKind::Smtp, EndpointKind::Tls}) {
        WordsServer server({}, nullptr);
        qint64 written = 0;
        server.onConnection = [kind, &written](QSslSocket *socket) {
            const QByteArray unit = kind == EndpointKind::Smtp
                ? QByteArray("220-hello\r\n").repeated(100)
                : QByteArray("\x16\x03\x03\x40\x00", 5) + QByteArray(16384, '\x02');
            const auto more = [socket, unit, &written] {
                if (socket->bytesToWrite() < 256 * 1024)
                    written += socket->write(unit);
            };
            QObject::connect(socket, &QSslSocket::bytesWritten, socket, more);
            more();
        };
        const EndpointSight sight = look(server.serverPort(), kind);
        QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::NoTls);
        QCOMPARE(sight.check.error->kind, Error::Kind::Network);
        QTRY_COMPARE(server.openNow, 0);
    }
}

void TstEndpointProbe::survivesGarbageAndHangUps_data()
{
    QTest::addColumn<EndpointKind>("kind");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("hangsUp");
    QTest::newRow("hangs up at once") << EndpointKind::Tls << QByteArray() << true;
    QTest::newRow("hangs up at once, smtp") << EndpointKind::Smtp << QByteArray() << true;
    QTest::newRow("hangs up in the greeting") << EndpointKind::Smtp << QByteArray("220 h") << true;
    QTest::newRow("hangs up in the handshake")
        << EndpointKind::Tls << QByteArray("\x16\x03\x03\x00\x7a\x02\x00", 7) << true;
    QTest::newRow("garbage") << EndpointKind::Tls << QByteArray("\xde\xad\xbe\xef\x00\x01", 6)
                             << false;
    QTest::newRow("a broken hello")
        << EndpointKind::Tls << QByteArray("\x16\x03\x03\x00\x05\x02\x00\x00\x01\xff", 10) << false;
    QTest::newRow("ssl 3 alert") << EndpointKind::Tls
                                 << QByteArray("\x15\x03\x00\x00\x02\x02\x28", 7) << false;
    QTest::newRow("nul bytes") << EndpointKind::Imap << QByteArray(1000, '\0') + "\r\n" << false;
}

void TstEndpointProbe::survivesGarbageAndHangUps()
{
    QFETCH(EndpointKind, kind);
    QFETCH(QByteArray, bytes);
    QFETCH(bool, hangsUp);
    WordsServer server({}, nullptr);
    server.onConnection = [bytes, hangsUp](QSslSocket *socket) {
        socket->write(bytes);
        if (hangsUp)
            socket->disconnectFromHost();
    };
    const EndpointSight sight = look(server.serverPort(), kind);
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::NoTls);
    QVERIFY(sight.check.error);
    QVERIFY(!sight.check.error->detail.isEmpty());
    QVERIFY(sight.chain.empty());
    if (bytes.startsWith(QByteArray("\x15\x03\x00", 3)))
        QVERIFY2(sight.check.error->detail.contains(QLatin1String("SSL 3.0")),
                 qPrintable(sight.check.error->detail));
}

void TstEndpointProbe::refusesAHugeChain()
{
    QByteArray chain;
    for (int i = 0; i < 900; ++i)
        chain += m_ca.certificatePem;
    OpensslServer server(m_www, {}, chain);
    const EndpointSight sight = look(server.port());
    QCOMPARE(sight.check.outcome, EndpointCheck::Outcome::NoTls);
    QVERIFY2(sight.check.error->detail.contains(QLatin1String("KiB")),
             qPrintable(sight.check.error->detail));
}

void TstEndpointProbe::endsWhenItIsStopped()
{
    WordsServer server({}, nullptr);
    server.onConnection = [](QSslSocket *) {};
    EndpointProbe::Options wanted = options();
    wanted.parallel = 1;
    EndpointProbe probe(m_clock, wanted);
    EndpointTarget target;
    target.address.host = QStringLiteral("127.0.0.1");
    target.address.port = server.serverPort();
    std::stop_source stop;
    auto first = probe.look(target, stop.get_token());
    auto second = probe.look(target, stop.get_token()); // waits for its turn
    QTRY_COMPARE(server.connections, 1);
    stop.request_stop();
    const auto one = await(std::move(first));
    const auto two = await(std::move(second));
    QVERIFY(!one && !two);
    QCOMPARE(one.error().kind, Error::Kind::Cancelled);
    QCOMPARE(two.error().kind, Error::Kind::Cancelled);
    QTRY_COMPARE(server.openNow, 0);
    // Stopped before it began; and its turn was given back.
    QVERIFY(!await(probe.look(target, stop.get_token())));
    server.onConnection = [](QSslSocket *socket) { socket->disconnectFromHost(); };
    QVERIFY(await(probe.look(target, {})));
}

void TstEndpointProbe::opensFewAtOnce()
{
    WordsServer server({{"", ""}}, &m_www);
    EndpointProbe::Options wanted = options();
    wanted.parallel = 4;
    EndpointProbe probe(m_clock, wanted);
    EndpointTarget target;
    target.address.host = QStringLiteral("127.0.0.1");
    target.address.port = server.serverPort();
    std::vector<Task<std::vector<EndpointSight>>> looks;
    for (int i = 0; i < 40; ++i)
        looks.push_back(probe.look(target, {}));
    int served = 0;
    for (auto &one : looks) {
        const auto sights = await(std::move(one));
        QVERIFY(sights);
        served += sights->front().check.outcome == EndpointCheck::Outcome::Served ? 1 : 0;
    }
    QCOMPARE(served, 40);
    // The server sees an end a moment later than we do.
    QVERIFY2(server.mostAtOnce <= 8, qPrintable(QString::number(server.mostAtOnce)));
}

void TstEndpointProbe::keepsTheLoopTicking()
{
    WordsServer server({}, nullptr);
    server.onConnection = [](QSslSocket *) {};
    QTimer timer;
    int ticks = 0;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&ticks] { ++ticks; });
    timer.start(5);
    (void)look(server.serverPort(), EndpointKind::Tls, QString(), std::chrono::milliseconds(300));
    QVERIFY(ticks > 5);
}

QTEST_GUILESS_MAIN(TstEndpointProbe)
#include "tst_endpointprobe.moc"
