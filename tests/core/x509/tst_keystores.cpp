// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/x509/BouncyCastleKeystore.h"
#include "core/x509/CertificateFacts.h"
#include "core/x509/JavaKeystore.h"
#include "core/x509/JavaObject.h"
#include "core/x509/Pkcs12.h"
#include "core/x509/Pkcs7.h"
#include "core/x509/PrivateKey.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QTest>

using namespace sealbook;

namespace {

QByteArray file(const char *name)
{
    return testData(QStringLiteral("foreign/") + QLatin1String(name));
}

Result<ContainerContent> read(const QByteArray &name, const QByteArray &bytes,
                              const QByteArray &password)
{
    const Secret secret = testSecret(password);
    if (name.endsWith(".bks") || name.endsWith(".ubr"))
        return readBouncyCastleKeystore(bytesOf(bytes), secret);
    if (name.endsWith(".p7b"))
        return readPkcs7(bytesOf(bytes));
    return readJavaKeystore(bytesOf(bytes), secret);
}

QStringList subjectsOf(const ContainerContent &content)
{
    QStringList subjects;
    CertificateFactsReader reader;
    for (const QByteArray &der : content.certificates) {
        const Result<CertificateFacts> facts = reader.read(der);
        subjects.append(facts ? facts->subject : QStringLiteral("?"));
    }
    return subjects;
}

} // namespace

class TstKeystores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatOthersMade_data();
    void readsWhatOthersMade();
    void withoutAPasswordCertificatesAreReadAndKeysNamed_data();
    void withoutAPasswordCertificatesAreReadAndKeysNamed();
    void aKeyBelongsToItsCertificate_data();
    void aKeyBelongsToItsCertificate();
    void uberNeedsThePassword();
    void B43_wrongPasswordIsTold_data();
    void B43_wrongPasswordIsTold();
    void B44_tooManyRoundsAreRefused();
    void B46_cutOrTouchedFilesDoNotCrash_data();
    void B46_cutOrTouchedFilesDoNotCrash();
    void severalKeysOfAPkcs12FileAreRead();
    void aRevocationListIsDescribed();
    void javaObjectsHaveTheirSize();
};

void TstKeystores::readsWhatOthersMade_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QStringList>("subjects");
    QTest::addColumn<int>("keys");
    QTest::addColumn<QStringList>("closed");
    const QString web = QStringLiteral("web.example.org");
    const QString ca = QStringLiteral("ca.example.org");
    QTest::newRow("JKS") << QByteArray("java.jks") << QByteArray("open sesame")
                         << QStringList{ca, QStringLiteral("other.example.org"), web} << 1
                         << QStringList{QStringLiteral("other")};
    QTest::newRow("JCEKS") << QByteArray("java.jceks") << QByteArray("open sesame")
                           << QStringList{QStringLiteral("behind.example.org"), web} << 2
                           << QStringList{QStringLiteral("secret")};
    QTest::newRow("JKS, umlauts") << QByteArray("umlaut.jks") << QByteArray("pässwörd")
                                  << QStringList{web} << 1 << QStringList();
    QTest::newRow("BKS") << QByteArray("bouncy.bks") << QByteArray("open sesame")
                         << QStringList{ca, web} << 1 << QStringList();
    QTest::newRow("BKS, version 1") << QByteArray("bouncy-v1.bks") << QByteArray("open sesame")
                                    << QStringList{web} << 1 << QStringList();
    QTest::newRow("UBER") << QByteArray("bouncy.ubr") << QByteArray("open sesame")
                          << QStringList{ca, web} << 1 << QStringList();
    QTest::newRow("PKCS#7") << QByteArray("openssl.p7b") << QByteArray()
                            << QStringList{QStringLiteral("Example Issuing"),
                                           QStringLiteral("www.example.org")}
                            << 0 << QStringList();
}

void TstKeystores::readsWhatOthersMade()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, password);
    QFETCH(QStringList, subjects);
    QFETCH(int, keys);
    QFETCH(QStringList, closed);
    const Result<ContainerContent> content = read(name, file(name.constData()), password);
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QStringList found = subjectsOf(*content);
    found.sort();
    QCOMPARE(found, subjects);
    QCOMPARE(static_cast<int>(content->keys.size()), keys);
    QStringList names;
    for (const ContainerContent::ClosedKey &key : content->closedKeys)
        names.append(key.name);
    QCOMPARE(names, closed);
    QVERIFY(content->notes.isEmpty());
}

void TstKeystores::withoutAPasswordCertificatesAreReadAndKeysNamed_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("certificates");
    QTest::addColumn<int>("closed");
    QTest::newRow("JKS") << QByteArray("java.jks") << 3 << 2;
    QTest::newRow("JCEKS") << QByteArray("java.jceks") << 2 << 3;
    QTest::newRow("BKS") << QByteArray("bouncy.bks") << 2 << 1;
}

void TstKeystores::withoutAPasswordCertificatesAreReadAndKeysNamed()
{
    QFETCH(QByteArray, name);
    QFETCH(int, certificates);
    QFETCH(int, closed);
    const Result<ContainerContent> content = read(name, file(name.constData()), {});
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QCOMPARE(static_cast<int>(content->certificates.size()), certificates);
    QCOMPARE(static_cast<int>(content->closedKeys.size()), closed);
    QVERIFY(content->keys.empty());
    QVERIFY(content->notes.first().contains(u"nothing proves"));
}

void TstKeystores::aKeyBelongsToItsCertificate_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"java.jks", "java.jceks", "bouncy.bks", "bouncy-v1.bks", "bouncy.ubr"})
        QTest::newRow(name) << QByteArray(name);
}

void TstKeystores::aKeyBelongsToItsCertificate()
{
    QFETCH(QByteArray, name);
    const Result<ContainerContent> content = read(name, file(name.constData()), "open sesame");
    QVERIFY(content);
    QStringList publicKeys;
    CertificateFactsReader reader;
    for (const QByteArray &der : content->certificates)
        publicKeys.append(reader.read(der)->publicKeySha256);
    for (const Secret &der : content->keys) {
        const Result<PrivateKey> key = PrivateKey::fromPkcs8(der);
        QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
        QVERIFY(publicKeys.contains(key->publicKeySha256()));
    }
}

void TstKeystores::uberNeedsThePassword()
{
    const Result<ContainerContent> content = read("x.ubr", file("bouncy.ubr"), {});
    QVERIFY(!content);
    QVERIFY(content.error().detail.contains(u"UBER"));
    QVERIFY(content.error().advice.contains(u"password"));
}

void TstKeystores::B43_wrongPasswordIsTold_data()
{
    aKeyBelongsToItsCertificate_data();
}

void TstKeystores::B43_wrongPasswordIsTold()
{
    QFETCH(QByteArray, name);
    for (const char *password : {"wrong", "open sesamE", "p\xff", "\xf0\x9f\x94\x91"}) {
        const Result<ContainerContent> content = read(name, file(name.constData()), password);
        QVERIFY(!content);
        QCOMPARE(content.error().kind, Error::Kind::BadRequest);
    }
    const Result<ContainerContent> content = read(name, file(name.constData()), "wrong");
    QVERIFY2(content.error().advice.contains(u"password"), qPrintable(content.error().detail));
}

void TstKeystores::B44_tooManyRoundsAreRefused()
{
    for (const char *name : {"bouncy.bks", "bouncy.ubr"}) {
        QByteArray bytes = file(name);
        bytes.replace(28, 4, QByteArray::fromHex("7fffffff")); // behind version and salt
        const Result<ContainerContent> content = read(name, bytes, "open sesame");
        QVERIFY(!content);
        QVERIFY2(content.error().detail.contains(u"rounds"), qPrintable(content.error().detail));
    }
}

void TstKeystores::B46_cutOrTouchedFilesDoNotCrash_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"java.jks", "java.jceks", "bouncy.bks", "openssl.p7b"})
        QTest::newRow(name) << QByteArray(name);
}

void TstKeystores::B46_cutOrTouchedFilesDoNotCrash()
{
    QFETCH(QByteArray, name);
    const QByteArray bytes = file(name.constData());
    int refused = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        refused += read(name, bytes.left(i), {}) ? 0 : 1;
        QByteArray touched = bytes;
        touched[i] = static_cast<char>(touched[i] ^ 0xff);
        (void)read(name, touched, {});
        touched[i] = static_cast<char>(0x7f);
        (void)read(name, touched, {});
    }
    QCOMPARE(refused, static_cast<int>(bytes.size()));
}

void TstKeystores::severalKeysOfAPkcs12FileAreRead()
{
    const QByteArray bytes = file("two-keys.p12");
    const Result<Pkcs12Content> content = readPkcs12(bytesOf(bytes), testSecret("open sesame"));
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QVERIFY(content->key);
    QCOMPARE(content->furtherKeys, 1);
    QCOMPARE(content->furtherKeyList.size(), std::size_t{1});
    QCOMPARE(content->certificates.size(), std::size_t{2});
    for (const char *name : {"gnutls.p12", "nss.p12"}) {
        const QByteArray other = file(name);
        const Result<Pkcs12Content> foreign = readPkcs12(bytesOf(other), testSecret("open sesame"));
        QVERIFY2(foreign, foreign ? "" : qPrintable(foreign.error().detail));
        QVERIFY(foreign->key);
        QCOMPARE(foreign->certificates.size(), std::size_t{1});
    }
}

void TstKeystores::aRevocationListIsDescribed()
{
    const QByteArray bytes = file("openssl.crl");
    const Result<QString> text = describeRevocationList(bytesOf(bytes));
    QVERIFY(text);
    QVERIFY2(text->contains(u"\"Example CRL issuer\"") && text->contains(u"0 entries"),
             qPrintable(*text));
    QVERIFY(!describeRevocationList(bytesOf(bytes.left(100))));
    QVERIFY(!describeRevocationList({}));
}

void TstKeystores::javaObjectsHaveTheirSize()
{
    const QByteArray store = file("java.jceks");
    const qsizetype at = store.indexOf(QByteArray::fromHex("aced0005"));
    QVERIFY(at > 0);
    const std::optional<std::size_t> size =
        javaObjectSize(bytesOf(store).subspan(static_cast<std::size_t>(at)));
    QVERIFY(size);
    for (std::size_t cut = 0; cut < *size; ++cut)
        QVERIFY(!javaObjectSize(bytesOf(store).subspan(static_cast<std::size_t>(at), cut)));
    // An object in an object in an object, and an array of two thousand million nothings.
    QVERIFY(!javaObjectSize(bytesOf(QByteArray::fromHex("aced0005") + QByteArray(5000, '\x73'))));
    QVERIFY(!javaObjectSize(bytesOf(QByteArray::fromHex("aced000575720002"
                                                        "5b4c"
                                                        "0000000000000000"
                                                        "02"
                                                        "0000"
                                                        "78"
                                                        "70"
                                                        "7fffffff"
                                                        "70"))));
}

QTEST_GUILESS_MAIN(TstKeystores)
#include "tst_keystores.moc"
