// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/CurlError.h"
#include "core/http/CurlTransport.h"
#include "core/http/PrivateAddress.h"
#include "tests/support/Await.h"
#include "tests/support/StubServer.h"

#include <QTest>

#include <arpa/inet.h>

using namespace sealbook;
using namespace std::chrono_literals;

// What servers, networks and addresses can do wrong, and what is said about it.
class TstHttpFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capsTheBody_data();
    void capsTheBody();
    void takesABodyOfExactlyTheLimit();
    void capsTheHeaders_data();
    void capsTheHeaders();
    void noticesEveryTruncation();
    void saysWhatBroke_data();
    void saysWhatBroke();
    void endsASlowLoris();
    void goesOnAfterAFault();
    void refusesBadCertificates_data();
    void refusesBadCertificates();
    void doesNotSpeakTlsToAPlainServer();
    void saysThatANameDoesNotResolve();
    void saysThatAConnectionWasRefused();
    void refusesAddresses_data();
    void refusesAddresses();
    void speaksPlainHttpToLoopbackOnlyWhenAllowed();
    void speaksPlainHttpAnywhereOnlyWhenAllowed();
    void goesNowhereNearWhenToldSo_data();
    void goesNowhereNearWhenToldSo();
    void leavesThePublicAddressesAlone_data();
    void leavesThePublicAddressesAlone();
    void asksAllowedHostsOnly();
    void trustsTheSystemsRootsAndTheGivenFile_data();
    void trustsTheSystemsRootsAndTheGivenFile();
    void refusesABadCaFile_data();
    void refusesABadCaFile();
    void usesNoProxyForLoopback();
    void ignoresNetrc();
    void keepsSecretsOutOfErrors();
    void explainsCurlsCodes_data();
    void explainsCurlsCodes();
};

static CurlTransportOptions trusting(const StubServer &server)
{
    CurlTransportOptions options;
    options.caFile = server.caFile();
    return options;
}

static HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

[[nodiscard]] static Result<HttpResponse> exchange(HttpTransport &transport, HttpRequest request)
{
    Task<HttpResponse> task = transport.send(std::move(request), {});
    return await(std::move(task));
}

[[nodiscard]] static Result<HttpResponse> ask(const StubServer &server)
{
    CurlTransport transport(trusting(server));
    HttpRequest request = get(server.url(QStringLiteral("/")));
    request.timeout = 5s;
    return exchange(transport, std::move(request));
}

void TstHttpFaults::capsTheBody_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("body");
    const QByteArray huge(8 * 1024 * 1024, '0');
    QTest::newRow("huge") << QByteArray() << huge;
    QTest::newRow("one byte too many") << QByteArray() << QByteArray(256 * 1024 + 1, '0');
    // 8 KiB that unfold to 8 MiB; HTTP's deflate is zlib's format.
    QTest::newRow("bomb") << QByteArray("deflate") << qCompress(huge, 9).mid(4);
}

void TstHttpFaults::capsTheBody()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, body);
    StubServer server([&](const StubRequest &) {
        StubReply reply;
        reply.body = body;
        if (!encoding.isEmpty())
            reply.headers = {{"Content-Encoding", encoding}};
        return reply;
    });
    const auto response = ask(server);
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Network);
    QVERIFY2(response.error().detail.contains(QLatin1String("larger than 256 KiB")),
             qPrintable(response.error().detail));
}

void TstHttpFaults::takesABodyOfExactlyTheLimit()
{
    StubServer server([](const StubRequest &) {
        StubReply reply;
        reply.body = QByteArray(256 * 1024, 'x');
        return reply;
    });
    const auto response = ask(server);
    QVERIFY(response.has_value());
    QCOMPARE(response->body.size(), 256 * 1024);
}

void TstHttpFaults::capsTheHeaders_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("size");
    QTest::newRow("too many") << 120 << 10;
    QTest::newRow("too long") << 5 << 20000;
}

void TstHttpFaults::capsTheHeaders()
{
    QFETCH(int, count);
    QFETCH(int, size);
    StubServer server([&](const StubRequest &) {
        StubReply reply;
        for (int i = 0; i < count; ++i)
            reply.headers.emplace_back("X-" + QByteArray::number(i), QByteArray(size, 'y'));
        return reply;
    });
    const auto response = ask(server);
    QVERIFY(!response.has_value());
    QVERIFY2(response.error().detail.contains(QLatin1String("too many headers")),
             qPrintable(response.error().detail));
}

void TstHttpFaults::noticesEveryTruncation()
{
    const QByteArray whole = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                             "Content-Length: 8\r\n\r\n{\"a\": 1}";
    qsizetype cut = 0;
    StubServer server([&](const StubRequest &) {
        StubReply reply;
        reply.raw = whole;
        reply.cutAfter = cut;
        return reply;
    });
    for (; cut < whole.size(); ++cut) {
        const auto response = ask(server);
        QVERIFY2(!response.has_value(), QByteArray::number(cut).constData());
        QCOMPARE(response.error().kind, Error::Kind::Network);
    }
    QVERIFY(ask(server).has_value());
}

void TstHttpFaults::saysWhatBroke_data()
{
    QTest::addColumn<QByteArray>("raw"); // empty: a TCP reset
    QTest::addColumn<QString>("words");
    QTest::newRow("reset") << QByteArray() << QStringLiteral("broke the connection off");
    QTest::newRow("another protocol")
        << QByteArray("220 mail.example ESMTP\r\n") << QStringLiteral("does not speak HTTP");
    QTest::newRow("garbage chunks")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\nabc")
        << QString();
    QTest::newRow("garbage deflate")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n"
                      "Content-Length: 4\r\n\r\n\xff\xff\xff\xff")
        << QStringLiteral("compressed in a broken way");
    QTest::newRow("less than promised")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
        << QStringLiteral("broke the connection off");
}

void TstHttpFaults::saysWhatBroke()
{
    QFETCH(QByteArray, raw);
    QFETCH(QString, words);
    StubServer server([&](const StubRequest &) {
        StubReply reply;
        reply.raw = raw;
        reply.reset = raw.isEmpty();
        return reply;
    });
    const auto response = ask(server);
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Network);
    QVERIFY2(response.error().detail.contains(words), qPrintable(response.error().detail));
    QVERIFY2(response.error().detail.contains(QLatin1String("localhost")),
             qPrintable(response.error().detail));
    QVERIFY(!response.error().advice.isEmpty());
}

void TstHttpFaults::endsASlowLoris()
{
    StubServer server([](const StubRequest &) {
        StubReply reply;
        reply.body = "never ending";
        reply.bytesPerSecond = 50;
        return reply;
    });
    CurlTransport transport(trusting(server));
    HttpRequest request = get(server.url(QStringLiteral("/")));
    request.timeout = 300ms;
    const auto response = exchange(transport, std::move(request));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Timeout);
    QVERIFY(response.error().detail.contains(QLatin1String("0.3 s")));
}

void TstHttpFaults::goesOnAfterAFault()
{
    StubServer server([](const StubRequest &request) {
        StubReply reply;
        reply.reset = request.path == "/reset";
        reply.body = "ok";
        return reply;
    });
    CurlTransport transport(trusting(server));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!exchange(transport, get(server.url(QStringLiteral("/reset")))).has_value());
        QVERIFY(exchange(transport, get(server.url(QStringLiteral("/")))).has_value());
    }
}

void TstHttpFaults::refusesBadCertificates_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<int>("notBefore");
    QTest::addColumn<int>("notAfter");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<QString>("words");
    const QByteArray right = "DNS:localhost";
    QTest::newRow("unknown authority")
        << right << -3600 << 3600 << false << QStringLiteral("does not trust");
    QTest::newRow("another name") << QByteArray("DNS:other.example") << -3600 << 3600 << true
                                  << QStringLiteral("for another name");
    QTest::newRow("expired") << right << -7200 << -3600 << true << QStringLiteral("has expired");
    QTest::newRow("not yet valid")
        << right << 3600 << 7200 << true << QStringLiteral("is not valid yet");
}

void TstHttpFaults::refusesBadCertificates()
{
    QFETCH(QByteArray, names);
    QFETCH(int, notBefore);
    QFETCH(int, notAfter);
    QFETCH(bool, trusted);
    QFETCH(QString, words);
    StubServer server([](const StubRequest &) { return StubReply(); },
                      StubCertificate::make(names, notBefore, notAfter));
    CurlTransport transport(trusted ? trusting(server) : CurlTransportOptions());
    const auto response = exchange(transport, get(server.url(QStringLiteral("/"))));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Network);
    QVERIFY2(response.error().detail.contains(words), qPrintable(response.error().detail));
    QVERIFY(response.error().detail.contains(QLatin1String("localhost")));
    QVERIFY(!response.error().advice.isEmpty());
    QVERIFY(server.requests().empty());
}

void TstHttpFaults::doesNotSpeakTlsToAPlainServer()
{
    StubServer server([](const StubRequest &) { return StubReply(); }, StubCertificate::make(),
                      false);
    CurlTransport transport(trusting(server));
    QUrl url = server.url(QStringLiteral("/"));
    url.setScheme(QStringLiteral("https"));
    HttpRequest request = get(url);
    request.timeout = 2s;
    const auto response = exchange(transport, std::move(request));
    QVERIFY(!response.has_value());
    QVERIFY(server.requests().empty());
}

void TstHttpFaults::saysThatANameDoesNotResolve()
{
    CurlTransport transport;
    const auto response =
        exchange(transport, get(QUrl(QStringLiteral("https://nothing.invalid/"))));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Network);
    QVERIFY2(
        response.error().detail.contains(QLatin1String("nothing.invalid could not be resolved")),
        qPrintable(response.error().detail));
    QVERIFY(!response.error().advice.isEmpty());
}

void TstHttpFaults::saysThatAConnectionWasRefused()
{
    quint16 port = 0;
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        port = nobody.serverPort();
    }
    CurlTransport transport;
    const auto response =
        exchange(transport, get(QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(port))));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Network);
    QCOMPARE(response.error().detail,
             QStringLiteral("127.0.0.1 refused the connection on port %1.").arg(port));
    QCOMPARE(response.error().evidence[QLatin1String("host")].toString(),
             QStringLiteral("127.0.0.1"));
}

void TstHttpFaults::refusesAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("http") << QStringLiteral("http://ca.example/");
    QTest::newRow("http to loopback") << QStringLiteral("http://127.0.0.1:1/");
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd");
    QTest::newRow("ftp") << QStringLiteral("ftp://ca.example/");
    QTest::newRow("gopher") << QStringLiteral("gopher://ca.example/");
    QTest::newRow("user information") << QStringLiteral("https://you:secret@ca.example/");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no host") << QStringLiteral("https:///path");
    QTest::newRow("backslash") << QStringLiteral("https://ca.example\\@evil.example/");
}

void TstHttpFaults::refusesAddresses()
{
    QFETCH(QString, address);
    CurlTransport transport;
    const auto response = exchange(transport, get(QUrl(address)));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::BadRequest);
    QVERIFY(!response.error().detail.contains(QLatin1String("secret")));
    QCOMPARE(transport.requestCount(), 0);
}

void TstHttpFaults::speaksPlainHttpToLoopbackOnlyWhenAllowed()
{
    StubServer server([](const StubRequest &) { return StubReply(); }, StubCertificate::make(),
                      false);
    CurlTransportOptions options;
    options.allowPlainHttpToLoopback = true;
    CurlTransport transport(options);
    const QUrl url = server.url(QStringLiteral("/"), QStringLiteral("127.0.0.1"));
    QVERIFY(exchange(transport, get(url)).has_value());
    for (const char *host : {"ca.example", "127.0.0.1.evil.example", "127.evil.example"}) {
        const QUrl other = server.url(QStringLiteral("/"), QString::fromLatin1(host));
        const auto response = exchange(transport, get(other));
        QVERIFY(!response.has_value());
        QCOMPARE(response.error().kind, Error::Kind::BadRequest);
    }
}

void TstHttpFaults::speaksPlainHttpAnywhereOnlyWhenAllowed()
{
    CurlTransportOptions options;
    options.allowPlainHttp = true;
    CurlTransport transport(options);
    // Nobody can answer; but the address itself is none that is refused.
    const auto response = exchange(transport, get(QUrl(QStringLiteral("http://ca.invalid/x.crl"))));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::Network);
    const auto ftp = exchange(transport, get(QUrl(QStringLiteral("ftp://ca.invalid/x.crl"))));
    QVERIFY(!ftp.has_value());
    QCOMPARE(ftp.error().kind, Error::Kind::BadRequest);
}

void TstHttpFaults::goesNowhereNearWhenToldSo_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("address") << QStringLiteral("127.0.0.1");
    QTest::newRow("name") << QStringLiteral("localhost");
    QTest::newRow("another of loopback") << QStringLiteral("127.1.2.3");
}

void TstHttpFaults::goesNowhereNearWhenToldSo()
{
    QFETCH(QString, host);
    int asked = 0;
    StubServer server(
        [&asked](const StubRequest &) {
            ++asked;
            return StubReply();
        },
        StubCertificate::make(), false);
    CurlTransportOptions options;
    options.allowPlainHttp = true;
    options.refusesPrivateAddresses = true;
    CurlTransport transport(options);
    const auto response = exchange(transport, get(server.url(QStringLiteral("/"), host)));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::PolicyDenied);
    QVERIFY(response.error().evidence.contains(QStringLiteral("private_address")));
    QVERIFY2(response.error().detail.contains(host), qPrintable(response.error().detail));
    QCOMPARE(asked, 0);
}

void TstHttpFaults::leavesThePublicAddressesAlone_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("isPrivate");
    const auto row = [](const char *address, bool isPrivate) {
        QTest::newRow(address) << QByteArray(address) << isPrivate;
    };
    row("0.0.0.0", true);
    row("10.1.2.3", true);
    row("11.0.0.1", false);
    row("100.63.255.255", false);
    row("100.64.0.1", true);
    row("127.0.0.1", true);
    row("169.254.169.254", true);
    row("172.15.0.1", false);
    row("172.31.255.255", true);
    row("172.32.0.1", false);
    row("192.168.0.1", true);
    row("198.19.0.1", true);
    row("203.0.113.9", false);
    row("224.0.0.251", true);
    row("255.255.255.255", true);
    row("::", true);
    row("::1", true);
    row("::ffff:10.0.0.1", true);
    row("::ffff:8.8.8.8", false);
    row("64:ff9b::10.0.0.1", true);
    row("64:ff9b::8.8.8.8", false);
    row("2001:4860::1", false);
    row("fd00::1", true);
    row("fe80::1", true);
    row("ff02::fb", true);
}

void TstHttpFaults::leavesThePublicAddressesAlone()
{
    QFETCH(QByteArray, address);
    QFETCH(bool, isPrivate);
    sockaddr_storage storage{};
    if (address.contains(':')) {
        auto *six = reinterpret_cast<sockaddr_in6 *>(&storage);
        six->sin6_family = AF_INET6;
        QCOMPARE(inet_pton(AF_INET6, address.constData(), &six->sin6_addr), 1);
    } else {
        auto *four = reinterpret_cast<sockaddr_in *>(&storage);
        four->sin_family = AF_INET;
        QCOMPARE(inet_pton(AF_INET, address.constData(), &four->sin_addr), 1);
    }
    QCOMPARE(isPrivateAddress(reinterpret_cast<const sockaddr *>(&storage)), isPrivate);
}

void TstHttpFaults::asksAllowedHostsOnly()
{
    StubServer server([](const StubRequest &) { return StubReply(); });
    CurlTransportOptions options = trusting(server);
    options.allowedHosts = {QStringLiteral("localhost")};
    CurlTransport transport(options);
    QVERIFY(exchange(transport, get(server.url(QStringLiteral("/")))).has_value());
    const QUrl upper = server.url(QStringLiteral("/"), QStringLiteral("LOCALHOST"));
    QVERIFY(exchange(transport, get(upper)).has_value());
    const QUrl other = server.url(QStringLiteral("/"), QStringLiteral("127.0.0.1"));
    const auto response = exchange(transport, get(other));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::BadRequest);
    QVERIFY(response.error().detail.contains(QLatin1String("127.0.0.1")));
}

void TstHttpFaults::trustsTheSystemsRootsAndTheGivenFile_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::newRow("bundle") << QByteArray("SSL_CERT_FILE");
    QTest::newRow("folder") << QByteArray("SSL_CERT_DIR");
}

// The name by which OpenSSL finds the certificate in a folder.
static QString hashedName(const QString &pemFile)
{
    const BioPtr bio(BIO_new_file(qPrintable(pemFile), "r"));
    const X509Ptr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    return QStringLiteral("%1.0").arg(X509_subject_name_hash(certificate.get()), 8, 16,
                                      QLatin1Char('0'));
}

void TstHttpFaults::trustsTheSystemsRootsAndTheGivenFile()
{
    QFETCH(QByteArray, variable);
    StubServer ofTheSystem([](const StubRequest &) { return StubReply(); });
    StubServer ofTheUser([](const StubRequest &) { return StubReply(); });
    QTemporaryDir folder;
    const QString name = folder.filePath(hashedName(ofTheSystem.caFile()));
    QVERIFY(QFile::copy(ofTheSystem.caFile(), name));
    const QString value = variable == "SSL_CERT_FILE" ? ofTheSystem.caFile() : folder.path();
    qputenv(variable.constData(), value.toLocal8Bit());
    CurlTransport plain;
    CurlTransport extended(trusting(ofTheUser));
    qunsetenv(variable.constData());
    QVERIFY(exchange(plain, get(ofTheSystem.url(QStringLiteral("/")))).has_value());
    QVERIFY(!exchange(plain, get(ofTheUser.url(QStringLiteral("/")))).has_value());
    QVERIFY(exchange(extended, get(ofTheSystem.url(QStringLiteral("/")))).has_value());
    QVERIFY(exchange(extended, get(ofTheUser.url(QStringLiteral("/")))).has_value());
}

void TstHttpFaults::refusesABadCaFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("absent") << QStringLiteral("/nonexistent/ca.pem");
    QTest::newRow("a folder") << QStringLiteral("/tmp");
    QTest::newRow("a device") << QStringLiteral("/dev/zero");
    QTest::newRow("no certificate") << QStringLiteral("/etc/hostname");
}

void TstHttpFaults::refusesABadCaFile()
{
    QFETCH(QString, path);
    StubServer server([](const StubRequest &) { return StubReply(); });
    CurlTransportOptions options;
    options.caFile = path;
    CurlTransport transport(options);
    const auto response = exchange(transport, get(server.url(QStringLiteral("/"))));
    QVERIFY(!response.has_value());
    QCOMPARE(response.error().kind, Error::Kind::BadRequest);
    QVERIFY(response.error().detail.contains(path));
}

void TstHttpFaults::usesNoProxyForLoopback()
{
    StubServer server([](const StubRequest &) { return StubReply(); });
    qputenv("https_proxy", "http://127.0.0.1:1");
    const auto response = ask(server);
    CurlTransport transport;
    const auto other = exchange(transport, get(QUrl(QStringLiteral("https://ca.example/"))));
    qunsetenv("https_proxy");
    QVERIFY(response.has_value());
    QVERIFY(!other.has_value()); // went to the proxy, which is not there
    QVERIFY(!other.error().detail.contains(QLatin1String("could not be resolved")));
}

void TstHttpFaults::ignoresNetrc()
{
    QTemporaryDir home;
    QFile netrc(home.filePath(QStringLiteral(".netrc")));
    QVERIFY(netrc.open(QIODevice::WriteOnly));
    netrc.write("machine localhost login you password secret\n");
    netrc.close();
    const QByteArray before = qgetenv("HOME");
    qputenv("HOME", home.path().toLocal8Bit());
    StubServer server([](const StubRequest &) { return StubReply(); });
    const auto response = ask(server);
    qputenv("HOME", before);
    QVERIFY(response.has_value());
    QVERIFY(server.requests().at(0).header("authorization").isEmpty());
}

void TstHttpFaults::keepsSecretsOutOfErrors()
{
    StubServer server([](const StubRequest &) {
        StubReply reply;
        reply.reset = true;
        return reply;
    });
    CurlTransport transport(trusting(server));
    HttpRequest request = get(server.url(QStringLiteral("/?key=canary-in-query")));
    request.secretHeaders.push_back(
        {"Authorization", std::move(Secret::take("canary-in-header").value())});
    const auto response = exchange(transport, std::move(request));
    QVERIFY(!response.has_value());
    const QByteArray everything =
        QJsonDocument(toJson(response.error())).toJson() + describe(response.error()).toUtf8();
    QVERIFY2(!everything.contains("canary"), everything.constData());
}

void TstHttpFaults::explainsCurlsCodes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    const int network = int(Error::Kind::Network);
    const int timeout = int(Error::Kind::Timeout);
    QTest::newRow("connect timeout")
        << int(CURLE_OPERATION_TIMEDOUT) << QByteArray("Connection timed out") << timeout
        << QStringLiteral("did not accept a connection on port 443");
    QTest::newRow("proxy") << int(CURLE_COULDNT_RESOLVE_PROXY) << QByteArray("Could not resolve")
                           << network << QStringLiteral("proxy for ca.example");
    QTest::newRow("old TLS") << int(CURLE_SSL_CONNECT_ERROR) << QByteArray("unsupported protocol")
                             << network << QStringLiteral("unsupported protocol");
    QTest::newRow("no roots") << int(CURLE_SSL_CACERT_BADFILE) << QByteArray() << network
                              << QStringLiteral("trusted CA certificates");
    QTest::newRow("anything else")
        << int(CURLE_OUT_OF_MEMORY) << QByteArray() << network << QStringLiteral("Out of memory");
}

void TstHttpFaults::explainsCurlsCodes()
{
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    QFETCH(int, kind);
    QFETCH(QString, words);
    CurlFailure failure;
    failure.code = CURLcode(code);
    failure.host = QStringLiteral("ca.example");
    failure.message = message;
    const Error error = curlError(failure);
    QCOMPARE(int(error.kind), kind);
    QVERIFY2(error.detail.contains(words, Qt::CaseInsensitive), qPrintable(error.detail));
    QVERIFY(!error.advice.isEmpty());
}

QTEST_GUILESS_MAIN(TstHttpFaults)
#include "tst_httpfaults.moc"
