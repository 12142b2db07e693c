// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Ids.h"
#include "core/base/Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace sealbook {

class Certificate;

// A certificate that we know of, stored once by its SHA-256. What is shown, sorted or filtered is a
// field of its own; everything else is read from `der` on demand (core/x509).
struct CertificateRecord
{
    QString sha256; // 64 lower-case hex digits: the identity
    QByteArray der;
    QByteArray chainPem; // the issuers above it, leaf not included, in order; may be empty
    QString subject; // the common name, else the first name
    QStringList names; // dNSName and iPAddress SANs, in the certificate's order
    QString issuer; // the issuer's organisation or common name, as people say it
    QString serial; // lower-case hex
    QDateTime notBefore; // UTC
    QDateTime notAfter; // UTC
    QString keyAlgorithm; // "EC P-256", "RSA 2048"
    QString signatureAlgorithm; // "ecdsa-with-SHA256"
    QString publicKeySha256; // of the SubjectPublicKeyInfo: what matches a key to a certificate
    KeyId keyId; // the private key in the vault; invalid when we do not hold it
    QString origin; // "issued", or where it was imported from: "file:www.pem", "pasted"
    JobId jobId; // of the issuance; invalid for imports
    QString credential; // name of the DNS credential it was issued with; may be empty
    QDateTime addedAt; // UTC
    int failedRenewals = 0;
    bool retired = false;
    QString subjectDn; // RFC 4514
    QString issuerDn; // RFC 4514
    bool isCa = false;
    bool isSelfIssued = false; // subject and issuer are the same
    QDateTime windowStart; // UTC; the CA's renewal window (RFC 9773), invalid = not known
    QDateTime windowEnd; // UTC
    // The marks: what people wrote onto it. Saving a record fills them in where the store has none;
    // Store::editCertificates changes them.
    QString owner;
    QString note;
    QStringList tags;
    QDateTime revokedAt; // UTC; invalid = not known to be revoked
    QDateTime trashedAt; // UTC; invalid = not in the trash
    bool operator==(const CertificateRecord &) const = default;
};

// What saving many certificates at once did.
struct SavedCounts
{
    int added = 0;
    int known = 0; // were there already
    int trashed = 0; // of the known: lie in the trash, and stay there
    bool operator==(const SavedCounts &) const = default;
};

// What makes certificates successors of each other: the names in lower case, each once, sorted; the
// subject where there are none.
[[nodiscard]] QStringList nameSetOf(const CertificateRecord &record);

// Texts that no table can show and no search should walk through, as a certificate made to hurt has
// them: a name beyond what DNS allows (RFC 1035 section 2.3.4), a subject of many KiB. The record
// keeps their beginning, marked by an ellipsis with the length and a piece of the hash, so that
// two long ones stay two; the certificate itself keeps all of it. True where something was cut.
bool shortenLongTexts(CertificateRecord &record);

// The record of a certificate, with all that stands in the certificate itself, long texts
// shortened. Where it came from, its chain, its key and the time are the caller's to fill in.
[[nodiscard]] CertificateRecord certificateRecordOf(const Certificate &leaf);
[[nodiscard]] Result<CertificateRecord> certificateRecordFromDer(const QByteArray &der);

// A private key in the vault. The key itself is a sealed blob that only the vault opens.
struct KeyRecord
{
    KeyId id;
    QString purpose; // "leaf" or "account"
    QString algorithm; // KeyType's name
    QString publicKeySha256;
    QByteArray sealed;
    QDateTime createdAt; // UTC
    bool operator==(const KeyRecord &) const = default;
};

// A key that lies on a token, and does not leave it.
struct TokenKeyRecord
{
    QString publicKeySha256;
    QString algorithm; // "EC P-256"
    QString origin; // "token:NAME"
    bool operator==(const TokenKeyRecord &) const = default;
};

} // namespace sealbook
