// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/ActionCatalog.h"
#include "ui/shell/CommandPalette.h"

#include "tests/support/AccessibleNames.h"
#include "tests/support/DesignLook.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace sealbook;

namespace {

std::vector<ActionCatalog::Entry> entriesOf(QObject *owner, int count)
{
    std::vector<ActionCatalog::Entry> entries;
    for (int i = 0; i < count; ++i)
        entries.push_back(
            {new QAction(QStringLiteral("&Act %1…").arg(i), owner), QStringLiteral("Page")});
    return entries;
}

} // namespace

class TstPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }
    void modelHolds_data();
    void modelHolds();
    void filtersByEveryWord();
    void putsWhatStartsWithItFirst();
    void leavesDisabledActionsOut();
    void runsByKeyboard();
    void escapeGivesTheFocusBack();
    void clearsTextsOfMarks();
    void forgetsActionsThatDied();
};

void TstPalette::modelHolds_data()
{
    QTest::addColumn<int>("rows");
    QTest::newRow("none") << 0;
    QTest::newRow("one") << 1;
    QTest::newRow("ten thousand") << 10000;
}

void TstPalette::modelHolds()
{
    QFETCH(int, rows);
    QObject owner;
    PaletteModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEntries(entriesOf(&owner, rows));
    QCOMPARE(model.rowCount(), rows);
    model.setFilter(QStringLiteral("act 0"));
    QVERIFY(model.rowCount() <= rows);
    model.setFilter(QStringLiteral("nothing like it"));
    QCOMPARE(model.rowCount(), 0);
}

void TstPalette::filtersByEveryWord()
{
    QObject owner;
    PaletteModel model;
    auto *import = new QAction(QStringLiteral("Import…"), &owner);
    auto *check = new QAction(QStringLiteral("Check now"), &owner);
    model.setEntries({{import, QStringLiteral("Certificates")}, {check, QStringLiteral("Issue")}});
    model.setFilter(QStringLiteral("cert imp"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("Import"));
    model.setFilter(QStringLiteral("  ISSUE  "));
    QCOMPARE(model.rowCount(), 1);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 2);
}

void TstPalette::putsWhatStartsWithItFirst()
{
    QObject owner;
    PaletteModel model;
    model.setEntries({{new QAction(QStringLiteral("Show Issue"), &owner), {}},
                      {new QAction(QStringLiteral("Issue another"), &owner), {}}});
    model.setFilter(QStringLiteral("iss"));
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("Issue another"));
}

void TstPalette::leavesDisabledActionsOut()
{
    QObject owner;
    PaletteModel model;
    auto *action = new QAction(QStringLiteral("Renew"), &owner);
    action->setEnabled(false);
    model.setEntries({{action, {}}});
    QCOMPARE(model.rowCount(), 0);
}

void TstPalette::runsByKeyboard()
{
    QWidget window;
    window.resize(800, 600);
    ActionCatalog catalog;
    QAction first(QStringLiteral("First"));
    QAction second(QStringLiteral("Second"));
    catalog.add(&first);
    catalog.add(&second);
    CommandPalette palette(catalog, &window);
    window.show();
    palette.open();
    QSignalSpy chosen(&palette, &CommandPalette::chosen);
    auto *edit = palette.findChild<QLineEdit *>(QStringLiteral("paletteEdit"));
    QTest::keyClick(edit, Qt::Key_Down);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].value<QAction *>(), &second);
    QVERIFY(!palette.isVisible());
    palette.open();
    QTest::keyClicks(edit, QStringLiteral("fir"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(chosen[1][0].value<QAction *>(), &first);
    palette.open();
    QTest::keyClicks(edit, QStringLiteral("zzz"));
    QTest::keyClick(edit, Qt::Key_Return); // nothing there, nothing happens
    QCOMPARE(chosen.count(), 2);
    QCOMPARE(withoutAccessibleName(&palette).join(QLatin1Char(';')), QString());
}

void TstPalette::escapeGivesTheFocusBack()
{
    QWidget window;
    QLineEdit before(&window);
    ActionCatalog catalog;
    CommandPalette palette(catalog, &window);
    window.resize(800, 600);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    before.setFocus();
    palette.open();
    QTest::keyClick(palette.findChild<QLineEdit *>(), Qt::Key_Escape);
    QVERIFY(!palette.isVisible());
    QCOMPARE(window.focusWidget(), &before);
}

void TstPalette::clearsTextsOfMarks()
{
    QAction action(QStringLiteral("&Export as…"));
    QCOMPARE(ActionCatalog::plainText(&action), QStringLiteral("Export as"));
    action.setText(QStringLiteral("Open..."));
    QCOMPARE(ActionCatalog::plainText(&action), QStringLiteral("Open"));
}

void TstPalette::forgetsActionsThatDied()
{
    ActionCatalog catalog;
    auto action = std::make_unique<QAction>(QStringLiteral("Short-lived"));
    catalog.add(action.get());
    catalog.add(action.get());
    QCOMPARE(catalog.entries().size(), std::size_t(1));
    action.reset();
    QVERIFY(catalog.entries().empty());
}

QTEST_MAIN(TstPalette)
#include "tst_palette.moc"
