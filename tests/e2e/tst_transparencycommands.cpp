// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/Sealbook.h"
#include "tests/support/LogBytes.h"
#include "tests/support/OpensslCa.h"
#include "tests/support/TlsEndpoint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace sealbook;

// Logs as a script watches them, with a log of files that `openssl s_server` serves.
class TstTransparencyCommands : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_home;
    QTemporaryDir m_log; // its files, each with the head of its reply
    OpensslCa m_ca{QStringLiteral("Odd CA")};
    EndpointIdentity m_root = EndpointIdentity::make("Test Root");
    EndpointIdentity m_host = EndpointIdentity::make("127.0.0.1", &m_root);
    std::unique_ptr<Sealbook> m_sealbook;

    SealbookRun run(const QString &words)
    {
        return m_sealbook->run(words.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }
    void serve(const QString &path, const QJsonObject &body) const
    {
        const QString file = m_log.filePath(path);
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QFile written(file);
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n");
        written.write(QJsonDocument(body).toJson());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_home.filePath(QStringLiteral("ca.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(m_root.certificatePem) > 0);
        file.close();
        m_sealbook = std::make_unique<Sealbook>(
            QStringList{QStringLiteral("--home"), m_home.filePath(QStringLiteral("profile")),
                        QStringLiteral("--ca-file"), file.fileName()});
    }

    void asksNobodyUntilItIsToldWhomAndWhatFor()
    {
        const SealbookRun listed = run(QStringLiteral("watch ct list"));
        QVERIFY2(listed.ok(), listed.story().constData());
        QVERIFY(listed.events(QStringLiteral("item")).isEmpty());
        QCOMPARE(run(QStringLiteral("watch ct run")).exitCode, 1);
    }

    void saysWhatItDoesNotUnderstand_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << QString();
        QTest::newRow("another verb") << QStringLiteral("watch");
        QTest::newRow("no domain") << QStringLiteral("add");
        QTest::newRow("no address") << QStringLiteral("add shop.example --source crt");
        QTest::newRow("plain http")
            << QStringLiteral("add shop.example --source search=http://crt.example/");
        QTest::newRow("a domain to run") << QStringLiteral("run shop.example");
    }
    void saysWhatItDoesNotUnderstand()
    {
        QFETCH(QString, words);
        QCOMPARE(run(QStringLiteral("watch ct ") + words).exitCode, 2);
    }

    void R26_findsWhatIsNotOurs()
    {
        const QByteArray der =
            m_ca.issue("www.shop.example", "subjectAltName=DNS:www.shop.example\n").der();
        const QByteArray leaf = LogBytes::leafInput(der, false, 1'790'000'000'000);
        const QJsonObject entry{
            {QStringLiteral("leaf_input"), QString::fromLatin1(leaf.toBase64())},
            {QStringLiteral("extra_data"),
             QString::fromLatin1(LogBytes::extraData(der, false).toBase64())}};
        serve(QStringLiteral("ct/v1/get-sth"), {{QStringLiteral("tree_size"), 1}});
        serve(QStringLiteral("ct/v1/get-entries?start=0&end=0"),
              {{QStringLiteral("entries"), QJsonArray{entry}}});
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_log.path())); // what -HTTP serves
        OpensslServer server(m_host, {QStringLiteral("-HTTP")});
        QVERIFY(QDir::setCurrent(before));
        const SealbookRun added =
            run(QStringLiteral("watch ct add shop.example --source rfc6962=https://127.0.0.1:%1/")
                    .arg(server.port()));
        QVERIFY2(added.ok(), added.story().constData());
        const SealbookRun found = run(QStringLiteral("watch ct run"));
        QVERIFY2(found.exitCode == 1, found.story().constData());
        QCOMPARE(found.errorKind(), QStringLiteral("Conflict"));
        const QList<QJsonObject> items = found.events(QStringLiteral("item"));
        QCOMPARE(items.size(), 2);
        QCOMPARE(items.first().value(QLatin1String("added")).toInt(), 1);
        QCOMPARE(items.last().value(QLatin1String("issuer")).toString(), QStringLiteral("Odd CA"));
        const SealbookRun listed = run(QStringLiteral("list --query place:log"));
        QCOMPARE(listed.result().value(QLatin1String("count")).toInt(), 1);
        // Somebody answers for it.
        QVERIFY(run(QStringLiteral("edit www.shop.example --owner Mara")).ok());
        const SealbookRun again = run(QStringLiteral("watch ct run"));
        QVERIFY2(again.ok(), again.story().constData());
        const SealbookRun removed = run(
            QStringLiteral("watch ct remove shop.example --source rfc6962=https://127.0.0.1:%1/")
                .arg(server.port()));
        QVERIFY2(removed.ok(), removed.story().constData());
        QVERIFY(run(QStringLiteral("watch ct list")).events(QStringLiteral("item")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TstTransparencyCommands)
#include "tst_transparencycommands.moc"
