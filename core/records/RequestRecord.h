// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

namespace sealbook {

// A certificate request (RFC 2986) that we know of, stored once by its SHA-256. A certificate
// answers it, and a key signed it, when they have its public key.
struct RequestRecord
{
    QString sha256; // of the DER; 64 lower-case hex digits: the identity
    QByteArray der;
    QStringList names; // as Csr::names
    QString keyAlgorithm;
    QString publicKeySha256;
    QString origin; // as CertificateRecord::origin
    QDateTime addedAt; // UTC; invalid when saving = now
    QDateTime trashedAt; // UTC; invalid = not in the trash; never saved with the request
    bool operator==(const RequestRecord &) const = default;
};

} // namespace sealbook
