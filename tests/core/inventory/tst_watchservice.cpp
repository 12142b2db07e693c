// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/InventoryService.h"
#include "core/inventory/WatchService.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"
#include "tests/support/TlsEndpoint.h"

#include <QSignalSpy>
#include <QTest>

using namespace sealbook;

namespace {

// The real time plus what a test adds.
class ShiftedClock final : public Clock
{
public:
    [[nodiscard]] QDateTime utcNow() const override
    {
        return QDateTime::currentDateTimeUtc().addSecs(m_shift);
    }
    [[nodiscard]] std::chrono::milliseconds monotonic() const override
    {
        return SystemClock().monotonic();
    }
    void advance(std::chrono::seconds by) { m_shift += by.count(); }

private:
    qint64 m_shift = 0;
};

EndpointStatus status(EndpointState state, const char *served = "")
{
    EndpointStatus status;
    status.record.address.host = QStringLiteral("www.example.org");
    status.state = state;
    status.reason = QStringLiteral("Reason.");
    if (*served != '\0') {
        EndpointCheck check;
        check.address = QStringLiteral("192.0.2.1");
        check.outcome = EndpointCheck::Outcome::Served;
        check.sha256 = QLatin1String(served);
        status.checks = {check};
    }
    return status;
}

} // namespace

class TstWatchService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void decidesTheState_data();
    void decidesTheState();
    void callsTheWorstAddressFirst();
    void seesThatAddressesDiffer();
    void alarmsOnlyWhatAPersonMustKnow_data();
    void alarmsOnlyWhatAPersonMustKnow();
    void seesDriftAfterARenewal();
    void alarmsTwiceInARow();
    void putsWhatIsServedIntoTheInventory();
    void importsAnEndpointOnce();
    void saysWhyAnImportFails();
    void checksOnlyTheChosen();
    void looksByTheInterval();
    void bringsBackWhatWasRemoved();
    void endsWhatIsUnderWay();

private:
    [[nodiscard]] EndpointRecord watched(quint16 port);
    [[nodiscard]] EndpointStatus checked();

    ShiftedClock m_clock;
    EndpointIdentity m_ca = EndpointIdentity::make("Test Root", nullptr, -400, 4000);
    EndpointIdentity m_www = EndpointIdentity::make("www.example.org", &m_ca);
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<InventoryService> m_inventory;
    std::unique_ptr<WatchService> m_watch;
};

void TstWatchService::initTestCase()
{
    qputenv("SSL_CERT_FILE", "/dev/null"); // this machine's roots have no say here
    qputenv("SSL_CERT_DIR", "/nonexistent");
}

void TstWatchService::init()
{
    m_clock = ShiftedClock();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = *await(Store::open(m_directory->filePath(QStringLiteral("s/x.sqlite")), {}));
    m_inventory = std::make_unique<InventoryService>(*m_store, m_clock);
    EndpointProbe::Options options;
    options.extraRoots = *certificatesFromPem(m_ca.certificatePem, true);
    m_watch = std::make_unique<WatchService>(*m_store, *m_inventory, m_clock, options);
}

void TstWatchService::cleanup()
{
    QVERIFY(await(m_watch->close()));
    m_watch.reset();
    m_inventory.reset();
    m_store.reset();
}

EndpointRecord TstWatchService::watched(quint16 port)
{
    EndpointRecord record;
    record.address.host = QStringLiteral("127.0.0.1");
    record.address.port = port;
    record.serverName = QStringLiteral("www.example.org");
    return record;
}

// The first one, after a check of all.
EndpointStatus TstWatchService::checked()
{
    const auto statuses = await(m_watch->check({}, {}));
    if (!statuses || statuses->empty())
        qFatal("the check failed");
    return statuses->front();
}

void TstWatchService::decidesTheState_data()
{
    QTest::addColumn<int>("began"); // days from now
    QTest::addColumn<int>("ends");
    QTest::addColumn<QByteArray>("faults");
    QTest::addColumn<EndpointState>("state");
    const auto row = [](const char *name, int began, int ends, const char *faults,
                        EndpointState state) {
        QTest::newRow(name) << began << ends << QByteArray(faults) << state;
    };
    row("fine", -10, 80, "", EndpointState::Fine);
    row("soon", -70, 20, "", EndpointState::Soon);
    row("act now", -85, 5, "", EndpointState::ActNow);
    row("six days, fresh", -1, 5, "", EndpointState::Fine);
    row("six days, half", -4, 2, "", EndpointState::Soon);
    row("expired", -100, -1, "", EndpointState::Expired);
    row("not yet", 1, 90, "", EndpointState::Expired);
    row("wrong name", -10, 80, "n", EndpointState::WrongName);
    row("untrusted", -10, 80, "t", EndpointState::NotTrusted);
    row("wrong name and untrusted", -10, 80, "nt", EndpointState::WrongName);
    row("expired counts before all", -100, -1, "ntd", EndpointState::Expired);
    row("drift", -10, 80, "d", EndpointState::Drift);
    row("drift counts before soon", -70, 20, "d", EndpointState::Drift);
    row("act now counts before drift", -85, 5, "d", EndpointState::ActNow);
    row("failed once", -10, 80, "1", EndpointState::Unsure);
    row("failed twice", -10, 80, "2", EndpointState::Unreachable);
    row("never", -10, 80, "0", EndpointState::NotChecked);
}

void TstWatchService::decidesTheState()
{
    QFETCH(int, began);
    QFETCH(int, ends);
    QFETCH(QByteArray, faults);
    QFETCH(EndpointState, state);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    EndpointCheck check;
    check.outcome = EndpointCheck::Outcome::Served;
    check.sha256 = QStringLiteral("aa");
    check.notBefore = now.addDays(began);
    check.notAfter = now.addDays(ends);
    check.nameMatches = !faults.contains('n');
    check.isTrusted = !faults.contains('t');
    QHash<QString, NewerCertificate> newer;
    if (faults.contains('d'))
        newer.insert(check.sha256, {QStringLiteral("bb"), now.addDays(90)});
    if (faults == "1" || faults == "2") {
        check.outcome = EndpointCheck::Outcome::NoAnswer;
        check.times = faults.toInt();
    }
    std::vector<EndpointCheck> checks{check};
    if (faults == "0")
        checks.clear();
    const EndpointStatus result = endpointStatusOf({}, checks, newer, now);
    QCOMPARE(result.state, state);
    if (faults != "1" && faults != "2")
        QVERIFY(!result.reason.isEmpty());
    QCOMPARE(result.newestSha256, QLatin1String(faults.contains('d') ? "bb" : ""));
}

void TstWatchService::callsTheWorstAddressFirst()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    EndpointCheck good;
    good.address = QStringLiteral("192.0.2.1");
    good.outcome = EndpointCheck::Outcome::Served;
    good.sha256 = QStringLiteral("aa");
    good.notBefore = now.addDays(-10);
    good.notAfter = now.addDays(80);
    good.nameMatches = good.isTrusted = true;
    EndpointCheck bad = good;
    bad.address = QStringLiteral("192.0.2.2");
    bad.notAfter = now.addDays(-1);
    const EndpointStatus result = endpointStatusOf({}, {good, bad}, {}, now);
    QCOMPARE(result.state, EndpointState::Expired);
    QCOMPARE(result.worst()->address, bad.address);
    QVERIFY(result.reason.startsWith(bad.address));
}

void TstWatchService::seesThatAddressesDiffer()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    EndpointCheck one;
    one.address = QStringLiteral("192.0.2.1");
    one.outcome = EndpointCheck::Outcome::Served;
    one.sha256 = QStringLiteral("aa");
    one.notBefore = now.addDays(-10);
    one.notAfter = now.addDays(80);
    one.nameMatches = one.isTrusted = true;
    EndpointCheck two = one;
    two.address = QStringLiteral("192.0.2.2");
    two.sha256 = QStringLiteral("bb");
    QCOMPARE(endpointStatusOf({}, {one, two}, {}, now).state, EndpointState::Differs);
}

void TstWatchService::alarmsOnlyWhatAPersonMustKnow_data()
{
    QTest::addColumn<EndpointStatus>("before");
    QTest::addColumn<EndpointStatus>("after");
    QTest::addColumn<int>("kind"); // -1 = none
    const auto row = [](const char *name, const EndpointStatus &before, const EndpointStatus &after,
                        int kind) { QTest::newRow(name) << before << after << kind; };
    using enum EndpointState;
    row("fine again", status(Fine, "a"), status(Fine, "a"), -1);
    row("first check is fine", status(NotChecked), status(Fine, "a"), -1);
    row("first check is bad", status(NotChecked), status(Expired, "a"), 0);
    row("became bad", status(Fine, "a"), status(WrongName, "b"), 0);
    row("still bad", status(Expired, "a"), status(Expired, "a"), -1);
    row("bad in another way", status(Drift, "a"), status(Expired, "a"), 0);
    row("failed once", status(Fine, "a"), status(Unsure), -1);
    row("failed once after bad", status(Expired, "a"), status(Unsure), -1);
    row("failed twice", status(Unsure), status(Unreachable), 0);
    row("in order again", status(Unreachable), status(Fine, "a"), 1);
    row("renewed", status(Soon, "a"), status(Fine, "b"), 2);
    row("soon is no alarm", status(Fine, "a"), status(Soon, "a"), -1);
}

void TstWatchService::alarmsOnlyWhatAPersonMustKnow()
{
    QFETCH(EndpointStatus, before);
    QFETCH(EndpointStatus, after);
    QFETCH(int, kind);
    const std::optional<EndpointAlarm> alarm = alarmOf(before, after);
    QCOMPARE(alarm ? static_cast<int>(alarm->kind) : -1, kind);
    if (alarm)
        QVERIFY(alarm->text.startsWith(QLatin1String("www.example.org:443")));
}

void TstWatchService::seesDriftAfterARenewal()
{
    OpensslServer server(m_www, {});
    QVERIFY(await(m_watch->add({watched(server.port())})));
    QCOMPARE(checked().state, EndpointState::Fine);
    // A newer one for the same name is stored, but not served.
    const EndpointIdentity renewed = EndpointIdentity::make("www.example.org", &m_ca, 0, 95);
    const auto leaf = *certificatesFromPem(renewed.certificatePem, true);
    CertificateRecord record = certificateRecordOf(leaf.front());
    record.origin = QStringLiteral("issued");
    QVERIFY(await(m_store->saveCertificate(record)));
    const auto listed = await(m_watch->list({}));
    QCOMPARE(listed->front().state, EndpointState::Drift);
    QCOMPARE(listed->front().newestSha256, record.sha256);
}

void TstWatchService::alarmsTwiceInARow()
{
    auto server = std::make_unique<OpensslServer>(m_www, QStringList());
    QVERIFY(await(m_watch->add({watched(server->port())})));
    QSignalSpy alarms(m_watch.get(), &WatchService::alarmed);
    QCOMPARE(checked().state, EndpointState::Fine);
    server.reset();
    QCOMPARE(checked().state, EndpointState::Unsure);
    QCOMPARE(alarms.size(), 0);
    const EndpointStatus status = checked();
    QCOMPARE(status.state, EndpointState::Unreachable);
    QVERIFY2(status.reason.contains(QLatin1String("Nobody listens")), qPrintable(status.reason));
    QCOMPARE(alarms.size(), 1);
    QCOMPARE(checked().state, EndpointState::Unreachable);
    QCOMPARE(alarms.size(), 1); // told once
    const auto history = await(m_watch->history(status.record.id));
    QCOMPARE(history->size(), std::size_t(2));
    QCOMPARE(history->front().times, 3);
}

void TstWatchService::putsWhatIsServedIntoTheInventory()
{
    OpensslServer server(m_www, {}, m_ca.certificatePem);
    QVERIFY(await(m_watch->add({watched(server.port())})));
    const EndpointStatus status = checked();
    const auto inventory = await(m_inventory->read({}));
    QCOMPARE((*inventory)->size(), std::size_t(1));
    QCOMPARE((*inventory)->row(0).sha256.hex(), status.checks.front().sha256);
    QVERIFY((*inventory)->row(0).hasPlace(PlaceRecord::Kind::Endpoint));
    QVERIFY(!await(m_store->certificate(status.checks.front().sha256))->chainPem.isEmpty());
}

void TstWatchService::importsAnEndpointOnce()
{
    OpensslServer server(m_www, {});
    const EndpointTarget target = targetOf(watched(server.port()));
    const auto first = await(m_watch->import(target, {}));
    QVERIFY(first);
    QCOMPARE(first->saved.added, 1);
    QCOMPARE(first->sha256.size(), 1);
    const auto second = await(m_watch->import(target, {}));
    QCOMPARE(second->saved.known, 1);
    QVERIFY(await(m_watch->list({}))->empty()); // not watched
    const auto entries = await(m_store->audit(0, 10)).value();
    QCOMPARE(entries.size(), std::size_t{2});
    QCOMPARE(entries[0].action, QStringLiteral("certificate.import"));
    QCOMPARE(entries[0].subject, target.address.text());
    QCOMPARE(entries[0].details.value(QLatin1String("added")).toInt(), first->saved.added);
}

void TstWatchService::saysWhyAnImportFails()
{
    WordsServer server({{"", "SSH-2.0-OpenSSH\r\n"}}, nullptr);
    const auto result = await(m_watch->import(targetOf(watched(server.serverPort())), {}));
    QVERIFY(!result);
    QVERIFY(result.error().detail.contains(QLatin1String("SSH")));
    QVERIFY(result.error().evidence.contains(QStringLiteral("endpoint")));
}

void TstWatchService::checksOnlyTheChosen()
{
    WordsServer one({{"", ""}}, &m_www);
    WordsServer two({{"", ""}}, &m_www);
    EndpointRecord first = watched(one.serverPort());
    EndpointRecord second = watched(two.serverPort());
    second.id = EndpointId::make();
    QVERIFY(await(m_watch->add({first, second})));
    const auto statuses = await(m_watch->check({second.id}, {}));
    QCOMPARE(statuses->size(), std::size_t(1));
    QCOMPARE(statuses->front().record.id, second.id);
    QCOMPARE(one.connections, 0);
    QCOMPARE(two.connections, 1);
}

void TstWatchService::looksByTheInterval()
{
    WordsServer server({{"", ""}}, &m_www);
    QVERIFY(await(m_watch->add({watched(server.serverPort())})));
    QSignalSpy checks(m_watch.get(), &WatchService::checked);
    m_watch->startSchedule(); // never checked: at once
    QTRY_COMPARE(checks.size(), 1);
    m_watch->startSchedule();
    QTest::qWait(200);
    QCOMPARE(checks.size(), 1);
    m_clock.advance(EndpointRecord::usualInterval);
    m_watch->startSchedule();
    QTRY_COMPARE(checks.size(), 2);
}

void TstWatchService::bringsBackWhatWasRemoved()
{
    EndpointRecord record = watched(9);
    record.id = EndpointId::make();
    QVERIFY(await(m_watch->add({record})));
    QVERIFY(await(m_watch->remove({record.id})));
    QVERIFY(await(m_watch->list({}))->empty());
    QVERIFY(await(m_watch->restore({record.id})));
    QCOMPARE(await(m_watch->list({}))->size(), std::size_t(1));
}

void TstWatchService::endsWhatIsUnderWay()
{
    WordsServer server({}, nullptr);
    server.onConnection = [](QSslSocket *) {};
    QVERIFY(await(m_watch->add({watched(server.serverPort())})));
    auto checking = m_watch->check({}, {});
    QTRY_COMPARE(server.connections, 1);
    QVERIFY(await(m_watch->close()));
    const auto result = await(std::move(checking));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Cancelled);
    QVERIFY(!await(m_watch->check({}, {}))); // nothing begins after it
}

Q_DECLARE_METATYPE(sealbook::EndpointStatus)
QTEST_GUILESS_MAIN(TstWatchService)
#include "tst_watchservice.moc"
