// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/ProviderCatalog.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeResolver.h"
#include "tests/support/RecordedTransport.h"

#include <QDir>
#include <QFile>

using namespace sealbook;

// Every definition of resources/providers against its recording: tests/providers/<code>.json. A new
// provider needs no code here, but it does need a recording with an error in it.
class TestProviders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDefinitionIsRight();
    void everyDefinitionHasARecording_data() { definitions(); }
    void everyDefinitionHasARecording();
    void R11_everyRecipeNamesTheZone_data() { definitions(); }
    void R11_everyRecipeNamesTheZone();
    void R32_everyWriteIsTxtAtTheName_data() { scenarios(); }
    void R32_everyWriteIsTxtAtTheName();
    void playsItsRecording_data() { scenarios(); }
    void playsItsRecording();
    void R32_refusesANameOutsideTheZone_data() { definitions(); }
    void R32_refusesANameOutsideTheZone();

private:
    static QStringList codes();
    static void definitions();
    static void scenarios();
    static QJsonObject recording(const QString &code);
    static Result<std::unique_ptr<DnsProvider>> make(const ProviderCatalog &catalog,
                                                     const QString &code, HttpTransport &transport,
                                                     Resolver &resolver);
    static TxtRecord record(const QJsonObject &recording, const QJsonObject &scenario);
    static void checkError(const Error &error, const QJsonObject &expected);
};

namespace {

QJsonValue at(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key));
}

DnsName name(const QString &text)
{
    return DnsName::fromText(text).value();
}

} // namespace

QStringList TestProviders::codes()
{
    QStringList codes;
    const QStringList files =
        QDir(QStringLiteral(DEFINITIONS)).entryList({QStringLiteral("*.json")});
    for (const QString &file : files)
        codes.append(file.chopped(5));
    return codes;
}

void TestProviders::definitions()
{
    QTest::addColumn<QString>("code");
    const QStringList all = codes();
    for (const QString &code : all)
        QTest::newRow(qPrintable(code)) << code;
}

void TestProviders::scenarios()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QJsonObject>("scenario");
    const QStringList all = codes();
    for (const QString &code : all) {
        const QJsonArray scenarios = at(recording(code), "scenarios").toArray();
        for (const QJsonValue &scenario : scenarios)
            QTest::newRow(
                qPrintable(code + QLatin1String(": ") + at(scenario.toObject(), "name").toString()))
                << code << scenario.toObject();
    }
}

QJsonObject TestProviders::recording(const QString &code)
{
    QFile file(QStringLiteral(RECORDINGS "/") + code + QStringLiteral(".json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

Result<std::unique_ptr<DnsProvider>> TestProviders::make(const ProviderCatalog &catalog,
                                                         const QString &code,
                                                         HttpTransport &transport,
                                                         Resolver &resolver)
{
    const QJsonObject all = recording(code);
    QMap<QString, QString> fields;
    const QJsonObject given = at(all, "fields").toObject();
    for (auto it = given.begin(); it != given.end(); ++it)
        fields.insert(it.key(), it.value().toString());
    std::map<QString, Secret> secrets;
    const QJsonObject hidden = at(all, "secrets").toObject();
    for (auto it = hidden.begin(); it != hidden.end(); ++it)
        secrets.emplace(it.key(), Secret::take(it.value().toString().toUtf8()).value());
    return catalog.make(code, fields, std::move(secrets), transport, resolver);
}

TxtRecord TestProviders::record(const QJsonObject &recording, const QJsonObject &scenario)
{
    return {name(at(recording, "zone").toString()), name(at(recording, "record").toString()),
            at(recording, "value").toString(), at(scenario, "ttl").toInt(60)};
}

void TestProviders::checkError(const Error &error, const QJsonObject &expected)
{
    QCOMPARE(kindName(error.kind), at(expected, "error").toString());
    const QString everything = describe(error)
        + QString::fromUtf8(QJsonDocument(toJson(error)).toJson(QJsonDocument::Compact));
    QVERIFY2(error.detail.contains(at(expected, "says").toString()), qPrintable(error.detail));
    if (expected.contains(QLatin1String("hides")))
        QVERIFY2(!everything.contains(at(expected, "hides").toString()), qPrintable(everything));
    if (expected.contains(QLatin1String("retry_after")))
        QCOMPARE(int(error.retryAfter.value_or(std::chrono::seconds(-1)).count()),
                 at(expected, "retry_after").toInt());
}

void TestProviders::everyDefinitionIsRight()
{
    const ProviderCatalog catalog;
    for (const Error &fault : catalog.faults())
        qWarning().noquote() << fault.detail;
    QCOMPARE(int(catalog.faults().size()), 0);
    QCOMPARE(int(catalog.summaries().size()), int(codes().size()) + 2);
}

void TestProviders::everyDefinitionHasARecording()
{
    QFETCH(QString, code);
    const QJsonArray scenarios = at(recording(code), "scenarios").toArray();
    QStringList calls;
    int errors = 0;
    for (const QJsonValue &scenario : scenarios) {
        const QJsonObject object = scenario.toObject();
        calls.append(at(object, "call").toString());
        errors += at(object, "expect").toObject().contains(QLatin1String("error")) ? 1 : 0;
    }
    QVERIFY2(calls.contains(QLatin1String("add")), "no recording of add");
    QVERIFY2(calls.contains(QLatin1String("remove")), "no recording of remove");
    QVERIFY2(errors > 0, "no recording of an error");
}

void TestProviders::R11_everyRecipeNamesTheZone()
{
    QFETCH(QString, code);
    const ProviderCatalog catalog;
    RecipeSubject subject;
    subject.zone = QStringLiteral("zone.test");
    subject.name = QStringLiteral("_acme-challenge.zone.test");
    const QString recipe = catalog.recipe(code, subject).join(QLatin1Char('\n'));
    QVERIFY2(recipe.contains(subject.zone), qPrintable(recipe));
    QVERIFY2(!recipe.contains(QLatin1Char('{')), qPrintable(recipe));
}

void TestProviders::R32_everyWriteIsTxtAtTheName()
{
    QFETCH(QString, code);
    QFETCH(QJsonObject, scenario);
    const QString record = at(recording(code), "record").toString();
    const QString sub = name(record).relativeTo(name(at(recording(code), "zone").toString()));
    const QJsonArray exchanges = at(scenario, "exchanges").toArray();
    for (const QJsonValue &exchange : exchanges) {
        const RecordedExchange recorded = RecordedExchange::fromJson(exchange.toObject());
        if (recorded.method == "GET")
            continue;
        const QString sent = recorded.url + QString::fromUtf8(recorded.body);
        const bool byId = recorded.method == "DELETE" && recorded.body.isEmpty();
        QVERIFY2(byId || (sent.contains(QLatin1String("TXT")) && sent.contains(sub)),
                 qPrintable(sent));
    }
}

void TestProviders::playsItsRecording()
{
    QFETCH(QString, code);
    QFETCH(QJsonObject, scenario);
    const QJsonObject all = recording(code);
    FakeClock clock;
    ProviderCatalog catalog;
    catalog.setClock(&clock);
    RecordedTransport transport(
        RecordedExchange::listFromJson(at(scenario, "exchanges").toArray()));
    FakeResolver resolver;
    auto provider = make(catalog, code, transport, resolver);
    QVERIFY2(provider, qPrintable(provider ? QString() : provider.error().detail));

    const TxtRecord txt = record(all, scenario);
    const QJsonObject expected = at(scenario, "expect").toObject();
    const QString call = at(scenario, "call").toString();
    std::optional<Error> error;
    std::optional<PublishedTxt> published;
    if (call == QLatin1String("add")) {
        const auto added = await((*provider)->add(txt, {}));
        if (added)
            published = *added;
        else
            error = added.error();
    } else if (call == QLatin1String("remove")) {
        const auto removed = await((*provider)->remove(txt, at(scenario, "handle").toObject(), {}));
        if (!removed)
            error = removed.error();
    } else if (call == QLatin1String("find")) {
        const auto found = await((*provider)->find(txt, {}));
        if (found)
            published = *found;
        else
            error = found.error();
        if (!error)
            QCOMPARE(published.has_value(), at(expected, "found").toBool(true));
    } else {
        QCOMPARE(call, QStringLiteral("zones"));
        const auto zones = await((*provider)->zones({}));
        if (!zones)
            error = zones.error();
        QJsonArray names;
        for (const DnsName &zone : zones.value_or(std::vector<DnsName>()))
            names.append(zone.text());
        QCOMPARE(names, at(expected, "zones").toArray());
    }
    if (expected.contains(QLatin1String("error"))) {
        QVERIFY2(error, "it should have failed");
        checkError(*error, expected);
    } else {
        QVERIFY2(!error, qPrintable(error ? describe(*error) : QString()));
    }
    if (published && expected.contains(QLatin1String("handle")))
        QCOMPARE(published->handle, at(expected, "handle").toObject());
    if (expected.contains(QLatin1String("note")))
        QVERIFY(published->notes.join(QLatin1Char('\n')).contains(at(expected, "note").toString()));
    QVERIFY(transport.isExhausted());
}

void TestProviders::R32_refusesANameOutsideTheZone()
{
    QFETCH(QString, code);
    const ProviderCatalog catalog;
    RecordedTransport transport;
    FakeResolver resolver;
    auto provider = make(catalog, code, transport, resolver);
    QVERIFY(provider);
    const TxtRecord foreign{name(QStringLiteral("example.org")),
                            name(QStringLiteral("_acme-challenge.example.net")),
                            QStringLiteral("x"), 60};
    const auto added = await((*provider)->add(foreign, {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::BadRequest);
    QCOMPARE(transport.requestCount(), 0);
}

QTEST_GUILESS_MAIN(TestProviders)
#include "tst_providers.moc"
