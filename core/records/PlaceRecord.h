// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace sealbook {

// One place where a certificate was seen. A certificate is stored once and has any number of them;
// (sha256, kind, location) is the identity, the two times say since when and until when.
struct PlaceRecord
{
    enum class Kind {
        Issued, // by Sealbook; location is empty
        File, // location is the path, or the name of what was dropped
        Pasted, // location is empty
        Endpoint, // "mail.example.org:465"
        Store, // a trust store or another program's: "nss:/home/x/.pki/nssdb"
        Log, // a certificate transparency log
        Token // a PKCS#11 token, by its name
    };
    QString sha256; // 64 lower-case hex digits
    Kind kind = Kind::File;
    QString location;
    QDateTime firstSeenAt; // UTC; invalid when saving = now
    QDateTime lastSeenAt; // UTC; invalid when saving = now
    bool isServing = false; // a watched endpoint that served it when last looked at; never saved
    bool operator==(const PlaceRecord &) const = default;
};

[[nodiscard]] QString placeKindName(PlaceRecord::Kind kind); // "endpoint"
[[nodiscard]] std::optional<PlaceRecord::Kind> placeKindFromName(QStringView name);

// The place that a CertificateRecord's `origin` speaks of: "issued", "pasted", "file:www.pem".
[[nodiscard]] PlaceRecord placeOfOrigin(const QString &sha256, const QString &origin);

} // namespace sealbook
