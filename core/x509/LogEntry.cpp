// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/LogEntry.h"

#include "core/x509/BigEndianReader.h"

#include <QTimeZone>

namespace sealbook {

namespace {

constexpr std::uint16_t x509Entry = 0;
constexpr std::uint16_t precertEntry = 1;
constexpr std::size_t hashBytes = 32;

std::span<const std::uint8_t> bytesOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

std::span<const std::uint8_t> certificateIn(BigEndianReader &reader)
{
    const std::size_t high = reader.u8(); // a length of three bytes
    return reader.take(high << 16U | reader.u16());
}

QByteArray copyOf(std::span<const std::uint8_t> bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

tl::unexpected<Error> corrupt()
{
    return fail(Error::Kind::Corrupt, QStringLiteral("an entry of the log cannot be read"));
}

// A TimestampedEntry without its certificate, where that is a precertificate. False where it is of
// a kind that is not known.
bool readTimestamped(BigEndianReader &reader, LogEntry &entry)
{
    const std::uint64_t at = reader.u64();
    entry.loggedAt = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(at), QTimeZone::utc());
    const std::uint16_t kind = reader.u16();
    if (kind == x509Entry) {
        entry.der = copyOf(certificateIn(reader));
    } else if (kind == precertEntry) {
        entry.isPrecertificate = true;
        (void)reader.take(hashBytes); // of the issuer's key
        (void)certificateIn(reader); // the part that will be signed
    } else {
        return false;
    }
    (void)reader.text(); // extensions
    return !reader.failed();
}

} // namespace

Result<LogEntry> readLogEntry(const QByteArray &leafInput, const QByteArray &extraData)
{
    BigEndianReader leaf(bytesOf(leafInput));
    const std::uint8_t version = leaf.u8();
    const std::uint8_t kind = leaf.u8();
    LogEntry entry;
    if (version != 0 || kind != 0 || !readTimestamped(leaf, entry) || leaf.left() != 0)
        return corrupt();
    if (entry.isPrecertificate) {
        BigEndianReader extra(bytesOf(extraData));
        entry.der = copyOf(certificateIn(extra));
        if (extra.failed())
            return corrupt();
    }
    if (entry.der.isEmpty())
        return corrupt();
    return entry;
}

Result<std::vector<LogEntry>> readLogTile(const QByteArray &tile)
{
    std::vector<LogEntry> entries;
    BigEndianReader reader(bytesOf(tile));
    while (reader.left() > 0) {
        LogEntry entry;
        if (!readTimestamped(reader, entry))
            return corrupt();
        if (entry.isPrecertificate)
            entry.der = copyOf(certificateIn(reader));
        (void)reader.text(); // fingerprints of its issuers
        if (reader.failed() || entry.der.isEmpty())
            return corrupt();
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<qint64> sizeFromCheckpoint(const QByteArray &checkpoint)
{
    // Origin, size, root hash, a line each; signatures behind an empty one.
    const QList<QByteArray> lines = checkpoint.split('\n');
    bool isNumber = false;
    const qint64 size = lines.value(1).toLongLong(&isNumber);
    if (lines.size() < 4 || lines.first().isEmpty() || !isNumber || size < 0
        || QByteArray::number(size) != lines.at(1)
        || QByteArray::fromBase64(lines.at(2)).size() != qsizetype(hashBytes))
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("what came is no checkpoint of a transparency log"));
    return size;
}

} // namespace sealbook
