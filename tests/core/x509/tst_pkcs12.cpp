// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/x509/Pkcs12.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QTest>

using namespace sealbook;

namespace {

QByteArray file(const char *name)
{
    return testData(QStringLiteral("x509/") + QLatin1String(name));
}

Result<Pkcs12Content> read(const char *name, const char *password)
{
    const QByteArray bytes = file(name);
    return readPkcs12(bytesOf(bytes), testSecret(password));
}

} // namespace

class TstPkcs12 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsForeignFiles_data();
    void readsForeignFiles();
    void readsWhatItMade();
    void B43_wrongPasswordIsTold();
    void B44_tooManyIterationsAreRefusedUnread_data();
    void B44_tooManyIterationsAreRefusedUnread();
    void B45_fileWithoutMacIsRead();
    void B45_oldCipherIsExplained();
    void B45_missingPasswordIsAskedFor();
    void B46_cutOrTouchedFilesDoNotCrash();
};

void TstPkcs12::readsForeignFiles_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("password");
    QTest::newRow("openssl, AES") << QByteArray("pkcs12/aes.p12") << QByteArray("open sesame");
    QTest::newRow("openssl, 3DES") << QByteArray("pkcs12/3des.p12") << QByteArray("open sesame");
    QTest::newRow("keytool") << QByteArray("pkcs12/java.p12") << QByteArray("open sesame");
    QTest::newRow("nothing encrypted")
        << QByteArray("pkcs12/key-in-the-clear.p12") << QByteArray("open sesame");
    QTest::newRow("B45 empty password")
        << QByteArray("pkcs12/B45-empty-password.p12") << QByteArray();
}

void TstPkcs12::readsForeignFiles()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, password);
    const Result<Pkcs12Content> content = read(name.constData(), password.constData());
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QVERIFY(content->hasMac);
    QCOMPARE(content->certificates.size(), std::size_t{2});
    QVERIFY(content->key);
    QCOMPARE(content->furtherKeys, 0);
    QCOMPARE(content->key->publicKeySha256(), content->certificates.front().publicKeySha256());
}

void TstPkcs12::readsWhatItMade()
{
    const PrivateKey key = PrivateKey::fromPem(testSecret(file("leaf.key")), Secret()).value();
    const Certificate leaf = Certificate::fromDer(file("leaf.der")).value();
    const std::vector<Certificate> chain = certificatesFromPem(file("issuing.pem"), true).value();
    const Result<QByteArray> made = makePkcs12(key, leaf, chain, QStringLiteral("wéb"),
                                               testSecret("pässword"), Pkcs12Ciphers::Modern);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QVERIFY(looksLikePkcs12(bytesOf(*made)));
    // Nothing of the old ciphers: PBES2 and SHA-256 for the MAC.
    QVERIFY(made->contains(QByteArray::fromHex("06092a864886f70d01050d")));
    QVERIFY(made->contains(QByteArray::fromHex("0609608648016503040201")));
    QVERIFY(!made->contains(QByteArray::fromHex("2a864886f70d010c01")));
    const Result<Pkcs12Content> content = readPkcs12(bytesOf(*made), testSecret("pässword"));
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QCOMPARE(content->certificates.size(), std::size_t{2});
    QCOMPARE(content->certificates.front().sha256(), leaf.sha256());
    QCOMPARE(content->key->publicKeySha256(), key.publicKeySha256());
    QVERIFY(!readPkcs12(bytesOf(*made), testSecret("passwort")));
    QVERIFY(!makePkcs12(key, leaf, chain, QStringLiteral("web"), Secret(), Pkcs12Ciphers::Modern));
}

void TstPkcs12::B43_wrongPasswordIsTold()
{
    for (int i = 0; i < 3; ++i) {
        const Result<Pkcs12Content> content = read("pkcs12/aes.p12", "wrong");
        QVERIFY(!content);
        QCOMPARE(content.error().kind, Error::Kind::BadRequest);
        QVERIFY(content.error().detail.contains(QStringLiteral("password does not open")));
    }
    QVERIFY(read("pkcs12/aes.p12", "open sesame"));
}

void TstPkcs12::B44_tooManyIterationsAreRefusedUnread_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"mac-ten-million-and-one", "mac-2-31", "mac-2-70", "mac-zero",
                             "mac-negative", "safe-2-31", "key-2-31"})
        QTest::newRow(name) << "pkcs12/B44-" + QByteArray(name) + ".p12";
}

void TstPkcs12::B44_tooManyIterationsAreRefusedUnread()
{
    QFETCH(QByteArray, name);
    const Result<Pkcs12Content> content = read(name.constData(), "open sesame");
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::BadRequest);
    QVERIFY2(content.error().detail.contains(QStringLiteral("rounds")),
             qPrintable(content.error().detail));
}

void TstPkcs12::B45_fileWithoutMacIsRead()
{
    const Result<Pkcs12Content> content = read("pkcs12/B45-no-mac.p12", "open sesame");
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QVERIFY(!content->hasMac);
    QVERIFY(content->key);
    const Result<Pkcs12Content> wrong = read("pkcs12/B45-no-mac.p12", "wrong");
    QVERIFY(!wrong);
    QVERIFY2(wrong.error().detail.contains(QStringLiteral("password does not open")),
             qPrintable(wrong.error().detail));
}

void TstPkcs12::B45_oldCipherIsExplained()
{
    const Result<Pkcs12Content> content = read("pkcs12/B45-rc2-40.p12", "open sesame");
    QVERIFY(!content);
    QVERIFY2(content.error().detail.contains(QStringLiteral("RC2-40")),
             qPrintable(content.error().detail));
    QVERIFY(content.error().advice.contains(QStringLiteral("AES-256")));
}

void TstPkcs12::B45_missingPasswordIsAskedFor()
{
    const Result<Pkcs12Content> content = read("pkcs12/aes.p12", "");
    QVERIFY(!content);
    QVERIFY2(content.error().detail.contains(QStringLiteral("protected by a password")),
             qPrintable(content.error().detail));
    QVERIFY(!read("pkcs12/aes.p12", "with\0nul"));
}

void TstPkcs12::B46_cutOrTouchedFilesDoNotCrash()
{
    // Without a MAC every byte reaches the parsers.
    const QByteArray whole = file("pkcs12/key-in-the-clear.p12");
    const Secret password = testSecret("open sesame");
    int refused = 0;
    for (qsizetype i = 0; i < whole.size(); i += 7) {
        const QByteArray cut = whole.left(i);
        refused += readPkcs12(bytesOf(cut), password) ? 0 : 1;
        QByteArray touched = whole;
        touched[i] = static_cast<char>(touched[i] ^ 0x20);
        refused += readPkcs12(bytesOf(touched), password) ? 0 : 1;
    }
    QVERIFY(refused > 400);
    QVERIFY(!readPkcs12({}, password));
}

QTEST_GUILESS_MAIN(TstPkcs12)
#include "tst_pkcs12.moc"
