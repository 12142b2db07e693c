// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/DesignLook.h"
#include "tests/support/FakeClock.h"
#include "tests/support/InventoryOfRecords.h"
#include "tests/support/SampleCertificates.h"
#include "tests/support/Screenshot.h"
#include "tests/support/VisibleNames.h"
#include "ui/certificates/CertificateModel.h"
#include "ui/certificates/CertificateView.h"
#include "ui/certificates/ColumnsPanel.h"
#include "ui/certificates/SortHeader.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QJsonObject>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace sealbook;

class TstColumns : public QObject
{
    Q_OBJECT

private:
    FakeClock m_clock;
    SampleCertificates m_samples{m_clock.utcNow()};
    std::unique_ptr<CertificateModel> m_model;
    std::unique_ptr<CertificateView> m_view;

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }
    void init()
    {
        m_model = std::make_unique<CertificateModel>(m_clock);
        m_model->setInventory(inventoryOf(m_samples.all(), m_clock.utcNow()));
        m_view = std::make_unique<CertificateView>(m_model.get());
        m_view->resize(900, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void hasATitleASampleAndAFieldForEachColumn()
    {
        for (int column = 0; column < CertificateModel::ColumnCount; ++column) {
            const auto at = static_cast<CertificateModel::Column>(column);
            QVERIFY(!CertificateModel::columnTitle(at).isEmpty());
            QCOMPARE(CertificateModel::columnFromName(CertificateModel::columnName(at)), at);
            for (int row = 0; row < m_model->rowCount(); ++row) {
                const QModelIndex index = m_model->index(row, column);
                std::ignore = index.data(Qt::DisplayRole);
                std::ignore = index.data(Qt::ToolTipRole);
                QVERIFY(index.data(Qt::AccessibleTextRole).isValid());
            }
        }
    }

    void remembersWhichInWhichOrderAndHowWide()
    {
        m_view->showColumns({CertificateModel::Names, CertificateModel::Owner,
                             CertificateModel::Serial, CertificateModel::Expires});
        const QSignalSpy changed(m_view.get(), &CertificateView::columnsChanged);
        m_view->header()->resizeSection(CertificateModel::Serial, 333); // as a person drags it
        QVERIFY(changed.count() > 0);
        const QJsonArray state = m_view->columnState();

        CertificateView other(m_model.get());
        other.resize(900, 400);
        other.show();
        other.restoreColumns(state);
        QCOMPARE(other.shownColumns(), m_view->shownColumns());
        QCOMPARE(other.columnWidth(CertificateModel::Serial), 333);
        QCOMPARE(other.shownColumns(),
                 std::vector<int>({CertificateModel::Names, CertificateModel::Owner,
                                   CertificateModel::Serial, CertificateModel::Expires}));
    }

    void takesNothingBadFromTheSettings_data()
    {
        QTest::addColumn<QJsonArray>("state");
        const auto column = [](const char *name, int width, bool shown) {
            QJsonObject one;
            one.insert(QStringLiteral("name"), QLatin1String(name));
            one.insert(QStringLiteral("width"), width);
            one.insert(QStringLiteral("shown"), shown);
            return one;
        };
        QTest::newRow("nothing") << QJsonArray();
        QTest::newRow("no objects") << QJsonArray{1, QStringLiteral("x"), QJsonArray()};
        QTest::newRow("unknown") << QJsonArray{column("colour", 80, true)};
        QTest::newRow("absurd widths")
            << QJsonArray{column("names", -5, true), column("key", 1 << 30, true)};
        QTest::newRow("all hidden") << QJsonArray{column("names", 80, false)};
        QTest::newRow("twice") << QJsonArray{column("key", 80, true), column("key", 80, true)};
    }
    void takesNothingBadFromTheSettings()
    {
        QFETCH(QJsonArray, state);
        m_view->restoreColumns(state);
        QVERIFY(!m_view->isColumnHidden(CertificateModel::Names));
        QVERIFY(m_view->columnWidth(CertificateModel::Names) >= 180);
        QVERIFY(m_view->columnWidth(CertificateModel::Key) <= 1200);
        QCOMPARE(m_view->shownColumns().front(), static_cast<int>(CertificateModel::Names));
    }

    void givesTheNamesWhatRoomIsLeft()
    {
        QCOMPARE(m_view->header()->length(), m_view->viewport()->width());
        m_view->resize(1300, 400);
        QCOMPARE(m_view->header()->length(), m_view->viewport()->width());
        m_view->resize(300, 400); // under the least: it scrolls
        QVERIFY(m_view->columnWidth(CertificateModel::Names) >= 180);
        QVERIFY(m_view->horizontalScrollBar()->maximum() > 0);
    }

    void sortsByAClickAndAddsWithShift()
    {
        QSignalSpy wanted(m_view.get(), &CertificateView::sortWanted);
        const auto click = [this](int column, Qt::KeyboardModifiers modifiers) {
            QHeaderView *header = m_view->header();
            const QPoint where(header->sectionViewportPosition(column) + 20, 10);
            QTest::mouseClick(header->viewport(), Qt::LeftButton, modifiers, where);
        };
        click(CertificateModel::Issuer, {});
        QCOMPARE(wanted.count(), 1);
        const auto sort = wanted.at(0).at(0).value<std::vector<InventorySort>>();
        QCOMPARE(sort, std::vector<InventorySort>({{InventoryField::Issuer, false}}));
    }

    void turnsAndAddsSortKeys()
    {
        using Sort = std::vector<InventorySort>;
        const Sort byName{{InventoryField::Name, false}};
        QCOMPARE(SortHeader::clicked(byName, InventoryField::Name, false),
                 Sort({{InventoryField::Name, true}}));
        QCOMPARE(SortHeader::clicked(byName, InventoryField::Key, false),
                 Sort({{InventoryField::Key, false}}));
        const Sort two = SortHeader::clicked(byName, InventoryField::Key, true);
        QCOMPARE(two, Sort({{InventoryField::Name, false}, {InventoryField::Key, false}}));
        QCOMPARE(SortHeader::clicked(two, InventoryField::Name, true),
                 Sort({{InventoryField::Name, true}, {InventoryField::Key, false}}));
        // A click without Shift begins anew, by what was the second.
        QCOMPARE(SortHeader::clicked(two, InventoryField::Key, false),
                 Sort({{InventoryField::Key, false}}));
    }

    void saysBySpeechWhatIsSortedBy()
    {
        InventoryRequest request = m_model->request();
        request.sort = {{InventoryField::Issuer, false}, {InventoryField::Name, true}};
        m_model->setRequest(request);
        const auto spoken = [this](int column) {
            return m_model->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
        };
        QVERIFY(spoken(CertificateModel::Issuer).contains(QStringLiteral("number 1, ascending")));
        QVERIFY(spoken(CertificateModel::Names).contains(QStringLiteral("number 2, descending")));
        QCOMPARE(spoken(CertificateModel::Key), QStringLiteral("Key"));
        takeScreenshots(*m_view, QStringLiteral("certificates-sorted"), {900, 300});
    }

    void choosesAndOrdersByKeyboard()
    {
        ColumnsPanel panel;
        panel.resize(320, 600);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        panel.setColumns(m_view->shownColumns());
        panel.setSort(m_model->request().sort);
        QCOMPARE(visibleWithoutName(&panel), QString());
        takeScreenshots(panel, QStringLiteral("certificates-columns"), {320, 684});
        connect(&panel, &ColumnsPanel::columnsWanted, m_view.get(), &CertificateView::showColumns);
        auto *list = panel.findChild<QListWidget *>();
        list->setFocus();
        QCOMPARE(list->currentRow(), 0); // the issuer
        QTest::keyClick(list, Qt::Key_Space);
        QVERIFY(m_view->isColumnHidden(CertificateModel::Issuer));
        QTest::keyClick(list, Qt::Key_Space);
        QVERIFY(!m_view->isColumnHidden(CertificateModel::Issuer));
        QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_view->shownColumns().at(1), static_cast<int>(CertificateModel::Expires));
        QCOMPARE(m_view->shownColumns().at(2), static_cast<int>(CertificateModel::Issuer));
        QCOMPARE(list->currentRow(), 1);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(m_view->shownColumns().at(1), static_cast<int>(CertificateModel::Issuer));
        // The first does not go further up.
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(m_view->shownColumns().at(1), static_cast<int>(CertificateModel::Issuer));
    }

    void sortsBySeveralInThePanel()
    {
        ColumnsPanel panel;
        panel.setSort({{InventoryField::Issuer, true}, {InventoryField::Name, false}});
        QCOMPARE(panel.sort(),
                 std::vector<InventorySort>(
                     {{InventoryField::Issuer, true}, {InventoryField::Name, false}}));
        QSignalSpy wanted(&panel, &ColumnsPanel::sortWanted);
        auto *third = panel.findChild<QComboBox *>(QStringLiteral("sortField3"));
        third->setCurrentIndex(third->findData(static_cast<int>(InventoryField::Key)));
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(panel.sort().size(), std::size_t{3});
        // The same field twice says nothing new.
        auto *second = panel.findChild<QComboBox *>(QStringLiteral("sortField2"));
        second->setCurrentIndex(second->findData(static_cast<int>(InventoryField::Issuer)));
        QCOMPARE(panel.sort(),
                 std::vector<InventorySort>(
                     {{InventoryField::Issuer, true}, {InventoryField::Key, false}}));
    }

    void copiesTheSelectedRowsInTheOrderOfThePage()
    {
        m_view->showColumns({CertificateModel::Names, CertificateModel::Key});
        m_view->selectAll();
        QCOMPARE(m_view->selectedCount(), 17); // group heads do not count
        m_view->copySelectedRows();
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 17 + 5);
        QCOMPARE(lines.at(0), QStringLiteral("Overdue"));
        QCOMPARE(lines.at(1), QStringLiteral("legacy.example.net\tRSA 2048"));
    }

    void keepsASelectionOverARebuild()
    {
        m_view->selectAll();
        const QStringList before = m_view->selectedSha256();
        InventoryRequest request = m_model->request();
        request.grouping = InventoryGrouping::Issuer;
        request.sort = {{InventoryField::Name, false}};
        m_model->setRequest(request);
        QStringList after = m_view->selectedSha256();
        QCOMPARE(after.size(), before.size());
        QCOMPARE(QSet<QString>(after.begin(), after.end()),
                 QSet<QString>(before.begin(), before.end()));
        m_model->setInventory(inventoryOf(m_samples.all(), m_clock.utcNow()));
        QVERIFY(m_view->selectedCount() <= 17);
    }

    void standsMirroredInARightToLeftWindow()
    {
        m_view->setLayoutDirection(Qt::RightToLeft);
        QCoreApplication::processEvents();
        QVERIFY(m_view->header()->sectionViewportPosition(CertificateModel::Names)
                > m_view->header()->sectionViewportPosition(CertificateModel::Expires));
        takeScreenshots(*m_view, QStringLiteral("certificates-rtl"), {900, 400});
        // Left and Right change their meaning: Right folds.
        m_view->setCurrentIndex(m_model->index(0, 0));
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QVERIFY(m_model->index(0, 0).data(CertificateModel::FoldedRole).toBool());
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QVERIFY(!m_model->index(0, 0).data(CertificateModel::FoldedRole).toBool());
    }
};

QTEST_MAIN(TstColumns)
#include "tst_columns.moc"
