// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/DesignLook.h"
#include "tests/support/InventoryRows.h"
#include "tests/support/Screenshot.h"
#include "tests/support/VisibleNames.h"
#include "ui/certificates/CertificateWords.h"
#include "ui/certificates/QueryBar.h"
#include "ui/certificates/QueryChip.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sealbook;

class TstQueryBar : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QueryBar> m_bar;

    QLineEdit *edit() { return m_bar->edit(); }
    QWidget *problem() { return m_bar->findChild<QWidget *>(QStringLiteral("queryProblem")); }
    QList<QueryChip *> chips()
    {
        QList<QueryChip *> visible;
        for (QueryChip *chip : m_bar->findChildren<QueryChip *>()) {
            if (chip->isVisible())
                visible << chip;
        }
        return visible;
    }
    QAbstractItemView *popup() { return m_bar->findChild<QCompleter *>()->popup(); }

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }
    void init()
    {
        m_bar = std::make_unique<QueryBar>();
        m_bar->setInventory(
            std::make_shared<Inventory>(Inventory::of(manyInventoryRows(300), inventoryNow())));
        m_bar->resize(800, 60);
        m_bar->show();
        edit()->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
    }
    void cleanup() { m_bar.reset(); }

    void asksWhileTyping()
    {
        const QSignalSpy asked(m_bar.get(), &QueryBar::queryChanged);
        QTest::keyClicks(edit(), QStringLiteral("shop"));
        QCOMPARE(asked.count(), 4);
        QCOMPARE(m_bar->query().text(), QStringLiteral("shop"));
        QVERIFY(chips().isEmpty()); // a word stays where it can be changed
    }

    void makesConditionsIntoChipsOnEnter()
    {
        const QSignalSpy done(m_bar.get(), &QueryBar::doneTyping);
        QTest::keyClicks(edit(), QStringLiteral("tag:prod not is:retired shop"));
        popup()->hide();
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(done.count(), 1);
        QCOMPARE(m_bar->chips(),
                 QStringList({QStringLiteral("tag:prod"), QStringLiteral("not is:retired")}));
        QCOMPARE(edit()->text(), QStringLiteral("shop"));
        QCOMPARE(m_bar->text(), QStringLiteral("tag:prod not is:retired shop"));
        QCOMPARE(chips().size(), 2);
        QCOMPARE(visibleWithoutName(m_bar.get()), QString());
        takeScreenshots(*m_bar, QStringLiteral("query-chips"), {800, 44});
    }

    void removesAChipByClickKeyAndBackspace()
    {
        m_bar->setText(QStringLiteral("tag:a tag:b tag:c"));
        QTest::mouseClick(chips().at(1), Qt::LeftButton);
        QCOMPARE(m_bar->text(), QStringLiteral("tag:a tag:c"));
        chips().at(0)->setFocus();
        QTest::keyClick(chips().at(0), Qt::Key_Delete);
        QCOMPARE(m_bar->text(), QStringLiteral("tag:c"));
        QVERIFY(edit()->hasFocus());
        // Backspace in front of the text takes the last one up again, to be changed.
        QTest::keyClick(edit(), Qt::Key_Backspace);
        QVERIFY(chips().isEmpty());
        QCOMPARE(edit()->text(), QStringLiteral("tag:c"));
        QTest::keyClick(edit(), Qt::Key_Backspace);
        QCOMPARE(edit()->text(), QStringLiteral("tag:"));
    }

    void keepsAnOrInTheText()
    {
        m_bar->setText(QStringLiteral("tag:a or tag:b"));
        QVERIFY(chips().isEmpty());
        QCOMPARE(edit()->text(), QStringLiteral("tag:a or tag:b"));
        m_bar->addTerm(QStringLiteral("has:key"));
        QCOMPARE(m_bar->chips(), QStringList{QStringLiteral("has:key")});
        // All of it has to hold.
        QCOMPARE(m_bar->query().root().kind, QueryNode::Kind::And);
    }

    void showsAGroupAsAChipInWords()
    {
        const ExpiryWeeks weeks(inventoryNow());
        m_bar->setChipWords(
            [weeks](const QString &term) { return CertificateWords::expiryTerm(weeks, term); });
        const QString term = weeks.term(ExpiryWeeks::Cells().set(2));
        m_bar->setText(term); // alone, it must not fall apart
        QCOMPARE(m_bar->chips(), QStringList{term});
        QCOMPARE(chips().front()->text(), QStringLiteral("expires 30 Nov – 6 Dec"));
        QCOMPARE(chips().front()->accessibleName(),
                 QStringLiteral("Condition expires 30 Nov – 6 Dec"));
        QVERIFY(chips().front()->toolTip().startsWith(QStringLiteral("expires 30 Nov – 6 Dec\n")
                                                      + term));
        QCOMPARE(m_bar->query().text(), term);
        const QString other = weeks.term(ExpiryWeeks::Cells().set(0).set(4));
        m_bar->setText(QStringLiteral("tag:a %1 tag:b shop").arg(term));
        const QSignalSpy asked(m_bar.get(), &QueryBar::queryChanged);
        m_bar->replaceTerms({term}, other);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(m_bar->text(), QStringLiteral("tag:a %1 tag:b shop").arg(other));
        QCOMPARE(chips().at(1)->text(), QStringLiteral("expired, or expires 14 Dec – 20 Dec"));
        takeScreenshots(*m_bar, QStringLiteral("query-strip-chip"), {800, 44});
        m_bar->replaceTerms({other}, {});
        QCOMPARE(m_bar->text(), QStringLiteral("tag:a tag:b shop"));
        m_bar->replaceTerms({}, term);
        QCOMPARE(m_bar->text(), QStringLiteral("tag:a tag:b %1 shop").arg(term));
        m_bar->setText(QStringLiteral("(tag:a tag:b)"));
        QVERIFY(chips().isEmpty());
        QCOMPARE(edit()->text(), QStringLiteral("(tag:a tag:b)"));
    }

    void saysWhichWeeksAreMeant_data()
    {
        QTest::addColumn<QList<int>>("cells");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *words, const QList<int> &cells) {
            QTest::newRow(words) << cells << QString::fromUtf8(words);
        };
        row("expired", {0});
        row("expires 23 Nov – 29 Nov", {1});
        row("expires until 29 Nov", {0, 1});
        row("expires 30 Nov – 13 Dec", {2, 3});
        row("expires 30 Nov – 6 Dec, 14 Dec – 20 Dec", {2, 4});
        row("expires from 22 Feb", {14});
        row("expires from 15 Feb", {13, 14});
        row("expires from now on", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14});
        row("", {});
    }
    void saysWhichWeeksAreMeant()
    {
        QFETCH(QList<int>, cells);
        QFETCH(QString, words);
        const ExpiryWeeks weeks(inventoryNow());
        ExpiryWeeks::Cells set;
        for (const int cell : cells)
            set.set(static_cast<std::size_t>(cell));
        QCOMPARE(CertificateWords::expiryTerm(weeks, weeks.term(set)), words);
    }

    void showsAnErrorAtItsPlaceAndOffersABetterWord()
    {
        m_bar->setText(QStringLiteral("tag:prod"));
        const QSignalSpy asked(m_bar.get(), &QueryBar::queryChanged);
        edit()->setText(QStringLiteral("isuer:corp"));
        QVERIFY(m_bar->hasError());
        QVERIFY(problem()->isVisible());
        QCOMPARE(asked.count(), 0);
        QCOMPARE(m_bar->query().text(), QStringLiteral("tag:prod")); // the last good one
        QVERIFY(!edit()->accessibleDescription().isEmpty());
        takeScreenshots(*m_bar, QStringLiteral("query-error"), {800, 74});
        auto *better = m_bar->findChild<QPushButton *>(QStringLiteral("querySuggestion"));
        QVERIFY(better->isVisible());
        better->click();
        QCOMPARE(edit()->text(), QStringLiteral("issuer:corp"));
        QVERIFY(!m_bar->hasError());
        QVERIFY(!problem()->isVisible());
        QCOMPARE(asked.count(), 1);
    }

    // It names every field that there is; the window keeps its width.
    void breaksALongErrorOverLines()
    {
        const int least = m_bar->minimumSizeHint().width();
        edit()->setText(QStringLiteral("zzzz:corp"));
        QVERIFY(problem()->isVisible());
        QCOMPARE(m_bar->minimumSizeHint().width(), least);
        auto *text = problem()->findChild<QLabel *>();
        QVERIFY(problem()->accessibleName().contains(QLatin1String("issuer")));
        m_bar->resize(460, m_bar->heightForWidth(460));
        QCoreApplication::processEvents();
        for (QLabel *label : problem()->findChildren<QLabel *>())
            text = label->text().isEmpty() ? text : label;
        QVERIFY(text->height() >= text->heightForWidth(text->width()));
        takeScreenshots(*m_bar, QStringLiteral("query-long-error"), {460, 100});
    }

    void isPatientWithWhatIsNotFinished()
    {
        QTest::keyClicks(edit(), QStringLiteral("(tag:prod"));
        QVERIFY(m_bar->hasError());
        QVERIFY(!problem()->isVisible());
        popup()->hide();
        QTest::keyClick(edit(), Qt::Key_Return); // now it is meant so
        QVERIFY(problem()->isVisible());
    }

    void callsNothingWrongThatCanStillBecomeRight()
    {
        QTest::keyClicks(edit(), QStringLiteral("is:ov"));
        QVERIFY(m_bar->hasError());
        QVERIFY(popup()->isVisible());
        QVERIFY(!problem()->isVisible());
        edit()->clear();
        QTest::keyClicks(edit(), QStringLiteral("tgs:")); // nothing can follow
        QVERIFY(!popup()->isVisible());
        QVERIFY(problem()->isVisible());
    }

    void completesFieldsAndTheValuesThatAreHere()
    {
        QTest::keyClicks(edit(), QStringLiteral("iss"));
        QVERIFY(popup()->isVisible());
        QTest::keyClick(popup(), Qt::Key_Down);
        QTest::keyClick(popup(), Qt::Key_Return);
        QVERIFY2(edit()->text().startsWith(QStringLiteral("issue")), qPrintable(edit()->text()));
        edit()->clear();
        QTest::keyClicks(edit(), QStringLiteral("tag:pr"));
        QTest::keyClick(popup(), Qt::Key_Down);
        QTest::keyClick(popup(), Qt::Key_Return);
        QCOMPARE(edit()->text(), QStringLiteral("tag:prod"));
        // Nothing is taken that was not chosen.
        edit()->clear();
        QTest::keyClicks(edit(), QStringLiteral("tag:pr"));
        QTest::keyClick(popup(), Qt::Key_Return);
        QCOMPARE(m_bar->text(), QStringLiteral("tag:pr"));
        m_bar->clear();
        QTest::keyClick(edit(), Qt::Key_Space, Qt::ControlModifier); // what there is at all
        QVERIFY(popup()->isVisible());
        popup()->hide();
    }

    void saysNothingWhereNothingCanBeCompleted()
    {
        QTest::keyClicks(edit(), QStringLiteral("zzzz"));
        QVERIFY(!popup()->isVisible());
    }

    void replacesWhatWasAskedOfAField()
    {
        m_bar->setText(QStringLiteral("expires<30d tag:prod shop"));
        m_bar->setTerm(QueryField::Expires, QStringLiteral("expires<7d"));
        QCOMPARE(m_bar->chips(),
                 QStringList({QStringLiteral("tag:prod"), QStringLiteral("expires<7d")}));
        QCOMPARE(edit()->text(), QStringLiteral("shop"));
        m_bar->setTerm(QueryField::Expires, QString());
        QCOMPARE(m_bar->text(), QStringLiteral("tag:prod shop"));
    }

    void keepsRoomForTypingHoweverManyConditions()
    {
        QStringList terms;
        for (int i = 0; i < 20; ++i)
            terms << QStringLiteral("tag:a-rather-long-name-%1").arg(i);
        m_bar->setText(terms.join(QLatin1Char(' ')));
        QCoreApplication::processEvents();
        QVERIFY(m_bar->chips().size() <= 8);
        QVERIFY(edit()->width() >= 120);
        QCOMPARE(m_bar->query().root().children.size(), std::size_t{20});
        m_bar->clear();
        QVERIFY(m_bar->query().isEmpty());
    }

    void standsMirroredInARightToLeftWindow()
    {
        m_bar->setLayoutDirection(Qt::RightToLeft);
        m_bar->setText(QStringLiteral("tag:prod shop"));
        QCoreApplication::processEvents();
        QVERIFY(chips().at(0)->x() > edit()->x());
        // What is typed stands beside the chips, not at the far end.
        QVERIFY(edit()->inputMethodQuery(Qt::ImCursorRectangle).toRectF().x()
                > edit()->width() / 2);
        takeScreenshots(*m_bar, QStringLiteral("query-rtl"), {800, 44});
    }

    void keepsTheQuestionWhateverIsTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("only signs") << QStringLiteral("((((");
        QTest::newRow("an open quote") << QStringLiteral("issuer:\"Let");
        QTest::newRow("too long") << QString(5000, QLatin1Char('a'));
        QTest::newRow("right-to-left") << QString::fromUtf8("tag:\u05d0\u05d1 \u202etxet");
        QTest::newRow("an operator alone") << QStringLiteral("expires<");
        QTest::newRow("emoji") << QString::fromUtf8("\U0001F511:\U0001F511");
    }
    void keepsTheQuestionWhateverIsTyped()
    {
        QFETCH(QString, typed);
        m_bar->setText(QStringLiteral("tag:prod"));
        edit()->setText(typed);
        QTest::keyClick(edit(), Qt::Key_Return);
        QVERIFY(!m_bar->grab().isNull());
        m_bar->setText(QStringLiteral("tag:prod"));
        QCOMPARE(m_bar->query().text(), QStringLiteral("tag:prod"));
        QVERIFY(!m_bar->hasError());
    }
};

QTEST_MAIN(TstQueryBar)
#include "tst_query_bar.moc"
