// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"
#include "core/inventory/InventoryService.h"
#include "core/issuance/IssuanceContext.h"
#include "core/issuance/IssuanceService.h"
#include "tests/support/InventoryRows.h"
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/ScriptedDialogs.h"
#include "tests/support/VisibleNames.h"
#include "ui/timeline/GanttView.h"
#include "ui/timeline/MonthCalendar.h"
#include "ui/timeline/TimelineInspector.h"
#include "ui/timeline/TimelinePage.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/PluralTexts.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSvgRenderer>
#include <QWheelEvent>

using namespace sealbook;

class TstTimelinePage : public QObject
{
    Q_OBJECT

private:
    PluralTexts m_plurals;
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<InventoryService> m_inventory;
    std::unique_ptr<IssuanceService> m_issuance;
    std::unique_ptr<ScriptedDialogs> m_dialogs;
    std::unique_ptr<TimelinePage> m_page;

    void openPage()
    {
        TimelineServices services;
        services.inventory = m_inventory.get();
        services.credentials = m_profile->credentials.get();
        services.issuance = m_issuance.get();
        m_page = std::make_unique<TimelinePage>(services, m_profile->clock, *m_dialogs);
        m_page->resize(1120, 772);
        QSignalSpy loaded(m_page.get(), &TimelinePage::loaded);
        m_page->show();
        m_page->activated();
        QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, 60'000);
    }
    GanttView *gantt() { return m_page->findChild<GanttView *>(); }
    MonthCalendar *month() { return m_page->findChild<MonthCalendar *>(); }
    QAction *action(const char *name) { return m_page->findChild<QAction *>(QLatin1String(name)); }
    QString inspector() { return m_page->findChild<TimelineInspector *>()->accessibleName(); }
    // The chains of renewals that the picture shows behind its certificates.
    void seed()
    {
        m_profile->seedCertificates();
        std::vector<CertificateRecord> older;
        for (const CertificateRecord &record : m_profile->samples.all()) {
            const qint64 life = record.notBefore.secsTo(record.notAfter);
            if (!record.credential.isEmpty() && !record.retired) {
                QDateTime begin = record.notBefore;
                while (begin > m_profile->clock.utcNow().addDays(-200)) {
                    begin = begin.addSecs(-life * 2 / 3);
                    CertificateRecord before = record;
                    before.notBefore = begin;
                    before.notAfter = begin.addSecs(life);
                    before.sha256 = QStringLiteral("%1").arg(qHash(record.names.first()), 32, 16,
                                                             QLatin1Char('0'))
                        + QStringLiteral("%1").arg(begin.toSecsSinceEpoch(), 32, 16,
                                                   QLatin1Char('0'));
                    before.failedRenewals = 0;
                    older.push_back(before);
                }
            }
        }
        std::vector<PlaceRecord> places;
        for (const CertificateRecord &record : older)
            places.push_back(placeOfOrigin(record.sha256, record.origin));
        QVERIFY(await(m_profile->store->saveCertificates(older, places)));
        m_profile->seedCredentials();
        JobRecord job;
        job.id = JobId::make();
        job.state = JobRecord::State::Running;
        job.step = QStringLiteral("propagation");
        job.request.names = {QStringLiteral("shop.example.org"),
                             QStringLiteral("*.shop.example.org")};
        job.createdAt = job.updatedAt = m_profile->clock.utcNow().addSecs(-180);
        job.owner = LeaseHolder::ofThisProcess().text();
        job.leaseUntil = m_profile->clock.utcNow().addSecs(60);
        QVERIFY(await(m_profile->store->saveJob(job)));
    }
    void focus(QWidget *widget)
    {
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        widget->setFocus();
    }

private Q_SLOTS:
    void initTestCase()
    {
        useDesignLook(false);
        QCoreApplication::installTranslator(&m_plurals);
    }
    void init()
    {
        m_profile = std::make_unique<ProfileFixture>();
        m_dialogs = std::make_unique<ScriptedDialogs>();
        m_inventory = std::make_unique<InventoryService>(*m_profile->store, m_profile->clock);
        IssuanceContext context{*m_profile->store,
                                *m_profile->vault,
                                *m_profile->audit,
                                *m_profile->credentials,
                                m_profile->resolver,
                                m_profile->clock,
                                [](const CaRecord &) { return std::unique_ptr<HttpTransport>(); },
                                [] { return std::optional<CaRecord>(); },
                                false};
        m_issuance = std::make_unique<IssuanceService>(std::move(context));
    }
    void cleanup()
    {
        m_page.reset();
        m_issuance.reset();
        m_inventory.reset();
        m_dialogs.reset();
        m_profile.reset();
    }

    void teachesWhenItIsEmpty()
    {
        openPage();
        QVERIFY(!gantt()->isVisible());
        QVERIFY(m_page->firstFocus()->accessibleName().contains(QStringLiteral("none yet")));
        takeScreenshots(*m_page, QStringLiteral("timeline-empty"));
    }

    void showsOne()
    {
        QVERIFY(await(m_profile->store->saveCertificate(m_profile->samples.all().front())));
        openPage();
        QCOMPARE(gantt()->visibleRows(), 2);
        QCOMPARE(gantt()->currentRow()->title, QStringLiteral("legacy.example.net"));
        QVERIFY2(inspector().contains(QStringLiteral("overdue, expired 3 d ago")),
                 qPrintable(inspector()));
        QVERIFY(!m_page->grab().isNull());
    }

    void looksAsDesigned()
    {
        seed();
        openPage();
        focus(gantt());
        for (int i = 0; i < gantt()->visibleRows(); ++i) {
            if (gantt()->partName(i).startsWith(QStringLiteral("*.shop.example.com")))
                QTest::mouseClick(gantt()->viewport(), Qt::LeftButton, {},
                                  gantt()->partRect(i).center());
        }
        QCOMPARE(gantt()->currentRow()->title, QStringLiteral("*.shop.example.com"));
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("timeline"));
        takeScreenshots(*m_page, QStringLiteral("timeline-narrow"), {800, 560});
        m_page->resize(1120, 772);
        action("showCalendar")->trigger();
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("calendar"));
        takeScreenshots(*m_page, QStringLiteral("calendar-narrow"), {800, 560});
        m_page->setLayoutDirection(Qt::RightToLeft);
        takeScreenshots(*m_page, QStringLiteral("calendar-rtl"));
        action("showGantt")->trigger();
        takeScreenshots(*m_page, QStringLiteral("timeline-rtl"));
    }

    void walksRowsEventsAndFoldsByKeyboard()
    {
        seed();
        openPage();
        focus(gantt());
        QTest::keyClick(gantt(), Qt::Key_Home);
        QCOMPARE(gantt()->currentRow()->kind, TimelineRow::Kind::Head);
        const int all = gantt()->visibleRows();
        QTest::keyClick(gantt(), Qt::Key_Left);
        QVERIFY(gantt()->visibleRows() < all);
        QTest::keyClick(gantt(), Qt::Key_Right);
        QCOMPARE(gantt()->visibleRows(), all);
        QTest::keyClick(gantt(), Qt::Key_Down);
        QCOMPARE(gantt()->currentRow()->kind, TimelineRow::Kind::Lineage);
        QVERIFY(!gantt()->currentEvent());
        QTest::keyClick(gantt(), Qt::Key_Right);
        QVERIFY(gantt()->currentEvent());
        QCOMPARE(gantt()->currentEvent()->kind, TimelineEvent::Kind::Ends);
        QVERIFY2(inspector().contains(QStringLiteral("expires ")), qPrintable(inspector()));
        const qint64 end = gantt()->currentEvent()->time;
        QTest::keyClick(gantt(), Qt::Key_Left);
        QVERIFY(gantt()->currentEvent()->time < end);
        for (int i = 0; i < 20; ++i) // to the first, and no farther
            QTest::keyClick(gantt(), Qt::Key_Left);
        const double x = gantt()->scale().x(gantt()->currentEvent()->time);
        QVERIFY2(x > 0 && x < 900, qPrintable(QString::number(x))); // it was brought into view
        QTest::keyClick(gantt(), Qt::Key_End);
        QVERIFY(gantt()->partRect(gantt()->currentPart()).bottom()
                <= gantt()->viewport()->height());
        QSignalSpy wanted(m_page.get(), &Page::pageWanted);
        QTest::keyClick(gantt(), Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
    }

    void zoomsByKeysSliderAndWheel()
    {
        seed();
        openPage();
        focus(gantt());
        const double month = gantt()->scale().perDay;
        const auto todayAt = [this] { return gantt()->scale().x(gantt()->timeline()->now); };
        const double today = todayAt();
        QTest::keyClick(gantt(), Qt::Key_Plus);
        QVERIFY(gantt()->scale().perDay > month);
        QVERIFY(std::abs(todayAt() - today) < 1); // about today
        QTest::keyClick(gantt(), Qt::Key_Minus);
        QVERIFY(std::abs(gantt()->scale().perDay - month) < 0.01);
        auto *slider = m_page->findChild<QSlider *>(QStringLiteral("zoom"));
        slider->setValue(slider->maximum());
        QCOMPARE(m_page->findChild<QLabel *>(QStringLiteral("zoomName"))->text(),
                 QStringLiteral("Day"));
        action("goToToday")->trigger();
        const QPoint where(700, 200);
        const double x = where.x() - 232;
        const qint64 under = gantt()->scale().time(x);
        QWheelEvent wheel(where, gantt()->viewport()->mapToGlobal(where), {}, QPoint(0, -120),
                          Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(gantt()->viewport(), &wheel);
        QVERIFY(std::abs(gantt()->scale().x(under) - x) < 1); // about the pointer
        action("fitAll")->trigger();
        for (const TimelineRow &row : gantt()->timeline()->rows) {
            if (const TimelineBar *bar = gantt()->timeline()->mainBar(row))
                QVERIFY(gantt()->scale().x(bar->validTo) < 890);
        }
        const qint64 start = gantt()->scale().start;
        action("zoomIn")->trigger();
        gantt()->horizontalScrollBar()->setValue(gantt()->horizontalScrollBar()->maximum());
        QVERIFY(gantt()->scale().start > start);
        QTest::keyClick(gantt(), Qt::Key_T);
        QVERIFY(todayAt() > 0 && todayAt() < 880);
    }

    void takesAQuestionAndSaysWhatIsWrongWithIt()
    {
        seed();
        openPage();
        const int all = gantt()->visibleRows();
        auto *query = m_page->findChild<QLineEdit *>(QStringLiteral("timelineQuery"));
        auto *problem = m_page->findChild<QWidget *>(QStringLiteral("timelineProblem"));
        focus(gantt());
        QTest::keyClick(gantt(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(query->hasFocus());
        QTest::keyClicks(query, QStringLiteral("is:overdue"));
        m_page->findChild<QCheckBox *>(QStringLiteral("showsCredentials"))->setChecked(false);
        QTRY_COMPARE(gantt()->visibleRows(), 4); // its group, it, and the job in its own
        QVERIFY(!problem->isVisible());
        query->setText(QStringLiteral("isuer:acme"));
        QTRY_VERIFY(problem->isVisible());
        QCOMPARE(gantt()->visibleRows(), 4);
        query->setText(QStringLiteral("nothing-like-it"));
        QTRY_COMPARE(gantt()->visibleRows(), 2);
        QTest::keyClick(query, Qt::Key_Escape);
        m_page->findChild<QCheckBox *>(QStringLiteral("showsCredentials"))->setChecked(true);
        QTRY_COMPARE(gantt()->visibleRows(), all);
        auto *grouping = m_page->findChild<QComboBox *>(QStringLiteral("timelineGrouping"));
        grouping->setCurrentIndex(grouping->findData(static_cast<int>(InventoryGrouping::Urgency)));
        QTRY_COMPARE(gantt()->timeline()->rows.front().title, QStringLiteral("overdue"));
    }

    void keepsTheCurrentRowWhenSomethingChanges()
    {
        seed();
        openPage();
        const std::vector<CertificateRecord> stored = *await(m_profile->certificates->list());
        m_page->open(stored.front().sha256);
        const QString subject = gantt()->currentRow()->subject;
        SampleCertificates::Wish wish;
        wish.names = QStringList{QStringLiteral("aaa.example.com")};
        const CertificateRecord added = m_profile->samples.make(wish);
        QVERIFY(await(m_profile->store->saveCertificate(added)));
        QSignalSpy loaded(m_page.get(), &TimelinePage::loaded);
        m_page->refresh();
        QTRY_COMPARE(loaded.count(), 1);
        QCOMPARE(gantt()->currentRow()->subject, subject);
    }

    void leadsToIssueAndCertificate()
    {
        seed();
        openPage();
        const auto stored = await(m_profile->certificates->list());
        for (const CertificateRecord &record : *stored) {
            if (record.names.first() == QLatin1String("api.example.org")
                && record.failedRenewals > 0)
                m_page->open(record.sha256);
        }
        QCOMPARE(gantt()->currentRow()->title, QStringLiteral("api.example.org"));
        QSignalSpy wanted(m_page.get(), &Page::pageWanted);
        action("renewFromTimeline")->trigger();
        QCOMPARE(wanted.takeFirst(),
                 QVariantList({QStringLiteral("issue"), QStringLiteral("names:api.example.org")}));
        action("openFromTimeline")->trigger();
        QCOMPARE(wanted.takeFirst().at(0).toString(), QStringLiteral("certificates"));
    }

    void walksTheCalendarByKeyboard()
    {
        seed();
        openPage();
        action("showCalendar")->trigger();
        focus(month());
        QVERIFY(month()->isVisible() && !gantt()->isVisible());
        QCOMPARE(month()->current(), QDate(2026, 11, 25));
        QCOMPARE(month()->monthText(), QStringLiteral("November 2026"));
        QTest::keyClick(month(), Qt::Key_Right);
        QCOMPARE(month()->current(), QDate(2026, 11, 26));
        QCOMPARE(month()->itemsOf(month()->current()).front().title,
                 QStringLiteral("api.example.org"));
        QVERIFY2(inspector().contains(QStringLiteral("api.example.org")), qPrintable(inspector()));
        QSignalSpy wanted(m_page.get(), &Page::pageWanted);
        QTest::keyClick(month(), Qt::Key_Return);
        QCOMPARE(wanted.takeFirst().at(0).toString(), QStringLiteral("certificates"));
        QTest::keyClick(month(), Qt::Key_Down);
        QCOMPARE(month()->current(), QDate(2026, 12, 3));
        QCOMPARE(m_page->findChild<QLabel *>(QStringLiteral("monthName"))->text(),
                 QStringLiteral("December 2026"));
        QTest::keyClick(month(), Qt::Key_PageDown);
        QCOMPARE(month()->current(), QDate(2027, 1, 3));
        QTest::keyClick(month(), Qt::Key_End);
        QCOMPARE(month()->current(), QDate(2027, 1, 31));
        QTest::keyClick(month(), Qt::Key_T);
        QCOMPARE(month()->current(), QDate(2026, 11, 25));
        action("nextMonth")->trigger();
        QCOMPARE(month()->monthText(), QStringLiteral("December 2026"));
        QTest::mouseClick(month(), Qt::LeftButton, {}, month()->partRect(0).center());
        QCOMPARE(month()->current(), QDate(2026, 11, 30));
        QCOMPARE(month()->monthText(), QStringLiteral("November 2026"));
    }

    void laysTheMonthOutAndMirrorsIt()
    {
        const QRect where(0, 0, 1120, 626);
        const auto plain = MonthCalendar::Layout::in(where, false);
        const auto turned = MonthCalendar::Layout::in(where, true);
        for (std::size_t i = 0; i < plain.days.size(); ++i) {
            QCOMPARE(turned.days[i].left(), where.width() - 1 - plain.days[i].right());
            if (i % 7 != 0)
                QCOMPARE(plain.days[i].left(), plain.days[i - 1].right() + 1);
            if (i >= 7)
                QCOMPARE(plain.days[i].top(), plain.days[i - 7].bottom() + 1);
        }
        QCOMPARE(plain.days.back().bottomRight(), where.bottomRight());
        QCOMPARE(plain.lines, 4);
        QCOMPARE(MonthCalendar::Layout::in({0, 0, 400, 120}, false).lines, 0);
    }

    void mirrorsTheChart()
    {
        seed();
        openPage();
        GanttPainter::Look look = gantt()->look();
        const GanttPainter plain(*gantt()->timeline(), look);
        QCOMPARE(plain.visual(0), static_cast<double>(look.chart.left()));
        m_page->setLayoutDirection(Qt::RightToLeft);
        look = gantt()->look();
        QVERIFY(look.mirrored);
        QCOMPARE(look.chart.left(), 0);
        const GanttPainter turned(*gantt()->timeline(), look);
        QCOMPARE(turned.visual(0), static_cast<double>(look.chart.right() + 1));
        focus(gantt());
        QTest::keyClick(gantt(), Qt::Key_Home);
        QTest::keyClick(gantt(), Qt::Key_Right); // folds: back in time
        QVERIFY(gantt()->isFolded(*gantt()->currentRow()));
    }

    void tellsRowsAndDaysToScreenReaders()
    {
        seed();
        openPage();
        QAccessibleInterface *chart = QAccessible::queryAccessibleInterface(gantt());
        QCOMPARE(chart->childCount(), gantt()->visibleRows());
        QCOMPARE(chart->child(0)->text(QAccessible::Name), gantt()->partName(0));
        QVERIFY(chart->child(0)->text(QAccessible::Name).contains(QStringLiteral("certificates")));
        chart->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(gantt()->isFolded(*gantt()->currentRow()));
        QAccessibleInterface *days = QAccessible::queryAccessibleInterface(month());
        QCOMPARE(days->childCount(), 42);
        QCOMPARE(days->child(31)->text(QAccessible::Name),
                 QStringLiteral("26 November 2026: 1 certificate expires"));
    }

    void exportsPicturesAndACalendar()
    {
        seed();
        openPage();
        const auto exported = [this](const char *name, const QString &file) {
            const QString path = m_profile->folder.filePath(file);
            m_dialogs->files.push_back({path});
            action(name)->trigger();
            [&] { QTRY_VERIFY2(QFile::exists(path), name); }();
            return path;
        };
        const QImage image(exported("exportPng", QStringLiteral("a.png")));
        const int width = gantt()->viewport()->width();
        QCOMPARE(image.width(), 2 * width);
        QCOMPARE(image.height(), 2 * (42 + 24 * gantt()->visibleRows()));
        QSvgRenderer svg(exported("exportSvg", QStringLiteral("a.svg")));
        QVERIFY(svg.isValid());
        QCOMPARE(svg.defaultSize(), QSize(width, 42 + 24 * gantt()->visibleRows()));
        QFile ics(exported("exportIcs", QStringLiteral("a.ics")));
        QTRY_VERIFY(m_page->findChild<NoteBar *>()->note().contains(QStringLiteral("a.ics")));
        QVERIFY(ics.open(QIODevice::ReadOnly));
        const QByteArray content = ics.readAll();
        QVERIFY(content.contains("SUMMARY:api.example.org expires\r\n"));
        QVERIFY(content.contains("SUMMARY:Rotate credential bind-primary\r\n"));
        const QString folder = qEnvironmentVariable("SEALBOOK_SCREENSHOTS");
        if (!folder.isEmpty()) {
            QVERIFY(image.save(folder + QStringLiteral("/timeline-export.png")));
            QImage drawn(svg.defaultSize(), QImage::Format_RGB32);
            QPainter painter(&drawn);
            svg.render(&painter);
            QVERIFY(drawn.save(folder + QStringLiteral("/timeline-export-svg.png")));
        }
        // Nothing is written, and told, where nothing can be.
        m_dialogs->files.push_back({m_profile->folder.filePath(QStringLiteral("nowhere/a.png"))});
        action("exportPng")->trigger();
        QTRY_VERIFY(m_page->findChild<ErrorPanel *>()->isVisible());
        m_dialogs->files.push_back({});
        action("exportSvg")->trigger(); // cancelled
        QTest::qWait(20);
    }

    void opensWithTenThousand()
    {
        const std::vector<CertificateRecord> records = m_profile->samples.many(10'000);
        std::vector<PlaceRecord> places;
        for (const CertificateRecord &record : records)
            places.push_back(placeOfOrigin(record.sha256, record.origin));
        QVERIFY(await(m_profile->store->saveCertificates(records, places)));
        openPage();
        QVERIFY(gantt()->visibleRows() > 9'000);
        QVERIFY(!m_page->grab().isNull());
        focus(gantt());
        QTest::keyClick(gantt(), Qt::Key_End);
        QCOMPARE(gantt()->currentPart(), gantt()->visibleRows() - 1);
        QVERIFY(!m_page->grab().isNull());
        m_dialogs->files.push_back({m_profile->folder.filePath(QStringLiteral("many.png"))});
        action("exportPng")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_page->findChild<NoteBar *>()->note().contains(QStringLiteral("first 500 of")),
            20'000);
    }
};

QTEST_MAIN(TstTimelinePage)
#include "tst_timeline_page.moc"
