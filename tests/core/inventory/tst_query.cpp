// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/Query.h"

#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

using namespace sealbook;

namespace {

// The tree as text: (and name:"x" (not word:"y")).
QString shape(const QueryNode &node)
{
    switch (node.kind) {
    case QueryNode::Kind::All:
        return QStringLiteral("all");
    case QueryNode::Kind::Term: {
        static const QStringList signs{QStringLiteral(":"), QStringLiteral("="),
                                       QStringLiteral("<"), QStringLiteral("<="),
                                       QStringLiteral(">"), QStringLiteral(">=")};
        const QueryTerm &term = node.term;
        QString text = QLatin1String(queryFieldInfo(term.field).name)
            + signs.at(static_cast<int>(term.op)) + term.texts.join(QLatin1Char('|'));
        if (term.span)
            text += QStringLiteral("%1h").arg(*term.span / 3'600'000);
        if (term.number)
            text += QString::number(*term.number);
        if (term.moment)
            text += term.moment->isRelative
                ? QStringLiteral("day%1").arg(term.moment->dayOffset)
                : QDateTime::fromMSecsSinceEpoch(term.moment->from, QTimeZone::utc())
                      .toString(QStringLiteral("yyyyMMdd"));
        for (const QueryWord word : term.words) {
            for (const QueryWordInfo &info : queryWords()) {
                if (info.word == word)
                    text += QLatin1String(info.name);
            }
        }
        return text;
    }
    default:
        break;
    }
    QString text = node.kind == QueryNode::Kind::And ? QStringLiteral("(and")
        : node.kind == QueryNode::Kind::Or           ? QStringLiteral("(or")
                                                     : QStringLiteral("(not");
    for (const QueryNode &child : node.children)
        text += QLatin1Char(' ') + shape(child);
    return text + QLatin1Char(')');
}

} // namespace

class TstQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("", "all");
        row("   ", "all");
        row("\"\"", "all");
        row("www", ":www");
        row("WWW Mail", "(and :www :mail)");
        row("www mail or ftp", "(or (and :www :mail) :ftp)");
        row("www | ftp || mail", "(or :www :ftp :mail)");
        row("www and mail & ftp", "(and :www :mail :ftp)");
        row("www OR ftp AND mail", "(or :www (and :ftp :mail))");
        row("(a or b) c", "(and (or :a :b) :c)");
        row("((a))", ":a");
        row("-a", "(not :a)");
        row("!a", "(not :a)");
        row("not a", "(not :a)");
        row("not not a", "(not (not :a))");
        row("-(a b)", "(not (and :a :b))");
        row("a-b", ":a-b");
        row("a - b", "(and :a :- :b)");
        row("oracle android notice", "(and :oracle :android :notice)");
        row("\"not\" \"or\" \"a b\"", "(and :not :or :a b)");
        row("\"say \\\"hi\\\" \\\\ \\n\"", ":say \"hi\" \\ \\n");
        row("\"open end", ":open end");
        row("name:*.example.com", "name:*.example.com");
        row("NAME:Example.COM", "name:example.com");
        row("names:a dns:b san:c host:d domain:e", "(and name:a name:b name:c name:d name:e)");
        row("name=example.com", "name=example.com");
        row("name==example.com", "name=example.com");
        row("name!=example.com", "(not name=example.com)");
        row("name:!=example.com", "(not name=example.com)");
        row("-name:a", "(not name:a)");
        row("issuer:\"Let's Encrypt\"", "issuer:let's encrypt");
        row("issuer: acme", "issuer:acme");
        row("issuer : acme", "issuer:acme");
        row("issuer", ":issuer");
        row("issuer acme", "(and :issuer :acme)");
        row("tag:prod,web", "(or tag:prod tag:web)");
        row("tag:prod, web", "(or tag:prod tag:web)");
        row("tag:\"a, b\",c", "(or tag:a, b tag:c)");
        row("tag!=prod,web", "(not (or tag=prod tag=web))");
        row("(tag:a)", "tag:a");
        row("owner:\"\"", "owner=");
        row("expires<30d", "expires<720h");
        row("expires < 30d", "expires<720h");
        row("expires<=30", "expires<=720h");
        row("expires:<30d", "expires<720h");
        row("expires>=2w", "expires>=336h");
        row("expires:12h", "expires:12h");
        row("expires<3m", "expires<2160h");
        row("expires<1.5y", "expires<13140h");
        row("expires<-3d", "expires<-72h");
        row("expires:\"30 days\"", "expires:720h");
        row("expires<2026-12-31", "expires<20261231");
        row("expires<2026/12/31", "expires<20261231");
        row("expires:2026-12", "expires:20261201");
        row("expires=2026", "expires=20260101");
        row("expires<2500", "expires<60000h");
        row("expires:today", "expires:day0");
        row("expires<=tomorrow", "expires<=day1");
        row("issued>yesterday", "issued>day-1");
        row("valid<7d age<7d notBefore<7d not-before<7d",
            "(and issued<168h issued<168h issued<168h issued<168h)");
        row("added<1w", "added<168h");
        row("lifetime>200d", "lifetime>4800h");
        row("key:rsa", "key:rsa");
        row("key:\"EC P-256\"", "key:ecp256");
        row("key:ec256 key:ecdsa key:RSA-2048", "(and key:ecp256 key:ec key:rsa2048)");
        row("key<2048", "key<2048");
        row("key=2048", "key=2048");
        row("key:2048", "key:2048");
        row("sig:SHA-1", "sig:sha1");
        row("names>50", "count>50");
        row("count=1", "count=1");
        row("failed>0", "failed>0");
        row("is:expired", "is:expired");
        row("is:act_now urgency:act-now", "(and is:actnow is:actnow)");
        row("is:expired,revoked", "(or is:expired is:revoked)");
        row("has:key", "has:key");
        row("serial:04:8F:2A", "serial:048f2a");
        row("serial:0x048f", "serial:048f");
        row("serial:\"04 8f 2a\"", "serial:048f2a");
        row("sha256:9F86*", "sha256:9f86*");
        row("same:9f86d081", "same:9f86d081");
        row("zone:*.example.com.", "zone:example.com");
        row("covers:*.example.com", "covers:*.example.com");
        // What cannot be a field is a plain word.
        row("04:8f:2a:bb", ":04:8f:2a:bb");
        row("ca:fe:12:34", ":ca:fe:12:34");
        row("ab:cd", ":ab:cd");
        row("2001:db8::1", ":2001:db8::1");
        row("::1", ":::1");
        row("www.example.com:443", ":www.example.com");
        row("https://www.example.com/path?x=1#y", ":www.example.com");
        row("https://www.example.com:8443/", ":www.example.com");
        row("www.example.com.", ":www.example.com");
        row("admin@example.com", ":admin@example.com");
        row("münchen.DE", ":münchen.de");
        row("1:2", ":1:2");
        row(":x", "::x");
        row("=", ":=");
        row("*", ":*");
    }
    void reads()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const Result<Query> query = Query::parse(text);
        QVERIFY2(query, query ? "" : qPrintable(query.error().detail));
        QCOMPARE(shape(query->root()), expected);
        QCOMPARE(query->text(), text);
        QCOMPARE(query->isEmpty(), expected == QLatin1String("all"));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("words"); // of detail and advice
        QTest::addColumn<QString>("replacement");
        QTest::addColumn<bool>("incomplete");
        const auto row = [](const char *text, int position, int length, const char *words,
                            const char *replacement = "", bool incomplete = false) {
            QTest::newRow(text) << QString::fromUtf8(text) << position << length
                                << QString::fromUtf8(words) << QString::fromUtf8(replacement)
                                << incomplete;
        };
        row("isuer:acme", 0, 5, "Did you mean \"issuer\"", "issuer");
        row("www isseur:acme", 4, 6, "no field \"isseur\"", "issuer");
        row("exp:3", 0, 3, "Did you mean \"expires\"", "expires");
        row("tga:prod", 0, 3, "Did you mean \"tag\"", "tag");
        row("xyzzy:1", 0, 5, "Fields are name");
        row("a<b", 0, 1, "no field \"a\"");
        row("issuer:", 7, 0, "needs a value", "", true);
        row("issuer: ", 8, 0, "needs a value", "", true);
        row("expires<", 8, 0, "needs a value", "", true);
        row("tag:,", 0, 4, "needs a value");
        row("tag:)", 0, 4, "needs a value");
        row("(a", 2, 0, "closing parenthesis", "", true);
        row("(", 1, 0, "missing", "", true);
        row("a)", 1, 1, "closes nothing");
        row(")", 0, 1, "missing before");
        row("()", 0, 2, "nothing in the parentheses");
        row("a or", 4, 0, "missing at the end", "", true);
        row("or a", 0, 1, "missing before");
        row("a or or b", 5, 1, "missing before");
        row("and a", 0, 3, "missing before");
        row("a and", 5, 0, "missing at the end", "", true);
        row("not", 3, 0, "missing at the end", "", true);
        row("expires<soonish", 8, 7, "not a length of time");
        row("expires<30q", 8, 3, "not a unit");
        row("expires<31.12.2026", 8, 10, "2026-12-31");
        row("expires<2026-13-01", 8, 10, "no day");
        row("expires<2026-02-30", 8, 10, "no day");
        row("expires<99999999y", 8, 9, "too long");
        row("count:many", 6, 4, "not a number");
        row("key<big", 4, 3, "not a number");
        row("owner<x", 0, 6, "cannot be compared");
        row("is<expired", 0, 3, "cannot be compared");
        row("is:expird", 3, 6, "Did you mean \"is:expired\"", "expired");
        row("is:note", 3, 4, "Did you mean \"has:note\"");
        row("has:expired", 4, 7, "Did you mean \"is:expired\"");
        row("is:zzzzzzzz", 3, 8, "There are expired");
        row("serial:xyz", 7, 3, "hex");
        row("sha256:\"no hex\"", 7, 8, "hex");
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(int, position);
        QFETCH(int, length);
        QFETCH(QString, words);
        QFETCH(QString, replacement);
        QFETCH(bool, incomplete);
        const Result<Query> query = Query::parse(text);
        QVERIFY(!query);
        const Error &error = query.error();
        QCOMPARE(error.kind, Error::Kind::BadRequest);
        QCOMPARE(error.evidence.value(QLatin1String("position")).toInt(), position);
        QCOMPARE(error.evidence.value(QLatin1String("length")).toInt(), length);
        QCOMPARE(error.evidence.value(QLatin1String("replacement")).toString(), replacement);
        QCOMPARE(error.evidence.value(QLatin1String("incomplete")).toBool(), incomplete);
        const QString said = error.detail + QLatin1Char(' ') + error.advice;
        QVERIFY2(said.contains(words), qPrintable(said));
    }

    void bounded()
    {
        QVERIFY(Query::parse(QString(Query::longestText, QLatin1Char('a'))));
        QVERIFY(!Query::parse(QString(Query::longestText + 1, QLatin1Char('a'))));
        QVERIFY(Query::parse(QString(40, QLatin1Char('(')) + QLatin1Char('a')
                             + QString(40, QLatin1Char(')'))));
        QVERIFY(!Query::parse(QString(2000, QLatin1Char('('))));
        QVERIFY(!Query::parse(QString(2000, QLatin1Char('-')) + QLatin1Char('a')));
        QVERIFY(!Query::parse(QStringLiteral("a ").repeated(1000)));
    }

    void anyTextIsAnsweredAndFaultsLieWithinIt()
    {
        static const QStringList pieces{
            QStringLiteral("name"), QStringLiteral("expires"),  QStringLiteral(":"),
            QStringLiteral("<"),    QStringLiteral("="),        QStringLiteral("!"),
            QStringLiteral("\""),   QStringLiteral("\\"),       QStringLiteral("("),
            QStringLiteral(")"),    QStringLiteral(" "),        QStringLiteral(","),
            QStringLiteral("or"),   QStringLiteral("not"),      QStringLiteral("-"),
            QStringLiteral("|"),    QStringLiteral("30d"),      QStringLiteral("2026-12-31"),
            QStringLiteral("*"),    QStringLiteral("is"),       QStringLiteral("key"),
            QStringLiteral("::"),   QStringLiteral("://"),      QString(QChar::Null),
            QString(QChar(0xD800)), QStringLiteral("ü"),        QStringLiteral("\n"),
            QStringLiteral("&"),    QStringLiteral("ab:cd:ef"), QString(QChar(0x202E))};
        QRandomGenerator random(20261125);
        for (int round = 0; round < 20000; ++round) {
            QString text;
            const int length = random.bounded(12);
            for (int i = 0; i < length; ++i) {
                text += random.bounded(8) == 0
                    ? QString(QChar(static_cast<char16_t>(random.bounded(0x10000))))
                    : pieces.at(random.bounded(static_cast<int>(pieces.size())));
            }
            const Result<Query> query = Query::parse(text);
            if (query)
                continue;
            const Error &error = query.error();
            const int position = error.evidence.value(QLatin1String("position")).toInt(-1);
            const int span = error.evidence.value(QLatin1String("length")).toInt(-1);
            QVERIFY2(
                position >= 0 && span >= 0 && position + span <= text.size(),
                qPrintable(QStringLiteral("%1+%2 of \"%3\"").arg(position).arg(span).arg(text)));
            QVERIFY(!error.detail.isEmpty());
        }
    }

    void replacementsMakeItRight()
    {
        QString text = QStringLiteral("isuer:acme is:expird");
        for (int i = 0; i < 2; ++i) {
            const Result<Query> query = Query::parse(text);
            QVERIFY(!query);
            const QJsonObject &evidence = query.error().evidence;
            text.replace(evidence.value(QLatin1String("position")).toInt(),
                         evidence.value(QLatin1String("length")).toInt(),
                         evidence.value(QLatin1String("replacement")).toString());
        }
        QCOMPARE(text, QStringLiteral("issuer:acme is:expired"));
        QVERIFY(Query::parse(text));
    }

    void knowsWhatItIsAbout()
    {
        QVERIFY(
            Query::parse(QStringLiteral("www -(is:trashed or a)"))->mentions(QueryWord::Trashed));
        QVERIFY(!Query::parse(QStringLiteral("www is:expired"))->mentions(QueryWord::Trashed));
    }

    void quotesWhatMustBe_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("plain") << QStringLiteral("prod");
        QTest::newRow("blank") << QStringLiteral("Let's Encrypt");
        QTest::newRow("quotation") << QStringLiteral("a \"b\" \\ c");
        QTest::newRow("comma") << QStringLiteral("a,b");
        QTest::newRow("star") << QStringLiteral("*");
        QTest::newRow("parenthesis") << QStringLiteral("(x)");
        QTest::newRow("letters") << QStringLiteral("müller");
    }
    void quotesWhatMustBe()
    {
        QFETCH(QString, value);
        const Result<Query> query = Query::parse(QStringLiteral("owner:") + queryQuoted(value));
        QVERIFY(query);
        QCOMPARE(query->root().kind, QueryNode::Kind::Term);
        QCOMPARE(query->root().term.texts, QStringList{value.toLower()});
        QVERIFY(query->root().term.isQuoted);
    }

    void everyFieldIsExplainedAndItsExampleWorks()
    {
        const QString help = queryHelp();
        QStringList names;
        for (const QueryFieldInfo &info : queryFields()) {
            const QString name = QString::fromLatin1(info.name);
            QVERIFY(help.contains(QStringLiteral("\n  ") + name));
            QVERIFY2(Query::parse(QString::fromUtf8(info.example)), info.example);
            const QStringList own = QStringList{name}
                + QString::fromLatin1(info.aliases).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            for (const QString &alias : own) {
                QVERIFY2(!names.contains(alias), qPrintable(alias));
                names.append(alias);
                QCOMPARE(queryFieldFromName(alias), &info);
            }
        }
        for (const QueryWordInfo &info : queryWords()) {
            QVERIFY(help.contains(QStringLiteral("\n  ") + QLatin1String(info.name)));
            QCOMPARE(queryWordFromName(info.field, QLatin1String(info.name)), info.word);
        }
    }
};

QTEST_GUILESS_MAIN(TstQuery)
#include "tst_query.moc"
