// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Fingerprint.h"
#include "core/records/PlaceRecord.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace sealbook {

// The light row of one certificate, or of what waits for one (a request, a key): what a table of
// 100,000 shows, sorts and filters by, without DER and chain. Texts that many rows have in common
// are interned: such a QString shares its characters with those of the other rows. Lists are
// packed, one item a line, in one allocation. Made by Store::inventoryRows; a value.
struct InventoryRow
{
    enum Flag : quint16 {
        HasKey = 1, // its private key is in the vault
        Retired = 2,
        IsCa = 4,
        SelfIssued = 8, // subject and issuer are the same
        Served = 16, // a watched endpoint served it when it was last looked at
        IsRequest = 32, // a request that no certificate here answers
        IsKey = 64 // a private key in the vault that no certificate and no request here has
    };
    // The end of what has none: RFC 5280 section 4.1.2.5 keeps this date for it.
    static constexpr qint64 noEnd = 253'402'300'799'000;

    Fingerprint sha256; // of a lone key: `publicKey`
    Fingerprint publicKey; // SHA-256 of the SubjectPublicKeyInfo
    // Milliseconds since 1970 UTC; 0 in the optional ones = none. What is no certificate lies from
    // when it came in until noEnd.
    qint64 notBefore = 0;
    qint64 notAfter = 0;
    qint64 addedAt = 0;
    qint64 seenAt = 0; // when it was last seen at one of its places
    qint64 trashedAt = 0;
    qint64 revokedAt = 0;
    qint64 windowStart = 0; // of the CA's renewal window (RFC 9773)
    qint64 windowEnd = 0;
    QString commonName; // empty when it is the first name, as it nearly always is: see subject()
    QString subjectDn; // RFC 4514; empty when it says no more than the subject
    QString issuer; // interned: organisation or common name
    QString issuerDn; // interned: RFC 4514
    QString keyAlgorithm; // interned: "EC P-256"
    QString signatureAlgorithm; // interned
    QString owner; // interned
    QString credential; // interned
    QStringList tags; // shared between rows of the same tags
    QString note;
    QByteArray names; // SANs as UTF-8 lines
    QByteArray serial; // lower-case hex
    QByteArray places; // "file:/etc/ssl/www.pem" as UTF-8 lines; the first is where it came from
    quint16 failedRenewals = 0;
    quint16 flags = 0;
    quint16 placeKinds = 0; // bit (1 << PlaceRecord::Kind)
    quint16 servedBy = 0; // addresses of watched endpoints; none unless Served

    [[nodiscard]] bool is(Flag flag) const { return (flags & flag) != 0; }
    [[nodiscard]] bool isCertificate() const { return (flags & (IsRequest | IsKey)) == 0; }
    [[nodiscard]] bool isServedExpired(qint64 now) const { return is(Served) && notAfter <= now; }
    [[nodiscard]] bool hasPlace(PlaceRecord::Kind kind) const
    {
        return (placeKinds & (1U << static_cast<unsigned>(kind))) != 0;
    }
    [[nodiscard]] QStringList nameList() const { return lines(names); }
    // The common name, else the first name.
    [[nodiscard]] QString subject() const
    {
        return commonName.isEmpty() ? firstName() : commonName;
    }
    [[nodiscard]] QString firstName() const // the common name for a certificate without names
    {
        if (names.isEmpty())
            return commonName;
        const qsizetype end = names.indexOf('\n');
        return QString::fromUtf8(names.constData(), end < 0 ? names.size() : end);
    }
    [[nodiscard]] int nameCount() const { return lineCount(names); }
    [[nodiscard]] QStringList placeList() const { return lines(places); }
    bool operator==(const InventoryRow &) const = default;

    [[nodiscard]] static QStringList lines(const QByteArray &packed)
    {
        return packed.isEmpty() ? QStringList()
                                : QString::fromUtf8(packed).split(QLatin1Char('\n'));
    }
    [[nodiscard]] static int lineCount(const QByteArray &packed)
    {
        return packed.isEmpty() ? 0 : static_cast<int>(packed.count('\n')) + 1;
    }
};

} // namespace sealbook
