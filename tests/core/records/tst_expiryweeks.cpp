// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/Inventory.h"
#include "core/records/ExpiryWeeks.h"
#include "tests/support/InventoryRows.h"

#include <QTest>

using namespace sealbook;

class TstExpiryWeeks : public QObject
{
    Q_OBJECT

private:
    static qint64 at(const char *time)
    {
        return QDateTime::fromString(QString::fromLatin1(time), Qt::ISODate).toMSecsSinceEpoch();
    }
    static ExpiryWeeks::Cells cells(std::initializer_list<int> set)
    {
        ExpiryWeeks::Cells result;
        for (const int cell : set)
            result.set(static_cast<std::size_t>(cell));
        return result;
    }

private Q_SLOTS:
    void putsEachMomentIntoItsCell_data()
    {
        QTest::addColumn<QString>("time");
        QTest::addColumn<int>("cell");
        QTest::newRow("long ago") << "2019-01-01T00:00:00Z" << 0;
        QTest::newRow("Monday of this week") << "2026-11-23T09:00:00Z" << 0;
        QTest::newRow("this moment") << "2026-11-25T14:06:00Z" << 0;
        QTest::newRow("in a second") << "2026-11-25T14:06:01Z" << 1;
        QTest::newRow("Sunday night") << "2026-11-29T23:59:59Z" << 1;
        QTest::newRow("Monday") << "2026-11-30T00:00:00Z" << 2;
        QTest::newRow("over the year's end") << "2026-12-31T12:00:00Z" << 6;
        QTest::newRow("the last week's end") << "2027-02-21T23:59:59Z" << 13;
        QTest::newRow("later") << "2027-02-22T00:00:00Z" << 14;
        QTest::newRow("the end of time") << "9999-12-31T23:59:59Z" << 14;
    }
    void putsEachMomentIntoItsCell()
    {
        QFETCH(QString, time);
        QFETCH(int, cell);
        const ExpiryWeeks weeks(inventoryNow());
        QCOMPARE(weeks.cellOf(at(qPrintable(time))), cell);
    }

    void beginsItsWeekOnMondayWhateverTheDay()
    {
        for (int day = 23; day <= 29; ++day) {
            const ExpiryWeeks weeks(
                at(qPrintable(QStringLiteral("2026-11-%1T00:00:00Z").arg(day))));
            QCOMPARE(weeks.monday(ExpiryWeeks::thisWeekCell), QDate(2026, 11, 23));
            QCOMPARE(weeks.monday(ExpiryWeeks::laterCell), QDate(2027, 2, 22));
        }
    }

    void countsByUrgencyAndLeavesOutTheRetired()
    {
        ExpiryWeeks weeks(inventoryNow());
        const qint64 soon = at("2026-12-02T00:00:00Z");
        for (const Urgency urgency :
             {Urgency::Fine, Urgency::Soon, Urgency::Soon, Urgency::ActNow, Urgency::Retired})
            weeks.addCertificate(soon, urgency);
        weeks.addCredentialDate(soon);
        weeks.addCertificate(at("2020-01-01T00:00:00Z"), Urgency::Retired);
        const ExpiryWeeks::Cell &cell = weeks.cell(2);
        QCOMPARE(cell.certificates(), 4);
        QCOMPARE(cell.worst(), Urgency::ActNow);
        QCOMPARE(cell.count(Urgency::Soon), 2);
        QCOMPARE(cell.count(Urgency::Retired), 0);
        QCOMPARE(cell.credentialDates, 1);
        QCOMPARE(weeks.cell(0).certificates(), 0);
        QCOMPARE(weeks.cell(0).worst(), Urgency::Fine);
        QCOMPARE(weeks.largestWeek(), 4);
        QCOMPARE(ExpiryWeeks(inventoryNow()).largestWeek(), 0);
    }

    void saysItsCellsAsAQuestion_data()
    {
        QTest::addColumn<QList<int>>("chosen");
        QTest::addColumn<QString>("term");
        QTest::newRow("none") << QList<int>{} << "";
        QTest::newRow("what is over") << QList<int>{0} << "(expires<=0d not is:retired)";
        QTest::newRow("this week")
            << QList<int>{1} << "(expires>0d expires<2026-11-30 not is:retired)";
        QTest::newRow("next week")
            << QList<int>{2} << "(expires>=2026-11-30 expires<2026-12-07 not is:retired)";
        QTest::newRow("two weeks side by side")
            << QList<int>{2, 3} << "(expires>=2026-11-30 expires<2026-12-14 not is:retired)";
        QTest::newRow("over and this week")
            << QList<int>{0, 1} << "(expires<2026-11-30 not is:retired)";
        QTest::newRow("later") << QList<int>{14} << "(expires>=2027-02-22 not is:retired)";
        QTest::newRow("apart") << QList<int>{0, 3, 14}
                               << "((expires<=0d or expires>=2026-12-07 expires<2026-12-14 or "
                                  "expires>=2027-02-22) not is:retired)";
    }
    void saysItsCellsAsAQuestion()
    {
        QFETCH(QList<int>, chosen);
        QFETCH(QString, term);
        const ExpiryWeeks weeks(inventoryNow());
        ExpiryWeeks::Cells set;
        for (const int cell : chosen)
            set.set(static_cast<std::size_t>(cell));
        QCOMPARE(weeks.term(set), term);
        QCOMPARE(weeks.cellsOf(term), set);
        QVERIFY(Query::parse(term));
    }

    void knowsATermThatIsNotItsOwn()
    {
        const ExpiryWeeks weeks(inventoryNow());
        for (const char *term :
             {"expires<30d", "(expires>=2026-11-30 expires<2026-12-08 not is:retired)", "x",
              "(expires<=0d or tag:prod)", "()", "("})
            QVERIFY(weeks.cellsOf(QString::fromLatin1(term)).none());
        QCOMPARE(weeks.term(ExpiryWeeks::Cells().set()), QString());
    }

    void findsByItsQuestionWhatItCounted()
    {
        std::vector<InventoryRow> rows = manyInventoryRows(3000);
        rows[0].notAfter = inventoryNow();
        rows[1].notAfter = inventoryNow() + 1;
        rows[2].notAfter = at("2026-11-30T00:00:00Z");
        const Inventory inventory = Inventory::of(std::move(rows), inventoryNow());
        const Query only = *Query::parse(QStringLiteral("tag:prod"));
        const ExpiryWeeks weeks = inventory.expiryWeeks(only);
        int all = 0;
        for (int cell = 0; cell < ExpiryWeeks::cellCount; ++cell) {
            const QString text = QStringLiteral("tag:prod ") + weeks.term(cells({cell}));
            const auto found = inventory.matching(*Query::parse(text));
            QCOMPARE(static_cast<int>(found.count()), weeks.cell(cell).certificates());
            all += weeks.cell(cell).certificates();
        }
        QVERIFY(all > 100);
        const QString apart = QStringLiteral("tag:prod ") + weeks.term(cells({0, 4}));
        QCOMPARE(static_cast<int>(inventory.matching(*Query::parse(apart)).count()),
                 weeks.cell(0).certificates() + weeks.cell(4).certificates());
    }

    void countsWhatAViewWouldShow()
    {
        const Inventory inventory = Inventory::of(manyInventoryRows(3000), inventoryNow());
        InventoryRequest request;
        request.query = *Query::parse(QStringLiteral("tag:prod"));
        QCOMPARE(*inventory.expiryWeeks(request, {}), inventory.expiryWeeks(request.query));
        request.hidesExpired = true;
        const ExpiryWeeks weeks = *inventory.expiryWeeks(request, {});
        for (int cell = 0; cell < ExpiryWeeks::cellCount; ++cell) {
            request.query = *Query::parse(QStringLiteral("tag:prod ") + weeks.term(cells({cell})));
            QCOMPARE(static_cast<int>(inventory.view(request).matching),
                     weeks.cell(cell).certificates());
        }
        QCOMPARE(weeks.cell(ExpiryWeeks::overdueCell).certificates(), 0);
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = inventory.expiryWeeks(request, stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TstExpiryWeeks)
#include "tst_expiryweeks.moc"
