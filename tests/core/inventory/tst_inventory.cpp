// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/Inventory.h"
#include "core/inventory/InventoryMatcher.h"
#include "core/inventory/SortKeys.h"
#include "tests/support/InventoryRows.h"

#include <QRandomGenerator>
#include <QTest>

using namespace sealbook;

namespace {

enum Row : std::size_t {
    Web,
    Wildcard,
    Mail,
    Idn,
    Root,
    Old,
    Internal,
    Address,
    Trashed,
    RowCount
};

// A handful that differ in everything that a query can ask for.
std::vector<InventoryRow> sampleRows()
{
    std::vector<InventoryRow> rows;
    rows.push_back(inventoryRow(Web, {"www.example.com", "example.com"}, 75));
    rows[Web].flags = InventoryRow::HasKey;
    rows[Web].tags = {QStringLiteral("prod"), QStringLiteral("Web Shop")};
    rows[Web].owner = QStringLiteral("Mara Keller");
    rows[Web].credential = QStringLiteral("shop-dns");
    rows[Web].note = QStringLiteral("Behind the load balancer");
    rows[Web].serial = "0a1b2c3d4e5f60718293";
    addPlace(rows[Web], PlaceRecord::Kind::Endpoint, "www.example.com:443");
    rows.push_back(inventoryRow(Wildcard, {"*.example.com"}, 1));
    rows[Wildcard].keyAlgorithm = QStringLiteral("RSA 2048");
    rows[Wildcard].tags = {QStringLiteral("nonprod")};
    rows[Wildcard].addedAt = inventoryNow() - dayMs;
    rows[Wildcard].windowStart = inventoryNow() + 60 * dayMs;
    rows[Wildcard].windowEnd = inventoryNow() + 61 * dayMs;
    rows.push_back(inventoryRow(Mail, {"mail.example.org", "smtp.mail.example.org"}, 100, 398));
    rows[Mail].issuer = QStringLiteral("DigiCert Inc");
    rows[Mail].issuerDn = QStringLiteral("CN=DigiCert TLS RSA SHA256 2020 CA1,O=DigiCert Inc,C=US");
    rows[Mail].subjectDn = QStringLiteral("CN=mail.example.org,O=Acme GmbH,L=Kassel,C=DE");
    rows[Mail].owner = QStringLiteral("Jo");
    rows[Mail].keyAlgorithm = QStringLiteral("RSA 4096");
    rows[Mail].places.clear();
    rows[Mail].placeKinds = 0;
    addPlace(rows[Mail], PlaceRecord::Kind::File, "/etc/ssl/Mail/cert.pem");
    rows.push_back(inventoryRow(Idn, {"xn--mnchen-3ya.de"}, 5));
    rows[Idn].failedRenewals = 2;
    rows.push_back(inventoryRow(Root, {}, 4000, 8000));
    rows[Root].commonName = QStringLiteral("Example Root");
    rows[Root].subjectDn = QStringLiteral("CN=Example Root,O=Example Trust");
    rows[Root].issuer = QStringLiteral("Example Trust");
    rows[Root].issuerDn = rows[Root].subjectDn;
    rows[Root].flags = InventoryRow::IsCa | InventoryRow::SelfIssued;
    rows[Root].keyAlgorithm = QStringLiteral("RSA 1024");
    rows[Root].signatureAlgorithm = QStringLiteral("sha1WithRSAEncryption");
    rows.push_back(inventoryRow(Old, {"EXAMPLE.com", "www.example.com"}, 165));
    rows[Old].publicKey = rows[Web].publicKey;
    rows.push_back(inventoryRow(Internal, {"cafe", "localhost"}, 10, 20));
    rows[Internal].issuer = QString();
    rows[Internal].issuerDn = QString();
    rows[Internal].keyAlgorithm = QStringLiteral("Ed25519");
    rows.push_back(inventoryRow(Address, {"192.0.2.7", "2001:db8::1"}, -3, 6));
    rows.push_back(inventoryRow(Trashed, {"gone.example.net"}, 200));
    rows[Trashed].trashedAt = inventoryNow();
    rows[Trashed].revokedAt = inventoryNow() - dayMs;
    return rows;
}

std::vector<quint32> found(const Inventory &inventory, const QString &text)
{
    const Result<Query> query = Query::parse(text);
    if (!query) {
        qWarning("%s", qPrintable(query.error().detail));
        return {999};
    }
    std::vector<quint32> rows;
    inventory.matching(*query).each(
        [&](std::size_t row) { rows.push_back(static_cast<quint32>(row)); });
    return rows;
}

QStringList namesOf(const Inventory &inventory, const InventoryView &view)
{
    QStringList names;
    for (const quint32 row : view.rows)
        names.append(inventory.row(row).firstName());
    return names;
}

QStringList sorted(const QStringList &names, std::vector<InventorySort> sort)
{
    std::vector<InventoryRow> rows;
    for (const QString &name : names)
        rows.push_back(inventoryRow(rows.size(), {name.toUtf8().constData()}));
    const Inventory inventory = Inventory::of(std::move(rows), inventoryNow());
    InventoryRequest request;
    request.sort = std::move(sort);
    return namesOf(inventory, inventory.view(request));
}

} // namespace

class TstInventory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<std::vector<quint32>>("expected");
        const auto row = [](const char *query, std::vector<quint32> expected) {
            QTest::newRow(query) << QString::fromUtf8(query) << expected;
        };
        row("", {0, 1, 2, 3, 4, 5, 6, 7, 8});
        row("www", {Web, Old});
        row("EXAMPLE.com", {Web, Wildcard, Old});
        row("münchen", {Idn});
        row("xn--mnchen", {Idn});
        row("acme", {Mail});
        row("kassel", {Mail});
        row("digicert", {Mail});
        row("r11", {Web, Wildcard, Idn, Old, Address, Trashed});
        row("balancer", {Web});
        row("mara", {Web});
        row("shop", {Web});
        row("0a1b2c3d4e", {Web});
        row("0A:1B:2C:3D:4E", {Web});
        row("a:1b:2c:3d", {Web});
        row("3d4e5f6071", {Web});
        row("cafe", {Internal});
        row("*.example.com", {Web, Wildcard, Old});
        row("\"*.example.com\"", {Wildcard});
        row("192.0.2", {Address});
        row("2001:db8::1", {Address});
        row("nowhere", {});
        row("www mail", {});
        row("www or mail", {Web, Mail, Old});
        row("-www -mail example", {Wildcard, Root, Trashed});
        row("name:example.org", {Mail});
        row("name=example.org", {});
        row("name=example.com", {Web, Old});
        row("name:w*.example.com", {Web, Old});
        row("name:?ail.example.org", {Mail});
        row("name:m*l*", {Mail});
        row("name:*", {0, 1, 2, 3, 5, 6, 7, 8});
        row("name:\"\"", {Root});
        row("name:*.münchen.de,münchen.de", {Idn});
        row("covers:www.example.com", {Web, Wildcard, Old});
        row("covers:a.b.example.com", {});
        row("covers:example.com", {Web, Old});
        row("zone:example.com", {Web, Wildcard, Old});
        row("zone:mail.example.org", {Mail});
        row("zone:ample.com", {});
        row("zone:example.*", {Web, Wildcard, Mail, Old, Trashed});
        row("zone:\"\"", {Root, Address});
        row("zone:münchen.de", {Idn});
        row("issuer:encrypt", {Web, Wildcard, Idn, Old, Address, Trashed});
        row("issuer:\"Let's Encrypt\" www", {Web, Old});
        row("issuer:\"CA1\"", {Mail});
        row("issuer=\"digicert inc\"", {Mail});
        row("issuer=digicert", {});
        row("issuer:digi*", {Mail});
        row("issuer:\"\"", {Internal});
        row("subject:\"example root\"", {Root});
        row("subject:acme", {Mail});
        row("subject=\"Example Root\"", {Root});
        row("subject:*acme*", {Mail});
        row("subject:balancer", {});
        row("serial:a1b2c3d4e5f60718293", {Web});
        row("serial=0A1B2C3D4E5F60718293", {Web});
        row("serial=a1b2c3d4e5f60718293", {Web});
        row("serial:2c3d", {Web});
        row("serial:0a1b*", {Web});
        row("key:rsa", {Wildcard, Mail, Root});
        row("key:ec", {Web, Idn, Old, Address, Trashed});
        row("key:p-256", {Web, Idn, Old, Address, Trashed});
        row("key:ed25519", {Internal});
        row("key<2048", {Root});
        row("key<=2048", {Wildcard, Root});
        row("key>2048", {Mail});
        row("key=4096", {Mail});
        row("key=256", {Web, Idn, Old, Internal, Address, Trashed});
        row("key<256", {});
        row("sig:sha1", {Root});
        row("sig:rsa sig:sha256 www", {Web, Old});
        row("tag:prod", {Web});
        row("tag:PROD,nonprod", {Web, Wildcard});
        row("tag:*prod", {Web, Wildcard});
        row("tag:\"web shop\"", {Web});
        row("tag:shop", {});
        row("tag:\"\"", {Mail, Idn, Root, Old, Internal, Address, Trashed});
        row("owner:keller", {Web});
        row("owner=jo", {Mail});
        row("owner:\"\"", {Wildcard, Idn, Root, Old, Internal, Address, Trashed});
        row("note:\"load balancer\"", {Web});
        row("note:*balancer", {Web});
        row("note:behind*", {Web});
        row("note:mara", {});
        row("note:\"\"", {1, 2, 3, 4, 5, 6, 7, 8});
        row("credential:shop", {Web});
        row("place:endpoint", {Web});
        row("place:issued", {0, 1, 3, 4, 5, 6, 7, 8});
        row("place:/etc/ssl/mail", {Mail});
        row("place:*.pem", {Mail});
        row("place:endpoint:www*", {Web});
        row("place=www.example.com:443", {Web});
        row("place:log", {});
        row("expires<30d", {Web, Old, Internal, Address, Trashed});
        row("expires<30d -is:expired", {Web, Internal, Address});
        row("expires:16d", {Web, Old, Internal, Address, Trashed});
        row("expires=15d", {Web});
        row("expires>300d", {Root});
        row("expires>250d", {Mail, Root});
        row("expires>=2026-12-10 expires<=2026-12-10", {Web});
        row("expires:2026-12-10", {Web});
        row("expires:2026-12", {Web, Internal, Address});
        row("expires<0d", {Old, Trashed});
        row("expires<today", {Old, Trashed});
        row("issued<2d", {Wildcard, Address});
        row("issued:7d", {Wildcard, Idn, Address});
        row("issued>1y", {Root});
        row("issued=5d", {Idn});
        row("issued:yesterday", {Wildcard});
        row("issued>tomorrow", {Address});
        row("added<2d", {Wildcard, Address});
        row("lifetime>200d", {Mail, Root});
        row("lifetime:90d", {Web, Wildcard, Idn, Old, Trashed});
        row("lifetime<7d", {Address});
        row("names>1", {Web, Mail, Old, Internal, Address});
        row("count=0", {Root});
        row("failed>=2", {Idn});
        row("is:expired", {Old, Trashed});
        row("is:valid", {0, 1, 2, 3, 4, 6});
        row("is:future", {Address});
        row("is:trashed", {Trashed});
        row("is:revoked", {Trashed});
        row("is:superseded", {Old});
        row("is:latest -is:trashed www", {Web});
        row("is:wildcard", {Wildcard});
        row("is:idn", {Idn});
        row("is:ip", {Address});
        row("is:ca", {Root});
        row("is:selfsigned", {Root});
        row("is:weak", {Root});
        row("is:sha1", {Root});
        row("is:long", {Mail});
        row("is:sharedkey", {Web, Old});
        row("is:overdue", {});
        row("is:act_now", {Idn});
        row("is:soon", {Web});
        row("is:retired", {Old, Trashed});
        row("is:soon,act_now", {Web, Idn});
        row("has:key", {Web});
        row("has:note", {Web});
        row("has:owner", {Web, Mail});
        row("has:tag", {Web, Wildcard});
        row("has:endpoint", {Web});
        row("has:credential", {Web});
        row("-has:name", {Root});
        row("has:ari", {Wildcard});
        row("(is:soon or is:act_now) -tag:prod", {Idn});
        row("expires<30d issuer:\"Let's Encrypt\" tag:prod name:*.example.com key:ec "
            "place:endpoint has:key",
            {Web});
    }
    void finds()
    {
        QFETCH(QString, query);
        QFETCH(std::vector<quint32>, expected);
        const Inventory inventory = Inventory::of(sampleRows(), inventoryNow());
        QCOMPARE(found(inventory, query), expected);
        // And what is not found is what "not" finds.
        QVERIFY(query.isEmpty()
                || found(inventory, QStringLiteral("not (%1)").arg(query)).size()
                    == RowCount - expected.size());
    }

    void findsByFingerprintAndLineage()
    {
        const Inventory inventory = Inventory::of(sampleRows(), inventoryNow());
        const QString hex = inventory.row(Web).sha256.hex();
        const std::vector<quint32> web{Web};
        QCOMPARE(found(inventory, hex), web);
        QCOMPARE(found(inventory, hex.toUpper().left(12)), web);
        QCOMPARE(found(inventory, hex.mid(20, 16)), web);
        QCOMPARE(found(inventory, QStringLiteral("sha256=") + hex), web);
        QVERIFY(found(inventory, QStringLiteral("sha256=") + hex.left(63)).empty());
        QCOMPARE(found(inventory, QStringLiteral("sha256:") + hex.left(10) + QLatin1Char('*')),
                 web);
        QString colons;
        for (int i = 0; i < 64; i += 2)
            colons += (i > 0 ? QStringLiteral(":") : QString()) + hex.mid(i, 2).toUpper();
        QCOMPARE(found(inventory, colons), web);
        QCOMPARE(found(inventory, QStringLiteral("same:") + hex.left(12)),
                 (std::vector<quint32>{Web, Old}));
        QCOMPARE(inventory.lineage(Old), (std::vector<quint32>{Web, Old}));
        QCOMPARE(inventory.lineage(Root), (std::vector<quint32>{Root}));
    }

    void supersededIsWhatHasASuccessorForTheSameJob_data()
    {
        QTest::addColumn<std::vector<InventoryRow>>("rows");
        QTest::addColumn<std::vector<bool>>("expected");
        const auto cert = [](double age, double life = 90) {
            static quint64 seed = 0;
            return inventoryRow(++seed, {"a.example", "b.example"}, age, life);
        };
        InventoryRow old = cert(70);
        InventoryRow young = cert(5);
        QTest::newRow("renewed") << std::vector{old, young} << std::vector{true, false};
        QTest::newRow("order does not matter")
            << std::vector{young, old} << std::vector{false, true};
        InventoryRow other = young;
        other.names = "b.example\nA.example\na.example";
        QTest::newRow("names in another order")
            << std::vector{old, other} << std::vector{true, false};
        other.names = "a.example";
        QTest::newRow("other names") << std::vector{old, other} << std::vector{false, false};
        other = young;
        other.keyAlgorithm = QStringLiteral("RSA 2048");
        QTest::newRow("RSA beside EC") << std::vector{old, other} << std::vector{false, false};
        other.keyAlgorithm = QStringLiteral("EC P-384");
        QTest::newRow("larger curve") << std::vector{old, other} << std::vector{true, false};
        other = young;
        other.notAfter = old.notAfter;
        QTest::newRow("ends no later") << std::vector{old, other} << std::vector{false, false};
        other = young;
        other.notBefore = old.notBefore;
        QTest::newRow("began together") << std::vector{old, other} << std::vector{false, false};
        other = young;
        other.trashedAt = 1;
        QTest::newRow("successor in the trash")
            << std::vector{old, other} << std::vector{false, false};
        other = young;
        other.revokedAt = 1;
        QTest::newRow("successor revoked") << std::vector{old, other} << std::vector{false, false};
        other = young;
        other.flags = InventoryRow::Retired;
        QTest::newRow("successor put away") << std::vector{old, other} << std::vector{false, false};
        QTest::newRow("successor not valid yet")
            << std::vector{old, cert(-1)} << std::vector{false, false};
        other = young;
        other.issuer = QStringLiteral("(STAGING) Let's Encrypt");
        QTest::newRow("a test does not replace")
            << std::vector{old, other} << std::vector{false, false};
        InventoryRow oldTest = old;
        oldTest.issuer = other.issuer;
        QTest::newRow("a test replaces a test")
            << std::vector{oldTest, other} << std::vector{true, false};
        QTest::newRow("the real one replaces a test")
            << std::vector{oldTest, young} << std::vector{true, false};
        other = young;
        other.flags = InventoryRow::SelfIssued;
        QTest::newRow("self-signed does not replace")
            << std::vector{old, other} << std::vector{false, false};
        other = young;
        other.issuer = QStringLiteral("DigiCert Inc");
        QTest::newRow("another issuer replaces")
            << std::vector{old, other} << std::vector{true, false};
        QTest::newRow("the last of three, not the second")
            << std::vector{cert(100), cert(50, 40), cert(40)} << std::vector{true, true, false};
        QTest::newRow("short one in between")
            << std::vector{cert(50), cert(20, 10)} << std::vector{false, false};
        InventoryRow ca = old;
        ca.flags = InventoryRow::IsCa;
        other = young;
        other.flags = InventoryRow::IsCa;
        QTest::newRow("CAs have no lineage") << std::vector{ca, other} << std::vector{false, false};
    }
    void supersededIsWhatHasASuccessorForTheSameJob()
    {
        QFETCH(std::vector<InventoryRow>, rows);
        QFETCH(std::vector<bool>, expected);
        const Inventory inventory = Inventory::of(rows, inventoryNow());
        for (std::size_t i = 0; i < rows.size(); ++i)
            QCOMPARE(inventory.isSuperseded(i), expected[i]);
    }

    void aSupersededOneIsRetiredUnlessItIsServedExpired()
    {
        std::vector<InventoryRow> rows{inventoryRow(1, {"a.example"}, 100),
                                       inventoryRow(2, {"a.example"}, 20)};
        QCOMPARE(Inventory::of(rows, inventoryNow()).urgency(0), Urgency::Retired);
        rows[0].flags = InventoryRow::Served;
        QCOMPARE(Inventory::of(rows, inventoryNow()).urgency(0), Urgency::Overdue);
    }

    void whatShouldBeServedCountsTheAddressesWithAnOlderOne()
    {
        std::vector<InventoryRow> rows{
            inventoryRow(1, {"a.example"}, 80), inventoryRow(2, {"a.example"}, 50),
            inventoryRow(3, {"a.example"}, 20), inventoryRow(4, {"b.example"}, 80)};
        rows[0].servedBy = 2;
        rows[1].servedBy = 1;
        rows[2].servedBy = 4;
        rows[3].servedBy = 8;
        const Inventory inventory = Inventory::of(rows, inventoryNow());
        QCOMPARE(inventory.replacementOf(0), std::optional<quint32>(2));
        QCOMPARE(inventory.replacementOf(1), std::optional<quint32>(2));
        QCOMPARE(inventory.replacementOf(2), std::nullopt);
        QCOMPARE(inventory.replacementOf(3), std::nullopt);
        QCOMPARE(inventory.drifting(0), 0);
        QCOMPARE(inventory.drifting(2), 3);
        QCOMPARE(inventory.drifting(3), 0);
    }

    void whatIsServedAndOldIsDriftAndInTimeOverdue()
    {
        std::vector<InventoryRow> rows{inventoryRow(1, {"a.example"}, 80),
                                       inventoryRow(2, {"a.example"}, 20)};
        rows[0].flags = InventoryRow::Served;
        rows[1].seenAt = inventoryNow() - 3 * dayMs;
        Inventory inventory = Inventory::of(rows, inventoryNow());
        const auto found = [&inventory](const char *query) {
            const RowSet set = inventory.matching(*Query::parse(QLatin1String(query)));
            return std::pair(set.contains(0), set.contains(1));
        };
        QVERIFY(inventory.isDrift(0) && !inventory.isDrift(1));
        QCOMPARE(found("is:drift"), std::pair(true, false));
        QCOMPARE(found("is:served"), std::pair(true, false));
        QCOMPARE(found("-is:served"), std::pair(false, true));
        QCOMPARE(found("seen<7d"), std::pair(false, true));
        QCOMPARE(found("seen>7d"), std::pair(true, false));
        QCOMPARE(inventory.urgency(0), Urgency::Retired);
        QVERIFY(inventory.setTimes(inventory.timesAt(inventoryNow() + 12 * dayMs)));
        QCOMPARE(inventory.urgency(0), Urgency::Overdue);
        QCOMPARE(found("is:overdue"), std::pair(true, false));
    }

    void timePasses()
    {
        Inventory inventory = Inventory::of(
            {inventoryRow(1, {"a.example"}, 0, 90), inventoryRow(2, {"a.example"}, -10, 90)},
            inventoryNow());
        QCOMPARE(inventory.urgency(0), Urgency::Fine);
        QVERIFY(!inventory.setTimes(inventory.timesAt(inventoryNow() + dayMs)));
        QVERIFY(!inventory.isSuperseded(0));
        QVERIFY(inventory.setTimes(inventory.timesAt(inventoryNow() + 11 * dayMs)));
        QVERIFY(inventory.isSuperseded(0));
        QCOMPARE(inventory.urgency(0), Urgency::Retired);
        QVERIFY(inventory.setTimes(inventory.timesAt(inventoryNow() + 75 * dayMs)));
        QCOMPARE(inventory.urgency(1), Urgency::Soon);
        InventoryRequest request;
        request.sort = {{InventoryField::Urgency, false}};
        QCOMPARE(inventory.view(request).rows, (std::vector<quint32>{1, 0}));
        QVERIFY(inventory.setTimes(inventory.timesAt(inventoryNow() + 200 * dayMs)));
        QCOMPARE(inventory.urgency(1), Urgency::Overdue);
        QCOMPARE(inventory.urgencyCounts(), (std::array<quint32, 5>{1, 0, 0, 0, 1}));
    }

    void sortsNamesByDomainAndNumbersByValue()
    {
        const QStringList wanted{
            QStringLiteral("10.0.0.2"),          QStringLiteral("10.0.0.10"),
            QStringLiteral("example.com"),       QStringLiteral("*.example.com"),
            QStringLiteral("a.example.com"),     QStringLiteral("web2.example.com"),
            QStringLiteral("web10.example.com"), QStringLiteral("x.web10.example.com"),
            QStringLiteral("example2.com"),      QStringLiteral("a.example.org")};
        QStringList mixed = wanted;
        std::reverse(mixed.begin(), mixed.end());
        std::swap(mixed[1], mixed[6]);
        QCOMPARE(sorted(mixed, {{InventoryField::Name, false}}), wanted);
        QStringList backwards = wanted;
        std::reverse(backwards.begin(), backwards.end());
        QCOMPARE(sorted(mixed, {{InventoryField::Name, true}}), backwards);
    }

    void naturalKeysOrderAsPeopleDo()
    {
        const QList<QByteArray> wanted{"a",    "a-1", "a0",  "a00",  "a1",
                                       "a01b", "a2",  "a10", "a10b", "ab"};
        for (qsizetype i = 1; i < wanted.size(); ++i) {
            QByteArray before;
            QByteArray after;
            appendNaturalKey(before, wanted[i - 1]);
            appendNaturalKey(after, wanted[i]);
            QVERIFY2(before <= after, wanted[i].constData());
        }
        QByteArray digits;
        appendNaturalKey(digits, QByteArray(1000, '9'));
        QVERIFY(digits.size() > 1000);
    }

    void sortsByEveryField_data()
    {
        QTest::addColumn<int>("field");
        for (std::size_t i = 0; i < inventoryFieldCount; ++i) {
            const auto field = static_cast<InventoryField>(i);
            QCOMPARE(inventoryFieldFromName(inventoryFieldName(field)), field);
            QTest::newRow(qPrintable(inventoryFieldName(field))) << static_cast<int>(i);
        }
    }
    void sortsByEveryField()
    {
        QFETCH(int, field);
        const Inventory inventory = Inventory::of(sampleRows(), inventoryNow());
        InventoryRequest request;
        request.hidesTrashed = false;
        request.sort = {{static_cast<InventoryField>(field), false}};
        const std::vector<quint32> up = inventory.view(request).rows;
        request.sort[0].descending = true;
        const std::vector<quint32> down = inventory.view(request).rows;
        QCOMPARE(up.size(), std::size_t{RowCount});
        QCOMPARE(down.size(), std::size_t{RowCount});
        // Equal ones keep their order in both directions, so the ends tell.
        const auto value = [&](quint32 index) -> QVariant {
            const InventoryRow &row = inventory.row(index);
            switch (static_cast<InventoryField>(field)) {
            case InventoryField::Issuer:
                return row.issuer.isEmpty() ? QStringLiteral("~") : row.issuer;
            case InventoryField::Expires:
                return row.notAfter;
            case InventoryField::Issued:
                return row.notBefore;
            case InventoryField::Added:
                return row.addedAt;
            case InventoryField::Lifetime:
                return row.notAfter - row.notBefore;
            case InventoryField::Owner:
                return row.owner.isEmpty() ? QStringLiteral("~") : row.owner;
            case InventoryField::Credential:
                return row.credential.isEmpty() ? QStringLiteral("~") : row.credential;
            case InventoryField::Urgency:
                return static_cast<int>(inventory.urgency(index));
            case InventoryField::NameCount:
                return row.nameCount();
            case InventoryField::FailedRenewals:
                return row.failedRenewals;
            case InventoryField::Signature:
                return row.signatureAlgorithm;
            default:
                return {};
            }
        };
        if (!value(up[0]).isValid())
            return;
        for (std::size_t i = 1; i < up.size(); ++i) {
            QVERIFY(QVariant::compare(value(up[i - 1]), value(up[i])) <= 0);
            QVERIFY(QVariant::compare(value(down[i - 1]), value(down[i])) >= 0);
        }
    }

    void sortsBySeveral()
    {
        const Inventory inventory = Inventory::of(manyInventoryRows(5000), inventoryNow());
        InventoryRequest request;
        request.sort = {{InventoryField::Issuer, true},
                        {InventoryField::Urgency, false},
                        {InventoryField::Expires, true}};
        const InventoryView view = inventory.view(request);
        QCOMPARE(view.matching, 4950U);
        for (std::size_t i = 1; i < view.rows.size(); ++i) {
            const InventoryRow &a = inventory.row(view.rows[i - 1]);
            const InventoryRow &b = inventory.row(view.rows[i]);
            QVERIFY(a.issuer >= b.issuer);
            if (a.issuer != b.issuer)
                continue;
            const auto urgencyA = inventory.urgency(view.rows[i - 1]);
            const auto urgencyB = inventory.urgency(view.rows[i]);
            QVERIFY(urgencyA <= urgencyB);
            if (urgencyA == urgencyB)
                QVERIFY(a.notAfter >= b.notAfter);
            if (urgencyA == urgencyB && a.notAfter == b.notAfter)
                QVERIFY(view.rows[i - 1] < view.rows[i]);
        }
    }

    void groups_data()
    {
        QTest::addColumn<int>("grouping");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](InventoryGrouping grouping, const QStringList &expected) {
            QTest::newRow(qPrintable(inventoryGroupingName(grouping)))
                << static_cast<int>(grouping) << expected;
            QCOMPARE(inventoryGroupingFromName(inventoryGroupingName(grouping)), grouping);
        };
        row(InventoryGrouping::None, {});
        row(InventoryGrouping::Issuer,
            {QStringLiteral("DigiCert Inc 2 fine"), QStringLiteral("Example Trust 4 fine"),
             QStringLiteral("Let's Encrypt 5,7,0,3,1 act_now"), QStringLiteral(" 6 fine")});
        row(InventoryGrouping::Zone,
            {QStringLiteral("cafe 6 fine"), QStringLiteral("example.com 5,0,1 soon"),
             QStringLiteral("example.org 2 fine"), QStringLiteral("localhost 6 fine"),
             QStringLiteral("xn--mnchen-3ya.de 3 act_now"), QStringLiteral(" 7,4 fine")});
        row(InventoryGrouping::Tag,
            {QStringLiteral("nonprod 1 fine"), QStringLiteral("prod 0 soon"),
             QStringLiteral("Web Shop 0 soon"), QStringLiteral(" 5,7,6,3,2,4 act_now")});
        row(InventoryGrouping::Place,
            {QStringLiteral("endpoint:www.example.com:443 0 soon"),
             QStringLiteral("file:/etc/ssl/Mail 2 fine"),
             QStringLiteral("issued 5,7,6,0,3,1,4 act_now")});
        row(InventoryGrouping::Urgency,
            {QStringLiteral("act_now 3 act_now"), QStringLiteral("soon 0 soon"),
             QStringLiteral("fine 7,6,1,2,4 fine"), QStringLiteral("retired 5 retired")});
    }
    void groups()
    {
        QFETCH(int, grouping);
        QFETCH(QStringList, expected);
        const Inventory inventory = Inventory::of(sampleRows(), inventoryNow());
        InventoryRequest request;
        request.grouping = static_cast<InventoryGrouping>(grouping);
        const InventoryView view = inventory.view(request);
        QStringList groups;
        quint32 next = 0;
        for (const InventoryGroup &group : view.groups) {
            QCOMPARE(group.begin, next);
            next = group.end;
            QStringList rows;
            for (quint32 i = group.begin; i < group.end; ++i)
                rows.append(QString::number(view.rows[i]));
            groups.append(
                QStringLiteral("%1 %2 %3")
                    .arg(group.key, rows.join(QLatin1Char(',')), urgencyName(group.worst)));
        }
        QCOMPARE(groups, expected);
        QCOMPARE(view.matching, 8U);
        QVERIFY(view.groups.empty() || next == view.rows.size());
    }

    void hidesByItsSwitchesAndSaysHowMany()
    {
        const Inventory inventory = Inventory::of(sampleRows(), inventoryNow());
        InventoryRequest request;
        QCOMPARE(inventory.view(request).matching, 8U);
        QCOMPARE(inventory.view(request).hidden, 1U);
        request.hidesTrashed = false;
        QCOMPARE(inventory.view(request).matching, 9U);
        request.hidesExpired = request.hidesSuperseded = request.hidesRevoked = true;
        QCOMPARE(inventory.view(request).matching, 7U);
        QCOMPARE(inventory.view(request).hidden, 2U);
        // What is asked for by its word is not hidden by the same.
        for (const char *query : {"is:trashed", "is:expired", "is:superseded", "is:revoked"}) {
            request = InventoryRequest();
            request.query = *Query::parse(QLatin1String(query));
            request.hidesTrashed = qstrcmp(query, "is:trashed") == 0;
            request.hidesExpired = qstrcmp(query, "is:expired") == 0;
            request.hidesSuperseded = qstrcmp(query, "is:superseded") == 0;
            request.hidesRevoked = qstrcmp(query, "is:revoked") == 0;
            QVERIFY2(inventory.view(request).matching > 0, query);
            QCOMPARE(inventory.view(request).hidden, 0U);
        }
    }

    void changesMakeANewOne()
    {
        const Inventory inventory = Inventory::of(sampleRows(), inventoryNow());
        InventoryRow changed = inventory.row(Mail);
        changed.tags = {QStringLiteral("new")};
        const InventoryRow added = inventoryRow(77, {"added.example"});
        const Inventory next = inventory.with(
            {changed, added}, {inventory.row(Web).sha256, fingerprintOf(12345)}, inventoryNow());
        QCOMPARE(next.size(), std::size_t{RowCount});
        QVERIFY(!next.indexOf(inventory.row(Web).sha256));
        QCOMPARE(next.row(*next.indexOf(changed.sha256)).tags, changed.tags);
        QCOMPARE(found(next, QStringLiteral("added.example")).size(), std::size_t{1});
        QCOMPARE(found(next, QStringLiteral("tag:new")).size(), std::size_t{1});
        QVERIFY(!next.isSuperseded(*next.indexOf(inventory.row(Old).sha256)));
        QCOMPARE(inventory.size(), std::size_t{RowCount});
        QVERIFY(inventory.isSuperseded(Old));
    }

    void emptyIsFine()
    {
        const Inventory none;
        QCOMPARE(none.view(InventoryRequest()).rows.size(), std::size_t{0});
        const Inventory inventory = Inventory::of({}, inventoryNow());
        for (int i = 0; i <= static_cast<int>(InventoryGrouping::Urgency); ++i) {
            InventoryRequest request;
            request.query = *Query::parse(QStringLiteral("a name:*b zone:c is:expired tag:x"));
            request.grouping = static_cast<InventoryGrouping>(i);
            QVERIFY(inventory.view(request).groups.empty());
        }
        QVERIFY(!inventory.indexOf(fingerprintOf(1)));
    }

    // What any text finds, and what its opposite finds, are all rows.
    void anyQuestionDividesTheRows()
    {
        static const QStringList pieces{
            QStringLiteral("name:"),   QStringLiteral("zone:"),    QStringLiteral("issuer="),
            QStringLiteral("serial:"), QStringLiteral("sha256:"),  QStringLiteral("expires<"),
            QStringLiteral("note:"),   QStringLiteral("subject:"), QStringLiteral("place:"),
            QStringLiteral("tag:"),    QStringLiteral("same:"),    QStringLiteral("covers:"),
            QStringLiteral("key<"),    QStringLiteral("key:"),     QStringLiteral("issued>"),
            QStringLiteral("*"),       QStringLiteral("?"),        QStringLiteral("\"\""),
            QStringLiteral("a"),       QStringLiteral("0"),        QStringLiteral("30"),
            QStringLiteral("."),       QStringLiteral("example"),  QStringLiteral(" "),
            QStringLiteral(","),       QStringLiteral("-"),        QStringLiteral(" or "),
            QStringLiteral("ü"),       QString(QChar(0xD83D)),     QStringLiteral("2026-12")};
        const Inventory inventory = Inventory::of(sampleRows(), inventoryNow());
        QRandomGenerator random(47);
        int understood = 0;
        for (int round = 0; round < 20000; ++round) {
            QString text;
            const int length = 1 + random.bounded(5);
            for (int i = 0; i < length; ++i)
                text += pieces.at(random.bounded(static_cast<int>(pieces.size())));
            const Result<Query> query = Query::parse(text);
            const Result<Query> opposite = Query::parse(QStringLiteral("not (%1)").arg(text));
            if (!query || !opposite || query->isEmpty())
                continue;
            ++understood;
            RowSet rows = inventory.matching(*query);
            const std::size_t count = rows.count();
            const RowSet others = inventory.matching(*opposite);
            QVERIFY2(count + others.count() == RowCount, qPrintable(text));
            rows.intersect(others);
            QVERIFY2(rows.isEmpty(), qPrintable(text));
        }
        QVERIFY(understood > 1000);
    }

    void everyRowAgreesWithALookAtItAlone()
    {
        const std::vector<InventoryRow> rows = manyInventoryRows(3000);
        const Inventory inventory = Inventory::of(rows, inventoryNow());
        for (const char *word : {"host12", "zone7.", "e", "www1", "co.uk", "keller", "prod"}) {
            const QString text = QString::fromLatin1(word);
            const RowSet set = inventory.matching(*Query::parse(text));
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const InventoryRow &row = rows[i];
                const QStringList texts = row.nameList() + row.tags
                    + QStringList{row.subject(), row.issuer, row.issuerDn, row.owner,
                                  row.subjectDn};
                bool expected = std::any_of(texts.begin(), texts.end(), [&](const QString &one) {
                    return one.contains(text, Qt::CaseInsensitive);
                });
                QCOMPARE(set.contains(i), expected);
            }
        }
    }

    // A name, a subject or a note may be made so that each of its letters begins like what is
    // looked for.
    void looksAtEachTextOnce_data()
    {
        QTest::addColumn<QString>("query");
        for (const char *query :
             {"name:*a*b", "name:*a*a*a*a*b", "*a*a*a*a*b", "name:*aa*ab*", "name:*a?a*b",
              "name:*?*?b", "name:aaab", "note:aab", "serial:aa", "aaaa", "subject:*a*a*b",
              "note:*a*a*b", "zone:*a*a*b", "issuer:*a*a*b", "owner:*a*a*b", "tag:*a*a*b",
              "place:*a*a*b", "place:aab", "sha256:*a*a*a*f"})
            QTest::addRow("%s", query) << QString::fromLatin1(query);
        QTest::addRow("many stars")
            << QStringLiteral("name:") + QStringLiteral("*a").repeated(2000) + u'b';
    }
    void looksAtEachTextOnce()
    {
        QFETCH(QString, query);
        const QByteArray text = QByteArray("a").repeated(20'000);
        std::vector<InventoryRow> rows;
        for (quint64 i = 0; i < 5; ++i) {
            InventoryRow row = inventoryRow(i, {}, 10);
            row.names = text + '\n' + text + ".example";
            row.commonName = row.note = row.owner = row.issuer = QString::fromLatin1(text);
            row.subjectDn = QStringLiteral("CN=") + row.commonName;
            row.tags = {row.commonName};
            row.serial = text;
            addPlace(row, PlaceRecord::Kind::File, text);
            rows.push_back(std::move(row));
        }
        const Inventory inventory = Inventory::of(std::move(rows), inventoryNow());
        const Result<Query> parsed = Query::parse(query);
        QVERIFY(parsed);
        InventoryMatcher matcher(inventory);
        static_cast<void>(matcher.match(parsed->root()));
        // Of each row some ten texts are there; a pass may be needed for each kind of them.
        const quint64 all = 5ULL * 10 * 20'000;
        QVERIFY2(matcher.steps() < 4 * all, QByteArray::number(matcher.steps()));
    }

    void aFamilyIsWalkedOnceHoweverManyOfItAreAskedFor()
    {
        std::vector<InventoryRow> rows;
        for (quint64 i = 0; i < 2'000; ++i)
            rows.push_back(inventoryRow(i, {"www.example.com"}));
        const Inventory inventory = Inventory::of(std::move(rows), inventoryNow());
        const QString digit = inventory.row(0).sha256.hex().left(1);
        const auto query = Query::parse(QStringLiteral("same:") + digit);
        QVERIFY(query);
        InventoryMatcher matcher(inventory);
        QCOMPARE(matcher.match(query->root()).count(), std::size_t{2'000});
        QVERIFY2(matcher.steps() < 10'000, QByteArray::number(matcher.steps()));
    }

    // Neither a family of many strangers nor a certificate of many domains is walked for each of
    // them: at these numbers that would be hundreds of millions of steps.
    void aCrowdOfOneNameAndAnOfficeOfManyDomainsAreBuilt()
    {
        std::vector<InventoryRow> rows;
        for (quint64 i = 0; i < 20'000; ++i) {
            rows.push_back(inventoryRow(i, {"www.example.com"}, static_cast<double>(i % 80)));
            rows.back().issuer = QStringLiteral("Staging %1").arg(i);
            rows.back().flags = InventoryRow::SelfIssued;
        }
        InventoryRow many = inventoryRow(50'000, {});
        for (int i = 0; i < 20'000; ++i) {
            if (i > 0)
                many.names += '\n';
            many.names += 'd' + QByteArray::number(i) + ".example";
        }
        rows.push_back(many);
        const Inventory inventory = Inventory::of(std::move(rows), inventoryNow());
        QCOMPARE(found(inventory, QStringLiteral("is:superseded")).size(), std::size_t{0});
        InventoryRequest request;
        request.query = *Query::parse(QStringLiteral("count>1"));
        request.grouping = InventoryGrouping::Zone;
        QCOMPARE(inventory.view(request).groups.size(), std::size_t{20'000});
    }

    void aQuestionToManyRowsStops()
    {
        std::vector<InventoryRow> rows = manyInventoryRows(100'000);
        const Inventory inventory = Inventory::of(std::move(rows), inventoryNow());
        InventoryRequest request;
        request.query = *Query::parse(QStringLiteral("*a*a*a*a*b or name:*?c*?o*m or note:x"));
        std::stop_source source;
        QVERIFY(inventory.view(request, source.get_token()));

        source.request_stop();
        const Result<InventoryView> stopped = inventory.view(request, source.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
        InventoryMatcher matcher(inventory, source.get_token());
        static_cast<void>(matcher.match(request.query.root()));
        QVERIFY(matcher.isStopped());
        // Ten megabytes of names and texts would be to be looked through.
        QVERIFY2(matcher.steps() < 1'000'000, QByteArray::number(matcher.steps()));
    }
};

QTEST_GUILESS_MAIN(TstInventory)
#include "tst_inventory.moc"
