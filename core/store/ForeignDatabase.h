// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QStringList>

#include <span>
#include <vector>

namespace sealbook {

// What the SQLite database of another program holds: XCA's, or one of the two of NSS (cert9.db and
// key4.db: Firefox, Thunderbird, Chromium). Nothing in it is trusted or parsed here.
struct ForeignDatabase
{
    QString program; // "XCA"
    std::vector<QByteArray> certificates; // DER
    QStringList keys; // names of private keys, which stay there: "" where there is none
    int requests = 0; // which stay there, too
};

// Reads it from memory, and writes nothing. More rows than `mostRows` or a larger value than
// `largestValue` is refused. Made for the process that reads containers and does nothing else: no
// connection of Store's has to do with it. Blocks; any thread.
[[nodiscard]] Result<ForeignDatabase> readForeignDatabase(std::span<const std::uint8_t> bytes,
                                                          std::size_t mostRows,
                                                          qsizetype largestValue);

} // namespace sealbook
