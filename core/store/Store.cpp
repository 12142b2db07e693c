// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/Store.h"

#include "core/store/AccountRepository.h"
#include "core/store/AuditRepository.h"
#include "core/store/CaRepository.h"
#include "core/store/CertificateRepository.h"
#include "core/store/CredentialNeeds.h"
#include "core/store/CredentialRepository.h"
#include "core/store/EndpointRepository.h"
#include "core/store/IntentRepository.h"
#include "core/store/InventoryRepository.h"
#include "core/store/JobRepository.h"
#include "core/store/KeyRepository.h"
#include "core/store/KeychainItemRepository.h"
#include "core/store/SettingRepository.h"
#include "core/store/StoreThread.h"
#include "core/store/TurnRepository.h"

#include <atomic>

namespace sealbook {

namespace {

template <typename T>
Task<T> taskOf(Deferred<T> deferred)
{
    co_return co_await deferred;
}

} // namespace

struct Store::Private
{
    QString file;
    QString vaultId;
    // Many changes in a row are told once per turn of the event loop.
    std::atomic<bool> isChangeAnnounced = false;
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
        return taskOf<T>(thread->write<T>(std::move(work)));
    }
};

Store::Store()
    : d(std::make_unique<Private>())
{
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
    std::function<void()> changed = [raw] {
        if (raw->d->isChangeAnnounced.exchange(true))
            return;
        QMetaObject::invokeMethod(
            raw,
            [raw] {
                raw->d->isChangeAnnounced = false;
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

Task<> Store::setSetting(QString key, QJsonValue value)
{
    return d->write<void>([key = std::move(key), value = std::move(value)](Database &database) {
        return SettingRepository(database).save(key, value);
    });
}

Task<bool> Store::claimSetting(QString key, QJsonValue value)
{
    return d->write<bool>([key = std::move(key), value = std::move(value)](Database &database) {
        return SettingRepository(database).claim(key, value);
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

Task<bool> Store::saveCertificate(CertificateRecord certificate)
{
    return d->write<bool>([certificate = std::move(certificate)](Database &database) {
        return CertificateRepository(database).save(certificate);
    });
}

Task<SavedCounts> Store::saveCertificates(std::vector<CertificateRecord> certificates,
                                          std::vector<PlaceRecord> places)
{
    // Shared, because std::function wants lambdas that can be copied, and these may be many.
    const auto records =
        std::make_shared<const std::vector<CertificateRecord>>(std::move(certificates));
    return d->write<SavedCounts>([records, places = std::move(places)](Database &database) {
        return CertificateRepository(database).saveMany(*records, places);
    });
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

Task<std::vector<PlaceRecord>> Store::places(QString sha256)
{
    return d->read<std::vector<PlaceRecord>>([sha256 = std::move(sha256)](Database &database) {
        return InventoryRepository(database).places(sha256);
    });
}

Task<std::vector<CertificateMarks>> Store::editCertificates(QStringList sha256,
                                                            CertificateEdit edit)
{
    return d->write<std::vector<CertificateMarks>>(
        [sha256 = std::move(sha256), edit = std::move(edit)](Database &database) {
            return InventoryRepository(database).edit(sha256, edit);
        });
}

Task<std::vector<CertificateMarks>> Store::restoreMarks(std::vector<CertificateMarks> marks)
{
    return d->write<std::vector<CertificateMarks>>([marks = std::move(marks)](Database &database) {
        return InventoryRepository(database).restore(marks);
    });
}

Task<bool> Store::removeCertificate(QString sha256)
{
    return d->write<bool>([sha256 = std::move(sha256)](Database &database) -> Result<bool> {
        CertificateRepository certificates(database);
        const Result<CertificateRecord> record = certificates.bySha256(sha256);
        if (!record)
            return fail(record.error(), "removing a certificate");
        if (const Result<> removed = certificates.remove(sha256); !removed)
            return fail(removed.error());
        const Result<bool> keyGone = record->keyId.isValid()
            ? KeyRepository(database).removeUnneeded(record->keyId)
            : Result<bool>(false);
        if (!keyGone)
            return fail(keyGone.error());
        const QString key = !record->keyId.isValid() ? QStringLiteral("none")
            : *keyGone                               ? QStringLiteral("removed")
                                                     : QStringLiteral("kept");
        AuditRepository audit(database);
        AuditEntry entry;
        entry.at = QDateTime::currentDateTimeUtc();
        entry.actor = localActor();
        entry.action = QStringLiteral("certificate.remove");
        entry.subject = record->names.isEmpty() ? record->subject : record->names.join(u", ");
        entry.result = QStringLiteral("ok");
        entry.details = {{QStringLiteral("sha256"), sha256}, {QStringLiteral("key"), key}};
        if (const Result<AuditEntry> noted = audit.append(entry); !noted)
            return fail(noted.error(), "writing the audit log");
        if (!*keyGone)
            return false;
        entry.action = QStringLiteral("key.remove");
        entry.details = {{QStringLiteral("public_key_sha256"), record->publicKeySha256},
                         {QStringLiteral("certificate"), sha256}};
        if (const Result<AuditEntry> noted = audit.append(entry); !noted)
            return fail(noted.error(), "writing the audit log");
        return true;
    });
}

Task<std::vector<WatchedEndpoint>> Store::endpoints()
{
    return d->read<std::vector<WatchedEndpoint>>(
        [](Database &database) { return EndpointRepository(database).all(); });
}

Task<SavedCounts> Store::addEndpoints(std::vector<EndpointRecord> endpoints)
{
    return d->write<SavedCounts>([endpoints = std::move(endpoints)](Database &database) {
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
    return d->write<void>([ids = std::move(ids), at](Database &database) {
        return EndpointRepository(database).remove(ids, at);
    });
}

Task<> Store::restoreEndpoints(std::vector<EndpointId> ids)
{
    return d->write<void>([ids = std::move(ids)](Database &database) {
        return EndpointRepository(database).restore(ids);
    });
}

Task<int> Store::purgeEndpoints(QDateTime removedBefore)
{
    return d->write<int>([removedBefore](Database &database) {
        return EndpointRepository(database).purge(removedBefore);
    });
}

Task<std::vector<EndpointCheck>> Store::keepEndpointLook(EndpointLook look)
{
    return d->write<std::vector<EndpointCheck>>([look = std::move(look)](Database &database) {
        return EndpointRepository(database).keep(look);
    });
}

Task<std::vector<EndpointCheck>> Store::endpointHistory(EndpointId id, int limit)
{
    return d->read<std::vector<EndpointCheck>>([id, limit](Database &database) {
        return EndpointRepository(database).history(id, limit);
    });
}

Task<> Store::saveKey(KeyRecord key)
{
    return d->write<void>(
        [key = std::move(key)](Database &database) { return KeyRepository(database).save(key); });
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

Task<> Store::saveCa(CaRecord ca)
{
    return d->write<void>(
        [ca = std::move(ca)](Database &database) { return CaRepository(database).save(ca); });
}

Task<> Store::removeCa(QString id)
{
    return d->write<void>(
        [id = std::move(id)](Database &database) { return CaRepository(database).remove(id); });
}

Task<std::vector<AccountRecord>> Store::accounts()
{
    return d->read<std::vector<AccountRecord>>(
        [](Database &database) { return AccountRepository(database).all(); });
}

Task<> Store::saveAccount(AccountRecord account)
{
    return d->write<void>([account = std::move(account)](Database &database) {
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

Task<> Store::saveCredential(CredentialRecord credential)
{
    return d->write<void>([credential = std::move(credential)](Database &database) {
        return CredentialRepository(database).save(credential);
    });
}

Task<> Store::closeCredential(QString name, OpenRecords records)
{
    return d->write<void>([name = std::move(name), records](Database &database) -> Result<> {
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

Task<> Store::removeCredential(CredentialId id)
{
    return d->write<void>(
        [id](Database &database) { return CredentialRepository(database).remove(id); });
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

Task<> Store::saveJob(JobRecord job)
{
    return d->write<void>(
        [job = std::move(job)](Database &database) { return JobRepository(database).save(job); });
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

Task<> Store::giveTurnBack(QString name, QString holder)
{
    return d->write<void>([name = std::move(name), holder = std::move(holder)](Database &database) {
        return TurnRepository(database).giveBack(name, holder);
    });
}

Task<> Store::saveIntents(std::vector<TxtIntent> intents)
{
    return d->write<void>([intents = std::move(intents)](Database &database) {
        return IntentRepository(database).save(intents);
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
    return d->write<void>([job = std::move(job), certificate = std::move(certificate),
                           entry = std::move(entry)](Database &database) -> Result<> {
        const Result<bool> saved = CertificateRepository(database).save(certificate);
        if (!saved)
            return fail(saved.error(), "finishing a job");
        JobRepository jobs(database);
        if (const Result<> done = jobs.save(job); !done)
            return fail(done.error(), "finishing a job");
        if (const Result<> ended = jobs.endLease(job.id); !ended)
            return fail(ended.error(), "finishing a job");
        const Result<AuditEntry> noted = AuditRepository(database).append(entry);
        if (!noted)
            return fail(noted.error(), "finishing a job");
        return {};
    });
}

Task<AuditEntry> Store::appendAudit(AuditEntry entry)
{
    return d->write<AuditEntry>([entry = std::move(entry)](Database &database) {
        return AuditRepository(database).append(entry);
    });
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
