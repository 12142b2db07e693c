// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/x509/LogEntry.h"

#include <QStringList>
#include <QUrl>

#include <memory>

namespace sealbook {

class HttpTransport;

// What to look for.
struct TransparencyQuery
{
    QStringList domains; // A-labels; each with all names below it
    qint64 position = -1; // where the last reading ended; -1: never read
};

// What a reading found. `position` goes into the next query.
struct TransparencyReading
{
    std::vector<LogEntry> entries; // about the domains only
    qint64 looked = 0; // entries that were looked at
    qint64 position = -1;
    bool isComplete = true; // false: there is more, for the next reading
};

// Where certificates that were logged can be read from: the logs themselves, by either of their
// interfaces, or a service that searches them. None proves what it says; whoever is asked learns
// whose certificates interest somebody (a log does not). Bounded in entries, bytes and time.
class TransparencySource
{
public:
    enum class Kind {
        Search, // a search service that answers with JSON, as crt.sh does
        Rfc6962, // a log with get-sth and get-entries
        Static // a log of tiles, by the Static CT API
    };
    // A log is not read from its beginning, which may be years and terabytes ago: the first reading
    // takes the last ones.
    static constexpr qint64 firstEntries = 256;
    static constexpr qint64 mostEntries = 4096; // in one reading

    virtual ~TransparencySource() = default;
    [[nodiscard]] virtual Task<TransparencyReading> read(TransparencyQuery query,
                                                         std::stop_token stop) = 0;

    // `transport` outlives it. BadRequest for an address that is not https.
    [[nodiscard]] static Result<std::unique_ptr<TransparencySource>>
    make(Kind kind, const QUrl &url, HttpTransport &transport);
};

[[nodiscard]] QString transparencyKindName(TransparencySource::Kind kind); // "rfc6962"
[[nodiscard]] std::optional<TransparencySource::Kind> transparencyKindFromName(QStringView name);

// Whether a certificate with these names is about one of the domains or a name below it.
[[nodiscard]] bool isAboutDomains(const QStringList &names, const QStringList &domains);

} // namespace sealbook
