// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateLookup.h"

#include <QTest>
#include <QTimeZone>

using namespace sealbook;

namespace {

// What differs between certificates that could be meant.
struct Made
{
    const char *sha256;
    QStringList names;
    const char *subject = "";
    int begun = 10; // days ago
    bool isIssued = false;
    bool hasKey = false;
    const char *issuer = "Good CA";
    bool isRetired = false;
    bool isTrashed = false;
    int life = 90;
};
const QString shop = QStringLiteral("shop.example");
const QString www = QStringLiteral("www.shop.example");

QDateTime now()
{
    return QDateTime(QDate(2026, 11, 25), QTime(14, 6), QTimeZone::utc());
}

CertificateRecord recordOf(const Made &made)
{
    CertificateRecord record;
    record.sha256 = QString::fromLatin1(made.sha256).repeated(16);
    record.names = made.names;
    record.subject = made.names.value(0);
    if (*made.subject != '\0')
        record.subject = QString::fromLatin1(made.subject);
    record.issuer = QString::fromLatin1(made.issuer);
    record.notBefore = now().addDays(-made.begun);
    record.notAfter = record.notBefore.addDays(made.life);
    if (made.isIssued)
        record.jobId = JobId::make();
    if (made.hasKey)
        record.keyId = KeyId::make();
    record.retired = made.isRetired;
    if (made.isTrashed)
        record.trashedAt = now();
    return record;
}

} // namespace

Q_DECLARE_METATYPE(std::vector<Made>)

class TstCertificateLookup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesOrRefuses_data()
    {
        QTest::addColumn<std::vector<Made>>("candidates");
        QTest::addColumn<QString>("chosen"); // "" = refused
        const auto row = [](const char *what, std::vector<Made> candidates, const char *chosen) {
            QTest::newRow(what) << std::move(candidates)
                                << QString::fromLatin1(chosen).repeated(*chosen == '\0' ? 0 : 16);
        };
        row("one", {{"aaaa", {shop}}}, "aaaa");
        row("a stranger with our common name",
            {{"aaaa", {shop}, "", 60, true, true},
             {"bbbb", {QStringLiteral("other.example")}, "shop.example", 1, false, true}},
            "aaaa");
        row("a stranger with our common name and no other",
            {{"aaaa", {shop}, "", 60, true, true}, {"bbbb", {}, "shop.example", 1}}, "aaaa");
        row("common names count where there are no others", {{"aaaa", {}, "Shop.Example", 5}},
            "aaaa");
        row("a common name beside others does not count", {{"aaaa", {www}, "shop.example", 5}},
            "NotFound");
        row("a renewal here",
            {{"aaaa", {shop}, "", 60, true, true}, {"bbbb", {shop}, "", 1, true, true}}, "bbbb");
        row("a renewal here by another authority",
            {{"aaaa", {shop}, "", 60, true, true, "Good CA"},
             {"bbbb", {shop}, "", 1, true, true, "Better CA"}},
            "bbbb");
        row("a newer stranger does not win",
            {{"aaaa", {shop}, "", 60, true, true}, {"bbbb", {shop}, "", 1}}, "aaaa");
        row("a newer stranger of more names does not win",
            {{"aaaa", {shop}, "", 60, false, true}, {"bbbb", {shop, www}, "", 1}}, "aaaa");
        row("not even when ours has expired",
            {{"aaaa", {shop}, "", 100, true, true}, {"bbbb", {shop}, "", 1}}, "aaaa");
        row("a newer one that came with a key is not taken for ours",
            {{"aaaa", {shop}, "", 60, true, true}, {"bbbb", {shop}, "", 1, false, true, "Good CA"}},
            "");
        row("issued here after an imported one",
            {{"aaaa", {shop}, "", 60, false, true, "Other CA"},
             {"bbbb", {shop}, "", 1, true, true}},
            "bbbb");
        row("two lineages of ours",
            {{"aaaa", {shop}, "", 60, true, true}, {"bbbb", {shop, www}, "", 1, true, true}}, "");
        row("the same names in another order and case",
            {{"aaaa", {shop, www}, "", 60, true, true},
             {"bbbb", {QStringLiteral("WWW.shop.example"), shop}, "", 1, true, true}},
            "bbbb");
        row("one of them is retired",
            {{"aaaa", {shop}, "", 60, true, true},
             {"bbbb", {shop, www}, "", 1, true, true, "Good CA", true}},
            "aaaa");
        row("one of them lies in the trash",
            {{"aaaa", {shop}, "", 60, true, true},
             {"bbbb", {shop, www}, "", 1, true, true, "Good CA", false, true}},
            "aaaa");
        row("retired rather than trashed",
            {{"aaaa", {shop}, "", 60, true, true, "Good CA", true},
             {"bbbb", {shop, www}, "", 1, true, true, "Good CA", false, true}},
            "aaaa");
        row("one of them has expired",
            {{"aaaa", {shop}, "", 60, true, true}, {"bbbb", {shop, www}, "", 100, true, true}},
            "aaaa");
        row("strangers of one issuer", {{"aaaa", {shop}, "", 60}, {"bbbb", {shop}, "", 1}}, "bbbb");
        row("strangers of two issuers",
            {{"aaaa", {shop}, "", 60}, {"bbbb", {shop}, "", 1, false, false, "Evil CA"}}, "");
        row("strangers of different names", {{"aaaa", {shop}}, {"bbbb", {shop, www}}}, "");
        row("keys from two issuers",
            {{"aaaa", {shop}, "", 60, false, true},
             {"bbbb", {shop}, "", 1, false, true, "Evil CA"}},
            "");
        row("none", {}, "NotFound");
    }
    void choosesOrRefuses()
    {
        QFETCH(std::vector<Made>, candidates);
        QFETCH(QString, chosen);
        std::vector<CertificateRecord> records;
        for (const Made &made : candidates)
            records.push_back(recordOf(made));
        for (int turn = 0; turn < 2; ++turn) { // the order does not matter
            const Result<CertificateRecord> found = certificateOfName(shop, records, now());
            if (chosen.startsWith(QStringLiteral("NotFound"))) {
                QVERIFY(!found);
                QCOMPARE(found.error().kind, Error::Kind::NotFound);
            } else if (chosen.isEmpty()) {
                QVERIFY(!found);
                QCOMPARE(found.error().kind, Error::Kind::Conflict);
            } else {
                QVERIFY(found);
                QCOMPARE(found->sha256, chosen);
            }
            std::reverse(records.begin(), records.end());
        }
    }

    void aRefusalListsTheCandidates()
    {
        const std::vector<CertificateRecord> records{
            recordOf({"aaaa", {shop}, "", 60, true, true}),
            recordOf({"bbbb", {shop, www}, "", 1, false, true, "Evil CA"})};
        const auto found = certificateOfName(shop, records, now());
        QVERIFY(!found);
        const Error &error = found.error();
        QCOMPARE(error.parts.size(), std::size_t(2));
        QCOMPARE(error.parts[0].subject, QStringLiteral("bbbbbbbbbbbbbbbb"));
        QVERIFY2(error.parts[0].detail.contains(QStringLiteral("Evil CA")),
                 qPrintable(error.parts[0].detail));
        QVERIFY(error.parts[0].detail.contains(QStringLiteral("2027-02-22")));
        QVERIFY(error.parts[0].detail.contains(QStringLiteral("imported with its key")));
        QVERIFY(error.parts[1].detail.contains(QStringLiteral("issued here")));
        QVERIFY(error.advice.contains(QStringLiteral("SHA-256")));
    }

    void aLongListIsCut()
    {
        std::vector<CertificateRecord> records;
        for (int i = 0; i < 50; ++i)
            records.push_back(
                recordOf({"aaaa", {shop, QStringLiteral("%1.example").arg(i)}, "", i}));
        const auto found = certificateOfName(shop, records, now());
        QVERIFY(!found);
        QCOMPARE(found.error().parts.size(), std::size_t(21));
        QCOMPARE(found.error().parts.back().subject, QStringLiteral("30 more"));
    }
};

QTEST_GUILESS_MAIN(TstCertificateLookup)
#include "tst_certificatelookup.moc"
