// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/inventory/ImportReader.h"
#include "core/x509/Certificate.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QTest>

using namespace sealbook;

namespace {

QByteArray file(const char *name)
{
    return testData(QStringLiteral("x509/") + QLatin1String(name));
}

Result<ImportContent> read(const QByteArray &bytes, const char *password = "")
{
    ImportReader reader(readContainer);
    return reader.read(bytesOf(bytes), testSecret(password));
}

} // namespace

class TstImportReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsIssuersBehindWhatTheyIssued_data();
    void putsIssuersBehindWhatTheyIssued();
    void anIssuerAloneIsAnEntry();
    void repeatsCountOnce();
    void readsDerAndPkcs12();
    void B39_aKeyOfNobodyAmongAChainIsRefused();
    void B42_wrongKeyIsTold();
    void B47_sizeLimitIsTold();
    void B48_threeBadOfAThousandAreListed();
    void B48_oneBadOfAChainRefusesTheChain();
    void B54_aRequestWithABadSignatureIsRefused();
    void B54_aRequestIsRead();
    void B55_aDerFileIsReadByWhatItHolds();
    void B55_otherFormatsAreNamed_data();
    void B55_otherFormatsAreNamed();
};

void TstImportReader::putsIssuersBehindWhatTheyIssued_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::newRow("in order") << file("leaf.pem") + file("issuing.pem") + file("root.pem");
    QTest::newRow("upside down") << file("root.pem") + file("issuing.pem") + file("leaf.pem");
    QTest::newRow("leaf in the middle")
        << file("issuing.pem") + file("leaf.pem") + file("root.pem");
}

void TstImportReader::putsIssuersBehindWhatTheyIssued()
{
    QFETCH(QByteArray, pem);
    const Result<ImportContent> content = read(pem);
    QVERIFY(content);
    QCOMPARE(content->entries.size(), std::size_t{1});
    const ImportContent::Entry &entry = content->entries.front();
    QCOMPARE(entry.certificate.facts.subject, QStringLiteral("www.example.org"));
    QCOMPARE(entry.issuers.size(), std::size_t{2});
    QCOMPARE(entry.issuers[0].facts.subject, QStringLiteral("Example Issuing"));
    QCOMPARE(entry.issuers[1].facts.subject, QStringLiteral("Example Root"));
}

void TstImportReader::anIssuerAloneIsAnEntry()
{
    const Result<ImportContent> content = read(file("root.pem"));
    QVERIFY(content);
    QCOMPARE(content->entries.size(), std::size_t{1});
    QVERIFY(content->entries.front().issuers.empty());
}

void TstImportReader::repeatsCountOnce()
{
    const Result<ImportContent> content =
        read(file("leaf.pem") + file("leaf.pem") + file("expired.pem"));
    QVERIFY(content);
    QCOMPARE(content->entries.size(), std::size_t{2});
}

void TstImportReader::readsDerAndPkcs12()
{
    const Result<ImportContent> der = read(file("leaf.der"));
    QVERIFY(der);
    QCOMPARE(der->entries.size(), std::size_t{1});
    QVERIFY(der->keys.empty());
    const Result<ImportContent> p12 = read(file("pkcs12/java.p12"), "open sesame");
    QVERIFY2(p12, p12 ? "" : qPrintable(p12.error().detail));
    QCOMPARE(p12->entries.size(), std::size_t{1});
    QCOMPARE(p12->entries.front().issuers.size(), std::size_t{1});
    QCOMPARE(p12->keys.size(), std::size_t{1});
    const Result<ImportContent> open = read(file("pkcs12/B45-no-mac.p12"), "open sesame");
    QVERIFY(open);
    QVERIFY(open->notes.join(QLatin1Char(' ')).contains(QStringLiteral("MAC")));
}

void TstImportReader::B39_aKeyOfNobodyAmongAChainIsRefused()
{
    const Result<ImportContent> content =
        read(file("leaf.pem") + file("other.key") + file("issuing.pem"));
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::BadRequest);
    // Beside the right key as well.
    QVERIFY(!read(file("leaf.pem") + file("leaf.key") + file("other.key")));
}

void TstImportReader::B42_wrongKeyIsTold()
{
    const Result<ImportContent> content = read(file("leaf.pem") + file("other.key"));
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::BadRequest);
    QVERIFY2(content.error().detail.contains(
                 QStringLiteral("does not belong to the certificate \"www.example.org\"")),
             qPrintable(content.error().detail));
    QVERIFY(read(file("leaf.pem") + file("leaf.key")));
    QVERIFY(read(file("leaf-sec1.key") + file("leaf.pem")));
}

void TstImportReader::B47_sizeLimitIsTold()
{
    const Result<ImportContent> content = read(QByteArray(maxImportSize + 1, 'x'));
    QVERIFY(!content);
    QVERIFY(content.error().detail.contains(QStringLiteral("16 MiB")));
    QVERIFY(!read(QByteArray(maxImportSize, 'x')));
    QVERIFY(read({}).error().detail.contains(QStringLiteral("0 bytes")));
}

void TstImportReader::B48_threeBadOfAThousandAreListed()
{
    QByteArray broken = file("leaf.pem");
    broken.replace(broken.indexOf("\n") + 1, 8, "AAAAAAAA");
    QByteArray all;
    // The same certificate with another serial each time: not signed rightly, yet well formed.
    const QByteArray der = file("leaf.der");
    const qsizetype serial = der.indexOf(QByteArray::fromHex("02050087654321")) + 5;
    for (int i = 0; i < 997; ++i) {
        QByteArray one = der;
        one[serial] = static_cast<char>(i / 256);
        one[serial + 1] = static_cast<char>(i % 256);
        all += Certificate::fromDer(one)->pem();
        if (i % 400 == 0)
            all += broken;
    }
    const Result<ImportContent> content = read(all);
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QCOMPARE(content->entries.size(), std::size_t{997});
    QCOMPARE(content->notes.size(), 3);
    QVERIFY2(content->notes.first().contains(QStringLiteral("line")),
             qPrintable(content->notes.first()));
}

void TstImportReader::B48_oneBadOfAChainRefusesTheChain()
{
    QByteArray broken = file("issuing.pem");
    broken.replace(broken.indexOf("\n") + 1, 8, "AAAAAAAA");
    const Result<ImportContent> content = read(file("leaf.pem") + broken);
    QVERIFY(!content);
    QVERIFY(content.error().detail.contains(QStringLiteral("line")));
}

void TstImportReader::B54_aRequestWithABadSignatureIsRefused()
{
    const Result<ImportContent> content = read(file("B54-bad-signature.der"));
    QVERIFY(!content);
    QVERIFY2(content.error().detail.contains(QStringLiteral("signature")),
             qPrintable(content.error().detail));
}

void TstImportReader::B54_aRequestIsRead()
{
    const Result<ImportContent> content = read(file("request.pem"));
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QVERIFY(content->entries.empty());
    QCOMPARE(content->requests.size(), std::size_t{1});
}

// "DER named .pem": the name says nothing.
void TstImportReader::B55_aDerFileIsReadByWhatItHolds()
{
    QVERIFY(read(file("leaf.der")));
    const Result<ImportContent> bare = read(file("leaf.der").toBase64());
    QVERIFY2(bare, bare ? "" : qPrintable(bare.error().detail));
    QCOMPARE(bare->entries.size(), std::size_t{1});
    const QByteArray pkcs1 = file("rsa-pkcs1.key");
    QByteArray body = pkcs1.mid(pkcs1.indexOf('\n') + 1);
    body.truncate(body.indexOf("-----"));
    const Result<ImportContent> key = read(QByteArray::fromBase64(body));
    QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
    QCOMPARE(key->keys.size(), std::size_t{1});
}

void TstImportReader::B55_otherFormatsAreNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const QByteArray &bytes, const char *told) {
        QTest::newRow(name) << bytes << QString::fromLatin1(told);
    };
    row("JKS, cut off", QByteArray::fromHex("feedfeed00000002"), "Java keystore");
    row("zip", QByteArray("PK\x03\x04") + "rest", "zip archive");
    row("gzip", QByteArray("\x1f\x8b\x08") + "rest", "gzip archive");
    row("tar", QByteArray(257, 'a') + "ustar", "tar archive");
    row("PKCS#7, cut off", QByteArray::fromHex("3082060906092a864886f70d010702a0"), "PKCS#7");
    row("PKCS#7 in PEM", "-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n", "PKCS#7");
    row("UTF-16", QByteArray::fromHex("fffe2d002d00"), "UTF-16");
    row("SSH key", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
        "OpenSSH private key");
    row("SSH public key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@host\n", "SSH public key");
    row("PuTTY key", "PuTTY-User-Key-File-3: ssh-ed25519\n", "PuTTY key");
    row("OpenPGP", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n", "OpenPGP");
    row("a public key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "PUBLIC KEY");
    row("words", "hello", "plain text");
    row("HTML", "<html><body>Sign in</body></html>", "an HTML page");
    row("XML", "<?xml version=\"1.0\"?><a/>", "an XML document");
    row("JSON", "{\"crt\": 1}", "a JSON text");
    row("a database", QByteArray("SQLite format 3\0", 16) + "rest", "SQLite database");
    row("a program",
        "\x7f"
        "ELF rest",
        "a program");
    row("a script", "#!/bin/sh\n", "a script");
    row("PDF", "%PDF-1.7\n", "PDF document");
    row("bytes", QByteArray::fromHex("000102030405060708"), "neither a certificate");
    row("deep nesting", file("odd/B46-deep.der"), "ASN.1 data of an unknown kind");
}

void TstImportReader::B55_otherFormatsAreNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, told);
    const Result<ImportContent> content = read(bytes);
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::BadRequest);
    QVERIFY2(content.error().detail.contains(told), qPrintable(content.error().detail));
}

QTEST_GUILESS_MAIN(TstImportReader)
#include "tst_importreader.moc"
