// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/ScriptedDialogs.h"
#include "tests/support/VisibleNames.h"
#include "ui/certificates/CertificatePane.h"
#include "ui/certificates/CertificateView.h"
#include "ui/certificates/CertificatesPage.h"
#include "ui/certificates/ImportReportPanel.h"
#include "ui/certificates/MarkBar.h"
#include "ui/certificates/MarkHistory.h"
#include "ui/certificates/QueryBar.h"
#include "ui/certificates/QueryChip.h"
#include "ui/certificates/ViewBar.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/RowDelegate.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDir>
#include <QDropEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

using namespace sealbook;

// What is done to many certificates at once, and how the page is kept between two times.
class TstCertificateMarks : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<ScriptedDialogs> m_dialogs;
    std::unique_ptr<CertificatesPage> m_page;

    void openPage()
    {
        m_page = std::make_unique<CertificatesPage>(*m_profile->certificates, *m_profile->inventory,
                                                    m_profile->clock, *m_dialogs);
        m_page->resize(1120, 772);
        QSignalSpy loaded(m_page.get(), &CertificatesPage::loaded);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->activated();
        QTRY_VERIFY(loaded.count() >= 1);
    }
    CertificateView *table() { return m_page->findChild<CertificateView *>(); }
    CertificatePane *pane() { return m_page->findChild<CertificatePane *>(); }
    CertificateModel &model() { return m_page->model(); }
    QAction *action(const char *name) { return m_page->findChild<QAction *>(QLatin1String(name)); }
    QString note() { return m_page->findChild<NoteBar *>()->note(); }
    QLineEdit *markText() { return m_page->findChild<QLineEdit *>(QStringLiteral("markText")); }
    int tagged(const char *tag)
    {
        int count = 0;
        for (const InventoryRow &row : model().inventory()->rows())
            count += row.tags.contains(QLatin1String(tag)) ? 1 : 0;
        return count;
    }
    void ask(const QByteArray &query) { m_page->queryBar().setText(QString::fromLatin1(query)); }

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }
    void init()
    {
        m_profile = std::make_unique<ProfileFixture>();
        m_dialogs = std::make_unique<ScriptedDialogs>();
        m_profile->seedCertificates();
    }
    void cleanup()
    {
        m_page.reset();
        m_dialogs.reset();
        m_profile.reset();
    }

    void tagsWhatIsSelectedByKeyboardAlone()
    {
        openPage();
        ask("zone:example.com");
        const int count = model().matching();
        QVERIFY(count > 3);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(table(), Qt::Key_T, Qt::ControlModifier);
        QVERIFY(markText()->isVisible());
        QVERIFY(markText()->hasFocus());
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("certificates-tagging"));
        QTest::keyClicks(markText(), QStringLiteral("prod, web"));
        QTest::keyClick(markText(), Qt::Key_Return);
        QTRY_COMPARE(tagged("prod"), count);
        QCOMPARE(tagged("web"), count);
        QVERIFY(!markText()->isVisible());
        QTRY_VERIFY(table()->hasFocus());
        // The selection stands, for the next thing.
        QCOMPARE(table()->selectedCount(), count);
        QTest::keyClick(table(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(tagged("prod"), 0);
        action("redoMarks")->trigger();
        QTRY_COMPARE(tagged("prod"), count);
    }

    void takesNoKeyForTheRowsThatIsMeantForAChip()
    {
        openPage();
        ask("has:key shop");
        table()->select(model().row(model().index(1, 0))->sha256.hex());
        auto *chip = m_page->findChild<QueryChip *>();
        chip->setFocus();
        QTest::keyClick(chip, Qt::Key_Delete);
        QCOMPARE(m_page->queryBar().text(), QStringLiteral("shop"));
        auto *list = m_page->findChild<QWidget *>(QStringLiteral("columnList"));
        action("chooseColumns")->trigger();
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Delete);
        QTest::qWait(50);
        QCOMPARE(model().total(), 17);
    }

    void staysNextToWhatWentIntoTheTrash()
    {
        openPage();
        table()->setFocus();
        table()->select(model().row(model().index(4, 0))->sha256.hex());
        const QString next = model().row(model().index(5, 0))->sha256.hex();
        QTest::keyClick(table(), Qt::Key_Delete);
        QTRY_COMPARE(model().total(), 16);
        QCOMPARE(table()->currentSha256(), next);
    }

    void showsWhatIsWantedWhereverItIs()
    {
        openPage();
        const QString wanted = model().row(model().index(4, 0))->sha256.hex();
        model().setAllFolded(true);
        m_page->open(wanted);
        QCOMPARE(table()->currentSha256(), wanted);
        ask("nowhere");
        QCOMPARE(model().matching(), 0);
        m_page->open(wanted);
        QCOMPARE(table()->currentSha256(), wanted);
        QVERIFY(pane()->isVisible());
        QTest::keyClick(table(), Qt::Key_Delete);
        QTRY_COMPARE(model().total(), 16);
        m_page->open(wanted); // in the trash
        QTRY_COMPARE(table()->currentSha256(), wanted);
    }

    // 300 files of which 2 are bad, dropped; tagged by zone; what ends within 30 days and comes
    // from one issuer; exported.
    void anAdminsMorning()
    {
        const QDir home(m_profile->folder.path());
        QVERIFY(home.mkpath(QStringLiteral("in/deep")) && home.mkpath(QStringLiteral("out")));
        int due = 0;
        const auto write = [&](const QString &name, const QByteArray &content) {
            QFile file(home.filePath(QStringLiteral("in/") + name));
            return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
        };
        for (int i = 0; i < 298; ++i) {
            SampleCertificates::Wish wish;
            wish.names = {QStringLiteral("host%1.zone%2.example").arg(i).arg(i % 6)};
            wish.leftDays = 1 + i % 90;
            due += wish.leftDays < 30 ? 1 : 0;
            const CertificateRecord record = m_profile->samples.make(wish);
            const QByteArray pem = Certificate::fromDer(record.der)->pem();
            const QString folder = i % 2 == 0 ? QString() : QStringLiteral("deep/");
            QVERIFY(write(QStringLiteral("%1%2.pem").arg(folder).arg(i), pem));
        }
        QVERIFY(write(QStringLiteral("cut.pem"), m_profile->samples.issuerPem().chopped(300)));
        QVERIFY(write(QStringLiteral("empty.pem"), "-----BEGIN CERTIFICATE-----\n"));
        openPage();
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(home.filePath(QStringLiteral("in")))});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton,
                              Qt::NoModifier);
        QCoreApplication::sendEvent(m_page.get(), &enter);
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page.get(), &drop);
        QTRY_COMPARE_WITH_TIMEOUT(model().total(), 17 + 298, 30000);
        auto *report = m_page->findChild<ImportReportPanel *>();
        QTRY_COMPARE(report->headline(), QStringLiteral("298 added, 2 not imported"));

        action("groupBy_zone")->trigger();
        for (int zone = 0; zone < 6; ++zone) {
            const QByteArray name = "zone" + QByteArray::number(zone);
            ask("zone:" + name + ".example");
            table()->selectAll();
            action("tagCertificates")->trigger();
            markText()->setText(QLatin1String(name));
            QTest::keyClick(markText(), Qt::Key_Return);
            QTRY_COMPARE(tagged(name.constData()), table()->selectedCount());
            QVERIFY(table()->selectedCount() >= 49);
        }
        action("groupBy_tag")->trigger();
        ask("expires<30d issuer:\"Let's Encrypt\" place:file not is:expired");
        QCOMPARE(model().matching(), due);
        QCOMPARE(model().view().groups.size(), std::size_t{6});
        takeScreenshots(*m_page, QStringLiteral("certificates-morning"));
        table()->selectAll();
        m_dialogs->files = {{home.filePath(QStringLiteral("out"))}};
        action("exportCertificate")->trigger();
        const QDir out(home.filePath(QStringLiteral("out")));
        QTRY_COMPARE_WITH_TIMEOUT(static_cast<int>(out.entryList(QDir::Files).size()), due, 30000);
    }

    void removesATagFromThoseThatHaveIt()
    {
        openPage();
        table()->selectAll();
        action("tagCertificates")->trigger();
        markText()->setText(QStringLiteral("old"));
        QTest::keyClick(markText(), Qt::Key_Return);
        QTRY_COMPARE(tagged("old"), 17);
        ask("issuer:corp");
        table()->selectAll();
        action("untagCertificates")->trigger();
        markText()->setText(QStringLiteral("OLD")); // the same tag
        QTest::keyClick(markText(), Qt::Key_Return);
        QTRY_COMPARE(tagged("old"), 14);
        action("untagCertificates")->trigger();
        markText()->setText(QStringLiteral("never seen"));
        QTest::keyClick(markText(), Qt::Key_Return);
        QTRY_VERIFY(note().startsWith(QStringLiteral("Nothing changed")));
    }

    void asksNothingWithoutATag()
    {
        openPage();
        table()->selectAll();
        action("tagCertificates")->trigger();
        QTest::keyClick(markText(), Qt::Key_Return);
        QVERIFY(markText()->isVisible());
        QTest::keyClick(markText(), Qt::Key_Escape);
        QVERIFY(!markText()->isVisible());
        QCOMPARE(tagged(""), 0);
    }

    void marksWhatIsSelectedWhenItIsApplied()
    {
        openPage();
        ask("issuer:corp");
        table()->selectAll();
        action("tagCertificates")->trigger();
        auto *apply = m_page->findChild<QPushButton *>(QStringLiteral("applyMark"));
        QCOMPARE(markText()->accessibleName(), QStringLiteral("Add to 3 certificates the tag"));
        QTest::keyClicks(markText(), QStringLiteral("corp"));
        table()->clearSelection();
        QVERIFY(!apply->isEnabled());
        QTest::keyClick(markText(), Qt::Key_Return);
        QVERIFY(markText()->isVisible());
        table()->select(model().row(model().index(1, 0))->sha256.hex());
        QCOMPARE(markText()->accessibleName(), QStringLiteral("Add to 1 certificates the tag"));
        QCOMPARE(markText()->text(), QStringLiteral("corp")); // what was typed stays
        apply->click();
        QTRY_COMPARE(tagged("corp"), 1);
    }

    // Nobody's owner is written onto another certificate.
    void asksForTheOwnerOfWhatIsSelectedNow()
    {
        openPage();
        ask("issuer:corp");
        const QString first = model().row(model().index(1, 0))->sha256.hex();
        const QString second = model().row(model().index(3, 0))->sha256.hex();
        table()->select(first);
        action("setOwner")->trigger();
        markText()->setText(QStringLiteral("Mara Keller"));
        QTest::keyClick(markText(), Qt::Key_Return);
        QTRY_COMPARE(model().row(first)->owner, QStringLiteral("Mara Keller"));
        action("setOwner")->trigger();
        QCOMPARE(markText()->text(), QStringLiteral("Mara Keller"));
        table()->select(second);
        QCOMPARE(markText()->text(), QString());
    }

    void setsOwnerAndPutsAway()
    {
        openPage();
        ask("issuer:corp");
        table()->selectAll();
        action("setOwner")->trigger();
        markText()->setText(QStringLiteral("Mara Keller"));
        QTest::keyClick(markText(), Qt::Key_Return);
        QTRY_COMPARE(
            model().inventory()->matching(*Query::parse(QStringLiteral("owner:mara"))).count(),
            std::size_t{3});
        table()->selectAll();
        QCOMPARE(action("retireCertificates")->text(), QStringLiteral("Put &away"));
        action("retireCertificates")->trigger();
        const Query retired = *Query::parse(QStringLiteral("is:retired"));
        QTRY_COMPARE(model().inventory()->matching(retired).count(), std::size_t{4});
        QTRY_COMPARE(action("retireCertificates")->text(), QStringLiteral("Take &back into use"));
        action("undoMarks")->trigger();
        QTRY_COMPARE(model().inventory()->matching(retired).count(), std::size_t{1});
    }

    void undoesStepByStep()
    {
        MarkHistory history;
        history.add({QStringLiteral("one"), {}});
        history.add({QStringLiteral("two"), {}});
        QCOMPARE(history.undoText(), QStringLiteral("two"));
        history.undone(*history.takeUndo());
        QCOMPARE(history.undoText(), QStringLiteral("one"));
        QCOMPARE(history.redoText(), QStringLiteral("two"));
        history.add({QStringLiteral("three"), {}}); // something new: no way forward any more
        QCOMPARE(history.redoText(), QString());
        QVERIFY(!history.takeRedo());
        for (int i = 0; i < 300; ++i)
            history.add({QString::number(i), {}});
        int steps = 0;
        while (history.takeUndo())
            ++steps;
        QCOMPARE(steps, 100);
    }

    void opensItsMenuByMouseAndByKey()
    {
        openPage();
        table()->setFocus();
        const QString sha256 = model().row(model().index(1, 0))->sha256.hex();
        table()->select(sha256);
        QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(5, 5),
                                table()->viewport()->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(table()->viewport(), &byKey);
        auto *menu = m_page->findChild<QMenu *>(QStringLiteral("certificateMenu"));
        QVERIFY(menu != nullptr && menu->isVisible());
        QVERIFY(menu->actions().contains(action("trashCertificates")));
        QVERIFY(!menu->actions().contains(action("deleteForGood")));
        // At the row, wherever the pointer is.
        const QRect row = table()->visualRect(table()->currentIndex());
        const QPoint where = table()->viewport()->mapFromGlobal(menu->pos());
        QVERIFY(where.y() >= row.top() && where.y() <= row.bottom() + 4);
        menu->close();
        QTRY_VERIFY(m_page->findChild<QMenu *>(QStringLiteral("certificateMenu")) == nullptr);
        const QPoint at = table()->visualRect(model().index(3, 0)).center();
        QContextMenuEvent byMouse(QContextMenuEvent::Mouse, at,
                                  table()->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(table()->viewport(), &byMouse);
        menu = m_page->findChild<QMenu *>(QStringLiteral("certificateMenu"));
        QVERIFY(menu != nullptr && menu->isVisible());
        menu->close();
    }

    void offersTheSameInTheMenuOfThePage()
    {
        openPage();
        auto *selected = m_page->findChild<QMenu *>(QStringLiteral("selectedMenu"));
        QVERIFY(m_page->menuActions().contains(selected->menuAction()));
        QVERIFY(m_page->menuActions().contains(action("importFolder")));
        QVERIFY(!selected->menuAction()->isEnabled());
        table()->selectAll();
        QVERIFY(selected->menuAction()->isEnabled());
        Q_EMIT selected->aboutToShow();
        QVERIFY(selected->actions().contains(action("tagCertificates")));
        // Whatever is done to what is selected is there, and in the palette.
        for (const QAction *one : selected->actions())
            QVERIFY(one->isSeparator() || m_page->actions().contains(one));
    }

    void asksForTheSameNamesAndTheSameIssuer()
    {
        openPage();
        ask("tag:none shop");
        ask("shop");
        table()->select(model().row(model().index(1, 0))->sha256.hex());
        action("showSameIssuer")->trigger();
        QCOMPARE(m_page->queryBar().chips(),
                 QStringList{QStringLiteral("issuer=\"Let's Encrypt\"")});
        QCOMPARE(m_page->queryBar().edit()->text(), QStringLiteral("shop"));
        table()->select(model().row(model().index(1, 0))->sha256.hex());
        action("showSameNames")->trigger();
        QCOMPARE(model().matching(), 1);
        QVERIFY(m_page->queryBar().text().startsWith(QStringLiteral("same:")));
    }

    void copiesNamesAndPemOfMany()
    {
        openPage();
        ask("issuer:corp");
        table()->selectAll();
        action("copyNamesOfSelected")->trigger();
        const QStringList names = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(names.size(), 3);
        QVERIFY(names.contains(QStringLiteral("ldap.corp.example")));
        action("copyPem")->trigger();
        QTRY_COMPARE(QGuiApplication::clipboard()->text().count(
                         QStringLiteral("-----BEGIN CERTIFICATE-----")),
                     3);
    }

    void exportsManyIntoAFolder()
    {
        openPage();
        QDir folder(m_profile->folder.path());
        QVERIFY(folder.mkpath(QStringLiteral("out")));
        folder.cd(QStringLiteral("out"));
        ask("issuer:corp");
        table()->selectAll();
        QVERIFY(action("exportCertificate")->text().contains(QLatin1Char('3')));
        m_dialogs->files = {{folder.path()}, {folder.path()}};
        action("exportCertificate")->trigger();
        QTRY_COMPARE(folder.entryList(QDir::Files).size(), 3);
        QVERIFY(folder.exists(QStringLiteral("ldap.corp.example.pem")));
        QTRY_VERIFY(note().contains(folder.path()));
        // Nothing that was there is overwritten.
        action("exportCertificate")->trigger();
        QTRY_COMPARE(folder.entryList(QDir::Files).size(), 6);
        QVERIFY(folder.exists(QStringLiteral("ldap.corp.example-2.pem")));
    }

    void hidesAndTellsHowManyAreHidden()
    {
        openPage();
        QCOMPARE(model().matching(), 17);
        action("hideExpired")->trigger();
        QCOMPARE(model().matching(), 16);
        QCOMPARE(model().hidden(), 1);
        action("hideRetired")->trigger();
        QCOMPARE(model().matching(), 15);
        QCOMPARE(m_page->queryBar().chips(), QStringList{QStringLiteral("not is:retired")});
        action("hideRetired")->trigger();
        QVERIFY(m_page->queryBar().chips().isEmpty());
    }

    void groupsByWhatIsWanted_data()
    {
        QTest::addColumn<QString>("grouping");
        for (const char *grouping : {"none", "issuer", "zone", "tag", "place", "urgency"})
            QTest::newRow(grouping) << QString::fromLatin1(grouping);
    }
    void groupsByWhatIsWanted()
    {
        QFETCH(QString, grouping);
        openPage();
        m_page->findChild<QAction *>(QStringLiteral("groupBy_") + grouping)->trigger();
        QCOMPARE(inventoryGroupingName(model().request().grouping), grouping);
        QCOMPARE(model().isGrouped(), grouping != QLatin1String("none"));
        for (int row = 0; row < model().rowCount(); ++row) {
            const QModelIndex index = model().index(row, 0);
            if (index.data(CertificateModel::FoldedRole).isValid())
                QVERIFY(!index.data(RowRole::Copy).toString().isEmpty());
        }
        takeScreenshots(*m_page, QStringLiteral("certificates-by-") + grouping);
        model().setAllFolded(true);
        QCOMPARE(model().rowCount(),
                 grouping == QLatin1String("none")
                     ? 17
                     : static_cast<int>(model().view().groups.size()));
    }

    void keepsViewsAndColumnsInTheProfile()
    {
        openPage();
        ask("issuer:corp");
        action("groupBy_none")->trigger();
        m_page->findChild<ViewBar *>()->saveAction()->trigger();
        auto *name = m_page->findChild<QLineEdit *>(QStringLiteral("viewName"));
        name->setText(QStringLiteral("Corp"));
        QTest::keyClick(name, Qt::Key_Return);
        m_page->findChild<QAction *>(QStringLiteral("startView"))->trigger();
        table()->showColumns({CertificateModel::Names, CertificateModel::Serial});
        table()->header()->resizeSection(CertificateModel::Serial, 222);
        QTRY_COMPARE(await(m_profile->inventory->pageState())
                         ->value(QLatin1String("columns"))
                         .toArray()
                         .at(1)[QLatin1String("width")]
                         .toInt(),
                     222);
        m_page.reset();

        openPage();
        QTRY_COMPARE(m_page->queryBar().text(), QStringLiteral("issuer:corp"));
        QTRY_COMPARE(model().matching(), 3);
        QVERIFY(!model().isGrouped());
        QCOMPARE(m_page->findChild<QComboBox *>(QStringLiteral("savedViews"))->currentText(),
                 QStringLiteral("Corp"));
        QCOMPARE(table()->columnWidth(CertificateModel::Serial), 222);
        QVERIFY(table()->isColumnHidden(CertificateModel::Tags));
    }

    void marksOneInThePane()
    {
        openPage();
        const QString sha256 = model().row(model().index(3, 0))->sha256.hex();
        m_page->open(sha256);
        QVERIFY(pane()->isVisible());
        auto *tags = pane()->findChild<QLineEdit *>(QStringLiteral("paneTags"));
        tags->setFocus();
        QTest::keyClicks(tags, QStringLiteral("web,prod, web"));
        QTest::keyClick(tags, Qt::Key_Return);
        QTRY_COMPARE(tagged("web"), 1);
        QCOMPARE(model().row(sha256)->tags,
                 QStringList({QStringLiteral("prod"), QStringLiteral("web")}));
        QTRY_COMPARE(tags->text(), QStringLiteral("prod, web"));
        // Escape takes back what is being typed before it leaves the pane.
        auto *owner = pane()->findChild<QLineEdit *>(QStringLiteral("paneOwner"));
        owner->setFocus();
        QTest::keyClicks(owner, QStringLiteral("no"));
        QTest::keyClick(owner, Qt::Key_Escape);
        QVERIFY(pane()->isVisible());
        QCOMPARE(owner->text(), QString());
        QTest::keyClick(owner, Qt::Key_Escape);
        QVERIFY(!pane()->isVisible());
    }

    void findsByKey()
    {
        openPage();
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(m_page->queryBar().edit()->hasFocus());
    }

    void choosesColumnsByKeyboard()
    {
        openPage();
        action("chooseColumns")->trigger();
        auto *list = m_page->findChild<QWidget *>(QStringLiteral("columnsPanel"));
        QVERIFY(list->isVisible());
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        QTest::keyClick(list, Qt::Key_Escape);
        QVERIFY(!list->isVisible());
        QTRY_VERIFY(table()->hasFocus());
    }
};

QTEST_MAIN(TstCertificateMarks)
#include "tst_certificate_marks.moc"
