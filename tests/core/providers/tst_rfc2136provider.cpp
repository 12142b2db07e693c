// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/ProviderCatalog.h"
#include "tests/support/Await.h"
#include "tests/support/FakeResolver.h"
#include "tests/support/RecordedTransport.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace sealbook;

namespace {

const char goodKey[] = "8ca5UVYtdU0Uex0KElm5ARbF6OuiwaHbbWCVLDNuR8E=";
const char otherKey[] = "AAAAUVYtdU0Uex0KElm5ARbF6OuiwaHbbWCVLDNuR8E=";

DnsName name(const char *text)
{
    return DnsName::fromText(QString::fromLatin1(text)).value();
}

template <typename T>
QByteArray told(const Result<T> &result)
{
    return result ? QByteArray() : describe(result.error()).toUtf8();
}

} // namespace

// RFC 2136 against a real BIND whose key may edit TXT at one subtree only.
class TestRfc2136Provider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void addsFindsAndRemoves();
    void C6_looksWhereOnlyItsKeyMayLook();
    void R02_keepsTwoValuesAtOneName();
    void publishesThirtyNamesAtOnce();
    void C16_removesTwiceWithoutComplaint();
    void tellsAWrongKey();
    void R32_refusesANameOutsideTheZone();

private:
    [[nodiscard]] std::unique_ptr<DnsProvider> provider(const char *key = goodKey);
    [[nodiscard]] static TxtRecord record(const QString &label, const QString &value);

    QTemporaryDir m_dir;
    QProcess m_server;
    quint16 m_port = 0;
    ProviderCatalog m_catalog;
    RecordedTransport m_transport;
    FakeResolver m_resolver;
};

void TestRfc2136Provider::initTestCase()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    m_port = probe.serverPort();
    probe.close();
    const QString dir = m_dir.path();
    QFile zone(dir + QStringLiteral("/example.test.zone"));
    QVERIFY(zone.open(QIODevice::WriteOnly));
    zone.write("$TTL 60\n@ SOA ns1 admin 1 3600 600 86400 60\n@ NS ns1\nns1 A 127.0.0.1\n");
    zone.close();
    QVERIFY(zone.copy(dir + QStringLiteral("/hidden.test.zone")));
    QFile config(dir + QStringLiteral("/named.conf"));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(
        QStringLiteral("options { directory \"%1\"; listen-on port %2 { 127.0.0.1; }; "
                       "listen-on-v6 { none; }; recursion no; pid-file none; "
                       "session-keyfile \"%1/session.key\"; "
                       "managed-keys-directory \"%1\"; dnssec-validation no; };\n"
                       "controls { };\n"
                       "key \"sealbook\" { algorithm hmac-sha256; secret \"%3\"; };\n"
                       "zone \"example.test\" { type primary; file \"%1/example.test.zone"
                       "\"; update-policy { grant sealbook zonesub TXT; }; };\n"
                       "zone \"hidden.test\" { type primary; file \"%1/hidden.test.zone\"; "
                       "allow-query { key sealbook; }; "
                       "update-policy { grant sealbook zonesub TXT; }; };\n")
            .arg(dir)
            .arg(m_port)
            .arg(QString::fromLatin1(goodKey))
            .toUtf8());
    config.close();
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    m_server.start(QStringLiteral("/usr/sbin/named"),
                   {QStringLiteral("-g"), QStringLiteral("-c"), config.fileName()});
    QVERIFY(m_server.waitForStarted());
    const auto accepts = [this] {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        return socket.waitForConnected(200);
    };
    QTRY_VERIFY2_WITH_TIMEOUT(accepts(), m_server.peek(4000).constData(), 20000);
    // It listens before it has read its zones.
    const TxtRecord any = record(QStringLiteral("any"), QStringLiteral("v"));
    QTRY_VERIFY2_WITH_TIMEOUT(await(provider()->find(any, {})).has_value(),
                              m_server.peek(4000).constData(), 20000);
}

void TestRfc2136Provider::cleanupTestCase()
{
    m_server.terminate();
    if (!m_server.waitForFinished(5000))
        m_server.kill();
    m_server.waitForFinished(5000);
}

std::unique_ptr<DnsProvider> TestRfc2136Provider::provider(const char *key)
{
    std::map<QString, Secret> secrets;
    secrets.emplace(QStringLiteral("key"), Secret::take(QByteArray(key)).value());
    auto made =
        m_catalog.make(QStringLiteral("rfc2136"),
                       {{QStringLiteral("server"), QStringLiteral("127.0.0.1:%1").arg(m_port)},
                        {QStringLiteral("key_name"), QStringLiteral("sealbook")}},
                       std::move(secrets), m_transport, m_resolver);
    return made ? std::move(*made) : nullptr;
}

TxtRecord TestRfc2136Provider::record(const QString &label, const QString &value)
{
    return {name("example.test"),
            DnsName::fromText(QStringLiteral("_acme-challenge.%1.example.test").arg(label)).value(),
            value, 60};
}

void TestRfc2136Provider::addsFindsAndRemoves()
{
    const auto asked = provider();
    const TxtRecord one = record(QStringLiteral("www"), QStringLiteral("v"));
    QVERIFY(!await(asked->find(one, {})).value());
    QCOMPARE(told(await(asked->add(one, {}))), QByteArray());
    QVERIFY(await(asked->find(one, {})).value());
    QCOMPARE(told(await(asked->remove(one, {}, {}))), QByteArray());
    QVERIFY(!await(asked->find(one, {})).value());
}

// A hidden primary answers its secondaries and its keys, and nobody else.
void TestRfc2136Provider::C6_looksWhereOnlyItsKeyMayLook()
{
    const auto asked = provider();
    const TxtRecord one{name("hidden.test"), name("_acme-challenge.hidden.test"),
                        QStringLiteral("v"), 60};
    QCOMPARE(told(await(asked->add(one, {}))), QByteArray());
    const auto found = await(asked->find(one, {}));
    QCOMPARE(told(found), QByteArray());
    QVERIFY(found->has_value());
    QCOMPARE(told(await(asked->remove(one, {}, {}))), QByteArray());
    QVERIFY(!await(asked->find(one, {})).value());
    const auto stranger = await(provider(otherKey)->find(one, {}));
    QVERIFY(!stranger);
    QCOMPARE(stranger.error().kind, Error::Kind::Unauthorized);
}

void TestRfc2136Provider::R02_keepsTwoValuesAtOneName()
{
    const auto asked = provider();
    const TxtRecord apex = record(QStringLiteral("two"), QStringLiteral("apex"));
    const TxtRecord star = record(QStringLiteral("two"), QStringLiteral("star"));
    QCOMPARE(told(await(asked->add(apex, {}))), QByteArray());
    QCOMPARE(told(await(asked->add(star, {}))), QByteArray());
    QVERIFY(await(asked->find(apex, {})).value());
    QVERIFY(await(asked->find(star, {})).value());
    QCOMPARE(told(await(asked->remove(apex, {}, {}))), QByteArray());
    QVERIFY(await(asked->find(star, {})).value());
}

void TestRfc2136Provider::publishesThirtyNamesAtOnce()
{
    const auto asked = provider();
    std::vector<Task<PublishedTxt>> tasks;
    for (int i = 0; i < 30; ++i)
        tasks.push_back(asked->add(record(QString::number(i), QStringLiteral("v%1").arg(i)), {}));
    for (const auto &added : QCoro::waitFor(all(std::move(tasks))))
        QCOMPARE(told(added), QByteArray());
    for (int i = 0; i < 30; ++i)
        QVERIFY(await(asked->find(record(QString::number(i), QStringLiteral("v%1").arg(i)), {}))
                    .value());
}

void TestRfc2136Provider::C16_removesTwiceWithoutComplaint()
{
    const auto asked = provider();
    const TxtRecord one = record(QStringLiteral("once"), QStringLiteral("v"));
    QCOMPARE(told(await(asked->add(one, {}))), QByteArray());
    QCOMPARE(told(await(asked->remove(one, {}, {}))), QByteArray());
    QCOMPARE(told(await(asked->remove(one, {}, {}))), QByteArray());
}

void TestRfc2136Provider::tellsAWrongKey()
{
    const auto asked = provider(otherKey);
    const auto added = await(asked->add(record(QStringLiteral("www"), QStringLiteral("v")), {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::Unauthorized);
    QVERIFY(!told(added).contains(otherKey));
}

void TestRfc2136Provider::R32_refusesANameOutsideTheZone()
{
    const auto asked = provider();
    TxtRecord foreign = record(QStringLiteral("www"), QStringLiteral("v"));
    foreign.name = name("_acme-challenge.example.net");
    const auto added = await(asked->add(foreign, {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::BadRequest);
}

QTEST_GUILESS_MAIN(TestRfc2136Provider)
#include "tst_rfc2136provider.moc"
