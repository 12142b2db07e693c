// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/InventoryService.h"
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/TlsEndpoint.h"
#include "tests/support/VisibleNames.h"
#include "ui/watch/AddEndpointsPanel.h"
#include "ui/watch/CertificateComparison.h"
#include "ui/watch/CheckBar.h"
#include "ui/watch/EndpointPane.h"
#include "ui/watch/EndpointWords.h"
#include "ui/watch/WatchPage.h"
#include "ui/widgets/RecordTable.h"
#include "ui/widgets/RowDelegate.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSet>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTimeZone>

#include <ctime>

using namespace sealbook;

class TstWatchPage : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<InventoryService> m_inventory;
    std::unique_ptr<WatchService> m_watch;
    std::unique_ptr<WatchPage> m_page;

    void openPage()
    {
        m_page = std::make_unique<WatchPage>(*m_watch, m_profile->clock);
        m_page->resize(1120, 772);
        QSignalSpy loaded(m_page.get(), &WatchPage::loaded);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->activated();
        QTRY_COMPARE(loaded.count(), 1);
    }
    RecordTable *table()
    {
        return m_page->findChild<RecordTable *>(QStringLiteral("endpointTable"));
    }
    EndpointPane *pane() { return m_page->findChild<EndpointPane *>(); }
    template <typename T>
    T *find(const char *name)
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }

    [[nodiscard]] EndpointStatus sample(const char *address, EndpointState state) const
    {
        const QDateTime now = m_profile->clock.utcNow();
        EndpointStatus status;
        status.record.id = EndpointId::make();
        status.record.address = *EndpointAddress::fromText(QLatin1String(address));
        status.record.owner = QStringLiteral("Mara Keller");
        status.state = state;
        if (state == EndpointState::NotChecked)
            return status;
        status.record.checkedAt = now.addSecs(-7200);
        EndpointCheck check;
        check.address = QStringLiteral("192.0.2.17");
        check.firstAt = now.addDays(-12);
        check.lastAt = status.record.checkedAt;
        check.times = 48;
        if (state == EndpointState::Unreachable || state == EndpointState::Unsure) {
            Error error;
            error.detail = QStringLiteral("waited 10 s in vain for the server's greeting");
            check.error = error;
        } else {
            check.outcome = EndpointCheck::Outcome::Served;
            check.sha256 = QString(64, QLatin1Char('a'));
            check.subject = status.record.address.host;
            check.notBefore = now.addDays(-60);
            check.notAfter = now.addDays(state == EndpointState::Expired      ? -3
                                             : state == EndpointState::ActNow ? 4
                                                                              : 30);
            check.nameMatches = state != EndpointState::WrongName;
            check.isTrusted = state != EndpointState::NotTrusted;
            check.trustReason = QStringLiteral("the chain leads to the trusted root \"ISRG Root "
                                               "X1\"");
            check.protocol = QStringLiteral("TLS 1.3");
            check.cipher = QStringLiteral("TLS_AES_256_GCM_SHA384");
            check.alpn = QStringLiteral("h2");
        }
        status.checks = {check};
        if (state == EndpointState::Drift) {
            status.newestSha256 = QString(64, QLatin1Char('b'));
            status.newestNotAfter = now.addDays(88);
        }
        return status;
    }

    [[nodiscard]] std::vector<EndpointStatus> samples() const
    {
        return {sample("www.example.org", EndpointState::Fine),
                sample("shop.example.com", EndpointState::Drift),
                sample("smtp://mail.example.org:587", EndpointState::Expired),
                sample("imap://mail.example.org", EndpointState::ActNow),
                sample("postgres://db.example.net", EndpointState::Unreachable),
                sample("login.example.com:8443", EndpointState::WrongName),
                sample("intranet.example.net", EndpointState::NotTrusted),
                sample("cdn.example.net", EndpointState::Differs),
                sample("api.example.com", EndpointState::Soon),
                sample("ldap://ldap.example.net", EndpointState::Unsure),
                sample("new.example.org", EndpointState::NotChecked)};
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("SSL_CERT_FILE", "/dev/null"); // this machine's roots have no say here
        useDesignLook(false);
    }
    void init()
    {
        m_profile = std::make_unique<ProfileFixture>();
        m_inventory = std::make_unique<InventoryService>(*m_profile->store, m_profile->clock);
        m_watch = std::make_unique<WatchService>(*m_profile->store, *m_inventory, m_profile->clock,
                                                 EndpointProbe::Options());
    }
    void cleanup()
    {
        m_page.reset();
        QVERIFY(await(m_watch->close()));
        m_watch.reset();
        m_inventory.reset();
        m_profile.reset();
    }

    void holdsAnyNumberOfRows_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("none") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("ten thousand") << 10000;
    }
    void holdsAnyNumberOfRows()
    {
        QFETCH(int, count);
        openPage();
        const std::vector<EndpointStatus> some = samples();
        std::vector<EndpointStatus> statuses;
        for (int i = 0; i < count; ++i) {
            statuses.push_back(some[static_cast<std::size_t>(i) % some.size()]);
            statuses.back().record.id = EndpointId::make();
        }
        m_page->model().setStatuses(statuses);
        const QAbstractItemModelTester tester(&m_page->model());
        QCOMPARE(m_page->model().rowCount(), count);
        m_page->model().setFilter(QStringLiteral("example.org"));
        m_page->model().sort(EndpointModel::Ends, Qt::DescendingOrder);
        m_page->model().refreshTimes();
        QVERIFY(!m_page->grab().isNull());
    }

    void saysEachStateInItsOwnWords()
    {
        QSet<QString> words;
        for (int i = 0; i <= static_cast<int>(EndpointState::Fine); ++i) {
            const auto state = static_cast<EndpointState>(i);
            words.insert(EndpointWords::styleOf(state).word);
            QVERIFY(!EndpointWords::summary(sample("www.example.org", state)).isEmpty());
        }
        QCOMPARE(words.size(), static_cast<int>(EndpointState::Fine) + 1);
    }

    void sortsTheWorstFirst()
    {
        openPage();
        m_page->model().setStatuses(samples());
        const auto state = [this](int row) {
            return m_page->model()
                .index(row, EndpointModel::State)
                .data(Qt::DisplayRole)
                .toString();
        };
        QCOMPARE(state(0), QStringLiteral("expired"));
        QCOMPARE(state(m_page->model().rowCount() - 1), QStringLiteral("fine"));
        QCOMPARE(m_page->model().needingPerson(), 7);
        m_page->model().setFilter(QStringLiteral("drift"));
        QCOMPARE(m_page->model().rowCount(), 1);
    }

    void teachesWhenItIsEmpty()
    {
        openPage();
        QVERIFY(!table()->isVisible());
        QVERIFY(m_page->firstFocus()->findChild<QPushButton *>()->isVisible());
        takeScreenshots(*m_page, QStringLiteral("watch-empty"));
    }

    void showsOneByKeyboardAlone()
    {
        openPage();
        EndpointRecord record; // a real one, so that the table is shown

        record.address = *EndpointAddress::fromText(QStringLiteral("127.0.0.1:9"));
        QVERIFY(await(m_watch->add({record})));
        QTRY_COMPARE(m_page->model().total(), 1);
        m_page->model().setStatuses(samples());
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Home);
        QTest::keyClick(table(), Qt::Key_Return);
        QVERIFY(pane()->isVisible());
        QCOMPARE(pane()->endpoint(), table()->currentKey());
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("watch"));
        takeScreenshots(*m_page, QStringLiteral("watch-narrow"), {860, 560});
        QTest::keyClick(table(), Qt::Key_Escape);
        QVERIFY(!pane()->isVisible());
    }

    void addsPastedEndpointsAndLooksAtThem()
    {
        const EndpointIdentity ca = EndpointIdentity::make("Test Root");
        const EndpointIdentity www = EndpointIdentity::make("127.0.0.1", &ca);
        WordsServer server({{"", ""}}, &www);
        openPage();
        find<QAction>("addEndpoints")->trigger();
        auto *panel = m_page->findChild<AddEndpointsPanel *>();
        QVERIFY(panel->isVisible());
        auto *text = find<QPlainTextEdit>("endpoints");
        auto *add = find<QPushButton>("add");
        QVERIFY(!add->isEnabled());
        text->setPlainText(QStringLiteral("www.example.org\nhttp://plain.example.org/\n"));
        QVERIFY(!add->isEnabled());
        const QString problem = find<QLabel>("problems")->text();
        QVERIFY2(problem.contains(QLatin1String("Line 2"))
                     && problem.contains(QLatin1String("https://plain.example.org")),
                 qPrintable(problem));
        // The line that is wrong is marked where it stands.
        const QList<QTextEdit::ExtraSelection> marks = text->extraSelections();
        QCOMPARE(marks.size(), 1);
        QCOMPARE(marks.front().cursor.blockNumber(), 1);
        takeScreenshots(*m_page, QStringLiteral("watch-add"));
        text->setPlainText(QStringLiteral("127.0.0.1:%1").arg(server.serverPort()));
        QVERIFY(add->isEnabled());
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!panel->isVisible());
        QTRY_COMPARE(m_page->model().total(), 1);
        const QString id =
            m_page->model().keyOf(QStringLiteral("127.0.0.1:%1").arg(server.serverPort()));
        QTRY_VERIFY(m_page->model().status(id)->record.checkedAt.isValid());
        QCOMPARE(m_page->model().status(id)->checks.front().outcome,
                 EndpointCheck::Outcome::Served);
        QTRY_COMPARE(table()->currentKey(), id);
        QTRY_VERIFY(pane()->isVisible());
        // A click on what is served leads to the certificate.
        QSignalSpy wanted(m_page.get(), &Page::pageWanted);
        Q_EMIT pane()->certificateWanted(m_page->model().status(id)->checks.front().sha256);
        QCOMPARE(wanted.count(), 1);
    }

    void removesAndBringsBack()
    {
        EndpointRecord record;
        record.address = *EndpointAddress::fromText(QStringLiteral("127.0.0.1:9"));
        QVERIFY(await(m_watch->add({record})));
        openPage();
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Home);
        QAction *undo = find<QAction>("undoRemoveEndpoint");
        QVERIFY(!undo->isEnabled());
        find<QAction>("removeEndpoint")->trigger();
        QTRY_COMPARE(m_page->model().total(), 0);
        QVERIFY(undo->isEnabled());
        auto *button = find<QPushButton>("noteAction");
        QVERIFY(button->isVisible());
        button->click();
        QTRY_COMPARE(m_page->model().total(), 1);
        QVERIFY(!undo->isEnabled());
        QVERIFY(!button->isVisible());
    }

    void goesOnAtTheNextRowAfterARemoval()
    {
        std::vector<EndpointRecord> records(3);
        for (std::size_t i = 0; i < records.size(); ++i)
            records[i].address =
                *EndpointAddress::fromText(QStringLiteral("%1.example.org").arg(char('a' + i)));
        QVERIFY(await(m_watch->add(records)));
        openPage();
        m_page->open(QStringLiteral("b.example.org:443"));
        QVERIFY(pane()->isVisible());
        const QString last = m_page->model().keyOf(QStringLiteral("c.example.org:443"));
        QTest::keyClick(table(), Qt::Key_Delete);
        QTRY_COMPARE(m_page->model().total(), 2);
        QCOMPARE(table()->currentKey(), last);
        QVERIFY(pane()->isVisible());
        QCOMPARE(pane()->endpoint(), last);
        find<QAction>("removeEndpoint")->trigger(); // the last row: there is only one before it
        QTRY_COMPARE(m_page->model().total(), 1);
        QCOMPARE(table()->currentKey(), m_page->model().keyOf(QStringLiteral("a.example.org:443")));
        find<QAction>("removeEndpoint")->trigger();
        QTRY_COMPARE(m_page->model().total(), 0);
        QVERIFY(!pane()->isVisible());
    }

    void setsServedAndStoredSideBySide()
    {
        const QDateTime now = m_profile->clock.utcNow();
        const auto certificate = [&now](char digit, int from, int until) {
            CertificateRecord record;
            record.sha256 = QString(64, QLatin1Char(digit));
            record.subject = QStringLiteral("www.example.org");
            record.names = QStringList{record.subject};
            record.issuer = QStringLiteral("Example CA");
            record.serial =
                QStringLiteral("04e1f7c3a20b9d5566778899aabbccdd00") + QLatin1Char(digit);
            record.notBefore = now.addDays(from);
            record.notAfter = now.addDays(until);
            record.keyAlgorithm = QStringLiteral("EC P-256");
            record.publicKeySha256 = QString(64, QLatin1Char(digit));
            record.origin = QStringLiteral("issued");
            record.addedAt = now;
            record.der = QByteArrayLiteral("der");
            return record;
        };
        const CertificateRecord old = certificate('a', -60, 30);
        const CertificateRecord young = certificate('b', -2, 88);
        QVERIFY(await(m_profile->store->saveCertificates({old, young}, {})));
        EndpointStatus status = sample("www.example.org", EndpointState::Fine);
        status.checks.front().sha256 = old.sha256;
        QVERIFY(await(m_watch->add({status.record})));
        EndpointLook look;
        look.id = status.record.id;
        look.at = now.addSecs(-7200);
        look.checks = status.checks;
        QVERIFY(await(m_profile->store->keepEndpointLook(look)));
        openPage();
        m_page->open(QStringLiteral("www.example.org:443"));
        auto *comparison = m_page->findChild<CertificateComparison *>();
        QTRY_VERIFY(comparison->isVisible());
        QStringList said;
        for (const QLabel *label : comparison->findChildren<QLabel *>())
            said << label->accessibleName();
        for (const QString &sha256 : {old.sha256, young.sha256})
            QCOMPARE(said.filter(sha256).size(), 1);
        QCOMPARE(said.filter(QStringLiteral("Ends of the ")).size(), 2);
        QVERIFY(EndpointWords::summary(*m_page->model().status(pane()->endpoint()))
                    .contains(QLatin1String("old certificate")));
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("watch-drift"));
    }

    void changesHowItIsWatched()
    {
        EndpointRecord record;
        record.address = *EndpointAddress::fromText(QStringLiteral("www.example.org"));
        record.interval = std::chrono::minutes(7); // as the terminal may have it
        QVERIFY(await(m_watch->add({record})));
        openPage();
        m_page->open(QStringLiteral("www.example.org:443"));
        auto *interval = find<QComboBox>("endpointInterval");
        QCOMPARE(interval->currentData().toInt(), 7 * 60);
        interval->setFocus();
        QTest::keyClick(interval, Qt::Key_End);
        const QString id = pane()->endpoint();
        const auto kept = [this, &id] { return m_page->model().status(id)->record; };
        QTRY_COMPARE(kept().interval, std::chrono::seconds(std::chrono::hours(24)));
        QVERIFY(kept().notifies);
        find<QCheckBox>("endpointNotifies")->click();
        QTRY_VERIFY(!kept().notifies);
        QCOMPARE(kept().interval, std::chrono::seconds(std::chrono::hours(24)));
    }

    void standsLongNamesAndBothDirections()
    {
        openPage();
        EndpointRecord record;
        record.address = *EndpointAddress::fromText(QStringLiteral("127.0.0.1:9"));
        QVERIFY(await(m_watch->add({record})));
        QTRY_COMPARE(m_page->model().total(), 1);
        std::vector<EndpointStatus> statuses = samples();
        const QString label(60, QLatin1Char('l'));
        statuses[1].record.address.host =
            QStringList{label, label, label, QStringLiteral("example.org")}.join(QLatin1Char('.'));
        statuses[1].record.owner = QString(200, QLatin1Char('o'));
        statuses[1].checks.front().subject = statuses[1].record.address.host;
        statuses[1].checks.front().trustReason = QString(300, QLatin1Char('W'));
        statuses[1].checks.front().cipher =
            QStringLiteral("TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_GCM_SHA384");
        statuses[1].checks.front().notes = QStringList{QString(300, QLatin1Char('n'))};
        m_page->model().setStatuses(statuses);
        QVERIFY(table()->select(statuses[1].record.id.text()));
        QTest::keyClick(table(), Qt::Key_Return);
        QVERIFY(pane()->isVisible());
        QCOMPARE(m_page->width(), 1120); // nothing pushed it wider
        const auto *scroll = pane()->findChild<QScrollArea *>();
        QTRY_VERIFY(scroll->widget()->width() <= scroll->viewport()->width());
        QVERIFY(m_page->minimumSizeHint().width() < 900);
        takeScreenshots(*m_page, QStringLiteral("watch-long"));
        m_page->setLayoutDirection(Qt::RightToLeft);
        takeScreenshots(*m_page, QStringLiteral("watch-rtl"));
        QTRY_VERIFY(pane()->x() < table()->mapTo(m_page.get(), QPoint()).x());
    }

    void saysTimesInTheZoneThatWasChosen()
    {
        qputenv("TZ", "Pacific/Kiritimati"); // 14 h ahead: another day
        tzset();
        openPage();
        EndpointStatus status = sample("www.example.org", EndpointState::Fine);
        status.checks.front().notAfter =
            QDateTime(QDate(2026, 12, 31), QTime(20, 0), QTimeZone::utc());
        m_page->model().setStatuses({status});
        const auto ends = [this] {
            return m_page->model()
                .index(0, EndpointModel::Ends)
                .data(RowRole::SecondLine)
                .toString();
        };
        QCOMPARE(ends(), QStringLiteral("31 Dec 2026"));
        m_page->setTimesLocal(true);
        QCOMPARE(ends(), QStringLiteral("1 Jan 2027"));
        qunsetenv("TZ");
        tzset();
    }

    void stopsALongCheck()
    {
        WordsServer server({}, nullptr);
        server.onConnection = [](QSslSocket *) {};
        EndpointRecord record;
        record.address =
            *EndpointAddress::fromText(QStringLiteral("127.0.0.1:%1").arg(server.serverPort()));
        QVERIFY(await(m_watch->add({record})));
        openPage();
        QAction *check = find<QAction>("checkAllEndpoints");
        QAction *stop = find<QAction>("stopChecking");
        QVERIFY(check->isEnabled() && !stop->isEnabled());
        check->trigger();
        QTRY_COMPARE(server.connections, 1);
        QVERIFY(!check->isEnabled() && stop->isEnabled());
        auto *bar = m_page->findChild<CheckBar *>();
        QVERIFY(bar->isVisible());
        takeScreenshots(*m_page, QStringLiteral("watch-checking"));
        find<QPushButton>("stopCheckingButton")->click();
        QTRY_VERIFY(!bar->isVisible());
        QTRY_VERIFY(check->isEnabled());
        const QString id = m_page->model().keyOf(record.address.text());
        QVERIFY(!m_page->model().status(id)->record.checkedAt.isValid());
    }

    void looksAtWhatWasAddedAfterTheCheckThatRuns()
    {
        WordsServer server({}, nullptr);
        QPointer<QSslSocket> held;
        server.onConnection = [&held, &server](QSslSocket *socket) {
            if (server.connections == 1)
                held = socket;
            else
                socket->abort(); // the probe tries again in other ways
        };
        EndpointRecord record;
        record.address =
            *EndpointAddress::fromText(QStringLiteral("127.0.0.1:%1").arg(server.serverPort()));
        QVERIFY(await(m_watch->add({record})));
        openPage();
        find<QAction>("checkAllEndpoints")->trigger();
        QTRY_VERIFY(held);
        find<QAction>("addEndpoints")->trigger();
        find<QPlainTextEdit>("endpoints")->setPlainText(QStringLiteral("127.0.0.1:9"));
        find<QPushButton>("add")->click();
        QTRY_COMPARE(m_page->model().total(), 2);
        const auto added = [this] {
            return m_page->model().status(m_page->model().keyOf(QStringLiteral("127.0.0.1:9")));
        };
        QVERIFY(!added()->record.checkedAt.isValid());
        held->abort(); // ends the first look
        QTRY_VERIFY(added()->record.checkedAt.isValid());
    }

    void opensWhatAnotherPageNames()
    {
        EndpointRecord record;
        record.address = *EndpointAddress::fromText(QStringLiteral("www.example.org"));
        QVERIFY(await(m_watch->add({record})));
        openPage();
        m_page->open(QStringLiteral("www.example.org:443"));
        QVERIFY(pane()->isVisible());
        m_page->open(QStringLiteral("stranger.example.org:443"));
        m_page->open(QStringLiteral("add"));
        QVERIFY(m_page->findChild<AddEndpointsPanel *>()->isVisible());
        // By its id, and before anything is loaded.
        const auto known = await(m_watch->list({}));
        m_page = std::make_unique<WatchPage>(*m_watch, m_profile->clock);
        m_page->show();
        m_page->open(known->front().record.id.text());
        QTRY_VERIFY(pane()->isVisible());
        QCOMPARE(table()->currentKey(), known->front().record.id.text());
    }
};

QTEST_MAIN(TstWatchPage)
#include "tst_watch_page.moc"
