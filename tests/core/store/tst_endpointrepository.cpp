// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/EndpointRepository.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"
#include "tests/support/SigningCa.h"

#include "core/x509/Certificate.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace sealbook;

namespace {

EndpointRecord endpoint(const char *text)
{
    EndpointRecord record;
    record.id = EndpointId::make();
    record.address = *EndpointAddress::fromText(QLatin1String(text));
    return record;
}

EndpointCheck served(const QString &sha256, const char *address = "192.0.2.1")
{
    EndpointCheck check;
    check.address = QLatin1String(address);
    check.outcome = EndpointCheck::Outcome::Served;
    check.sha256 = sha256;
    check.subject = QStringLiteral("www.example.org");
    check.notBefore = QDateTime(QDate(2026, 11, 1), QTime(0, 0), QTimeZone::utc());
    check.notAfter = QDateTime(QDate(2027, 1, 1), QTime(0, 0), QTimeZone::utc());
    check.nameMatches = true;
    check.isTrusted = true;
    check.trustReason = QStringLiteral("the chain leads to \"x\"");
    check.protocol = QStringLiteral("TLS 1.3");
    check.cipher = QStringLiteral("TLS_AES_256_GCM_SHA384");
    check.alpn = QStringLiteral("h2");
    check.asksClientCertificate = true;
    check.hasStaple = true;
    check.notes = QStringList{QStringLiteral("a note")};
    check.took = std::chrono::milliseconds(12);
    return check;
}

EndpointCheck silent(const char *detail)
{
    EndpointCheck check;
    check.address = QStringLiteral("192.0.2.1");
    Error error;
    error.kind = Error::Kind::Network;
    error.detail = QLatin1String(detail);
    check.error = error;
    return check;
}

} // namespace

class TstEndpointRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keepsAnEndpointAsItIs();
    void addsAnEndpointOnce();
    void changesAllButTheAddress();
    void bringsBackWhatWasRemoved();
    void forgetsForGoodLater();
    void keepsChecksAsSpans();
    void showsOnlyTheAddressesOfTheLastLook();
    void countsFailuresInARow();
    void beginsANewSpanAfterAnAddressWasAway();
    void keepsWhatIsServedWithItsPlace();
    void marksOnlyWhatIsServedNow();
    void leavesTheKeptChainAlone();
    void keepsNothingForARemovedEndpoint();
    void shortensTheHistory();

private:
    [[nodiscard]] std::vector<EndpointCheck> keep(EndpointId id, int minute,
                                                  std::vector<EndpointCheck> checks);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Store> m_store;
    const QDateTime m_start =
        QDateTime(QDate(2026, 11, 25), QTime(12, 0), QTimeZone::utc()).toUTC();
    const QString m_first = QString(64, QLatin1Char('a'));
    const QString m_second = QString(64, QLatin1Char('b'));
};

void TstEndpointRepository::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = *await(Store::open(m_directory->filePath(QStringLiteral("s/x.sqlite")), {}));
}

void TstEndpointRepository::cleanup()
{
    m_store.reset();
}

std::vector<EndpointCheck> TstEndpointRepository::keep(EndpointId id, int minute,
                                                       std::vector<EndpointCheck> checks)
{
    EndpointLook look;
    look.id = id;
    look.at = m_start.addSecs(60 * minute);
    look.checks = std::move(checks);
    const auto kept = await(m_store->keepEndpointLook(look));
    if (!kept)
        qFatal("%s", qPrintable(describe(kept.error())));
    return *kept;
}

void TstEndpointRepository::keepsAnEndpointAsItIs()
{
    EndpointRecord record = endpoint("smtp://mail.example.org:587");
    record.serverName = QStringLiteral("smtp.example.org");
    record.onlyAddress = QStringLiteral("192.0.2.9");
    record.interval = std::chrono::minutes(5);
    record.owner = QStringLiteral("Mara Keller");
    record.tags = QStringList{QStringLiteral("mail"), QStringLiteral("prod")};
    record.notifies = false;
    record.addedAt = m_start;
    QCOMPARE(await(m_store->addEndpoints({record}))->added, 1);
    const EndpointCheck check = served(m_first);
    const auto kept = keep(record.id, 1, {check});
    const auto all = await(m_store->endpoints());
    QVERIFY(all);
    QCOMPARE(all->size(), std::size_t(1));
    record.checkedAt = m_start.addSecs(60);
    QCOMPARE(all->front().record, record);
    EndpointCheck wanted = check;
    wanted.firstAt = wanted.lastAt = record.checkedAt;
    QCOMPARE(kept, std::vector<EndpointCheck>{wanted});
    QCOMPARE(all->front().checks, std::vector<EndpointCheck>{wanted});
}

void TstEndpointRepository::addsAnEndpointOnce()
{
    const auto counts = await(m_store->addEndpoints(
        {endpoint("www.example.org"), endpoint("www.example.org:443"), endpoint("a.example.org")}));
    QCOMPARE(counts->added, 2);
    QCOMPARE(counts->known, 1);
    // The same host with another name to ask for is another endpoint.
    EndpointRecord other = endpoint("www.example.org");
    other.serverName = QStringLiteral("shop.example.org");
    QCOMPARE(await(m_store->addEndpoints({other}))->added, 1);
    const auto all = await(m_store->endpoints());
    QCOMPARE(all->size(), std::size_t(3));
    QCOMPARE(all->front().record.address.host, QStringLiteral("a.example.org"));
}

void TstEndpointRepository::changesAllButTheAddress()
{
    EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    record.owner = QStringLiteral("Ada");
    record.interval = std::chrono::hours(1);
    record.notifies = false;
    record.tags = QStringList{QStringLiteral("x")};
    QVERIFY(await(m_store->changeEndpoint(record)));
    const auto all = await(m_store->endpoints());
    QCOMPARE(all->front().record.owner, record.owner);
    QCOMPARE(all->front().record.interval, record.interval);
    QCOMPARE(all->front().record.tags, record.tags);
    QVERIFY(!all->front().record.notifies);
    const auto stranger = await(m_store->changeEndpoint(endpoint("b.example.org")));
    QVERIFY(!stranger);
    QCOMPARE(stranger.error().kind, Error::Kind::NotFound);
}

void TstEndpointRepository::bringsBackWhatWasRemoved()
{
    const EndpointRecord a = endpoint("a.example.org");
    const EndpointRecord b = endpoint("b.example.org");
    QVERIFY(await(m_store->addEndpoints({a, b})));
    (void)keep(a.id, 1, {served(m_first)});
    QVERIFY(await(m_store->removeEndpoints({a.id, b.id}, m_start)));
    QVERIFY(await(m_store->endpoints())->empty());
    QVERIFY(await(m_store->restoreEndpoints({a.id})));
    QCOMPARE(await(m_store->endpoints())->front().checks.size(), std::size_t(1));
    // Adding it again brings it back, too.
    QCOMPARE(await(m_store->addEndpoints({endpoint("b.example.org")}))->added, 1);
    QCOMPARE(await(m_store->endpoints())->at(1).record.id, b.id);
    const auto stranger = await(m_store->removeEndpoints({a.id, EndpointId::make()}, m_start));
    QVERIFY(!stranger);
    QCOMPARE(await(m_store->endpoints())->size(), std::size_t(2)); // all or nothing
}

void TstEndpointRepository::forgetsForGoodLater()
{
    const EndpointRecord a = endpoint("a.example.org");
    QVERIFY(await(m_store->addEndpoints({a})));
    (void)keep(a.id, 1, {served(m_first)});
    QVERIFY(await(m_store->removeEndpoints({a.id}, m_start)));
    QCOMPARE(*await(m_store->purgeEndpoints(m_start)), 0);
    QCOMPARE(*await(m_store->purgeEndpoints(m_start.addSecs(1))), 1);
    QVERIFY(await(m_store->endpointHistory(a.id, 10))->empty());
    const auto back = await(m_store->restoreEndpoints({a.id}));
    QVERIFY(!back);
    QCOMPARE(back.error().kind, Error::Kind::NotFound);
}

void TstEndpointRepository::keepsChecksAsSpans()
{
    const EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    (void)keep(record.id, 1, {served(m_first)});
    (void)keep(record.id, 2, {served(m_first)});
    const auto third = keep(record.id, 3, {served(m_first)});
    QCOMPARE(third.front().times, 3);
    QCOMPARE(third.front().firstAt, m_start.addSecs(60));
    const auto changed = keep(record.id, 4, {served(m_second)});
    QCOMPARE(changed.front().times, 1);
    const auto history = await(m_store->endpointHistory(record.id, 10));
    QCOMPARE(history->size(), std::size_t(2));
    QCOMPARE(history->at(0).sha256, m_second);
    QCOMPARE(history->at(1).sha256, m_first);
    QCOMPARE(history->at(1).lastAt, m_start.addSecs(180));
}

void TstEndpointRepository::showsOnlyTheAddressesOfTheLastLook()
{
    const EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    (void)keep(record.id, 1, {served(m_first, "192.0.2.1"), served(m_first, "192.0.2.2")});
    (void)keep(record.id, 2, {served(m_first, "192.0.2.2")});
    const auto all = await(m_store->endpoints());
    QCOMPARE(all->front().checks.size(), std::size_t(1));
    QCOMPARE(all->front().checks.front().address, QStringLiteral("192.0.2.2"));
    QCOMPARE(all->front().checks.front().times, 2);
}

void TstEndpointRepository::countsFailuresInARow()
{
    const EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    (void)keep(record.id, 1, {silent("refused")});
    const auto second = keep(record.id, 2, {silent("timed out")});
    QCOMPARE(second.front().times, 2);
    QCOMPARE(second.front().error->detail, QStringLiteral("timed out")); // what it said last
    const auto all = await(m_store->endpoints());
    QCOMPARE(all->front().checks.front().error->detail, QStringLiteral("timed out"));
    QCOMPARE(keep(record.id, 3, {served(m_first)}).front().times, 1);
    QVERIFY(!await(m_store->endpoints())->front().checks.front().error);
}

void TstEndpointRepository::beginsANewSpanAfterAnAddressWasAway()
{
    const EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    (void)keep(record.id, 1, {served(m_first, "192.0.2.1"), served(m_first, "192.0.2.2")});
    (void)keep(record.id, 2, {served(m_first, "192.0.2.2")});
    const auto back = keep(record.id, 3, {served(m_first, "192.0.2.1")});
    QCOMPARE(back.front().times, 1);
    QCOMPARE(await(m_store->endpointHistory(record.id, 10))->size(), std::size_t(3));
}

void TstEndpointRepository::keepsWhatIsServedWithItsPlace()
{
    const SigningCa ca("Test CA");
    const EvpPkeyPtr key(EVP_EC_gen("P-256"));
    const auto leaf =
        *certificatesFromPem(ca.leafPem(key.get(), {QStringLiteral("www.example.org")}), true);
    const EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    EndpointLook look;
    look.id = record.id;
    look.at = m_start;
    look.certificates = {certificateRecordOf(leaf.front())};
    look.certificates.front().origin = QStringLiteral("endpoint:") + record.address.text();
    look.certificates.front().addedAt = m_start;
    look.checks = {served(look.certificates.front().sha256)};
    QVERIFY(await(m_store->keepEndpointLook(look)));
    const auto rows = await(m_store->inventoryRows());
    QCOMPARE(rows->size(), std::size_t(1));
    QVERIFY(rows->front().hasPlace(PlaceRecord::Kind::Endpoint));
    const auto places = await(m_store->places(look.certificates.front().sha256));
    QCOMPARE(places->front().location, QStringLiteral("www.example.org:443"));
    QVERIFY(places->front().isServing);
    QVERIFY(rows->front().is(InventoryRow::Served));
    QCOMPARE(rows->front().servedBy, quint16{1});
    QCOMPARE(rows->front().seenAt, m_start.toMSecsSinceEpoch());
}

void TstEndpointRepository::marksOnlyWhatIsServedNow()
{
    const SigningCa ca("Test CA");
    const auto leafOf = [&ca] {
        const EvpPkeyPtr key(EVP_EC_gen("P-256"));
        const auto leaf =
            certificatesFromPem(ca.leafPem(key.get(), {QStringLiteral("www.example.org")}), true);
        CertificateRecord record = certificateRecordOf(leaf->front());
        record.origin = QStringLiteral("endpoint:www.example.org:443");
        return record;
    };
    const CertificateRecord old = leafOf();
    CertificateRecord young = leafOf();
    const EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    const auto look = [&](const CertificateRecord &certificate, int minute) {
        EndpointLook look;
        look.id = record.id;
        look.at = m_start.addSecs(60 * minute);
        look.certificates = {certificate};
        look.checks = {served(certificate.sha256)};
        return await(m_store->keepEndpointLook(look)).has_value();
    };
    const auto isServed = [&](const QString &sha256) {
        const auto all = await(m_store->inventoryRows());
        const auto one = await(m_store->inventoryRows({sha256}));
        const auto found = std::find_if(all->begin(), all->end(), [&](const InventoryRow &row) {
            return row.sha256.hex() == sha256;
        });
        if (*found != one->front())
            qFatal("one row read alone differs");
        return found->is(InventoryRow::Served);
    };
    QVERIFY(look(old, 0));
    young.revokedAt = m_start; // a stapled answer said so
    QVERIFY(look(young, 1));
    QVERIFY(!isServed(old.sha256));
    QVERIFY(isServed(young.sha256));
    QVERIFY(!await(m_store->places(old.sha256))->front().isServing);
    QCOMPARE(await(m_store->certificate(young.sha256))->revokedAt, m_start);
    // It is known by now; what is learned later is kept too.
    CertificateRecord revoked = old;
    revoked.revokedAt = m_start.addDays(-1);
    QVERIFY(look(revoked, 2));
    QCOMPARE(await(m_store->certificate(old.sha256))->revokedAt, m_start.addDays(-1));
    QVERIFY(isServed(old.sha256));
    QVERIFY(await(m_store->removeEndpoints({record.id}, m_start)));
    QVERIFY(!isServed(old.sha256));
    QVERIFY(await(m_store->restoreEndpoints({record.id})));
    QVERIFY(isServed(old.sha256));
}

void TstEndpointRepository::leavesTheKeptChainAlone()
{
    const SigningCa ca("Test CA");
    const EvpPkeyPtr key(EVP_EC_gen("P-256"));
    const auto leaf =
        *certificatesFromPem(ca.leafPem(key.get(), {QStringLiteral("www.example.org")}), true);
    CertificateRecord stored = certificateRecordOf(leaf.front());
    stored.chainPem = ca.pem();
    stored.origin = QStringLiteral("issued");
    QVERIFY(await(m_store->saveCertificate(stored)));
    const EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    EndpointLook look;
    look.id = record.id;
    look.at = m_start;
    stored.chainPem = SigningCa("Another").pem();
    stored.origin = QStringLiteral("endpoint:www.example.org:443");
    look.certificates = {stored};
    QVERIFY(await(m_store->keepEndpointLook(look)));
    QCOMPARE(await(m_store->certificate(stored.sha256))->chainPem, ca.pem());
}

void TstEndpointRepository::keepsNothingForARemovedEndpoint()
{
    const EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    QVERIFY(await(m_store->removeEndpoints({record.id}, m_start)));
    QVERIFY(keep(record.id, 1, {served(m_first)}).empty());
    QVERIFY(await(m_store->endpointHistory(record.id, 10))->empty());
}

void TstEndpointRepository::shortensTheHistory()
{
    const EndpointRecord record = endpoint("www.example.org");
    QVERIFY(await(m_store->addEndpoints({record})));
    std::vector<Task<std::vector<EndpointCheck>>> looks; // queued together: one commit
    for (int i = 1; i <= EndpointRepository::keptChecks + 20; ++i) {
        EndpointLook look;
        look.id = record.id;
        look.at = m_start.addSecs(60 * i);
        look.checks = {served(i % 2 == 0 ? m_first : m_second)};
        looks.push_back(m_store->keepEndpointLook(look));
    }
    for (auto &look : looks)
        QVERIFY(await(std::move(look)));
    const auto history = await(m_store->endpointHistory(record.id, 10'000));
    QCOMPARE(history->size(), std::size_t(EndpointRepository::keptChecks));
    QCOMPARE(history->front().lastAt, m_start.addSecs(60 * (EndpointRepository::keptChecks + 20)));
}

QTEST_GUILESS_MAIN(TstEndpointRepository)
#include "tst_endpointrepository.moc"
