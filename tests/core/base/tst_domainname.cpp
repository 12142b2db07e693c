// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/DomainName.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sealbook;

namespace {

QString repeated(char c, int count)
{
    return QString(count, QLatin1Char(c));
}

} // namespace

// The rows of the bad-input catalogue that concern names, each by its number.
class TstDomainName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsAndConverts_data();
    void acceptsAndConverts();
    void refusesAndExplains_data();
    void refusesAndExplains();
    void B12_keepsBothFormsOfAnInternationalName();
    void B13_seesMixedScripts_data();
    void B13_seesMixedScripts();
    void B19_mergesDuplicatesAndWhatAWildcardCovers();
    void B20_moreThanAHundredNamesAreNoted();
    void B21_fiveThousandLinesAreCountedAndOnlyTheFirstErrorsListed();
    void listsTakeCommasSemicolonsAndBlanks();
    void listsNameTheLineOfAnError();
    void wildcardCoversOneLabel();
    void validationNameIsBelowTheBase();
    void registrableDomainFollowsThePublicSuffixList_data();
    void registrableDomainFollowsThePublicSuffixList();
    void testingNamesAreAcceptedAndKnown();
    void survivesHostileText();
};

void TstDomainName::acceptsAndConverts_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("ascii");
    const auto row = [](const char *name, const QString &typed, const char *ascii) {
        QTest::newRow(name) << typed << QString::fromLatin1(ascii);
    };
    row("plain", QStringLiteral("www.example.org"), "www.example.org");
    row("wildcard", QStringLiteral("*.example.org"), "*.example.org");
    row("B02 blanks around", QStringLiteral(" \t example.org \t\r\n"), "example.org");
    row("B12 umlaut", QStringLiteral("münchen.de"), "xn--mnchen-3ya.de");
    row("B12 umlaut in two parts", QStringLiteral("mu\u0308nchen.de"), "xn--mnchen-3ya.de");
    row("B12 wildcard", QStringLiteral("*.münchen.de"), "*.xn--mnchen-3ya.de");
    row("B12 sharp s stays", QStringLiteral("straße.de"), "xn--strae-oqa.de");
    row("B12 A-label", QStringLiteral("xn--mnchen-3ya.de"), "xn--mnchen-3ya.de");
    row("B12 wide dot", QStringLiteral("例え。jp"), "xn--r8jz45g.jp");
    row("B13 Cyrillic a", QStringLiteral("\u0430pple.com"), "xn--pple-43d.com");
    row("B17 upper case", QStringLiteral("WWW.Example.ORG"), "www.example.org");
    row("B17 upper case umlaut", QStringLiteral("MÜNCHEN.de"), "xn--mnchen-3ya.de");
    row("B18 final dot", QStringLiteral("example.org."), "example.org");
    row("B05 label of 63", repeated('a', 63) + QStringLiteral(".org"),
        (repeated('a', 63) + QStringLiteral(".org")).toLatin1().constData());
    row("digits first", QStringLiteral("1und1.de"), "1und1.de");
    row("below a private suffix", QStringLiteral("me.github.io"), "me.github.io");
    row("unknown TLD", QStringLiteral("a.b.zzzz"), "a.b.zzzz");
}

void TstDomainName::acceptsAndConverts()
{
    QFETCH(QString, typed);
    QFETCH(QString, ascii);
    const Result<DomainName> name = DomainName::fromUserInput(typed);
    QVERIFY2(name, name ? "" : qPrintable(name.error().detail));
    QCOMPARE(name->ascii(), ascii);
}

void TstDomainName::refusesAndExplains_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("told"); // must stand in the message
    QTest::addColumn<QString>("suggestion");
    const auto row = [](const char *name, const QString &typed, const char *told,
                        const char *suggestion = "") {
        QTest::newRow(name) << typed << QString::fromUtf8(told) << QString::fromUtf8(suggestion);
    };
    row("B01_emptyAsksForADomain", QString(), "Enter a domain");
    row("B01_blanksAskForADomain", QStringLiteral(" \t "), "Enter a domain");
    row("B02_blankInside", QStringLiteral("exa mple.org"), "blank inside", "example.org");
    row("B03_webAddress", QStringLiteral("http://x.example.org/p"), "web address", "x.example.org");
    row("B03_webAddressWithAll", QStringLiteral("https://me:pw@x.example.org:8443/p?q#f"),
        "web address", "x.example.org");
    row("B03_pathOnly", QStringLiteral("x.example.org/p"), "\"/\"", "x.example.org");
    row("B03_port", QStringLiteral("x.example.org:443"), "\":\"", "x.example.org");
    row("B03_emailAddress", QStringLiteral("me@example.org"), "email", "example.org");
    row("B03_webAddressWithUnderscore", QStringLiteral("http://a_b.example.org"), "web address",
        "a-b.example.org");
    row("B04_emptyLabel", QStringLiteral("x..example.org"), "label 2", "x.example.org");
    row("B04_dotInFront", QStringLiteral(".example.org"), "begins with a dot", "example.org");
    row("B04_twoFinalDots", QStringLiteral("example.org.."), "label 3", "example.org");
    row("B04_dotOnly", QStringLiteral("."), "empty");
    row("B05_labelOf64", repeated('a', 64) + QStringLiteral(".org"), "64 characters, at most 63");
    row("B05_nameOf254",
        QStringLiteral("%1.%1.%1.%2.org").arg(repeated('a', 63), repeated('b', 58)),
        "254 characters, at most 253");
    row("B05_noRoomForTheChallenge",
        QStringLiteral("%1.%1.%1.%2.org").arg(repeated('a', 63), repeated('b', 42)),
        "_acme-challenge");
    row("B05_internationalLabelTooLong", QString(70, QChar(0xfc)) + QStringLiteral(".de"),
        "63 characters");
    row("B06_hyphenInFront", QStringLiteral("-a.example.org"), "\"-a\"", "a.example.org");
    row("B06_hyphenBehind", QStringLiteral("a-.example.org"), "\"a-\"", "a.example.org");
    row("B06_twoBadLabels", QStringLiteral("a-.-b.example.org"), "\"a-\"", "a.b.example.org");
    row("B06_hyphensInPlaces3And4", QStringLiteral("ab--c.example.org"), "places 3 and 4");
    row("B07_underscore", QStringLiteral("a_b.example.org"), "underscore", "a-b.example.org");
    row("B07_challengeName", QStringLiteral("_acme-challenge.www.example.org"), "underscore",
        "www.example.org");
    row("B07_otherSign", QStringLiteral("a!b.example.org"), "\"!\"");
    row("B08_twoStars", QStringLiteral("*.*.example.org"), "star", "*.example.org");
    row("B08_starInLabel", QStringLiteral("a*.example.org"), "star", "*.example.org");
    row("B08_starBehind", QStringLiteral("x.example.*"), "star");
    row("B08_starInTheMiddle", QStringLiteral("a.*.example.org"), "star");
    row("B08_starOnly", QStringLiteral("*"), "star");
    row("B09_starAtPublicSuffix", QStringLiteral("*.co.uk"), "public suffix");
    row("B09_publicSuffix", QStringLiteral("com"), "public suffix");
    row("B09_internationalSuffix", QStringLiteral("*.xn--p1ai"), "public suffix");
    row("B09_oneLabel", QStringLiteral("intra"), "one label");
    row("B10_ipv4", QStringLiteral("192.0.2.1"), "IP address");
    row("B10_ipv6", QStringLiteral("2001:db8::1"), "IP address");
    row("B10_ipv6InBrackets", QStringLiteral("[2001:db8::1]:443"), "IP address");
    row("B10_numberAtTheEnd", QStringLiteral("a.b.300"), "number");
    row("B11_localhost", QStringLiteral("localhost"), "no public");
    row("B11_local", QStringLiteral("printer.local"), "no public");
    row("B11_internal", QStringLiteral("*.corp.internal"), "no public");
    row("B14_zeroWidth", QStringLiteral("exam\u200bple.org"), "U+200B", "example.org");
    row("B14_bidi", QStringLiteral("\u202eexample.org"), "U+202E", "example.org");
    row("B14_zeroWidthJoiner", QStringLiteral("a\u200db.org"), "U+200D", "ab.org");
    row("B14_byteOrderMark", QStringLiteral("\ufeffexample.org"), "U+FEFF", "example.org");
    row("B15_badPunycode", QStringLiteral("xn--zzzzzz999999.org"), "xn--");
    row("B15_punycodeOfAscii", QStringLiteral("xn--abc-.org"), "xn--");
    row("B15_punycodeWithNothing", QStringLiteral("xn--.org"), "xn--");
    row("B16_emoji", QStringLiteral("i\u2764.org"), "U+2764");
    row("B16_emojiBeyondThePlane", QStringLiteral("\U0001F600.org"), "U+1F600");
    row("B16_emojiAsPunycode", QStringLiteral("xn--i-7iq.org"), "xn--");
    row("B22_nul", QStringLiteral("exam") + QChar(u'\0') + QStringLiteral("ple.org"), "NUL");
    row("B22_lineBreak", QStringLiteral("a.org\nb.org"), "line break");
}

void TstDomainName::refusesAndExplains()
{
    QFETCH(QString, typed);
    QFETCH(QString, told);
    QFETCH(QString, suggestion);
    const Result<DomainName> name = DomainName::fromUserInput(typed);
    QVERIFY2(!name, name ? qPrintable(name->ascii()) : "");
    const Error &error = name.error();
    QCOMPARE(error.kind, Error::Kind::BadRequest);
    QVERIFY2(error.detail.contains(told), qPrintable(error.detail));
    QCOMPARE(error.evidence.value(QLatin1String("suggestion")).toString(), suggestion);
    QCOMPARE(error.advice.isEmpty(), suggestion.isEmpty());
    if (!suggestion.isEmpty())
        QVERIFY(DomainName::fromUserInput(suggestion));
}

void TstDomainName::B12_keepsBothFormsOfAnInternationalName()
{
    const Result<DomainName> name = DomainName::fromUserInput(QStringLiteral("*.München.de"));
    QVERIFY(name);
    QCOMPARE(name->ascii(), QStringLiteral("*.xn--mnchen-3ya.de"));
    QCOMPARE(name->unicode(), QStringLiteral("*.münchen.de"));
    QCOMPARE(name->base(), QStringLiteral("xn--mnchen-3ya.de"));
}

void TstDomainName::B13_seesMixedScripts_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("mixed");
    QTest::newRow("Cyrillic a in Latin") << QStringLiteral("\u0430pple.com") << true;
    QTest::newRow("Greek o in Latin") << QStringLiteral("g\u03bfogle.com") << true;
    QTest::newRow("Latin") << QStringLiteral("apple.com") << false;
    QTest::newRow("umlaut") << QStringLiteral("münchen.de") << false;
    QTest::newRow("Cyrillic only") << QStringLiteral("пример.com") << false;
    QTest::newRow("Japanese with Latin") << QStringLiteral("abcひらカタ漢.jp") << false;
}

void TstDomainName::B13_seesMixedScripts()
{
    QFETCH(QString, typed);
    QFETCH(bool, mixed);
    const Result<DomainName> name = DomainName::fromUserInput(typed);
    QVERIFY(name);
    QCOMPARE(name->mixesScripts(), mixed);
    QCOMPARE(NameList::parse(typed)
                 .notes.join(QLatin1Char('\n'))
                 .contains(QStringLiteral("different scripts")),
             mixed);
}

void TstDomainName::B19_mergesDuplicatesAndWhatAWildcardCovers()
{
    const NameList list = NameList::parse(QStringLiteral(
        "example.org\nwww.example.org\n*.example.org\nEXAMPLE.org.\na.b.example.org"));
    QCOMPARE(list.issueCount, 0);
    QStringList names;
    for (const DomainName &name : list.names)
        names.append(name.ascii());
    const QStringList expected{QStringLiteral("example.org"), QStringLiteral("*.example.org"),
                               QStringLiteral("a.b.example.org")};
    QCOMPARE(names, expected);
    QCOMPARE(list.notes.size(), 2);
    QVERIFY(list.notes[0].contains(QStringLiteral("once: example.org")));
    QVERIFY(list.notes[1].contains(QStringLiteral("covers it: www.example.org")));
}

void TstDomainName::B20_moreThanAHundredNamesAreNoted()
{
    QStringList names;
    for (int i = 0; i < 101; ++i)
        names.append(QStringLiteral("n%1.example.org").arg(i));
    const NameList list = NameList::parse(names.join(QLatin1Char('\n')));
    QCOMPARE(list.names.size(), std::size_t{101});
    QCOMPARE(list.notes.size(), 1);
    QVERIFY2(list.notes[0].contains(QStringLiteral("101")), qPrintable(list.notes[0]));
    QVERIFY2(list.notes[0].contains(QStringLiteral("order 2")), qPrintable(list.notes[0]));
    names.removeLast();
    QVERIFY(NameList::parse(names.join(QLatin1Char('\n'))).notes.isEmpty());
}

void TstDomainName::B21_fiveThousandLinesAreCountedAndOnlyTheFirstErrorsListed()
{
    QString text;
    for (int i = 0; i < 5000; ++i)
        text += QStringLiteral("http://bad_%1.example.org/p\n").arg(i);
    QElapsedTimer timer;
    timer.start();
    const NameList list = NameList::parse(text);
    qInfo("5000 lines, all wrong: %lld ms", timer.elapsed());
    QCOMPARE(list.issueCount, 5000);
    QCOMPARE(list.issues.size(), static_cast<std::size_t>(NameList::maxIssues));
    QCOMPARE(list.issues.front().line, 1);
    QCOMPARE(list.issues.back().line, NameList::maxIssues);
    QVERIFY(list.names.empty());

    text.clear();
    for (int i = 0; i < 5000; ++i)
        text += QStringLiteral("n%1.example.org\n").arg(i);
    timer.restart();
    const NameList right = NameList::parse(text);
    qInfo("5000 lines, all right: %lld ms", timer.elapsed());
    QCOMPARE(right.names.size(), std::size_t{5000});
    QCOMPARE(right.issueCount, 0);
}

void TstDomainName::listsTakeCommasSemicolonsAndBlanks()
{
    const NameList list =
        NameList::parse(QStringLiteral("a.org, b.org;c.org\td.org\r\n\r\n  e.org  "));
    QCOMPARE(list.names.size(), std::size_t{5});
    QCOMPARE(list.issueCount, 0);
    QVERIFY(list.notes.isEmpty());
}

void TstDomainName::listsNameTheLineOfAnError()
{
    const NameList list = NameList::parse(QStringLiteral("a.org\n\nb_c.org\nd.org"));
    QCOMPARE(list.names.size(), std::size_t{2});
    QCOMPARE(list.issueCount, 1);
    QCOMPARE(list.issues.front().line, 3);
    QCOMPARE(list.issues.front().typed, QStringLiteral("b_c.org"));
}

void TstDomainName::wildcardCoversOneLabel()
{
    const auto name = [](const char *text) {
        return DomainName::fromUserInput(QString::fromLatin1(text)).value();
    };
    const DomainName star = name("*.x.example.org");
    QVERIFY(star.covers(name("a.x.example.org")));
    QVERIFY(!star.covers(name("x.example.org")));
    QVERIFY(!star.covers(name("b.a.x.example.org")));
    QVERIFY(!star.covers(star));
    QVERIFY(!name("x.example.org").covers(name("x.example.org")));
}

void TstDomainName::validationNameIsBelowTheBase()
{
    const Result<DomainName> star = DomainName::fromUserInput(QStringLiteral("*.example.org"));
    QCOMPARE(star->validationName().text(), QStringLiteral("_acme-challenge.example.org"));
    // The longest name that is accepted still has one.
    const Result<DomainName> longest = DomainName::fromUserInput(
        QStringLiteral("%1.%1.%1.%2.org").arg(repeated('a', 63), repeated('b', 41)));
    QVERIFY(longest);
    QCOMPARE(longest->validationName().text().size(), 253);
}

void TstDomainName::registrableDomainFollowsThePublicSuffixList_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("registrable");
    const auto row = [](const char *typed, const char *registrable) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromLatin1(registrable);
    };
    row("a.b.example.co.uk", "example.co.uk");
    row("*.example.org", "example.org");
    row("example.org", "example.org");
    row("a.münchen.de", "xn--mnchen-3ya.de");
    row("x.lab.test", "lab.test");
}

void TstDomainName::registrableDomainFollowsThePublicSuffixList()
{
    QFETCH(QString, typed);
    QFETCH(QString, registrable);
    QCOMPARE(DomainName::fromUserInput(typed)->registrableDomain(), registrable);
}

void TstDomainName::testingNamesAreAcceptedAndKnown()
{
    const Result<DomainName> practice = DomainName::fromUserInput(QStringLiteral("www.lab.test"));
    QVERIFY(practice);
    QVERIFY(practice->isReservedForTesting());
    QVERIFY(DomainName::fromUserInput(QStringLiteral("*.lab.test")));
    QVERIFY(!DomainName::fromUserInput(QStringLiteral("contest.org"))->isReservedForTesting());
}

void TstDomainName::survivesHostileText()
{
    // Nothing to say about the outcome but that there is one, and that it comes soon.
    for (const QString &text :
         {QString(4096, QLatin1Char('.')), QStringLiteral("a-.").repeated(1365),
          QString(4096, QChar(0xd800)), QString(5'000'000, QLatin1Char('a')),
          QStringLiteral("xn--").repeated(900), QStringLiteral("\u0308.org"),
          QStringLiteral("\ufdfa").repeated(63) + QStringLiteral(".org")})
        QVERIFY(!DomainName::fromUserInput(text));
}

QTEST_GUILESS_MAIN(TstDomainName)
#include "tst_domainname.moc"
