// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Ids.h"
#include "core/base/Task.h"
#include "core/records/AccountRecord.h"
#include "core/records/AuditEntry.h"
#include "core/records/CertificateMarks.h"
#include "core/records/CertificateRecord.h"
#include "core/records/CredentialRecord.h"
#include "core/records/EndpointRecord.h"
#include "core/records/InventoryRow.h"
#include "core/records/JobRecord.h"
#include "core/records/PlaceRecord.h"
#include "core/records/RequestRecord.h"
#include "core/records/RevocationRecord.h"

#include <QObject>

#include <memory>

namespace sealbook {

class StoreThread;

// Where a certificate may be deleted from. The terminal deletes only what was put into the trash
// before; the window asks its person instead.
enum class RemoveFrom { Trash, Anywhere };

struct RemovedCounts
{
    int certificates = 0;
    int keys = 0; // that nothing else needed
    int waiting = 0; // requests and lone keys
};

// One profile's database: every table behind one typed repository, all SQL on StoreThread. Each
// call is one transaction that is on disk when its task ends (security.md section 7: rollback
// journal, synchronous=EXTRA). Owned by Services; called from the main thread; finishes what was
// queued before it dies. Where a call takes an audit entry, the act and the entry are one
// transaction (R33): neither stands without the other. Errors: NotFound, Conflict (a unique name is
// taken, a lease is held), Corrupt (not a database, damaged, newer than us: nothing is written
// then), Internal.
class Store : public QObject
{
    Q_OBJECT

public:
    ~Store() override;

    // Opens or creates `file` (0600, in a folder of 0700), checks it, and brings its schema up to
    // date in one transaction. B58–B66 each get a text of their own.
    [[nodiscard]] static Task<std::unique_ptr<Store>> open(QString file, std::stop_token stop);

    [[nodiscard]] QString file() const;
    [[nodiscard]] QString vaultId() const; // made with the database

    // Settings: small facts by key. JSON values.
    [[nodiscard]] Task<QJsonValue> setting(QString key);
    [[nodiscard]] Task<> setSetting(QString key, QJsonValue value)
    {
        return setSetting(std::move(key), std::move(value), std::nullopt);
    }
    [[nodiscard]] Task<> setSetting(QString key, QJsonValue value, std::optional<AuditEntry> entry);
    // Saves only where there is none (or a null) yet; true where that was so. Of two processes that
    // try at once, one wins.
    [[nodiscard]] Task<bool> claimSetting(QString key, QJsonValue value)
    {
        return claimSetting(std::move(key), std::move(value), std::nullopt);
    }
    [[nodiscard]] Task<bool> claimSetting(QString key, QJsonValue value,
                                          std::optional<AuditEntry> entry);

    // Names of what this profile has in the OS keychain, and, sealed, what is too large for it.
    // Written before the keychain is, so that nothing there is ever forgotten. For the vault.
    [[nodiscard]] Task<> saveKeychainItem(QString name, QByteArray sealed);
    [[nodiscard]] Task<QStringList> keychainItems();
    [[nodiscard]] Task<QByteArray> sealedOfKeychainItem(QString name);
    [[nodiscard]] Task<> forgetKeychainItem(QString name);

    [[nodiscard]] Task<std::vector<CertificateRecord>> certificates();
    [[nodiscard]] Task<CertificateRecord> certificate(QString sha256OrPrefix);
    // All that have this name or common name, in any case; which one is meant, CertificateLookup
    // decides.
    [[nodiscard]] Task<std::vector<CertificateRecord>> certificatesNamed(QString name);
    // The CA certificates with this subject (RFC 4514) in DER: those that may have issued what
    // names it as its issuer. A name proves nothing: see Certificate::isIssuedBy.
    [[nodiscard]] Task<std::vector<QByteArray>> authoritiesNamed(QString subjectDn);
    // Inserts or, for a known SHA-256, merges what is new (a key id, a chain). True when it is new.
    // failedRenewals, retired and credential change only with a record that was read from here (it
    // carries the stored addedAt): a second import does not bring a retired certificate back.
    [[nodiscard]] Task<bool> saveCertificate(CertificateRecord certificate);
    // The same for many, in one transaction, with the places where they were seen; each record's
    // origin counts as a place too. A place may also be of a certificate that is stored already.
    // The counts go into the entry's details.
    [[nodiscard]] Task<SavedCounts> saveCertificates(std::vector<CertificateRecord> certificates,
                                                     std::vector<PlaceRecord> places)
    {
        return saveCertificates(std::move(certificates), std::move(places), std::nullopt);
    }
    [[nodiscard]] Task<SavedCounts> saveCertificates(std::vector<CertificateRecord> certificates,
                                                     std::vector<PlaceRecord> places,
                                                     std::optional<AuditEntry> entry);
    // Each with its key, where nothing else needs that, and with audit entries "certificate.remove"
    // and "key.remove": all in one transaction, or none (NotFound, PolicyDenied).
    // Requests and lone keys (by their public key) go the same way.
    [[nodiscard]] Task<RemovedCounts> removeCertificates(QStringList sha256, RemoveFrom from);

    [[nodiscard]] Task<bool> hasCertificates(); // the trash counts
    // The light rows of all certificates, as they came in; of these ones, those that exist.
    [[nodiscard]] Task<std::vector<InventoryRow>> inventoryRows();
    [[nodiscard]] Task<std::vector<InventoryRow>> inventoryRows(QStringList sha256);
    // The requests and keys that wait for a certificate, in the same form; and both together: all
    // certificates or these ones, and everything that waits.
    [[nodiscard]] Task<std::vector<InventoryRow>> waitingRows();
    [[nodiscard]] Task<std::vector<InventoryRow>> allRows();
    [[nodiscard]] Task<std::vector<InventoryRow>> rowsAndWaiting(QStringList sha256);
    [[nodiscard]] Task<std::vector<PlaceRecord>> places(QString sha256); // last seen first
    // A person's marks on one or many certificates, in one transaction. Gives them as they were
    // before (of those that changed); restoreMarks sets such a list again: undo, redo. NotFound,
    // and nothing changed, where one of them does not exist. Writes its own audit entries, for all
    // but notes.
    [[nodiscard]] Task<std::vector<CertificateMarks>> editCertificates(QStringList sha256,
                                                                       CertificateEdit edit);
    [[nodiscard]] Task<std::vector<CertificateMarks>>
    restoreMarks(std::vector<CertificateMarks> marks);

    // What was found out last about a certificate's revocation; nothing where nobody ever asked.
    [[nodiscard]] Task<std::optional<RevocationRecord>> revocation(QString sha256);
    [[nodiscard]] Task<std::vector<RevocationRecord>> revocations();
    // Keeps answers, and marks the certificates as revoked, with the audit entries of such marks.
    // An attempt without an answer takes away none that was there. Gives them as they stand then.
    [[nodiscard]] Task<std::vector<RevocationRecord>>
    keepRevocations(std::vector<RevocationRecord> records);

    // Certificate requests; one that is there already is left as it is.
    [[nodiscard]] Task<std::vector<RequestRecord>> requests(); // oldest first
    [[nodiscard]] Task<RequestRecord> request(QString sha256);
    [[nodiscard]] Task<SavedCounts> saveRequests(std::vector<RequestRecord> requests);
    [[nodiscard]] Task<> removeRequest(QString sha256);

    [[nodiscard]] Task<std::vector<WatchedEndpoint>> endpoints(); // by host, port and kind
    // Adds; one that is there already is left as it is, one that was removed comes back.
    [[nodiscard]] Task<SavedCounts> addEndpoints(std::vector<EndpointRecord> endpoints);
    [[nodiscard]] Task<> changeEndpoint(EndpointRecord endpoint); // all but its address
    // Takes them out, for restoreEndpoints to bring back; purgeEndpoints forgets them for good.
    [[nodiscard]] Task<> removeEndpoints(std::vector<EndpointId> ids, QDateTime at);
    [[nodiscard]] Task<> restoreEndpoints(std::vector<EndpointId> ids);
    [[nodiscard]] Task<int> purgeEndpoints(QDateTime removedBefore);
    // Keeps checks and served certificates in one transaction. Gives the checks as they stand in
    // the history then; nothing where the endpoint was removed meanwhile.
    [[nodiscard]] Task<std::vector<EndpointCheck>> keepEndpointLook(EndpointLook look);
    [[nodiscard]] Task<std::vector<EndpointCheck>> endpointHistory(EndpointId id, int limit);

    [[nodiscard]] Task<> saveKey(KeyRecord key) { return saveKey(std::move(key), std::nullopt); }
    [[nodiscard]] Task<> saveKey(KeyRecord key, std::optional<AuditEntry> entry);
    [[nodiscard]] Task<KeyRecord> key(KeyId id);
    [[nodiscard]] Task<KeyRecord> keyByPublicKey(QString publicKeySha256);
    // Where a key came from, as CertificateRecord::origin; "" when it was made here.
    [[nodiscard]] Task<> setKeyOrigin(KeyId id, QString origin);
    // Keys on tokens; one that is there already is left as it is.
    [[nodiscard]] Task<> saveTokenKeys(std::vector<TokenKeyRecord> keys);
    [[nodiscard]] Task<int> keyCount();

    [[nodiscard]] Task<std::vector<CaRecord>> addedCas(); // the user's own, not the built-in ones
    [[nodiscard]] Task<> saveCa(CaRecord ca) { return saveCa(std::move(ca), std::nullopt); }
    [[nodiscard]] Task<> saveCa(CaRecord ca, std::optional<AuditEntry> entry);
    [[nodiscard]] Task<> removeCa(QString id) { return removeCa(std::move(id), std::nullopt); }
    [[nodiscard]] Task<> removeCa(QString id, std::optional<AuditEntry> entry);

    [[nodiscard]] Task<std::vector<AccountRecord>> accounts();
    [[nodiscard]] Task<> saveAccount(AccountRecord account)
    {
        return saveAccount(std::move(account), std::nullopt);
    }
    [[nodiscard]] Task<> saveAccount(AccountRecord account, std::optional<AuditEntry> entry);

    [[nodiscard]] Task<std::vector<CredentialRecord>> credentials();
    [[nodiscard]] Task<CredentialRecord> credential(QString name);
    [[nodiscard]] Task<> saveCredential(CredentialRecord credential)
    {
        return saveCredential(std::move(credential), std::nullopt);
    }
    [[nodiscard]] Task<> saveCredential(CredentialRecord credential,
                                        std::optional<AuditEntry> entry);
    // Before its secret goes: nobody begins to use it any more (it becomes Revoked). Conflict as
    // refuseWhereNeeded says, in the same transaction.
    [[nodiscard]] Task<> closeCredential(QString name, OpenRecords records)
    {
        return closeCredential(std::move(name), records, std::nullopt);
    }
    [[nodiscard]] Task<> closeCredential(QString name, OpenRecords records,
                                         std::optional<AuditEntry> entry);
    [[nodiscard]] Task<> removeCredential(CredentialId id)
    {
        return removeCredential(id, std::nullopt);
    }
    [[nodiscard]] Task<> removeCredential(CredentialId id, std::optional<AuditEntry> entry);

    [[nodiscard]] Task<std::vector<JobRecord>> jobs(); // newest first
    [[nodiscard]] Task<JobRecord> job(JobId id);
    // Inserts or updates. A new job that carries an owner and a lease is leased in the same step
    // (Conflict as in leaseJob); for a known one the lease is left alone. A job that is done or
    // cancelled stays so (Conflict).
    [[nodiscard]] Task<> saveJob(JobRecord job) { return saveJob(std::move(job), std::nullopt); }
    [[nodiscard]] Task<> saveJob(JobRecord job, std::optional<AuditEntry> entry);
    [[nodiscard]] Task<JobStep> addStep(JobStep step); // fills in the sequence
    [[nodiscard]] Task<std::vector<JobStep>> steps(JobId id);
    // Takes the job for `owner` until now + `duration`, or extends what is held. Conflict (detail
    // names the holder) while another live holder has it, or another job for the same names at the
    // same CA. A LeaseHolder that is known to be dead is not live.
    [[nodiscard]] Task<> leaseJob(JobId id, QString owner, std::chrono::seconds duration);
    [[nodiscard]] Task<> releaseJob(JobId id, QString owner);

    // Whose turn it is to change the TXT set at `name`; given again to who holds it. Conflict with
    // the holder as evidence while another one has it that is not known to be dead.
    [[nodiscard]] Task<> takeTurn(QString name, QString holder, std::chrono::seconds duration);
    // Conflict, with "turn_lost" as evidence, where another one had it meanwhile.
    [[nodiscard]] Task<> renewTurn(QString name, QString holder, std::chrono::seconds duration);
    [[nodiscard]] Task<> giveTurnBack(QString name, QString holder);

    [[nodiscard]] Task<> saveIntents(std::vector<TxtIntent> intents)
    {
        return saveIntents(std::move(intents), std::vector<AuditEntry>());
    }
    [[nodiscard]] Task<> saveIntents(std::vector<TxtIntent> intents,
                                     std::vector<AuditEntry> entries);
    [[nodiscard]] Task<std::vector<TxtIntent>> openIntents(); // not yet removed, of all jobs
    [[nodiscard]] Task<std::vector<TxtIntent>> intentsOf(JobId id);

    // The last hop of an issuance, one transaction: certificate, job state and audit entry.
    [[nodiscard]] Task<> finishJob(JobRecord job, CertificateRecord certificate, AuditEntry entry);

    // Appends to the chain: fills in sequence, previous hash and hash (canonical form in Store's
    // AuditChain.h), returns the stored entry.
    [[nodiscard]] Task<AuditEntry> appendAudit(AuditEntry entry);
    [[nodiscard]] Task<std::vector<AuditEntry>> audit(qint64 from, int limit); // oldest first
    [[nodiscard]] Task<std::optional<AuditEntry>> newestAudit(); // nothing in an empty log
    [[nodiscard]] Task<AuditVerdict> verifyAudit(std::optional<AuditEntry> anchor);

Q_SIGNALS:
    // Somebody changed something: this process at once, another process within 2 s.
    void changed();
    // An entry of the audit log that this process wrote is on disk; before who asked goes on.
    void audited(AuditEntry entry);
    // The same, and certificates, their places or marks may be among it. After changed().
    void inventoryChanged();

private:
    Store();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sealbook
