// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/InventoryRows.h"
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/VisibleNames.h"
#include "ui/certificates/CertificateFlags.h"
#include "ui/certificates/CertificatePane.h"
#include "ui/certificates/DerTreeView.h"
#include "ui/certificates/LineageSection.h"
#include "ui/certificates/PlacesSection.h"
#include "ui/widgets/PaneHead.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace sealbook;

class TstCertificatePane : public QObject
{
    Q_OBJECT

private:
    FakeClock m_clock;

    static bool has(const std::vector<CertificateFlags::Flag> &flags, const char *words)
    {
        return std::any_of(flags.begin(), flags.end(), [words](const CertificateFlags::Flag &flag) {
            return flag.text.contains(QLatin1String(words)) && flag.style.role != StateRole::Ok;
        });
    }
    static CertificateSubject subject(const InventoryRow &row)
    {
        CertificateSubject subject;
        subject.row = row;
        return subject;
    }

    // Labels and buttons that are cut by the pane's edge.
    static QString partsBeyondTheEdge(QWidget &pane)
    {
        QTest::qWait(20); // until it is laid out
        const auto *scroll = pane.findChild<PaneScroll *>();
        QStringList cut;
        const QList<QWidget *> parts = scroll->widget()->findChildren<QWidget *>();
        for (QWidget *part : parts) {
            const int end = part->mapTo(scroll->widget(), QPoint(part->width(), 0)).x();
            if (part->isVisible() && end > scroll->viewport()->width())
                cut << part->objectName() + part->accessibleName();
        }
        return cut.join(QLatin1Char('\n'));
    }

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }

    void flagsWhatAPersonShouldKnow()
    {
        std::vector<InventoryRow> rows;
        for (quint64 i = 0; i < 7; ++i)
            rows.push_back(inventoryRow(i, {"a.example.com"}));
        rows[1].keyAlgorithm = QStringLiteral("RSA 1024");
        rows[2].signatureAlgorithm = QStringLiteral("sha1WithRSAEncryption");
        rows[3].notAfter = rows[3].notBefore + 398 * dayMs;
        rows[4].publicKey = rows[5].publicKey;
        rows[6].notBefore = inventoryNow() + dayMs;
        rows[6].revokedAt = inventoryNow();
        const Inventory inventory = Inventory::of(rows, inventoryNow());
        QVERIFY(CertificateFlags::of(inventory, 0).empty());
        QVERIFY(has(CertificateFlags::of(inventory, 1), "weak (RSA 1024)"));
        QVERIFY(has(CertificateFlags::of(inventory, 2), "SHA-1"));
        QVERIFY(!has(CertificateFlags::of(inventory, 2), "weak")); // told once
        QVERIFY(has(CertificateFlags::of(inventory, 3), "200 days"));
        QVERIFY(has(CertificateFlags::of(inventory, 4), "1 other"));
        QVERIFY(has(CertificateFlags::of(inventory, 6), "not valid yet"));
        QVERIFY(has(CertificateFlags::of(inventory, 6), "revoked"));
        QVERIFY(has(CertificateFlags::ofUse(true, true), "client"));
        QVERIFY(CertificateFlags::ofUse(true, false).empty());
    }

    void tellsWhatIsServedWhereFirst()
    {
        const QDateTime now = m_clock.utcNow();
        const QString mine(64, QLatin1Char('a'));
        const QString older(64, QLatin1Char('b'));
        EndpointStatus endpoint;
        endpoint.record.address =
            EndpointAddress::fromText(QStringLiteral("shop.example.com")).value();
        EndpointCheck good;
        good.outcome = EndpointCheck::Outcome::Served;
        good.address = QStringLiteral("192.0.2.80");
        good.sha256 = mine;
        good.lastAt = now.addSecs(-360);
        EndpointCheck old = good;
        old.address = QStringLiteral("192.0.2.81");
        old.sha256 = older;
        endpoint.checks = {good, old};
        endpoint.state = EndpointState::Drift;
        endpoint.newestSha256 = mine;
        endpoint.reason = QStringLiteral("a newer certificate is stored");
        PlaceRecord file{mine, PlaceRecord::Kind::File, QStringLiteral("/etc/nginx/tls/shop.pem"),
                         now.addDays(-9), now.addDays(-3)};
        PlaceRecord same{mine, PlaceRecord::Kind::Endpoint, endpoint.record.address.text(),
                         now.addDays(-9), now};
        const auto places = PlacesSection::placesOf(mine, {file, same}, {endpoint}, now);
        QCOMPARE(places.size(), std::size_t{3}); // the watched endpoint does not come twice
        QCOMPARE(places[0].when, QStringLiteral("served"));
        QVERIFY(places[0].text.contains(QStringLiteral("192.0.2.80")));
        QCOMPARE(places[1].state.glyph, Glyph::Drift);
        QCOMPARE(places[2].text, QStringLiteral("/etc/nginx/tls/shop.pem"));
        QCOMPARE(places[2].when, QStringLiteral("seen 3 d ago"));
        const auto ofOlder = PlacesSection::placesOf(older, {}, {endpoint}, now);
        QCOMPARE(ofOlder.size(), std::size_t{1});
        QCOMPARE(ofOlder[0].when, QStringLiteral("served, but old"));
    }

    void comparesWithTheOneBefore()
    {
        InventoryRow older = inventoryRow(1, {"a.example.com", "b.example.com"}, 80, 90);
        InventoryRow newer = inventoryRow(2, {"a.example.com", "c.example.com"}, 1, 47);
        newer.issuer = QStringLiteral("Google Trust");
        QStringList lines = LineageSection::changes(LineageDiff::between(older, newer));
        QVERIFY(lines.contains(QStringLiteral("Names added: c.example.com")));
        QVERIFY(lines.contains(QStringLiteral("Names gone: b.example.com")));
        QVERIFY(lines.contains(QStringLiteral("New key of the same kind")));
        QVERIFY(lines.contains(QStringLiteral("Issued by Google Trust instead of Let's Encrypt")));
        newer = inventoryRow(2, {"a.example.com", "b.example.com"}, 1, 90);
        newer.publicKey = older.publicKey;
        lines = LineageSection::changes(LineageDiff::between(older, newer));
        QVERIFY(lines.contains(QStringLiteral("The same key")));

        CertificatePane pane;
        pane.resize(320, 1400);
        CertificateSubject shown = subject(newer);
        shown.before = older;
        pane.setCertificate(shown, m_clock.utcNow(), false);
        pane.show();
        QSignalSpy wanted(&pane, &CertificatePane::certificateWanted);
        QLabel *link = nullptr;
        for (QLabel *label : pane.findChild<LineageSection *>()->findChildren<QLabel *>()) {
            if (label->text().contains(older.sha256.hex()))
                link = label;
        }
        QVERIFY(link != nullptr);
        Q_EMIT link->linkActivated(older.sha256.hex());
        QCOMPARE(wanted.count(), 1);
    }

    void keepsWhatIsLongInsideItsEdge()
    {
        SampleCertificates samples(m_clock.utcNow());
        CertificateDetails details;
        details.record = samples.all().at(2);
        details.leaf = Certificate::fromDer(details.record.der).value();
        details.extensions = {
            {QStringLiteral("CRL points"), QStringLiteral("2.5.29.31"), false,
             QStringLiteral("URI:http://crl.example.com/") + QString(180, QLatin1Char('W'))}};
        details.chain.reason = QString(180, QLatin1Char('W'));
        CertificatePane pane;
        QList<QAction *> actions;
        for (const char *text : {"Export…", "Copy PEM", "Move to trash", "Revoke at the CA…"})
            actions << new QAction(QString::fromUtf8(text), &pane);
        pane.setActions(actions);
        pane.resize(320, 900);
        InventoryRow row = inventoryRow(1, {"a.example.com"});
        row.sha256 = Fingerprint::fromHex(details.record.sha256).value();
        row.issuerDn = QStringLiteral("O=") + QString(180, QLatin1Char('W'));
        pane.setCertificate(subject(row), m_clock.utcNow(), false);
        pane.setDetails(details);
        pane.show();
        QCOMPARE(partsBeyondTheEdge(pane), QString());
    }

    void opensTheStructureOnDemand()
    {
        SampleCertificates samples(m_clock.utcNow());
        const CertificateRecord record = samples.all().at(2);
        CertificateDetails details;
        details.record = record;
        details.leaf = Certificate::fromDer(record.der).value();
        details.extensions = details.leaf.extensions();
        CertificatePane pane;
        pane.resize(320, 772);
        InventoryRow row = inventoryRow(1, {"*.shop.example.com", "shop.example.com"}, 85.75);
        row.sha256 = Fingerprint::fromHex(record.sha256).value();
        row.tags = {QStringLiteral("prod"), QStringLiteral("web")};
        row.owner = QStringLiteral("Mara Keller");
        pane.setCertificate(subject(row), m_clock.utcNow(), false);
        pane.show();
        pane.setDetails(details);
        auto *tree = pane.findChild<DerTreeView *>();
        auto *button = pane.findChild<QPushButton *>(QStringLiteral("showDerTree"));
        QVERIFY(!tree->isVisible());
        QCOMPARE(tree->topLevelItemCount(), 0); // nothing is done before it is wanted
        button->click();
        QVERIFY(tree->isVisible());
        QCOMPARE(tree->topLevelItemCount(), 1);
        QVERIFY(tree->topLevelItem(0)->childCount() == 3); // RFC 5280 section 4.1
        QCOMPARE(visibleWithoutName(&pane), QString());
        takeScreenshots(pane, QStringLiteral("certificate-pane"), {320, 1900});
        // Another certificate folds it again.
        pane.setCertificate(subject(inventoryRow(2, {"b.example.com"})), m_clock.utcNow(), false);
        QVERIFY(!tree->isVisible());
        tree->setDer("no der");
        QCOMPARE(tree->topLevelItemCount(), 1); // what is wrong with it
    }

    void B53_showsHostileNamesAsText()
    {
        CertificatePane pane;
        pane.resize(320, 772);
        pane.show();
        InventoryRow row = inventoryRow(1, {"<img src=x>.example.com"});
        row.names += "\n" + QByteArray("\xe2\x80\xae") + "moc.elpmaxe.example.com\n"
            + QByteArray(10240, 'a');
        for (int i = 0; i < 10000; ++i)
            row.names += "\nn" + QByteArray::number(i) + ".example.com";
        row.owner = QStringLiteral("<b>bold</b>");
        row.credential = QStringLiteral("<a href=\"x\">");
        row.subjectDn = QStringLiteral("CN=<script>,O=") + QString(10240, QLatin1Char('x'));
        pane.setCertificate(subject(row), m_clock.utcNow(), false);
        QVERIFY(!pane.grab().isNull());
        QVERIFY(pane.minimumSizeHint().width() < 400); // it breaks or is cut
        QCOMPARE(partsBeyondTheEdge(pane), QString());
    }

    void standsMirroredInARightToLeftWindow()
    {
        CertificatePane pane;
        pane.setLayoutDirection(Qt::RightToLeft);
        InventoryRow row = inventoryRow(1, {"*.shop.example.com", "shop.example.com"}, 85.75);
        row.note = QStringLiteral("old load balancer");
        CertificateSubject shown = subject(row);
        shown.before = inventoryRow(2, {"*.shop.example.com"}, 160);
        pane.setCertificate(shown, m_clock.utcNow(), false);
        pane.resize(320, 772);
        pane.show();
        takeScreenshots(pane, QStringLiteral("certificate-pane-rtl"), {320, 900});
        QVERIFY(!pane.grab().isNull());
    }
};

QTEST_MAIN(TstCertificatePane)
#include "tst_certificate_pane.moc"
