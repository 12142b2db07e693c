// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/InventoryRow.h"

#include <QDateTime>
#include <QTimeZone>

#include <initializer_list>
#include <vector>

namespace sealbook {

inline constexpr qint64 dayMs = 86'400'000;

// The moment of the design's pictures, as FakeClock has it: 2026-11-25 14:06 UTC.
[[nodiscard]] inline qint64 inventoryNow()
{
    return QDateTime(QDate(2026, 11, 25), QTime(14, 6), QTimeZone::utc()).toMSecsSinceEpoch();
}

[[nodiscard]] inline Fingerprint fingerprintOf(quint64 seed)
{
    // Spread over all digits, as hashes are.
    QString hex;
    for (int i = 0; i < 4; ++i) {
        seed = (seed + 0x9E3779B97F4A7C15U) * 0xBF58476D1CE4E5B9U;
        seed ^= seed >> 29;
        hex += QStringLiteral("%1").arg(seed, 16, 16, QLatin1Char('0'));
    }
    return Fingerprint::fromHex(hex).value();
}

// A 90-day certificate of Let's Encrypt that began `age` days ago; change what a test is about.
[[nodiscard]] inline InventoryRow inventoryRow(quint64 seed,
                                               std::initializer_list<const char *> names,
                                               double age = 10, double lifetime = 90)
{
    InventoryRow row;
    row.sha256 = fingerprintOf(seed);
    row.publicKey = fingerprintOf(seed + 1'000'000'000);
    row.notBefore = inventoryNow() - static_cast<qint64>(age * static_cast<double>(dayMs));
    row.notAfter = row.notBefore + static_cast<qint64>(lifetime * static_cast<double>(dayMs));
    row.addedAt = row.notBefore;
    for (const char *name : names) {
        if (!row.names.isEmpty())
            row.names += '\n';
        row.names += name;
    }
    row.issuer = QStringLiteral("Let's Encrypt");
    row.issuerDn = QStringLiteral("CN=R11,O=Let's Encrypt,C=US");
    row.keyAlgorithm = QStringLiteral("EC P-256");
    row.signatureAlgorithm = QStringLiteral("sha256WithRSAEncryption");
    row.serial = QByteArray("04") + QByteArray::number(static_cast<qulonglong>(seed), 16);
    row.places = "issued";
    row.placeKinds = 1;
    return row;
}

inline void addPlace(InventoryRow &row, PlaceRecord::Kind kind, const QByteArray &location)
{
    row.placeKinds = static_cast<quint16>(row.placeKinds | (1U << static_cast<unsigned>(kind)));
    if (!row.places.isEmpty())
        row.places += '\n';
    row.places += placeKindName(kind).toUtf8() + ':' + location;
}

// `count` rows as a large site has them: zones, hosts, wildcards, issuers, lifetimes, renewals,
// tags and places in a mix that does not depend on chance.
[[nodiscard]] inline std::vector<InventoryRow> manyInventoryRows(std::size_t count)
{
    static const std::vector<QString> issuers{
        QStringLiteral("Let's Encrypt"), QStringLiteral("DigiCert Inc"),
        QStringLiteral("Sectigo Limited"), QStringLiteral("Example Internal CA"),
        QStringLiteral("Google Trust Services")};
    static const std::vector<QString> keys{QStringLiteral("EC P-256"), QStringLiteral("RSA 2048"),
                                           QStringLiteral("RSA 4096"), QStringLiteral("EC P-384")};
    static const std::vector<QString> owners{QString(), QStringLiteral("Mara Keller"),
                                             QStringLiteral("Jo Lind"), QStringLiteral("Web team")};
    static const std::vector<QStringList> tags{{},
                                               {QStringLiteral("prod")},
                                               {QStringLiteral("prod"), QStringLiteral("web")},
                                               {QStringLiteral("test")},
                                               {QStringLiteral("mail")}};
    static const std::vector<int> lifetimes{6, 45, 47, 90, 200, 398};
    std::vector<InventoryRow> rows;
    rows.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t host = i / 2; // each name set twice: renewals
        const QByteArray zone = "zone"
            + QByteArray::number(static_cast<qulonglong>(host % (count / 20 + 1)))
            + (host % 3 == 0       ? ".example.org"
                   : host % 3 == 1 ? ".co.uk"
                                   : ".com");
        const QByteArray first = (host % 7 == 0 ? QByteArray("*.")
                                                : QByteArray("host")
                                          + QByteArray::number(static_cast<qulonglong>(host)) + '.')
            + zone;
        const int life = lifetimes[host % lifetimes.size()];
        const double age =
            static_cast<double>((i * 7919) % static_cast<std::size_t>(life * 10)) / 9.0
            + (i % 2 == 0 ? life * 0.6 : 0.0);
        InventoryRow row = inventoryRow(i, {}, age, life);
        row.names = first;
        if (host % 3 != 0)
            row.names += '\n' + zone + "\nwww"
                + QByteArray::number(static_cast<qulonglong>(host % 10)) + '.' + zone;
        row.issuer = issuers[host % issuers.size()];
        row.issuerDn = QStringLiteral("CN=CA %1,O=%2").arg(host % 13).arg(row.issuer);
        row.keyAlgorithm = keys[host % keys.size()];
        row.owner = owners[host % owners.size()];
        row.tags = tags[host % tags.size()];
        row.serial = row.sha256.hex().left(36).toLatin1();
        row.flags = static_cast<quint16>(i % 4 == 0 ? InventoryRow::HasKey : 0);
        row.places.clear();
        row.placeKinds = 0;
        if (i % 3 == 0)
            addPlace(row, PlaceRecord::Kind::Endpoint, first + ":443");
        addPlace(row, PlaceRecord::Kind::File,
                 "/etc/ssl/site" + QByteArray::number(static_cast<qulonglong>(i % 50)) + "/"
                     + QByteArray::number(static_cast<qulonglong>(i)) + ".pem");
        if (i % 100 == 99)
            row.trashedAt = inventoryNow();
        for (QByteArray *packed : {&row.names, &row.serial, &row.places})
            packed->squeeze(); // as the store does
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace sealbook
