// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/VisibleNames.h"
#include "ui/certificates/ViewBar.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace sealbook;

class TstViewBar : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ViewBar> m_bar;

    QComboBox *box() { return m_bar->findChild<QComboBox *>(); }
    QLineEdit *name() { return m_bar->findChild<QLineEdit *>(QStringLiteral("viewName")); }
    QAction *action(const char *id) { return m_bar->findChild<QAction *>(QLatin1String(id)); }
    static SavedView view(const char *name, const char *query)
    {
        SavedView view = ViewBar::all();
        view.name = QLatin1String(name);
        view.query = QLatin1String(query);
        return view;
    }

private Q_SLOTS:
    void init()
    {
        m_bar = std::make_unique<ViewBar>();
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_bar.get()));
    }
    void cleanup() { m_bar.reset(); }

    void offersAllAndTheTrashBesidesThePersonsOwn()
    {
        QCOMPARE(box()->count(), 2);
        m_bar->setViews({view("Production", "tag:prod")}, QString());
        QCOMPARE(box()->count(), 4);
        QSignalSpy chosen(m_bar.get(), &ViewBar::chosen);
        Q_EMIT box()->activated(3);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).value<SavedView>().query, QStringLiteral("tag:prod"));
        Q_EMIT box()->activated(1);
        QCOMPARE(chosen.at(1).at(0).value<SavedView>().query, QStringLiteral("is:trashed"));
        QCOMPARE(visibleWithoutName(m_bar.get()), QString());
    }

    void savesUnderANameByKeyboard()
    {
        const QSignalSpy changed(m_bar.get(), &ViewBar::viewsChanged);
        SavedView shown = ViewBar::all();
        shown.query = QStringLiteral("expires<30d");
        m_bar->follow(shown);
        QVERIFY(m_bar->saveAction()->isEnabled());
        m_bar->saveAction()->trigger();
        QVERIFY(name()->isVisible());
        QTest::keyClick(name(), Qt::Key_Return); // no name yet: nothing is saved
        QVERIFY(name()->isVisible());
        QTest::keyClicks(name(), QStringLiteral("  Next   month "));
        QTest::keyClick(name(), Qt::Key_Return);
        QVERIFY(!name()->isVisible());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(m_bar->views().size(), std::size_t{1});
        QCOMPARE(m_bar->currentName(), QStringLiteral("Next month"));
        QCOMPARE(box()->currentText(), QStringLiteral("Next month"));
        QVERIFY(!m_bar->saveAction()->isEnabled());
    }

    void leavesNamingByEscape()
    {
        m_bar->follow(view("", "a"));
        m_bar->saveAction()->trigger();
        QTest::keyClicks(name(), QStringLiteral("x"));
        QTest::keyClick(name(), Qt::Key_Escape);
        QVERIFY(!name()->isVisible());
        QVERIFY(m_bar->views().empty());
    }

    void saysThatAViewWasChangedAndSavesItOver()
    {
        m_bar->setViews({view("Production", "tag:prod")}, QString());
        Q_EMIT box()->activated(3);
        m_bar->follow(view("", "tag:prod"));
        QCOMPARE(box()->currentText(), QStringLiteral("Production"));
        m_bar->follow(view("", "tag:prod has:key"));
        QCOMPARE(box()->currentIndex(), -1);
        QVERIFY(box()->placeholderText().contains(QStringLiteral("Production")));
        m_bar->saveAction()->trigger();
        QCOMPARE(m_bar->views().front().query, QStringLiteral("tag:prod has:key"));
        QCOMPARE(m_bar->views().front().name, QStringLiteral("Production"));
        QCOMPARE(box()->currentText(), QStringLiteral("Production"));
    }

    void renamesAndRemoves()
    {
        m_bar->setViews({view("One", "a"), view("Two", "b")}, QStringLiteral("One"));
        QCOMPARE(m_bar->startName(), QStringLiteral("One"));
        Q_EMIT box()->activated(3);
        m_bar->follow(view("", "a"));
        action("renameView")->trigger();
        QCOMPARE(name()->text(), QStringLiteral("One"));
        name()->setText(QStringLiteral("Two")); // taken
        QTest::keyClick(name(), Qt::Key_Return);
        QCOMPARE(m_bar->views().front().name, QStringLiteral("One"));
        action("renameView")->trigger();
        name()->setText(QStringLiteral("First"));
        QTest::keyClick(name(), Qt::Key_Return);
        QCOMPARE(m_bar->views().front().name, QStringLiteral("First"));
        QCOMPARE(m_bar->startName(), QStringLiteral("First")); // goes along
        action("removeView")->trigger();
        QCOMPARE(m_bar->views().size(), std::size_t{1});
        QCOMPARE(m_bar->startName(), QString());
        QVERIFY(!action("removeView")->isEnabled());
    }

    void beginsWithTheOneThatIsWanted()
    {
        m_bar->setViews({view("One", "a")}, QStringLiteral("gone"));
        QCOMPARE(m_bar->startName(), QString());
        Q_EMIT box()->activated(3);
        m_bar->follow(view("", "a"));
        action("startView")->trigger();
        QCOMPARE(m_bar->startName(), QStringLiteral("One"));
        action("startView")->trigger();
        QCOMPARE(m_bar->startName(), QString());
    }
};

QTEST_MAIN(TstViewBar)
#include "tst_view_bar.moc"
