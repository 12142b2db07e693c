// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/TransparencyService.h"
#include "core/inventory/UnknownCertificates.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/LogBytes.h"
#include "tests/support/OpensslCa.h"
#include "tests/support/RecordedTransport.h"

#include <QTest>

using namespace sealbook;

// Answers of logs and of a search service, made around certificates by `openssl ca`.
class TstTransparency : public QObject
{
    Q_OBJECT

private:
    using Kind = TransparencySource::Kind;

    QTemporaryDir m_folder;
    FakeClock m_clock;
    OpensslCa m_ca{QStringLiteral("Logged CA")};
    QByteArray m_mine;
    QByteArray m_pre; // the same certificate as its CA logged it
    QByteArray m_below;
    QByteArray m_foreign;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<RecordedTransport> m_transport;
    std::unique_ptr<TransparencyService> m_service;

    void answer(const QString &url, const QByteArray &body, int status = 200)
    {
        RecordedExchange exchange;
        exchange.url = url;
        exchange.reply.status = status;
        exchange.reply.body = body;
        m_transport->expect(exchange);
    }
    void watch(Kind kind)
    {
        TransparencySettings settings;
        settings.domains = {QStringLiteral("shop.example")};
        settings.sources = {{kind, QUrl(QStringLiteral("https://log.example/2026"))}};
        QVERIFY(await(m_service->saveSettings(settings)));
    }
    TransparencyReport run()
    {
        auto report = await(m_service->run(std::stop_token()));
        if (!report)
            qFatal("%s", qPrintable(describe(report.error())));
        return *report;
    }
    static QByteArray head(qint64 size)
    {
        return QJsonDocument(QJsonObject{{QStringLiteral("tree_size"), size}}).toJson();
    }
    static QByteArray entries(const QList<QPair<QByteArray, bool>> &list)
    {
        QJsonArray array;
        for (const auto &[der, isPre] : list) {
            const QByteArray leaf = LogBytes::leafInput(der, isPre, 1'790'000'000'000);
            const QByteArray extra = LogBytes::extraData(der, isPre);
            array.append(
                QJsonObject{{QStringLiteral("leaf_input"), QString::fromLatin1(leaf.toBase64())},
                            {QStringLiteral("extra_data"), QString::fromLatin1(extra.toBase64())}});
        }
        return QJsonDocument(QJsonObject{{QStringLiteral("entries"), array}}).toJson();
    }
    static QJsonObject hit(qint64 id, const char *serial, const char *notAfter)
    {
        return {{QStringLiteral("id"), id},
                {QStringLiteral("serial_number"), QString::fromLatin1(serial)},
                {QStringLiteral("entry_timestamp"), QStringLiteral("2026-11-20T10:00:00.123")},
                {QStringLiteral("not_after"), QString::fromLatin1(notAfter)}};
    }
    QStringList stored()
    {
        QStringList names;
        const auto all = await(m_store->certificates()).value();
        for (const CertificateRecord &record : all)
            names << record.names.value(0);
        names.sort();
        return names;
    }
    Inventory inventory()
    {
        return Inventory::of(await(m_store->inventoryRows()).value(),
                             m_clock.utcNow().toMSecsSinceEpoch());
    }
    [[nodiscard]] QByteArray issued(const QByteArray &name, const QByteArray &more = {})
    {
        return m_ca.issue(name, "subjectAltName=DNS:" + name + "\n" + more).der();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_mine = issued("shop.example");
        m_pre = issued("pre.shop.example", "1.3.6.1.4.1.11129.2.4.3=critical,ASN1:NULL\n");
        m_below = issued("a.b.shop.example");
        m_foreign = issued("myshop.example");
    }
    void init()
    {
        static int round = 0;
        m_clock.setUtcNow(QDateTime::currentDateTimeUtc());
        auto opened = await(Store::open(
            m_folder.filePath(QStringLiteral("%1/s.sqlite").arg(++round)), std::stop_token()));
        QVERIFY(opened);
        m_store = std::move(*opened);
        m_transport = std::make_unique<RecordedTransport>();
        m_service = std::make_unique<TransparencyService>(*m_store, *m_transport, m_clock);
    }
    void cleanup()
    {
        QVERIFY(m_transport->isExhausted());
        m_service.reset();
        m_transport.reset();
        m_store.reset();
    }

    void asksNobodyByItself()
    {
        QVERIFY(run().sources.empty());
        TransparencySettings settings;
        settings.sources = {{Kind::Search, QUrl(QStringLiteral("https://log.example/"))}};
        QVERIFY(await(m_service->saveSettings(settings))); // and no domain
        QVERIFY(run().sources.empty());
        QCOMPARE(m_transport->requestCount(), 0);
        QCOMPARE(*await(m_service->settings()), settings);
    }

    void readsALogFromWhereItEnded()
    {
        watch(Kind::Rfc6962);
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-sth"), head(4));
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-entries?start=0&end=3"),
               entries({{m_foreign, false}, {m_mine, false}})); // fewer than asked for
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-entries?start=2&end=3"),
               entries({{m_pre, true}, {QByteArray("no certificate"), false}}));
        const TransparencyReport first = run();
        QVERIFY(!first.sources.front().error);
        QCOMPARE(first.sources.front().looked, qint64(4));
        QCOMPARE(first.sources.front().found, 2);
        QCOMPARE(first.sources.front().added, 2);
        QVERIFY(first.sources.front().isComplete);
        QCOMPARE(stored(),
                 (QStringList{QStringLiteral("pre.shop.example"), QStringLiteral("shop.example")}));
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-sth"), head(5));
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-entries?start=4&end=4"),
               entries({{m_below, false}}));
        QCOMPARE(run().sources.front().added, 1);
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-sth"), head(5));
        QCOMPARE(run().sources.front().looked, qint64(0));
        const QString sha256 = Certificate::fromDer(m_below)->sha256();
        const auto places = await(m_store->places(sha256)).value();
        QCOMPARE(places.size(), std::size_t(1));
        QCOMPARE(int(places.front().kind), int(PlaceRecord::Kind::Log));
        QCOMPARE(places.front().location, QStringLiteral("log.example"));
    }

    void doesNotBeginALargeLogAtItsBeginning()
    {
        watch(Kind::Rfc6962);
        const qint64 size = 2'000'000'000;
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-sth"), head(size));
        QList<QPair<QByteArray, bool>> last;
        for (int i = 0; i < 256; ++i)
            last.append({m_foreign, false});
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-entries?start=%1&end=%2")
                   .arg(size - 256)
                   .arg(size - 1),
               entries(last));
        const TransparencyReport report = run();
        QCOMPARE(report.sources.front().looked, qint64(256));
        QCOMPARE(report.sources.front().found, 0);
    }

    void readsTiles()
    {
        watch(Kind::Static);
        answer(QStringLiteral("https://log.example/2026/checkpoint"), LogBytes::checkpoint(258));
        QByteArray tile;
        for (int i = 0; i < 255; ++i)
            tile += LogBytes::tileLeaf(m_foreign, false, 1);
        tile += LogBytes::tileLeaf(m_pre, true, 2);
        answer(QStringLiteral("https://log.example/2026/tile/data/000"), tile);
        const QByteArray rest =
            LogBytes::tileLeaf(m_foreign, false, 3) + LogBytes::tileLeaf(m_mine, false, 4);
        answer(QStringLiteral("https://log.example/2026/tile/data/001.p/2"), rest);
        const TransparencyReport first = run();
        QVERIFY2(!first.sources.front().error,
                 first.sources.front().error ? qPrintable(describe(*first.sources.front().error))
                                             : "");
        QCOMPARE(first.sources.front().looked, qint64(256)); // the last ones
        QCOMPARE(first.sources.front().found, 2);
        answer(QStringLiteral("https://log.example/2026/checkpoint"), LogBytes::checkpoint(259));
        answer(QStringLiteral("https://log.example/2026/tile/data/001.p/3"),
               rest + LogBytes::tileLeaf(m_below, false, 5));
        const TransparencyReport second = run();
        QCOMPARE(second.sources.front().looked, qint64(1));
        QCOMPARE(second.sources.front().added, 1);
    }

    void namesTilesOfLargeLogs()
    {
        watch(Kind::Static);
        const qint64 size = qint64(1'234'067) * 256 + 1;
        answer(QStringLiteral("https://log.example/2026/checkpoint"), LogBytes::checkpoint(size));
        QByteArray tile;
        for (int i = 0; i < 256; ++i)
            tile += LogBytes::tileLeaf(m_foreign, false, 1);
        answer(QStringLiteral("https://log.example/2026/tile/data/x001/x234/066"), tile);
        answer(QStringLiteral("https://log.example/2026/tile/data/x001/x234/067.p/1"),
               LogBytes::tileLeaf(m_mine, false, 1));
        QCOMPARE(run().sources.front().found, 1);
    }

    void searchesAndFetchesWhatIsNew()
    {
        watch(Kind::Search);
        const QString search =
            QStringLiteral("https://log.example/2026?q=shop.example&output=json");
        const QJsonArray hits{hit(20, "0b", "2099-01-01T00:00:00"),
                              hit(10, "0a", "2099-01-01T00:00:00"),
                              hit(11, "0a", "2099-01-01T00:00:00"), // its precertificate
                              hit(5, "0c", "2001-01-01T00:00:00")}; // ended long ago
        answer(search, QJsonDocument(hits).toJson());
        answer(QStringLiteral("https://log.example/2026?d=10"),
               Certificate::fromDer(m_mine)->pem());
        answer(QStringLiteral("https://log.example/2026?d=20"), Certificate::fromDer(m_pre)->pem());
        const TransparencyReport report = run();
        QVERIFY(!report.sources.front().error);
        QCOMPARE(report.sources.front().added, 2);
        const QString pre = Certificate::fromDer(m_pre)->sha256();
        QVERIFY(await(m_store->certificate(pre))
                    .value()
                    .note.contains(QLatin1String("precertificate")));
        answer(search, QJsonDocument(hits).toJson());
        QCOMPARE(run().sources.front().looked, qint64(0)); // nothing is fetched twice
    }

    // What was logged before a domain was named is news to whoever names it.
    void searchesThePastOfADomainThatIsAddedLater()
    {
        watch(Kind::Search);
        answer(QStringLiteral("https://log.example/2026?q=shop.example&output=json"),
               QJsonDocument(QJsonArray{hit(20, "0b", "2099-01-01T00:00:00")}).toJson());
        answer(QStringLiteral("https://log.example/2026?d=20"),
               Certificate::fromDer(m_mine)->pem());
        QCOMPARE(run().sources.front().added, 1);
        TransparencySettings settings = await(m_service->settings()).value();
        settings.domains.append(QStringLiteral("myshop.example"));
        QVERIFY(await(m_service->saveSettings(settings)));
        answer(QStringLiteral("https://log.example/2026?q=myshop.example&output=json"),
               QJsonDocument(QJsonArray{hit(10, "0a", "2099-01-01T00:00:00")}).toJson());
        answer(QStringLiteral("https://log.example/2026?d=10"),
               Certificate::fromDer(m_foreign)->pem());
        answer(QStringLiteral("https://log.example/2026?q=shop.example&output=json"),
               QJsonDocument(QJsonArray{hit(20, "0b", "2099-01-01T00:00:00")}).toJson());
        const TransparencyReport report = run();
        QCOMPARE(report.sources.size(), std::size_t(1));
        QCOMPARE(report.sources.front().looked, qint64(1));
        QCOMPARE(report.sources.front().added, 1);
    }

    void goesOnLaterWhereTheServiceGetsTired()
    {
        watch(Kind::Search);
        const QString search =
            QStringLiteral("https://log.example/2026?q=shop.example&output=json");
        const QJsonArray hits{hit(10, "0a", "2099-01-01T00:00:00"),
                              hit(20, "0b", "2099-01-01T00:00:00")};
        answer(search, QJsonDocument(hits).toJson());
        answer(QStringLiteral("https://log.example/2026?d=10"),
               Certificate::fromDer(m_mine)->pem());
        answer(QStringLiteral("https://log.example/2026?d=20"), "busy", 503);
        const TransparencyReport first = run();
        QCOMPARE(first.sources.front().added, 1);
        QVERIFY(!first.sources.front().isComplete);
        answer(search, QJsonDocument(hits).toJson());
        answer(QStringLiteral("https://log.example/2026?d=20"),
               Certificate::fromDer(m_below)->pem());
        QCOMPARE(run().sources.front().added, 1);
    }

    void tellsWhatASourceDoesWrong_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("log, page") << int(Kind::Rfc6962) << QByteArray("<html>") << 200;
        QTest::newRow("log, error") << int(Kind::Rfc6962) << QByteArray("{}") << 500;
        QTest::newRow("tiles, page") << int(Kind::Static) << QByteArray("<html>") << 200;
        QTest::newRow("tiles, gone") << int(Kind::Static) << QByteArray() << 404;
        QTest::newRow("search, page") << int(Kind::Search) << QByteArray("<html>") << 200;
        QTest::newRow("search, too often") << int(Kind::Search) << QByteArray() << 429;
    }
    void tellsWhatASourceDoesWrong()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        watch(Kind(kind));
        const char *urls[] = {"https://log.example/2026?q=shop.example&output=json",
                              "https://log.example/2026/ct/v1/get-sth",
                              "https://log.example/2026/checkpoint"};
        answer(QString::fromLatin1(urls[kind]), body, status);
        const TransparencyReport report = run();
        QVERIFY(report.sources.front().error);
        QVERIFY(stored().isEmpty());
    }

    void refusesATileThatIsTooShort()
    {
        watch(Kind::Static);
        answer(QStringLiteral("https://log.example/2026/checkpoint"), LogBytes::checkpoint(2));
        answer(QStringLiteral("https://log.example/2026/tile/data/000.p/2"),
               LogBytes::tileLeaf(m_mine, false, 1));
        QVERIFY(run().sources.front().error);
    }

    void takesOnlyHttps()
    {
        for (const char *url : {"http://log.example/", "ftp://log.example/", "log.example"}) {
            QVERIFY(!TransparencySource::make(Kind::Search, QUrl(QString::fromLatin1(url)),
                                              *m_transport));
        }
    }

    void addsAPlaceToWhatIsKnown()
    {
        CertificateRecord record = certificateRecordFromDer(m_mine).value();
        record.origin = QStringLiteral("pasted");
        record.addedAt = m_clock.utcNow();
        QVERIFY(await(m_store->saveCertificate(record)));
        watch(Kind::Rfc6962);
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-sth"), head(1));
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-entries?start=0&end=0"),
               entries({{m_mine, false}}));
        const TransparencyReport report = run();
        QCOMPARE(report.sources.front().found, 1);
        QCOMPARE(report.sources.front().added, 0);
        QCOMPARE(await(m_store->places(record.sha256)).value().size(), std::size_t(2));
        QVERIFY(unknownCertificates(inventory()).empty());
    }

    // R26: seen for an owned name, and not from a CA that is used for it.
    void R26_tellsWhatIsNotOurs()
    {
        watch(Kind::Rfc6962);
        OpensslCa other(QStringLiteral("Other CA"));
        const QByteArray odd =
            other.issue("odd.shop.example", "subjectAltName=DNS:odd.shop.example\n").der();
        CertificateRecord used = certificateRecordFromDer(m_mine).value();
        used.origin = QStringLiteral("issued");
        used.addedAt = m_clock.utcNow();
        QVERIFY(await(m_store->saveCertificate(used)));
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-sth"), head(2));
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-entries?start=0&end=1"),
               entries({{m_below, false}, {odd, false}}));
        QCOMPARE(run().sources.front().added, 2);
        const QString sha256 = Certificate::fromDer(odd)->sha256();
        const Inventory all = inventory();
        const std::vector<quint32> unknown = unknownCertificates(all);
        QCOMPARE(unknown.size(), std::size_t(1)); // the other one's CA is the one that is used
        QCOMPARE(all.row(unknown.front()).sha256.hex(), sha256);
        // Whoever says that it is theirs has answered the question.
        CertificateEdit edit;
        edit.owner = QStringLiteral("Mara Keller");
        QVERIFY(await(m_store->editCertificates({sha256}, edit)));
        QVERIFY(unknownCertificates(inventory()).empty());
    }

    void stopsWhenItIsToldTo()
    {
        watch(Kind::Rfc6962);
        answer(QStringLiteral("https://log.example/2026/ct/v1/get-sth"), head(1));
        std::stop_source source;
        source.request_stop();
        const auto report = await(m_service->run(source.get_token()));
        QVERIFY(!report);
        QCOMPARE(report.error().kind, Error::Kind::Cancelled);
    }

    void findsNamesBelowADomainOnly()
    {
        const QStringList domains{QStringLiteral("shop.example")};
        QVERIFY(isAboutDomains({QStringLiteral("Shop.Example")}, domains));
        QVERIFY(isAboutDomains({QStringLiteral("x.y"), QStringLiteral("*.shop.example")}, domains));
        QVERIFY(!isAboutDomains({QStringLiteral("myshop.example")}, domains));
        QVERIFY(!isAboutDomains({QStringLiteral("shop.example.org")}, domains));
        QVERIFY(!isAboutDomains({}, domains));
    }
};

QTEST_GUILESS_MAIN(TstTransparency)
#include "tst_transparency.moc"
