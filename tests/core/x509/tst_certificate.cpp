// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Certificate.h"
#include "tests/support/TestData.h"

#include <QDir>
#include <QTest>
#include <QTimeZone>

using namespace sealbook;

namespace {

QByteArray file(const char *name)
{
    return testData(QStringLiteral("x509/") + QLatin1String(name));
}

Certificate odd(const char *name)
{
    return Certificate::fromDer(file((QByteArray("odd/") + name + ".der").constData())).value();
}

QString extension(const Certificate &certificate, const char *name)
{
    for (const Certificate::Extension &e : certificate.extensions()) {
        if (e.name == QLatin1String(name))
            return e.value;
    }
    return QStringLiteral("(none)");
}

} // namespace

class TstCertificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheFields();
    void pemAndDerAreOne();
    void saysExtensionsInWords_data();
    void saysExtensionsInWords();
    void knowsItsIssuer();
    void B39_keyAmongTheChainIsRefusedWhole_data();
    void B39_keyAmongTheChainIsRefusedWhole();
    void B40_textAroundCrlfAndByteOrderMarkAreFine_data();
    void B40_textAroundCrlfAndByteOrderMarkAreFine();
    void B41_truncatedBase64IsRefused_data();
    void B41_truncatedBase64IsRefused();
    void B41_anyCutIsRefusedOrWhole();
    void B46_deepNestingIsRefused();
    void B49_datesAtTheEdges_data();
    void B49_datesAtTheEdges();
    void B50_serials_data();
    void B50_serials();
    void B51_unusualKeysAreNamed_data();
    void B51_unusualKeysAreNamed();
    void B52_alternativeNamesOfAllKinds();
    void B53_hostileNamesAreShownSafely();
    void oddOnesSurviveEveryQuestion_data();
    void oddOnesSurviveEveryQuestion();
};

void TstCertificate::readsTheFields()
{
    const Certificate leaf = Certificate::fromDer(file("leaf.der")).value();
    const QStringList names{QStringLiteral("www.example.org"), QStringLiteral("example.org"),
                            QStringLiteral("192.0.2.1"), QStringLiteral("2001:db8::1")};
    QCOMPARE(leaf.names(), names);
    QCOMPARE(leaf.subject(), QStringLiteral("CN=www.example.org"));
    QCOMPARE(leaf.commonName(), QStringLiteral("www.example.org"));
    QCOMPARE(leaf.issuer(), QStringLiteral("CN=Example Issuing,O=Example Trust,C=XX"));
    QCOMPARE(leaf.issuerShort(), QStringLiteral("Example Trust"));
    QCOMPARE(leaf.serial(), QStringLiteral("87654321"));
    QCOMPARE(leaf.notBefore(), QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::utc()).toUTC());
    QCOMPARE(leaf.notAfter(), QDateTime(QDate(2046, 1, 1), QTime(0, 0), QTimeZone::utc()).toUTC());
    QCOMPARE(leaf.keyAlgorithm(), QStringLiteral("EC P-256"));
    QCOMPARE(leaf.signatureAlgorithm(), QStringLiteral("ecdsa-with-SHA256"));
    QVERIFY(!leaf.isCa());
    QVERIFY(!leaf.isSelfIssued());
}

void TstCertificate::pemAndDerAreOne()
{
    const Certificate leaf = Certificate::fromDer(file("leaf.der")).value();
    QCOMPARE(leaf.pem(), file("leaf.pem"));
    QCOMPARE(certificatesFromPem(leaf.pem(), true)->front().sha256(), leaf.sha256());
    QVERIFY(!Certificate::fromDer(file("leaf.der") + "more"));
    QVERIFY(!Certificate::fromDer({}));
}

void TstCertificate::saysExtensionsInWords_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *name, const char *value) {
        QTest::newRow(name) << QByteArray(name) << QString::fromLatin1(value);
    };
    row("Subject Alternative Name",
        "DNS: www.example.org\nDNS: example.org\nIP: 192.0.2.1\nIP: 2001:db8::1");
    row("Key Usage", "Digital signature");
    row("Extended Key Usage", "TLS server");
    row("Basic Constraints", "Not a certificate authority");
    row("Subject Key Identifier", "00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13");
    row("Authority Key Identifier", "14:15:16:17:18:19:1A:1B:1C:1D:1E:1F:20:21:22:23:24:25:26:27");
    row("CRL Distribution Points", "URI: http://crl.example.org/1.crl");
    row("Authority Information Access",
        "OCSP: http://ocsp.example.org\nCA issuers: http://ca.example.org/i.der");
    row("Certificate Policies", "Domain validated (2.23.140.1.2.1)");
    row("Certificate Transparency",
        "1 signed timestamps\nLog "
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, "
        "2026-01-01T00:00:00Z");
    row("TLS Feature", "status_request");
    row("1.2.3.4.5", "01:02:FF");
}

void TstCertificate::saysExtensionsInWords()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, value);
    const Certificate leaf = Certificate::fromDer(file("leaf.der")).value();
    QCOMPARE(extension(leaf, name.constData()), value);
}

void TstCertificate::knowsItsIssuer()
{
    const Certificate leaf = Certificate::fromDer(file("leaf.der")).value();
    const Certificate forged = certificatesFromPem(file("forged.pem"), true)->front();
    const Certificate issuing = certificatesFromPem(file("issuing.pem"), true)->front();
    const Certificate root = certificatesFromPem(file("root.pem"), true)->front();
    QVERIFY(leaf.isIssuedBy(issuing));
    QVERIFY(!leaf.isIssuedBy(root));
    QVERIFY(!forged.isIssuedBy(issuing)); // right name, wrong signature
    QVERIFY(issuing.isCa());
    QVERIFY(root.isSelfIssued());
    QVERIFY(root.isIssuedBy(root));
    QCOMPARE(extension(issuing, "Basic Constraints"),
             QStringLiteral("Certificate authority, at most 0 below it"));
}

void TstCertificate::B39_keyAmongTheChainIsRefusedWhole_data()
{
    QTest::addColumn<QByteArray>("pem");
    const QByteArray leaf = file("leaf.pem");
    QTest::newRow("behind") << leaf + file("issuing.pem") + file("leaf.key");
    QTest::newRow("between") << leaf + file("leaf.key") + file("issuing.pem");
    QTest::newRow("in front") << file("leaf-sec1.key") + leaf;
    QTest::newRow("encrypted") << leaf + file("leaf-encrypted.key");
    QTest::newRow("a request") << leaf + file("request.pem");
    QTest::newRow("an unknown kind")
        << leaf + "-----BEGIN PARAMETERS-----\nAAAA\n-----END PARAMETERS-----\n";
}

void TstCertificate::B39_keyAmongTheChainIsRefusedWhole()
{
    QFETCH(QByteArray, pem);
    const Result<std::vector<Certificate>> strict = certificatesFromPem(pem, true);
    QVERIFY(!strict);
    QCOMPARE(strict.error().kind, Error::Kind::BadRequest);
    QVERIFY(strict.error().detail.contains(QStringLiteral("where only certificates belong")));
    QVERIFY(certificatesFromPem(pem, false));
}

void TstCertificate::B40_textAroundCrlfAndByteOrderMarkAreFine_data()
{
    QTest::addColumn<QByteArray>("pem");
    const QByteArray plain = file("leaf.pem") + file("issuing.pem");
    QByteArray crlf = plain;
    crlf.replace("\n", "\r\n");
    QByteArray cr = plain;
    cr.replace("\n", "\r");
    QTest::newRow("plain") << plain;
    QTest::newRow("CRLF") << crlf;
    QTest::newRow("CR") << cr;
    QTest::newRow("byte order mark") << "\xef\xbb\xbf" + plain;
    QTest::newRow("leading text") << "subject=CN = www.example.org\n\n" + plain;
    QTest::newRow("text between") << file("leaf.pem") + "\nissuer: somebody\n"
            + file("issuing.pem");
    QTest::newRow("trailing garbage") << plain + "\n-- \nregards\0\xff" + QByteArray(3, '\0');
    QTest::newRow("no final line end") << plain.trimmed();
}

void TstCertificate::B40_textAroundCrlfAndByteOrderMarkAreFine()
{
    QFETCH(QByteArray, pem);
    const Result<std::vector<Certificate>> certificates = certificatesFromPem(pem, true);
    QVERIFY2(certificates, certificates ? "" : qPrintable(certificates.error().detail));
    QCOMPARE(certificates->size(), std::size_t{2});
    QCOMPARE(certificates->front().commonName(), QStringLiteral("www.example.org"));
}

void TstCertificate::B41_truncatedBase64IsRefused_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<QString>("told");
    const QByteArray pem = file("leaf.pem");
    QByteArray shorter = pem;
    shorter.remove(shorter.indexOf("-----END") - 30, 29);
    QByteArray byThree = pem;
    byThree.remove(byThree.indexOf("-----END") - 4, 3);
    QByteArray foreign = pem;
    foreign[200] = '$';
    QTest::newRow("no END line") << pem.left(500) << QStringLiteral("no END line");
    QTest::newRow("no END line, next begins")
        << pem.left(500) + pem << QStringLiteral("no END line");
    QTest::newRow("lines lost in the middle") << shorter << QStringLiteral("line 1");
    QTest::newRow("three digits lost") << byThree << QStringLiteral("cut off or damaged");
    QTest::newRow("foreign digit") << foreign << QStringLiteral("cut off or damaged");
    QTest::newRow("second one cut")
        << pem + file("issuing.pem").left(300) << QStringLiteral("no END line");
    QTest::newRow("another label at the end")
        << QByteArray(pem).replace("END CERTIFICATE", "END CERTIFICATO")
        << QStringLiteral("ends as something else");
    QTest::newRow("no block") << QByteArray("hello") << QStringLiteral("no PEM block");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("no PEM block");
    QTest::newRow("no certificate") << file("leaf.key") << QStringLiteral("PRIVATE KEY");
}

void TstCertificate::B41_truncatedBase64IsRefused()
{
    QFETCH(QByteArray, pem);
    QFETCH(QString, told);
    const Result<std::vector<Certificate>> certificates = certificatesFromPem(pem, false);
    QVERIFY(!certificates);
    QCOMPARE(certificates.error().kind, Error::Kind::BadRequest);
    QVERIFY2(certificates.error().detail.contains(told), qPrintable(certificates.error().detail));
}

void TstCertificate::B41_anyCutIsRefusedOrWhole()
{
    const QByteArray pem = file("leaf.pem") + file("issuing.pem");
    const qsizetype first = file("leaf.pem").size();
    for (qsizetype size = 0; size < pem.size() - 1; ++size) {
        const Result<std::vector<Certificate>> some = certificatesFromPem(pem.left(size), true);
        // Only a cut between the two leaves something whole behind.
        const bool between = size >= first - 1 && size < first + 11;
        QVERIFY2(some.has_value() == between, qPrintable(QString::number(size)));
    }
}

void TstCertificate::B46_deepNestingIsRefused()
{
    QVERIFY(!Certificate::fromDer(file("odd/B46-deep.der")));
}

void TstCertificate::B49_datesAtTheEdges_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("notBefore");
    QTest::addColumn<QString>("notAfter");
    const auto row = [](const char *name, const char *begin, const char *end) {
        QTest::newRow(name) << QByteArray(name) << QString::fromLatin1(begin)
                            << QString::fromLatin1(end);
    };
    row("B49-ends-9999", "2026-01-01T00:00:00Z", "9999-12-31T23:59:59Z");
    row("B49-begins-1949", "1949-01-01T00:00:00Z", "2046-01-01T00:00:00Z");
    row("B49-utc-2049", "2026-01-01T00:00:00Z", "2049-12-31T23:59:59Z");
    row("B49-generalized-2050", "2026-01-01T00:00:00Z", "2050-01-01T00:00:00Z");
    row("B49-no-date", "", "2046-01-01T00:00:00Z");
}

void TstCertificate::B49_datesAtTheEdges()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, notBefore);
    QFETCH(QString, notAfter);
    const Certificate certificate = odd(name.constData());
    QCOMPARE(certificate.notBefore().toString(Qt::ISODate), notBefore);
    QCOMPARE(certificate.notAfter().toString(Qt::ISODate), notAfter);
}

void TstCertificate::B50_serials_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("serial");
    QTest::newRow("negative") << QByteArray("B50-negative-serial") << QStringLiteral("-7fff");
    QTest::newRow("zero") << QByteArray("B50-zero-serial") << QStringLiteral("00");
    QTest::newRow("41 bytes") << QByteArray("B50-long-serial")
                              << QStringLiteral("7f000102030405060708090a0b0c0d0e0f10111213141516"
                                                "1718191a1b1c1d1e1f2021222324252627");
}

void TstCertificate::B50_serials()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, serial);
    QCOMPARE(odd(name.constData()).serial(), serial);
}

void TstCertificate::B51_unusualKeysAreNamed_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("RSA 512") << QByteArray("B51-rsa-512") << QStringLiteral("RSA 512");
    QTest::newRow("RSA 16384") << QByteArray("B51-rsa-16384") << QStringLiteral("RSA 16384");
    QTest::newRow("RSA, e=1") << QByteArray("B51-rsa-e1") << QStringLiteral("RSA 2048");
    QTest::newRow("Ed25519") << QByteArray("B51-ed25519") << QStringLiteral("Ed25519");
    QTest::newRow("P-192") << QByteArray("B51-p192") << QStringLiteral("EC prime192v1");
    QTest::newRow("point off the curve")
        << QByteArray("B51-point-off-curve") << QStringLiteral("id-ecPublicKey");
}

void TstCertificate::B51_unusualKeysAreNamed()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, algorithm);
    QCOMPARE(odd(name.constData()).keyAlgorithm(), algorithm);
    QCOMPARE(odd(name.constData()).publicKeySha256().size(), 64);
}

void TstCertificate::B52_alternativeNamesOfAllKinds()
{
    QVERIFY(odd("B52-no-san").names().isEmpty());
    const QStringList many = odd("B52-ten-thousand-sans").names();
    QCOMPARE(many.size(), 10000);
    QCOMPARE(many.last(), QStringLiteral("n9999.example.org"));
    const QStringList nul = odd("B52-nul-in-san").names();
    QCOMPARE(nul, QStringList{QStringLiteral("good.example.org\\x00.evil.example.org")});
    QVERIFY(odd("B52-broken-san").names().isEmpty());
    QCOMPARE(extension(odd("B52-broken-san"), "Subject Alternative Name"),
             QStringLiteral("30:7F:01"));
}

void TstCertificate::B53_hostileNamesAreShownSafely()
{
    // Markup stays as it is: every face shows plain text.
    QCOMPARE(odd("B53-html").commonName(), QStringLiteral("<b>bold</b><img src=x>"));
    QCOMPARE(odd("B53-right-to-left").commonName(), QStringLiteral("exe.\\u202efdp.example.org"));
    QVERIFY(!odd("B53-right-to-left").subject().contains(QChar(0x202e)));
    QCOMPARE(odd("B53-control").commonName(), QStringLiteral("a\\x1b[31m\\x0ab\\x00c"));
    QVERIFY(odd("B53-ten-kib").subject().size() > 10240);
}

void TstCertificate::oddOnesSurviveEveryQuestion_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(testDataPath(QStringLiteral("x509/odd")));
    for (const QString &name : folder.entryList({QStringLiteral("*.der")})) {
        if (!name.startsWith(QLatin1String("B46")))
            QTest::newRow(qPrintable(name)) << QStringLiteral("x509/odd/") + name;
    }
}

void TstCertificate::oddOnesSurviveEveryQuestion()
{
    QFETCH(QString, path);
    const Result<Certificate> certificate = Certificate::fromDer(testData(path));
    QVERIFY2(certificate, certificate ? "" : qPrintable(certificate.error().detail));
    QVERIFY(!certificate->issuerShort().isEmpty());
    QVERIFY(!certificate->keyAlgorithm().isEmpty());
    QVERIFY(!certificate->serial().isEmpty());
    (void)certificate->subject();
    (void)certificate->isCa();
    for (const Certificate::Extension &e : certificate->extensions())
        QVERIFY(!e.name.isEmpty() && !e.oid.isEmpty());
    const Certificate issuing = certificatesFromPem(file("issuing.pem"), true)->front();
    (void)certificate->isIssuedBy(issuing);
    const ChainVerdict verdict =
        verifyChain(*certificate, {issuing}, {}, QDateTime::currentDateTimeUtc());
    QVERIFY(!verdict.verified);
    QVERIFY(!verdict.reason.isEmpty());
}

QTEST_GUILESS_MAIN(TstCertificate)
#include "tst_certificate.moc"
