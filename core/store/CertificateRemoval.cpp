// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/CertificateRemoval.h"

#include "core/store/AuditNotes.h"
#include "core/store/CertificateRepository.h"
#include "core/store/KeyRepository.h"

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

} // namespace

Result<> requireInTrash(const CertificateRecord &record)
{
    if (record.trashedAt.isValid())
        return {};
    return fail(Error::Kind::PolicyDenied,
                QStringLiteral("\"%1\" (%2) does not lie in the trash; nothing was deleted")
                    .arg(record.subject, record.sha256.left(16)),
                QStringLiteral("Put it there first: sealbook edit ID --trash"));
}

Result<RemovedCounts> removeCertificates(Database &database, AuditNotes &notes,
                                         const QStringList &sha256, RemoveFrom from)
{
    std::vector<CertificateRecord> records;
    for (const QString &one : sha256) {
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
    return counts;
}

} // namespace sealbook
