// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/InventoryService.h"

#include "core/crypto/Digest.h"
#include "core/inventory/FileAccess.h"
#include "core/store/Store.h"

namespace sealbook {

namespace {
constexpr std::chrono::milliseconds snapshotLife{10'000};
const QString viewsSetting = QStringLiteral("inventory.views");
const QString pageSetting = QStringLiteral("inventory.page");
} // namespace

InventoryService::InventoryService(Store &store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
    m_forgetting.setSingleShot(true);
    m_forgetting.setInterval(snapshotLife);
    m_forgetting.callOnTimeout(this, &InventoryService::forgetSnapshot);
    connect(&m_store, &Store::inventoryChanged, this, &InventoryService::forgetSnapshot);
    connect(&m_store, &Store::inventoryChanged, this, &InventoryService::changed);
}

void InventoryService::forgetSnapshot()
{
    m_snapshot.reset();
    ++m_changes;
}

Task<std::shared_ptr<Inventory>> InventoryService::read(std::stop_token stop)
{
    // Not later: whoever ends does not wait for what is being read.
    const qint64 now = m_clock.utcNow().toMSecsSinceEpoch();
    Task<std::vector<InventoryRow>> reading = m_store.allRows();
    Result<std::vector<InventoryRow>> rows = co_await std::move(reading);
    if (!rows)
        co_return fail(rows.error(), "reading the inventory");
    // Shared, because std::function wants a lambda that can be copied; one thread at a time uses
    // it.
    const auto taken = std::make_shared<std::vector<InventoryRow>>(std::move(*rows));
    std::function<Result<std::shared_ptr<Inventory>>()> work = [taken, now] {
        return Result<std::shared_ptr<Inventory>>(
            std::make_shared<Inventory>(Inventory::of(std::move(*taken), now)));
    };
    Task<std::shared_ptr<Inventory>> building =
        runBlocking<std::shared_ptr<Inventory>>(stop, std::move(work));
    co_return co_await std::move(building);
}

Task<std::shared_ptr<const Inventory>> InventoryService::snapshot(std::stop_token stop)
{
    const qint64 now = m_clock.utcNow().toMSecsSinceEpoch();
    std::shared_ptr<const Inventory> snapshot = m_snapshot;
    if (snapshot && std::abs(now - snapshot->now()) < snapshotLife.count())
        co_return snapshot;
    const quint64 changes = m_changes;
    Task<std::shared_ptr<Inventory>> reading = read(stop);
    const auto inventory = co_await std::move(reading);
    if (!inventory)
        co_return fail(inventory.error());
    if (stop.stop_requested()) // whoever asked is gone, and so may be the service
        co_return fail(cancelled());
    snapshot = *inventory;
    if (changes == m_changes) {
        m_snapshot = snapshot;
        m_forgetting.start();
    }
    co_return snapshot;
}

Task<std::shared_ptr<Inventory>> InventoryService::refresh(std::shared_ptr<const Inventory> old,
                                                           QStringList sha256, std::stop_token stop)
{
    const qint64 now = m_clock.utcNow().toMSecsSinceEpoch();
    Task<std::vector<InventoryRow>> reading = m_store.rowsAndWaiting(sha256);
    Result<std::vector<InventoryRow>> rows = co_await std::move(reading);
    if (!rows)
        co_return fail(rows.error(), "reading the inventory");
    // What waits is few: all of it anew, because a certificate that came may answer a request.
    for (const InventoryRow &row : old->rows()) {
        if (!row.isCertificate())
            sha256.append(row.sha256.hex());
    }
    std::vector<Fingerprint> gone;
    for (const QString &one : sha256) {
        const std::optional<Fingerprint> fingerprint = Fingerprint::fromHex(one);
        const bool isThere = std::any_of(rows->begin(), rows->end(), [&](const InventoryRow &row) {
            return fingerprint == row.sha256;
        });
        if (fingerprint && !isThere)
            gone.push_back(*fingerprint);
    }
    const auto changed = std::make_shared<const std::vector<InventoryRow>>(std::move(*rows));
    std::function<Result<std::shared_ptr<Inventory>>()> work = [old, changed, gone, now] {
        return Result<std::shared_ptr<Inventory>>(
            std::make_shared<Inventory>(old->with(*changed, gone, now)));
    };
    Task<std::shared_ptr<Inventory>> building =
        runBlocking<std::shared_ptr<Inventory>>(stop, std::move(work));
    co_return co_await std::move(building);
}

Task<InventoryView> InventoryService::view(std::shared_ptr<const Inventory> inventory,
                                           InventoryRequest request, std::stop_token stop)
{
    std::function<Result<InventoryView>()> work = [inventory, request, stop] {
        return inventory->view(request, stop);
    };
    Task<InventoryView> looking = runBlocking<InventoryView>(stop, std::move(work));
    co_return co_await std::move(looking);
}

Task<ReportCounts> InventoryService::writeReport(ReportRequest request, QString path,
                                                 std::stop_token stop)
{
    const std::optional<unsigned> umask = m_umask; // nothing of this may be touched after a wait
    Task<std::shared_ptr<Inventory>> reading = read(stop);
    const Result<std::shared_ptr<Inventory>> inventory = co_await std::move(reading);
    if (!inventory)
        co_return fail(inventory.error());
    std::function<Result<ReportCounts>()> work = [all = *inventory, request, path, stop,
                                                  umask]() -> Result<ReportCounts> {
        const Result<InventoryReport> report = inventoryReport(*all, request, stop);
        if (!report)
            return fail(report.error());
        const Result<> written = replaceFile(path, bytesOf(report->file), false, umask);
        if (!written)
            return fail(written.error(), "writing the report");
        return report->counts;
    };
    Task<ReportCounts> working = runBlocking<ReportCounts>(stop, std::move(work));
    co_return co_await std::move(working);
}

Task<bool> InventoryService::isEmpty()
{
    const Result<bool> has = co_await m_store.hasCertificates();
    if (!has)
        co_return fail(has.error());
    co_return !*has;
}

Task<std::vector<PlaceRecord>> InventoryService::places(QString sha256)
{
    return m_store.places(std::move(sha256));
}

Task<std::vector<CertificateMarks>> InventoryService::edit(QStringList sha256, CertificateEdit edit)
{
    return m_store.editCertificates(std::move(sha256), std::move(edit));
}

Task<std::vector<CertificateMarks>> InventoryService::restore(std::vector<CertificateMarks> marks)
{
    return m_store.restoreMarks(std::move(marks));
}

Task<std::vector<CertificateMarks>> InventoryService::trash(QStringList sha256)
{
    CertificateEdit edit;
    edit.trashedAt = m_clock.utcNow();
    return m_store.editCertificates(std::move(sha256), std::move(edit));
}

Task<std::vector<CertificateMarks>> InventoryService::takeOutOfTrash(QStringList sha256)
{
    CertificateEdit edit;
    edit.trashedAt = QDateTime();
    return m_store.editCertificates(std::move(sha256), std::move(edit));
}

Task<std::vector<SavedView>> InventoryService::savedViews()
{
    const Result<QJsonValue> stored = co_await m_store.setting(viewsSetting);
    if (!stored)
        co_return fail(stored.error(), "reading the saved views");
    co_return savedViewsFromJson(stored->toArray());
}

Task<> InventoryService::saveViews(std::vector<SavedView> views)
{
    return m_store.setSetting(viewsSetting, toJson(views));
}

Task<QJsonObject> InventoryService::pageState()
{
    const Result<QJsonValue> stored = co_await m_store.setting(pageSetting);
    if (!stored)
        co_return fail(stored.error(), "reading the columns");
    co_return stored->toObject();
}

Task<> InventoryService::savePageState(QJsonObject state)
{
    return m_store.setSetting(pageSetting, state);
}

} // namespace sealbook
