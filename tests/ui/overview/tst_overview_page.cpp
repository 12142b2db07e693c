// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"
#include "core/inventory/InventoryService.h"
#include "core/inventory/WatchService.h"
#include "core/issuance/IssuanceContext.h"
#include "core/issuance/IssuanceService.h"
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/VisibleNames.h"
#include "ui/overview/NeedDelegate.h"
#include "ui/overview/NeedView.h"
#include "ui/overview/OverviewPage.h"
#include "ui/widgets/ExpiryStrip.h"
#include "ui/widgets/PluralTexts.h"

#include <QLabel>
#include <QSignalSpy>

using namespace sealbook;

class TstOverviewPage : public QObject
{
    Q_OBJECT

private:
    PluralTexts m_plurals;
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<InventoryService> m_inventory;
    std::unique_ptr<WatchService> m_watch;
    std::unique_ptr<IssuanceService> m_issuance;
    std::unique_ptr<OverviewPage> m_page;

    void openPage()
    {
        OverviewServices services;
        services.inventory = m_inventory.get();
        services.credentials = m_profile->credentials.get();
        services.issuance = m_issuance.get();
        services.watch = m_watch.get();
        m_page = std::make_unique<OverviewPage>(services, m_profile->clock);
        m_page->resize(1120, 772);
        QSignalSpy loaded(m_page.get(), &OverviewPage::loaded);
        m_page->show();
        m_page->activated();
        QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, 60'000);
    }
    NeedView *view() { return m_page->findChild<NeedView *>(); }
    QString nothing()
    {
        auto *label = m_page->findChild<QLabel *>(QStringLiteral("nothingNeeded"));
        return label->isVisible() ? label->text() : QString();
    }
    QString detail() { return m_page->findChild<QLabel *>(QStringLiteral("pageDetail"))->text(); }
    void saveJob(const char *names, JobRecord::State state, const char *step, int minutesAgo)
    {
        JobRecord job;
        job.id = JobId::make();
        job.state = state;
        job.step = QLatin1String(step);
        job.request.names = QString::fromLatin1(names).split(QLatin1Char(' '));
        job.createdAt = m_profile->clock.utcNow().addSecs(-60 * minutesAgo);
        job.updatedAt = job.createdAt;
        if (state == JobRecord::State::Running) {
            job.owner = LeaseHolder::ofThisProcess().text();
            job.leaseUntil = m_profile->clock.utcNow().addSecs(60);
        }
        QVERIFY(await(m_profile->store->saveJob(job)));
    }
    void seed()
    {
        m_profile->seedCertificates();
        m_profile->seedCredentials();
        saveJob("example.org *.example.org", JobRecord::State::Running, "propagation", 3);
        saveJob("status.example.com", JobRecord::State::Done, "cleanup", 13 * 60);
        saveJob("edge-ams.example.org", JobRecord::State::Done, "cleanup", 12 * 60);
        saveJob("cdn.example.net", JobRecord::State::Running, "publish", 40);
        saveJob("shop.example.org", JobRecord::State::Paused, "propagation", 100);
    }
    QModelIndex rowOf(const QString &title)
    {
        for (int row = 0; row < view()->model()->rowCount(); ++row) {
            const QModelIndex index = view()->model()->index(row, 0);
            if (index.data().toString() == title)
                return index;
        }
        return {};
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
        m_inventory = std::make_unique<InventoryService>(*m_profile->store, m_profile->clock);
        m_watch = std::make_unique<WatchService>(*m_profile->store, *m_inventory, m_profile->clock,
                                                 EndpointProbe::Options{});
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
        std::ignore = await(m_watch->close());
        m_watch.reset();
        m_issuance.reset();
        m_inventory.reset();
        m_profile.reset();
    }

    void saysThatNothingNeedsAPerson()
    {
        openPage();
        QCOMPARE(nothing(), QStringLiteral("Nothing needs a person."));
        QCOMPARE(m_page->badge(), QString());
        SampleCertificates::Wish wish;
        wish.names = QStringList{QStringLiteral("cdn.example.net")};
        wish.leftDays = 40;
        const CertificateRecord fine = m_profile->samples.make(wish);
        QVERIFY(await(m_profile->store->saveCertificate(fine)));
        QSignalSpy loaded(m_page.get(), &OverviewPage::loaded);
        m_page->refreshInventory();
        QTRY_VERIFY(nothing().startsWith(QStringLiteral("Nothing needs a person. Next: "
                                                        "cdn.example.net, whose renewal window "
                                                        "opens on 5 Dec 2026.")));
        QCOMPARE(detail(), QStringLiteral("1 certificate, all fine"));
        takeScreenshots(*m_page, QStringLiteral("overview-quiet"));
    }

    void listsWhatNeedsAPersonWorstFirst()
    {
        seed();
        openPage();
        QCOMPARE(nothing(), QString());
        QVERIFY(view()->isVisible());
        QCOMPARE(view()->model()->index(0, 0).data().toString(), QStringLiteral("Overdue"));
        QCOMPARE(view()->model()->index(1, 0).data().toString(),
                 QStringLiteral("legacy.example.net"));
        QCOMPARE(m_page->badge(), QString::number(m_page->model().needCount()));
        QVERIFY2(detail().startsWith(
                     QStringLiteral("%1 things need a person, ").arg(m_page->model().needCount())),
                 qPrintable(detail()));
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        view()->setFocus();
        takeScreenshots(*m_page, QStringLiteral("overview"));
        takeScreenshots(*m_page, QStringLiteral("overview-narrow"), {800, 560});
    }

    void actsByKeyboardAlone()
    {
        seed();
        openPage();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QSignalSpy wanted(m_page.get(), &Page::pageWanted);
        m_page->firstFocus()->setFocus();
        QTest::keyClick(view(), Qt::Key_Home);
        QTest::keyClick(view(), Qt::Key_Return);
        QCOMPARE(
            wanted.takeFirst(),
            QVariantList({QStringLiteral("issue"), QStringLiteral("names:legacy.example.net")}));
        QTest::keyClick(view(), Qt::Key_Down); // over the head between
        QCOMPARE(view()->currentIndex().data(Qt::DisplayRole).toString(),
                 view()->model()->index(3, 0).data().toString());
        QTest::keyClick(view(), Qt::Key_Space);
        QCOMPARE(wanted.count(), 1);
    }

    void actsByItsButtons()
    {
        seed();
        openPage();
        QSignalSpy wanted(m_page.get(), &Page::pageWanted);
        const QModelIndex row = rowOf(QStringLiteral("cloudflare-all"));
        view()->scrollTo(row);
        const QRect button = view()->buttonRect(row);
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, button.center());
        QCOMPARE(wanted.takeFirst(),
                 QVariantList({QStringLiteral("credentials"), QStringLiteral("cloudflare-all")}));
        // Beside the button, and away from it while it is pressed: nothing.
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, QPoint(40, button.center().y()));
        QTest::mousePress(view()->viewport(), Qt::LeftButton, {}, button.center());
        QTest::mouseRelease(view()->viewport(), Qt::LeftButton, {},
                            QPoint(40, button.center().y()));
        QCOMPARE(wanted.count(), 0);
    }

    void keepsTheCurrentRowWhenTheListChanges()
    {
        seed();
        openPage();
        view()->setCurrentIndex(rowOf(QStringLiteral("cloudflare-all")));
        saveJob("new.example.org", JobRecord::State::Paused, "publish", 1);
        QTRY_VERIFY(rowOf(QStringLiteral("new.example.org")).isValid());
        QCOMPARE(view()->currentIndex().data().toString(), QStringLiteral("cloudflare-all"));
    }

    void leadsFromTheStripToTheCertificates()
    {
        seed();
        openPage();
        auto *strip = m_page->findChild<ExpiryStrip *>();
        QCOMPARE(strip->weeks().cell(0).certificates(), 1);
        QSignalSpy wanted(m_page.get(), &Page::pageWanted);
        strip->activatePart(0);
        QCOMPARE(wanted.takeFirst(),
                 QVariantList({QStringLiteral("certificates"),
                               QStringLiteral("query:(expires<=0d not is:retired)")}));
    }

    void showsWhatNeedsNobody()
    {
        seed();
        openPage();
        QStringList texts;
        const auto labels =
            m_page->findChild<QWidget *>(QStringLiteral("outlook"))->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible())
                texts << (label->accessibleName().isEmpty() ? label->text()
                                                            : label->accessibleName());
        }
        for (const char *text :
             {"Running now", "example.org +1", "3:00", "waiting for the name servers",
              "Done since yesterday", "status.example.com issued", "01:06", "Next to renew"})
            QVERIFY2(texts.contains(QLatin1String(text)), text);
    }

    void opensWithTenThousand()
    {
        const std::vector<CertificateRecord> records = m_profile->samples.many(10'000);
        std::vector<PlaceRecord> places;
        for (const CertificateRecord &record : records)
            places.push_back(placeOfOrigin(record.sha256, record.origin));
        QVERIFY(await(m_profile->store->saveCertificates(records, places)));
        openPage();
        QVERIFY(!m_page->grab().isNull());
        QVERIFY(m_page->model().needCount() > 2500);
        view()->scrollToBottom();
        QVERIFY(!m_page->grab().isNull());
    }

    void mirrorsForRightToLeft()
    {
        QFont font(QStringLiteral("Noto Sans"));
        font.setPixelSize(13);
        const QFontMetrics body(font);
        const QRect row(0, 0, 820, 44);
        const auto plain =
            NeedLine::in(row, {100, 80, 110}, body, QFontMetrics(font), Qt::LeftToRight);
        const auto turned =
            NeedLine::in(row, {100, 80, 110}, body, QFontMetrics(font), Qt::RightToLeft);
        const auto isMirror = [&row](const QRect &a, const QRect &b) {
            return b.left() == row.width() - 1 - a.right() && a.size() == b.size();
        };
        QVERIFY(isMirror(plain.glyph, turned.glyph));
        QVERIFY(isMirror(plain.title, turned.title));
        QVERIFY(isMirror(plain.kind, turned.kind));
        QVERIFY(isMirror(plain.due, turned.due));
        QVERIFY(isMirror(plain.button, turned.button));
        QVERIFY(plain.title.right() < plain.kindIcon.left());
        QVERIFY(plain.kind.right() < plain.due.left());
        QVERIFY(plain.due.right() < plain.button.left());
        const auto narrow = NeedLine::in({0, 0, 480, 44}, {100, 80, 110}, body, QFontMetrics(font),
                                         Qt::LeftToRight);
        QVERIFY(narrow.kind.isEmpty() && narrow.title.width() > 150);
        seed();
        openPage();
        m_page->setLayoutDirection(Qt::RightToLeft);
        takeScreenshots(*m_page, QStringLiteral("overview-rtl"));
        QVERIFY(!m_page->grab().isNull());
    }
};

QTEST_MAIN(TstOverviewPage)
#include "tst_overview_page.moc"
