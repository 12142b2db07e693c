// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/CertificateRecord.h"

#include "core/x509/Certificate.h"

#include <QCryptographicHash>

namespace sealbook {

namespace {

constexpr qsizetype longestName = 253;
constexpr qsizetype longestSubject = 1024;
constexpr qsizetype longestDn = 4096;

bool shorten(QString &text, qsizetype longest)
{
    if (text.size() <= longest)
        return false;
    const QByteArray hash =
        QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex();
    qsizetype kept = longest;
    if (text.at(kept - 1).isHighSurrogate())
        --kept;
    text =
        QStringLiteral("%1… (%2 characters, %3)")
            .arg(text.left(kept), QString::number(text.size()), QString::fromLatin1(hash.left(8)));
    return true;
}

} // namespace

QStringList nameSetOf(const CertificateRecord &record)
{
    QStringList names;
    for (const QString &name : record.names.isEmpty() ? QStringList(record.subject) : record.names)
        names.append(name.toLower());
    names.sort();
    names.removeDuplicates();
    return names;
}

bool shortenLongTexts(CertificateRecord &record)
{
    const bool isFirstName = record.subject == record.names.value(0);
    bool isCut = false;
    for (QString &name : record.names)
        isCut |= shorten(name, longestName);
    if (isFirstName)
        record.subject = record.names.value(0);
    isCut |= shorten(record.subject, longestSubject);
    isCut |= shorten(record.issuer, longestSubject);
    isCut |= shorten(record.subjectDn, longestDn);
    isCut |= shorten(record.issuerDn, longestDn);
    isCut |= shorten(record.serial, longestSubject);
    isCut |= shorten(record.keyAlgorithm, longestName);
    isCut |= shorten(record.signatureAlgorithm, longestName);
    return isCut;
}

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
    shortenLongTexts(record);
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
