// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/QueryCompletion.h"
#include "tests/support/InventoryRows.h"

#include <QTest>

using namespace sealbook;

namespace {

Inventory sample()
{
    std::vector<InventoryRow> rows;
    for (quint64 i = 0; i < 6; ++i)
        rows.push_back(inventoryRow(i, {"www.example.com"}));
    rows[0].issuer = rows[1].issuer = QStringLiteral("DigiCert Inc");
    rows[0].tags = {QStringLiteral("prod"), QStringLiteral("Web Shop")};
    rows[1].tags = {QStringLiteral("nonprod")};
    rows[2].tags = {QStringLiteral("prod")};
    rows[3].tags = {QStringLiteral("only in the trash")};
    rows[3].trashedAt = 1;
    rows[4].owner = QStringLiteral("say \"hi\"");
    addPlace(rows[5], PlaceRecord::Kind::Endpoint, "www.example.com:443");
    return Inventory::of(std::move(rows), inventoryNow());
}

} // namespace

class TstQueryCompletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void completes_data()
    {
        QTest::addColumn<QString>("text"); // | is the cursor
        QTest::addColumn<QString>("replaced");
        QTest::addColumn<QStringList>("expected"); // the first ones, with their counts
        const auto row = [](const char *text, const char *replaced, QStringList expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(replaced)
                                << expected;
        };
        row("|", "", {QStringLiteral("name:"), QStringLiteral("covers:"), QStringLiteral("zone:")});
        row("is|", "is",
            {QStringLiteral("is:"), QStringLiteral("issuer:"), QStringLiteral("issued<")});
        row("www iss|", "iss", {QStringLiteral("issuer:"), QStringLiteral("issued<")});
        row("www -iss|", "iss", {QStringLiteral("issuer:")});
        row("(iss|", "iss", {QStringLiteral("issuer:")});
        row("iss|uer", "issuer", {QStringLiteral("issuer:")});
        row("www o|", "o", {QStringLiteral("owner:"), QStringLiteral("or")});
        row("issuer:|", "",
            {QStringLiteral("\"Let's Encrypt\" 3"), QStringLiteral("\"DigiCert Inc\" 2")});
        row("issuer:let|", "let", {QStringLiteral("\"Let's Encrypt\" 3")});
        row("issuer:\"let's e|", "\"let's e", {QStringLiteral("\"Let's Encrypt\" 3")});
        row("issuer:\"let|'s x\" tag:a", "\"let's x\"", {QStringLiteral("\"Let's Encrypt\" 3")});
        row("issuer=cert|", "cert", {QStringLiteral("\"DigiCert Inc\" 2")});
        row("ca:|", "", {QStringLiteral("\"Let's Encrypt\" 3")});
        row("tag:|", "",
            {QStringLiteral("prod 2"), QStringLiteral("\"Web Shop\" 1"),
             QStringLiteral("nonprod 1")});
        row("tag:prod,w|", "w", {QStringLiteral("\"Web Shop\" 1")});
        row("tag:trash|", "trash", {});
        row("owner:|", "", {QStringLiteral("\"say \\\"hi\\\"\" 1")});
        row("place:|", "", {QStringLiteral("issued 5"), QStringLiteral("endpoint 1")});
        row("zone:ex|", "ex", {QStringLiteral("example.com 5")});
        row("is:sup|", "sup", {QStringLiteral("superseded")});
        row("has:|", "", {QStringLiteral("key"), QStringLiteral("note")});
        row("expires<|", "", {QStringLiteral("7d"), QStringLiteral("14d")});
        row("expires<=3|", "3", {QStringLiteral("30d")});
        row("nofield:x|", "x", {});
        row("nofield:|", "", {});
        row("\"is|", "\"is", {QStringLiteral("is:")});
    }
    void completes()
    {
        QFETCH(QString, text);
        QFETCH(QString, replaced);
        QFETCH(QStringList, expected);
        const qsizetype cursor = text.indexOf(QLatin1Char('|'));
        text.remove(cursor, 1);
        const QueryCompletion completion = completeQuery(text, cursor, sample());
        QStringList found;
        for (const QueryCandidate &candidate : completion.candidates) {
            found.append(candidate.count > 0
                             ? QStringLiteral("%1 %2").arg(candidate.text).arg(candidate.count)
                             : candidate.text);
        }
        QCOMPARE(text.mid(completion.position, completion.length), replaced);
        QCOMPARE(found.mid(0, expected.size()), expected);
        if (expected.isEmpty())
            QCOMPARE(found, QStringList());
        // What is offered can be read.
        for (const QueryCandidate &candidate : completion.candidates) {
            QString next = text;
            next.replace(completion.position, completion.length, candidate.text);
            const Result<Query> query = Query::parse(next);
            QVERIFY2(query || query.error().evidence.value(QLatin1String("incomplete")).toBool()
                         || text.startsWith(QLatin1Char('(')),
                     qPrintable(next));
        }
    }

    void anyCursorIsFine()
    {
        const Inventory inventory = sample();
        const QString text =
            QStringLiteral("-(tag:\"a \\\" b\",c or issuer:\"x) expires<30d \\ ,: \" =");
        for (qsizetype cursor = -2; cursor <= text.size() + 2; ++cursor) {
            const QueryCompletion completion = completeQuery(text, cursor, inventory, 3);
            QVERIFY(completion.position >= 0 && completion.length >= 0
                    && completion.position + completion.length <= text.size());
            QVERIFY(completion.candidates.size() <= 3);
        }
    }
};

QTEST_GUILESS_MAIN(TstQueryCompletion)
#include "tst_querycompletion.moc"
