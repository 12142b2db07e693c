// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CalendarFile.h"
#include "tests/support/InventoryRows.h"

#include <QTest>

using namespace sealbook;

class TstCalendarFile : public QObject
{
    Q_OBJECT

private:
    static CalendarEntry entry(const QString &summary, const QString &description = {})
    {
        CalendarEntry entry;
        entry.uid = "a@sealbook";
        entry.summary = summary;
        entry.description = description;
        entry.at = inventoryNow();
        return entry;
    }
    // As a reader has them: a break followed by a blank goes (RFC 5545, 3.1).
    static QByteArrayList unfolded(QByteArray file)
    {
        return file.replace("\r\n ", "").split('\n');
    }
    static QByteArray valueOf(const QByteArray &file, const QByteArray &property)
    {
        for (const QByteArray &line : unfolded(file)) {
            if (line.startsWith(property + ':') || line.startsWith(property + ';'))
                return line.sliced(line.indexOf(':') + 1).trimmed();
        }
        return {};
    }

private Q_SLOTS:
    void isACalendarAlsoWithoutEntries()
    {
        const QByteArray file = calendarFile({}, inventoryNow());
        QVERIFY(file.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
        QVERIFY(file.endsWith("END:VCALENDAR\r\n"));
        QVERIFY(!file.contains("VEVENT"));
    }

    void writesAnEventWithItsAlarm()
    {
        CalendarEntry one = entry(QStringLiteral("www.example.org expires"), QStringLiteral("Why"));
        one.categories = {QStringLiteral("Certificate"), QStringLiteral("prod")};
        one.alarmAt = inventoryNow() - dayMs;
        const QByteArray file = calendarFile({one}, inventoryNow() - 2 * dayMs);
        const QByteArray expected = "BEGIN:VEVENT\r\n"
                                    "UID:a@sealbook\r\n"
                                    "DTSTAMP:20261123T140600Z\r\n"
                                    "DTSTART:20261125T140600Z\r\n"
                                    "SUMMARY:www.example.org expires\r\n"
                                    "DESCRIPTION:Why\r\n"
                                    "CATEGORIES:Certificate,prod\r\n"
                                    "TRANSP:TRANSPARENT\r\n"
                                    "BEGIN:VALARM\r\n"
                                    "ACTION:DISPLAY\r\n"
                                    "DESCRIPTION:www.example.org expires\r\n"
                                    "TRIGGER;VALUE=DATE-TIME:20261124T140600Z\r\n"
                                    "END:VALARM\r\n"
                                    "END:VEVENT\r\n";
        QVERIFY2(file.contains(expected), file.constData());
    }

    void foldsLongLinesBetweenCharacters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << QString(QLatin1Char('a'));
        QTest::newRow("to the brim") << QString(67, QLatin1Char('a')); // with "SUMMARY:" 75
        QTest::newRow("one over") << QString(68, QLatin1Char('a'));
        QTest::newRow("long") << QString(5000, QLatin1Char('a'));
        for (int lead = 0; lead < 4; ++lead) {
            QTest::addRow("umlauts behind %d", lead)
                << QString(lead, QLatin1Char('a')) + QString(300, QChar(0xFC));
            QTest::addRow("emoji behind %d", lead)
                << QString(lead, QLatin1Char('a')) + QStringLiteral("\U0001F512").repeated(200);
        }
    }
    void foldsLongLinesBetweenCharacters()
    {
        QFETCH(QString, text);
        const QByteArray file = calendarFile({entry(text)}, inventoryNow());
        QCOMPARE(QString::fromUtf8(valueOf(file, "SUMMARY")), text);
        for (const QByteArray &line : file.split('\n')) {
            QVERIFY2(line.size() <= 76, line.constData()); // with its carriage return
            QVERIFY(!QString::fromUtf8(line).contains(QChar(0xFFFD)));
        }
    }

    void escapesWhatWouldEndAValue()
    {
        const QByteArray file = calendarFile(
            {entry(QStringLiteral("a;b,c\\d"), QStringLiteral("one\ntwo\r\nEND:VEVENT\x07"))},
            inventoryNow());
        QCOMPARE(valueOf(file, "SUMMARY"), QByteArray("a\\;b\\,c\\\\d"));
        QCOMPARE(valueOf(file, "DESCRIPTION"), QByteArray("one\\ntwo\\nEND:VEVENT"));
        QCOMPARE(file.count("\r\nEND:VEVENT\r\n"), 1);
    }

    void holdsTheEndsOfWhatNeedsSomebody()
    {
        std::vector<InventoryRow> rows{
            inventoryRow(1, {"old.example.org"}, 80), inventoryRow(2, {"old.example.org"}, 10),
            inventoryRow(3, {"xn--bcher-kva.example", "b.example"}, 5),
            inventoryRow(4, {"gone.example.org"}, 5), inventoryRow(5, {"over.example.org"}, 100)};
        rows[2].tags = {QStringLiteral("a,b")};
        rows[2].owner = QStringLiteral("Mara; Keller");
        rows[2].windowStart = inventoryNow() + 3 * dayMs;
        rows[2].windowEnd = inventoryNow() + 4 * dayMs;
        rows[3].trashedAt = inventoryNow();
        const Inventory inventory = Inventory::of(rows, inventoryNow());
        const std::vector<CalendarEntry> entries = *calendarEntries(inventory, Query(), {});
        QStringList summaries;
        for (const CalendarEntry &one : entries)
            summaries << one.summary;
        QCOMPARE(summaries,
                 (QStringList{QStringLiteral("over.example.org expires"),
                              QStringLiteral("old.example.org expires"),
                              QStringLiteral("bücher.example and 1 more expires")}));
        QCOMPARE(entries[2].alarmAt, rows[2].windowStart);
        QCOMPARE(entries[1].alarmAt, rows[1].notBefore + 60 * dayMs);
        QVERIFY(entries[2].uid.startsWith(rows[2].sha256.hex().toLatin1()));
        QCOMPARE(entries,
                 *calendarEntries(Inventory::of(rows, inventoryNow() + dayMs), Query(), {}));
        const QByteArray file = calendarFile(entries, inventoryNow());
        QVERIFY(file.contains("CATEGORIES:Certificate,a\\,b\r\n"));
        QVERIFY(unfolded(file).join('\n').contains("\\nOwner: Mara\\; Keller\\n"));
        QCOMPARE(calendarEntries(inventory, *Query::parse(QStringLiteral("over")), {})->size(),
                 std::size_t(1));
        QVERIFY(calendarEntries(Inventory(), Query(), {})->empty());
        std::stop_source stopped;
        stopped.request_stop();
        const auto refused = calendarEntries(inventory, Query(), stopped.get_token());
        QVERIFY(!refused && refused.error().kind == Error::Kind::Cancelled);
    }

    void R38_holdsTheDaysOfCredentials()
    {
        CredentialRecord record;
        record.id = CredentialId::make();
        record.name = QStringLiteral("bind-primary");
        record.owner = QStringLiteral("Tomas Lind");
        record.createdAt = QDateTime::fromMSecsSinceEpoch(inventoryNow(), QTimeZone::utc());
        CredentialRecord over = record;
        over.state = CredentialRecord::State::Revoked;
        CredentialRecord older = record;
        older.createdAt = record.createdAt.addDays(-10);
        const std::vector<CalendarEntry> entries = calendarEntries({record, over, older});
        QCOMPARE(entries.size(), std::size_t(2));
        QCOMPARE(entries[1].at, inventoryNow() + 90 * dayMs);
        QCOMPARE(entries[1].alarmAt, entries[1].at - 7 * dayMs);
        QCOMPARE(entries[1].summary, QStringLiteral("Rotate credential bind-primary"));
        QVERIFY(entries[0].at < entries[1].at);
    }

    void writesAHundredThousand()
    {
        const Inventory inventory = Inventory::of(manyInventoryRows(100'000), inventoryNow());
        const std::vector<CalendarEntry> entries = *calendarEntries(inventory, Query(), {});
        const QByteArray file = calendarFile(entries, inventoryNow());
        QCOMPARE(static_cast<std::size_t>(file.count("BEGIN:VEVENT\r\n")), entries.size());
        QVERIFY(entries.size() > 10'000);
    }
};

QTEST_GUILESS_MAIN(TstCalendarFile)
#include "tst_calendarfile.moc"
