// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/TextPattern.h"

#include <QRandomGenerator>
#include <QTest>

using namespace sealbook;

namespace {

// What a pattern means, said as plainly as can be; for short texts only.
bool fitsSlowly(QByteArrayView text, QByteArrayView pattern)
{
    if (pattern.isEmpty())
        return text.isEmpty();
    if (pattern.front() == '*')
        return fitsSlowly(text, pattern.sliced(1))
            || (!text.isEmpty() && fitsSlowly(text.sliced(1), pattern));
    return !text.isEmpty() && (pattern.front() == '?' || pattern.front() == text.front())
        && fitsSlowly(text.sliced(1), pattern.sliced(1));
}

QByteArray textOf(QRandomGenerator &random, const char *letters, int longest)
{
    QByteArray text;
    for (int left = random.bounded(longest + 1); left > 0; --left)
        text += letters[random.bounded(static_cast<int>(qstrlen(letters)))];
    return text;
}

} // namespace

class TstTextPattern : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsPatterns_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char *text, const char *pattern, bool fits) {
            QTest::addRow("%s ~ %s", text, pattern)
                << QByteArray(text) << QByteArray(pattern) << fits;
        };
        row("", "", true);
        row("", "*", true);
        row("a", "", false);
        row("abc", "a*c", true);
        row("abc", "a*b", false);
        row("abc", "a?c", true);
        row("ac", "a?c", false);
        row("aXbXc", "a*b*c", true);
        row("ü", "?", true);
        row("www.example.com", "*.example.com", true);
        row("*.example.com", "*.example.com", true);
        row("example.com", "*.example.com", false);
        row("mississippi", "m*iss*ppi", true);
        row("", "?", false);
        row("", "**", true);
        row("a", "*?", true);
        row("", "*?", false);
        row("aé", "a*?", true);
        row("é", "*??", false);
        row("éü", "*??", true);
        row("xéy", "x?y", true);
        row("xéy", "*?y", true);
        row("xéy", "x?*", true);
        row("aXcYb", "a*?c?*b", true);
        row("aXcb", "a*?c?*b", false);
        row("ab", "ab*ab", false);
        row("abab", "ab*ab", true);
        row("aba", "ab*ba", false);
        row("aXbcYd", "*a?b*c?d*", true);
        row("a.b.c.d", "*.b*.b*", false);
        row("ééé", "*é?é*", true);
        row("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*a*a*c", false);
    }
    void fitsPatterns()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, pattern);
        QFETCH(bool, fits);
        QCOMPARE(TextPattern(pattern).fits(text), fits);
    }

    void agreesWithThePlainMeaning()
    {
        QRandomGenerator random(20261125);
        int fitting = 0;
        for (int i = 0; i < 30'000; ++i) {
            const QByteArray text = textOf(random, "ab", 10);
            const QByteArray pattern = textOf(random, "ab?**", 7);
            const bool fits = fitsSlowly(text, pattern);
            fitting += fits ? 1 : 0;
            QVERIFY2(TextPattern(pattern).fits(text) == fits, text + " ~ " + pattern);
        }
        QVERIFY(fitting > 1000);
    }

    void knowsTheLiteralThatEveryFitHolds_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("literal");
        QTest::addRow("none") << QByteArray("*?*") << QByteArray();
        QTest::addRow("longest") << QByteArray("a*bcd?ef*") << QByteArray("bcd");
        QTest::addRow("whole") << QByteArray("abc") << QByteArray("abc");
    }
    void knowsTheLiteralThatEveryFitHolds()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, literal);
        QCOMPARE(TextPattern(pattern).literal(), literal);
    }

    void looksAtATextOnceHoweverManyStarsThereAre_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<int>("times"); // the text's length
        QTest::addRow("two") << QByteArray("*a*b") << 2;
        QTest::addRow("five") << QByteArray("*a*a*a*a*b") << 2;
        QTest::addRow("inner") << QByteArray("*a*a*ab*a*") << 2;
        QTest::addRow("thousands") << QByteArray("*a").repeated(2000) + "*b*" << 2;
        QTest::addRow("long part") << '*' + QByteArray("a").repeated(2000) + "b*" << 2;
        QTest::addRow("marks") << QByteArray("*a?a*a?b*") << 8;
        QTest::addRow("only marks") << QByteArray("*?").repeated(1000) + "*b*" << 4;
    }
    void looksAtATextOnceHoweverManyStarsThereAre()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(int, times);
        const QByteArray text = QByteArray("a").repeated(60'008);
        quint64 steps = 0;
        QVERIFY(!TextPattern(pattern).fits(text, steps));
        QVERIFY2(steps <= static_cast<quint64>(times) * 60'008, QByteArray::number(steps));
    }
};

QTEST_GUILESS_MAIN(TstTextPattern)
#include "tst_textpattern.moc"
