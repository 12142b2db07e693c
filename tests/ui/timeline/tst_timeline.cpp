// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"
#include "tests/support/InventoryRows.h"
#include "ui/timeline/GanttLayout.h"
#include "ui/timeline/MonthCalendar.h"
#include "ui/timeline/TimelineWords.h"
#include "ui/widgets/PluralTexts.h"

#include <QTest>

using namespace sealbook;

class TstTimeline : public QObject
{
    Q_OBJECT

private:
    using Kind = TimelineRow::Kind;
    PluralTexts m_plurals;

    static TimelineSources sourcesOf(std::vector<InventoryRow> rows)
    {
        TimelineSources sources;
        sources.now = QDateTime::fromMSecsSinceEpoch(inventoryNow(), QTimeZone::utc());
        sources.inventory =
            std::make_shared<const Inventory>(Inventory::of(std::move(rows), inventoryNow()));
        return sources;
    }
    static Timeline timelineOf(const TimelineSources &sources, const TimelineOptions &options)
    {
        return Timeline::of(sources, options, {}).value();
    }
    static CredentialRecord credential(const char *name, int ageDays, QStringList reach)
    {
        CredentialRecord record;
        record.name = QLatin1String(name);
        record.createdAt =
            QDateTime::fromMSecsSinceEpoch(inventoryNow(), QTimeZone::utc()).addDays(-ageDays);
        record.lastUsedAt = record.createdAt.addDays(ageDays);
        record.reach = std::move(reach);
        return record;
    }
    // "H zone", "L name", "C credential", "J job"
    static QStringList outline(const Timeline &timeline)
    {
        QStringList lines;
        for (const TimelineRow &row : timeline.rows)
            lines << QStringLiteral("%1 %2").arg(
                QString(QLatin1Char("HLCJ"[static_cast<int>(row.kind)])), row.title);
        return lines;
    }
    static const TimelineRow &rowOf(const Timeline &timeline, const char *title)
    {
        for (const TimelineRow &row : timeline.rows) {
            if (row.title == QLatin1String(title) && row.kind != Kind::Head)
                return row;
        }
        static const TimelineRow none;
        return none;
    }
    static TimelineOptions grouped(InventoryGrouping grouping)
    {
        TimelineOptions options;
        options.grouping = grouping;
        return options;
    }

private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }

    void standsWithoutAnything()
    {
        const Timeline timeline = timelineOf(sourcesOf({}), {});
        QVERIFY(timeline.rows.empty());
        QVERIFY(timeline.begin < timeline.now && timeline.now < timeline.end);
        TimelineSources unread;
        unread.now = QDateTime::fromMSecsSinceEpoch(inventoryNow(), QTimeZone::utc());
        QVERIFY(timelineOf(unread, {}).rows.empty());
    }

    void stopsWhenItIsNotWantedAnyMore()
    {
        std::stop_source stopped;
        stopped.request_stop();
        const auto timeline =
            Timeline::of(sourcesOf(manyInventoryRows(100)), {}, stopped.get_token());
        QVERIFY(!timeline && timeline.error().kind == Error::Kind::Cancelled);
    }

    void putsALineageIntoOneRow()
    {
        const Timeline timeline = timelineOf(sourcesOf({inventoryRow(1, {"a.example.org"}, 130),
                                                        inventoryRow(2, {"a.example.org"}, 70),
                                                        inventoryRow(3, {"a.example.org"}, 10)}),
                                             {});
        QCOMPARE(outline(timeline),
                 (QStringList{QStringLiteral("H example.org"), QStringLiteral("L a.example.org")}));
        const TimelineRow &row = rowOf(timeline, "a.example.org");
        const auto bars = timeline.barsOf(row);
        QCOMPARE(bars.size(), std::size_t(3));
        QCOMPARE(bars[0].to, inventoryNow() - 70 * dayMs); // where the next one begins
        QCOMPARE(bars[0].validTo, inventoryNow() - 40 * dayMs);
        QCOMPARE(bars[1].to, inventoryNow() - 10 * dayMs);
        QCOMPARE(bars[2].to, bars[2].validTo);
        QCOMPARE(timeline.mainBar(row), &bars[2]);
        QCOMPARE(row.urgency, Urgency::Fine);
        QCOMPARE(row.label, QString());
        QCOMPARE(row.plannedFrom, bars[2].validTo);
        QCOMPARE(row.plannedTo, bars[2].windowStart + 90 * dayMs);
        QCOMPARE(timeline.lineages, 1);
    }

    void keepsRsaAndEcSideBySideApart()
    {
        std::vector<InventoryRow> rows{
            inventoryRow(1, {"a.example.org"}, 80), inventoryRow(2, {"a.example.org"}, 10),
            inventoryRow(3, {"a.example.org"}, 80), inventoryRow(4, {"a.example.org"}, 10)};
        rows[2].keyAlgorithm = rows[3].keyAlgorithm = QStringLiteral("RSA 2048");
        const Timeline timeline = timelineOf(sourcesOf(rows), {});
        QCOMPARE(timeline.lineages, 2);
        for (const TimelineRow &row : timeline.rows) {
            if (row.kind == Kind::Lineage)
                QCOMPARE(row.barCount, 2U);
        }
    }

    void leavesOutTheTrashAndWhatIsPutAway()
    {
        std::vector<InventoryRow> rows{inventoryRow(1, {"a.example.org"}),
                                       inventoryRow(2, {"b.example.org"}),
                                       inventoryRow(3, {"c.example.org"})};
        rows[0].trashedAt = inventoryNow();
        rows[1].flags = InventoryRow::Retired;
        const TimelineSources sources = sourcesOf(rows);
        QCOMPARE(outline(timelineOf(sources, {})),
                 (QStringList{QStringLiteral("H example.org"), QStringLiteral("L c.example.org")}));
        TimelineOptions asked;
        asked.query = *Query::parse(QStringLiteral("is:retired"));
        QCOMPARE(outline(timelineOf(sources, asked)),
                 (QStringList{QStringLiteral("H example.org"), QStringLiteral("L b.example.org")}));
    }

    void groupsAndSortsByUrgency()
    {
        std::vector<InventoryRow> rows{inventoryRow(1, {"a.example.org"}, 10),
                                       inventoryRow(2, {"b.example.org", "b.example.net"}, 85),
                                       inventoryRow(3, {"c.example.net"}, 93)};
        rows[1].tags = {QStringLiteral("prod")};
        const TimelineSources sources = sourcesOf(rows);
        QCOMPARE(
            outline(timelineOf(sources, {})),
            (QStringList{QStringLiteral("H example.net"), QStringLiteral("L c.example.net"),
                         QStringLiteral("L b.example.org"), QStringLiteral("H example.org"),
                         QStringLiteral("L b.example.org"), QStringLiteral("L a.example.org")}));
        QCOMPARE(outline(timelineOf(sources, grouped(InventoryGrouping::Tag))),
                 (QStringList{QStringLiteral("H prod"), QStringLiteral("L b.example.org"),
                              QStringLiteral("H No tag"), QStringLiteral("L c.example.net"),
                              QStringLiteral("L a.example.org")}));
        QCOMPARE(outline(timelineOf(sources, grouped(InventoryGrouping::Urgency))),
                 (QStringList{QStringLiteral("H overdue"), QStringLiteral("L c.example.net"),
                              QStringLiteral("H act now"), QStringLiteral("L b.example.org"),
                              QStringLiteral("H fine"), QStringLiteral("L a.example.org")}));
        QCOMPARE(outline(timelineOf(sources, grouped(InventoryGrouping::None))).first(),
                 QStringLiteral("H All"));
        const Timeline zones = timelineOf(sources, {});
        QCOMPARE(zones.rows.front().more, QStringLiteral("2 certificates"));
        QCOMPARE(zones.rows[1].label, QStringLiteral("overdue, expired 3 d ago"));
        QCOMPARE(zones.rows[2].label, QStringLiteral("act now, 5 d"));
        QCOMPARE(zones.rows[2].more, QStringLiteral("+1"));
    }

    void putsCredentialsWhereTheirCertificatesAre()
    {
        std::vector<InventoryRow> rows{inventoryRow(1, {"a.example.org"}),
                                       inventoryRow(2, {"b.example.net"}),
                                       inventoryRow(3, {"c.example.net"})};
        for (InventoryRow &row : rows)
            row.credential = QStringLiteral("cloudflare-all");
        TimelineSources sources = sourcesOf(rows);
        sources.credentials = {
            credential("cloudflare-all", 74,
                       {QStringLiteral("example.org"), QStringLiteral("example.net"),
                        QStringLiteral("other.example")}),
            credential("spare", 10, {QStringLiteral("example.org")}),
            credential("lost", 10, {QStringLiteral("nowhere.example")}),
            credential("gone", 10, {})};
        sources.credentials[3].state = CredentialRecord::State::Revoked;
        const Timeline timeline = timelineOf(sources, {});
        QCOMPARE(outline(timeline),
                 (QStringList{QStringLiteral("H example.net"), QStringLiteral("L b.example.net"),
                              QStringLiteral("L c.example.net"), QStringLiteral("C cloudflare-all"),
                              QStringLiteral("H example.org"), QStringLiteral("L a.example.org"),
                              QStringLiteral("C spare"), QStringLiteral("H Credentials"),
                              QStringLiteral("C lost")}));
        QCOMPARE(timeline.rows.front().more, QStringLiteral("2 certificates, 1 credential"));
        const TimelineRow &broad = rowOf(timeline, "cloudflare-all");
        QCOMPARE(broad.label, QStringLiteral("broad, rotate in 16 d"));
        QVERIFY(!broad.isDue);
        QCOMPARE(broad.until, inventoryNow() + 16 * dayMs);
        TimelineOptions without;
        without.hasCredentials = false;
        QVERIFY(!outline(timelineOf(sources, without)).contains(QStringLiteral("C lost")));
        TimelineOptions only;
        only.hasCertificates = false;
        QVERIFY(!outline(timelineOf(sources, only)).contains(QStringLiteral("L a.example.org")));
    }

    void showsWhatIsBeingIssued()
    {
        TimelineSources sources = sourcesOf({});
        JobRecord job;
        job.id = JobId::make();
        job.state = JobRecord::State::Running;
        job.owner = LeaseHolder::ofThisProcess().text();
        job.leaseUntil = sources.now.addSecs(60);
        job.createdAt = sources.now.addSecs(-60);
        job.step = QStringLiteral("propagation");
        job.request.names = {QStringLiteral("www.example.org"), QStringLiteral("example.org")};
        sources.jobs = {job};
        const Timeline timeline = timelineOf(sources, {});
        QCOMPARE(
            outline(timeline),
            (QStringList{QStringLiteral("H example.org"), QStringLiteral("J www.example.org")}));
        QCOMPARE(timeline.rows[1].label,
                 QStringLiteral("being issued, waiting for the name servers"));
        sources.jobs[0].state = JobRecord::State::Done;
        QVERIFY(timelineOf(sources, {}).rows.empty());
    }

    void drawsLatenessOnlyWhereItIsLate()
    {
        const Timeline timeline =
            timelineOf(sourcesOf({inventoryRow(1, {"late.example.org"}, 80),
                                  inventoryRow(2, {"fine.example.org"}, 10),
                                  inventoryRow(3, {"over.example.org"}, 100)}),
                       {});
        const TimeScale scale{inventoryNow() - 200 * dayMs, 4};
        const GanttLayout late =
            GanttLayout::of(timeline, rowOf(timeline, "late.example.org"), scale, 0, 1600);
        QCOMPARE(late.bars.size(), std::size_t(1));
        QCOMPARE(late.bars[0].span, (GanttLayout::Span{120 * 4, 210 * 4}));
        QCOMPARE(*late.bars[0].late, (GanttLayout::Span{180 * 4, 200 * 4}));
        QCOMPARE(*late.bars[0].window,
                 (GanttLayout::Span{180 * 4, 180 * 4 + 6})); // none of the CA's
        QCOMPARE(late.labelAt, 210 * 4 + 8.0);
        const GanttLayout fine =
            GanttLayout::of(timeline, rowOf(timeline, "fine.example.org"), scale, 0, 1600);
        QVERIFY(!fine.bars[0].late);
        QCOMPARE(fine.bars[1].kind, GanttLayout::Kind::Planned);
        const GanttLayout over =
            GanttLayout::of(timeline, rowOf(timeline, "over.example.org"), scale, 0, 1600);
        QCOMPARE(over.bars[0].late->to, over.bars[0].span.to); // not beyond its end
        QCOMPARE(over.labelAt, 200 * 4 + 8.0); // behind today
    }

    void keepsTheWindowWideEnoughToBeSeen()
    {
        InventoryRow row = inventoryRow(1, {"a.example.org"}, 10);
        row.windowStart = inventoryNow() + 50 * dayMs;
        row.windowEnd = row.windowStart + 3'600'000;
        const Timeline timeline = timelineOf(sourcesOf({row}), {});
        const TimeScale scale{inventoryNow() - 100 * dayMs, 4};
        const GanttLayout layout = GanttLayout::of(timeline, timeline.rows[1], scale, 0, 1600);
        QCOMPARE(layout.bars[0].window->width(), GanttLayout::leastWindow);
    }

    void joinsBarsThatAreTooNarrow()
    {
        std::vector<InventoryRow> rows;
        for (int i = 0; i < 60; ++i) // six-day certificates, renewed every four days
            rows.push_back(inventoryRow(static_cast<quint64>(i), {"edge.example.org"}, 4.0 * i, 6));
        const Timeline timeline = timelineOf(sourcesOf(rows), {});
        QCOMPARE(timeline.rows[1].barCount, 60U);
        const auto count = [&](double perDay) {
            TimeScale scale{inventoryNow(), perDay};
            scale.start = scale.time(-1000 * perDay);
            const GanttLayout layout =
                GanttLayout::of(timeline, timeline.rows[1], scale, 0, 1200 * perDay);
            int merged = 0;
            for (const GanttLayout::Bar &bar : layout.bars)
                merged += bar.kind != GanttLayout::Kind::Planned ? bar.merged : 0;
            [&] { QCOMPARE(merged, 60); }(); // none is lost
            return layout.bars.size();
        };
        QVERIFY(count(4) >= 60); // 16 px each
        QVERIFY(count(0.5) < 10); // 2 px each: all but the last are one
    }

    void holdsOnlyWhatIsInView()
    {
        std::vector<InventoryRow> rows;
        for (int i = 0; i < 400; ++i)
            rows.push_back(inventoryRow(static_cast<quint64>(i), {"edge.example.org"}, 4.0 * i, 6));
        const Timeline timeline = timelineOf(sourcesOf(rows), {});
        const TimeScale close{inventoryNow() - 30 * dayMs, 24};
        const GanttLayout layout = GanttLayout::of(timeline, timeline.rows[1], close, 0, 480);
        QVERIFY(layout.bars.size() <= 9);
        const TimeScale away{inventoryNow() + 500 * dayMs, 24};
        QVERIFY(GanttLayout::of(timeline, timeline.rows[1], away, 0, 480).bars.empty());
    }

    void drawsACredentialFromAddedToItsDay()
    {
        TimelineSources sources = sourcesOf({});
        sources.credentials = {credential("bind-primary", 96, {})};
        const Timeline timeline = timelineOf(sources, {});
        const TimeScale scale{inventoryNow() - 200 * dayMs, 4};
        const GanttLayout layout = GanttLayout::of(timeline, timeline.rows[1], scale, 0, 1600);
        QCOMPARE(*layout.line, (GanttLayout::Span{104 * 4, 200 * 4}));
        QCOMPARE(*layout.diamond, 194 * 4.0);
        QVERIFY(timeline.rows[1].isDue);
        QCOMPARE(layout.labelAt, 200 * 4 + 8.0);
    }

    void knowsTheEventsOfARow()
    {
        const Timeline timeline = timelineOf(sourcesOf({inventoryRow(1, {"a.example.org"}, 70),
                                                        inventoryRow(2, {"a.example.org"}, 10)}),
                                             {});
        const std::vector<TimelineEvent> events = eventsOf(timeline, timeline.rows[1]);
        using Event = TimelineEvent::Kind;
        const std::vector<TimelineEvent> expected{{Event::Begins, inventoryNow() - 70 * dayMs},
                                                  {Event::Begins, inventoryNow() - 10 * dayMs},
                                                  {Event::WindowOpens, inventoryNow() + 50 * dayMs},
                                                  {Event::Ends, inventoryNow() + 80 * dayMs}};
        QCOMPARE(events, expected);
        QVERIFY(eventsOf(timeline, timeline.rows[0]).empty());
    }

    void saysARowInWords()
    {
        const Timeline timeline =
            timelineOf(sourcesOf({inventoryRow(1, {"a.example.org", "b.example.org"}, 150),
                                  inventoryRow(2, {"a.example.org", "b.example.org"}, 85)}),
                       {});
        QCOMPARE(TimelineWords::spoken(timeline, timeline.rows[0]),
                 QStringLiteral("example.org: 1 certificate"));
        QCOMPARE(TimelineWords::spoken(timeline, timeline.rows[1]),
                 QStringLiteral("a.example.org +1: act now, 5 d, valid from 1 Sep 2026 to 30 Nov "
                                "2026, 1 certificate before it"));
        QCOMPARE(TimelineWords::span(timeline.bars[0]),
                 QStringLiteral("28 Jun 2026 to 26 Sep 2026, replaced on 1 Sep 2026"));
    }

    void putsEachEndOnItsDayOnce()
    {
        std::vector<InventoryRow> rows{inventoryRow(1, {"a.example.org", "a.example.net"}, 80),
                                       inventoryRow(2, {"b.example.org"}, 10)};
        TimelineSources sources = sourcesOf(rows);
        sources.credentials = {credential("bind-primary", 80, {})};
        const Timeline timeline = timelineOf(sources, {});
        const std::vector<CalendarItem> items = calendarItems(timeline);
        QStringList texts;
        for (const CalendarItem &item : items)
            texts << item.title;
        QCOMPARE(texts,
                 (QStringList{QStringLiteral("a.example.org"), QStringLiteral("bind-primary"),
                              QStringLiteral("b.example.org")}));
        QVERIFY(items[1].isCredential);
    }

    void isMadeOfTenThousand()
    {
        const Timeline timeline = timelineOf(sourcesOf(manyInventoryRows(10'000)), {});
        QVERIFY(timeline.lineages > 4'000);
        QVERIFY(timeline.rows.size() > static_cast<std::size_t>(timeline.lineages));
        const TimeScale scale{inventoryNow() - 300 * dayMs, 1};
        for (const TimelineRow &row : timeline.rows) {
            const GanttLayout layout = GanttLayout::of(timeline, row, scale, 0, 900);
            for (std::size_t i = 1; i < layout.bars.size(); ++i)
                QVERIFY(layout.bars[i - 1].span.from <= layout.bars[i].span.from);
        }
    }
};

QTEST_GUILESS_MAIN(TstTimeline)
#include "tst_timeline.moc"
