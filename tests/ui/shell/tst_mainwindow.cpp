// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/ActionCatalog.h"
#include "ui/shell/CommandPalette.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Navigation.h"
#include "ui/shell/PracticeBadge.h"
#include "ui/shell/ShortcutsDialog.h"
#include "ui/shell/StatusArea.h"

#include "tests/support/AccessibleNames.h"
#include "tests/support/DesignLook.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace sealbook;

namespace {

// A page with one edit, one splitter and one action.
class TestPage : public Page
{
public:
    TestPage(const char *id, const QString &title)
        : Page(QString::fromLatin1(id), title)
    {
        auto *splitter = new QSplitter;
        splitter->setObjectName(QStringLiteral("split"));
        edit = new QLineEdit(splitter);
        edit->setAccessibleName(QStringLiteral("left"));
        auto *right = new QLineEdit(splitter);
        right->setAccessibleName(QStringLiteral("right"));
        setBody(splitter);
        action = new QAction(QStringLiteral("Act on %1").arg(title), this);
        connect(action, &QAction::triggered, this, [this] { ++acted; });
        addToolAction(action);
    }
    void open(const QString &subject) override { opened.append(subject); }
    void activated() override { ++activations; }

    QLineEdit *edit = nullptr;
    QAction *action = nullptr;
    QStringList opened;
    int activations = 0;
    int acted = 0;
};

struct Fixture
{
    WindowServices services;
    std::unique_ptr<MainWindow> window;
    std::vector<TestPage *> pages;

    explicit Fixture(const QString &settings = {}, bool practice = false)
    {
        services.profileName = QStringLiteral("Default");
        services.settingsFile = settings;
        services.practice = practice;
        window = std::make_unique<MainWindow>(services);
        for (const char *id : {"certificates", "issue", "credentials", "activity", "settings"}) {
            auto page = std::make_unique<TestPage>(id, QString::fromLatin1(id));
            pages.push_back(page.get());
            window->addPage(std::move(page), QStringLiteral("key"));
        }
    }
    void show() const
    {
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }
};

} // namespace

class TstMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyHidesWhereTheTrayKeepsTheProgram()
    {
        Fixture fixture;
        fixture.show();
        QSignalSpy ends(fixture.window.get(), &MainWindow::aboutToClose);
        fixture.window->setHidesOnClose(true);
        QVERIFY(!fixture.window->close());
        QVERIFY(!fixture.window->isVisible());
        QCOMPARE(ends.count(), 0);
        fixture.show();
        fixture.window->setHidesOnClose(false);
        QVERIFY(fixture.window->close());
        QCOMPARE(ends.count(), 1);
    }

    void initTestCase() { useDesignLook(false); }
    void showsTheFirstPage();
    void switchesPagesByKeys_data();
    void switchesPagesByKeys();
    void navigationWorksByArrows();
    void f6WalksTheAreas();
    void paletteRunsAnActionOfAnotherPage();
    void pagesAskForOtherPages();
    void firstRunStandsInWhileEmpty();
    void remembersSizePageAndSplitters();
    void statusShowsRunningJobs();
    void clickingAJobOpensIt();
    void auditStateIsShown();
    void practiceIsBadged();
    void menuHoldsTheActions();
    void shortcutsAreListed();
    void everythingHasAName();
};

void TstMainWindow::showsTheFirstPage()
{
    Fixture fixture;
    fixture.show();
    QCOMPARE(fixture.window->currentPageId(), QStringLiteral("certificates"));
    QCOMPARE(fixture.pages[0]->activations, 1);
    QVERIFY(fixture.window->page(QStringLiteral("nothing")) == nullptr);
    fixture.window->showPage(QStringLiteral("nothing"));
    QCOMPARE(fixture.window->currentPageId(), QStringLiteral("certificates"));
}

void TstMainWindow::switchesPagesByKeys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("page");
    QTest::newRow("Ctrl+2") << static_cast<int>(Qt::Key_2) << QStringLiteral("issue");
    QTest::newRow("Ctrl+3") << static_cast<int>(Qt::Key_3) << QStringLiteral("credentials");
    QTest::newRow("Ctrl+4") << static_cast<int>(Qt::Key_4) << QStringLiteral("activity");
    QTest::newRow("Ctrl+5") << static_cast<int>(Qt::Key_5) << QStringLiteral("settings");
    QTest::newRow("Ctrl+,") << static_cast<int>(Qt::Key_Comma) << QStringLiteral("settings");
}

void TstMainWindow::switchesPagesByKeys()
{
    QFETCH(int, key);
    QFETCH(QString, page);
    Fixture fixture;
    fixture.show();
    QTest::keyClick(fixture.window.get(), static_cast<Qt::Key>(key), Qt::ControlModifier);
    QTRY_COMPARE(fixture.window->currentPageId(), page);
}

void TstMainWindow::navigationWorksByArrows()
{
    Fixture fixture;
    fixture.show();
    auto *first = fixture.window->findChild<NavigationRow *>(QStringLiteral("nav_certificates"));
    first->setFocus();
    QTest::keyClick(first, Qt::Key_Down);
    auto *second = fixture.window->findChild<NavigationRow *>(QStringLiteral("nav_issue"));
    QCOMPARE(fixture.window->focusWidget(), second);
    QTest::keyClick(second, Qt::Key_Return);
    QCOMPARE(fixture.window->currentPageId(), QStringLiteral("issue"));
    QVERIFY(second->isChecked() && !first->isChecked());
}

void TstMainWindow::f6WalksTheAreas()
{
    Fixture fixture;
    fixture.show();
    const auto *navigation = fixture.window->findChild<Navigation *>();
    fixture.pages[0]->edit->setFocus();
    QSet<QWidget *> seen;
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(fixture.window.get(), Qt::Key_F6);
        seen.insert(fixture.window->focusWidget());
    }
    QCOMPARE(seen.size(), 4); // navigation, head, body, status
    QCOMPARE(fixture.window->focusWidget(), fixture.pages[0]->edit);
    QTest::keyClick(fixture.window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QTest::keyClick(fixture.window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(navigation->isAncestorOf(fixture.window->focusWidget()));
}

void TstMainWindow::paletteRunsAnActionOfAnotherPage()
{
    Fixture fixture;
    fixture.show();
    QTest::keyClick(fixture.window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *palette = fixture.window->findChild<CommandPalette *>();
    QTRY_VERIFY(palette->isVisible());
    auto *edit = palette->findChild<QLineEdit *>();
    QTest::keyClicks(edit, QStringLiteral("act on cred"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(fixture.window->currentPageId(), QStringLiteral("credentials"));
    QCOMPARE(fixture.pages[2]->acted, 1);
}

void TstMainWindow::pagesAskForOtherPages()
{
    Fixture fixture;
    fixture.show();
    Q_EMIT fixture.pages[0]->pageWanted(QStringLiteral("activity"), QStringLiteral("job-1"));
    QCOMPARE(fixture.window->currentPageId(), QStringLiteral("activity"));
    QCOMPARE(fixture.pages[3]->opened, QStringList{QStringLiteral("job-1")});
}

void TstMainWindow::firstRunStandsInWhileEmpty()
{
    Fixture fixture;
    auto owned = std::make_unique<TestPage>("first-run", QStringLiteral("Begin"));
    TestPage *firstRun = owned.get();
    fixture.window->setFirstRunPage(std::move(owned), QStringLiteral("certificates"));
    fixture.window->setEmptyProfile(true);
    fixture.show();
    QVERIFY(firstRun->isVisible());
    QCOMPARE(fixture.window->currentPageId(), QStringLiteral("certificates"));
    fixture.window->showPage(QStringLiteral("issue"));
    QVERIFY(!firstRun->isVisible());
    fixture.window->showPage(QStringLiteral("certificates"));
    QVERIFY(firstRun->isVisible());
    fixture.window->setEmptyProfile(false);
    QVERIFY(fixture.pages[0]->isVisible());
    QVERIFY(!firstRun->isVisible());
}

void TstMainWindow::remembersSizePageAndSplitters()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("window.ini"));
    QList<int> sizes;
    {
        Fixture fixture(file);
        fixture.show();
        fixture.window->resize(1000, 700);
        fixture.window->showPage(QStringLiteral("credentials"));
        auto *splitter = fixture.pages[2]->findChild<QSplitter *>();
        splitter->setSizes({200, 600});
        sizes = splitter->sizes();
        fixture.window->close();
    }
    QVERIFY(QSettings(file, QSettings::IniFormat).allKeys().size() >= 3);
    Fixture again(file);
    again.show();
    QCOMPARE(again.window->currentPageId(), QStringLiteral("credentials"));
    QCOMPARE(again.window->size(), QSize(1000, 700));
    QCOMPARE(again.pages[2]->findChild<QSplitter *>()->sizes(), sizes);
}

void TstMainWindow::statusShowsRunningJobs()
{
    StatusArea status(false);
    QCOMPARE(status.jobText(), QStringLiteral("No jobs"));
    JobRecord job;
    job.id = JobId::make();
    job.request.names = QStringList{QStringLiteral("example.org")};
    job.step = QStringLiteral("order");
    QSignalSpy running(&status, &StatusArea::runningChanged);
    status.jobChanged(job);
    QCOMPARE(status.jobText(), QStringLiteral("example.org: placing the order"));
    BoardState board;
    board.headline = QStringLiteral("3 of 4 agree");
    status.boardChanged(job.id, board);
    QCOMPARE(status.jobText(), QStringLiteral("example.org: 3 of 4 agree"));
    JobRecord other = job;
    other.id = JobId::make();
    status.jobChanged(other);
    QVERIFY(status.jobText().contains(QStringLiteral("1 more")));
    other.state = JobRecord::State::Done;
    status.jobChanged(other);
    job.state = JobRecord::State::Failed;
    status.jobChanged(job);
    QCOMPARE(status.runningJobs(), 0);
    QCOMPARE(running.count(), 4);
}

void TstMainWindow::clickingAJobOpensIt()
{
    Fixture fixture;
    fixture.show();
    JobRecord job;
    job.id = JobId::make();
    job.request.names = QStringList{QStringLiteral("example.org")};
    fixture.window->status().jobChanged(job);
    auto *button = fixture.window->findChild<QToolButton *>(QStringLiteral("statusJob"));
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(fixture.window->currentPageId(), QStringLiteral("issue"));
    QCOMPARE(fixture.pages[1]->opened, QStringList{job.id.text()});
}

void TstMainWindow::auditStateIsShown()
{
    Fixture fixture;
    fixture.show();
    const auto *state = fixture.window->findChild<QWidget *>(QStringLiteral("auditState"));
    QVERIFY(!state->isVisible());
    fixture.window->status().setAudit(QStringLiteral("Audit chain broken"), false);
    QVERIFY(state->isVisible());
    QCOMPARE(state->accessibleName(), QStringLiteral("Audit chain broken"));
}

void TstMainWindow::practiceIsBadged()
{
    Fixture plain;
    QVERIFY(plain.window->findChildren<PracticeBadge *>().isEmpty());
    Fixture practice({}, true);
    QCOMPARE(practice.window->findChildren<PracticeBadge *>().size(), 2);
    QVERIFY(practice.window->windowTitle().contains(QStringLiteral("PRACTICE")));
}

void TstMainWindow::menuHoldsTheActions()
{
    Fixture fixture;
    fixture.show();
    auto *more = fixture.pages[0]->findChild<QToolButton *>(QStringLiteral("more"));
    QVERIFY(more != nullptr);
    Q_EMIT more->menu()->aboutToShow();
    QVERIFY(more->menu()->actions().contains(fixture.pages[0]->action));
    QVERIFY(more->menu()->actions().size() > 5);
    // The pages stand beside it: with them the menu is too long for a screen.
    for (const QAction *action : more->menu()->actions())
        QVERIFY2(!action->text().startsWith(QStringLiteral("Show ")), qPrintable(action->text()));
}

void TstMainWindow::shortcutsAreListed()
{
    Fixture fixture;
    ShortcutsDialog dialog(fixture.window->catalog());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    bool found = false;
    for (const auto *label : dialog.findChildren<QLabel *>())
        found = found || label->text() == QStringLiteral("Ctrl+K");
    QVERIFY(found);
}

void TstMainWindow::everythingHasAName()
{
    Fixture fixture({}, true);
    fixture.window->setKeychainState(QStringLiteral("Keychain locked"), false);
    QCOMPARE(withoutAccessibleName(fixture.window.get()).join(QLatin1Char(';')), QString());
}

QTEST_MAIN(TstMainWindow)
#include "tst_mainwindow.moc"
