// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/ImportRun.h"
#include "core/inventory/TokenReader.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

#include <QSet>

namespace sealbook {

namespace {

constexpr qsizetype mostListed = 1000; // fingerprints of one file
constexpr qsizetype mostNoted = 20; // files in a report's notes
constexpr qsizetype mostNamed = 20; // of a run's paths

QString keyName(const PrivateKey &key)
{
    const std::optional<KeyType> type = key.type();
    return type ? QString::fromLatin1(keyTypeName(*type)) : key.algorithm();
}

// A piece goes to the entry of the file that it belongs to.
ImportSummary::File &entryOf(ImportSummary &summary, const ImportUnit &unit)
{
    const bool goesOn =
        unit.isPiece && !summary.files.empty() && summary.files.back().path == unit.path;
    if (!goesOn) {
        summary.files.emplace_back();
        summary.files.back().path = unit.path;
        summary.files.back().isNamed = unit.isNamed;
    }
    return summary.files.back();
}

Progress progressOf(const ImportBatch &batch)
{
    constexpr qint64 kibibyte = 1024;
    Progress progress;
    if (batch.filesAll == 1) {
        progress.text = QStringLiteral("import.kibibytes");
        progress.step = static_cast<int>(batch.bytesDone / kibibyte);
        progress.of = static_cast<int>(batch.bytesAll / kibibyte);
    } else {
        progress.text = QStringLiteral("import.files");
        progress.step = batch.filesDone;
        progress.of = batch.filesAll;
    }
    return progress;
}

// Where a run came from, as far as an entry has room for it.
QString sourceOf(const QStringList &paths)
{
    const QString few = QStringList(paths.mid(0, mostNamed)).join(u", ");
    return paths.size() <= mostNamed
        ? few
        : QStringLiteral("%1 and %2 more").arg(few).arg(paths.size() - mostNamed);
}

// `keys`: how many came into the vault with it. The store adds what it counts.
AuditEntry importEntry(const QString &source, int keys)
{
    return auditEntry(QStringLiteral("certificate.import"), source, QStringLiteral("ok"),
                      {{QStringLiteral("keys"), keys}});
}

bool hasCertificateFor(const ImportUnit &unit, const QString &publicKey)
{
    return std::any_of(unit.certificates.begin(), unit.certificates.end(),
                       [&publicKey](const CertificateRecord &record) {
                           return record.publicKeySha256 == publicKey;
                       });
}

Task<ImportBatch> nextBatch(std::shared_ptr<ImportRun> run, std::stop_token stop)
{
    std::function<Result<ImportBatch>()> work = [run] { return run->next(); };
    return runBlocking<ImportBatch>(stop, std::move(work));
}

// Each token is read by a process of its own.
Result<ImportBatch> tokenBatch(const QString &uri, const ContainerReader &containers)
{
    const QByteArray wanted = uri.toUtf8();
    const Result<ContainerContent> list =
        containers(ImportFormat::TokenList, bytesOf(wanted), Secret());
    if (!list)
        return fail(list.error());
    if (list->notes.isEmpty())
        return fail(Error::Kind::NotFound, QStringLiteral("there is no token for \"%1\"").arg(uri),
                    QStringLiteral("Plug it in, and look whether \"p11tool --list-tokens\" or "
                                   "\"p11-kit list-modules\" finds it."));
    ImportBatch batch;
    batch.isLast = true;
    ImportReader reader(containers);
    for (const QString &token : list->notes) {
        const QString origin = QStringLiteral("token:") + tokenNameOf(token);
        Result<ImportContent> content = reader.readToken(token.toUtf8());
        ImportUnit unit;
        if (content)
            unit = unitOf(std::move(*content), origin);
        else
            unit.error = content.error();
        unit.path = origin;
        unit.isNamed = true;
        batch.units.push_back(std::move(unit));
    }
    return batch;
}

// What the report of one file, drop or paste says of a whole run.
ImportReport reportOf(const ImportSummary &summary)
{
    ImportReport report;
    report.added = summary.added;
    report.known = summary.known;
    report.keysStored = summary.keysStored;
    report.requests = summary.requests;
    qsizetype failed = 0;
    for (const ImportSummary::File &file : summary.files) {
        report.sha256.append(file.sha256);
        report.notes.append(file.notes);
        for (const ContainerContent::ClosedKey &key : file.closedKeys) {
            report.notes.append(
                QStringLiteral("The key \"%1\" was not opened: %2").arg(key.name, key.why));
            report.wantsPassword =
                report.wantsPassword || key.why.contains(QLatin1String("password"));
        }
        if (!file.error || file.isForeign)
            continue;
        if (++failed <= mostNoted)
            report.notes.append(
                QStringLiteral("Not imported: %1: %2").arg(file.path, file.error->detail));
    }
    if (failed > mostNoted)
        report.notes.append(QStringLiteral("Not imported: %1 more files").arg(failed - mostNoted));
    if (summary.hasChains)
        report.notes.append(QStringLiteral("The issuing certificates that came along are kept as "
                                           "the chain."));
    return report;
}

} // namespace

// What a run carries along between its batches.
struct CertificateService::Import
{
    struct LoneKey
    {
        PrivateKey key;
        std::size_t file = 0; // in summary.files
        QString origin;
    };
    explicit Import(QString from)
        : source(std::move(from))
    {
    }
    const QString source; // for the audit log
    ImportSummary summary;
    std::vector<LoneKey> loneKeys;
    std::optional<Error> keychainError; // asked once, not for every file
};

ContainerReader CertificateService::containerReader(std::stop_token stop) const
{
    return [process = ContainerProcess(m_helper),
            stop](ImportFormat format, std::span<const std::uint8_t> bytes,
                  const Secret &password) { return process.read(format, bytes, password, stop); };
}

Task<ImportReport> CertificateService::importBytes(Secret bytes, QString source, Secret password,
                                                   std::stop_token stop)
{
    // Shared, because std::function wants a lambda that can be copied; one thread at a time reads.
    const auto input = std::make_shared<const Secret>(std::move(bytes));
    const auto opening = std::make_shared<const Secret>(std::move(password));
    const ContainerReader containers = containerReader(stop);
    std::function<Result<ImportContent>()> work = [input, opening, containers] {
        ImportReader reader(containers);
        return reader.read(input->bytes(), *opening);
    };
    Task<ImportContent> task = runBlocking<ImportContent>(stop, std::move(work));
    Result<ImportContent> content = co_await std::move(task);
    if (!content)
        co_return fail(content.error(), "importing");
    ImportBatch batch;
    batch.units.push_back(unitOf(std::move(*content), source));
    batch.units.back().isNamed = true;
    const auto import = std::make_shared<Import>(source);
    Task<> keeping = keepBatch(std::move(batch), import, stop);
    const Result<> kept = co_await std::move(keeping);
    if (!kept)
        co_return fail(kept.error());
    Task<> joining = joinLoneKeys(import, stop);
    const Result<> joined = co_await std::move(joining);
    if (!joined)
        co_return fail(joined.error());
    if (import->summary.files.front().error)
        co_return fail(*import->summary.files.front().error);
    co_return reportOf(import->summary);
}

Task<ImportReport> CertificateService::importFile(QString path, Secret password,
                                                  std::stop_token stop)
{
    const QStringList paths{path};
    const ProgressSink silent;
    Task<ImportSummary> task = importPaths(paths, std::move(password), silent, stop);
    const Result<ImportSummary> summary = co_await std::move(task);
    if (!summary)
        co_return fail(summary.error(), "importing a file");
    if (summary->cancelled)
        co_return fail(cancelled(), "importing a file");
    for (const ImportSummary::File &file : summary->files) {
        if (!file.error || !file.isNamed)
            continue;
        Error error = *file.error;
        error.evidence.insert(QStringLiteral("file"), path);
        co_return fail(std::move(error), "importing a file");
    }
    co_return reportOf(*summary);
}

Task<ImportSummary> CertificateService::importPaths(QStringList paths, Secret password,
                                                    ProgressSink progress, std::stop_token stop)
{
    const ContainerReader containers = containerReader(stop);
    const auto import = std::make_shared<Import>(sourceOf(paths));
    const auto run =
        std::make_shared<ImportRun>(std::move(paths), std::move(password), containers, stop);
    // The next batch is read while this one is saved.
    Task<ImportBatch> reading = nextBatch(run, stop);
    for (bool isLast = false; !isLast;) {
        Result<ImportBatch> batch = co_await std::move(reading);
        if (!batch && batch.error().kind == Error::Kind::Cancelled) {
            import->summary.cancelled = true;
            break;
        }
        if (!batch)
            co_return fail(batch.error(), "importing");
        isLast = batch->isLast;
        const Progress now = progressOf(*batch);
        if (!isLast)
            reading = nextBatch(run, stop);
        Task<> keeping = keepBatch(std::move(*batch), import, stop);
        const Result<> kept = co_await std::move(keeping);
        if (!kept)
            co_return fail(kept.error());
        if (progress)
            progress(now);
    }
    Task<> joining = joinLoneKeys(import, stop);
    const Result<> joined = co_await std::move(joining);
    if (!joined)
        co_return fail(joined.error());
    co_return std::move(import->summary);
}

Task<ImportSummary> CertificateService::importTokens(QString uri, std::stop_token stop)
{
    const ContainerReader containers = containerReader(stop);
    std::function<Result<ImportBatch>()> work = [uri, containers] {
        return tokenBatch(uri, containers);
    };
    Task<ImportBatch> reading = runBlocking<ImportBatch>(stop, std::move(work));
    Result<ImportBatch> batch = co_await std::move(reading);
    if (!batch)
        co_return fail(batch.error(), "importing from tokens");
    const auto import = std::make_shared<Import>(uri);
    Task<> keeping = keepBatch(std::move(*batch), import, stop);
    const Result<> kept = co_await std::move(keeping);
    if (!kept)
        co_return fail(kept.error());
    co_return std::move(import->summary);
}

// Keys first, so that a keychain that refuses leaves nothing of their file behind. The batch has
// its own entry in the audit log, so that what a run stored before it broke off is told too.
Task<> CertificateService::keepBatch(ImportBatch batch, std::shared_ptr<Import> import,
                                     std::stop_token stop)
{
    ImportSummary &summary = import->summary;
    const int keysBefore = summary.keysStored;
    std::vector<CertificateRecord> records;
    std::vector<RequestRecord> requests;
    std::vector<TokenKeyRecord> tokenKeys;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (ImportUnit &unit : batch.units) {
        entryOf(summary, unit);
        const std::size_t index = summary.files.size() - 1;
        summary.files[index].error = unit.error;
        summary.files[index].isForeign = unit.isForeign;
        QHash<QString, KeyId> keyIds;
        for (PrivateKey &key : unit.keys) {
            const QString publicKey = key.publicKeySha256();
            if (unit.isPiece || !hasCertificateFor(unit, publicKey)) {
                import->loneKeys.push_back({std::move(key), index, unit.origin});
                continue;
            }
            if (keyIds.contains(publicKey) || summary.files[index].error)
                continue;
            Task<KeptKey> task = keepKeyOnce(std::move(key), import, stop);
            const Result<KeptKey> kept = co_await std::move(task);
            if (!kept) {
                Error error = kept.error();
                error.context.append(
                    QStringLiteral("keeping the private key; nothing was imported"));
                summary.files[index].error = std::move(error);
                continue;
            }
            keyIds.insert(publicKey, kept->id);
            summary.keysStored += kept->isNew ? 1 : 0;
            ++summary.files[index].keys;
        }
        ImportSummary::File &file = summary.files[index];
        if (file.error)
            continue;
        for (CertificateRecord &record : unit.certificates) {
            ++file.certificates;
            if (file.sha256.size() < mostListed)
                file.sha256.append(record.sha256);
            record.keyId = keyIds.value(record.publicKeySha256);
            record.addedAt = now;
            summary.hasChains = summary.hasChains || !record.chainPem.isEmpty();
            records.push_back(std::move(record));
        }
        for (const Csr &request : unit.requests) {
            ++file.requests;
            requests.push_back(requestRecordOf(request, unit.origin));
        }
        for (PublicKeyFacts &key : unit.publicKeys)
            tokenKeys.push_back({std::move(key.sha256), std::move(key.algorithm), unit.origin});
        file.notes.append(unit.notes);
        for (ContainerContent::ClosedKey &key : unit.closedKeys)
            file.closedKeys.push_back(std::move(key));
    }
    if (!requests.empty()) {
        Task<SavedCounts> keeping = m_store.saveRequests(std::move(requests));
        const Result<SavedCounts> kept = co_await std::move(keeping);
        if (!kept)
            co_return fail(kept.error(), "keeping the requests");
        summary.requests += kept->added + kept->known;
    }
    if (!tokenKeys.empty()) {
        Task<> keeping = m_store.saveTokenKeys(std::move(tokenKeys));
        const Result<> kept = co_await std::move(keeping);
        if (!kept)
            co_return fail(kept.error(), "keeping the keys of a token");
    }
    if (records.empty())
        co_return Result<>();
    const std::vector<PlaceRecord> noPlaces; // each record's origin is one
    AuditEntry entry = importEntry(import->source, summary.keysStored - keysBefore);
    Task<SavedCounts> saving =
        m_store.saveCertificates(std::move(records), noPlaces, std::move(entry));
    const Result<SavedCounts> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "keeping the certificates");
    summary.added += saved->added;
    summary.known += saved->known;
    summary.trashed += saved->trashed;
    co_return Result<>();
}

// A keychain that refused is not asked again in the same run.
Task<CertificateService::KeptKey> CertificateService::keepKeyOnce(PrivateKey key,
                                                                  std::shared_ptr<Import> import,
                                                                  std::stop_token stop)
{
    if (import->keychainError)
        co_return fail(*import->keychainError);
    Task<KeptKey> task = keepKey(std::move(key), stop);
    Result<KeptKey> kept = co_await std::move(task);
    if (!kept
        && (kept.error().kind == Error::Kind::KeychainAbsent
            || kept.error().kind == Error::Kind::KeychainDenied))
        import->keychainError = kept.error();
    co_return kept;
}

Task<CertificateService::KeptKey> CertificateService::keepKey(PrivateKey key, std::stop_token stop)
{
    const QString publicKey = key.publicKeySha256();
    const Result<KeyRecord> known = co_await m_store.keyByPublicKey(publicKey);
    if (known)
        co_return KeptKey{known->id, false};
    if (known.error().kind != Error::Kind::NotFound)
        co_return fail(known.error());
    const Result<> opened = co_await m_vault.open(stop);
    if (!opened)
        co_return fail(opened.error());
    Result<Secret> pkcs8 = key.toPkcs8();
    if (!pkcs8)
        co_return fail(pkcs8.error());
    const QString purpose = QStringLiteral("leaf");
    const QString algorithm = keyName(key);
    Task<KeyRecord> task = m_vault.storeKey(std::move(*pkcs8), purpose, algorithm, publicKey, stop);
    const Result<KeyRecord> stored = co_await std::move(task);
    if (!stored)
        co_return fail(stored.error());
    co_return KeptKey{stored->id, true};
}

// Keys that came without a certificate. It may be here already, or have come in another file of the
// same run; a key without one is kept for when it comes, and is a row until then.
Task<> CertificateService::joinLoneKeys(std::shared_ptr<Import> import, std::stop_token stop)
{
    if (import->loneKeys.empty() || import->summary.cancelled)
        co_return Result<>();
    const Result<std::vector<InventoryRow>> rows = co_await m_store.inventoryRows();
    if (!rows)
        co_return fail(rows.error(), "looking for the certificate of a key");
    QMultiHash<QString, QString> owners; // public key -> certificates
    QSet<QString> wanted;
    for (const Import::LoneKey &lone : import->loneKeys)
        wanted.insert(lone.key.publicKeySha256());
    for (const InventoryRow &row : *rows) {
        const QString publicKey = row.publicKey.hex();
        if (wanted.contains(publicKey))
            owners.insert(publicKey, row.sha256.hex());
    }
    for (Import::LoneKey &lone : import->loneKeys) {
        const QString publicKey = lone.key.publicKeySha256();
        const QString algorithm = lone.key.algorithm();
        const QStringList certificates = owners.values(publicKey);
        Task<KeptKey> task = keepKeyOnce(std::move(lone.key), import, stop);
        const Result<KeptKey> kept = co_await std::move(task);
        if (!kept) {
            Error error = kept.error();
            error.context.append(QStringLiteral("keeping the private key"));
            import->summary.files[lone.file].error = std::move(error);
            continue;
        }
        import->summary.keysStored += kept->isNew ? 1 : 0;
        ++import->summary.files[lone.file].keys;
        if (kept->isNew) {
            Task<> noting = m_store.setKeyOrigin(kept->id, lone.origin);
            const Result<> noted = co_await std::move(noting);
            if (!noted)
                co_return fail(noted.error(), "keeping a private key");
        }
        if (certificates.isEmpty())
            import->summary.files[lone.file].notes.append(
                QStringLiteral("No certificate here has the private key (%1). It is in the vault, "
                               "and is joined to its certificate when that comes.")
                    .arg(algorithm));
        for (const QString &sha256 : certificates) {
            Task<> joining = joinKey(sha256, kept->id, import->source);
            const Result<> joined = co_await std::move(joining);
            if (!joined)
                co_return fail(joined.error(), "joining a key to its certificate");
            ++import->summary.known;
            import->summary.files[lone.file].sha256.append(sha256);
        }
    }
    co_return Result<>();
}

Task<> CertificateService::joinKey(QString sha256, KeyId key, QString source)
{
    Result<CertificateRecord> record = co_await m_store.certificate(sha256);
    if (!record)
        co_return fail(record.error());
    record->keyId = key;
    AuditEntry entry = importEntry(source, 1);
    entry.details.insert(QStringLiteral("sha256"), sha256);
    const std::vector<PlaceRecord> noPlaces;
    std::vector<CertificateRecord> records{std::move(*record)};
    Task<SavedCounts> saving =
        m_store.saveCertificates(std::move(records), noPlaces, std::move(entry));
    const Result<SavedCounts> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error());
    co_return {};
}

} // namespace sealbook
