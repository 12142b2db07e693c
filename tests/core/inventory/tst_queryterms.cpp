// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/QueryTerms.h"

#include <QTest>

using namespace sealbook;

class TstQueryTerms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsWhereAllHasToHold_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("terms");
        const auto row = [](const char *text, std::initializer_list<const char *> terms) {
            QStringList list;
            for (const char *term : terms)
                list << QString::fromUtf8(term);
            QTest::newRow(text) << QString::fromUtf8(text) << list;
        };
        row("", {});
        row("  shop ", {"shop"});
        row("tag:prod not is:retired shop", {"tag:prod", "not is:retired", "shop"});
        row("tag:prod and -tag:web", {"tag:prod", "-tag:web"});
        row("issuer:\"Let's Encrypt\" expires < 30d",
            {"issuer:\"Let's Encrypt\"", "expires < 30d"});
        row("a or b", {"a or b"});
        row("tag:x (a or b) c", {"tag:x", "(a or b)", "c"});
        row("(a b) c", {"(a b)", "c"});
        row(" (a b)", {"(a b)"});
        row("((a or b) not c)", {"((a or b) not c)"});
        row("\"two words\"", {"\"two words\""});
    }
    void splitsWhereAllHasToHold()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, terms);
        const Result<Query> query = Query::parse(text);
        QVERIFY(query.has_value());
        QCOMPARE(queryTerms(*query), terms);
        const Result<Query> again = Query::parse(queryOfTerms(terms));
        QVERIFY(again.has_value());
        QCOMPARE(queryTerms(*again), terms);
    }

    void keepsAnOrTogether()
    {
        const QString joined =
            queryOfTerms({QStringLiteral("tag:prod"), QStringLiteral("(a) or (b)")});
        QCOMPARE(joined, QStringLiteral("tag:prod ((a) or (b))"));
        // One that stands in parentheses already gets no second pair.
        QCOMPARE(queryOfTerms({QStringLiteral("x"), QStringLiteral("(a or b)")}),
                 QStringLiteral("x (a or b)"));
    }

    void knowsWhatAPartIsAbout()
    {
        QCOMPARE(queryFieldOfTerm(QStringLiteral("expires<30d")), QueryField::Expires);
        QCOMPARE(queryFieldOfTerm(QStringLiteral("not is:retired")), QueryField::Is);
        QCOMPARE(queryFieldOfTerm(QStringLiteral("shop")), QueryField::Any);
        QVERIFY(!queryFieldOfTerm(QStringLiteral("(tag:a or tag:b)")));
        QVERIFY(!queryFieldOfTerm(QStringLiteral("isuer:x")));
    }

    void replacesWhatWasAskedOfOneField()
    {
        const Query query =
            *Query::parse(QStringLiteral("tag:prod expires>=2026-11-23 expires<2026-11-30 shop"));
        QCOMPARE(queryWithTerm(query, QueryField::Expires, QStringLiteral("expires<7d")),
                 QStringLiteral("tag:prod shop expires<7d"));
        QCOMPARE(queryWithTerm(query, QueryField::Expires, QString()),
                 QStringLiteral("tag:prod shop"));
    }
};

QTEST_GUILESS_MAIN(TstQueryTerms)
#include "tst_queryterms.moc"
