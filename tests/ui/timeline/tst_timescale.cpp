// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/InventoryRows.h"
#include "ui/timeline/TimeScale.h"

#include <QTest>

using namespace sealbook;

class TstTimeScale : public QObject
{
    Q_OBJECT

private:
    static qint64 at(const char *time)
    {
        return QDateTime::fromString(QString::fromLatin1(time), Qt::ISODate).toMSecsSinceEpoch();
    }
    static QStringList textsOf(const std::vector<TimeScale::Mark> &marks)
    {
        QStringList texts;
        for (const TimeScale::Mark &mark : marks)
            texts << mark.text;
        return texts;
    }

private Q_SLOTS:
    void leadsThereAndBack()
    {
        for (const double perDay : {TimeScale::leastPerDay, 4.25, 96.0, TimeScale::mostPerDay}) {
            const TimeScale scale{inventoryNow(), perDay};
            QCOMPARE(scale.x(inventoryNow()), 0.0);
            QCOMPARE(scale.x(inventoryNow() + dayMs), perDay);
            for (const double x : {-300.0, 0.0, 17.0, 1000.0})
                QVERIFY(std::abs(scale.x(scale.time(x)) - x) < 0.01);
        }
    }

    void zoomsAboutThePointer()
    {
        const TimeScale scale{inventoryNow(), 4};
        for (const double x : {0.0, 250.0, 800.0}) {
            const TimeScale closer = scale.zoomed(1.5, x);
            QCOMPARE(closer.perDay, 6.0);
            QVERIFY(std::abs(closer.x(scale.time(x)) - x) < 0.01);
        }
        QCOMPARE(scale.zoomed(1e9, 0).perDay, TimeScale::mostPerDay);
        QCOMPARE(scale.zoomed(1e-9, 0).perDay, TimeScale::leastPerDay);
    }

    void runsEvenlyAlongItsSlider()
    {
        QCOMPARE(TimeScale::sliderOf(TimeScale::leastPerDay), 0.0);
        QCOMPARE(TimeScale::sliderOf(TimeScale::mostPerDay), 1.0);
        for (const double slider : {0.0, 0.25, 0.5, 0.9, 1.0})
            QVERIFY(std::abs(TimeScale::sliderOf(TimeScale::perDayOf(slider)) - slider) < 1e-9);
        QCOMPARE(TimeScale::perDayOf(7), TimeScale::mostPerDay);
    }

    void namesItsLevels()
    {
        const auto name = [](double perDay) { return TimeScale{0, perDay}.name(); };
        QCOMPARE(name(96), QStringLiteral("Day"));
        QCOMPARE(name(24), QStringLiteral("Week"));
        QCOMPARE(name(TimeScale::monthPerDay), QStringLiteral("Month"));
        QCOMPARE(name(1), QStringLiteral("Quarter"));
        QCOMPARE(name(0.2), QStringLiteral("Year"));
    }

    void marksMonthsAndMondays()
    {
        const TimeScale scale{at("2026-10-28T00:00:00Z"), 4.25};
        const TimeScale::Marks marks = scale.marks(0, 300, 7);
        QCOMPARE(textsOf(marks.major),
                 (QStringList{QStringLiteral("Oct 2026"), QStringLiteral("Nov"),
                              QStringLiteral("Dec"), QStringLiteral("Jan 2027")}));
        QCOMPARE(marks.major[1].time, at("2026-11-01T00:00:00Z"));
        QCOMPARE(textsOf(marks.minor).mid(0, 4),
                 (QStringList{QStringLiteral("26"), QStringLiteral("2"), QStringLiteral("9"),
                              QStringLiteral("16")}));
        for (const TimeScale::Mark &mark : marks.minor)
            QCOMPARE(QDateTime::fromMSecsSinceEpoch(mark.time, QTimeZone::utc()).date().dayOfWeek(),
                     1);
    }

    void marksDaysAndHoursWhenClose()
    {
        const TimeScale week{at("2026-11-24T00:00:00Z"), 30};
        QCOMPARE(textsOf(week.marks(0, 90, 7).minor),
                 (QStringList{QStringLiteral("24"), QStringLiteral("25"), QStringLiteral("26"),
                              QStringLiteral("27")}));
        const TimeScale day{at("2026-11-25T00:00:00Z"), 240};
        const TimeScale::Marks marks = day.marks(0, 230, 7);
        QCOMPARE(textsOf(marks.major), QStringList{QStringLiteral("Wed 25 Nov")});
        QCOMPARE(textsOf(marks.minor),
                 (QStringList{QStringLiteral("00:00"), QStringLiteral("06:00"),
                              QStringLiteral("12:00"), QStringLiteral("18:00")}));
    }

    void marksYearsWhenFar()
    {
        const TimeScale scale{at("2024-06-01T00:00:00Z"), 0.8};
        QCOMPARE(textsOf(scale.marks(0, 900, 7).major),
                 (QStringList{QStringLiteral("2024"), QStringLiteral("2025"),
                              QStringLiteral("2026"), QStringLiteral("2027")}));
        const TimeScale far{at("2013-06-01T00:00:00Z"), TimeScale::leastPerDay};
        const TimeScale::Marks marks = far.marks(0, 900, 20);
        QCOMPARE(textsOf(marks.major).mid(0, 2),
                 (QStringList{QStringLiteral("2010"), QStringLiteral("2015")}));
        QVERIFY(marks.minor.empty());
    }

    void neverMarksMoreThanTheViewHolds()
    {
        for (double perDay = TimeScale::leastPerDay; perDay <= TimeScale::mostPerDay;
             perDay *= 1.1) {
            const TimeScale scale{inventoryNow(), perDay};
            const TimeScale::Marks marks = scale.marks(0, 3000, 6);
            QVERIFY2(marks.minor.size() < 300 && marks.major.size() < 110,
                     qPrintable(QString::number(perDay)));
            QVERIFY(!marks.major.empty());
        }
    }
};

QTEST_GUILESS_MAIN(TstTimeScale)
#include "tst_timescale.moc"
