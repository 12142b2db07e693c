// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/crypto/Secret.h"
#include "core/inventory/ExportFormat.h"
#include "core/records/CertificateRecord.h"
#include "core/x509/Certificate.h"
#include "core/x509/PrivateKey.h"

#include <QJsonObject>
#include <QObject>

namespace sealbook {

class Store;
class Vault;
struct ImportContent;

// What an import made of one file, drop or paste.
struct ImportReport
{
    int added = 0;
    int known = 0; // already there
    int keysStored = 0;
    QStringList sha256; // of every certificate in it, new or known
    QStringList notes; // plain English
};

// Everything a detail pane or `show` says about one certificate beyond its record.
struct CertificateDetails
{
    CertificateRecord record;
    Certificate leaf;
    ChainVerdict chain;
    std::vector<Certificate::Extension> extensions;
};

// The certificates of a profile: list, look, import one by one, export. Importing certificates
// needs no keychain; a private key that comes along does. Owned by Services; main thread.
class CertificateService : public QObject
{
    Q_OBJECT

public:
    CertificateService(Store &store, Vault &vault, QObject *parent = nullptr);

    // What the person's files lose of 0644, for exports without a key: our own umask is 077.
    void useUmask(unsigned umask) { m_umask = umask; }

    [[nodiscard]] Task<std::vector<CertificateRecord>> list();
    // By fingerprint, an unambiguous prefix of it (8 digits or more), or a name.
    [[nodiscard]] Task<CertificateRecord> find(QString id);
    [[nodiscard]] Task<CertificateDetails> details(QString sha256);
    // PEM (with or without a key), DER or PKCS#12 (needs `password`). `source` is where it came
    // from, as people say it. Bad input: BadRequest, nothing stored (B39–B43).
    [[nodiscard]] Task<ImportReport> importBytes(Secret bytes, QString source, Secret password,
                                                 std::stop_token stop);
    [[nodiscard]] Task<ImportReport> importFile(QString path, Secret password,
                                                std::stop_token stop);
    // What goes into the file; a key is a Secret. A password where the format takes one; `alias` is
    // what a PKCS#12 file calls its entry, the subject when it is empty.
    [[nodiscard]] Task<Secret> exportBytes(QString sha256, ExportFormat format, Secret password,
                                           QString alias, std::stop_token stop);
    // The same into `path`: 0600 for anything with a key, by temporary file, fsync and rename.
    [[nodiscard]] Task<> exportFile(QString sha256, ExportFormat format, Secret password,
                                    QString alias, QString path, std::stop_token stop);
    // Writes what a server wants into `folder`, which must exist: all files, or the first error.
    [[nodiscard]] Task<> exportForServer(QString sha256, ServerFiles files, QString folder,
                                         std::stop_token stop);
    [[nodiscard]] Task<> remove(QString sha256);

Q_SIGNALS:
    void changed();
    // A key left the vault, or tried to (for the audit log).
    void keyExported(QString sha256, QString format, QString result);
    // What an import put into the profile: "certificate.import" once, "key.store" for each new key
    // (for the audit log).
    void stored(QString action, QString subject, QJsonObject details);

private:
    // Puts what was read into the vault and the store: keys first, so that a keychain that refuses
    // leaves nothing behind.
    [[nodiscard]] Task<ImportReport> keep(ImportContent content, QString origin,
                                          std::stop_token stop);
    struct KeptKey
    {
        KeyId id;
        bool isNew = false;
    };
    [[nodiscard]] Task<KeptKey> keepKey(PrivateKey key, std::stop_token stop);
    [[nodiscard]] Task<ImportReport> keepLoneKeys(std::vector<PrivateKey> keys,
                                                  std::stop_token stop);
    [[nodiscard]] Task<PrivateKey> keyOf(CertificateRecord record, std::stop_token stop);
    [[nodiscard]] Task<Secret> makeExport(CertificateRecord record, ExportFormat format,
                                          Secret password, QString alias, std::stop_token stop);

    Store &m_store;
    Vault &m_vault;
    std::optional<unsigned> m_umask;
};

} // namespace sealbook
