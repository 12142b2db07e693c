// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/Sealbook.h"
#include "tests/support/TlsEndpoint.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// Endpoints as a script and a monitoring system see them, with real servers.
class TstWatchCommands : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Sealbook> m_sealbook;
    EndpointIdentity m_ca = EndpointIdentity::make("Test Root");
    EndpointIdentity m_host = EndpointIdentity::make("127.0.0.1", &m_ca);

    SealbookRun run(const QString &words)
    {
        return m_sealbook->run(words.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }
    static QString textOf(quint16 port) { return QStringLiteral("127.0.0.1:%1").arg(port); }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QFile file(m_home->filePath(QStringLiteral("ca.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(m_ca.certificatePem) > 0);
        m_sealbook = std::make_unique<Sealbook>(
            QStringList{QStringLiteral("--home"), m_home->filePath(QStringLiteral("profile")),
                        QStringLiteral("--ca-file"), file.fileName()});
    }
    void cleanup()
    {
        m_sealbook.reset();
        m_home.reset();
    }

    void importsWhatAnEndpointServes()
    {
        OpensslServer server(m_host, {});
        const SealbookRun imported = run(QStringLiteral("import ") + textOf(server.port()));
        QVERIFY2(imported.ok(), imported.story().constData());
        QCOMPARE(imported.result().value(QLatin1String("added")).toInt(), 1);
        const SealbookRun listed = run(QStringLiteral("list --query place:endpoint"));
        QCOMPARE(listed.result().value(QLatin1String("count")).toInt(), 1);
        const SealbookRun nobody = run(QStringLiteral("import 127.0.0.1:1"));
        QCOMPARE(nobody.exitCode, 1);
    }

    void findsWhatIsServedAndWhatIsOld()
    {
        OpensslServer server(m_host, {});
        const QString endpoint = textOf(server.port());
        QVERIFY(run(QStringLiteral("watch add ") + endpoint).ok());
        QVERIFY(run(QStringLiteral("watch run")).ok());
        const auto count = [this](const char *query) {
            const SealbookRun listed = m_sealbook->run(
                {QStringLiteral("list"), QStringLiteral("--query"), QLatin1String(query)});
            return listed.result().value(QLatin1String("count")).toInt(-1);
        };
        QCOMPARE(count("is:served"), 1);
        QCOMPARE(count("is:drift"), 0);
        QCOMPARE(count("seen<1d is:served"), 1);
        QCOMPARE(count(qPrintable(QStringLiteral("place:%1").arg(endpoint))), 1);
        // A newer one comes into the inventory, and the server still has the old one.
        const EndpointIdentity renewed = EndpointIdentity::make("127.0.0.1", &m_ca, 0, 95);
        QFile file(m_home->filePath(QStringLiteral("renewed.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(renewed.certificatePem) > 0);
        file.close();
        QVERIFY(m_sealbook->run({QStringLiteral("import"), file.fileName()}).ok());
        QCOMPARE(count("is:served"), 1);
        QCOMPARE(count("is:drift"), 1);
        const SealbookRun listed = run(QStringLiteral("watch list"));
        const QJsonObject item = listed.events(QStringLiteral("item")).constFirst();
        QCOMPARE(item.value(QLatin1String("state")).toString(), QStringLiteral("drift"));
        const QString served = item.value(QLatin1String("addresses"))
                                   .toArray()
                                   .at(0)
                                   .toObject()
                                   .value(QLatin1String("sha256"))
                                   .toString();
        const QJsonObject shown = run(QStringLiteral("show ") + served)
                                      .result()
                                      .value(QLatin1String("certificate"))
                                      .toObject();
        QVERIFY(shown.value(QLatin1String("drift")).toBool());
        QVERIFY(shown.value(QLatin1String("places"))
                    .toArray()
                    .at(0)
                    .toObject()
                    .value(QLatin1String("serving"))
                    .toBool());
        QVERIFY(run(QStringLiteral("watch remove ") + endpoint).ok());
        QCOMPARE(count("is:served"), 0);
        QCOMPARE(count("place:endpoint"), 1);
    }

    void watchesFromAddToRemove()
    {
        auto server = std::make_unique<OpensslServer>(m_host, QStringList());
        const QString endpoint = textOf(server->port());
        const SealbookRun added = run(QStringLiteral("watch add %1 --every 1h").arg(endpoint));
        QVERIFY2(added.ok(), added.story().constData());
        QCOMPARE(run(QStringLiteral("watch add ") + endpoint)
                     .result()
                     .value(QLatin1String("known"))
                     .toInt(),
                 1);
        const SealbookRun checked = run(QStringLiteral("watch run"));
        QVERIFY2(checked.ok(), checked.story().constData());
        const QJsonObject item = checked.events(QStringLiteral("item")).constFirst();
        QCOMPARE(item.value(QLatin1String("state")).toString(), QStringLiteral("fine"));
        QCOMPARE(item.value(QLatin1String("interval_seconds")).toInt(), 3600);
        server.reset();
        QVERIFY(run(QStringLiteral("watch run")).ok()); // once is no alarm
        const SealbookRun twice = run(QStringLiteral("watch run"));
        QCOMPARE(twice.exitCode, 1);
        const QJsonObject part = twice.result()
                                     .value(QLatin1String("error"))
                                     .toObject()
                                     .value(QLatin1String("parts"))
                                     .toArray()
                                     .at(0)
                                     .toObject();
        QCOMPARE(part.value(QLatin1String("subject")).toString(), endpoint);
        QCOMPARE(part.value(QLatin1String("type")).toString(), QStringLiteral("unreachable"));
        const SealbookRun shown = run(QStringLiteral("watch show ") + endpoint);
        QCOMPARE(shown.result()
                     .value(QLatin1String("endpoint"))
                     .toObject()
                     .value(QLatin1String("history"))
                     .toArray()
                     .size(),
                 2);
        QVERIFY(run(QStringLiteral("watch remove ") + endpoint).ok());
        QCOMPARE(run(QStringLiteral("watch list")).result().value(QLatin1String("count")).toInt(),
                 0);
    }

    void speaksToMonitoringSystems()
    {
        QCOMPARE(run(QStringLiteral("watch run --monitoring")).exitCode, 3); // nothing is watched
        OpensslServer server(m_host, {});
        QVERIFY(run(QStringLiteral("watch add ") + textOf(server.port())).ok());
        const SealbookRun fine = run(QStringLiteral("watch run --monitoring"));
        QCOMPARE(fine.exitCode, 0);
        QVERIFY(fine.result()
                    .value(QLatin1String("summary"))
                    .toString()
                    .startsWith(QLatin1String("SEALBOOK OK - ")));
        const EndpointIdentity old = EndpointIdentity::make("127.0.0.1", &m_ca, -100, -10);
        OpensslServer expired(old, {});
        QVERIFY(run(QStringLiteral("watch add ") + textOf(expired.port())).ok());
        const SealbookRun critical = run(QStringLiteral("watch run --monitoring"));
        QCOMPARE(critical.exitCode, 2);
        QVERIFY(critical.result()
                    .value(QLatin1String("summary"))
                    .toString()
                    .contains(QLatin1String("expired | endpoints=2;;;0 critical=1")));
        QCOMPARE(run(QStringLiteral("watch run stranger.example:443 --monitoring")).exitCode, 3);
    }

    void refusesWhatItCannotRead_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("nothing") << QStringLiteral("watch add") << 2;
        QTest::newRow("too often") << QStringLiteral("watch add a.example:443 --every 5s") << 2;
        QTest::newRow("no address")
            << QStringLiteral("watch add a.example:443 --address here") << 2;
        QTest::newRow("no TLS") << QStringLiteral("watch add http://a.example") << 1;
        QTest::newRow("a stranger") << QStringLiteral("watch remove a.example:443") << 1;
        QTest::newRow("no list") << QStringLiteral("watch add --file /nonexistent") << 1;
    }
    void refusesWhatItCannotRead()
    {
        QFETCH(QString, words);
        QFETCH(int, exitCode);
        const SealbookRun refused = run(words);
        QVERIFY2(refused.exitCode == exitCode, refused.story().constData());
        QCOMPARE(run(QStringLiteral("watch list")).result().value(QLatin1String("count")).toInt(),
                 0);
    }
};

QTEST_GUILESS_MAIN(TstWatchCommands)
#include "tst_watchcommands.moc"
