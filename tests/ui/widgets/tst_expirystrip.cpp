// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/InventoryRows.h"
#include "tests/support/Screenshot.h"
#include "ui/widgets/ExpiryStrip.h"
#include "ui/widgets/PluralTexts.h"

#include <QAccessible>
#include <QSignalSpy>

using namespace sealbook;

class TstExpiryStrip : public QObject
{
    Q_OBJECT

private:
    PluralTexts m_plurals;

    static ExpiryWeeks pictureWeeks()
    {
        ExpiryWeeks weeks(inventoryNow());
        const auto add = [&](int cell, Urgency urgency, int count) {
            const qint64 day = cell == 0 ? inventoryNow() - dayMs
                                         : inventoryNow() + dayMs + (cell - 1) * 7 * dayMs;
            for (int i = 0; i < count; ++i)
                weeks.addCertificate(day, urgency);
        };
        const int fine[] = {0, 7, 10, 9, 8, 1, 5, 12, 18, 16, 10, 13, 20, 4, 51};
        for (int cell = 0; cell < ExpiryWeeks::cellCount; ++cell)
            add(cell, Urgency::Fine, fine[cell]);
        add(0, Urgency::Overdue, 1);
        add(1, Urgency::ActNow, 2);
        add(2, Urgency::ActNow, 1);
        add(3, Urgency::Soon, 3);
        add(4, Urgency::Soon, 4);
        add(5, Urgency::Soon, 5);
        add(14, Urgency::Soon, 2);
        weeks.addCredentialDate(inventoryNow() - 6 * dayMs);
        weeks.addCredentialDate(inventoryNow() + 2 * dayMs);
        weeks.addCredentialDate(inventoryNow() + 95 * dayMs);
        return weeks;
    }
    static ExpiryStripLayout layoutOf(const ExpiryWeeks &weeks, double width, bool mirrored)
    {
        QFont font(QStringLiteral("Noto Sans"));
        font.setPixelSize(13);
        return ExpiryStripLayout::of(weeks, QRectF(16, 8, width, 60), font, mirrored);
    }

private Q_SLOTS:
    void initTestCase()
    {
        useDesignLook(false);
        QCoreApplication::installTranslator(&m_plurals);
    }

    void laysWeeksOutSideBySideBetweenTwoGaps()
    {
        const ExpiryStripLayout layout = layoutOf(pictureWeeks(), 1092, false);
        QCOMPARE(layout.cells.size(), std::size_t(15));
        QCOMPARE(layout.cells.front().rect.left(), 16.0);
        QCOMPARE(layout.cells.back().rect.right(), 1108.0);
        QCOMPARE(layout.cells[1].rect.left() - layout.cells[0].rect.right(), 8.0);
        QCOMPARE(layout.cells[14].rect.left() - layout.cells[13].rect.right(), 8.0);
        for (std::size_t i = 1; i < 13; ++i)
            QCOMPARE(layout.cells[i].rect.right(), layout.cells[i + 1].rect.left());
        for (const auto &cell : layout.cells) {
            QVERIFY(cell.rect.contains(cell.label));
            QVERIFY(cell.rect.contains(cell.state));
            QVERIFY(cell.label.bottom() <= cell.count.top() + 2);
            QVERIFY(cell.rect.width() >= 58 && cell.rect.width() <= 92);
            if (!cell.dates.isEmpty())
                QVERIFY(cell.rect.contains(cell.dates));
        }
    }

    void mirrorsTimeForRightToLeft()
    {
        const ExpiryStripLayout plain = layoutOf(pictureWeeks(), 1092, false);
        const ExpiryStripLayout turned = layoutOf(pictureWeeks(), 1092, true);
        for (std::size_t i = 0; i < plain.cells.size(); ++i) {
            QCOMPARE(turned.cells[i].rect.left(), 16 + 1108 - plain.cells[i].rect.right());
            QCOMPARE(turned.cells[i].rect.width(), plain.cells[i].rect.width());
        }
        QCOMPARE(turned.cells[1].foot.front().rect.right(), turned.cells[1].rect.right() - 1);
    }

    void saysCountAndWorstStateInWords()
    {
        const ExpiryStripLayout layout = layoutOf(pictureWeeks(), 1600, false);
        QCOMPARE(layout.cells[0].labelText, QStringLiteral("Overdue"));
        QCOMPARE(layout.cells[0].countText, QStringLiteral("1"));
        QCOMPARE(layout.cells[0].stateText, QStringLiteral("expired"));
        QCOMPARE(layout.cells[1].labelText, QStringLiteral("23 Nov"));
        QCOMPARE(layout.cells[1].countText, QStringLiteral("9"));
        QCOMPARE(layout.cells[1].stateText, QStringLiteral("2 act now"));
        QCOMPARE(layout.cells[1].credentialDates, 1);
        QVERIFY(layout.cells[1].isTinted);
        QCOMPARE(layout.cells[6].labelText, QStringLiteral("28 Dec"));
        QCOMPARE(layout.cells[6].stateText, QStringLiteral("fine"));
        QVERIFY(!layout.cells[6].isTinted);
        QCOMPARE(layout.cells[1].spoken,
                 QStringLiteral("week of 23 November: 9 certificates, 2 act now, 1 credential "
                                "date"));
        QCOMPARE(layout.cells[0].spoken,
                 QStringLiteral("overdue: 1 certificate, 1 credential date"));
        QCOMPARE(layout.cells[14].spoken,
                 QStringLiteral("from 22 February: 53 certificates, 2 soon, 1 credential date"));
    }

    void keepsGlyphAndNumberWhereTheWordDoesNotFit()
    {
        const ExpiryStripLayout layout = layoutOf(pictureWeeks(), 660, false);
        QCOMPARE(layout.cells[1].stateText, QStringLiteral("2"));
        QVERIFY(layout.cells[1].dates.isEmpty());
        QVERIFY(layout.cells[1].spoken.contains(QStringLiteral("1 credential date")));
        QVERIFY(layout.cells[1].spoken.contains(QStringLiteral("2 act now")));
    }

    void drawsTheFootByTheFullestWeek()
    {
        const ExpiryStripLayout layout = layoutOf(pictureWeeks(), 1092, false);
        const auto width = [&](std::size_t cell) {
            double sum = 0;
            for (const auto &segment : layout.cells[cell].foot)
                sum += segment.rect.width();
            return sum;
        };
        QCOMPARE(width(12), layout.cells[12].rect.width() - 2); // 20, the most
        QVERIFY(std::abs(width(11) - (layout.cells[11].rect.width() - 2) * 13 / 20) < 1);
        QCOMPARE(layout.cells[1].foot.size(), std::size_t(2)); // act now, then fine
        QCOMPARE(layout.cells[1].foot[0].urgency, Urgency::ActNow);
        QVERIFY(layout.cells[0].foot.empty() && layout.cells[14].foot.empty());
    }

    void standsWithoutAnything()
    {
        ExpiryStrip strip;
        strip.setWeeks(ExpiryWeeks(inventoryNow()));
        strip.resize(1120, 76);
        QVERIFY(!strip.grab().isNull());
        for (const auto &cell : strip.layoutNow().cells) {
            QCOMPARE(cell.countText, QStringLiteral("0"));
            QCOMPARE(cell.stateText, QString());
            QVERIFY(cell.foot.empty());
        }
    }

    void holdsNumbersOfAHundredThousand()
    {
        ExpiryWeeks weeks(inventoryNow());
        for (int i = 0; i < 100'000; ++i)
            weeks.addCertificate(inventoryNow() + dayMs, Urgency::ActNow);
        const ExpiryStripLayout layout = layoutOf(weeks, 1092, false);
        QCOMPARE(layout.cells[1].countText, QLocale().toString(100'000));
        QCOMPARE(layout.cells[1].stateText, QLocale().toString(100'000)); // no room for the word
    }

    void asksForACellByClickAndForTwoWithCtrl()
    {
        ExpiryStrip strip;
        strip.setWeeks(pictureWeeks());
        strip.resize(1120, 76);
        QSignalSpy wanted(&strip, &ExpiryStrip::termWanted);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.partRect(2).center());
        QCOMPARE(wanted.takeFirst().at(0).toString(),
                 QStringLiteral("(expires>=2026-11-30 expires<2026-12-07 not is:retired)"));
        QTest::mouseClick(&strip, Qt::LeftButton, Qt::ControlModifier, strip.partRect(3).center());
        QCOMPARE(wanted.takeFirst().at(0).toString(),
                 QStringLiteral("(expires>=2026-11-30 expires<2026-12-14 not is:retired)"));
        QVERIFY(strip.isPartChosen(2) && strip.isPartChosen(3) && !strip.isPartChosen(4));
        QTest::mouseClick(&strip, Qt::LeftButton, Qt::ControlModifier, strip.partRect(2).center());
        QCOMPARE(wanted.takeFirst().at(0).toString(),
                 QStringLiteral("(expires>=2026-12-07 expires<2026-12-14 not is:retired)"));
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.partRect(3).center());
        QCOMPARE(wanted.takeFirst().at(0).toString(), QString()); // once more takes it back
        QVERIFY(strip.chosen().none());
        QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(2, 2));
        QTest::mouseClick(&strip, Qt::RightButton, {}, strip.partRect(3).center());
        QCOMPARE(wanted.count(), 0);
    }

    void followsTheTermOfItsPage()
    {
        ExpiryStrip strip;
        strip.setWeeks(pictureWeeks());
        QSignalSpy wanted(&strip, &ExpiryStrip::termWanted);
        strip.setTerm(QStringLiteral("(expires<=0d not is:retired)"));
        QVERIFY(strip.isPartChosen(0));
        strip.setWeeks(ExpiryWeeks(inventoryNow()));
        QVERIFY(strip.isPartChosen(0)); // new counts change no choice
        strip.setTerm(QStringLiteral("expires<30d"));
        QVERIFY(strip.chosen().none());
        strip.setTerm(QStringLiteral("(expires>=2026-11-30 expires<2026-12-07 not is:retired)"));
        strip.setWeeks(ExpiryWeeks(inventoryNow() + 7 * dayMs));
        QVERIFY(strip.chosen().none() || strip.term().contains(QStringLiteral("2026-12-07")));
        QCOMPARE(wanted.count(), 0);
        strip.setKeepsChoice(false);
        strip.activatePart(3);
        QCOMPARE(wanted.count(), 1);
        QVERIFY(strip.chosen().none());
    }

    void worksByKeyboardAlone()
    {
        ExpiryStrip strip;
        strip.setWeeks(pictureWeeks());
        strip.resize(1120, 76);
        strip.show();
        strip.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&strip));
        strip.setFocus();
        QSignalSpy wanted(&strip, &ExpiryStrip::termWanted);
        QCOMPARE(strip.currentPart(), 1);
        QTest::keyClick(&strip, Qt::Key_Right);
        QTest::keyClick(&strip, Qt::Key_Right);
        QTest::keyClick(&strip, Qt::Key_Left);
        QCOMPARE(strip.currentPart(), 2);
        QTest::keyClick(&strip, Qt::Key_Return);
        QCOMPARE(wanted.takeFirst().at(0).toString(),
                 QStringLiteral("(expires>=2026-11-30 expires<2026-12-07 not is:retired)"));
        QTest::keyClick(&strip, Qt::Key_Escape);
        QCOMPARE(wanted.takeFirst().at(0).toString(), QString());
        QTest::keyClick(&strip, Qt::Key_End);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.currentPart(), 14);
        QTest::keyClick(&strip, Qt::Key_Home);
        QCOMPARE(strip.currentPart(), 0);
        strip.setLayoutDirection(Qt::RightToLeft);
        QTest::keyClick(&strip, Qt::Key_Left);
        QCOMPARE(strip.currentPart(), 1);
    }

    void tellsItsCellsToScreenReaders()
    {
        ExpiryStrip strip;
        strip.setWeeks(pictureWeeks());
        strip.resize(1120, 76);
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&strip);
        QVERIFY(spoken != nullptr);
        QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("What expires when"));
        QCOMPARE(spoken->childCount(), 15);
        QAccessibleInterface *week = spoken->child(1);
        QCOMPARE(week->text(QAccessible::Name),
                 QStringLiteral("week of 23 November: 9 certificates, 2 act now, 1 credential "
                                "date"));
        QCOMPARE(spoken->indexOfChild(week), 1);
        QCOMPARE(week->parent(), spoken);
        QCOMPARE(spoken->child(1), week);
        QCOMPARE(spoken->child(15), nullptr);
        QVERIFY(!week->state().selected);
        QSignalSpy wanted(&strip, &ExpiryStrip::termWanted);
        week->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(wanted.count(), 1);
        QVERIFY(week->state().selected);
        QCOMPARE(week->rect().size(), strip.partRect(1).size());
    }

    void looksAsDesigned()
    {
        ExpiryStrip strip;
        strip.setWeeks(pictureWeeks());
        strip.setTerm(QStringLiteral("(expires>=2026-12-07 expires<2026-12-21 not is:retired)"));
        strip.show();
        QVERIFY(QTest::qWaitForWindowExposed(&strip));
        takeScreenshots(strip, QStringLiteral("strip"), {1120, 76});
        takeScreenshots(strip, QStringLiteral("strip-narrow"), {760, 76});
        strip.setLayoutDirection(Qt::RightToLeft);
        takeScreenshots(strip, QStringLiteral("strip-rtl"), {1120, 76});
        QVERIFY(!strip.grab().isNull());
    }
};

QTEST_MAIN(TstExpiryStrip)
#include "tst_expirystrip.moc"
