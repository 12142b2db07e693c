// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/CertificateRemoval.h"

#include "core/store/AuditNotes.h"
#include "core/store/CertificateRepository.h"
#include "core/store/InventoryRepository.h"
#include "core/store/KeyRepository.h"
#include "core/store/RequestRepository.h"

namespace sealbook {

namespace {

// True when its key went too.
Result<bool> removeOne(Database &database, AuditNotes &notes, const CertificateRecord &record)
{
    if (const Result<> removed = CertificateRepository(database).remove(record.sha256); !removed)
        return fail(removed.error());
    const Result<bool> keyGone = record.keyId.isValid()
        ? KeyRepository(database).removeUnneeded(record.keyId)
        : Result<bool>(false);
    if (!keyGone)
        return fail(keyGone.error());
    const QString key = !record.keyId.isValid() ? QStringLiteral("none")
        : *keyGone                              ? QStringLiteral("removed")
                                                : QStringLiteral("kept");
    const QString subject =
        record.names.isEmpty() ? record.subject : QString(record.names.join(u", "));
    const QString ok = QStringLiteral("ok");
    const AuditEntry entry =
        auditEntry(QStringLiteral("certificate.remove"), subject, ok,
                   {{QStringLiteral("sha256"), record.sha256}, {QStringLiteral("key"), key}});
    if (const Result<> noted = notes.add(entry); !noted)
        return fail(noted.error());
    if (!*keyGone)
        return false;
    const AuditEntry gone =
        auditEntry(QStringLiteral("key.remove"), subject, ok,
                   {{QStringLiteral("public_key_sha256"), record.publicKeySha256},
                    {QStringLiteral("certificate"), record.sha256}});
    if (const Result<> noted = notes.add(gone); !noted)
        return fail(noted.error());
    return true;
}

Result<> removeRequest(Database &database, AuditNotes &notes, const InventoryRow &row)
{
    const QString sha256 = row.sha256.hex();
    if (const Result<> removed = RequestRepository(database).remove(sha256); !removed)
        return removed;
    return notes.add(auditEntry(QStringLiteral("request.remove"), row.nameList().join(u", "),
                                QStringLiteral("ok"), {{QStringLiteral("sha256"), sha256}}));
}

// All that was stored of it, if it was stored twice.
Result<> removeLoneKey(Database &database, AuditNotes &notes, const InventoryRow &row)
{
    const QString publicKey = row.publicKey.hex();
    for (;;) {
        const Result<KeyRecord> key = KeyRepository(database).byPublicKey(publicKey);
        if (!key && key.error().kind == Error::Kind::NotFound)
            break;
        if (!key)
            return fail(key.error());
        const Result<bool> gone = KeyRepository(database).removeUnneeded(key->id);
        if (!gone)
            return fail(gone.error());
        if (!*gone)
            return fail(Error::Kind::Conflict,
                        QStringLiteral("the key \"%1\" is in use by now").arg(row.subject()));
    }
    if (const Result<> gone = KeyRepository(database).removeTokenKey(publicKey); !gone)
        return gone;
    return notes.add(auditEntry(QStringLiteral("key.remove"), row.subject(), QStringLiteral("ok"),
                                {{QStringLiteral("public_key_sha256"), publicKey}}));
}

Result<> requireInTrash(bool lies, const QString &name, const QString &sha256)
{
    if (lies)
        return {};
    return fail(Error::Kind::PolicyDenied,
                QStringLiteral("\"%1\" (%2) does not lie in the trash; nothing was deleted")
                    .arg(name, sha256.left(16)),
                QStringLiteral("Put it there first: sealbook edit ID --trash"));
}

// What of `sha256` is a request or a lone key.
Result<std::vector<InventoryRow>> waitingOf(Database &database, const QStringList &sha256)
{
    Result<std::vector<InventoryRow>> waiting = InventoryRepository(database).waitingRows();
    if (waiting)
        std::erase_if(*waiting, [&sha256](const InventoryRow &row) {
            return !sha256.contains(row.sha256.hex());
        });
    return waiting;
}

} // namespace

Result<> requireInTrash(const CertificateRecord &record)
{
    return requireInTrash(record.trashedAt.isValid(), record.subject, record.sha256);
}

Result<> requireInTrash(const InventoryRow &row)
{
    return requireInTrash(row.trashedAt != 0, row.subject(), row.sha256.hex());
}

Result<RemovedCounts> removeCertificates(Database &database, AuditNotes &notes,
                                         const QStringList &sha256, RemoveFrom from)
{
    const Result<std::vector<InventoryRow>> waiting = waitingOf(database, sha256);
    if (!waiting)
        return fail(waiting.error(), "removing a certificate");
    QStringList certificates = sha256;
    for (const InventoryRow &row : *waiting) {
        certificates.removeAll(row.sha256.hex());
        const Result<> lies = from == RemoveFrom::Trash ? requireInTrash(row) : Result<>();
        if (!lies)
            return fail(lies.error());
    }
    std::vector<CertificateRecord> records;
    for (const QString &one : certificates) {
        Result<CertificateRecord> record = CertificateRepository(database).bySha256(one);
        if (!record)
            return fail(record.error(), "removing a certificate");
        if (from == RemoveFrom::Trash) {
            if (const Result<> lies = requireInTrash(*record); !lies)
                return fail(lies.error());
        }
        records.push_back(std::move(*record));
    }
    RemovedCounts counts;
    for (const CertificateRecord &record : records) {
        const Result<bool> keyGone = removeOne(database, notes, record);
        if (!keyGone)
            return fail(keyGone.error(), "removing a certificate");
        ++counts.certificates;
        counts.keys += *keyGone ? 1 : 0;
    }
    for (const InventoryRow &row : *waiting) {
        const bool isRequest = row.is(InventoryRow::IsRequest);
        const Result<> removed =
            isRequest ? removeRequest(database, notes, row) : removeLoneKey(database, notes, row);
        if (!removed)
            return fail(removed.error(), "removing what waits for a certificate");
        ++counts.waiting;
        counts.keys += isRequest ? 0 : 1;
    }
    return counts;
}

} // namespace sealbook
