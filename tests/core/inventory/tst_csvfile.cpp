// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CsvFile.h"

#include <QTest>

using namespace sealbook;

class TstCsvFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // No cell runs as a formula, whatever a certificate, an owner or a note says.
    void neutralizesWhatASpreadsheetWouldRun_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        const auto row = [](const char *name, const QString &text, const QString &cell) {
            QTest::newRow(name) << text << cell;
        };
        row("a formula", QStringLiteral("=1+2"), QStringLiteral("'=1+2"));
        row("plus", QStringLiteral("+1"), QStringLiteral("'+1"));
        row("minus", QStringLiteral("-1+2"), QStringLiteral("'-1+2"));
        row("only a minus", QStringLiteral("-"), QStringLiteral("'-"));
        row("at", QStringLiteral("@SUM(A1)"), QStringLiteral("'@SUM(A1)"));
        row("behind a tab", QStringLiteral("\t=1"), QStringLiteral(" '=1"));
        row("behind a return", QStringLiteral("\r=1"), QStringLiteral(" '=1"));
        row("behind a line break", QStringLiteral("\n=1"), QStringLiteral("\n'=1"));
        row("behind blanks", QStringLiteral("  =1"), QStringLiteral("  '=1"));
        row("behind a quote", QStringLiteral("\"=1"), QStringLiteral("\"'=1"));
        row("behind a no-break space", QStringLiteral("\u00A0=1"), QStringLiteral("\u00A0'=1"));
        row("full width", QStringLiteral("\uFF1D1"), QStringLiteral("'\uFF1D1"));
        row("another cell by semicolon", QStringLiteral("a;=1"), QStringLiteral("a;'=1"));
        row("another cell by comma and quotes", QStringLiteral("a\",\"=1"),
            QStringLiteral("a\",\"'=1"));
        row("another line", QStringLiteral("a\n@b"), QStringLiteral("a\n'@b"));
        row("a command", QStringLiteral("=cmd|'/C calc'!A0"), QStringLiteral("'=cmd|'/C calc'!A0"));
    }
    void neutralizesWhatASpreadsheetWouldRun()
    {
        QFETCH(const QString, text);
        QTEST(harmlessCell(text), "cell");
    }

    void leavesOrdinaryTextAlone_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"", "-12", "42", "www.example.org", "*.example.org", "Let's Encrypt", "CN=a, O=b",
              "2026-11-25", "a-b", "mail@example.org", "1+1=2", "file:/etc/ssl/a.pem",
              "M\xC3\xBCnchen"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void leavesOrdinaryTextAlone()
    {
        QFETCH(const QString, text);
        QCOMPARE(harmlessCell(text), text);
    }

    void keepsNoControlCharacter()
    {
        const QString text = QStringLiteral("a\0b\x1B[31m\x7F\u0085");
        for (const QChar c : harmlessCell(text))
            QVERIFY(c.category() != QChar::Other_Control);
    }

    // RFC 4180, section 2, rules 1, 5, 6 and 7.
    void quotesAsTheRfcHasIt()
    {
        const QStringList cells{QStringLiteral("a"), QStringLiteral("b,c"),
                                QStringLiteral("say \"hi\""), QStringLiteral("two\nlines"),
                                QString()};
        QCOMPARE(csvRecord(cells),
                 QByteArray("\"a\",\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\"\"\r\n"));
    }
};

QTEST_GUILESS_MAIN(TstCsvFile)
#include "tst_csvfile.moc"
