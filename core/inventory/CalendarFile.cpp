// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CalendarFile.h"

#include "core/base/DomainName.h"

#include <QTimeZone>

namespace sealbook {

namespace {

constexpr qsizetype longestLine = 75; // octets, without the line break (RFC 5545, 3.1)
constexpr qint64 weekMs = 7 * 86'400'000LL;

QDateTime timeOf(qint64 moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment, QTimeZone::utc());
}

QByteArray stamp(qint64 moment)
{
    return timeOf(moment).toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'")).toLatin1();
}

// RFC 5545, 3.3.11: backslash, semicolon, comma and line break are escaped. Other control
// characters have no place in a text; names of certificates may hold any.
QByteArray escaped(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        if (c == QLatin1Char('\n'))
            result += QStringLiteral("\\n");
        else if (c == QLatin1Char('\\') || c == QLatin1Char(';') || c == QLatin1Char(','))
            result += QLatin1Char('\\') + QString(c);
        else if (c.unicode() >= 0x20 && c.unicode() != 0x7F)
            result += c;
    }
    return result.toUtf8();
}

// Folded into lines of 75 octets at most, never within a character (RFC 5545, 3.1).
void addLine(QByteArray &file, const QByteArray &line)
{
    qsizetype at = 0;
    while (at < line.size()) {
        const qsizetype room = at == 0 ? longestLine : longestLine - 1; // after the blank
        qsizetype end = std::min(line.size(), at + room);
        while (end < line.size() && end > at + 1
               && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80)
            --end;
        if (at > 0)
            file += ' ';
        file += line.sliced(at, end - at);
        file += "\r\n";
        at = end;
    }
}

QString subjectOf(const InventoryRow &row)
{
    const QString first = unicodeNameOf(row.subject());
    return row.nameCount() > 1
        ? QStringLiteral("%1 and %2 more").arg(first).arg(row.nameCount() - 1)
        : first;
}

QString descriptionOf(const InventoryRow &row)
{
    QStringList lines{QStringLiteral("Certificate from %1, valid until %2.")
                          .arg(row.issuer, timeOf(row.notAfter).toString(Qt::ISODate))};
    if (row.nameCount() > 1)
        lines << QStringLiteral("Names: %1").arg(row.nameList().join(QStringLiteral(", ")));
    if (!row.owner.isEmpty())
        lines << QStringLiteral("Owner: %1").arg(row.owner);
    lines << QStringLiteral("SHA-256: %1").arg(row.sha256.hex());
    return lines.join(QLatin1Char('\n'));
}

} // namespace

Result<std::vector<CalendarEntry>> calendarEntries(const Inventory &inventory, const Query &query,
                                                   std::stop_token stop)
{
    InventoryRequest request;
    request.query = query;
    const Result<InventoryView> view = inventory.view(request, std::move(stop));
    if (!view)
        return fail(view.error());
    std::vector<CalendarEntry> entries;
    for (const quint32 index : view->rows) {
        const InventoryRow &row = inventory.row(index);
        if (inventory.urgency(index) == Urgency::Retired || !row.isCertificate())
            continue;
        UrgencyInput input;
        input.notBefore = timeOf(row.notBefore);
        input.notAfter = timeOf(row.notAfter);
        if (row.windowStart != 0)
            input.windowStart = timeOf(row.windowStart);
        CalendarEntry entry;
        entry.uid = row.sha256.hex().toLatin1() + "-expires@sealbook";
        entry.summary = QStringLiteral("%1 expires").arg(subjectOf(row));
        entry.description = descriptionOf(row);
        entry.categories = QStringList{QStringLiteral("Certificate")} + row.tags;
        entry.at = row.notAfter;
        entry.alarmAt = renewalWindowStart(input).toMSecsSinceEpoch();
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<CalendarEntry> calendarEntries(const std::vector<CredentialRecord> &credentials)
{
    std::vector<CalendarEntry> entries;
    for (const CredentialRecord &record : credentials) {
        const QDateTime by = rotationDueAt(record);
        if (!by.isValid())
            continue;
        CalendarEntry entry;
        entry.uid =
            record.id.text().toLatin1() + '-' + stamp(by.toMSecsSinceEpoch()) + "-rotate@sealbook";
        entry.summary = QStringLiteral("Rotate credential %1").arg(record.name);
        entry.description =
            QStringLiteral("Owner: %1\nPurpose: %2").arg(record.owner, record.purpose);
        entry.categories = {QStringLiteral("Credential")};
        entry.at = by.toMSecsSinceEpoch();
        entry.alarmAt = entry.at - weekMs;
        entries.push_back(std::move(entry));
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const CalendarEntry &a, const CalendarEntry &b) { return a.at < b.at; });
    return entries;
}

QByteArray calendarFile(const std::vector<CalendarEntry> &entries, qint64 now)
{
    QByteArray file;
    addLine(file, "BEGIN:VCALENDAR");
    addLine(file, "VERSION:2.0");
    addLine(file, "PRODID:-//Sealbook//Certificates//EN");
    addLine(file, "CALSCALE:GREGORIAN");
    for (const CalendarEntry &entry : entries) {
        addLine(file, "BEGIN:VEVENT");
        addLine(file, "UID:" + entry.uid);
        addLine(file, "DTSTAMP:" + stamp(now));
        addLine(file, "DTSTART:" + stamp(entry.at));
        addLine(file, "SUMMARY:" + escaped(entry.summary));
        if (!entry.description.isEmpty())
            addLine(file, "DESCRIPTION:" + escaped(entry.description));
        QByteArrayList categories;
        for (const QString &category : entry.categories)
            categories << escaped(category);
        if (!categories.isEmpty())
            addLine(file, "CATEGORIES:" + categories.join(','));
        addLine(file, "TRANSP:TRANSPARENT"); // nobody is busy at that moment
        if (entry.alarmAt != 0) {
            addLine(file, "BEGIN:VALARM");
            addLine(file, "ACTION:DISPLAY");
            addLine(file, "DESCRIPTION:" + escaped(entry.summary));
            addLine(file, "TRIGGER;VALUE=DATE-TIME:" + stamp(entry.alarmAt));
            addLine(file, "END:VALARM");
        }
        addLine(file, "END:VEVENT");
    }
    addLine(file, "END:VCALENDAR");
    return file;
}

} // namespace sealbook
