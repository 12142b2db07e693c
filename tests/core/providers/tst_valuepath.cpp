// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/Gate.h"
#include "core/providers/Redactor.h"
#include "core/providers/TxtValue.h"
#include "core/providers/ValuePath.h"
#include "core/providers/XmlDocument.h"
#include "tests/support/Await.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace sealbook;

// The small parts that the engine of the definitions is made of.
class TestValuePath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void selects_data();
    void selects();
    void refusesWhatIsNoPath_data();
    void refusesWhatIsNoPath();
    void B79_comparesTxtByValue_data();
    void B79_comparesTxtByValue();
    void quotesLongValuesInStrings();
    void fillsTemplates();
    void pastesNothingIntoJson();
    void encodesValuesInPaths();
    void readsXmlLikeJson();
    void refusesHostileXml_data();
    void refusesHostileXml();
    void writesXmlInOrder();
    void cutsSecretsOut();
    void letsOneThroughAtATime();
    void forgetsWhoGaveUpWaiting();
};

void TestValuePath::selects_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *path, const char *found) {
        QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(found);
    };
    row("/ok", "true");
    row("/zones/*/name", "a.org; b.org.");
    row("/zones/name", "a.org; b.org.");
    row("/zones/1/name", "b.org.");
    row("/zones/9/name", "");
    row("/zones[name=B.ORG]/id", "2");
    row("/zones[name=b.org.,id=2]/name", "b.org.");
    row("/zones[kind/private=false]/id", "1");
    row("/zones[name={zone}]/id", "1");
    row("[ok=true]/zones/id", "1; 2");
    row("[ok=false]/zones/id", "");
    row("/none", "");
    row("/none/deeper/*", "");
    row("/empty", "");
}

void TestValuePath::selects()
{
    QFETCH(QString, path);
    QFETCH(QString, found);
    const QJsonObject document = QJsonDocument::fromJson(R"({"ok":true,"empty":null,"zones":[
            {"id":1,"name":"a.org","kind":{"private":false}},
            {"id":"2","name":"b.org.","kind":{"private":true}}]})")
                                     .object();
    TemplateVariables variables;
    variables.values.insert(QStringLiteral("zone"), QStringLiteral("A.org."));
    const auto parsed = ValuePath::parse(path);
    QVERIFY(parsed);
    QCOMPARE(parsed->text(document, variables), found);
}

void TestValuePath::refusesWhatIsNoPath_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"name", "/a[b=c", "/a[b]", "/a[=c]", "/a]b[", "/a[b=c]d"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

void TestValuePath::refusesWhatIsNoPath()
{
    QFETCH(QString, path);
    QVERIFY(!ValuePath::parse(path));
}

void TestValuePath::B79_comparesTxtByValue_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *given, const char *value) {
        QTest::newRow(given) << QString::fromUtf8(given) << QString::fromUtf8(value);
    };
    row("abc", "abc");
    row("\"abc\"", "abc");
    row("  \"abc\" ", "abc");
    row("\"ab\" \"c\"", "abc");
    row("\"a\\\"b\"", "a\"b");
    row("\"a\\\\b\"", "a\\b");
    row("\"a\\059b\"", "a;b");
    row("\"\"", "");
    row("\"", "\"");
    row("a \"b\" c", "a \"b\" c");
    row("\"\\195\\164\"", "\xc3\xa4");
}

void TestValuePath::B79_comparesTxtByValue()
{
    QFETCH(QString, given);
    QFETCH(QString, value);
    QCOMPARE(plainTxt(given), value);
    if (!value.startsWith(QLatin1Char('"')))
        QCOMPARE(plainTxt(quotedTxt(value)), value);
}

void TestValuePath::quotesLongValuesInStrings()
{
    const QString value(300, QLatin1Char('x'));
    QCOMPARE(quotedTxt(value).count(QLatin1Char('"')), 4);
    QCOMPARE(plainTxt(quotedTxt(value)), value);
    QCOMPARE(quotedTxt(QString()), QStringLiteral("\"\""));
}

void TestValuePath::fillsTemplates()
{
    TemplateVariables variables;
    variables.values = {{QStringLiteral("id"), 28448433},
                        {QStringLiteral("big"), qint64(9007199254740993)},
                        {QStringLiteral("text"), QStringLiteral("t")}};
    TemplateVariables::Item item{{QStringLiteral("value"), QStringLiteral("v1")}};
    TemplateVariables::Item other{{QStringLiteral("value"), QStringLiteral("v2")}};
    variables.lists.insert(QStringLiteral("values"), {item, other});
    const QJsonObject body = QJsonDocument::fromJson(R"({"id":"{id}","in":"<{id}>",
        "alternative":"{none|text}","list":[{"each":"values","as":{"v":"{value}"}}]})")
                                 .object();
    const auto filled = expandJson(body, variables);
    QVERIFY(filled);
    QCOMPARE(QJsonDocument(filled->toObject()).toJson(QJsonDocument::Compact),
             QByteArray(R"({"alternative":"t","id":28448433,"in":"<28448433>",)"
                        R"("list":[{"v":"v1"},{"v":"v2"}]})"));
    QCOMPARE(expandText(QStringLiteral("/x/{big}"), variables).value(),
             QStringLiteral("/x/9007199254740993"));
    QVERIFY(!expandText(QStringLiteral("{none}"), variables));
}

void TestValuePath::pastesNothingIntoJson()
{
    TemplateVariables variables;
    variables.values.insert(QStringLiteral("value"), QStringLiteral("\",\"type\":\"NS"));
    const auto filled =
        expandJson(QJsonObject{{QStringLiteral("a"), QStringLiteral("x{value}")}}, variables);
    QVERIFY(filled);
    QCOMPARE(filled->toObject().keys(), QStringList(QStringLiteral("a")));
    // A value that looks like a template is not filled in again.
    variables.values.insert(QStringLiteral("value"), QStringLiteral("{other}"));
    QCOMPARE(expandText(QStringLiteral("<{value}>"), variables).value(),
             QStringLiteral("<{other}>"));
}

void TestValuePath::encodesValuesInPaths()
{
    TemplateVariables variables;
    variables.values.insert(QStringLiteral("v"), QStringLiteral("../a?b#c/@"));
    QCOMPARE(expandText(QStringLiteral("/x/{v}"), variables, TemplateEncoding::Path).value(),
             QStringLiteral("/x/..%2Fa%3Fb%23c%2F@"));
}

void TestValuePath::readsXmlLikeJson()
{
    const auto xml = readXml(R"(<?xml version="1.0"?><R xmlns="urn:x"><Z><N>a</N></Z><Z>
        <N kind="k">b &amp; c</N></Z></R>)");
    QVERIFY(xml);
    QCOMPARE(ValuePath::parse(QStringLiteral("/R/Z/N"))->select(*xml, {}).size(), std::size_t(2));
    QCOMPARE(ValuePath::parse(QStringLiteral("/R/Z[N=a]/N"))->text(*xml, {}), QStringLiteral("a"));
}

void TestValuePath::refusesHostileXml_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray("<a><b>");
    QTest::newRow("not XML") << QByteArray("{\"a\":1}");
    QTest::newRow("DTD") << QByteArray("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    QTest::newRow("deep") << QByteArray("<a>").repeated(5000) + QByteArray("</a>").repeated(5000);
    QTest::newRow("entity") << QByteArray("<a>&none;</a>");
}

void TestValuePath::refusesHostileXml()
{
    QFETCH(QByteArray, xml);
    const auto read = readXml(xml);
    QVERIFY(!read || read->toObject().isEmpty());
}

void TestValuePath::writesXmlInOrder()
{
    const QJsonArray element{QStringLiteral("B"),
                             QJsonObject{{QStringLiteral("x"), QStringLiteral("1\"")}},
                             QJsonArray{QStringLiteral("Z"), QStringLiteral("<&>")},
                             QJsonArray{QStringLiteral("A"), 60}};
    QCOMPARE(writeXml(element).value(),
             QByteArray("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                        "<B x=\"1&quot;\"><Z>&lt;&amp;&gt;</Z><A>60</A></B>"));
    QVERIFY(!writeXml(QJsonObject()));
    QVERIFY(!writeXml(QJsonArray{1}));
}

void TestValuePath::cutsSecretsOut()
{
    std::map<QString, Secret> secrets;
    secrets.emplace(QStringLiteral("t"), Secret::take(QByteArray("tok+en/1")).value());
    const Redactor redactor(secrets);
    for (const char *form : {"tok+en/1", "tok%2Ben%2F1", "dG9rK2VuLzE=", "dG9rK2VuLzE"}) {
        const QString cleaned = redactor.clean(QByteArray("before ") + form + " after");
        QVERIFY2(cleaned.contains(QStringLiteral("before [secret]")), qPrintable(cleaned));
    }
    QCOMPARE(redactor.clean("a\x1b[31m\nb"), QStringLiteral("a [31m b"));
    QVERIFY(redactor.clean(QByteArray(9000, 'x')).size() <= 501);
}

void TestValuePath::letsOneThroughAtATime()
{
    Gate gate;
    const QString what = QStringLiteral("test");
    auto first = await(gate.enter(what, {}));
    QVERIFY(first);
    bool entered = false;
    Task<Gate::Pass> second = gate.enter(what, {});
    second.then([&entered](Result<Gate::Pass> pass) { entered = pass.has_value(); });
    QTest::qWait(20);
    QVERIFY(!entered);
    *first = Gate::Pass();
    QTRY_VERIFY(entered);
    QVERIFY(await(gate.enter(what, {})));
}

void TestValuePath::forgetsWhoGaveUpWaiting()
{
    Gate gate;
    const QString what = QStringLiteral("test");
    std::stop_source source;
    {
        const auto first = await(gate.enter(what, {}));
        QVERIFY(first);
        QTimer::singleShot(10, this, [&source] { source.request_stop(); });
        const auto second = await(gate.enter(what, source.get_token()));
        QVERIFY(!second);
        QCOMPARE(second.error().kind, Error::Kind::Cancelled);
    }
    QVERIFY(await(gate.enter(what, {})));
}

QTEST_GUILESS_MAIN(TestValuePath)
#include "tst_valuepath.moc"
