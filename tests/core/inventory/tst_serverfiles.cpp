// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ServerFiles.h"

#include <QRegularExpression>
#include <QTest>

using namespace sealbook;

// Names of files, and the lines that servers read them by.
class TstServerFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serversGetTheirFilesAndLines_data();
    void serversGetTheirFilesAndLines();
    void foldersAreQuotedAsTheServerWants_data();
    void foldersAreQuotedAsTheServerWants();
    void foldersThatNoConfigurationCanNameAreRefused_data();
    void foldersThatNoConfigurationCanNameAreRefused();
    void twoNamesNeverShareAFile();
    void fileNamesArePlain_data();
    void fileNamesArePlain();

private:
    static CertificateRecord named(const QByteArray &name)
    {
        CertificateRecord record;
        if (!name.isEmpty())
            record.names = {QString::fromUtf8(name)};
        record.sha256 = QString(64, u'1');
        return record;
    }
};

void TstServerFiles::serversGetTheirFilesAndLines_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("snippet");
    QTest::newRow("nginx") << QStringLiteral("nginx")
                           << QStringLiteral("ssl_certificate /etc/tls/_.a.example.fullchain.pem;\n"
                                             "ssl_certificate_key /etc/tls/_.a.example.key.pem;\n");
    QTest::newRow("apache") << QStringLiteral("apache")
                            << QStringLiteral("SSLCertificateFile "
                                              "/etc/tls/_.a.example.fullchain.pem\n"
                                              "SSLCertificateKeyFile "
                                              "/etc/tls/_.a.example.key.pem\n");
    QTest::newRow("haproxy") << QStringLiteral("haproxy")
                             << QStringLiteral("bind :443 ssl crt /etc/tls/_.a.example.pem\n");
    QTest::newRow("caddy") << QStringLiteral("caddy")
                           << QStringLiteral("tls /etc/tls/_.a.example.fullchain.pem "
                                             "/etc/tls/_.a.example.key.pem\n");
}

void TstServerFiles::serversGetTheirFilesAndLines()
{
    QFETCH(QString, server);
    QFETCH(QString, snippet);
    const auto files = serverFiles(server, named("*.a.example"), QStringLiteral("/etc/tls"));
    QVERIFY(files);
    QCOMPARE(files->snippet, snippet);
    QVERIFY(!serverFiles(QStringLiteral("iis"), named("a"), QStringLiteral("/")));
}

void TstServerFiles::foldersAreQuotedAsTheServerWants_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("quoted");
    const auto row = [](const char *folder, const char *server, const char *quoted) {
        QTest::addRow("%s %s", server, folder)
            << QString::fromUtf8(folder) << QString::fromLatin1(server)
            << QString::fromUtf8(quoted);
    };
    // Each was read back by the server's own check of a configuration.
    for (const char *server : {"nginx", "apache", "haproxy", "caddy"}) {
        row("/etc/tls-1_a.b", server, "/etc/tls-1_a.b/");
        row("/my tls", server, "\"/my tls/");
        row("/a;b", server, "\"/a;b/");
        row("/a'b", server, "\"/a'b/");
        row("/a#b", server, "\"/a#b/");
        row("/a\"b", server, "\"/a\\\"b/");
        row("/ä~%", server, "\"/ä~%/");
    }
    row("/a{b}", "nginx", "\"/a{b}/");
    row("/a\\b", "nginx", "\"/a\\\\b/");
    row("/a{b}$c", "apache", "\"/a{b}$c/");
    row("/a\\b", "apache", "\"/a\\\\b/");
    row("/a{b}", "haproxy", "\"/a{b}/");
    row("/a$b", "haproxy", "\"/a\\$b/");
    row("/a\\b", "haproxy", "\"/a\\\\b/");
    row("/a$b", "caddy", "\"/a$b/");
}

void TstServerFiles::foldersAreQuotedAsTheServerWants()
{
    QFETCH(QString, folder);
    QFETCH(QString, server);
    QFETCH(QString, quoted);
    const auto files = serverFiles(server, named("w.example"), folder);
    QVERIFY2(files, files ? "" : qPrintable(files.error().detail));
    const QString end = quoted.startsWith(u'"') ? QStringLiteral("pem\"") : QStringLiteral("pem");
    for (const ServerFiles::Part &part : files->parts) {
        const QString path = quoted + part.fileName.chopped(3) + end;
        QVERIFY2(files->snippet.contains(u' ' + path), qPrintable(files->snippet));
    }
}

void TstServerFiles::foldersThatNoConfigurationCanNameAreRefused_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("server");
    for (const char *server : {"nginx", "apache", "haproxy", "caddy"}) {
        for (const char *folder : {"/a\tb", "/a\nload_module evil;\n#", "/a\rb", "/a\x1b[2J",
                                   "/a\xe2\x80\xa8ü", "/a\xc2\x85ü", "/a\x7f"})
            QTest::addRow("%s %d", server, qstrlen(folder) > 3 ? int(folder[2]) : 0)
                << QString::fromUtf8(folder) << QString::fromLatin1(server);
    }
    QTest::newRow("nginx variable") << QStringLiteral("/a$b") << QStringLiteral("nginx");
    QTest::newRow("apache variable") << QStringLiteral("/a${b}") << QStringLiteral("apache");
    QTest::newRow("apache expression") << QStringLiteral("/a%{b}") << QStringLiteral("apache");
    QTest::newRow("caddy placeholder") << QStringLiteral("/a{b}") << QStringLiteral("caddy");
    QTest::newRow("caddy brace") << QStringLiteral("/a}b") << QStringLiteral("caddy");
    QTest::newRow("caddy backslash") << QStringLiteral("/a\\b") << QStringLiteral("caddy");
}

void TstServerFiles::foldersThatNoConfigurationCanNameAreRefused()
{
    QFETCH(QString, folder);
    QFETCH(QString, server);
    const auto files = serverFiles(server, named("w.example"), folder);
    QVERIFY2(!files, files ? qPrintable(files->snippet) : "");
    QCOMPARE(files.error().kind, Error::Kind::BadRequest);
    QVERIFY(!files.error().advice.isEmpty());
}

void TstServerFiles::twoNamesNeverShareAFile()
{
    const QByteArray longName = (QByteArray(60, 'a') + '.').repeated(2);
    QStringList made;
    for (const QByteArray &name :
         {QByteArray("a*b"), QByteArray("a_b"), QByteArray("a b"), QByteArray("*.a.example"),
          QByteArray("_.a.example"), QByteArray("..."), QByteArray("."), QByteArray(".a"),
          QByteArray("a"), QByteArray("-a"), QByteArray("/a"), QByteArray("../a"),
          longName + "one.example", longName + "two.example"})
        made.append(plainFileName(named(name)));
    QCOMPARE(made.removeDuplicates(), 0);
    for (const QString &name : made) {
        QVERIFY2(!name.isEmpty() && !name.startsWith(u'.') && !name.startsWith(u'-')
                     && !name.contains(u'/') && name.size() < 120,
                 qPrintable(name));
    }
    // Nor does a renewal get another one.
    CertificateRecord renewed = named("a*b");
    renewed.sha256 = QString(64, u'7');
    QCOMPARE(plainFileName(renewed), made.first());
}

void TstServerFiles::fileNamesArePlain_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("expected"); // "+" stands for the hash
    QTest::newRow("host") << QByteArray("www.Example.com") << QStringLiteral("www.example.com");
    QTest::newRow("wildcard") << QByteArray("*.example.com") << QStringLiteral("_.example.com");
    QTest::newRow("underscore") << QByteArray("_dmarc.a") << QStringLiteral("_dmarc.a");
    QTest::newRow("path") << QByteArray("../../etc/passwd") << QStringLiteral("_.._etc_passwd+");
    QTest::newRow("dots") << QByteArray("...") << QStringLiteral("certificate+");
    QTest::newRow("none") << QByteArray() << QStringLiteral("1111111111111111");
}

void TstServerFiles::fileNamesArePlain()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, expected);
    QString made = plainFileName(named(name));
    made.replace(QRegularExpression(QStringLiteral("-[0-9a-f]{8}$")), QStringLiteral("+"));
    QCOMPARE(made, expected);
}

QTEST_GUILESS_MAIN(TstServerFiles)
#include "tst_serverfiles.moc"
