// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/CertificateRecord.h"

#include "core/x509/Certificate.h"

namespace sealbook {

CertificateRecord certificateRecordOf(const Certificate &leaf)
{
    CertificateRecord record;
    record.sha256 = leaf.sha256();
    record.der = leaf.der();
    record.names = leaf.names();
    record.subject = leaf.commonName();
    if (record.subject.isEmpty())
        record.subject = record.names.isEmpty() ? leaf.subject() : record.names.first();
    record.issuer = leaf.issuerShort();
    record.serial = leaf.serial();
    record.notBefore = leaf.notBefore();
    record.notAfter = leaf.notAfter();
    record.keyAlgorithm = leaf.keyAlgorithm();
    record.signatureAlgorithm = leaf.signatureAlgorithm();
    record.publicKeySha256 = leaf.publicKeySha256();
    record.subjectDn = leaf.subject();
    record.issuerDn = leaf.issuer();
    record.isCa = leaf.isCa();
    record.isSelfIssued = leaf.isSelfIssued();
    return record;
}

Result<CertificateRecord> certificateRecordFromDer(const QByteArray &der)
{
    const Result<Certificate> leaf = Certificate::fromDer(der);
    if (!leaf)
        return fail(leaf.error());
    return certificateRecordOf(*leaf);
}

} // namespace sealbook
