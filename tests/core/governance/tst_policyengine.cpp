// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/PolicyEngine.h"

#include <QTest>

using namespace sealbook;

namespace {

enum Side { Real, Practice };

CaRecord ca(const char *kind)
{
    CaRecord record;
    record.name = QString::fromLatin1(kind);
    record.isPractice = record.name == QLatin1String("practice");
    record.builtIn =
        record.name == QLatin1String("built in") || record.name == QLatin1String("no wildcards");
    record.offersWildcards = record.name != QLatin1String("no wildcards");
    return record;
}

} // namespace

// The rules of a profile, one row each.
class TstPolicyEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data();
    void decides();
    void namesTheRuleAndWhatToDo();
};

void TstPolicyEngine::decides_data()
{
    QTest::addColumn<int>("profile");
    QTest::addColumn<QString>("ca");
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("kind"); // of the refusal; empty = allowed
    const auto row = [](const char *what, Side profile, const char *ca, const char *names,
                        const char *kind = "") {
        QTest::newRow(what) << static_cast<int>(profile) << QString::fromLatin1(ca)
                            << QString::fromLatin1(names) << QString::fromLatin1(kind);
    };
    row("an ordinary name", Real, "built in", "example.org www.example.org");
    row("a wildcard", Real, "built in", "*.example.org");
    row("NHI8 practice asks a real CA", Practice, "built in", "example.org", "PolicyDenied");
    row("NHI8 practice asks an added CA", Practice, "added", "www.practice.test", "PolicyDenied");
    row("NHI8 real asks the practice CA", Real, "practice", "www.practice.test", "PolicyDenied");
    row("practice among itself", Practice, "practice", "*.practice.test www.practice.test");
    row("no wildcards", Real, "no wildcards", "www.example.org");
    row("a wildcard where none are made", Real, "no wildcards", "a.example.org *.example.org",
        "BadRequest");
    row(".test at a public CA", Real, "built in", "www.practice.test", "BadRequest");
    row("a wildcard below .test at a public CA", Real, "built in", "*.practice.test", "BadRequest");
    row(".test in upper case", Real, "built in", "WWW.Practice.TEST", "BadRequest");
    row(".test at one's own CA", Real, "added", "www.practice.test");
    row("test inside a name", Real, "built in", "test.example.org www.nottest.example");
    row("no name at all", Real, "built in", "a..b", "BadRequest");
    row("one bad among good", Real, "built in", "example.org a_b.example.org", "BadRequest");
}

void TstPolicyEngine::decides()
{
    QFETCH(int, profile);
    QFETCH(QString, ca);
    QFETCH(QString, names);
    QFETCH(QString, kind);
    PolicyInput input;
    input.isPractice = profile == Practice;
    input.ca = ::ca(ca.toLatin1().constData());
    input.request.names = names.split(u' ');
    const auto decided = decide(input);
    QCOMPARE(decided ? QString() : kindName(decided.error().kind), kind);
}

void TstPolicyEngine::namesTheRuleAndWhatToDo()
{
    PolicyInput input;
    input.ca = ca("no wildcards");
    input.request.names = {QStringLiteral("*.example.org")};
    const auto decided = decide(input);
    QVERIFY(!decided);
    QVERIFY(decided.error().detail.contains(QStringLiteral("*.example.org")));
    QVERIFY(decided.error().detail.contains(input.ca.name));
    QVERIFY(!decided.error().advice.isEmpty());
}

QTEST_GUILESS_MAIN(TstPolicyEngine)
#include "tst_policyengine.moc"
