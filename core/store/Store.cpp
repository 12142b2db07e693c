// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/Store.h"

#include "core/store/AccountRepository.h"
#include "core/store/AuditNotes.h"
#include "core/store/CaRepository.h"
#include "core/store/CertificateRemoval.h"
#include "core/store/CertificateRepository.h"
#include "core/store/CredentialNeeds.h"
#include "core/store/CredentialRepository.h"
#include "core/store/EndpointRepository.h"
#include "core/store/IntentRepository.h"
#include "core/store/InventoryRepository.h"
#include "core/store/JobRepository.h"
#include "core/store/KeyRepository.h"
#include "core/store/KeychainItemRepository.h"
#include "core/store/MarksEntries.h"
#include "core/store/RequestRepository.h"
#include "core/store/RevocationRepository.h"
#include "core/store/SettingRepository.h"
#include "core/store/StoreThread.h"
#include "core/store/TurnRepository.h"

#include <atomic>

namespace sealbook {

namespace {

Result<std::vector<InventoryRow>> joined(Result<std::vector<InventoryRow>> rows,
                                         Result<std::vector<InventoryRow>> waiting)
{
    if (!rows)
        return rows;
    if (!waiting)
        return waiting;
    std::move(waiting->begin(), waiting->end(), std::back_inserter(*rows));
    return rows;
}

template <typename T>
Task<T> taskOf(Deferred<T> deferred)
{
    co_return co_await deferred;
}

// Entries are told when they are on disk, and not if their transaction was not.
template <typename T>
Task<T> tellingOf(QPointer<Store> store, Deferred<T> deferred,
                  std::shared_ptr<const std::vector<AuditEntry>> noted)
{
    Result<T> result = co_await deferred;
    if (!result || !store)
        co_return result;
    for (const AuditEntry &entry : *noted)
        Q_EMIT store->audited(entry);
    co_return result;
}

} // namespace

struct Store::Private
{
    Store *q = nullptr;
    QString file;
    QString vaultId;
    // Many changes in a row are told once per turn of the event loop.
    std::atomic<bool> isChangeAnnounced = false;
    std::atomic<bool> isInventoryChanged = false;
    std::unique_ptr<StoreThread> thread;

    template <typename T, typename Function>
    [[nodiscard]] Task<T> read(Function function)
    {
        StoreThread::Function<T> work(std::move(function));
        return taskOf<T>(thread->read<T>(std::move(work)));
    }
    template <typename T, typename Function>
    [[nodiscard]] Task<T> write(Function function)
    {
        StoreThread::Function<T> work(std::move(function));
        return taskOf<T>(thread->write<T>(StoreThread::Change::Other, std::move(work)));
    }
    // For what changes certificates, their places or marks.
    template <typename T, typename Function>
    [[nodiscard]] Task<T> writeInventory(Function function)
    {
        StoreThread::Function<T> work(std::move(function));
        return taskOf<T>(thread->write<T>(StoreThread::Change::Inventory, std::move(work)));
    }
    // `function` takes the database and the notes of its transaction.
    template <typename T, typename Function>
    [[nodiscard]] Task<T> writeNoting(StoreThread::Change about, Function function)
    {
        const auto noted = std::make_shared<std::vector<AuditEntry>>();
        StoreThread::Function<T> work(
            [noted, function = std::move(function)](Database &database) -> Result<T> {
                noted->clear(); // a transaction may be tried twice
                AuditNotes notes(database, *noted);
                return function(database, notes);
            });
        const QPointer<Store> store(q);
        return tellingOf<T>(store, thread->write<T>(about, std::move(work)), noted);
    }
    // What is one call, and an entry with it.
    template <typename Function>
    [[nodiscard]] Task<> writeWith(std::optional<AuditEntry> entry, Function function,
                                   StoreThread::Change about = StoreThread::Change::Other)
    {
        return writeNoting<void>(about,
                                 [entry = std::move(entry), function = std::move(function)](
                                     Database &database, AuditNotes &notes) -> Result<> {
                                     if (const Result<> done = function(database); !done)
                                         return done;
                                     return notes.add(entry);
                                 });
    }
};

Store::Store()
    : d(std::make_unique<Private>())
{
    d->q = this;
}

Store::~Store()
{
    d->thread.reset();
}

Task<std::unique_ptr<Store>> Store::open(QString file, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return fail(cancelled());
    std::unique_ptr<Store> store(new Store);
    Store *const raw = store.get();
    store->d->file = file;
    // Runs on the store's thread, which the destructor waits for: `raw` outlives it.
    std::function<void(StoreThread::Change)> changed = [raw](StoreThread::Change about) {
        if (about == StoreThread::Change::Inventory)
            raw->d->isInventoryChanged = true;
        if (raw->d->isChangeAnnounced.exchange(true))
            return;
        QMetaObject::invokeMethod(
            raw,
            [raw] {
                raw->d->isChangeAnnounced = false;
                // First: who asks anew because of the other must not get what is kept.
                if (raw->d->isInventoryChanged.exchange(false))
                    Q_EMIT raw->inventoryChanged();
                Q_EMIT raw->changed();
            },
            Qt::QueuedConnection);
    };
    store->d->thread = std::make_unique<StoreThread>(file, Database::Options(), std::move(changed));
    store->d->thread->start();
    const Deferred<QString> opened = store->d->thread->opened();
    const Result<QString> vaultId = co_await opened;
    if (!vaultId)
        co_return fail(vaultId.error());
    store->d->vaultId = *vaultId;
    co_return store;
}

QString Store::file() const
{
    return d->file;
}

QString Store::vaultId() const
{
    return d->vaultId;
}

Task<QJsonValue> Store::setting(QString key)
{
    return d->read<QJsonValue>([key = std::move(key)](Database &database) {
        return SettingRepository(database).value(key);
    });
}

Task<> Store::setSetting(QString key, QJsonValue value, std::optional<AuditEntry> entry)
{
    return d->writeWith(std::move(entry),
                        [key = std::move(key), value = std::move(value)](Database &database) {
                            return SettingRepository(database).save(key, value);
                        });
}

Task<bool> Store::claimSetting(QString key, QJsonValue value, std::optional<AuditEntry> entry)
{
    return d->writeNoting<bool>(
        StoreThread::Change::Other,
        [key = std::move(key), value = std::move(value),
         entry = std::move(entry)](Database &database, AuditNotes &notes) -> Result<bool> {
            const Result<bool> claimed = SettingRepository(database).claim(key, value);
            if (!claimed || !*claimed)
                return claimed;
            if (const Result<> noted = notes.add(entry); !noted)
                return fail(noted.error());
            return true;
        });
}

Task<> Store::saveKeychainItem(QString name, QByteArray sealed)
{
    return d->write<void>([name = std::move(name), sealed = std::move(sealed)](Database &database) {
        return KeychainItemRepository(database).save(name, sealed);
    });
}

Task<QStringList> Store::keychainItems()
{
    return d->read<QStringList>(
        [](Database &database) { return KeychainItemRepository(database).names(); });
}

Task<QByteArray> Store::sealedOfKeychainItem(QString name)
{
    return d->read<QByteArray>([name = std::move(name)](Database &database) {
        return KeychainItemRepository(database).sealed(name);
    });
}

Task<> Store::forgetKeychainItem(QString name)
{
    return d->write<void>([name = std::move(name)](Database &database) {
        return KeychainItemRepository(database).forget(name);
    });
}

Task<std::vector<CertificateRecord>> Store::certificates()
{
    return d->read<std::vector<CertificateRecord>>(
        [](Database &database) { return CertificateRepository(database).all(); });
}

Task<CertificateRecord> Store::certificate(QString sha256OrPrefix)
{
    return d->read<CertificateRecord>([prefix = std::move(sha256OrPrefix)](Database &database) {
        return CertificateRepository(database).bySha256(prefix);
    });
}

Task<std::vector<CertificateRecord>> Store::certificatesNamed(QString name)
{
    return d->read<std::vector<CertificateRecord>>([name = std::move(name)](Database &database) {
        return CertificateRepository(database).named(name);
    });
}

Task<std::vector<QByteArray>> Store::authoritiesNamed(QString subjectDn)
{
    return d->read<std::vector<QByteArray>>([subjectDn = std::move(subjectDn)](Database &database) {
        return CertificateRepository(database).authoritiesNamed(subjectDn);
    });
}

Task<bool> Store::saveCertificate(CertificateRecord certificate)
{
    return d->writeInventory<bool>([certificate = std::move(certificate)](Database &database) {
        return CertificateRepository(database).save(certificate);
    });
}

Task<SavedCounts> Store::saveCertificates(std::vector<CertificateRecord> certificates,
                                          std::vector<PlaceRecord> places,
                                          std::optional<AuditEntry> entry)
{
    // Shared, because std::function wants lambdas that can be copied, and these may be many.
    const auto records =
        std::make_shared<const std::vector<CertificateRecord>>(std::move(certificates));
    return d->writeNoting<SavedCounts>(
        StoreThread::Change::Inventory,
        [records, places = std::move(places),
         entry = std::move(entry)](Database &database, AuditNotes &notes) -> Result<SavedCounts> {
            const Result<SavedCounts> counts =
                CertificateRepository(database).saveMany(*records, places);
            if (!counts || !entry)
                return counts;
            AuditEntry told = *entry;
            told.details.insert(QStringLiteral("added"), counts->added);
            told.details.insert(QStringLiteral("known"), counts->known);
            if (const Result<> noted = notes.add(told); !noted)
                return fail(noted.error());
            return counts;
        });
}

Task<bool> Store::hasCertificates()
{
    return d->read<bool>(
        [](Database &database) { return InventoryRepository(database).hasRows(); });
}

Task<std::vector<InventoryRow>> Store::inventoryRows()
{
    return d->read<std::vector<InventoryRow>>(
        [](Database &database) { return InventoryRepository(database).rows(); });
}

Task<std::vector<InventoryRow>> Store::inventoryRows(QStringList sha256)
{
    return d->read<std::vector<InventoryRow>>([sha256 = std::move(sha256)](Database &database) {
        return InventoryRepository(database).rows(sha256);
    });
}

Task<std::vector<InventoryRow>> Store::waitingRows()
{
    return d->read<std::vector<InventoryRow>>(
        [](Database &database) { return InventoryRepository(database).waitingRows(); });
}

Task<std::vector<InventoryRow>> Store::allRows()
{
    return d->read<std::vector<InventoryRow>>([](Database &database) {
        InventoryRepository inventory(database);
        return joined(inventory.rows(), inventory.waitingRows());
    });
}

Task<std::vector<InventoryRow>> Store::rowsAndWaiting(QStringList sha256)
{
    return d->read<std::vector<InventoryRow>>([sha256 = std::move(sha256)](Database &database) {
        InventoryRepository inventory(database);
        return joined(inventory.rows(sha256), inventory.waitingRows());
    });
}

Task<std::vector<PlaceRecord>> Store::places(QString sha256)
{
    return d->read<std::vector<PlaceRecord>>([sha256 = std::move(sha256)](Database &database) {
        return InventoryRepository(database).places(sha256);
    });
}

Task<std::vector<CertificateMarks>> Store::editCertificates(QStringList sha256,
                                                            CertificateEdit edit)
{
    return d->writeNoting<std::vector<CertificateMarks>>(
        StoreThread::Change::Inventory,
        [sha256 = std::move(sha256), edit = std::move(edit)](
            Database &database, AuditNotes &notes) -> Result<std::vector<CertificateMarks>> {
            Result<std::vector<CertificateMarks>> before =
                InventoryRepository(database).edit(sha256, edit);
            if (!before)
                return before;
            std::vector<CertificateMarks> after;
            for (const CertificateMarks &marks : *before)
                after.push_back(edited(marks, edit));
            if (const Result<> noted = notes.add(entriesOf(*before, after)); !noted)
                return fail(noted.error());
            return before;
        });
}

Task<std::optional<RevocationRecord>> Store::revocation(QString sha256)
{
    return d->read<std::optional<RevocationRecord>>(
        [sha256 = std::move(sha256)](Database &database) {
            return RevocationRepository(database).of(sha256);
        });
}

Task<std::vector<RevocationRecord>> Store::revocations()
{
    return d->read<std::vector<RevocationRecord>>(
        [](Database &database) { return RevocationRepository(database).all(); });
}

Task<std::vector<RevocationRecord>> Store::keepRevocations(std::vector<RevocationRecord> records)
{
    return d->writeNoting<std::vector<RevocationRecord>>(
        StoreThread::Change::Inventory,
        [records = std::move(records)](Database &database,
                                       AuditNotes &notes) -> Result<std::vector<RevocationRecord>> {
            std::vector<RevocationRecord> kept;
            for (const RevocationRecord &record : records) {
                const Result<std::optional<RevocationRecord>> one =
                    RevocationRepository(database).keep(record, notes);
                if (!one)
                    return fail(one.error());
                if (*one)
                    kept.push_back(**one);
            }
            return kept;
        });
}

Task<std::vector<CertificateMarks>> Store::restoreMarks(std::vector<CertificateMarks> marks)
{
    return d->writeNoting<std::vector<CertificateMarks>>(
        StoreThread::Change::Inventory,
        [marks = std::move(marks)](Database &database,
                                   AuditNotes &notes) -> Result<std::vector<CertificateMarks>> {
            Result<std::vector<CertificateMarks>> before =
                InventoryRepository(database).restore(marks);
            if (!before)
                return before;
            if (const Result<> noted = notes.add(entriesOf(*before, marks)); !noted)
                return fail(noted.error());
            return before;
        });
}

Task<RemovedCounts> Store::removeCertificates(QStringList sha256, RemoveFrom from)
{
    return d->writeNoting<RemovedCounts>(
        StoreThread::Change::Inventory,
        [sha256 = std::move(sha256), from](Database &database, AuditNotes &notes) {
            return sealbook::removeCertificates(database, notes, sha256, from);
        });
}

Task<std::vector<RequestRecord>> Store::requests()
{
    return d->read<std::vector<RequestRecord>>(
        [](Database &database) { return RequestRepository(database).all(); });
}

Task<RequestRecord> Store::request(QString sha256)
{
    return d->read<RequestRecord>([sha256 = std::move(sha256)](Database &database) {
        return RequestRepository(database).bySha256(sha256);
    });
}

Task<SavedCounts> Store::saveRequests(std::vector<RequestRecord> requests)
{
    return d->writeInventory<SavedCounts>([requests = std::move(requests)](Database &database) {
        return RequestRepository(database).save(requests);
    });
}

Task<> Store::removeRequest(QString sha256)
{
    return d->writeInventory<void>([sha256 = std::move(sha256)](Database &database) {
        return RequestRepository(database).remove(sha256);
    });
}

Task<std::vector<WatchedEndpoint>> Store::endpoints()
{
    return d->read<std::vector<WatchedEndpoint>>(
        [](Database &database) { return EndpointRepository(database).all(); });
}

Task<SavedCounts> Store::addEndpoints(std::vector<EndpointRecord> endpoints)
{
    return d->writeInventory<SavedCounts>([endpoints = std::move(endpoints)](Database &database) {
        return EndpointRepository(database).add(endpoints);
    });
}

Task<> Store::changeEndpoint(EndpointRecord endpoint)
{
    return d->write<void>([endpoint = std::move(endpoint)](Database &database) {
        return EndpointRepository(database).change(endpoint);
    });
}

Task<> Store::removeEndpoints(std::vector<EndpointId> ids, QDateTime at)
{
    return d->writeInventory<void>([ids = std::move(ids), at](Database &database) {
        return EndpointRepository(database).remove(ids, at);
    });
}

Task<> Store::restoreEndpoints(std::vector<EndpointId> ids)
{
    return d->writeInventory<void>([ids = std::move(ids)](Database &database) {
        return EndpointRepository(database).restore(ids);
    });
}

Task<int> Store::purgeEndpoints(QDateTime removedBefore)
{
    return d->writeInventory<int>([removedBefore](Database &database) {
        return EndpointRepository(database).purge(removedBefore);
    });
}

Task<std::vector<EndpointCheck>> Store::keepEndpointLook(EndpointLook look)
{
    return d->writeInventory<std::vector<EndpointCheck>>(
        [look = std::move(look)](Database &database) {
            return EndpointRepository(database).keep(look);
        });
}

Task<std::vector<EndpointCheck>> Store::endpointHistory(EndpointId id, int limit)
{
    return d->read<std::vector<EndpointCheck>>([id, limit](Database &database) {
        return EndpointRepository(database).history(id, limit);
    });
}

Task<> Store::saveKey(KeyRecord key, std::optional<AuditEntry> entry)
{
    return d->writeWith(std::move(entry), [key = std::move(key)](Database &database) {
        return KeyRepository(database).save(key);
    });
}

Task<> Store::setKeyOrigin(KeyId id, QString origin)
{
    return d->writeInventory<void>([id, origin = std::move(origin)](Database &database) {
        return KeyRepository(database).setOrigin(id, origin);
    });
}

Task<> Store::saveTokenKeys(std::vector<TokenKeyRecord> keys)
{
    return d->writeInventory<void>([keys = std::move(keys)](Database &database) {
        return KeyRepository(database).saveTokenKeys(keys);
    });
}

Task<KeyRecord> Store::key(KeyId id)
{
    return d->read<KeyRecord>(
        [id](Database &database) { return KeyRepository(database).byId(id); });
}

Task<KeyRecord> Store::keyByPublicKey(QString publicKeySha256)
{
    return d->read<KeyRecord>([sha256 = std::move(publicKeySha256)](Database &database) {
        return KeyRepository(database).byPublicKey(sha256);
    });
}

Task<int> Store::keyCount()
{
    return d->read<int>([](Database &database) { return KeyRepository(database).count(); });
}

Task<std::vector<CaRecord>> Store::addedCas()
{
    return d->read<std::vector<CaRecord>>(
        [](Database &database) { return CaRepository(database).all(); });
}

Task<> Store::saveCa(CaRecord ca, std::optional<AuditEntry> entry)
{
    return d->writeWith(std::move(entry), [ca = std::move(ca)](Database &database) {
        return CaRepository(database).save(ca);
    });
}

Task<> Store::removeCa(QString id, std::optional<AuditEntry> entry)
{
    return d->writeWith(std::move(entry), [id = std::move(id)](Database &database) {
        return CaRepository(database).remove(id);
    });
}

Task<std::vector<AccountRecord>> Store::accounts()
{
    return d->read<std::vector<AccountRecord>>(
        [](Database &database) { return AccountRepository(database).all(); });
}

Task<> Store::saveAccount(AccountRecord account, std::optional<AuditEntry> entry)
{
    return d->writeWith(std::move(entry), [account = std::move(account)](Database &database) {
        return AccountRepository(database).save(account);
    });
}

Task<std::vector<CredentialRecord>> Store::credentials()
{
    return d->read<std::vector<CredentialRecord>>(
        [](Database &database) { return CredentialRepository(database).all(); });
}

Task<CredentialRecord> Store::credential(QString name)
{
    return d->read<CredentialRecord>([name = std::move(name)](Database &database) {
        return CredentialRepository(database).byName(name);
    });
}

Task<> Store::saveCredential(CredentialRecord credential, std::optional<AuditEntry> entry)
{
    return d->writeWith(std::move(entry), [credential = std::move(credential)](Database &database) {
        return CredentialRepository(database).save(credential);
    });
}

Task<> Store::closeCredential(QString name, OpenRecords records, std::optional<AuditEntry> entry)
{
    return d->writeWith(
        std::move(entry), [name = std::move(name), records](Database &database) -> Result<> {
            if (const Result<> free = refuseWhereNeeded(database, name, records); !free)
                return free;
            CredentialRepository repository(database);
            Result<CredentialRecord> credential = repository.byName(name);
            if (!credential)
                return fail(credential.error());
            credential->state = CredentialRecord::State::Revoked;
            return repository.save(*credential);
        });
}

Task<> Store::removeCredential(CredentialId id, std::optional<AuditEntry> entry)
{
    return d->writeWith(std::move(entry), [id](Database &database) {
        return CredentialRepository(database).remove(id);
    });
}

Task<std::vector<JobRecord>> Store::jobs()
{
    return d->read<std::vector<JobRecord>>(
        [](Database &database) { return JobRepository(database).all(); });
}

Task<JobRecord> Store::job(JobId id)
{
    return d->read<JobRecord>(
        [id](Database &database) { return JobRepository(database).byId(id); });
}

Task<> Store::saveJob(JobRecord job, std::optional<AuditEntry> entry)
{
    return d->writeWith(std::move(entry), [job = std::move(job)](Database &database) {
        return JobRepository(database).save(job);
    });
}

Task<JobStep> Store::addStep(JobStep step)
{
    return d->write<JobStep>([step = std::move(step)](Database &database) {
        return JobRepository(database).addStep(step);
    });
}

Task<std::vector<JobStep>> Store::steps(JobId id)
{
    return d->read<std::vector<JobStep>>(
        [id](Database &database) { return JobRepository(database).steps(id); });
}

Task<> Store::leaseJob(JobId id, QString owner, std::chrono::seconds duration)
{
    return d->write<void>([id, owner = std::move(owner), duration](Database &database) {
        return JobRepository(database).lease(id, owner, duration);
    });
}

Task<> Store::releaseJob(JobId id, QString owner)
{
    return d->write<void>([id, owner = std::move(owner)](Database &database) {
        return JobRepository(database).release(id, owner);
    });
}

Task<> Store::takeTurn(QString name, QString holder, std::chrono::seconds duration)
{
    return d->write<void>(
        [name = std::move(name), holder = std::move(holder), duration](Database &database) {
            return TurnRepository(database).take(name, holder, duration);
        });
}

Task<> Store::renewTurn(QString name, QString holder, std::chrono::seconds duration)
{
    return d->write<void>(
        [name = std::move(name), holder = std::move(holder), duration](Database &database) {
            return TurnRepository(database).renew(name, holder, duration);
        });
}

Task<> Store::giveTurnBack(QString name, QString holder)
{
    return d->write<void>([name = std::move(name), holder = std::move(holder)](Database &database) {
        return TurnRepository(database).giveBack(name, holder);
    });
}

Task<> Store::saveIntents(std::vector<TxtIntent> intents, std::vector<AuditEntry> entries)
{
    return d->writeNoting<void>(
        StoreThread::Change::Other,
        [intents = std::move(intents),
         entries = std::move(entries)](Database &database, AuditNotes &notes) -> Result<> {
            if (const Result<> saved = IntentRepository(database).save(intents); !saved)
                return saved;
            return notes.add(entries);
        });
}

Task<std::vector<TxtIntent>> Store::openIntents()
{
    return d->read<std::vector<TxtIntent>>(
        [](Database &database) { return IntentRepository(database).open(); });
}

Task<std::vector<TxtIntent>> Store::intentsOf(JobId id)
{
    return d->read<std::vector<TxtIntent>>(
        [id](Database &database) { return IntentRepository(database).ofJob(id); });
}

Task<> Store::finishJob(JobRecord job, CertificateRecord certificate, AuditEntry entry)
{
    return d->writeWith(
        std::move(entry),
        [job = std::move(job),
         certificate = std::move(certificate)](Database &database) -> Result<> {
            const Result<bool> saved = CertificateRepository(database).save(certificate);
            if (!saved)
                return fail(saved.error(), "finishing a job");
            JobRepository jobs(database);
            if (const Result<> done = jobs.save(job); !done)
                return fail(done.error(), "finishing a job");
            if (const Result<> ended = jobs.endLease(job.id); !ended)
                return fail(ended.error(), "finishing a job");
            return {};
        },
        StoreThread::Change::Inventory);
}

Task<AuditEntry> Store::appendAudit(AuditEntry entry)
{
    return d->writeNoting<AuditEntry>(
        StoreThread::Change::Other,
        [entry = std::move(entry)](Database &, AuditNotes &notes) { return notes.append(entry); });
}

Task<std::vector<AuditEntry>> Store::audit(qint64 from, int limit)
{
    return d->read<std::vector<AuditEntry>>([from, limit](Database &database) {
        return AuditRepository(database).entries(from, limit);
    });
}

Task<std::optional<AuditEntry>> Store::newestAudit()
{
    return d->read<std::optional<AuditEntry>>(
        [](Database &database) { return AuditRepository(database).newest(); });
}

Task<AuditVerdict> Store::verifyAudit(std::optional<AuditEntry> anchor)
{
    return d->read<AuditVerdict>([anchor = std::move(anchor)](Database &database) {
        return AuditRepository(database).verify(anchor);
    });
}

} // namespace sealbook
