// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QDateTime>

#include <vector>

namespace sealbook {

// One entry of a certificate transparency log: a certificate, or the precertificate that a CA
// logged before it issued one (RFC 6962 section 3.1). A value; nothing in it is proved by being
// here.
struct LogEntry
{
    QDateTime loggedAt; // UTC
    bool isPrecertificate = false;
    QByteArray der; // of either; a precertificate differs from its certificate
    bool operator==(const LogEntry &) const = default;
};

// What get-entries gives (RFC 6962 sections 3.4 and 4.6): a MerkleTreeLeaf, and beside it the
// chain, in which a precertificate stands whole. Corrupt where they do not hold together.
[[nodiscard]] Result<LogEntry> readLogEntry(const QByteArray &leafInput,
                                            const QByteArray &extraData);

// A data tile of the Static CT API (https://c2sp.org/static-ct-api): its entries in a row.
[[nodiscard]] Result<std::vector<LogEntry>> readLogTile(const QByteArray &tile);

// How many entries a log has, from its checkpoint (https://c2sp.org/tlog-checkpoint).
[[nodiscard]] Result<qint64> sizeFromCheckpoint(const QByteArray &checkpoint);

} // namespace sealbook
