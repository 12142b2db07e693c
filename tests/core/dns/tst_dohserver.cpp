// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DohClient.h"
#include "core/http/CurlTransport.h"
#include "tests/support/Await.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// DNS over HTTPS against a real server: BIND behind TLS and HTTP/2, over libcurl.
class TstDohServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void readsRecordsAndNoes_data();
    void readsRecordsAndNoes();
    void refusesACertificateThatNobodyVouchesFor();
    void tellsThatNobodyAnswersThere();

private:
    [[nodiscard]] Result<DnsReply> ask(const QString &name, const QString &path,
                                       const QString &caFile)
    {
        CurlTransportOptions options;
        options.caFile = caFile;
        CurlTransport transport(options);
        DohClient client(transport);
        const DnsQuestion question{*DnsName::fromText(name), DnsType::TXT, true};
        const QUrl url(QStringLiteral("https://127.0.0.1:%1%2").arg(m_port).arg(path));
        return await(client.ask(url, question, 5s, {}));
    }
    void write(const QString &name, const QString &text) const
    {
        QFile file(m_dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }

    QTemporaryDir m_dir;
    QProcess m_server;
    quint16 m_port = 0;
    const QString m_path = QStringLiteral("/dns-query");
};

void TstDohServer::initTestCase()
{
    const QString certificate = m_dir.filePath(QStringLiteral("server.pem"));
    const QString key = m_dir.filePath(QStringLiteral("key.pem"));
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                   QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                   QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                   QStringLiteral("-keyout"), key, QStringLiteral("-out"), certificate,
                   QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                   QStringLiteral("/CN=127.0.0.1"), QStringLiteral("-addext"),
                   QStringLiteral("subjectAltName=IP:127.0.0.1")});
    QVERIFY(openssl.waitForFinished(10000));
    QCOMPARE(openssl.exitCode(), 0);

    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    m_port = probe.serverPort();
    probe.close();
    write(QStringLiteral("zone"),
          QStringLiteral("$TTL 60\n@ SOA ns1 admin 1 3600 600 86400 45\n@ NS ns1\n"
                         "ns1 A 192.0.2.1\n_acme-challenge TXT \"ours\"\n"
                         "_acme-challenge TXT \"in \" \"parts\"\n"
                         "_acme-challenge.www CNAME _acme-challenge\n"));
    write(QStringLiteral("named.conf"),
          QStringLiteral("tls t { cert-file \"%2\"; key-file \"%3\"; };\n"
                         "http h { endpoints { \"%4\"; }; };\n"
                         "options { directory \"%1\"; pid-file none; session-keyfile none;\n"
                         "  recursion no; listen-on-v6 { none; };\n"
                         "  listen-on port %5 tls t http h { 127.0.0.1; }; };\n"
                         "controls { };\n"
                         "zone \"example.test\" { type primary; file \"zone\"; };\n")
              .arg(m_dir.path(), certificate, key, m_path)
              .arg(m_port));
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    m_server.start(
        QStringLiteral("/usr/sbin/named"),
        {QStringLiteral("-g"), QStringLiteral("-c"), m_dir.filePath(QStringLiteral("named.conf"))});
    const auto isUp = [this] {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        return socket.waitForConnected(200);
    };
    QVERIFY2(QTest::qWaitFor(isUp, 10000), m_server.readAll().constData());
}

void TstDohServer::cleanupTestCase()
{
    m_server.terminate();
    if (!m_server.waitForFinished(5000))
        m_server.kill();
    m_server.waitForFinished(5000);
}

void TstDohServer::readsRecordsAndNoes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("rcode");
    QTest::addColumn<QStringList>("values");
    const QStringList both{QStringLiteral("in parts"), QStringLiteral("ours")};
    QTest::newRow("values") << QStringLiteral("_acme-challenge.example.test") << 0 << both;
    QTest::newRow("behind a CNAME")
        << QStringLiteral("_acme-challenge.www.example.test") << 0 << both;
    QTest::newRow("no such name") << QStringLiteral("none.example.test") << 3 << QStringList();
    QTest::newRow("no TXT") << QStringLiteral("ns1.example.test") << 0 << QStringList();
    QTest::newRow("not its zone") << QStringLiteral("example.invalid") << 5 << QStringList();
}

void TstDohServer::readsRecordsAndNoes()
{
    QFETCH(QString, name);
    QFETCH(int, rcode);
    QFETCH(QStringList, values);
    const auto reply = ask(name, m_path, m_dir.filePath(QStringLiteral("server.pem")));
    QVERIFY2(reply.has_value(), qPrintable(reply ? QString() : describe(reply.error())));
    QCOMPARE(reply->rcode, rcode);
    QStringList seen;
    for (const DnsRecord &record : reply->answer)
        if (record.type == DnsType::TXT)
            seen.append(record.value);
    seen.sort();
    QCOMPARE(seen, values);
    if (rcode == 3)
        QCOMPARE(reply->authority.at(0).minimum, 45);
}

void TstDohServer::refusesACertificateThatNobodyVouchesFor()
{
    const auto reply = ask(QStringLiteral("_acme-challenge.example.test"), m_path, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Network);
}

void TstDohServer::tellsThatNobodyAnswersThere()
{
    const auto reply =
        ask(QStringLiteral("_acme-challenge.example.test"), QStringLiteral("/elsewhere"),
            m_dir.filePath(QStringLiteral("server.pem")));
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Network);
    QVERIFY2(reply.error().detail.contains(QStringLiteral("404")),
             qPrintable(reply.error().detail));
}

QTEST_GUILESS_MAIN(TstDohServer)
#include "tst_dohserver.moc"
