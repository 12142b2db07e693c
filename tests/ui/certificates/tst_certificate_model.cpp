// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/FakeClock.h"
#include "tests/support/InventoryOfRecords.h"
#include "tests/support/InventoryRows.h"
#include "tests/support/SampleCertificates.h"
#include "ui/certificates/CertificateModel.h"
#include "ui/certificates/CertificateView.h"
#include "ui/certificates/CertificateWords.h"
#include "ui/certificates/ExpiresDelegate.h"
#include "ui/certificates/LifeBar.h"
#include "ui/certificates/NamesDelegate.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace sealbook;

class TstCertificateModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAnyNumberOfRows_data();
    void holdsAnyNumberOfRows();
    void groupsByUrgencyWorstFirst();
    void foldsAGroupAndKeepsItFolded();
    void filtersByNameIssuerSerialAndFingerprint_data();
    void filtersByNameIssuerSerialAndFingerprint();
    void findsAFingerprintPastedWithColons();
    void sortsInsideTheGroups();
    void listsWithoutHeadsWhenUngrouped();
    void movesWithTime();
    void saysTheExactTimeInTipCopyAndSpeech();
    void readsPunycodeAsPeopleDo();
    void countsInTheRoomThatThereIs();
    void marksOnlyLatenessInTheBar();
    void mirrorsTheBar();
    void neverCutsTheCountOfNames();
    void keepsTheCurrentRowOverARebuild();
    void unfoldsWhatIsWanted();
    void tellsWhatIsServedAndWhatDrifts();
    void asksALargeInventoryAsideAndTheNewestQuestionLast();
    void decidesTheTimesOfALargeInventoryAside();

private:
    void fill(CertificateModel &model, const std::vector<CertificateRecord> &records) const
    {
        model.setInventory(inventoryOf(records, m_clock.utcNow()));
    }
    static void ask(CertificateModel &model, const QString &query)
    {
        InventoryRequest request = model.request();
        request.query = Query::parse(query).value();
        model.setRequest(request);
    }
    static void group(CertificateModel &model, InventoryGrouping grouping)
    {
        InventoryRequest request = model.request();
        request.grouping = grouping;
        model.setRequest(request);
    }
    static void sort(CertificateModel &model, InventoryField field, bool descending)
    {
        InventoryRequest request = model.request();
        request.sort = {{field, descending}};
        model.setRequest(request);
    }
    [[nodiscard]] static QModelIndex rowOf(const CertificateModel &model, const QString &text)
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row, CertificateModel::Names);
            if (index.data(Qt::DisplayRole).toString() == text)
                return index;
        }
        return {};
    }

    FakeClock m_clock;
    SampleCertificates m_samples{m_clock.utcNow()};
};

void TstCertificateModel::holdsAnyNumberOfRows_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("none") << 0;
    QTest::newRow("one") << 1;
    QTest::newRow("ten thousand") << 10000;
}

void TstCertificateModel::holdsAnyNumberOfRows()
{
    QFETCH(int, count);
    CertificateModel model(m_clock);
    // The tester walks all rows at each signal; 10,000 need it once, at the end.
    std::optional<QAbstractItemModelTester> tester;
    if (count < 100)
        tester.emplace(&model);
    fill(model, m_samples.many(count));
    QCOMPARE(model.total(), count);
    QCOMPARE(model.matching(), count);
    ask(model, QStringLiteral("host-99"));
    ask(model, QString());
    group(model, InventoryGrouping::Issuer);
    sort(model, InventoryField::Name, true);
    group(model, InventoryGrouping::None);
    QCOMPARE(model.rowCount(), count);
    const QAbstractItemModelTester atTheEnd(&model);
    model.refreshTimes();
}

void TstCertificateModel::groupsByUrgencyWorstFirst()
{
    CertificateModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    fill(model, m_samples.all());
    QStringList heads;
    QList<int> counts;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        if (!index.data(CertificateModel::FoldedRole).isValid())
            continue;
        heads << index.data(RowRole::Copy).toString();
        counts << index.data(CertificateModel::CountRole).toInt();
        QVERIFY(!index.data(RowRole::GroupHead).toString().isEmpty());
        QVERIFY(index.data(RowRole::Glyph).isValid());
    }
    QCOMPARE(
        heads,
        QStringList({QStringLiteral("Overdue"), QStringLiteral("Act now"), QStringLiteral("Soon"),
                     QStringLiteral("Fine"), QStringLiteral("Retired")}));
    QCOMPARE(counts, QList<int>({1, 3, 6, 6, 1}));
    // 21 h of a six-day and 97 d of a one-year certificate land in the right groups.
    const QModelIndex api = rowOf(model, QStringLiteral("api.example.org"));
    QCOMPARE(api.siblingAtColumn(CertificateModel::Expires)
                 .data(CertificateModel::TimeLeftRole)
                 .toString(),
             QStringLiteral("21 h"));
    const QModelIndex ldap = rowOf(model, QStringLiteral("ldap.corp.example"));
    QCOMPARE(ldap.data(CertificateModel::UrgencyRole).toInt(), static_cast<int>(Urgency::Soon));
    QCOMPARE(ldap.data(CertificateModel::TimeLeftRole).toString(), QStringLiteral("97 d"));
}

void TstCertificateModel::foldsAGroupAndKeepsItFolded()
{
    CertificateModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    fill(model, m_samples.all());
    const int before = model.rowCount();
    model.setFolded(0, true);
    QCOMPARE(model.rowCount(), before - 1);
    QVERIFY(model.index(0, 0).data(CertificateModel::FoldedRole).toBool());
    fill(model, m_samples.all());
    QVERIFY(model.index(0, 0).data(CertificateModel::FoldedRole).toBool());
    model.setFolded(0, false);
    QCOMPARE(model.rowCount(), before);
    model.setFolded(1, true); // no head: nothing happens
    QCOMPARE(model.rowCount(), before);
}

void TstCertificateModel::filtersByNameIssuerSerialAndFingerprint_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("matches");
    const auto row = [](const char *name, const QString &filter, int matches) {
        QTest::newRow(name) << filter << matches;
    };
    row("part of a name", QStringLiteral("shop"), 1);
    row("a name that is not the first", QStringLiteral("imap.example.com"), 1);
    row("capitals and blanks", QStringLiteral("  SHOP  "), 1);
    row("issuer", QStringLiteral("corp ca"), 3);
    row("two words are both needed", QStringLiteral("google example.net"), 2);
    row("as people write it", QString::fromUtf8("b\u00fccher"), 1);
    row("as DNS writes it", QStringLiteral("xn--bcher"), 1);
    row("nothing fits", QStringLiteral("nowhere.test"), 0);
    row("no filter", QString(), 17);
    const FakeClock clock;
    const CertificateRecord one = SampleCertificates(clock.utcNow()).all().front();
    row("serial", one.serial, 1);
}

void TstCertificateModel::filtersByNameIssuerSerialAndFingerprint()
{
    QFETCH(QString, filter);
    QFETCH(int, matches);
    CertificateModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    fill(model, SampleCertificates(m_clock.utcNow()).all());
    ask(model, filter);
    QCOMPARE(model.matching(), matches);
    if (matches == 0)
        QCOMPARE(model.rowCount(), 0);
}

void TstCertificateModel::findsAFingerprintPastedWithColons()
{
    CertificateModel model(m_clock);
    const std::vector<CertificateRecord> records = m_samples.all();
    fill(model, records);
    const QByteArray digits = QByteArray::fromHex(records[4].sha256.toLatin1()).toHex(':');
    ask(model, QString::fromLatin1(digits.toUpper()));
    QCOMPARE(model.matching(), 1);
    QCOMPARE(model.row(model.index(1, 0))->sha256.hex(), records[4].sha256);
}

void TstCertificateModel::sortsInsideTheGroups()
{
    CertificateModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    fill(model, m_samples.all());
    sort(model, InventoryField::Name, false);
    QCOMPARE(model.index(0, 0).data(RowRole::Copy).toString(), QStringLiteral("Overdue"));
    QStringList actNow;
    for (int row = 3; row < 6; ++row)
        actNow << model.index(row, 0).data().toString();
    // By domain, from the right: example.com before example.org.
    QCOMPARE(actNow,
             QStringList({QStringLiteral("*.shop.example.com"), QStringLiteral("vpn.example.com"),
                          QStringLiteral("api.example.org")}));
    sort(model, InventoryField::Name, true);
    QCOMPARE(model.index(3, 0).data().toString(), QStringLiteral("api.example.org"));
}

void TstCertificateModel::listsWithoutHeadsWhenUngrouped()
{
    CertificateModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    fill(model, m_samples.all());
    group(model, InventoryGrouping::None);
    QCOMPARE(model.rowCount(), 17);
    QVERIFY(model.row(model.index(0, 0)) != nullptr);
    // The word stays in the cell, so that nothing is told by place alone.
    QCOMPARE(model.index(0, CertificateModel::Expires).data().toString(),
             QStringLiteral("overdue"));
}

void TstCertificateModel::movesWithTime()
{
    FakeClock clock;
    CertificateModel model(clock);
    const QAbstractItemModelTester tester(&model);
    fill(model, m_samples.all());
    clock.advance(std::chrono::hours(22));
    model.refreshTimes();
    const QModelIndex api = rowOf(model, QStringLiteral("api.example.org"));
    QCOMPARE(api.data(CertificateModel::UrgencyRole).toInt(), static_cast<int>(Urgency::Overdue));
}

void TstCertificateModel::saysTheExactTimeInTipCopyAndSpeech()
{
    CertificateModel model(m_clock);
    fill(model, m_samples.all());
    const QModelIndex shop = rowOf(model, QStringLiteral("*.shop.example.com"))
                                 .siblingAtColumn(CertificateModel::Expires);
    const QString exact = QStringLiteral("29 Nov 2026, 20:06 UTC");
    QCOMPARE(shop.data(RowRole::Copy).toString(), exact);
    QVERIFY(shop.data(Qt::ToolTipRole).toString().contains(exact));
    const QString spoken = shop.data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains(QStringLiteral("act now")) && spoken.contains(exact),
             qPrintable(spoken));
}

void TstCertificateModel::readsPunycodeAsPeopleDo()
{
    CertificateModel model(m_clock);
    fill(model, m_samples.all());
    QVERIFY(rowOf(model, QString::fromUtf8("b\u00fccher.example")).isValid());
}

void TstCertificateModel::countsInTheRoomThatThereIs()
{
    QCOMPARE(CertificateWords::badge(0), QString());
    QCOMPARE(CertificateWords::badge(99'999), QStringLiteral("99999"));
    QCOMPARE(CertificateWords::badge(100'000), QStringLiteral("100 k"));
    QCOMPARE(CertificateWords::badge(1'234'567), QStringLiteral("1234 k"));
}

void TstCertificateModel::marksOnlyLatenessInTheBar()
{
    const QRectF where(100, 10, 60, 6);
    const LifeBar fine = LifeBar::in(where, 0.25, 2.0 / 3.0, false);
    QVERIFY(fine.late.isEmpty());
    QCOMPARE(fine.elapsed.width(), 15.0);
    const LifeBar late = LifeBar::in(where, 0.9, 2.0 / 3.0, false);
    QCOMPARE(late.elapsed.right(), late.tick);
    QCOMPARE(late.late.left(), late.tick);
    QCOMPARE(late.late.right(), 154.0);
    const LifeBar over = LifeBar::in(where, 1.0, 2.0 / 3.0, false);
    QCOMPARE(over.late.right(), where.right());
}

void TstCertificateModel::mirrorsTheBar()
{
    const QRectF where(100, 10, 60, 6);
    const LifeBar bar = LifeBar::in(where, 0.9, 0.5, true);
    QCOMPARE(bar.tick, 130.0);
    QCOMPARE(bar.elapsed.right(), where.right());
    QCOMPARE(bar.late.right(), bar.tick);
    QCOMPARE(bar.late.left(), 106.0);
}

void TstCertificateModel::neverCutsTheCountOfNames()
{
    CertificateModel model(m_clock);
    fill(model, m_samples.all());
    QStyleOptionViewItem option;
    option.direction = Qt::LeftToRight;
    option.fontMetrics = QFontMetrics(QFont());
    option.rect = QRect(0, 0, 180, 28);
    const NamesDelegate::Parts edge =
        NamesDelegate::partsOf(option, rowOf(model, QStringLiteral("edge-fra.example.org")));
    QCOMPARE(edge.more, QStringLiteral("+5"));
    QVERIFY(edge.moreRect.right() <= option.rect.right() - 5);
    QVERIFY(edge.moreRect.left() > edge.nameRect.right());
    const NamesDelegate::Parts orders = NamesDelegate::partsOf(
        option,
        rowOf(model, QStringLiteral("orders.eu-central.prod.internal-services.example.com")));
    QVERIFY(orders.name.startsWith(QStringLiteral("orders.")));
    QVERIFY(orders.name.endsWith(QStringLiteral(".example.com")));
    QVERIFY(orders.name.contains(QChar(0x2026)));
}

void TstCertificateModel::keepsTheCurrentRowOverARebuild()
{
    CertificateModel model(m_clock);
    CertificateView view(&model);
    view.resize(800, 400);
    fill(model, m_samples.all());
    const QString sha256 =
        model.row(rowOf(model, QStringLiteral("*.shop.example.com")))->sha256.hex();
    view.select(sha256);
    group(model, InventoryGrouping::Issuer);
    QCOMPARE(view.currentSha256(), sha256);
    ask(model, QStringLiteral("shop"));
    QCOMPARE(view.currentSha256(), sha256);
    ask(model, QStringLiteral("git"));
    QCOMPARE(view.currentSha256(), QString());
}

void TstCertificateModel::unfoldsWhatIsWanted()
{
    CertificateModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    const std::vector<CertificateRecord> records = m_samples.all();
    fill(model, records);
    model.setAllFolded(true);
    QVERIFY(!model.indexOf(records[4].sha256).isValid());
    model.unfold(records[4].sha256);
    QVERIFY(model.indexOf(records[4].sha256).isValid());
    QVERIFY(!model.indexOf(records[0].sha256).isValid()); // another group
    // What is folded by urgency says nothing of issuers.
    group(model, InventoryGrouping::Issuer);
    QVERIFY(model.indexOf(records[0].sha256).isValid());
    group(model, InventoryGrouping::Urgency);
    QVERIFY(!model.indexOf(records[0].sha256).isValid());
}

void TstCertificateModel::tellsWhatIsServedAndWhatDrifts()
{
    CertificateModel model(m_clock);
    std::vector<InventoryRow> rows{inventoryRow(1, {"a.example"}), inventoryRow(2, {"b.example"}),
                                   inventoryRow(3, {"b.example"}, 60),
                                   inventoryRow(4, {"c.example"})};
    const auto serve = [&rows](std::size_t row, quint16 addresses) {
        rows[row].flags = InventoryRow::Served;
        rows[row].servedBy = addresses;
    };
    serve(0, 2);
    serve(1, 3);
    serve(2, 1);
    model.setInventory(std::make_shared<Inventory>(Inventory::of(rows, inventoryNow())));
    const auto places = [&](std::size_t row) {
        return model.indexOf(rows[row].sha256.hex()).siblingAtColumn(CertificateModel::Places);
    };
    QCOMPARE(places(0).data().toString(), QStringLiteral("served 2"));
    QVERIFY(!places(0).data(RowRole::Glyph).isValid());
    QCOMPARE(places(1).data().toString(), QStringLiteral("drift 1 of 4"));
    QCOMPARE(places(1).data(RowRole::Glyph).toInt(), static_cast<int>(Glyph::Drift));
    QCOMPARE(places(2).data().toString(), QStringLiteral("served 1"));
    QCOMPARE(places(2).data(RowRole::Glyph).toInt(), static_cast<int>(Glyph::Drift));
    QCOMPARE(places(3).data().toString(), QStringLiteral("issued here"));
}

void TstCertificateModel::asksALargeInventoryAsideAndTheNewestQuestionLast()
{
    CertificateModel model(m_clock);
    int answers = 0;
    connect(&model, &CertificateModel::viewChanged, this, [&answers] { ++answers; });
    model.setInventory(
        std::make_shared<Inventory>(Inventory::of(manyInventoryRows(30000), inventoryNow())));
    QVERIFY(model.isAsking());
    QCOMPARE(model.total(), 0); // what was there stands meanwhile
    QTRY_COMPARE(answers, 1);
    QCOMPARE(model.total(), 29700);
    for (const char *query : {"h", "ho", "hos", "host12"})
        ask(model, QLatin1String(query));
    QCOMPARE(answers, 1);
    QTRY_VERIFY(!model.isAsking());
    QCOMPARE(answers, 2); // the ones between are of no use to anybody
    const std::size_t expected =
        model.inventory()->matching(Query::parse(QStringLiteral("host12")).value()).count();
    QVERIFY(model.matching() > 0);
    QVERIFY(static_cast<std::size_t>(model.matching()) <= expected);
    // It may go at any time.
    auto dying = std::make_unique<CertificateModel>(m_clock);
    dying->setInventory(model.inventory());
    dying.reset();
    const QAbstractItemModelTester tester(&model);
    model.refreshTimes();
    QTRY_VERIFY(!model.isAsking());
}

void TstCertificateModel::decidesTheTimesOfALargeInventoryAside()
{
    FakeClock clock;
    CertificateModel model(clock);
    model.setInventory(
        std::make_shared<Inventory>(Inventory::of(manyInventoryRows(30000), inventoryNow())));
    QTRY_VERIFY(!model.isAsking());
    QVERIFY(model.view().groups.size() > 2);
    clock.advance(std::chrono::hours(24 * 3000));
    model.refreshTimes();
    QVERIFY(model.isAsking());
    QCOMPARE(model.inventory()->now(), inventoryNow()); // nothing moves below who reads it
    model.refreshTimes(); // the next minute does not wait for it
    ask(model, QStringLiteral("host"));
    QTRY_VERIFY(!model.isAsking());
    QCOMPARE(model.inventory()->now(), inventoryNow() + 3000 * dayMs);
    for (const InventoryGroup &group : model.view().groups)
        QVERIFY(group.key == QLatin1String("overdue") || group.key == QLatin1String("retired"));
}

QTEST_MAIN(TstCertificateModel)
#include "tst_certificate_model.moc"
