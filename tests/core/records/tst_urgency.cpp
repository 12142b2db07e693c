// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/Urgency.h"

#include <QTest>
#include <QTimeZone>

using namespace sealbook;

class TstUrgency : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data();
    void decides();
    void windowStartsAtTwoThirdsOrHalf();
};

// The whole definition of product.md as a table. Times are days; a window's are counted from the
// beginning, -1 = the CA named none.
void TstUrgency::decides_data()
{
    QTest::addColumn<int>("lifeDays");
    QTest::addColumn<double>("usedDays");
    QTest::addColumn<double>("windowStart");
    QTest::addColumn<double>("windowEnd");
    QTest::addColumn<int>("failed");
    QTest::addColumn<QString>("state"); // "", "retired", "served expired"
    QTest::addColumn<QString>("expected");

    struct Window
    {
        double start = -1;
        double end = -1;
    };
    const auto row = [](int life, double used, const char *expected, Window window = {},
                        int failed = 0, const char *state = "") {
        QTest::addRow("%d d, %g used, window %g-%g, failed %d%s%s", life, used, window.start,
                      window.end, failed, *state ? ", " : "", state)
            << life << used << window.start << window.end << failed << QString::fromLatin1(state)
            << QString::fromLatin1(expected);
    };
    // Short lives: soon from one half, act now in the last sixth.
    row(6, 0, "fine");
    row(6, 2.9, "fine");
    row(6, 3, "fine"); // exactly one half left
    row(6, 3.1, "soon");
    row(6, 5, "soon"); // exactly one sixth left
    row(6, 5.1, "act_now");
    row(6, 5.999, "act_now");
    row(6, 6, "overdue");
    row(6, 30, "overdue");
    row(10, 5.1, "soon"); // the longest short life
    row(11, 5.6, "fine"); // the shortest long one
    row(11, 7.4, "soon");
    // Long lives: soon from two thirds.
    row(45, 1, "fine");
    row(45, 29.9, "fine");
    row(45, 30.1, "soon");
    row(45, 37.4, "soon");
    row(45, 37.6, "act_now");
    row(45, 45, "overdue");
    row(47, 31, "fine");
    row(47, 32, "soon");
    row(47, 39, "soon");
    row(47, 40, "act_now");
    row(47, 47.1, "overdue");
    row(90, 45, "fine");
    row(90, 60, "fine"); // exactly one third left
    row(90, 60.1, "soon");
    row(90, 75, "soon");
    row(90, 75.1, "act_now");
    row(90, 89.99, "act_now");
    row(90, 90, "overdue");
    row(200, 110, "fine");
    row(200, 133, "fine");
    row(200, 134, "soon");
    row(200, 166, "soon");
    row(200, 167, "act_now");
    row(200, 201, "overdue");
    row(398, 110, "fine");
    row(398, 265, "fine");
    row(398, 266, "soon");
    row(398, 331, "soon");
    row(398, 332, "act_now");
    row(398, 398, "overdue");
    row(90, -5, "fine"); // not valid yet
    // The CA's window (ARI) makes it earlier, never later.
    row(90, 49, "fine", {50, 52});
    row(90, 50, "soon", {50, 52});
    row(90, 52, "soon", {50, 52});
    row(90, 52.1, "act_now", {50, 52});
    row(90, 1, "act_now", {0, 0.5}); // the CA revokes: renew at once
    row(90, 65, "soon", {80, 85});
    row(90, 78, "act_now", {80, 85});
    row(90, 91, "overdue", {80, 85});
    row(6, 2, "fine", {2.5, 3});
    row(6, 2.6, "soon", {2.5, 3});
    row(6, 3.5, "act_now", {2.5, 3});
    row(47, 20, "soon", {20, 22});
    row(200, 100, "soon", {90, 110});
    row(398, 120, "act_now", {90, 110});
    row(90, 40, "soon", {30, -1}); // half a window
    // Renewals that fail.
    row(90, 10, "fine", {}, 1);
    row(90, 10, "act_now", {}, 2);
    row(90, 10, "act_now", {}, 30);
    row(90, 65, "soon", {}, 1);
    row(6, 1, "act_now", {}, 2);
    row(398, 5, "act_now", {300, 310}, 3);
    row(90, 95, "overdue", {}, 3);
    // What is put away, and what is served too long.
    row(90, 10, "retired", {}, 0, "retired");
    row(90, 100, "retired", {}, 0, "retired");
    row(90, 80, "retired", {50, 52}, 5, "retired");
    row(90, 10, "overdue", {}, 0, "served expired");
    row(398, 5, "overdue", {300, 310}, 0, "served expired");
}

void TstUrgency::decides()
{
    QFETCH(int, lifeDays);
    QFETCH(double, usedDays);
    QFETCH(double, windowStart);
    QFETCH(double, windowEnd);
    QFETCH(int, failed);
    QFETCH(QString, state);
    QFETCH(QString, expected);

    UrgencyInput input;
    input.notBefore = QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::utc()).toUTC();
    input.notAfter = input.notBefore.addDays(lifeDays);
    const auto after = [&input](double days) {
        return input.notBefore.addSecs(static_cast<qint64>(days * 86400));
    };
    if (windowStart >= 0)
        input.windowStart = after(windowStart);
    if (windowEnd >= 0)
        input.windowEnd = after(windowEnd);
    input.failedRenewals = failed;
    input.retired = state == QLatin1String("retired");
    input.servedExpired = state == QLatin1String("served expired");
    const Urgency urgency = urgencyOf(input, after(usedDays));
    QCOMPARE(urgencyName(urgency), expected);
    QCOMPARE(urgencyFromName(expected), urgency);

    UrgencyTimes times;
    times.notBefore = input.notBefore.toMSecsSinceEpoch();
    times.notAfter = input.notAfter.toMSecsSinceEpoch();
    times.windowStart = input.windowStart ? input.windowStart->toMSecsSinceEpoch() : 0;
    times.windowEnd = input.windowEnd ? input.windowEnd->toMSecsSinceEpoch() : 0;
    times.failedRenewals = failed;
    times.retired = input.retired;
    times.servedExpired = input.servedExpired;
    QCOMPARE(urgencyOf(times, after(usedDays).toMSecsSinceEpoch()), urgency);
}

void TstUrgency::windowStartsAtTwoThirdsOrHalf()
{
    UrgencyInput input;
    input.notBefore = QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::utc()).toUTC();
    input.notAfter = input.notBefore.addDays(90);
    QCOMPARE(renewalWindowStart(input), input.notBefore.addDays(60));
    input.notAfter = input.notBefore.addDays(6);
    QCOMPARE(renewalWindowStart(input), input.notBefore.addDays(3));
    input.windowStart = input.notBefore.addDays(1);
    QCOMPARE(renewalWindowStart(input), input.notBefore.addDays(1));
}

QTEST_GUILESS_MAIN(TstUrgency)
#include "tst_urgency.moc"
