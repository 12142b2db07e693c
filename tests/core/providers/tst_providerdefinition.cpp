// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/ProviderCatalog.h"
#include "core/providers/ProviderDefinition.h"
#include "tests/support/FakeResolver.h"
#include "tests/support/RecordedTransport.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace sealbook;

// What a definition must not be: each row breaks one that is right.
class TestProviderDefinition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void survivesEveryCut();
    void leavesOutWhatIsWrong();
    void asksForWhatIsRequired();
    void refusesAnAddressInTheClear_data();
    void refusesAnAddressInTheClear();
    void B34_recognizesTokens();

private:
    static QJsonObject good(const char *code = "cloudflare");
};

QJsonObject TestProviderDefinition::good(const char *code)
{
    // The catalog makes sure that the resource is loaded.
    const ProviderCatalog catalog;
    QFile file(QStringLiteral(":/providers/%1.json").arg(QString::fromLatin1(code)));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    return isOpen ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void TestProviderDefinition::refuses_data()
{
    QTest::addColumn<QString>("key"); // a/b: member b of a
    QTest::addColumn<QJsonValue>("value"); // undefined = take away
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *key, const QJsonValue &value,
                        const char *says) {
        QTest::newRow(name) << QString::fromLatin1(key) << value << QString::fromLatin1(says);
    };
    const QJsonValue none(QJsonValue::Undefined);
    const auto text = [](const char *what) { return QJsonValue(QString::fromLatin1(what)); };
    row("R11 no recipe", "least_privilege", none, "least_privilege");
    row("R11 an empty recipe", "least_privilege", QJsonArray(), "least_privilege");
    row("an unknown key", "colour", text("red"), "\"colour\" is not a key");
    row("an unknown key inside", "auth/colour", text("red"), "auth: \"colour\" is not a key");
    row("no name", "name", none, "\"name\" is missing");
    row("no evidence", "evidence", none, "\"evidence\" is missing");
    row("strange evidence", "evidence", text("hearsay"), "vendor-doc");
    row("plain http", "base_url", text("http://api.cloudflare.com"), "not https");
    row("a foreign host", "base_url", text("https://evil.example"), "not among \"hosts\"");
    row("user information", "base_url", text("https://u:p@api.cloudflare.com"), "user information");
    row("documentation in the clear", "documentation", text("http://x.example"), "https");
    row("a strange kind of auth", "auth/kind", text("magic"), "bearer");
    row("auth by a field that is none", "auth/secret", text("nothing"), "no secret field");
    row("an unknown way to write", "writes", text("zone"), "record, set");
    row("no way to add", "add", none, "\"add\" or \"remove\" is missing");
    row("a number for a text", "name", 7, "is not a text");
    row("R32 writes another type", "add",
        QJsonDocument::fromJson(R"([{"method":"POST","path":"/z/{zone_id}",
            "json":{"type":"NS","name":"{fqdn}","content":"{value}"}}])")
            .array(),
        "does not say TXT");
    row("R32 writes anywhere", "add",
        QJsonDocument::fromJson(R"([{"method":"POST","path":"/z/{zone_id}",
            "json":{"type":"TXT","name":"www","content":"{value}"}}])")
            .array(),
        "does not say TXT and the record's name");
    row("a name that nothing gives", "add",
        QJsonDocument::fromJson(R"([{"method":"POST","path":"/z/{zone_id}/{oops}",
            "json":{"type":"TXT","name":"{fqdn}"}}])")
            .array(),
        "{oops} is asked for");
    row("a secret in a template", "add",
        QJsonDocument::fromJson(R"([{"method":"POST","path":"/z/{cred.token}",
            "json":{"type":"TXT","name":"{fqdn}"}}])")
            .array(),
        "{cred.token} is asked for");
    row("a strange method", "add",
        QJsonDocument::fromJson(R"([{"method":"PURGE","path":"/z",
            "json":{"type":"TXT","name":"{fqdn}"}}])")
            .array(),
        "PURGE");
    row("a path without a slash", "add",
        QJsonDocument::fromJson(R"([{"method":"POST","path":".evil.example/",
            "json":{"type":"TXT","name":"{fqdn}"}}])")
            .array(),
        "does not start with");
    row("two bodies", "add",
        QJsonDocument::fromJson(R"([{"method":"POST","path":"/z","form":{"a":"b"},
            "json":{"type":"TXT","name":"{fqdn}"}}])")
            .array(),
        "more than one body");
}

void TestProviderDefinition::refuses()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QFETCH(QString, says);
    QJsonObject definition = good();
    QVERIFY(ProviderDefinition::read(QJsonDocument(definition).toJson()));
    const QStringList path = key.split(QLatin1Char('/'));
    if (path.size() == 2) {
        QJsonObject inner = definition.value(path.first()).toObject();
        inner.insert(path.last(), value);
        definition.insert(path.first(), inner);
    } else {
        definition.insert(key, value);
    }
    const auto read = ProviderDefinition::read(QJsonDocument(definition).toJson());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Corrupt);
    QVERIFY2(read.error().detail.contains(says), qPrintable(read.error().detail));
}

void TestProviderDefinition::survivesEveryCut()
{
    const QByteArray whole = QJsonDocument(good("route53")).toJson(QJsonDocument::Compact);
    for (qsizetype size = 0; size < whole.size(); size += 7)
        QVERIFY(!ProviderDefinition::read(whole.left(size)));
    for (const char *strange : {"[]", "null", "{}", "{\"fields\":7}", "{\"add\":[[]]}"})
        QVERIFY(!ProviderDefinition::read(strange));
}

void TestProviderDefinition::leavesOutWhatIsWrong()
{
    QTemporaryDir dir;
    const auto write = [&dir](const char *name, const QByteArray &bytes) {
        QFile file(dir.filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    const QByteArray whole = QJsonDocument(good()).toJson();
    QVERIFY(write("cloudflare.json", whole));
    QVERIFY(write("other.json", whole)); // named like another code
    QVERIFY(write("broken.json", whole.left(100)));
    const ProviderCatalog catalog(dir.path());
    QCOMPARE(int(catalog.faults().size()), 2);
    QVERIFY(catalog.summary(QStringLiteral("cloudflare")));
    QVERIFY(!catalog.summary(QStringLiteral("other")));
}

void TestProviderDefinition::asksForWhatIsRequired()
{
    const ProviderCatalog catalog;
    RecordedTransport transport;
    FakeResolver resolver;
    for (const char *code : {"cloudflare", "powerdns", "route53", "rfc2136"}) {
        const auto made = catalog.make(QString::fromLatin1(code), {}, {}, transport, resolver);
        QVERIFY2(!made, code);
        QCOMPARE(made.error().kind, Error::Kind::BadRequest);
    }
    const auto unknown = catalog.make(QStringLiteral("nobody"), {}, {}, transport, resolver);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
    QVERIFY(unknown.error().advice.contains(QStringLiteral("cloudflare")));
}

void TestProviderDefinition::refusesAnAddressInTheClear_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("https") << QStringLiteral("https://ns.example.org:8081") << true;
    QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:8081") << true;
    QTest::newRow("loopback 6") << QStringLiteral("http://[::1]:8081") << true;
    QTest::newRow("localhost") << QStringLiteral("http://localhost:8081") << true;
    QTest::newRow("http") << QStringLiteral("http://ns.example.org:8081") << false;
    QTest::newRow("private") << QStringLiteral("http://10.0.0.1:8081") << false;
    QTest::newRow("trick") << QStringLiteral("http://localhost.example.org") << false;
    QTest::newRow("user") << QStringLiteral("https://me:pw@ns.example.org") << false;
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
    QTest::newRow("word") << QStringLiteral("ns.example.org") << false;
    QTest::newRow("query") << QStringLiteral("https://ns.example.org/?a=b") << false;
}

void TestProviderDefinition::refusesAnAddressInTheClear()
{
    QFETCH(QString, address);
    QFETCH(bool, isRight);
    const ProviderCatalog catalog;
    const QString problem =
        catalog.problem(QStringLiteral("powerdns"), QStringLiteral("api_url"), address);
    QVERIFY2(problem.isEmpty() == isRight, qPrintable(problem));
}

void TestProviderDefinition::B34_recognizesTokens()
{
    const ProviderCatalog catalog;
    const auto is = [&catalog](const char *token) {
        return catalog.recognize(Secret::take(QByteArray(token)).value());
    };
    QCOMPARE(is("dop_v1_0123"), QStringLiteral("digitalocean"));
    QCOMPARE(is("cfat_0123"), QStringLiteral("cloudflare"));
    QCOMPARE(is("dop_v"), QString());
    QCOMPARE(is("0123456789"), QString());
}

QTEST_GUILESS_MAIN(TestProviderDefinition)
#include "tst_providerdefinition.moc"
