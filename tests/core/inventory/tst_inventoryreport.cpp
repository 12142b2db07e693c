// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/inventory/HtmlReport.h"
#include "core/inventory/InventoryReport.h"
#include "core/inventory/RowJson.h"
#include "tests/support/InventoryRows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace sealbook;

class TstInventoryReport : public QObject
{
    Q_OBJECT

private:
    static constexpr char hostile[] = "<script>alert(1)</script>\"'&=\xE2\x80\xAE"
                                      "cod.exe";

    // Overdue, act now, soon, fine, retired, one each; hostile in all that somebody else writes.
    static Inventory five()
    {
        std::vector<InventoryRow> rows{
            inventoryRow(1, {"over.example.org"}, 100), inventoryRow(2, {"now.example.org"}, 85),
            inventoryRow(3, {"soon.example.org", hostile}, 65),
            inventoryRow(4, {"fine.example.com"}, 1), inventoryRow(5, {"away.example.com"}, 100)};
        InventoryRow &bad = rows[2];
        const QString text = QString::fromUtf8(hostile);
        bad.issuer = bad.issuerDn = bad.owner = bad.note = bad.credential = text;
        bad.keyAlgorithm = bad.signatureAlgorithm = text;
        bad.commonName = text;
        bad.tags = {text, QStringLiteral("prod")};
        addPlace(bad, PlaceRecord::Kind::File, hostile);
        rows[4].flags = InventoryRow::Retired;
        return Inventory::of(std::move(rows), inventoryNow());
    }
    static ReportRequest asked(ReportFormat format, const QString &query = {},
                               InventoryGrouping grouping = InventoryGrouping::None)
    {
        ReportRequest request;
        request.format = format;
        request.view.grouping = grouping;
        const auto parsed = Query::parse(query);
        if (parsed)
            request.view.query = *parsed;
        return request;
    }
    static QByteArray fileOf(const Inventory &inventory, const ReportRequest &request)
    {
        const auto report = inventoryReport(inventory, request, {});
        return report ? report->file : QByteArray();
    }
    // A plain reader of RFC 4180.
    static std::vector<QStringList> cellsOf(QByteArray file)
    {
        if (file.startsWith("\xEF\xBB\xBF"))
            file.remove(0, 3);
        std::vector<QStringList> records;
        QStringList record;
        QByteArray cell;
        bool isQuoted = false;
        for (qsizetype i = 0; i < file.size(); ++i) {
            const char c = file[i];
            if (isQuoted && c == '"' && i + 1 < file.size() && file[i + 1] == '"') {
                cell += c;
                ++i;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && (c == ',' || c == '\n')) {
                record << QString::fromUtf8(cell);
                cell.clear();
                if (c == '\n')
                    records.push_back(std::exchange(record, {}));
            } else if (isQuoted || c != '\r') {
                cell += c;
            }
        }
        return records;
    }
    // The page as a strict reader sees it: void elements closed, entities known.
    static QString visibleText(QByteArray html, QStringList *elements)
    {
        html.replace("<!DOCTYPE html>", "");
        html.replace(QByteArray("<meta "), QByteArray("<meta/><i "));
        static const QRegularExpression metaEnd(QStringLiteral("(<i [^>]*)>"));
        QString page = QString::fromUtf8(html);
        page.replace(metaEnd, QStringLiteral("\\1/>"));
        QXmlStreamReader reader(page);
        QString text;
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement())
                elements->append(reader.name().toString());
            if (reader.isCharacters())
                text += reader.text();
        }
        return reader.hasError() ? QStringLiteral("not well-formed: ") + reader.errorString()
                                 : text;
    }

private Q_SLOTS:
    void showsHostileTextAsText()
    {
        for (const InventoryGrouping grouping :
             {InventoryGrouping::None, InventoryGrouping::Issuer, InventoryGrouping::Zone,
              InventoryGrouping::Tag, InventoryGrouping::Place, InventoryGrouping::Urgency}) {
            ReportRequest request = asked(ReportFormat::Html, {}, grouping);
            for (const QString &name : reportColumnNames())
                request.columns.push_back(*reportColumnFromName(name));
            const QByteArray page = fileOf(five(), request);
            QVERIFY(!page.isEmpty());
            QVERIFY(!page.contains("<script"));
            QStringList elements;
            const QString text = visibleText(page, &elements);
            QVERIFY2(!text.startsWith(QLatin1String("not well-formed")), qPrintable(text));
            QVERIFY(text.contains(QLatin1String("<script>alert(1)</script>")));
            for (const char *element : {"script", "img", "link", "iframe", "object", "form", "a"})
                QVERIFY(!elements.contains(QLatin1String(element)));
        }
    }

    // What turns the direction of a text around stays within its own cell.
    void isolatesForeignText()
    {
        const QByteArray page = fileOf(five(), asked(ReportFormat::Html));
        const QByteArray turned = "\xE2\x80\xAE";
        QVERIFY(page.contains(turned));
        for (qsizetype at = page.indexOf(turned); at >= 0; at = page.indexOf(turned, at + 1)) {
            const qsizetype opened = page.lastIndexOf("<bdi>", at);
            QVERIFY(opened >= 0);
            QVERIFY(page.lastIndexOf("</bdi>", at) < opened);
        }
    }

    void escapesAlsoTheQuestion()
    {
        const QString query = QStringLiteral("owner:\"<script>\"");
        const QByteArray page = fileOf(five(), asked(ReportFormat::Html, query));
        QVERIFY(page.contains("<code><bdi>owner:&quot;&lt;script&gt;&quot;</bdi></code>"));
        QVERIFY(!page.contains("<script"));
    }

    void needsNothingFromElsewhere()
    {
        const QByteArray page = fileOf(five(), asked(ReportFormat::Html));
        for (const char *word :
             {"http:", "https:", "src=", "url(", "@import", "style=\"", "onload"})
            QVERIFY2(!page.contains(word), word);
        QVERIFY(page.contains("default-src 'none'"));
        // The policy allows exactly this style sheet.
        const qsizetype begin = page.indexOf("<style>") + 7;
        const QByteArray css = page.mid(begin, page.indexOf("</style>") - begin);
        QVERIFY(page.contains("style-src 'sha256-" + sha256(css).toBase64() + "'"));
        QCOMPARE(page.count("<style>"), 1);
    }

    void isForScreenAndPaper()
    {
        const QByteArray page = fileOf(five(), asked(ReportFormat::Html));
        QVERIFY(page.contains("prefers-color-scheme:dark"));
        QVERIFY(page.contains("@media print"));
        QVERIFY(page.contains("@page{size:A4 landscape"));
        ReportRequest few = asked(ReportFormat::Html);
        few.columns = {ReportColumn::Names, ReportColumn::Expires};
        QVERIFY(fileOf(five(), few).contains("@page{size:A4 portrait"));
    }

    void countsByUrgencyOnTop()
    {
        // By zone and tag, a row stands in several groups and counts once.
        for (const InventoryGrouping grouping :
             {InventoryGrouping::None, InventoryGrouping::Zone, InventoryGrouping::Tag}) {
            const QByteArray page = fileOf(five(), asked(ReportFormat::Html, {}, grouping));
            for (const char *state : {"overdue", "act_now", "soon", "fine", "retired"}) {
                const QByteArray item = QByteArray("<li class=\"") + state
                    + "\"><svg class=\"glyph\" aria-hidden=\"true\"><use href=\"#" + state
                    + "\"/></svg><b>1</b>";
                QVERIFY2(page.contains(item), item.constData());
            }
        }
    }

    void drawsTheStripOfTheQuestion()
    {
        const QByteArray page =
            fileOf(five(), asked(ReportFormat::Html, QStringLiteral("now.example.org")));
        QCOMPARE(page.count("<g class="), ExpiryWeeks::cellCount);
        QVERIFY(page.contains("<title>over: 0 certificates</title>"));
        QVERIFY(page.contains("<title>30 Nov: 1 certificates, 1 act now</title>"));
    }

    void groupsAsAsked()
    {
        const QByteArray page =
            fileOf(five(), asked(ReportFormat::Html, {}, InventoryGrouping::Zone));
        QCOMPARE(page.count("<tbody>"), 3); // example.org, example.com, and the hostile name's
        QVERIFY(page.contains("<th scope=\"rowgroup\" colspan=\"8\"><bdi>example.com</bdi> "
                              "<span>2</span></th>"));
        QCOMPARE(page.count("<thead>"), 1); // paper has it on each page
    }

    void saysWhenNothingMatches()
    {
        const auto report = inventoryReport(
            five(), asked(ReportFormat::Html, QStringLiteral("name:nowhere.test")), {});
        QVERIFY(report.has_value());
        QCOMPARE(report->counts.certificates, 0U);
        QVERIFY(report->file.contains("No certificate matches."));
    }

    void writesCsvThatRunsNothing()
    {
        ReportRequest request = asked(ReportFormat::Csv, {}, InventoryGrouping::Urgency);
        for (const QString &name : reportColumnNames())
            request.columns.push_back(*reportColumnFromName(name));
        std::vector<InventoryRow> rows{inventoryRow(1, {"a.example.org"})};
        rows[0].owner = QStringLiteral("=HYPERLINK(\"http://x\")");
        rows[0].note = QStringLiteral("line one\n@line two, \"quoted\"");
        rows[0].issuer = QStringLiteral("+CA;=1");
        const Inventory one = Inventory::of(std::move(rows), inventoryNow());
        const std::vector<QStringList> records = cellsOf(fileOf(one, request));
        QCOMPARE(records.size(), 2U);
        QCOMPARE(records[0], QStringList{QStringLiteral("group")} + reportColumnNames());
        const auto cell = [&records](const char *column) {
            return records[1].value(records[0].indexOf(QLatin1String(column)));
        };
        QCOMPARE(cell("group"), QStringLiteral("fine"));
        QCOMPARE(cell("names"), QStringLiteral("a.example.org"));
        QCOMPARE(cell("days"), QStringLiteral("80"));
        QCOMPARE(cell("expires"), QStringLiteral("2027-02-13T14:06:00Z"));
        QCOMPARE(cell("owner"), QStringLiteral("'=HYPERLINK(\"http://x\")"));
        QCOMPARE(cell("note"), QStringLiteral("line one\n'@line two, \"quoted\""));
        QCOMPARE(cell("issuer"), QStringLiteral("'+CA;'=1"));
        for (const QString &text : records[1])
            QVERIFY(text.isEmpty() || !QStringLiteral("=+-@\t\r").contains(text.at(0)));
    }

    void marksCsvAsUtf8OnlyWhereItMatters()
    {
        std::vector<InventoryRow> rows{inventoryRow(1, {"a.example.org"})};
        const auto csv = [&rows] {
            return fileOf(Inventory::of(rows, inventoryNow()), asked(ReportFormat::Csv));
        };
        QVERIFY(csv().startsWith("\"names\""));
        rows[0].owner = QStringLiteral("J\u00F6rg");
        QVERIFY(csv().startsWith("\xEF\xBB\xBF\"names\""));
        QVERIFY(csv().contains("J\xC3\xB6rg"));
    }

    void writesTheLinesOfList()
    {
        const Inventory inventory = five();
        const QByteArray file = fileOf(
            inventory,
            asked(ReportFormat::Json, QStringLiteral("zone:example.com"), InventoryGrouping::Zone));
        const QByteArrayList lines = file.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        for (qsizetype i = 0; i < 2; ++i) {
            QJsonObject item = QJsonDocument::fromJson(lines[i]).object();
            QCOMPARE(item.take(QStringLiteral("event")).toString(), QStringLiteral("item"));
            QCOMPARE(item.take(QStringLiteral("group")).toString(), QStringLiteral("example.com"));
            const auto sha256 = Fingerprint::fromHex(item[u"sha256"].toString());
            QVERIFY(sha256.has_value());
            QCOMPARE(item, rowJson(inventory, *inventory.indexOf(*sha256)));
        }
        const QJsonObject result = QJsonDocument::fromJson(lines[2]).object();
        QCOMPARE(result[u"event"].toString(), QStringLiteral("result"));
        QCOMPARE(result[u"count"].toInt(), 2);
        QCOMPARE(result[u"generated_at"].toString(), QStringLiteral("2026-11-25T14:06:00Z"));
    }

    void holdsWhatTheSwitchesLeave()
    {
        ReportRequest request = asked(ReportFormat::Csv);
        request.view.hidesExpired = true;
        const auto report = inventoryReport(five(), request, {});
        QVERIFY(report.has_value());
        QCOMPARE(report->counts.certificates, 3U);
        QCOMPARE(report->counts.hidden, 2U);
        QCOMPARE(cellsOf(report->file).size(), 4U);
    }

    void stopsWhenAsked()
    {
        const Inventory inventory = Inventory::of(manyInventoryRows(1000), inventoryNow());
        std::stop_source stop;
        stop.request_stop();
        for (const ReportFormat format :
             {ReportFormat::Html, ReportFormat::Csv, ReportFormat::Json}) {
            const auto report = inventoryReport(inventory, asked(format), stop.get_token());
            QVERIFY(!report);
            QCOMPARE(report.error().kind, Error::Kind::Cancelled);
        }
    }

    void takesTheFormatFromTheEnding_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("format");
        QTest::newRow("html") << QStringLiteral("/a/b.html") << 0;
        QTest::newRow("htm") << QStringLiteral("b.HTM") << 0;
        QTest::newRow("csv") << QStringLiteral("a.b.csv") << 1;
        QTest::newRow("json") << QStringLiteral("x.json") << 2;
        QTest::newRow("none") << QStringLiteral("report") << -1;
        QTest::newRow("other") << QStringLiteral("report.pdf") << -1;
    }
    void takesTheFormatFromTheEnding()
    {
        QFETCH(const QString, path);
        const auto format = reportFormatOfFile(path);
        QTEST(format ? static_cast<int>(*format) : -1, "format");
    }
};

QTEST_GUILESS_MAIN(TstInventoryReport)
#include "tst_inventoryreport.moc"
