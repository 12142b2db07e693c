// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/InventoryService.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/InventoryRows.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

namespace {

CertificateRecord recordOf(quint64 seed, const char *name)
{
    CertificateRecord record;
    record.sha256 = fingerprintOf(seed).hex();
    record.der = "der";
    record.subject = QString::fromLatin1(name);
    record.names = {QString::fromLatin1(name)};
    record.notBefore = QDateTime::fromMSecsSinceEpoch(inventoryNow() - dayMs, QTimeZone::utc());
    record.notAfter = record.notBefore.addDays(90);
    record.keyAlgorithm = QStringLiteral("EC P-256");
    record.addedAt = record.notBefore;
    return record;
}

} // namespace

class TstInventoryService : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    FakeClock m_clock;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<InventoryService> m_service;

private Q_SLOTS:
    void init()
    {
        static int count = 0;
        const QString file = m_folder.filePath(QStringLiteral("%1/sealbook.db").arg(++count));
        m_store = await(Store::open(file, {})).value();
        m_service = std::make_unique<InventoryService>(*m_store, m_clock);
        QVERIFY(await(
            m_store->saveCertificates({recordOf(1, "a.example"), recordOf(2, "b.example")}, {})));
    }
    void cleanup()
    {
        m_service.reset();
        m_store.reset();
    }

    void readsTheWhole()
    {
        const auto inventory = await(m_service->read({}));
        QVERIFY(inventory);
        QCOMPARE((*inventory)->size(), std::size_t{2});
        QCOMPARE((*inventory)->now(), inventoryNow());
        QCOMPARE((*inventory)->view(InventoryRequest()).matching, 2U);
    }

    void sharesASnapshotUntilSomethingChanges()
    {
        const auto first = await(m_service->snapshot({}));
        const auto second = await(m_service->snapshot({}));
        QVERIFY(first && second);
        QVERIFY(*first == *second);
        QVERIFY(await(m_store->saveCertificates({recordOf(3, "c.example")}, {})));
        const auto third = await(m_service->snapshot({}));
        QVERIFY(third);
        QCOMPARE((*third)->size(), std::size_t{3});
        m_clock.advance(std::chrono::minutes(5));
        const auto fourth = await(m_service->snapshot({}));
        QVERIFY(fourth);
        QVERIFY(*fourth != *third);
    }

    // A window that closes does not wait for what it asked.
    void readsOnWhenTheServiceIsGone()
    {
        const auto old = await(m_service->read({}));
        auto clock = std::make_unique<FakeClock>();
        auto service = std::make_unique<InventoryService>(*m_store, *clock);
        Task<std::shared_ptr<Inventory>> reading = service->read({});
        Task<std::shared_ptr<Inventory>> refreshing =
            service->refresh(*old, {fingerprintOf(1).hex()}, {});
        service.reset();
        clock.reset();
        const auto inventory = await(std::move(reading));
        QVERIFY(inventory);
        QCOMPARE((*inventory)->now(), inventoryNow());
        const auto refreshed = await(std::move(refreshing));
        QVERIFY(refreshed);
        QCOMPARE((*refreshed)->now(), inventoryNow());
    }

    void refreshesWhatChangedCameAndWent()
    {
        const auto inventory = await(m_service->read({}));
        CertificateEdit edit;
        edit.addTags = {QStringLiteral("prod")};
        const QString a = fingerprintOf(1).hex();
        const QString b = fingerprintOf(2).hex();
        const QString c = fingerprintOf(3).hex();
        QVERIFY(await(m_service->edit({a}, edit)));
        QVERIFY(await(m_store->removeCertificates({b}, RemoveFrom::Anywhere)));
        QVERIFY(await(m_store->saveCertificate(recordOf(3, "c.example"))));
        const auto next = await(m_service->refresh(*inventory, {a, b, c}, {}));
        QVERIFY(next);
        QCOMPARE((*next)->size(), std::size_t{2});
        QVERIFY(!(*next)->indexOf(fingerprintOf(2)));
        QCOMPARE((*next)->row(*(*next)->indexOf(fingerprintOf(1))).tags,
                 QStringList{QStringLiteral("prod")});
        QVERIFY((*next)->indexOf(fingerprintOf(3)));
        QCOMPARE((*inventory)->size(), std::size_t{2});
    }

    void tellsOnlyWhatConcernsTheInventory()
    {
        QCoreApplication::processEvents(); // what init() did
        QTRY_VERIFY(!await(m_service->isEmpty()).value());
        QCoreApplication::processEvents();
        const QSignalSpy any(m_store.get(), &Store::changed);
        const QSignalSpy ours(m_service.get(), &InventoryService::changed);
        QVERIFY(await(m_store->setSetting(QStringLiteral("a"), 1)));
        QTRY_COMPARE(any.count(), 1);
        QCOMPARE(ours.count(), 0);
        CertificateEdit edit;
        edit.owner = QStringLiteral("Mara");
        QVERIFY(await(m_service->edit({fingerprintOf(1).hex()}, edit)));
        QTRY_COMPARE(ours.count(), 1);
        // What failed changed nothing.
        QVERIFY(!await(m_service->edit({fingerprintOf(99).hex()}, edit)));
        QVERIFY(await(m_store->setSetting(QStringLiteral("a"), 2)));
        QTRY_COMPARE(any.count(), 3);
        QCOMPARE(ours.count(), 1);
    }

    void hearsOfAnotherProcess()
    {
        QCoreApplication::processEvents();
        const auto other = await(Store::open(m_store->file(), {}));
        QVERIFY(other);
        const QSignalSpy ours(m_service.get(), &InventoryService::changed);
        QVERIFY(await((*other)->saveCertificate(recordOf(7, "z.example"))));
        QTRY_VERIFY_WITH_TIMEOUT(ours.count() > 0, 8000);
    }

    void knowsWhenThereIsNothing()
    {
        QVERIFY(await(m_store->removeCertificates({fingerprintOf(1).hex()}, RemoveFrom::Anywhere)));
        QVERIFY(await(m_service->trash({fingerprintOf(2).hex()})));
        QCOMPARE(await(m_service->isEmpty()), Result<bool>(false)); // the trash counts
        QVERIFY(await(m_store->removeCertificates({fingerprintOf(2).hex()}, RemoveFrom::Anywhere)));
        QCOMPARE(await(m_service->isEmpty()), Result<bool>(true));
    }

    void keepsWhatThePageWants()
    {
        QVERIFY(await(m_service->pageState())->isEmpty());
        const QJsonObject state{{QStringLiteral("start"), QStringLiteral("Production")}};
        QVERIFY(await(m_service->savePageState(state)));
        QCOMPARE(*await(m_service->pageState()), state);
    }

    void theTrashIsUndone()
    {
        const QString a = fingerprintOf(1).hex();
        const auto before = await(m_service->trash({a}));
        QVERIFY(before);
        QCOMPARE(await(m_store->certificate(a))->trashedAt, m_clock.utcNow());
        QCOMPARE((*await(m_service->read({})))->view(InventoryRequest()).matching, 1U);
        QVERIFY(await(m_service->restore(*before)));
        QVERIFY(!await(m_store->certificate(a))->trashedAt.isValid());
        QVERIFY(await(m_service->trash({a})));
        QVERIFY(await(m_service->takeOutOfTrash({a})));
        QVERIFY(!await(m_store->certificate(a))->trashedAt.isValid());
    }

    void keepsViews()
    {
        QVERIFY(await(m_service->savedViews())->empty());
        SavedView view;
        view.name = QStringLiteral("prod");
        view.query = QStringLiteral("tag:prod");
        QVERIFY(await(m_service->saveViews({view})));
        QCOMPARE(*await(m_service->savedViews()), std::vector<SavedView>{view});
    }

    void looksThroughItAwayFromTheMainThreadAndStops()
    {
        const std::shared_ptr<const Inventory> inventory = *await(m_service->read({}));
        InventoryRequest request;
        request.query = *Query::parse(QStringLiteral("name:a*"));
        std::stop_source stop;
        const auto view = await(m_service->view(inventory, request, stop.get_token()));
        QVERIFY(view);
        QCOMPARE(view->matching, 1U);
        stop.request_stop();
        const auto stopped = await(m_service->view(inventory, request, stop.get_token()));
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
    }

    void stops()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto inventory = await(m_service->read(stop.get_token()));
        QVERIFY(!inventory);
        QCOMPARE(inventory.error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TstInventoryService)
#include "tst_inventoryservice.moc"
