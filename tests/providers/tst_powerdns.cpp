// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/StoreTurns.h"
#include "core/http/CurlTransport.h"
#include "core/providers/ProviderCatalog.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"
#include "tests/support/FakeResolver.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>

#include <array>

using namespace sealbook;

// The definition "powerdns" against a real pdns_server with SQLite, on loopback.
class TestPowerdns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void seesItsZones();
    void addsAndFindsAndRemoves();
    void R02_keepsTwoValuesAtOneName();
    void addsManyAtOnceAtOneName();
    void takesTurnsWithAnotherProcess();
    void C16_removesTwiceWithoutComplaint();
    void B23_namesTheZonesItSees();
    void B29_tellsAWrongKey();

private:
    [[nodiscard]] std::unique_ptr<DnsProvider> provider(const char *key = "practice-key");
    [[nodiscard]] static TxtRecord record(const char *value);
    [[nodiscard]] bool has(const char *value);

    QTemporaryDir m_dir;
    QProcess m_server;
    QString m_url;
    std::unique_ptr<CurlTransport> m_transport;
    ProviderCatalog m_catalog;
    FakeResolver m_resolver;
};

namespace {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(20000) && process.exitCode() == 0;
}

template <typename T>
QByteArray told(const Result<T> &result)
{
    return result ? QByteArray() : describe(result.error()).toUtf8();
}

bool accepts(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return socket.waitForConnected(200);
}

} // namespace

void TestPowerdns::initTestCase()
{
    const quint16 dns = freePort();
    const quint16 web = freePort();
    m_url = QStringLiteral("http://127.0.0.1:%1").arg(web);
    const QString dir = m_dir.path();
    const QString database = dir + QStringLiteral("/pdns.sqlite3");
    QFile config(dir + QStringLiteral("/pdns.conf"));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(QStringLiteral("launch=gsqlite3\ngsqlite3-database=%1\nsocket-dir=%2\n"
                                "local-address=127.0.0.1\nlocal-port=%3\napi=yes\n"
                                "api-key=practice-key\nwebserver=yes\n"
                                "webserver-address=127.0.0.1\nwebserver-port=%4\n"
                                "webserver-allow-from=127.0.0.1\ndaemon=no\nguardian=no\n"
                                "security-poll-suffix=\n")
                     .arg(database, dir)
                     .arg(dns)
                     .arg(web)
                     .toUtf8());
    config.close();
    const QString schema =
        QStringLiteral("/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql");
    QVERIFY2(QFile::exists(schema), "the package pdns-backend-sqlite3 is missing");
    QVERIFY(run(QStringLiteral("sqlite3"), {database, QStringLiteral(".read ") + schema}));
    const QString where = QStringLiteral("--config-dir=") + dir;
    for (const char *zone : {"example.test", "other.test"}) {
        const QString name = QString::fromLatin1(zone);
        QVERIFY(run(QStringLiteral("pdnsutil"),
                    {where, QStringLiteral("create-zone"), name, QStringLiteral("ns1.") + name}));
    }
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    m_server.start(QStringLiteral("/usr/sbin/pdns_server"), {where});
    QVERIFY(m_server.waitForStarted());
    QTRY_VERIFY2_WITH_TIMEOUT(accepts(web), m_server.peek(4000).constData(), 15000);
    CurlTransportOptions options;
    options.allowPlainHttpToLoopback = true;
    m_transport = std::make_unique<CurlTransport>(options);
}

void TestPowerdns::cleanupTestCase()
{
    m_transport.reset();
    m_server.terminate();
    if (!m_server.waitForFinished(5000))
        m_server.kill();
    m_server.waitForFinished(5000);
}

std::unique_ptr<DnsProvider> TestPowerdns::provider(const char *key)
{
    std::map<QString, Secret> secrets;
    secrets.emplace(QStringLiteral("api_key"), Secret::take(QByteArray(key)).value());
    auto made = m_catalog.make(QStringLiteral("powerdns"), {{QStringLiteral("api_url"), m_url}},
                               std::move(secrets), *m_transport, m_resolver);
    return made ? std::move(*made) : nullptr;
}

TxtRecord TestPowerdns::record(const char *value)
{
    return {DnsName::fromText(QStringLiteral("example.test")).value(),
            DnsName::fromText(QStringLiteral("_acme-challenge.www.example.test")).value(),
            QString::fromLatin1(value), 60};
}

bool TestPowerdns::has(const char *value)
{
    const auto asked = provider();
    const auto found = await(asked->find(record(value), {}));
    return found && found->has_value();
}

void TestPowerdns::seesItsZones()
{
    const auto asked = provider();
    const auto zones = await(asked->zones({}));
    QVERIFY2(zones, told(zones).constData());
    QCOMPARE(int(zones->size()), 2);
    QCOMPARE(zones->front().text(), QStringLiteral("example.test"));
}

void TestPowerdns::addsAndFindsAndRemoves()
{
    const auto asked = provider();
    QVERIFY(!has("one"));
    const auto added = await(asked->add(record("one"), {}));
    QVERIFY2(added, told(added).constData());
    QVERIFY(has("one"));
    const auto removed = await(asked->remove(record("one"), added->handle, {}));
    QVERIFY2(removed, told(removed).constData());
    QVERIFY(!has("one"));
}

void TestPowerdns::R02_keepsTwoValuesAtOneName()
{
    const auto asked = provider();
    QCOMPARE(told(await(asked->add(record("apex"), {}))), QByteArray());
    QCOMPARE(told(await(asked->add(record("wildcard \\ \"quoted\""), {}))), QByteArray());
    QVERIFY(has("apex"));
    QVERIFY(has("wildcard \\ \"quoted\""));
    QCOMPARE(told(await(asked->remove(record("apex"), {}, {}))), QByteArray());
    QVERIFY(!has("apex"));
    QVERIFY(has("wildcard \\ \"quoted\""));
    QCOMPARE(told(await(asked->remove(record("wildcard \\ \"quoted\""), {}, {}))), QByteArray());
}

void TestPowerdns::addsManyAtOnceAtOneName()
{
    const auto asked = provider();
    const char *const values[] = {"v1", "v2", "v3", "v4", "v5", "v6"};
    std::vector<Task<PublishedTxt>> tasks;
    for (const char *value : values)
        tasks.push_back(asked->add(record(value), {}));
    for (const auto &added : QCoro::waitFor(all(std::move(tasks))))
        QVERIFY2(added, told(added).constData());
    for (const char *value : values)
        QVERIFY2(has(value), value);
    std::vector<Task<>> removals;
    for (const char *value : values)
        removals.push_back(asked->remove(record(value), {}, {}));
    for (const auto &removed : QCoro::waitFor(all(std::move(removals))))
        QVERIFY2(removed, told(removed).constData());
    for (const char *value : values)
        QVERIFY2(!has(value), value);
}

// Two of everything that a process has, at one profile: store, turns, catalog, connections. What
// they share is the file and the server.
void TestPowerdns::takesTurnsWithAnotherProcess()
{
    struct Process
    {
        std::unique_ptr<Store> store;
        std::unique_ptr<StoreTurns> turns;
        ProviderCatalog catalog;
        std::unique_ptr<CurlTransport> transport;
        std::unique_ptr<DnsProvider> provider;
    };
    const QString profile = m_dir.filePath(QStringLiteral("profile/sealbook.sqlite"));
    std::array<Process, 2> processes;
    CurlTransportOptions options;
    options.allowPlainHttpToLoopback = true;
    for (std::size_t i = 0; i < processes.size(); ++i) {
        Process &each = processes[i];
        each.store = std::move(*await(Store::open(profile, {})));
        each.turns =
            std::make_unique<StoreTurns>(*each.store, QStringLiteral("desk:%1").arg(i + 1));
        each.catalog.setTurns(each.turns.get());
        each.transport = std::make_unique<CurlTransport>(options);
        std::map<QString, Secret> secrets;
        secrets.emplace(QStringLiteral("api_key"), Secret::take("practice-key").value());
        each.provider = std::move(
            *each.catalog.make(QStringLiteral("powerdns"), {{QStringLiteral("api_url"), m_url}},
                               std::move(secrets), *each.transport, m_resolver));
    }
    std::vector<QByteArray> values;
    for (int i = 0; i < 12; ++i)
        values.push_back("shared-" + QByteArray::number(i));
    std::vector<Task<PublishedTxt>> additions;
    for (std::size_t i = 0; i < values.size(); ++i)
        additions.push_back(processes[i % 2].provider->add(record(values[i].constData()), {}));
    for (const auto &added : QCoro::waitFor(all(std::move(additions))))
        QVERIFY2(added, told(added).constData());
    for (const QByteArray &value : values)
        QVERIFY2(has(value.constData()), value.constData());
    // One adds while the other removes.
    std::vector<Task<>> removals;
    for (std::size_t i = 0; i < values.size(); i += 2)
        removals.push_back(processes[1].provider->remove(record(values[i].constData()), {}, {}));
    std::vector<Task<PublishedTxt>> more;
    more.push_back(processes[0].provider->add(record("late"), {}));
    for (const auto &removed : QCoro::waitFor(all(std::move(removals))))
        QVERIFY2(removed, told(removed).constData());
    for (const auto &added : QCoro::waitFor(all(std::move(more))))
        QVERIFY2(added, told(added).constData());
    for (std::size_t i = 0; i < values.size(); ++i)
        QCOMPARE(has(values[i].constData()), i % 2 == 1);
    QVERIFY(has("late"));
    for (std::size_t i = 1; i < values.size(); i += 2)
        QCOMPARE(told(await(processes[0].provider->remove(record(values[i].constData()), {}, {}))),
                 QByteArray());
    QCOMPARE(told(await(processes[1].provider->remove(record("late"), {}, {}))), QByteArray());
}

void TestPowerdns::C16_removesTwiceWithoutComplaint()
{
    const auto asked = provider();
    QCOMPARE(told(await(asked->add(record("once"), {}))), QByteArray());
    QCOMPARE(told(await(asked->remove(record("once"), {}, {}))), QByteArray());
    QCOMPARE(told(await(asked->remove(record("once"), {}, {}))), QByteArray());
}

void TestPowerdns::B23_namesTheZonesItSees()
{
    const auto asked = provider();
    TxtRecord foreign = record("x");
    foreign.zone = DnsName::fromText(QStringLiteral("absent.test")).value();
    foreign.name = DnsName::fromText(QStringLiteral("_acme-challenge.absent.test")).value();
    const auto added = await(asked->add(foreign, {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::NotFound);
    QVERIFY2(added.error().detail.contains(QStringLiteral("example.test, other.test")),
             qPrintable(added.error().detail));
}

void TestPowerdns::B29_tellsAWrongKey()
{
    const auto asked = provider("wrong-key-of-mine");
    const auto zones = await(asked->zones({}));
    QVERIFY(!zones);
    QCOMPARE(zones.error().kind, Error::Kind::Unauthorized);
    QVERIFY(!describe(zones.error()).contains(QStringLiteral("wrong-key-of-mine")));
}

QTEST_GUILESS_MAIN(TestPowerdns)
#include "tst_powerdns.moc"
