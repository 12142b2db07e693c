// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Progress.h"
#include "core/base/Task.h"
#include "core/crypto/Secret.h"
#include "core/inventory/ContainerProcess.h"
#include "core/inventory/ExportFormat.h"
#include "core/inventory/ServerFiles.h"
#include "core/records/AuditFunction.h"
#include "core/records/CertificateRecord.h"
#include "core/records/InventoryRow.h"
#include "core/records/RequestRecord.h"
#include "core/x509/Certificate.h"
#include "core/x509/PrivateKey.h"

#include <QObject>

namespace sealbook {

class PassphraseGate;
class Store;
class Vault;
struct ImportBatch;

// What an import made of one file, drop or paste.
struct ImportReport
{
    int added = 0;
    int known = 0; // already there
    int keysStored = 0;
    int requests = 0; // kept, new or known
    QStringList sha256; // of every certificate in it, new or known
    QStringList notes; // plain English
    bool wantsPassword = false; // it holds keys that stayed closed without one
};

// What an import of many files and folders made of them.
struct ImportSummary
{
    struct File
    {
        QString path; // absolute
        bool isNamed = false; // the person named it, instead of a folder above it
        // With `error`: neither its name nor its content looks like a certificate. A folder may
        // hold anything; such files are passed by.
        bool isForeign = false;
        std::optional<Error> error; // nothing of it was imported, and why
        int certificates = 0;
        QStringList sha256; // of the first thousand
        int keys = 0; // that are in the vault now
        int requests = 0;
        std::vector<ContainerContent::ClosedKey> closedKeys; // in it, and not opened
        QStringList notes; // plain English
    };
    std::vector<File> files; // in the order of reading
    int added = 0;
    int known = 0; // already there
    int trashed = 0; // of the known: lie in the trash, and stay there
    int keysStored = 0;
    int requests = 0;
    bool hasChains = false;
    bool cancelled = false; // what was imported before stays
};

// A request, and who answers it.
struct RequestState
{
    RequestRecord request;
    QStringList certificates; // SHA-256 of those with its public key
    bool hasKey = false; // in the vault
};

// What a detail pane or `show` says about one request beyond its row.
struct RequestDetails
{
    RequestRecord record;
    QString subjectDn; // RFC 4514
    std::optional<Error> fault; // it is damaged, or its signature is wrong
    QByteArray pem;
};

// Everything a detail pane or `show` says about one certificate beyond its record.
struct CertificateDetails
{
    CertificateRecord record;
    Certificate leaf;
    ChainVerdict chain;
    bool isOwnRoot = false; // verified up to a root that the person named
    std::vector<Certificate::Extension> extensions;
};

// The certificates of a profile: list, look, import one by one, export. Importing certificates
// needs no keychain; a private key that comes along does. No byte of a private key leaves before
// the audit log has its entry on disk, and none comes without one (R33). Owned by Services; main
// thread.
class CertificateService : public QObject
{
    Q_OBJECT

public:
    CertificateService(Store &store, Vault &vault, AuditFunction audit, QObject *parent = nullptr);
    void useImportHelper(ImportHelper helper) { m_helper = std::move(helper); }

    // From now on a key passes only through it; null = a profile of practice, which asks nobody.
    void useGate(PassphraseGate *gate) { m_gate = gate; }
    // Whether a key leaves only against the profile's passphrase; and giving it, for the next one.
    [[nodiscard]] Task<bool> wantsPassphrase();
    [[nodiscard]] Task<> givePassphrase(Secret typed, std::stop_token stop);
    // False in practice.
    [[nodiscard]] bool canHavePassphrase() const { return m_gate != nullptr; }
    // Files of roots that the person trusts besides the system's; those of their own CAs too.
    void useRootFiles(QStringList files) { m_rootFiles = std::move(files); }

    // What the person's files lose of 0644, for exports without a key: our own umask is 077.
    void useUmask(unsigned umask) { m_umask = umask; }

    [[nodiscard]] Task<std::vector<CertificateRecord>> list();
    // By fingerprint, an unambiguous prefix of it (8 digits or more), or a name (see
    // CertificateLookup). Conflict, with the candidates, where several could be meant.
    [[nodiscard]] Task<CertificateRecord> find(QString id);
    [[nodiscard]] Task<CertificateDetails> details(QString sha256);
    // PEM with anything in it, DER, keystores (`password` opens keys). `source` is where it came
    // from, as people say it. Bad input: BadRequest, nothing stored (B39–B43).
    [[nodiscard]] Task<ImportReport> importBytes(Secret bytes, QString source, Secret password,
                                                 std::stop_token stop);
    [[nodiscard]] Task<ImportReport> importFile(QString path, Secret password,
                                                std::stop_token stop);
    // Files and whole folders, in batches; goes on over bad files and tells them (B48). Which
    // certificates become rows stands at ImportReader. Progress: "import.files", or
    // "import.kibibytes" of a single file. Fails only where the profile does.
    [[nodiscard]] Task<ImportSummary> importPaths(QStringList paths, Secret password,
                                                  ProgressSink progress, std::stop_token stop);
    // The certificates on tokens: all of "pkcs11:", or those that a longer URI (RFC 7512) fits. One
    // entry of the summary for each token, called "token:NAME". Nobody logs in, so keys are only
    // named. NotFound where there is no such token.
    [[nodiscard]] Task<ImportSummary> importTokens(QString uri, std::stop_token stop);
    // The requests that came along, or were made here, with what has their public key.
    [[nodiscard]] Task<std::vector<RequestState>> requests();
    // The public keys of what lies in a file: certificates, requests and keys.
    [[nodiscard]] Task<QStringList> publicKeysIn(QString path, Secret password,
                                                 std::stop_token stop);
    // A new key in the vault, and a request for `names` (A-labels) by it.
    [[nodiscard]] Task<RequestRecord> makeRequest(QStringList names, KeyType type,
                                                  std::stop_token stop);
    [[nodiscard]] Task<> removeRequest(QString sha256);
    [[nodiscard]] Task<RequestDetails> requestDetails(QString sha256);
    // As PEM into `path`, by temporary file, fsync and rename.
    [[nodiscard]] Task<> saveRequest(QString sha256, QString path, std::stop_token stop);
    // A request or lone key by fingerprint (of a key: of its public key), an unambiguous prefix of
    // 8 digits or more, or a name. NotFound, Conflict.
    [[nodiscard]] Task<InventoryRow> findWaiting(QString id);
    // What goes into the file; a key is a Secret. A password where the format takes one; `alias` is
    // what a PKCS#12 file calls its entry, the subject when it is empty. Of a key, the gate is
    // asked first (Unauthorized), and "key.export" is in the audit log before this gives it, or it
    // gives the error of the log.
    [[nodiscard]] Task<Secret> exportBytes(QString sha256, ExportFormat format, Secret password,
                                           QString alias, std::stop_token stop);
    // The same into `path`: 0600 for anything with a key, by temporary file, fsync and rename.
    [[nodiscard]] Task<> exportFile(QString sha256, ExportFormat format, Secret password,
                                    QString alias, QString path, std::stop_token stop);
    // Writes what a server wants into `folder`, which must exist: all files, or the first error.
    // Conflict, and nothing is written, where another certificate's files are in the way.
    [[nodiscard]] Task<> exportForServer(QString sha256, ServerFiles files, QString folder,
                                         std::stop_token stop);
    // For good, whether it lies in the trash or not: the window asks its person before.
    [[nodiscard]] Task<> remove(QString sha256);
    // All of them or none, for good, and only out of the trash (PolicyDenied).
    [[nodiscard]] Task<int> removeForGood(QStringList sha256);

Q_SIGNALS:
    void changed();

private:
    struct Import;
    struct KeptKey
    {
        KeyId id;
        bool isNew = false;
    };
    [[nodiscard]] ContainerReader containerReader(std::stop_token stop) const;
    [[nodiscard]] Task<std::vector<QByteArray>> authoritiesAbove(QString issuer);
    [[nodiscard]] Task<> keepBatch(ImportBatch batch, std::shared_ptr<Import> import,
                                   std::stop_token stop);
    [[nodiscard]] Task<KeptKey> keepKey(PrivateKey key, std::stop_token stop);
    [[nodiscard]] Task<KeptKey> keepKeyOnce(PrivateKey key, std::shared_ptr<Import> import,
                                            std::stop_token stop);
    [[nodiscard]] Task<> joinLoneKeys(std::shared_ptr<Import> import, std::stop_token stop);
    [[nodiscard]] Task<> joinKey(QString sha256, KeyId key, QString source);
    [[nodiscard]] Task<PrivateKey> keyOf(CertificateRecord record, std::stop_token stop);
    [[nodiscard]] Task<Secret> makeExport(CertificateRecord record, ExportFormat format,
                                          Secret password, QString alias, std::stop_token stop);

    Store &m_store;
    Vault &m_vault;
    const AuditFunction m_audit;
    std::optional<unsigned> m_umask;
    ImportHelper m_helper;
    PassphraseGate *m_gate = nullptr;
    QStringList m_rootFiles;
};

} // namespace sealbook
