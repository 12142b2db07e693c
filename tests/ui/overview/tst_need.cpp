// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"
#include "tests/support/InventoryRows.h"
#include "ui/overview/Need.h"
#include "ui/overview/NeedModel.h"
#include "ui/overview/OverviewReading.h"
#include "ui/widgets/PluralTexts.h"
#include "ui/widgets/RowDelegate.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace sealbook;

class TstNeed : public QObject
{
    Q_OBJECT

private:
    PluralTexts m_plurals;

    static QDateTime now()
    {
        return QDateTime::fromMSecsSinceEpoch(inventoryNow(), QTimeZone::utc());
    }
    static NeedSources sourcesOf(std::vector<InventoryRow> rows)
    {
        NeedSources sources;
        sources.now = now();
        sources.inventory = std::make_shared<const InventoryDigest>(
            InventoryDigest::of(Inventory::of(std::move(rows), inventoryNow())));
        return sources;
    }
    static CredentialRecord credential(const char *name, int ageDays, QStringList reach)
    {
        CredentialRecord record;
        record.name = QLatin1String(name);
        record.createdAt = now().addDays(-ageDays);
        record.lastUsedAt = now().addDays(-1);
        record.reach = std::move(reach);
        return record;
    }
    static EndpointStatus endpoint(EndpointState state, const QString &sha256)
    {
        EndpointStatus status;
        status.record.address = *EndpointAddress::fromText(QStringLiteral("mx1.example.net:465"));
        status.record.id = EndpointId::make();
        status.state = state;
        status.reason = QStringLiteral("It serves what it serves.");
        EndpointCheck check;
        check.outcome = EndpointCheck::Outcome::Served;
        check.sha256 = sha256;
        check.notAfter = now().addDays(-3);
        status.checks = {check};
        return status;
    }

private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }

    void needsNobodyWhereThereIsNothing()
    {
        QVERIFY(Need::of(sourcesOf({})).empty());
        NeedSources unread;
        unread.now = now();
        QVERIFY(Need::of(unread).empty());
        QVERIFY(OverviewReading::of(unread).needs.empty());
    }

    // R26: what was logged for a name here, by a CA that is not used for it.
    void R26_asksAboutCertificatesThatNobodyKnows()
    {
        const auto logged = [](quint64 seed, const char *name, const char *issuer) {
            InventoryRow row = inventoryRow(seed, {name}, 80); // near its end
            row.issuer = QString::fromLatin1(issuer);
            row.places = "log:ct.example";
            row.placeKinds = 1U << static_cast<unsigned>(PlaceRecord::Kind::Log);
            return row;
        };
        const InventoryRow odd = logged(2, "*.www.example.org", "Odd CA");
        InventoryRow known = logged(3, "known.example.org", "Odd CA");
        known.owner = QStringLiteral("Mara Keller");
        const std::vector<Need> needs =
            Need::of(sourcesOf({inventoryRow(1, {"www.example.org"}), odd, known,
                                logged(4, "cdn.example.org", "Let's Encrypt")}));
        QCOMPARE(needs.size(), std::size_t(1)); // and nobody is asked to renew any of them
        QCOMPARE(needs.front().subject, odd.sha256.hex());
        QCOMPARE(needs.front().urgency, Urgency::ActNow);
        QVERIFY(needs.front().reason.contains(QLatin1String("Odd CA")));
        QCOMPARE(needs.front().page, QStringLiteral("certificates"));
    }

    // It neither answers for what is used here, nor is it answered for by that.
    void R26_aLoggedCertificateReplacesNothing()
    {
        InventoryRow ours = inventoryRow(1, {"www.example.org"}, 80);
        ours.placeKinds = 1U << static_cast<unsigned>(PlaceRecord::Kind::File);
        InventoryRow later = inventoryRow(2, {"www.example.org"}, 10);
        later.issuer = QStringLiteral("Odd CA");
        later.placeKinds = 1U << static_cast<unsigned>(PlaceRecord::Kind::Log);
        InventoryRow earlier = later;
        earlier.sha256 = inventoryRow(3, {"www.example.org"}).sha256;
        earlier.notAfter = ours.notAfter - dayMs;
        const std::vector<Need> needs = Need::of(sourcesOf({ours, later, earlier}));
        QStringList subjects;
        for (const Need &need : needs)
            subjects.append(need.subject);
        QCOMPARE(subjects.size(), 3); // ours ends soon, and nobody knows the two others
        QVERIFY(subjects.contains(later.sha256.hex()));
        QVERIFY(subjects.contains(earlier.sha256.hex()));
    }

    void asksToReplaceWhatIsRevokedAndStillServed()
    {
        InventoryRow row = inventoryRow(1, {"www.example.org"});
        row.revokedAt = inventoryNow() - 2 * dayMs;
        QVERIFY(Need::of(sourcesOf({row})).empty());
        row.flags = InventoryRow::Served;
        NeedSources sources = sourcesOf({row});
        sources.endpoints = {endpoint(EndpointState::Fine, row.sha256.hex())};
        const std::vector<Need> needs = Need::of(sources);
        QCOMPARE(needs.size(), std::size_t(1));
        QCOMPARE(needs.front().urgency, Urgency::ActNow);
        QVERIFY(needs.front().reason.contains(QLatin1String("still served")));
        QVERIFY(needs.front().reason.contains(QLatin1String("mx1.example.net:465")));
        QCOMPARE(needs.front().page, QStringLiteral("issue"));
    }

    void leavesOutWhatIsFineOrRetired()
    {
        std::vector<InventoryRow> rows{
            inventoryRow(1, {"fine.example.org"}, 10),
            inventoryRow(2, {"old.example.org"}, 100), // replaced by the next
            inventoryRow(3, {"old.example.org"}, 20), inventoryRow(4, {"gone.example.org"}, 100)};
        rows[3].trashedAt = inventoryNow();
        QVERIFY(Need::of(sourcesOf(rows)).empty());
    }

    void saysWhyInOneLine_data()
    {
        QTest::addColumn<double>("age");
        QTest::addColumn<double>("life");
        QTest::addColumn<int>("failed");
        QTest::addColumn<double>("window"); // days before now in which it began; 0 = none
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("due");
        QTest::newRow("expired") << 93.0 << 90.0 << 0 << 0.0 << "Expired."
                                 << "3 d ago";
        QTest::newRow("failed") << 85.75 << 90.0 << 2 << 0.0 << "Renewal failed twice."
                                << "in 4 d 6 h";
        QTest::newRow("failed often") << 10.0 << 90.0 << 3 << 0.0 << "Renewal failed 3 times."
                                      << "in 80 d";
        QTest::newRow("under a sixth")
            << 80.0 << 90.0 << 0 << 0.0 << "Under 1/6 of its life is left."
            << "in 10 d";
        QTest::newRow("under a third")
            << 65.0 << 90.0 << 1 << 0.0 << "Under 1/3 of its life is left."
            << "in 25 d";
        QTest::newRow("short-lived") << 4.0 << 6.0 << 0 << 0.0 << "Under 1/2 of its life is left."
                                     << "in 2 d";
        QTest::newRow("past the window")
            << 20.0 << 90.0 << 0 << 7.0 << "The CA's renewal window ended on 20 Nov."
            << "in 70 d";
        QTest::newRow("in the window")
            << 20.0 << 90.0 << 0 << 1.0 << "In the CA's renewal window since 24 Nov."
            << "in 70 d";
    }
    void saysWhyInOneLine()
    {
        QFETCH(double, age);
        QFETCH(double, life);
        QFETCH(int, failed);
        QFETCH(double, window);
        QFETCH(QString, reason);
        QFETCH(QString, due);
        InventoryRow row = inventoryRow(1, {"www.example.org", "example.org"}, age, life);
        row.failedRenewals = static_cast<quint16>(failed);
        if (window > 0) {
            row.windowStart = inventoryNow() - static_cast<qint64>(window * dayMs);
            row.windowEnd = row.windowStart + 2 * dayMs;
        }
        const std::vector<Need> needs = Need::of(sourcesOf({row}));
        QCOMPARE(needs.size(), std::size_t(1));
        QCOMPARE(needs[0].title, QStringLiteral("www.example.org +1"));
        QCOMPARE(needs[0].reason, reason);
        QCOMPARE(needs[0].due, due);
        QCOMPARE(needs[0].act, QStringLiteral("Renew…"));
        QCOMPARE(needs[0].page, QStringLiteral("issue"));
        QCOMPARE(needs[0].subject, QStringLiteral("names:www.example.org example.org"));
    }

    void saysWhereItIsServedAndReplacesWhatCameFromOutside()
    {
        InventoryRow row = inventoryRow(1, {"xn--bcher-kva.example"}, 93);
        row.places = "file:/srv/tls/a.pem";
        row.placeKinds = 1U << static_cast<unsigned>(PlaceRecord::Kind::File);
        std::vector<Need> needs = Need::of(sourcesOf({row}));
        QCOMPARE(needs[0].title, QStringLiteral("bücher.example"));
        QCOMPARE(needs[0].reason,
                 QStringLiteral("Expired. No endpoint that is watched serves it."));
        QCOMPARE(needs[0].act, QStringLiteral("Replace…"));
        addPlace(row, PlaceRecord::Kind::Endpoint, "once.example:443"); // not any more
        row.flags = InventoryRow::Served;
        NeedSources sources = sourcesOf({row});
        sources.endpoints = {endpoint(EndpointState::Expired, row.sha256.hex()),
                             endpoint(EndpointState::Expired, fingerprintOf(9).hex())};
        QCOMPARE(Need::of(sources)[0].reason,
                 QStringLiteral("Expired, and still served. Served by mx1.example.net:465."));
        sources.endpoints[1].checks[0].sha256 = row.sha256.hex();
        sources.endpoints[1].record.address =
            *EndpointAddress::fromText(QStringLiteral("mx2.example.net:465"));
        QCOMPARE(Need::of(sources)[0].reason,
                 QStringLiteral("Expired, and still served. Served by mx1.example.net:465 and 1 "
                                "more."));
    }

    void onlyShowsWhatNobodyCanIssueAgain()
    {
        InventoryRow row = inventoryRow(1, {}, 93);
        row.commonName = QStringLiteral("Corp CA 2");
        row.flags = InventoryRow::IsCa;
        const std::vector<Need> needs = Need::of(sourcesOf({row}));
        QCOMPARE(needs[0].title, QStringLiteral("Corp CA 2"));
        QCOMPARE(needs[0].page, QStringLiteral("certificates"));
        QCOMPARE(needs[0].subject, row.sha256.hex());
    }

    void knowsCredentialsByTheirHealth()
    {
        InventoryRow row = inventoryRow(1, {"www.example.org"}, 10);
        row.credential = QStringLiteral("bind-primary");
        NeedSources sources = sourcesOf({row});
        sources.credentials = {
            credential("bind-primary", 96, {QStringLiteral("example.org")}),
            credential("hetzner-net", 88, {QStringLiteral("example.net")}),
            credential("cloudflare-all", 10,
                       {QStringLiteral("a.example"), QStringLiteral("b.example")}),
            credential("desec-new", 1, {}),
            credential("gandi-legacy", 80, {QStringLiteral("old.example")}),
            credential("fine", 10, {QStringLiteral("fine.example")}),
            credential("over", 200, {})};
        sources.credentials[3].state = CredentialRecord::State::Draft;
        sources.credentials[4].lastUsedAt = now().addDays(-96);
        sources.credentials[6].state = CredentialRecord::State::Revoked;
        const std::vector<Need> needs = Need::of(sources);
        QStringList told;
        for (const Need &need : needs)
            told << QStringLiteral("%1 %2: %3 (%4) %5")
                        .arg(urgencyName(need.urgency), need.title, need.reason, need.due,
                             need.act);
        const QStringList expected{
            QStringLiteral("act_now cloudflare-all: Broad: reaches 2 zones, 0 needed. () Narrow…"),
            QStringLiteral("act_now desec-new: Unproved: stored, and never tried. () Prove…"),
            QStringLiteral("soon bind-primary: Rotation was due on 19 Nov. 1 certificate depends "
                           "on it. (6 d late) Rotate…"),
            QStringLiteral("soon hetzner-net: Rotation due on 27 Nov. (by 27 Nov) Rotate…"),
            QStringLiteral("soon gandi-legacy: Forgotten: no certificate needs it, used 96 d ago. "
                           "() Revoke…")};
        QCOMPARE(told, expected);
        QCOMPARE(needs[0].page, QStringLiteral("credentials"));
        QCOMPARE(needs[0].subject, QStringLiteral("cloudflare-all"));
    }

    void knowsJobsThatWait()
    {
        NeedSources sources = sourcesOf({});
        JobRecord job;
        job.id = JobId::make();
        job.request.names = {QStringLiteral("example.org"), QStringLiteral("*.example.org")};
        job.step = QStringLiteral("propagation");
        job.updatedAt = now().addSecs(-7200);
        job.state = JobRecord::State::Running; // and nobody holds it
        sources.jobs = {job, job, job};
        sources.jobs[1].state = JobRecord::State::Paused;
        sources.jobs[2].state = JobRecord::State::Done;
        const std::vector<Need> needs = Need::of(sources);
        QCOMPARE(needs.size(), std::size_t(2));
        QCOMPARE(needs[0].urgency, Urgency::ActNow);
        QCOMPARE(needs[0].title, QStringLiteral("example.org +1"));
        QCOMPARE(needs[0].reason,
                 QStringLiteral("The program ended in the middle of it: waiting for the name "
                                "servers."));
        QCOMPARE(needs[0].due, QStringLiteral("2 h ago"));
        QCOMPARE(needs[0].subject, job.id.text());
        QCOMPARE(needs[1].urgency, Urgency::Soon);
        QCOMPARE(needs[1].reason, QStringLiteral("Put aside: waiting for the name servers."));
        QCOMPARE(needs[1].page, QStringLiteral("activity")); // where it is resumed
    }

    void tellsAnEndpointOnlyWhereItSaysMore()
    {
        const InventoryRow row = inventoryRow(1, {"legacy.example.net"}, 93);
        NeedSources sources = sourcesOf({row});
        sources.endpoints = {endpoint(EndpointState::Expired, row.sha256.hex()),
                             endpoint(EndpointState::WrongName, row.sha256.hex()),
                             endpoint(EndpointState::Drift, QString()),
                             endpoint(EndpointState::Fine, QString()),
                             endpoint(EndpointState::NotChecked, QString())};
        const std::vector<Need> needs = Need::of(sources);
        QCOMPARE(needs.size(), std::size_t(3));
        QCOMPARE(needs[0].kind, Need::Kind::Certificate);
        QCOMPARE(needs[1].title, QStringLiteral("mx1.example.net:465"));
        QCOMPARE(needs[1].urgency, Urgency::ActNow);
        QCOMPARE(needs[1].page, QStringLiteral("watch"));
        QCOMPARE(needs[2].urgency, Urgency::Soon);
    }

    void putsTheSoonestFirst()
    {
        const std::vector<Need> needs = Need::of(sourcesOf(manyInventoryRows(4000)));
        QVERIFY(needs.size() > 100);
        for (std::size_t i = 1; i < needs.size(); ++i) {
            QVERIFY(needs[i - 1].urgency <= needs[i].urgency);
            if (needs[i - 1].urgency == needs[i].urgency)
                QVERIFY(needs[i - 1].dueAt <= needs[i].dueAt);
        }
    }

    void knowsWhatComesNext()
    {
        std::vector<InventoryRow> rows{inventoryRow(1, {"b.example.org"}, 20),
                                       inventoryRow(2, {"a.example.org"}, 10),
                                       inventoryRow(3, {"due.example.org"}, 80)};
        rows[1].windowStart = inventoryNow() + 2 * dayMs;
        rows[1].windowEnd = inventoryNow() + 3 * dayMs;
        const std::vector<NextRenewal> next = sourcesOf(rows).inventory->next;
        QCOMPARE(next.size(), std::size_t(2));
        QCOMPARE(next[0].name, QStringLiteral("a.example.org"));
        QCOMPARE(next[0].opensAt, now().addDays(2));
        QCOMPARE(next[1].opensAt, now().addDays(40));
        QVERIFY(sourcesOf({}).inventory->next.empty());
        QCOMPARE(sourcesOf(manyInventoryRows(1000)).inventory->next.size(),
                 InventoryDigest::nextCount);
    }

    void modelStandsUnderTheTester_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("none") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("10,000") << 10'000;
    }
    void modelStandsUnderTheTester()
    {
        QFETCH(int, count);
        NeedModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        std::vector<InventoryRow> rows = manyInventoryRows(static_cast<std::size_t>(count));
        if (count == 1)
            rows = {inventoryRow(1, {"a.example.org"}, 93)};
        model.setNeeds(Need::of(sourcesOf(rows)));
        QCOMPARE(model.rowCount() > 0, count > 0);
        QVERIFY(model.rowCount() <= 3 * (static_cast<int>(NeedModel::mostOfOne) + 2));
        int heads = 0;
        int more = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row);
            heads += index.data(RowRole::GroupHead).isValid() ? 1 : 0;
            more += model.need(index) == nullptr && !model.goal(index).first.isEmpty() ? 1 : 0;
            QVERIFY(!index.data(Qt::AccessibleTextRole).toString().isEmpty());
            QCOMPARE((index.flags() & Qt::ItemIsSelectable) != 0,
                     !index.data(NeedModel::ActRole).toString().isEmpty());
        }
        QCOMPARE(heads, count == 10'000 ? 3 : count);
        QCOMPARE(more, count == 10'000 ? 3 : 0);
        model.setNeeds({});
        QCOMPARE(model.rowCount(), 0);
    }

    void showsAllOfAnUrgencyByAQuestionThatFindsThem()
    {
        const std::vector<InventoryRow> rows = manyInventoryRows(10'000);
        const Inventory inventory = Inventory::of(rows, inventoryNow());
        NeedModel model;
        model.setNeeds(Need::of(sourcesOf(rows)));
        int more = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row);
            const auto [page, subject] = model.goal(index);
            const QString start = QStringLiteral("query:");
            if (model.need(index) != nullptr || page.isEmpty())
                continue;
            QCOMPARE(page, QStringLiteral("certificates"));
            QVERIFY(subject.startsWith(start));
            const Result<Query> query = Query::parse(subject.mid(start.size()));
            QVERIFY2(query, qPrintable(subject));
            InventoryRequest request;
            request.query = *query;
            const InventoryView view = inventory.view(request);
            QVERIFY(view.matching > 0);
            const Urgency urgency = inventory.urgency(view.rows.front());
            QCOMPARE(static_cast<int>(view.matching), model.count(urgency));
            ++more;
        }
        QCOMPARE(more, 3);
    }

    void readsAllOfOneMoment()
    {
        NeedSources sources = sourcesOf(
            {inventoryRow(1, {"due.example.org"}, 80), inventoryRow(2, {"fine.example.org"}, 10)});
        sources.credentials = {credential("hetzner-net", 88, {QStringLiteral("example.net")})};
        const OverviewReading reading = OverviewReading::of(sources);
        QCOMPARE(reading.sources.inventory->certificates, 2);
        QCOMPARE(reading.sources.inventory->needy.size(), 1);
        QCOMPARE(reading.needs.size(), std::size_t(2));
        QCOMPARE(reading.sources.inventory->next.size(), std::size_t(1));
        QCOMPARE(reading.weeks.cell(1).credentialDates, 1);
        QCOMPARE(reading.weeks.cell(2).certificates(), 1);
    }
};

QTEST_GUILESS_MAIN(TstNeed)
#include "tst_need.moc"
