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

void TstUrgency::decides_data()
{
    QTest::addColumn<int>("lifeDays");
    QTest::addColumn<double>("usedDays");
    QTest::addColumn<int>("failed");
    QTest::addColumn<bool>("retired");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *name, int life, double used, const char *expected,
                        int failed = 0, bool retired = false) {
        QTest::newRow(name) << life << used << failed << retired << QString::fromLatin1(expected);
    };
    row("6 days, new", 6, 0.1, "fine");
    row("6 days, past half", 6, 3.1, "soon");
    row("6 days, last day", 6, 5.1, "act_now");
    row("6 days, over", 6, 6.1, "overdue");
    row("47 days, new", 47, 1, "fine");
    row("47 days, past two thirds", 47, 32, "soon");
    row("47 days, last sixth", 47, 40, "act_now");
    row("90 days, middle", 90, 45, "fine");
    row("90 days, past two thirds", 90, 61, "soon");
    row("90 days, last sixth", 90, 76, "act_now");
    row("90 days, over", 90, 90, "overdue");
    row("398 days, 97 left", 398, 301, "soon");
    row("398 days, 288 left", 398, 110, "fine");
    row("renewal failed once", 90, 10, "fine", 1);
    row("renewal failed twice", 90, 10, "act_now", 2);
    row("retired and over", 90, 100, "retired", 0, true);
}

void TstUrgency::decides()
{
    QFETCH(int, lifeDays);
    QFETCH(double, usedDays);
    QFETCH(int, failed);
    QFETCH(bool, retired);
    QFETCH(QString, expected);

    UrgencyInput input;
    input.notBefore = QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::utc()).toUTC();
    input.notAfter = input.notBefore.addDays(lifeDays);
    input.failedRenewals = failed;
    input.retired = retired;
    const QDateTime now = input.notBefore.addSecs(static_cast<qint64>(usedDays * 86400));
    QCOMPARE(urgencyName(urgencyOf(input, now)), expected);
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
