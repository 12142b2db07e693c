// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <span>
#include <vector>

namespace sealbook {

// What the SQLite database of another program holds: XCA's, or one of the two of NSS (cert9.db and
// key4.db: Firefox, Thunderbird, Chromium). Nothing in it is trusted or parsed here, and keys are
// as they lie there: sealed.
struct ForeignDatabase
{
    struct Key
    {
        QString name; // "" where there is none
        // Of XCA: PKCS#8 under the database's password, or under its own.
        QByteArray pkcs8; // empty where the key itself is elsewhere: on a token
        bool hasOwnPassword = false;
        // Of NSS: PKCS#11 attributes by their number, what is secret in them sealed.
        QHash<int, QByteArray> attributes;
    };
    QString program; // "XCA"
    std::vector<QByteArray> certificates; // DER
    std::vector<QByteArray> requests; // DER
    std::vector<Key> keys;
    QByteArray salt; // of NSS: what goes in front of its password
    QByteArray passwordCheck; // of NSS
};

// Reads it from memory, and writes nothing. More rows than `mostRows` or a larger value than
// `largestValue` is refused. Made for the process that reads containers and does nothing else: no
// connection of Store's has to do with it. Blocks; any thread.
[[nodiscard]] Result<ForeignDatabase> readForeignDatabase(std::span<const std::uint8_t> bytes,
                                                          std::size_t mostRows,
                                                          qsizetype largestValue);

} // namespace sealbook
